"""The input of attachments: files with small pictures, and what can be done with them."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from mingxi_desktop.ui import ask, icons, theme
from mingxi_desktop.ui.inputs.base import Input
from mingxi_desktop.ui.shapes import button, label, row

_FILTERS = "所有文件 (*);;图片和 PDF (*.jpg *.jpeg *.png *.pdf)"
_ROWS = 3
PICTURE = 40
"""Side of a small picture, in pixels at 100 %."""
_RATIO = 2
"""Small pictures are made for screens of twice the usual fineness."""
PIXELS = PICTURE * _RATIO
_ROW = PICTURE + theme.GAP
_NAME = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FilesInput(Input):
    """Lists the attachments of a record. Storing and showing them is done by who listens.

    text() is the names with line breaks between them.
    """

    add_wanted = Signal(object)
    """A list of paths, picked or dropped."""
    paste_wanted = Signal()
    preview_wanted = Signal(str)
    open_wanted = Signal(str)
    save_wanted = Signal(str)
    remove_wanted = Signal(str)

    def make_editor(self) -> QWidget:
        box = QWidget(self)
        self.read_only = False
        self._list = _Files(box)
        self._list.itemActivated.connect(lambda item: self.open_wanted.emit(item.data(_NAME)))
        self._list.currentRowChanged.connect(self._enable)
        self._list.asked.connect(self._asked)
        self._add = button("添加文件…", self._pick, box, icon="attachment")
        self._paste = button(
            "粘贴图片", self.paste_wanted.emit, box, tip="把截图或复制的文件加进来（在列表里按 Ctrl+V）"
        )
        self._count = label(role="muted", parent=box)
        self._doing = [
            button(text, partial(self._with_current, signal), box, link=True, tip=tip)
            for text, signal, tip in (
                ("预览", self.preview_wanted, "按空格，或点小图"),
                ("打开", self.open_wanted, "用系统程序打开：按回车，或双击"),
                ("另存为…", self.save_wanted, "抄一份到别的地方"),
                ("移除", self.remove_wanted, "从这条记录移除（Del）"),
            )
        ]
        self._remove = self._doing[-1]
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addWidget(self._list)
        column.addLayout(row(*self._doing, None, spacing=theme.HALF))
        column.addLayout(row(self._add, self._paste, None, self._count, spacing=theme.HALF))
        box.setFocusProxy(self._add)
        self.setAcceptDrops(True)
        self._enable()
        return box

    def bound(self) -> None:
        self._list.setAccessibleName(self.field.label)

    def text(self) -> str:
        return "\n".join(self._list.names())

    def set_text(self, text: str) -> None:
        if text == self.text():
            return
        current = self._current()
        self._list.clear()
        for name in filter(None, text.splitlines()):
            self._list.add(name)
        if current in self._list.names():
            self._list.setCurrentRow(self._list.names().index(current))
        self._enable()

    def set_read_only(self, read_only: bool) -> None:
        self.read_only = read_only
        self._enable()

    def describe(self, name: str, words: str, *, missing: bool = False) -> None:
        """Say of a file how large it is; missing: that it has gone."""
        item = self._list.item_of(name)
        if item is not None:
            item.setText(f"{name}\n{words}")
            item.setToolTip(f"{name}\n{words}\n点小图或按空格预览，双击或按回车打开")
            if missing:
                item.setForeground(theme.current().color("error"))
                item.setIcon(_placed(icons.pixmap("warning", "error", theme.ICON_SIZE, _RATIO)))

    def show_picture(self, name: str, image: QImage) -> None:
        """Show what a file looks like."""
        item = self._list.item_of(name)
        if item is not None:
            item.setIcon(_placed(QPixmap.fromImage(image), framed=True))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self.read_only:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths and not self.read_only:
            event.acceptProposedAction()
            self.add_wanted.emit(paths)

    def _pick(self) -> None:
        paths = ask.open_files("添加佐证材料", _FILTERS, parent=self)
        if paths:
            self.add_wanted.emit(paths)

    def _current(self) -> str:
        item = self._list.currentItem()
        return str(item.data(_NAME)) if item is not None else ""

    def _with_current(self, signal: SignalInstance) -> None:
        name = self._current()
        if name:
            signal.emit(name)

    def _asked(self, key: str) -> None:
        """A key was pressed in the list, or its small picture clicked."""
        if key == "preview":
            self._with_current(self.preview_wanted)
        elif not self.read_only and key == "paste":
            self.paste_wanted.emit()
        elif not self.read_only and key == "remove":
            self._with_current(self.remove_wanted)

    def _enable(self) -> None:
        count = self._list.count()
        chosen = self._list.currentItem() is not None
        self._list.setVisible(count > 0)
        self._count.setText(f"{count} 个文件" if count else "")
        self._list.setFixedHeight(min(count, _ROWS) * _ROW + 2)
        for one in self._doing:
            one.setVisible(count > 0)
            one.setEnabled(chosen)
        self._remove.setEnabled(chosen and not self.read_only)
        self._add.setEnabled(not self.read_only)
        self._paste.setEnabled(not self.read_only)


class _Files(QListWidget):
    """The list: a small picture, the name, and under it the size."""

    asked = Signal(str)
    """What is to be done with the current file: "preview", "remove", "paste"."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSelectionMode(QListWidget.SelectionMode.SingleSelection)
        self.setIconSize(QSize(PICTURE, PICTURE))
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def names(self) -> list[str]:
        return [str(self.item(place).data(_NAME)) for place in range(self.count())]

    def item_of(self, name: str) -> QListWidgetItem | None:
        names = self.names()
        return self.item(names.index(name)) if name in names else None

    def add(self, name: str) -> None:
        picture = _placed(icons.pixmap("document", "muted", theme.ICON_SIZE, _RATIO))
        item = QListWidgetItem(picture, f"{name}\n")
        item.setData(_NAME, name)
        item.setSizeHint(QSize(0, _ROW))
        self.addItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.asked.emit("paste")
        elif event.key() == Qt.Key.Key_Space:
            self.asked.emit("preview")
        elif event.key() == Qt.Key.Key_Delete:
            self.asked.emit("remove")
        elif event.key() in _ENTER and self.currentItem() is not None:
            self.itemActivated.emit(self.currentItem())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        spot = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(spot).isValid() and spot.x() < _ROW:
            self.asked.emit("preview")


def _placed(picture: QPixmap, *, framed: bool = False) -> QIcon:
    """A picture in the middle of a square, so that all names begin at one line; white pages get an edge."""
    square = QPixmap(PIXELS, PIXELS)
    square.fill(Qt.GlobalColor.transparent)
    box = picture.rect()
    box.moveCenter(square.rect().center())
    painter = QPainter(square)
    painter.drawPixmap(box, picture)
    if framed:
        painter.setPen(theme.current().color("border"))
        painter.drawRect(box.adjusted(0, 0, -1, -1))
    painter.end()
    square.setDevicePixelRatio(_RATIO)
    return QIcon(square)
