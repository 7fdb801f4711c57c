"""The filled first page, written down for a peer that shows the same: `python -m tests.bench.first_page FILE OUT`.

Started as a user starts it, the program shows its first page.  OUT (JSON) then has every widget of the window with its
class, properties and layout, the pictures that are painted, the look of the application, and the statements that
SQLite was asked on the way.  `fixed_page` makes a window of that with plain PySide.
"""

from __future__ import annotations

import base64
import json
import os
import sqlite3
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from tests.bench.window_peers import office_screen
from tests.bench.window_program import Probe, is_filled, start

_KEPT = frozenset(
    {
        "QLabel", "QToolButton", "QPushButton", "QComboBox", "QFrame", "QWidget", "QScrollArea", "QStackedWidget",
        "QTableView", "QStatusBar", "QMenuBar", "QMainWindow",
    }
)  # fmt: skip
_CLOSED = frozenset({"QComboBox", "QTableView", "QMenuBar", "QMenu"})
"""What is within them Qt makes itself."""
_NOT_SET = frozenset(
    {"objectName", "visible", "x", "y", "width", "height", "updatesEnabled", "currentIndex", "tabShape"}
)
"""Properties that follow from something else, or that no widget of ours has set."""
_ROLES = ("Window", "WindowText", "Base", "AlternateBase", "Text", "Button", "ButtonText", "BrightText", "ToolTipBase",
          "ToolTipText", "PlaceholderText", "Highlight", "HighlightedText", "Accent", "Link", "LinkVisited", "Light",
          "Midlight", "Mid", "Dark", "Shadow")  # fmt: skip


class Recorder(Probe):
    """Waits for the first page and writes it down."""

    def __init__(self, out: Path, asked: list[str]) -> None:
        super().__init__("start")
        self._out, self._asked = out, asked

    def exec(self, _app: Any = None) -> int:
        """In place of the event loop."""
        window = next(one for one in self.app.topLevelWidgets() if type(one).__name__ == "MainWindow")
        self._painted(window, lambda: is_filled(window))
        asked = [one for one in self._asked if not one.startswith("--")]  # which are parts of another
        try:
            found = {"statements": asked, "look": _look(self.app), "window": widget(window)}
            self._out.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        except BaseException:  # noqa: BLE001 - whatever it is
            traceback.print_exc()
            os._exit(1)  # the program would tell of it and wait
        os._exit(0)


def _look(app: Any) -> dict[str, Any]:
    """Style sheet, colours, fonts and icon."""
    from PySide6.QtGui import QPalette

    from mingxi_desktop.report.delivered import delivered

    colours = app.palette()
    return {
        "sheet": app.styleSheet(),
        "font_file": str(delivered()[1]),
        "families": app.font().families(),
        "pixels": app.font().pixelSize(),
        "palette": {
            group: [
                colours.color(QPalette.ColorGroup[group], QPalette.ColorRole[role]).rgba() for role in _ROLES
            ]
            for group in ("Active", "Inactive", "Disabled")
        },
        "roles": _ROLES,
        "icon": _png(app.windowIcon().pixmap(32, 32)),
    }


def _qt_class(one: Any) -> str:
    return next(kind.__name__ for kind in type(one).__mro__ if kind.__module__.startswith("PySide6."))


def _png(pixmap: Any) -> str:
    return _written(lambda buffer: pixmap.save(buffer, "PNG"))


def _written(save: Callable[[Any], object]) -> str:
    """What is saved into a buffer, as base64."""
    from PySide6.QtCore import QBuffer, QIODevice

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    save(buffer)
    return base64.b64encode(bytes(buffer.data().data())).decode("ascii")


def _painting(one: Any) -> str:
    """What a widget paints itself, as Qt's own record of it."""
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QPainter, QPicture, QRegion
    from PySide6.QtWidgets import QWidget

    picture, painter = QPicture(), QPainter()
    painter.begin(picture)
    one.render(painter, QPoint(), QRegion(), QWidget.RenderFlag(0))
    painter.end()
    return _written(picture.save)


@cache
def _usual(kind: str) -> dict[str, Any]:
    """What a new widget of a class has already."""
    from PySide6 import QtWidgets

    return dict(_properties(getattr(QtWidgets, kind)()))


def _properties(one: Any) -> Iterator[tuple[str, Any]]:
    """(name, value) of all that can be set and is plain; enumerations as numbers, sizes as pairs."""
    meta = one.metaObject()
    every = [meta.property(number) for number in range(meta.propertyCount())]
    names = [each.name() for each in every if each.isWritable() and each.isStored()]
    names += [bytes(each.data()).decode() for each in one.dynamicPropertyNames()]
    for name in names:
        with suppress(RuntimeError):  # of a type that PySide does not know
            value = one.property(name)
            value = getattr(value, "value", value)
            if name not in _NOT_SET and isinstance(value, str | bool | int):
                yield name, value


