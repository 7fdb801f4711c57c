"""Where Tab goes."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

import mingxi_desktop.ui
from mingxi_desktop.ui.focus import TabPlace
from tests.ui.small import tab_order


def _tabbed(window: QWidget) -> list[str]:
    return [button.text() for button in tab_order(window) if isinstance(button, QPushButton)]


def test_what_is_made_later_is_reached_at_its_place(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)

    def button(text: str) -> QPushButton:
        made = QPushButton(text)
        column.addWidget(made)
        return made

    button("first")
    holder = QWidget()
    place = TabPlace(holder)
    column.addWidget(holder)
    button("last")
    place.put([button("one"), button("two")])
    assert _tabbed(window) == ["first", "one", "two", "last"]
    place.put([button("anew")])
    assert _tabbed(window)[:2] == ["first", "anew"]
    place.put([])
    assert not place.isVisibleTo(window)


def test_nobody_asks_for_neighbours() -> None:
    """PySide would make the one that is asked own the other: see `TabPlace`."""
    folder = Path(mingxi_desktop.ui.__file__).parent
    asking = {
        path.name
        for path in folder.rglob("*.py")
        if re.search(r"\.(next|previous)InFocusChain", path.read_text(encoding="utf-8"))
    }
    assert asking == set()
