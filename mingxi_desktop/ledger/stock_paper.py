"""The stock sheet in words, and on paper with a line for those who count the store."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from mingxi_desktop.domain.show import plain
from mingxi_desktop.ledger.stock_sheet import State, StockRow
from mingxi_desktop.ledger.supplies import Leg, amount
from mingxi_desktop.report.table_pages.model import Column, Table

if TYPE_CHECKING:
    from mingxi_desktop.report.table_pages.press import TablePress

_COLUMNS = (
    Column("物资", width=30.0),
    Column("单位", width=12.0),
    Column("类别", width=22.0),
    *(Column(leg, width=18.0, right=True) for leg in Leg),
    Column("下限", width=16.0, right=True),
    Column("状态", width=24.0),
    Column("估值", "元", 28.0, right=True),
)
_COUNTED = "种"
_WORTH = len(_COLUMNS) - 1
"""The only column whose numbers have the same unit in all rows."""


def row_texts(row: StockRow) -> tuple[str, ...]:
    """A row as it is shown: name, unit, group, a text for each `Leg`, floor, state, worth in 元."""
    numbers = [_number(row, leg) for leg in Leg]
    floor = f"{row.floor:,}" if row.floor is not None else ""
    worth = f"{row.worth:,.2f}" if row.worth is not None else ""
    return (row.entry.name, row.entry.unit, row.entry.group, *numbers, floor, _word(row), worth)


def number_text(number: Decimal) -> str:
    """12,500 or 82.5, a minus sign before what is missing."""
    whole, _, rest = plain(abs(number)).partition(".")
    return f"{'-' if number < 0 else ''}{int(whole):,}{'.' + rest if rest else ''}"


def title(as_of: datetime.date) -> str:
    """What the sheet of a day is called."""
    return f"救灾物资库存（{as_of.year}年{as_of.month}月{as_of.day}日）"


def table(bureau: str, rows: Sequence[StockRow], as_of: datetime.date, *, short: bool = False) -> Table:
    """The sheet of a day to be printed.  short: these are only those that are wanting."""
    worth = sum((row.worth for row in rows if row.worth is not None), Decimal(0))
    which = "只列低于下限、出大于入的，" if short else ""
    since = f"{as_of.year}年1月1日至{as_of.month}月{as_of.day}日为本年收发"
    return Table(
        title=title(as_of),
        conditions=f"{since}；{which}共 {len(rows):,} {_COUNTED}",
        office=bureau,
        printed=f"打印日期：{datetime.date.today().isoformat()}",
        columns=_COLUMNS,
        rows=[row_texts(row) for row in rows],
        totals={_WORTH: f"{worth:,.2f}"} if worth else {},
        counted=_COUNTED,
    )


def press(bureau: str, rows: Sequence[StockRow], as_of: datetime.date, *, short: bool = False) -> TablePress:
    """What prints the sheet."""
    from mingxi_desktop.report import fonts
    from mingxi_desktop.report.table_pages.press import TablePress

    return TablePress(table(bureau, rows, as_of, short=short), fonts.resolve())


def _number(row: StockRow, leg: Leg) -> str:
    """What was not moved is left empty; what is left is always said."""
    number = amount(row.sums, leg)
    return number_text(number) if number or leg is Leg.LEFT else ""


def _word(row: StockRow) -> str:
    if not row.moved:
        return f"▲ {row.state}" if row.state is State.SHORT else "没有收发"
    return f"▲ {row.state}" if row.state in (State.NEGATIVE, State.SHORT) else str(row.state)
