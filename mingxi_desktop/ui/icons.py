"""The program's own line icons, in the colour of the theme, sharp at every scale."""

from __future__ import annotations

from functools import cache
from typing import Protocol

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from mingxi_desktop import paths
from mingxi_desktop.ui import theme

_SIZES = (16, 18, 24)
_PROGRAM, _PROGRAM_SIZES = "app", (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""Pixels: what title bar, taskbar and Alt+Tab want at scales from 100 to 250 %."""
_NAME, _ROLE = "iconName", "iconRole"


class HasIcon(Protocol):
    """An action or a button."""

    def setIcon(self, icon: QIcon, /) -> None: ...
    def setProperty(self, name: str, value: object, /) -> bool: ...
    def property(self, name: str, /) -> object: ...


def names() -> tuple[str, ...]:
    """The names of all line icons; the program's own is none of them."""
    found = {path.stem for path in (paths.resources() / "icons").glob("*.svg")}
    return tuple(sorted(found - {_PROGRAM}))


def give(thing: HasIcon, name: str, role: str = "text") -> None:
    """Put an icon on an action or button, in the colour of that role; it follows a change of theme."""
    thing.setProperty(_NAME, name)
    thing.setProperty(_ROLE, role)
    thing.setIcon(icon(name, role))


def icon(name: str, role: str = "text") -> QIcon:
    """The icon in a colour of the theme; disabled in its muted colour. FileNotFoundError if unknown."""
    shown = theme.current()
    return _icon(name, getattr(shown, role), shown.muted, _ratios())


@cache
def of_program() -> QIcon:
    """The program's own icon in all sizes."""
    made = QIcon()
    for size in _PROGRAM_SIZES:
        made.addPixmap(_pixmap(_PROGRAM, "", size, 1.0))
    return made


def pixmap(name: str, role: str = "text", size: int = theme.ICON_SIZE, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` logical pixels for a screen of that device pixel ratio."""
    return _pixmap(name, getattr(theme.current(), role), size, ratio)


def repaint() -> None:
    """Draw all icons that `give` has given again, after the theme has changed."""
    for widget in QApplication.allWidgets():
        things: list[QWidget | QAction] = [widget, *widget.actions()]
        for thing in things:
            name = thing.property(_NAME)
            if name:
                thing.setIcon(icon(name, thing.property(_ROLE)))  # type: ignore[union-attr]


def _ratios() -> tuple[float, ...]:
    """The scales of the screens at hand, and twice the size for one that comes later: drawn for each."""
    return tuple(sorted({1.0, 2.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}))


@cache
def _icon(name: str, color: str, disabled: str, ratios: tuple[float, ...]) -> QIcon:
    made = QIcon()
    for size in _SIZES:
        for ratio in ratios:
            made.addPixmap(_pixmap(name, color, size, ratio), QIcon.Mode.Normal)
            made.addPixmap(_pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return made


@cache
def _pixmap(name: str, color: str, size: int, ratio: float) -> QPixmap:
    renderer = _renderer(name, color)
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


@cache
def _renderer(name: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))


@cache
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
