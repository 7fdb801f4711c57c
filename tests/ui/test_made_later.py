"""A part of a page that comes after the page: by itself, or when it is wanted; Tab reaches it where it stands."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from mingxi_desktop.ui.made_later import MadeLater


@pytest.fixture
def page(app, qtbot):
    """Two inputs, and between them the place of a third."""
    made = QWidget()
    column = QVBoxLayout(made)
    made.first, made.place, made.last = QLineEdit(), QWidget(), QLineEdit()
    for part in (made.first, made.place, made.last):
        column.addWidget(part)
    made.times = []

    def make() -> QLineEdit:
        made.times.append(1)
        return QLineEdit(made.place)

    made.start = lambda: MadeLater(make, made.place)
    qtbot.addWidget(made)
    made.show()
    return made


def stops(page) -> list[QWidget]:
    found, widget = [page.first], page.first.nextInFocusChain()
    while widget is not page.first:
        found += [widget] if isinstance(widget, QLineEdit) else []
        widget = widget.nextInFocusChain()
    return found


def test_it_comes_by_itself(page, qtbot) -> None:
    heard, later = [], page.start()
    later.made.connect(lambda: heard.append(later.there))
    assert later.there is None
    qtbot.waitUntil(lambda: later.there is not None)
    assert heard == [later.part]
    assert stops(page) == [page.first, later.part, page.last]


def test_whoever_wants_it_has_it_at_once_and_once_only(page, qtbot) -> None:
    later = page.start()
    wanted = later.part
    qtbot.wait(10)
    assert later.part is wanted
    assert page.times == [1]
