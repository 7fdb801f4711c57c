"""The register of the county's store: the account book of each supply, its movements, and its floor."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from mingxi_desktop.domain import parse
from mingxi_desktop.domain.kinds.supply import INCOMING, OUTGOING
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.references import ITEM, Entry
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.ledger.stock_sheet import FLOOR, StockRow
from mingxi_desktop.ledger.undoing import Undoer
from mingxi_desktop.ledger.writing import Writer
from mingxi_desktop.storage import entries, stock
from mingxi_desktop.storage.stock import Sums
from mingxi_desktop.storage.store import Store


class Leg(StrEnum):
    """A column of the stock sheet."""

    OPENING = "期初"
    INCOMING = "入库"
    OUTGOING = "出库"
    COUNTED = "盘点"
    LEFT = "现存"


_TYPES: dict[Leg, tuple[str, ...]] = {
    Leg.OPENING: (*INCOMING, *OUTGOING, *stock.COUNTED),
    Leg.INCOMING: INCOMING,
    Leg.OUTGOING: OUTGOING,
    Leg.COUNTED: stock.COUNTED,
    Leg.LEFT: (*INCOMING, *OUTGOING, *stock.COUNTED),
}


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line of a supply's account book.  movement: 0 for what was there at the year's beginning.

    incoming and outgoing: one of them, None the other; balance: what is left after it.
    """

    movement: int
    day: datetime.date
    leg: Leg
    type: str
    doc_no: str
    receiver: str
    incoming: Decimal | None
    outgoing: Decimal | None
    balance: Decimal


@guarded
class Supplies:
    """Reads the account books of one ledger file and keeps the floors."""

    def __init__(self, store: Store, writer: Writer, undoer: Undoer) -> None:
        self._store = store
        self._writer = writer
        self._undoer = undoer

    def account(self, item: str, as_of: datetime.date) -> list[AccountLine]:
        """The account book of a supply: what was there at the year's beginning, then each line up to the day."""
        balance = stock.sums(self._store, as_of).get(item, Sums()).opening
        first = datetime.date(as_of.year, 1, 1)
        book = [AccountLine(0, first, Leg.OPENING, "上年结转", "", "", None, None, balance)]
        for line in stock.lines_of(self._store, item, as_of):
            balance += line.signed
            leg = (
                Leg.OUTGOING
                if line.signed < 0
                else Leg.COUNTED
                if line.type in stock.COUNTED
                else Leg.INCOMING
            )
            receiver = self._writer.rows.titles.name(line.receiver) if line.receiver else ""
            came, went = (line.signed, None) if line.signed > 0 else (None, -line.signed)
            book.append(
                AccountLine(
                    line.movement, line.day, leg, line.type, line.doc_no or "", receiver, came, went, balance
                )
            )
        return book

    def movements(self, item: str, leg: Leg, as_of: datetime.date) -> Query:
        """The movements behind a number of the sheet."""
        first = datetime.date(as_of.year, 1, 1)
        spans: dict[Leg, tuple[datetime.date | None, datetime.date]] = {
            Leg.OPENING: (None, first - datetime.timedelta(days=1)),
            Leg.LEFT: (None, as_of),
        }
        span = spans.get(leg, (first, as_of))
        ids = stock.movements_of(self._store, item, _TYPES[leg], span)
        # No ids at all would mean every record.
        return Query("supply_movement", ids=tuple(ids) or (0,))

    def set_floor(self, item: str, text: str) -> Changes | None:
        """Another floor for a supply, "" for none; None where it is that already.  UserError for no number."""
        entry = self._store.references.get(item)
        if entry is None:
            raise UserError("这种物资已经不在名单里了", "", "重新打开库存再试。")
        floor = _number(entry, text)
        before = entry.extra.get(FLOOR, "")
        if floor == before:
            return None
        sentence = f"修改库存下限 {entry.name} {before or '无'}→{floor or '无'}"
        extra = {name: value for name, value in entry.extra.items() if name != FLOOR}
        with self._writer.change(sentence) as change_set:
            changed = replace(entry, extra={**extra, FLOOR: floor} if floor else extra)
            entries.revise(self._store, self._writer.journal, [changed], change_set)
        self._undoer.note(change_set, sentence)
        return Changes(sentence, lists=(ITEM,))


def export(bureau: str, rows: Sequence[StockRow], as_of: datetime.date, path: Path) -> int:
    """Write a stock sheet to an xlsx file, or to csv if the name ends so; number of supplies."""
    from mingxi_desktop.exchange.writing.grid import CellType, Grid, GridColumn
    from mingxi_desktop.exchange.writing.write import write_csv, write_workbook

    columns = [
        GridColumn("物资", width=16),
        GridColumn("单位", width=6),
        GridColumn("类别", width=12),
        *(GridColumn(leg, CellType.DECIMAL, 10) for leg in Leg),
        GridColumn("下限", CellType.INT, 8),
        GridColumn("状态", width=10),
        GridColumn("估值", CellType.MONEY, 14),
    ]
    cells = [
        [
            row.entry.name,
            row.entry.unit,
            row.entry.group,
            *(amount(row.sums, leg) for leg in Leg),
            row.floor,
            row.state or None,
            row.worth,
        ]
        for row in rows
    ]
    day = f"{as_of.year}年{as_of.month}月{as_of.day}日"
    grid = Grid("库存", f"{bureau}救灾物资库存（{day}）", columns, cells)
    if path.suffix.lower() in (".csv", ".txt"):
        return write_csv(path, grid)
    return write_workbook(path, [grid])[0]


def amount(sums: Sums, leg: Leg) -> Decimal:
    """The number of a column."""
    return {
        Leg.OPENING: sums.opening,
        Leg.INCOMING: sums.incoming,
        Leg.OUTGOING: sums.outgoing,
        Leg.COUNTED: sums.counted,
        Leg.LEFT: sums.left,
    }[leg]


def _number(entry: Entry, text: str) -> str:
    """The floor as it is kept."""
    try:
        number = parse.parse_int(text, units=(entry.unit,)).value if text.strip() else 0
    except ValueError as error:
        raise UserError(
            f"库存下限“{text}”不是整数", f"{entry.name}：{error}", "写一个整数，如 100；不提醒就清空。"
        ) from error
    if number is None or number < 0:
        raise UserError(f"库存下限“{text}”小于0", entry.name, "写一个整数，如 100；不提醒就清空。")
    return str(number) if number else ""
