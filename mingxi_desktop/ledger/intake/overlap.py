"""Totals beside their own parts: a township's monthly total and the single records of that month count twice."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.kinds.common import AGGREGATE, ITEMISED
from mingxi_desktop.domain.query import Query, Range
from mingxi_desktop.domain.records import IncomingRow
from mingxi_desktop.exchange.recognising.plan import Notice
from mingxi_desktop.ledger.intake.result import Doubt, Doubtful, Preview, SheetPreview

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

_Place = tuple[str, Any, int, int]
"""(ledger, area, year, month)."""


def settle(ledger: Ledger, found: Preview) -> None:
    """Put totals in doubt whose parts are in the files or in the ledger, and running totals of which one is there."""
    tables = [table for table in found.sheets if table.taken and table.rows and _can_be_total(table.kind)]
    parts = [_single(table.rows) for table in tables]
    single = {place for rows in parts for place in rows}
    for table, rows in zip(tables, parts, strict=True):
        _warn_of_totals(ledger, table, rows)
        if not any(map(_is_total, table.rows)):
            continue
        kept: list[IncomingRow] = []
        for row in table.rows:
            doubtful = _doubt(ledger, table, row, single) if _is_total(row) else None
            if doubtful is None:
                kept.append(row)
            else:
                _put_aside(table, row, doubtful)
        table.rows = kept


def _can_be_total(name: str) -> bool:
    kind = kind_of(name) if name else None
    return kind is not None and bool(kind.quantity) and kind.field(kind.quantity).default == 1


def _is_total(row: IncomingRow) -> bool:
    return row.values.get("granularity") == AGGREGATE


def _single(rows: Sequence[IncomingRow]) -> dict[_Place, IncomingRow]:
    """One of the single records of each place."""
    dates = {name: kind_of(name).date for name in {row.kind for row in rows}}
    by_day: dict[tuple[str, Any, Any], IncomingRow] = {}
    for row in rows:
        values = row.values
        if values.get("granularity") != AGGREGATE:
            day = values.get(dates[row.kind]) or values.get("record_date")
            by_day[row.kind, values.get("area"), day] = row
    return {
        (name, area, day.year if day else 0, day.month if day else 0): row
        for (name, area, day), row in by_day.items()
    }


def _day(kind: Kind, row: IncomingRow) -> datetime.date | None:
    day = row.values.get(kind.date) or row.values.get("record_date")
    return day.date() if isinstance(day, datetime.datetime) else day


def _doubt(ledger: Ledger, table: SheetPreview, row: IncomingRow, single: set[_Place]) -> Doubtful | None:
    kind = kind_of(row.kind)
    day = _day(kind, row)
    if day is None or kind.state:
        return None
    area = ledger.show(kind.name, "area", row.values.get("area"))
    first = _since(table, day)
    months = {(day.year, month) for month in range(first.month, day.month + 1)}
    said = f"{first:%Y-%m-%d}至{day:%Y-%m-%d}"
    if any(place[:2] == (row.kind, row.values.get("area")) and place[2:] in months for place in single):
        message = f"这些文件里已有{area}{said}逐条的{kind.label}，再记合计会重复，没有导入；确实不重复的请选择也导入"
        return Doubtful(Doubt.PARTS, [row.row], message)
    number = sum(1 for _ in _stored(ledger, row, first, day, ITEMISED))
    if number:
        told = f"{area}{said}逐条的{kind.label}{number}条"
        message = f"台账中已有{told}，再记合计会重复，没有导入；确实不重复的请选择也导入"
        return Doubtful(Doubt.PARTS, [row.row], message)
    earlier = list(_stored(ledger, row, first, day, AGGREGATE)) if first.month < day.month else []
    if earlier:
        listed = "、".join(f"#{number}" for number in earlier[:3])
        message = (
            f"这是{said}的合计，台账中已有{area}其中的合计（{listed}），相加会重复；请选择替换它，或不导入"
        )
        return Doubtful(Doubt.PARTS, [row.row], message, earlier[0] if len(earlier) == 1 else 0)
    return None


def _since(table: SheetPreview, day: datetime.date) -> datetime.date:
    """The first day that a total counts from."""
    if table.running:
        return datetime.date(day.year, 1, 1)
    if table.since is not None and table.since.year == day.year:
        return table.since.replace(day=1)
    return day.replace(day=1)


def _warn_of_totals(ledger: Ledger, table: SheetPreview, rows: Mapping[_Place, IncomingRow]) -> None:
    """Single records of a month of which the ledger has the total already: told once for each.

    rows: one of each place.
    """
    years = {(name, year) for name, _, year, _ in rows if year and not kind_of(name).state}
    with_totals = {one for one in years if _has_totals(ledger, *one)}
    for place, row in rows.items():
        kind = kind_of(row.kind)
        day = _day(kind, row)
        if day is None or (row.kind, day.year) not in with_totals:
            continue
        last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
        totals = list(_stored(ledger, row, day.replace(day=1), last, AGGREGATE, alike=False))
        if totals:
            area = ledger.show(kind.name, "area", place[1])
            listed = "、".join(f"#{number}" for number in totals[:3])
            said = f"台账中已有{area}{day:%Y-%m}的合计（{listed}），又逐条导入会重复，请核对后删去一样"
            table.warnings.append(Notice("W_PARTS", said))


def _has_totals(ledger: Ledger, name: str, year: int) -> bool:
    """Whether there is any total in a ledger's year: a file has records of a hundred places and months."""
    days = Range(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
    where = ((kind_of(name).date, days), ("granularity", (AGGREGATE,)))
    return any(True for _ in ledger.ids(Query(name, where=where)))


def _stored(
    ledger: Ledger,
    row: IncomingRow,
    first: datetime.date,
    last: datetime.date,
    granularity: str,
    *,
    alike: bool = True,
) -> Iterator[int]:
    """Records of the area and the time with the granularity; alike: totals only of the same words."""
    kind = kind_of(row.kind)
    where: list[tuple[str, Any]] = [
        (kind.date, Range(first, last)),
        ("area", (row.values.get("area"),)),
        ("granularity", (granularity,)),
    ]
    if granularity == AGGREGATE and alike:
        words = [item for item in kind.fields if item.choices and item.filter and row.values.get(item.name)]
        where += [(item.name, (row.values[item.name],)) for item in words]
    yield from ledger.ids(Query(kind.name, where=tuple(where)))


def _put_aside(table: SheetPreview, row: IncomingRow, doubtful: Doubtful) -> None:
    doubtful.incoming = row
    table.set_aside(doubtful)
    table.warnings.append(Notice("W_PARTS", f"第{row.row}行：{doubtful.message}", row.row))
