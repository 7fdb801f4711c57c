"""Step 3: every table with what would be imported, rows in doubt, what would count twice, who sent what."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from mingxi_desktop.ledger.checks.ahead import Coming
from mingxi_desktop.ledger.intake.arrivals import Origin
from mingxi_desktop.ledger.intake.result import Preview, SheetPreview
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.importing.concerns import ConcernsPart
from mingxi_desktop.ui.importing.digest import ROLES, SIGNS, Message, Told, short
from mingxi_desktop.ui.importing.digest import told as tell
from mingxi_desktop.ui.importing.doubts import DoubtsPart
from mingxi_desktop.ui.importing.rows_table import RowsTable
from mingxi_desktop.ui.importing.senders import SendersPart
from mingxi_desktop.ui.importing.split import beside, stacked
from mingxi_desktop.ui.importing.told import fault, remark, sheet_name, title
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.name_line import NameLine
from mingxi_desktop.ui.shapes import card, label, toggle
from mingxi_desktop.ui.turns import Making, at_once

_TABLES = (
    ListColumn("文件"),
    ListColumn("表 / 台账", 110, optional=True),
    ListColumn("可导入", 60, right=True),
    ListColumn("有错", 44, right=True),
    ListColumn("已有", 44, right=True),
    ListColumn("说明", optional=True),
)
_MESSAGES = (
    ListColumn("", 68),
    ListColumn("行", 92, right=True),
    ListColumn("列", 96),
    ListColumn("内容", 110, optional=True),
    ListColumn("原因"),
)
_LEAST = 116
ROWS, DOUBTS, CONCERNS, SENDERS = range(4)
_PARTS = ("逐行核对", "已有或重复", "疑点", "谁报了什么")
_WHOLE = (0, 0, 1, 2)
"""Which page shows a part."""
_PERSONAL = "W_PERSONAL"


class CheckStep(QWidget):
    """Left the tables, right the rows of one and its messages, or its rows in doubt.

    Or, instead of all that, what would be counted twice; or who sent what.
    """

    decided = Signal()
    """Other rows in doubt are wanted: there is more or less to import."""

    def __init__(self, parent: QWidget | None = None, *, whole: bool = True) -> None:
        """whole: with all its parts; else somebody goes on with `make_parts`."""
        super().__init__(parent)
        self._found = Preview()
        self._told: list[Told] = []
        self._senders_old = True
        self._areas: Sequence[Sequence[str]] = ()
        self.parts: tuple[QWidget, ...] = ()
        self.switches = [
            toggle(name, "pill", partial(self.open, place), self) for place, name in enumerate(_PARTS)
        ]
        for place, name in enumerate(_PARTS):
            self._name(place, name)
        self._only = QCheckBox("只看有问题的行(&P)", self)
        self._only.toggled.connect(lambda _: self._show_rows())
        self._personal = label(role="warning", parent=self)
        self._personal.setWordWrap(True)
        self._whole = QStackedWidget(self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.HALF)
        outer.addLayout(flow([*self.switches], [self._only]))
        outer.addWidget(self._personal)
        outer.addWidget(self._whole, 1)
        if whole:
            at_once(self.make_parts())

    def make_parts(self) -> Making[None]:
        """What can be shown, in the order in which Tab goes; before that nothing is."""
        yield from self._tables_part()
        self.concerns = ConcernsPart(self._whole)
        self._whole.addWidget(self.concerns)
        yield
        self.senders = SendersPart(self._whole)
        self._whole.addWidget(self.senders)
        yield
        self.parts = (
            self.sheets,
            self.rows,
            self.messages,
            self.doubts.table,
            self.concerns.table,
            self.concerns.records,
            self.senders.table,
        )
        self._connect()
        self.open(ROWS)

    def _tables_part(self) -> Making[None]:
        made = beside(0.42, self._whole)
        self.sheets = Listing("表", _TABLES, parent=made)
        yield
        right = card(made)
        self._title = NameLine("title")
        right.column.addWidget(self._title)
        self._right = QStackedWidget(right)
        right.column.addWidget(self._right, 1)
        yield from self._rows_part()
        self.doubts = DoubtsPart(self._right)
        self._right.addWidget(self.doubts)
        self._whole.addWidget(made)
        yield

    def _rows_part(self) -> Making[None]:
        made = stacked(0.52, self._right)
        self.rows = RowsTable(made)
        self.rows.setMinimumHeight(_LEAST)
        yield
        below = QWidget(made)
        self.messages = Listing("错误和提示", _MESSAGES, parent=below)
        self.messages.set_empty_text("没有错误，也没有要核对的地方。")
        self.messages.setMinimumHeight(_LEAST)
        self._full = label(role="muted", parent=below)
        self._full.setWordWrap(True)
        self._full.setAccessibleName("原因全文")
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addWidget(self.messages, 1)
        column.addWidget(self._full)
        self._right.addWidget(made)
        yield

    def _connect(self) -> None:
        self.sheets.current_changed.connect(lambda _: self._show())
        self.messages.current_changed.connect(self._current_message)
        self.messages.clicked.connect(lambda _: self._go(self.messages.current(), 0))
        self.messages.opened.connect(self._open_message)
        self.senders.table.opened.connect(self._open_table)
        self.doubts.decided.connect(self._decided)
        self.concerns.decided.connect(self._left_out)
        self.concerns.row_wanted.connect(self._show_row)

    def show_preview(self, found: Preview, told: list[Told], areas: Sequence[Sequence[str]] = ()) -> None:
        """Show a preview, the first table with faults in front.  areas: the townships, with other spellings."""
        self._found, self._told, self._areas = found, told, areas
        wrong = [place for place, sheet in enumerate(found.sheets) if sheet.taken and sheet.rejected]
        # What has rows to look at before what could not be read at all.
        front = min(wrong, key=lambda place: bool(fault(found.sheets[place])), default=0)
        self.sheets.blockSignals(True)
        self.sheets.set_lines([_line(place, sheet) for place, sheet in enumerate(found.sheets)], keep=False)
        if found.sheets:
            self.sheets.selectRow(front)
        self.sheets.blockSignals(False)
        self._senders_old = True
        self._count_doubts()
        self.concerns.forget()
        self._name(CONCERNS, _PARTS[CONCERNS])
        self._personal.setText(_withheld(found))
        self._personal.setVisible(bool(self._personal.text()))
        self.open(ROWS)
        self._show()

    def show_concerns(self, found: Sequence[Coming], *, front: bool = True) -> None:
        """Show what the checks say of the rows.

        front: whether what may be wrong comes to the front; rows with faults go before it.
        """
        self.concerns.show_concerns(found)
        self._name(CONCERNS, f"{_PARTS[CONCERNS]} {len(found):,}" if found else _PARTS[CONCERNS])
        if front and self.concerns.open and not self._found.rejected:
            self.open(CONCERNS)

    def tell_concerns(self, text: str) -> None:
        """There are none to show, or none yet, and why."""
        self.concerns.tell(text)
        self._name(CONCERNS, _PARTS[CONCERNS])

    def _count_doubts(self) -> None:
        count = sum(len(sheet.doubtful) for sheet in self._found.sheets)
        self._name(DOUBTS, f"{_PARTS[DOUBTS]} {count:,}" if count else _PARTS[DOUBTS])
        self.switches[DOUBTS].setEnabled(count > 0)

    def _name(self, place: int, text: str) -> None:
        """The text of a switch, and its keys, which go with every new text."""
        made = self.switches[place]
        made.setText(text)
        made.setShortcut(QKeySequence(f"Alt+{place + 1}"))
        made.setToolTip(f"Alt+{place + 1}")

    def open(self, part: int) -> None:
        """Show ROWS, DOUBTS, CONCERNS or SENDERS."""
        for place, made in enumerate(self.switches):
            made.setChecked(place == part)
        self._whole.setCurrentIndex(_WHOLE[part])
        self._right.setCurrentIndex(1 if part == DOUBTS else 0)
        self._only.setVisible(part == ROWS)
        if part == SENDERS and self._senders_old:
            self.senders.show_preview(self._found, self._areas)
            self._senders_old = False
        if part == DOUBTS:
            sheet = self.current()
            if sheet is None or not sheet.doubtful:
                sheets = self._found.sheets
                self.sheets.selectRow(next((n for n, item in enumerate(sheets) if item.doubtful), 0))
            self.doubts.table.setFocus()
        if part == CONCERNS:
            self.concerns.table.setFocus()

    def current(self) -> SheetPreview | None:
        """The table in front."""
        place = self.sheets.current()
        return self._found.sheets[place] if place is not None and place < len(self._found.sheets) else None

    # inside

    def _show(self) -> None:
        sheet = self.current()
        self._title.setText(title(sheet) if sheet is not None else "")
        self._put_rows()
        said = self._told_of().messages
        self.messages.set_lines([_message_line(message) for message in said], keep=False)
        self._go(self.messages.current(), 0)
        self.doubts.show_sheet(self._found, sheet)

    def _told_of(self) -> Told:
        place = self.sheets.current()
        return self._told[place] if place is not None and place < len(self._told) else Told()

    def _show_rows(self) -> None:
        self._put_rows()
        self._go(self.messages.current(), 0)

    def _put_rows(self) -> None:
        sheet = self.current()
        self.rows.show_sheet(sheet, self._told_of(), noted=self._only.isChecked())
        self.rows.setVisible(sheet is not None and sheet.cells is not None and bool(sheet.columns))

    def _current_message(self, message: Message | None) -> None:
        text = message.text if message is not None else ""
        more = "（按 Enter 逐行看）" if message is not None and len(message.rows) > 1 else ""
        self._full.setText(f"{text}{more}")
        self._go(message, 0)

    def _go(self, message: Message | None, step: int) -> None:
        """To a row of a message; step: how many of its rows further than the one with the cursor."""
        if message is None or not message.rows:
            return
        now = self.rows.current_row()
        place = message.rows.index(now) + step if step and now in message.rows else 0
        self.rows.go_to(message.rows[place % len(message.rows)], message.index)

    def _open_message(self, message: Message) -> None:
        """Enter: to its row; once more: to the next of its rows."""
        self._go(message, 1 if len(message.rows) > 1 else 0)
        if len(message.rows) == 1:
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_table(self, place: int | None) -> None:
        if place is not None:
            self.open(ROWS)
            self.sheets.selectRow(place)
            self.sheets.setFocus()

    def _show_row(self, origin: Origin) -> None:
        self.open(ROWS)
        self.sheets.selectRow(self._found.sheets.index(origin.table))
        self._only.setChecked(False)
        self.rows.go_to(origin.row, -1)
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _left_out(self) -> None:
        """Rows went from those ready to those in doubt."""
        for place, sheet in enumerate(self._found.sheets):
            if sheet.doubtful:
                self._told[place] = tell(sheet)
        self._count_doubts()
        self._show()
        self._decided()

    def _decided(self) -> None:
        model = self.sheets.lines
        model.lines[:] = [_line(place, sheet) for place, sheet in enumerate(self._found.sheets)]
        model.dataChanged.emit(model.index(0, 0), model.index(len(model.lines) - 1, len(_TABLES) - 1))
        self._senders_old = True
        self.decided.emit()


def steps(place: QWidget) -> Making[CheckStep]:
    """Makes it, with a turn for each part."""
    made = CheckStep(place, whole=False)
    yield
    yield from made.make_parts()
    return made


def _line(place: int, sheet: SheetPreview) -> Line:
    wrong, ready = len(sheet.rejected), len(sheet.rows) + len(sheet.chosen) + sheet.attached
    numbers = ready if sheet.taken else 0, wrong, len(sheet.doubtful)
    counted = ("—",) * len(numbers) if fault(sheet) else tuple(f"{number:,}" for number in numbers)
    texts = (sheet.path.name, sheet_name(sheet), *counted, remark(sheet))
    roles = {3: "error"} if wrong else {}
    if sheet.doubtful:
        roles[4] = "accent_text"
    if fault(sheet) and sheet.taken:
        roles[5] = "error"
    elif not sheet.taken:
        roles = dict.fromkeys(range(len(texts)), "muted")
    return Line(texts, place, roles)


def _message_line(message: Message) -> Line:
    texts = (
        f"{SIGNS[message.severity]} {message.severity}",
        message.where,
        message.column,
        message.value,
        message.text,
    )
    role = ROLES[message.severity]
    tip = f"{message.text}\n按 Enter 逐行看" if len(message.rows) > 1 else message.text
    return Line(texts, message, {0: role, 4: role}, tip)


def _withheld(found: Preview) -> str:
    """What personal data stays out, all tables together."""
    said = [
        (sheet.path.name, short(sheet, notice.message))
        for sheet in found.sheets
        if sheet.taken
        for notice in sheet.warnings
        if notice.code == _PERSONAL and not notice.row
    ]
    if not said:
        return ""
    name, text = said[0]
    others = len({file for file, _ in said}) - 1
    several = f"（另有 {others:,} 个文件也有）" if others else ""
    return f"{name if len(found.sheets) > 1 else ''}{'：' if len(found.sheets) > 1 else ''}{text}{several}"
