"""Any table of records on paper, as it is shown: its columns, order, groups and sums, as PDF pages."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.fields import NUMERIC
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.personal import holds_personal, masked
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.show import show
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.writing.files import save
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.ledger.query_words import conditions
from mingxi_desktop.ledger.remarking import Leaving
from mingxi_desktop.ledger.sections import Heading, Sectioned
from mingxi_desktop.report import fonts
from mingxi_desktop.report.table_pages.model import Column, Look, Printed, Progress, Section, Table

if TYPE_CHECKING:
    from mingxi_desktop.report.table_pages.press import TablePress

MOST = 50_000
"""More records than this are no reading matter: they are to be filtered, or exported."""
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of a table.  closed: keys of those that show only their heading."""

    found: Sectioned
    closed: Collection[tuple[Any, ...]] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A table as it stands on the screen.

    columns: (field, width in any unit) from left to right.  title: above it.  selected: ids of the only
    records to be printed, in the table's order; empty for all that the query means.  personal: numbers of people
    are printed as they are; else they are masked.
    """

    query: Query
    columns: Sequence[tuple[str, float]]
    title: str
    groups: Groups | None = None
    selected: Sequence[int] = ()
    personal: bool = False


def press(ledger: Ledger, wanted: Wanted, progress: Progress = lambda *_: None) -> TablePress:
    """What prints the table, with everything it shows read from the ledger; UserError for too many records."""
    from mingxi_desktop.report.table_pages.press import TablePress

    return TablePress(table(ledger, wanted, progress), fonts.resolve())


def pdf(ledger: Ledger, wanted: Wanted, look: Look | None = None) -> Printed:
    """The pages of a table in one step."""
    return press(ledger, wanted).render(look or Look())


def table(ledger: Ledger, wanted: Wanted, progress: Progress = lambda *_: None) -> Table:
    """The texts of a table; UserError for more than `MOST` records."""
    query, groups = wanted.query, wanted.groups
    everything = groups.found.ids if groups is not None else ledger.ids(query)
    chosen = set(wanted.selected)
    ids = [number for number in everything if number in chosen] if chosen else everything
    if len(ids) > MOST:
        raise UserError(
            f"{len(ids):,} 条记录太多，不能一次打印",
            f"一次最多打印 {MOST:,} 条，大约 {MOST // 30:,} 页。",
            "请先用筛选缩小范围，或用“导出”存成表格。",
        )
    names = [name for name, _ in wanted.columns]
    rows = _rows(ledger, query.kind, ids, names, progress)
    if not wanted.personal:
        rows = {number: _masked(query.kind, names, texts) for number, texts in rows.items()}
    found = [number for number in everything if number in rows]
    return Table(
        title=wanted.title,
        conditions=_conditions(ledger, wanted, len(found)),
        office=ledger.home.bureau,
        printed=f"打印日期：{datetime.date.today().isoformat()}",
        columns=_columns(wanted),
        rows=[rows[number] for number in found],
        sections=_sections(ledger, wanted, rows) if groups is not None else (),
        totals=_totals(ledger, query.kind, found, names),
    )


def write(pdf: bytes, path: Path) -> Path:
    """Write the pages into a file, whole or not at all; UserError where it cannot be written."""
    save(path, pdf)
    return path


def _rows(
    ledger: Ledger, kind: str, ids: Sequence[int], names: Sequence[str], progress: Progress
) -> dict[int, tuple[str, ...]]:
    """The shown texts of these records; one that has gone meanwhile is not there."""
    found: dict[int, tuple[str, ...]] = {}
    for start in range(0, len(ids), _CHUNK):
        progress(start, len(ids))
        for record in ledger.records(kind, ids[start : start + _CHUNK]):
            found[record.id] = tuple([record.shown.get(name, "") for name in names])
    return found


def _masked(kind_name: str, names: Sequence[str], texts: tuple[str, ...]) -> tuple[str, ...]:
    kind = kind_of(kind_name)
    return tuple(
        masked(text) if kind.field(name).personal else text for name, text in zip(names, texts, strict=True)
    )


def leaving(table: Table, kind: str, names: Sequence[str], file: str) -> Leaving:
    """What is to be noted of a table that was printed as it is.  file: its name, or 打印机."""
    places = [place for place, name in enumerate(names) if kind_of(kind).field(name).personal]
    cells = sum(holds_personal(row[place]) for row in table.rows for place in places)
    return Leaving(table.title, file, len(table.rows), cells)


def _columns(wanted: Wanted) -> list[Column]:
    kind = kind_of(wanted.query.kind)
    fields = [(kind.field(name), width) for name, width in wanted.columns]
    return [Column(item.label, item.unit, width, right=item.type in NUMERIC) for item, width in fields]


def _conditions(ledger: Ledger, wanted: Wanted, count: int) -> str:
    said = conditions(ledger, wanted.query)
    said.append(f"选中的 {count:,} 条" if wanted.selected else f"共 {count:,} 条")
    if wanted.personal:
        said.append("含个人信息，注意保管")
    return "；".join(said)


def _totals(ledger: Ledger, kind: str, ids: Sequence[int], names: Sequence[str]) -> dict[int, str]:
    """Column → sum of the records as text, for the fields that are summed."""
    declared = kind_of(kind)
    sums = ledger.totals(kind, ids)
    return {
        place: show(declared.field(name), sums[name], str) for place, name in enumerate(names) if name in sums
    }


def _sections(ledger: Ledger, wanted: Wanted, there: Collection[int]) -> list[Section]:
    """The groups with what is printed of them; those without any record are left out."""
    assert wanted.groups is not None
    found, closed = wanted.groups.found, set(wanted.groups.closed)
    names = [name for name, _ in wanted.columns]
    made: list[Section] = []
    place = [0]
    for number in found.ids:
        place.append(place[-1] + (number in there))
    for one in found.headings:
        start, end = place[one.start], place[one.end]
        if start == end:
            continue
        whole = end - start == one.count
        totals = (
            _placed(one, names)
            if whole
            else _totals(ledger, wanted.query.kind, _of(one, found, there), names)
        )
        made.append(Section(one.label, start, end - start, one.level, totals, one.keys in closed))
    return made


def _placed(heading: Heading, names: Sequence[str]) -> Mapping[int, str]:
    return {place: heading.totals[name] for place, name in enumerate(names) if name in heading.totals}


def _of(heading: Heading, found: Sectioned, there: Collection[int]) -> list[int]:
    return [number for number in found.ids[heading.start : heading.end] if number in there]
