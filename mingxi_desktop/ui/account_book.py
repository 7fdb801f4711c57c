"""The account book of one supply: what came in, what went out, and what was left after it."""

from __future__ import annotations

import datetime
from decimal import Decimal

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.stock_paper import number_text
from mingxi_desktop.ledger.stock_sheet import StockRow
from mingxi_desktop.ledger.supplies import AccountLine, Leg
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Job
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, card, label, row

_COLUMNS = (
    ListColumn("日期", 52),
    ListColumn("类型", 76),
    ListColumn("对方或单号", optional=True),
    ListColumn("入", 50, right=True),
    ListColumn("出", 50, right=True),
    ListColumn("结存", 56, right=True),
)
_MOST_SHOWN = 2_000


class AccountBook(QWidget):
    """Lines of one year in the order of their day, the last one in sight; Enter or a double click opens one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._coming: Job | None = None
        self._shown: tuple[str, Leg, datetime.date] | None = None
        frame = card()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self._title = label("收发明细", "title")
        self._about = label(role="muted")
        self._about.setWordWrap(True)
        self.table = Listing("收发明细", _COLUMNS)
        self.table.set_empty_text("在左边选一种物资。")
        self.table.opened.connect(self._open)
        self._all = button("在物资收发中查看", self.show_all, link=True)
        frame.column.addLayout(row(self._title, None, self._all))
        frame.column.addWidget(self._about)
        frame.column.addWidget(self.table, 1)
        self._all.setEnabled(False)

    def show_supply(self, stock: StockRow | None, as_of: datetime.date, leg: Leg | None = None) -> None:
        """Show a supply as at a day; leg: only the lines behind this number. None empties the book."""
        if self._coming is not None:
            self._coming.cancel()
            self._coming = None
        self._all.setEnabled(stock is not None and stock.moved)
        if stock is None:
            self._shown = None
            self._title.setText("收发明细")
            self._about.setText("")
            self.table.set_lines(())
            return
        chosen = leg or Leg.LEFT
        self._shown = (stock.entry.ref, chosen, as_of)
        only = f" · {chosen}" if chosen is not Leg.LEFT else ""
        self._title.setText(f"{stock.entry.name}{only}")
        self._about.setText(f"{as_of.year}年，截至 {as_of.isoformat()}，单位：{stock.entry.unit}")
        self._coming = self._context.read(
            _account, stock.entry.ref, as_of, done=lambda book: self._show(book, chosen), owner=self
        )

    def show_all(self) -> None:
        """Go to the movements behind the number, those of earlier years too where it holds them."""
        if self._shown is not None:
            self._context.read(_movements, *self._shown, done=self._context.show, owner=self)

    def _show(self, book: list[AccountLine], leg: Leg) -> None:
        self._coming = None
        wanted = [one for one in book if leg is Leg.LEFT or one.leg is leg]
        shown = wanted[-_MOST_SHOWN:]
        if len(shown) < len(wanted):
            self._about.setText(f"{self._about.text()}，只列最近 {_MOST_SHOWN:,} 条")
        self.table.set_empty_text("这一年没有这样的收发。")
        self.table.set_lines([_line(one) for one in shown], keep=False)
        if shown:
            self.table.selectRow(len(shown) - 1)
            self.table.scrollToBottom()

    def _open(self, movement: int) -> None:
        if movement:
            self._context.record_wanted.emit("supply_movement", movement)


def _line(one: AccountLine) -> Line:
    numbers = (one.incoming, one.outgoing)
    texts = (
        f"{one.day:%m-%d}",
        one.type,
        one.receiver or one.doc_no,
        *("" if number is None else number_text(number) for number in numbers),
        number_text(one.balance),
    )
    roles = {5: "error"} if one.balance < Decimal(0) else {}
    tip = " ".join(part for part in (one.day.isoformat(), one.type, one.receiver, one.doc_no) if part)
    if not one.movement:
        tip = "上年结转的数，由以前年度的收发算出"
    return Line(texts, one.movement, roles, tip)


def _account(ledger: Ledger, item: str, as_of: datetime.date) -> list[AccountLine]:
    return ledger.register.supplies.account(item, as_of)


def _movements(ledger: Ledger, item: str, leg: Leg, as_of: datetime.date) -> Query:
    return ledger.register.supplies.movements(item, leg, as_of)
