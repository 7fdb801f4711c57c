"""What a frozen version says, as data: numbers, lines, charts, and the records that each number was made of.

It is packed as two lines of JSON, compressed: first what is said, then the records, which a look at the numbers
alone need not read.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from mingxi_desktop.domain.fields import DECIMAL_SCALE, FieldType
from mingxi_desktop.domain.indicator_book import IndicatorBook
from mingxi_desktop.domain.indicators import Aggregate, Indicator, IndicatorValue, Period
from mingxi_desktop.domain.wording import plain
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.frozen.lines import Line
from mingxi_desktop.report.annual import UNVERIFIED
from mingxi_desktop.report.values import baseless
from mingxi_desktop.storage import special
from mingxi_desktop.storage.conditions import Conditions
from mingxi_desktop.storage.store import Store

_FORM = 1
_IN_UNIT = "in_unit"
"""Stands beside the records where all of them add in the indicator's unit."""
_SUMMED = frozenset({Aggregate.SUM, Aggregate.COUNT, Aggregate.STATE})
LAST_YEAR = "@last_year"
"""After an indicator's id: the records of the year before."""

Behind = dict[tuple[str, int], Decimal | None]
"""(kind, record) → what it adds, in the indicator's unit; None where nothing is summed."""


@dataclass(frozen=True, slots=True)
class FrozenNumber:
    """An indicator as a report printed it.

    value: exact, as text; None without one.  text: as printed, 〔待核〕 included.  names: those listed with it,
    last_year: what it was compared with; both None where the report does not show them.  own: the clerk's
    own definition.
    """

    label: str
    unit: str
    value: str | None
    text: str
    names: str | None
    last_year: str | None
    rule: str
    own: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart or table of a report: its caption, and what each bar or row says."""

    caption: str
    rows: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """Which further sides of its indicators a report shows: of which the names, of which last year."""

    names: frozenset[str] = frozenset()
    last_year: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Said:
    """All that a version says.

    ordered: the cut-off date of the order, ISO; "" where none was set.  lines: (text with its numbers taken
    out, text) of every paragraph and table row.  figures: of the charts and tables.  wording: hash of the
    template and of what the bureau says of itself.  unverified: sentences on what was left open.
    """

    ordered: str
    numbers: Mapping[str, FrozenNumber]
    lines: tuple[Line, ...]
    figures: Mapping[str, Figure]
    wording: str
    pages: int
    unverified: tuple[str, ...] = ()

    @property
    def shown(self) -> Shown:
        """Which further sides of its numbers are kept."""
        numbers = self.numbers.items()
        names = frozenset(id for id, number in numbers if number.names is not None)
        return Shown(names, frozenset(id for id, number in numbers if number.last_year is not None))


def number_of(value: IndicatorValue, rule: str, shown: Shown, *, own: bool) -> FrozenNumber:
    """An indicator's value as the report prints it."""
    indicator = value.indicator
    unknown = value.value is None or bool(value.problem) or baseless(value)
    return FrozenNumber(
        label=indicator.label,
        unit=indicator.unit,
        value=None if unknown else _exact(value.value),
        text=UNVERIFIED if unknown else value.text,
        names="、".join(value.names) if indicator.id in shown.names else None,
        last_year=value.last_year_text if indicator.id in shown.last_year else None,
        rule=rule,
        own=own,
    )


def behind(store: Store, indicator: Indicator, period: Period) -> Behind:
    """The records behind a number and what each adds, without loading them; a ratio has none of its own."""
    if indicator.aggregate is Aggregate.RATIO:
        return {}
    conditions = Conditions(store)
    source = conditions.source(indicator.kind)
    kind = source.kind
    shares = special.shares(conditions, indicator, period)
    if shares is not None:
        return {
            (kind.name, id): Decimal(conditions.scaled(kind, indicator, adds))
            for id, (adds, _) in shares.items()
        }
    if indicator.aggregate in _SUMMED:
        return dict(conditions.amounts(indicator, period, conditions.counts(source, indicator, period)))
    ids = special.counted_ids(store, conditions, indicator, period)
    return {(kind.name, id): None for id in ids}


def parts(id: str, book: IndicatorBook) -> tuple[str, ...]:
    """The indicator, or the two that a ratio is made of."""
    indicator = book.by_id[id]
    return (indicator.of, indicator.per) if indicator.aggregate is Aggregate.RATIO else (id,)


def pack(said: Said, records: Mapping[str, Behind], uids: Mapping[str, Mapping[int, str]]) -> bytes:
    """As it is kept.  records: indicator, or indicator@last_year → records behind it.  uids: of each kind."""
    head = {"form": _FORM, **asdict(said)}
    columns = {name: _columns(found) for name, found in records.items()}
    texts = [_json(head), _json({"uids": uids, _IN_UNIT: True, "records": columns})]
    return zlib.compress("\n".join(texts).encode())


def unpack(data: bytes) -> Said:
    """What a version says."""
    head = _part(data, 0)
    if head["form"] != _FORM:
        raise UserError("这一版定稿是别的版本的程序定的", "", "请升级程序后再看；它的 PDF 仍可打开。")
    return Said(
        numbers={id: FrozenNumber(**number) for id, number in head["numbers"].items()},
        ordered=head["ordered"],
        lines=tuple((skeleton, text) for skeleton, text in head["lines"]),
        figures={name: Figure(**figure) for name, figure in head["figures"].items()},
        wording=head["wording"],
        pages=head["pages"],
        unverified=tuple(head["unverified"]),
    )


def in_parts(store: Store, book: IndicatorBook) -> frozenset[str]:
    """The indicators of which older versions kept what a record adds in ten-thousandths of the unit."""
    conditions, found = Conditions(store), set()
    for id, indicator in book.by_id.items():
        if indicator.aggregate in _SUMMED and indicator.kind in store.schema.kinds:
            kind = store.schema.kinds[indicator.kind]
            names = conditions.summed(kind, indicator)
            if len(names) == 1 and kind.field(names[0]).type is FieldType.DECIMAL:
                found.add(id)
    return frozenset(found)


def unpack_records(data: bytes, store: Store, book: IndicatorBook) -> dict[str, Behind]:
    """Indicator, or indicator@last_year → the records behind it."""
    part = _part(data, 1)
    small = frozenset() if part.get(_IN_UNIT) else in_parts(store, book)
    return {
        name: _records(columns, DECIMAL_SCALE if name.removesuffix(LAST_YEAR) in small else 1)
        for name, columns in part["records"].items()
    }


def _records(columns: list[tuple[str, list[int], list[str | None]]], times: int) -> Behind:
    return {
        (kind, id): None if adds is None else Decimal(adds) * times
        for kind, ids, added in columns
        for id, adds in zip(ids, added, strict=True)
    }


def _part(data: bytes, line: int) -> Any:
    return json.loads(zlib.decompress(data).split(b"\n")[line])


def _columns(found: Behind) -> list[tuple[str, list[int], list[str | None]]]:
    kinds = dict.fromkeys(kind for kind, _ in found)
    return [
        (
            kind,
            [id for of, id in found if of == kind],
            [None if adds is None else plain(adds) for (of, _), adds in found.items() if of == kind],
        )
        for kind in kinds
    ]


def _exact(value: object) -> str:
    return plain(value) if isinstance(value, int | Decimal) else str(value)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
