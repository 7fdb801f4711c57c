"""Where Tab goes."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from mingxi_desktop.ui.focus import TabPlace


def _tabbed(window: QWidget) -> list[str]:
    names, at = [], window.nextInFocusChain()
    while at is not window:
        if isinstance(at, QPushButton):
            names.append(at.text())
        at = at.nextInFocusChain()
    return names


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
