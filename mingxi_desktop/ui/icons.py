"""The program's own line icons, in the colour of the theme, sharp at every scale."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPixmap

from mingxi_desktop import paths
from mingxi_desktop.ui import theme

if TYPE_CHECKING:  # the window shows before anything is drawn
    from PySide6.QtGui import QPainter
    from PySide6.QtSvg import QSvgRenderer

_PROGRAM, _PROGRAM_SIZES = "app", (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""Pixels: what title bar, taskbar and Alt+Tab want at scales from 100 to 250 %."""


class HasIcon(Protocol):
    """An action or a button."""

    def setIcon(self, icon: QIcon, /) -> None: ...


def names() -> tuple[str, ...]:
    """The names of all line icons; the program's own is none of them."""
    found = {path.stem for path in (paths.resources() / "icons").glob("*.svg")}
    return tuple(sorted(found - {_PROGRAM}))


def give(thing: HasIcon, name: str, role: str = "text") -> None:
    """Put an icon on an action or button, in the colour of that role."""
    thing.setIcon(icon(name, role))


@cache
def icon(name: str, role: str = "text") -> QIcon:
    """The icon in a colour of the theme, also of one chosen later; disabled in its muted colour.

    FileNotFoundError if unknown.
    """
    return QIcon(_Drawn(name, role))


@cache
def of_program() -> QIcon:
    """The program's own icon in all sizes."""
    return QIcon(_DrawnProgram(_PROGRAM, "text"))


def pixmap(name: str, role: str = "text", size: int = theme.ICON_SIZE, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` logical pixels for a screen of that device pixel ratio."""
    return _pixmap(name, getattr(theme.current(), role), round(size * ratio), ratio)


class _Drawn(QIconEngine):
    """Draws the icon when it is painted for the first time, at the very size and in the theme of that moment."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        _source(name)  # an unknown one is found out now
        self._name, self._role = name, role

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """size: in logical pixels."""
        role = "muted" if mode == QIcon.Mode.Disabled else self._role
        return pixmap(self._name, role, min(size.width(), size.height()), scale)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, ratio))

    def clone(self) -> QIconEngine:
        return _Drawn(self._name, self._role)


class _DrawnProgram(_Drawn):
    """Has colours of its own, and tells the system what it may ask for."""

    def availableSizes(
        self, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off
    ) -> list[QSize]:
        return [QSize(size, size) for size in _PROGRAM_SIZES]

    def clone(self) -> QIconEngine:
        return _DrawnProgram(self._name, self._role)


@cache
def _pixmap(name: str, color: str, pixels: int, ratio: float) -> QPixmap:
    """A picture of so many pixels of the screen; it takes up as many logical ones as the ratio says."""
    from PySide6.QtGui import QPainter

    drawn = QPixmap(pixels, pixels)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    _renderer(name, color).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


@cache
def _renderer(name: str, color: str) -> QSvgRenderer:
    from PySide6.QtSvg import QSvgRenderer

    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))


@cache
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
