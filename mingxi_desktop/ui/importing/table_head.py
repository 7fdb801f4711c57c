"""What is said and chosen for a table as a whole: its ledger, where its header is, what holds for every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from mingxi_desktop.domain.fields import Field
from mingxi_desktop.domain.kinds import TABS, kind_of, of_tab
from mingxi_desktop.ledger.intake.result import SheetPreview
from mingxi_desktop.ledger.intake.wish import Wish
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.calm import CalmCombo
from mingxi_desktop.ui.importing.bars import COLUMNS
from mingxi_desktop.ui.importing.digest import on_step
from mingxi_desktop.ui.importing.told import NO_LEDGER, fault, lacking, remembered, title
from mingxi_desktop.ui.inputs import Input, Sources, input_class
from mingxi_desktop.ui.name_line import NameLine
from mingxi_desktop.ui.shapes import button, label, row

_LAST_ROW = 9_999
_ACROSS, _LEDGER = 3, 18
_PAIR = 230
"""Pixels that the name and the input of a field need."""


class TableHead(QWidget):
    """The title, the ledger, the header row, notes, and the fields that the whole table has in common."""

    kind_chosen = Signal(str)
    """Another ledger, by name."""
    header_chosen = Signal(int)
    """Another first row of the header, 1-based."""
    value_given = Signal(str, str)
    """A field and the text that holds for every row."""
    forget_wanted = Signal()
    """The columns are not to be read as remembered."""

    def __init__(self, sources: Sources, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources = sources
        self.inputs: dict[str, Input] = {}
        self._pairs: list[tuple[QLabel, Input]] = []
        self._title = NameLine("title")
        self.kind = CalmCombo("这张表的台账")
        self.kind.setSizeAdjustPolicy(CalmCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.kind.setMinimumContentsLength(_LEDGER)
        self.kind.addItem(NO_LEDGER, "")
        for tab in TABS:
            for kind in of_tab(tab):
                self.kind.addItem(f"{tab} · {kind.label}", kind.name)
        self.kind.activated.connect(lambda _: self.kind_chosen.emit(self.kind.currentData()))
        self.header = QLineEdit()
        self.header.setAccessibleName("表头从第几行起")
        self.header.setValidator(QIntValidator(1, _LAST_ROW, self.header))
        self.header.setPlaceholderText("？")
        self.header.setFixedWidth(56)
        self.header.setToolTip("填表头第一行的行号，或在下面的表里按 Enter、双击那一行")
        self.header.editingFinished.connect(self._header_given)
        self._depth = label(role="muted")
        kind_name, header_name = label("台账(&K)"), label("表头从第(&L)")
        kind_name.setBuddy(self.kind)
        header_name.setBuddy(self.header)
        self._asked = (kind_name, self.kind, header_name, self.header, self._depth)
        self._note, self._memory = label(role="warning"), label(role="muted")
        for part in (self._note, self._memory):
            part.setWordWrap(True)
        self.forget = button("不用记住的(&W)", self.forget_wanted.emit, link=True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(theme.HALF)
        self._held = label("整张表都是（表里没有这些列）：", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addWidget(self._title)
        column.addLayout(row(kind_name, self.kind, header_name, self.header, self._depth, None))
        column.addWidget(self._note)
        column.addLayout(row(self._memory, self.forget, None))
        column.addWidget(self._held)
        column.addLayout(self._grid)
        self.show_table(None, Wish())

    def show_table(self, sheet: SheetPreview | None, wish: Wish) -> None:
        """Show a table as it was read, and what the user has said of it since."""
        self._title.setText(title(sheet) if sheet is not None else "")
        self.kind.setCurrentIndex(max(self.kind.findData(sheet.kind if sheet is not None else ""), 0))
        self.header.setText(str(sheet.header_row) if sheet is not None and sheet.header_row else "")
        readable = sheet is not None and sheet.cells is not None
        self.kind.setEnabled(readable and not (sheet and sheet.kind and kind_of(sheet.kind).parent))
        for part in self._asked:
            part.setVisible(readable)
        self._depth.setText(_depth(sheet))
        self._say(self._note, _note(sheet) if sheet is not None else "")
        memory = on_step(COLUMNS, remembered(sheet)) if sheet is not None else ""
        self._say(self._memory, memory)
        self.forget.setVisible(bool(memory))
        self._fill(sheet, wish.values)

    def _header_given(self) -> None:
        if self.header.isModified() and self.header.text():
            self.header.setModified(False)
            self.header_chosen.emit(int(self.header.text()))

    def _say(self, part: QLabel, text: str) -> None:
        part.setText(text)
        part.setVisible(bool(text))

    def _fill(self, sheet: SheetPreview | None, given: Mapping[str, str]) -> None:
        for pair in self._pairs:
            for part in pair:
                self._grid.removeWidget(part)
                part.hide()
                part.deleteLater()
        self._pairs, self.inputs = [], {}
        fields = _in_common(sheet) if sheet is not None else []
        self._held.setVisible(bool(fields))
        for field in fields:
            assert sheet is not None
            made = input_class(replace(field, long=False))(self)
            made.bind(field, self._sources)  # itself: a copy of it belongs to no ledger
            made.set_text(given.get(field.name, sheet.values.get(field.name, "")))
            name = label(f"{field.label}{'（必填）' if field.required else ''}")
            name.setBuddy(made)
            made.left.connect(lambda made=made, name=field.name: self.value_given.emit(name, made.text()))
            made.value_changed.connect(lambda text, name=field.name: self.value_given.emit(name, text))
            self._pairs.append((name, made))
            self.inputs[field.name] = made
        self._arrange()
        chain = [self.header, self.forget, *(made.editor for made in self.inputs.values())]
        for before, after in pairwise(chain):
            self.setTabOrder(before, after)

    def _arrange(self) -> None:
        """As many inputs side by side as have room for what is typed into them."""
        across = max(min(self.width() // _PAIR, _ACROSS), 1)
        for number, pair in enumerate(self._pairs):
            line, place = divmod(number, across)
            for side, part in enumerate(pair):
                self._grid.addWidget(part, line, 2 * place + side)
        for place in range(_ACROSS):
            self._grid.setColumnStretch(2 * place + 1, int(place < across))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() // _PAIR != event.oldSize().width() // _PAIR:
            self._arrange()


def _in_common(sheet: SheetPreview) -> list[Field]:
    """What was taken from titles and names, and what is still missing."""
    if not sheet.kind:
        return []
    kind = kind_of(sheet.kind)
    held = [kind.field(name) for name in sheet.values if kind.has(name)]
    return [*held, *(field for field in lacking(sheet) if field not in held)]


def _note(sheet: SheetPreview) -> str:
    said = fault(sheet)
    if said:
        return on_step(COLUMNS, said)
    if sheet.hidden and not sheet.taken:
        return "这张工作表在文件里是隐藏的，没有打勾就不导入；要导入请在左边的列表里打勾（空格键）。"
    missing = "、".join(field.label for field in lacking(sheet))
    return f"没有找到必填的：{missing}。请给一列选上，或者在下面填整张表都一样的。" if missing else ""


def _depth(sheet: SheetPreview | None) -> str:
    if sheet is None or not sheet.header_row:
        return "行起"
    depth = sheet.last_header_row - sheet.header_row + 1
    return f"行起，共 {depth} 行" if depth > 1 else "行起"