def widget(one: Any) -> dict[str, Any]:
    """A widget with all that stands in it."""
    kind = _qt_class(one)
    usual = _usual(kind)
    least, most, policy = one.minimumSize(), one.maximumSize(), one.sizePolicy()
    told: dict[str, Any] = {
        "class": kind,
        "properties": {name: value for name, value in _properties(one) if usual.get(name) != value},
        "least": [least.width(), least.height()],
        "most": [most.width(), most.height()],
        "policy": [policy.horizontalPolicy().value, policy.verticalPolicy().value],
        "hidden": one.isHidden(),
        "place": list(one.geometry().getRect()),
        **_own(one, kind),
    }
    if kind in _CLOSED or "painting" in told:
        return told
    within = _within(one, kind)
    told["children"] = [widget(child) for child in within]
    if one.layout() is not None and kind not in ("QMainWindow", "QStatusBar", "QStackedWidget"):
        told["layout"] = _layout(one.layout(), within)
    return told


def _within(one: Any, kind: str) -> list[Any]:
    """The widgets in a widget, without those that Qt makes for it."""
    if kind == "QScrollArea":
        return [one.widget()]
    if kind == "QStackedWidget":
        return [one.widget(number) for number in range(one.count())]
    if kind == "QMainWindow":
        return [one.centralWidget(), one.statusBar(), one.menuBar()]
    return [child for child in one.children() if child.isWidgetType() and _qt_class(child) in _KEPT]


def _own(one: Any, kind: str) -> dict[str, Any]:
    """What only this class of widgets has."""
    if kind == "QComboBox":
        return {"texts": [one.itemText(row) for row in range(one.count())], "current": one.currentIndex()}
    if kind == "QTableView":
        return {"table": _table(one)}
    if kind == "QMenuBar":
        return {"menus": [_action(action) for action in one.actions()]}
    if kind == "QLabel" and not one.pixmap().isNull():
        return {"pixmap": _png(one.pixmap())}
    if kind in ("QToolButton", "QPushButton") and not one.icon().isNull():
        return {"icon": _png(one.icon().pixmap(one.iconSize()))}
    if kind == "QWidget" != type(one).__name__ and "paintEvent" in vars(type(one)):
        return {"painting": _painting(one)}
    return {}


def _action(action: Any) -> dict[str, Any]:
    inner = action.menu()
    return {
        "text": action.text(),
        "keys": action.shortcut().toString(),
        "bar": action.isSeparator(),
        "enabled": action.isEnabled(),
        "ticks": action.isCheckable(),
        "menu": None if inner is None else [_action(one) for one in inner.actions()],
    }


def _table(view: Any) -> dict[str, Any]:
    from PySide6.QtCore import Qt

    model, across, down = view.model(), view.horizontalHeader(), view.verticalHeader()
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return {
        "cells": [[str(model.index(row, column).data() or "") for column in columns] for row in rows],
        "across": [str(model.headerData(one, Qt.Orientation.Horizontal)) for one in columns],
        "down": [str(model.headerData(one, Qt.Orientation.Vertical)) for one in rows],
        "widths": [across.sectionSize(one) for one in columns],
        "heights": [down.sectionSize(one) for one in rows],
    }


def _layout(layout: Any, within: list[Any]) -> dict[str, Any]:
    """A layout with its items: a widget as its number, a layout, or room."""
    from PySide6.QtWidgets import QBoxLayout, QGridLayout

    margins, count = layout.contentsMargins(), layout.count()
    boxed, grid = isinstance(layout, QBoxLayout), isinstance(layout, QGridLayout)
    stretches = [layout.stretch(number) if boxed else 0 for number in range(count)]
    cells = [list(layout.getItemPosition(number)) if grid else None for number in range(count)]
    items = []
    for stretch, cell in zip(stretches, cells, strict=True):
        item = layout.takeAt(0)  # the window is not needed any more
        entry: dict[str, Any] = {"stretch": stretch, "cell": cell}
        if item.widget() is not None:
            entry["widget"] = within.index(item.widget()) if item.widget() in within else None
        elif item.layout() is not None:
            entry["layout"] = _layout(item.layout(), within)
        else:
            size = item.sizeHint()
            entry["room"] = [size.width(), size.height()]
        items.append(entry)
    kind = _qt_class(layout)
    return {
        "class": kind if boxed or grid else "QHBoxLayout",  # ours come down to that
        "margins": [margins.left(), margins.top(), margins.right(), margins.bottom()],
        "spacing": layout.spacing(),
        "items": items,
    }


def main() -> None:
    """Start the program with SQLite's statements noted."""
    office_screen()
    asked: list[str] = []
    connect = sqlite3.connect

    def noting(*words: Any, **more: Any) -> sqlite3.Connection:
        connection = connect(*words, **more)
        connection.set_trace_callback(asked.append)
        return connection

    sqlite3.connect = sqlite3.dbapi2.connect = noting  # type: ignore[assignment]
    start(Recorder(Path(sys.argv[2]), asked), sys.argv[1])


if __name__ == "__main__":
    main()
