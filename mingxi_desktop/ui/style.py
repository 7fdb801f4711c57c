"""How everything looks: Fusion, our palette, and a small style sheet filled with the theme's colours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from string import Template

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from mingxi_desktop import paths
from mingxi_desktop.ui import restyling, theme
from mingxi_desktop.ui.turns import Turns

_CHANGE = "change of theme"


def apply(app: QApplication, appearance: str = "system") -> theme.Theme:
    """Show the program "light", "dark" or as the "system" does; may be called again at any time."""
    chosen = theme.THEMES.get(appearance) or _of_system()
    for _ in _steps(app, chosen):
        pass
    return chosen


def change(app: QApplication, appearance: str) -> None:
    """As `apply`, while the program is used: in turns, so that no key waits for all pages that have been opened."""
    before = app.findChild(QObject, _CHANGE, Qt.FindChildOption.FindDirectChildrenOnly)
    if before is not None:
        before.setObjectName("")
        for turns in before.findChildren(Turns):
            turns.stop()
        before.deleteLater()
    owner = QObject(app, objectName=_CHANGE)
    Turns(chain(_steps(app, theme.THEMES.get(appearance) or _of_system()), _end(owner)), owner)


def _end(owner: QObject) -> Iterator[None]:
    """The last step: whose work it was goes."""
    owner.setObjectName("")
    owner.deleteLater()
    yield


def _steps(app: QApplication, chosen: theme.Theme) -> Iterator[None]:
    def begin() -> None:
        theme.set_current(chosen)
        # Without the old sheet first, Qt would polish each widget once for every widget around it: seconds.
        app.setStyleSheet("")

    return restyling.steps(
        app,
        (begin, lambda: app.setPalette(theme.palette(chosen)), lambda: app.setStyleSheet(sheet(chosen))),
    )


def sheet(of: theme.Theme) -> str:
    """The style sheet with the theme's colours and the sizes in place of the names."""
    folder = paths.resources() / "styles"
    sizes = {
        "input": f"{theme.INPUT_HEIGHT}px",
        "radius": f"{theme.RADIUS}px",
        "font": f"{theme.TEXT}px",
        "small": f"{theme.SMALL}px",
        "title": f"{theme.TITLE}px",
        "tab": f"{theme.TAB}px",
        "figure": f"{theme.FIGURE}px",
        "card_height": f"{theme.CARD_HEIGHT}px",
        "check": (folder / "check.svg").as_posix(),
        "arrow": (folder / f"arrow-{of.name}.svg").as_posix(),
        "up": (folder / f"arrow-up-{of.name}.svg").as_posix(),
    }
    text = (folder / "app.qss").read_text(encoding="utf-8")
    return Template(text).substitute(of.tokens(), **sizes)


def set_state(widget: QWidget, name: str, value: str | bool) -> None:
    """Set a property that the style sheet looks at, and draw the widget anew if it changed."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # Qt looks at the sheet when the widget is first measured or shown
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def _of_system() -> theme.Theme:
    hints = QGuiApplication.styleHints()
    return theme.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else theme.LIGHT
