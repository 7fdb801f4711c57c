"""Attached files looked at one after the other, without another program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.frame import Frame
from mingxi_desktop.ui.jobs import Job, Priority
from mingxi_desktop.ui.name_line import NameLine
from mingxi_desktop.ui.pictures import Picture, picture
from mingxi_desktop.ui.shapes import button, label, row

_MOST_PIXELS = 2000
"""Longest side of a picture: sharp on every screen."""
_CLOSING = (Qt.Key.Key_Space, Qt.Key.Key_Escape)


class PreviewDialog(Frame):
    """Shows the files of a record.

    files: name → where it lies, in order.  open_file, save_file: what the buttons do with the name shown.
    """

    def __init__(
        self,
        context: Context,
        files: Mapping[str, Path],
        name: str,
        open_file: Callable[[str], object],
        save_file: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("佐证材料", 900, 680, parent)
        self._context = context
        self._files = dict(files)
        self._coming: Job | None = None
        self.name = name
        self._title = NameLine("title")
        self._place = label(role="muted")
        self.sight = Sight(self)
        self._back = button("上一个(&P)", partial(self.step, -1), tip="←")
        self._on = button("下一个(&N)", partial(self.step, 1), tip="→")
        self.column.addLayout(row(self._title, None, self._place))
        self.column.addWidget(self.sight, 1)
        close = button("关闭", self.reject, primary=True)
        self.close_with(
            self._back,
            self._on,
            None,
            button("打开(&O)", lambda: open_file(self.name), icon="folder", tip="用系统程序打开"),
            button("另存为(&S)…", lambda: save_file(self.name), icon="save"),
            close,
            default=close,
        )
        self._show()
        self.sight.setFocus()

    def step(self, by: int) -> None:
        """On to the next file (1) or back (-1)."""
        names = list(self._files)
        place = names.index(self.name) + by
        if 0 <= place < len(names):
            self.name = names[place]
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.step(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in _CLOSING:
            self.reject()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        if self._coming is not None:
            self._coming.cancel()
        names = list(self._files)
        place = names.index(self.name)
        self._title.setText(self.name)
        self._place.setText(f"第 {place + 1} 个，共 {len(names)} 个" if len(names) > 1 else "")
        self._back.setEnabled(place > 0)
        self._on.setEnabled(place + 1 < len(names))
        self.sight.show_picture(Picture(None, "正在读取……"), self.name)
        self._coming = self._context.read(
            _look, self._files[self.name], done=lambda found: self.sight.show_picture(found, self.name),
            owner=self, priority=Priority.VISIBLE,
        )  # fmt: skip


class Sight(QWidget):
    """A picture as large as there is room for, or a sentence on why there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.image: QImage | None = None
        self.reason = ""

    def show_picture(self, found: Picture, name: str) -> None:
        """Show another file."""
        self.image, self.reason = found.image, found.reason
        self.setAccessibleName(f"预览：{name}")
        self.setAccessibleDescription(found.reason)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = theme.current()
        painter.fillRect(self.rect(), shown.color("ground"))
        if self.image is not None:
            room = QRectF(self.rect()).adjusted(theme.GAP, theme.GAP, -theme.GAP, -theme.GAP)
            size = QSizeF(self.image.size())
            if size.width() > room.width() or size.height() > room.height():
                size = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            box = QRectF(room.topLeft(), size)
            box.moveCenter(room.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, self.image)
        else:
            painter.setPen(shown.color("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(16, 16, -16, -16), flags, self.reason)
        painter.end()


def _look(_: Ledger, path: Path) -> Picture:
    return picture(path, _MOST_PIXELS)
