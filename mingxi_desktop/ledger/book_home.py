"""Whose ledger a readable workbook is of, and its lists: written into it, and read back for a new ledger."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingxi_desktop.domain.county import DELIVERED, County
from mingxi_desktop.domain.references import AREA, COUNTY_AREA, INDICATOR, ITEM, LABELS, ORG, VILLAGE, Entry
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.cells import Sheet, cell_text
from mingxi_desktop.exchange.writing.grid import CellType, Grid, GridColumn
from mingxi_desktop.ledger.area_list import AreaList, Village

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

LISTS = "名单"
_COUNTY, _BUREAU = "县（市、区）：", "单位名称："
_COLUMNS = (("名单", 12), ("条目", 30), ("单位", 8), ("又名", 40), ("在用", 6), ("属于", 12))
_KNOWN = frozenset({AREA, VILLAGE, ORG, ITEM, INDICATOR})
"""The lists that are taken back; enterprises come with the records."""


@dataclass(frozen=True, slots=True)
class BookHome:
    """County and bureau ("" where the book does not say), and the entries of its lists."""

    county: County = DELIVERED
    bureau: str = ""
    entries: tuple[Entry, ...] = ()


def lines(ledger: Ledger) -> tuple[str, ...]:
    """What the guide of a workbook says of the county."""
    return (f"{_COUNTY}{ledger.home.county.whole}", f"{_BUREAU}{ledger.home.bureau}")


def lists(ledger: Ledger) -> Grid:
    """The sheet with the lists."""
    columns = [
        GridColumn(header, CellType.LONG if header == "又名" else CellType.TEXT, width)
        for header, width in _COLUMNS
    ]
    rows = [
        [
            label,
            entry.name,
            entry.unit,
            "、".join(entry.aliases),
            "是" if entry.active else "否",
            entry.parent,
        ]
        for name, label in LABELS.items()
        for entry in ledger.entries(name, active_only=False)
    ]
    return Grid(LISTS, "名单", columns, rows)


def home_of(guide: Sheet | None, listed: Sheet | None) -> BookHome:
    """What the two sheets of a workbook say; a book of an earlier version says nothing of the county."""
    said = [cell_text(row[0]) for row in guide.rows if row] if guide else []
    county = next((line.removeprefix(_COUNTY) for line in said if line.startswith(_COUNTY)), "")
    bureau = next((line.removeprefix(_BUREAU) for line in said if line.startswith(_BUREAU)), "")
    of_label = {label: name for name, label in LABELS.items() if name in _KNOWN}
    rows = [[cell_text(cell) for cell in row] for row in listed.rows] if listed else []
    entries = [_entry(of_label[row[0]], row) for row in rows if row and row[0] in of_label]
    with suppress(ValueError):
        return BookHome(County.of(county), bureau, tuple(entries))
    return BookHome(entries=tuple(entries))


def _entry(listed: str, row: Sequence[str]) -> Entry:
    cells = [*row, *[""] * (len(_COLUMNS) - len(row))]
    aliases = tuple(part for part in cells[3].split("、") if part)
    return Entry(listed, cells[1], unit=cells[2], aliases=aliases, active=cells[4] != "否", parent=cells[5])


def take_lists(ledger: Ledger, home: BookHome) -> None:
    """Add what the lists of a new ledger lack; what cannot be stood beside the delivered ones is left out."""
    used = [entry for entry in home.entries if entry.active]
    towns = tuple((entry.name, "") for entry in used if entry.list == AREA and entry.name != COUNTY_AREA)
    villages = tuple(
        Village(entry.name, entry.parent) for entry in used if entry.list == VILLAGE and entry.parent
    )
    if towns:
        ledger.home.take_in(AreaList(towns, villages))
    known = {(entry.list, entry.name) for name in _KNOWN for entry in ledger.entries(name, active_only=False)}
    for entry in home.entries:
        if entry.list != VILLAGE and (entry.list, entry.name) not in known:
            with suppress(UserError):
                ledger.save_entry(entry)
