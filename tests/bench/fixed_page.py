"""A bare Qt program with the same first page, all of it known beforehand: what such a page takes at least.

The same widgets, layouts, texts, menus, pictures and style sheet, and the same statements asked of SQLite before
anything is painted; nothing of the program is loaded, and nothing is reckoned or put into words (see `first_page`).
"""

from __future__ import annotations

import base64
import json
import sqlite3
import time
from pathlib import Path
from typing import Any

from PySide6 import QtCore, QtGui, QtWidgets

from tests.bench.window_peers import STARTED, megabytes, office_screen


class Picture(QtWidgets.QWidget):
    """Paints what another widget has painted once."""

    painted = 0

    def show_painting(self, told: str) -> None:
        """told: Qt's record of the painting, as base64."""
        self._picture = QtGui.QPicture()
        buffer = QtCore.QBuffer()
        buffer.setData(base64.b64decode(told))
        buffer.open(QtCore.QIODevice.OpenModeFlag.ReadOnly)
        self._picture.load(buffer)

    def paintEvent(self, event: QtGui.QPaintEvent) -> None:
        painter = QtGui.QPainter(self)
        painter.drawPicture(0, 0, self._picture)
        painter.end()
        type(self).painted += 1


def fixed(told: str) -> dict[str, Any]:
    """Show the page.  told: path of what was written down, and of the ledger, with "|" between them."""
    page, _, ledger = told.partition("|")
    known = json.loads(Path(page).read_text(encoding="utf-8"))
    _ask(ledger, known["statements"])
    app = _application(known["look"])
    window = made(known["window"])
    window.resize(*known["window"]["place"][2:])
    window.show()
    pictures = window.findChildren(Picture)
    while Picture.painted < len(pictures):
        app.processEvents()
    return {
        "painted": time.perf_counter() - STARTED,
        "painted_cpu": time.process_time(),
        "megabytes": megabytes(),
    }


def _ask(ledger: str, statements: list[str]) -> None:
    file = sqlite3.connect(ledger, isolation_level=None)
    for statement in statements:
        file.execute(statement).fetchall()
    file.close()


def _application(look: dict[str, Any]) -> Any:
    office_screen()
    app = QtWidgets.QApplication(["bench", "-style", "fusion"])
    QtGui.QFontDatabase.addApplicationFont(look["font_file"])
    font = QtGui.QFont(look["families"])
    font.setPixelSize(look["pixels"])
    app.setFont(font)
    colours = QtGui.QPalette()
    for group, values in look["palette"].items():
        for role, value in zip(look["roles"], values, strict=True):
            colours.setColor(
                QtGui.QPalette.ColorGroup[group],
                QtGui.QPalette.ColorRole[role],
                QtGui.QColor.fromRgba(value),
            )
    app.setPalette(colours)
    app.setStyleSheet(look["sheet"])
    app.setWindowIcon(QtGui.QIcon(_pixmap(look["icon"])))
    return app


def _pixmap(told: str) -> QtGui.QPixmap:
    pixmap = QtGui.QPixmap()
    pixmap.loadFromData(base64.b64decode(told), "PNG")
    return pixmap


def made(told: dict[str, Any], parent: Any = None) -> Any:
    """A widget with all that stands in it, as `first_page.widget` has told it."""
    kind = told["class"]
    if "painting" in told:
        one = Picture(parent)
        one.show_painting(told["painting"])
    else:
        one = getattr(QtWidgets, kind)(parent)
    for name, value in told["properties"].items():
        one.setProperty(name, value)
    one.setMinimumSize(*told["least"])
    one.setMaximumSize(*told["most"])
    one.setSizePolicy(*map(QtWidgets.QSizePolicy.Policy, told["policy"]))
    _fill(one, told)
    place = one
    if kind == "QScrollArea":
        place = one.viewport()
    children = [made(child, place) for child in told.get("children", ())]
    if kind == "QMainWindow":
        one.setCentralWidget(children[0])
        one.setStatusBar(children[1])
        one.setMenuBar(children[2])
    elif kind == "QScrollArea":
        one.setWidget(children[0])
    elif kind == "QStackedWidget":
        for child in children:
            one.addWidget(child)
    elif kind == "QStatusBar":
        for child in children:
            one.addWidget(child, 1)
    elif "layout" in told:
        one.setLayout(_layout(told["layout"], children))
    if told["hidden"] and parent is not None:
        one.hide()
    return one


def _fill(one: Any, told: dict[str, Any]) -> None:
    """What only this class of widgets has."""
    if "texts" in told:
        one.addItems(told["texts"])
        one.setCurrentIndex(told["current"])
    if "table" in told:
        _table(one, told["table"])
    if "menus" in told:
        for action in told["menus"]:
            _menu(one.addMenu(action["text"]), action["menu"])
    if "pixmap" in told:
        one.setPixmap(_pixmap(told["pixmap"]))
    if "icon" in told:
        one.setIcon(QtGui.QIcon(_pixmap(told["icon"])))


def _menu(menu: Any, actions: list[dict[str, Any]]) -> None:
    for told in actions:
        if told["bar"]:
            menu.addSeparator()
        elif told["menu"] is not None:
            _menu(menu.addMenu(told["text"]), told["menu"])
        else:
            action = menu.addAction(told["text"])
            action.setShortcut(QtGui.QKeySequence(told["keys"]))
            action.setCheckable(told["ticks"])
            action.setEnabled(told["enabled"])


def _table(view: Any, told: dict[str, Any]) -> None:
    model = QtGui.QStandardItemModel(len(told["cells"]), len(told["across"]), view)
    model.setHorizontalHeaderLabels(told["across"])
    model.setVerticalHeaderLabels(told["down"])
    for row, texts in enumerate(told["cells"]):
        for column, text in enumerate(texts):
            model.setItem(row, column, QtGui.QStandardItem(text))
    view.setModel(model)
    for column, width in enumerate(told["widths"]):
        view.setColumnWidth(column, width)
    for row, height in enumerate(told["heights"]):
        view.setRowHeight(row, height)


def _layout(told: dict[str, Any], children: list[Any]) -> Any:
    layout = getattr(QtWidgets, told["class"])()
    layout.setContentsMargins(*told["margins"])
    layout.setSpacing(told["spacing"])
    for item in told["items"]:
        inner = _layout(item["layout"], children) if "layout" in item else None
        child = children[item["widget"]] if item.get("widget") is not None else None
        if item["cell"] is not None:
            layout.addWidget(child, *item["cell"])
        elif inner is not None:
            layout.addLayout(inner, item["stretch"])
        elif child is not None:
            layout.addWidget(child, item["stretch"])
        elif "room" in item and item["stretch"]:
            layout.addStretch(item["stretch"])
        elif "room" in item:
            layout.addSpacerItem(QtWidgets.QSpacerItem(*item["room"]))
    return layout
