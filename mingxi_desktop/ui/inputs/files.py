"""The input of attachments: names of files, with buttons to add, open and take off."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from mingxi_desktop.ui import ask, icons, style, theme
from mingxi_desktop.ui.inputs.base import Input

_FILTERS = "所有文件 (*);;图片和 PDF (*.jpg *.jpeg *.png *.pdf)"
_ROWS = 3


class FilesInput(Input):
    """Lists the attachments of a record. Storing and opening them is done by who listens.

    text() is the names with line breaks between them.
    """

    add_wanted = Signal(object)
    """A list of paths, picked or dropped."""
    open_wanted = Signal(str)
    remove_wanted = Signal(str)

    def make_editor(self) -> QWidget:
        box = QWidget(self)
        self._list = QListWidget(box)
        self._list.setSelectionMode(QListWidget.SelectionMode.SingleSelection)
        self._list.itemActivated.connect(lambda item: self.open_wanted.emit(item.text()))
        self._list.currentRowChanged.connect(self._enable)
        self._list.setToolTip("双击或按回车打开")
        self._add = _button(box, "添加文件…", "attachment")
        self._remove = _button(box, "移除", "")
        self._add.clicked.connect(self._pick)
        self._remove.clicked.connect(self._remove_current)
        row = QHBoxLayout()
        row.setSpacing(theme.HALF)
        row.addWidget(self._add)
        row.addWidget(self._remove)
        self._count = QLabel(box)
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        style.set_state(self._count, "role", "muted")
        row.addStretch()
        row.addWidget(self._count)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addWidget(self._list)
        column.addLayout(row)
        box.setFocusProxy(self._add)
        self.setAcceptDrops(True)
        self._read_only = False
        self._enable()
        return box

    def bound(self) -> None:
        self._list.setAccessibleName(self.field.label)

    def text(self) -> str:
        return "\n".join(self._names())

    def set_text(self, text: str) -> None:
        if text == self.text():
            return
        self._list.clear()
        self._list.addItems([name for name in text.splitlines() if name])
        self._enable()

    def set_read_only(self, read_only: bool) -> None:
        self._read_only = read_only
        self._enable()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self._read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths and not self._read_only:
            event.acceptProposedAction()
            self.add_wanted.emit(paths)

    def _names(self) -> list[str]:
        return [self._list.item(place).text() for place in range(self._list.count())]

    def _pick(self) -> None:
        paths = ask.open_files("添加佐证材料", _FILTERS, parent=self)
        if paths:
            self.add_wanted.emit(paths)

    def _remove_current(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.remove_wanted.emit(item.text())

    def _enable(self) -> None:
        count = self._list.count()
        self._list.setVisible(count > 0)
        self._count.setText(f"{count} 个文件" if count else "")
        self._list.setFixedHeight(min(count, _ROWS) * theme.ROW_HEIGHT + 2)
        self._add.setEnabled(not self._read_only)
        self._remove.setVisible(count > 0)
        self._remove.setEnabled(not self._read_only and self._list.currentItem() is not None)


def _button(parent: QWidget, text: str, icon: str) -> QPushButton:
    button = QPushButton(text, parent)
    if icon:
        icons.give(button, icon)
    button.setAutoDefault(False)
    return button
