"""A part of a page that comes after the page: by itself, or when it is wanted; Tab reaches it where it stands."""

from __future__ import annotations

import gc
import weakref

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QLineEdit, QSplitter, QVBoxLayout, QWidget

from mingxi_desktop.ui import turns
from mingxi_desktop.ui.made_later import MadeLater, in_one_step
from tests.ui.small import tab_order


class Page(QWidget):
    """Two inputs, and between them the place of two more, made in two steps."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.begun: list[QWidget] = []
        self.first, self.last = QLineEdit(), QLineEdit()
        self.place = MadeLater(self._make, then=[self.last])
        for part in (self.first, self.place, self.last):
            column.addWidget(part)

    def _make(self, place: QWidget):
        part = QWidget(place)
        self.begun.append(part)
        column = QVBoxLayout(part)
        yield
        part.upper = QLineEdit(part)
        yield
        part.lower = QLineEdit(part)
        for line in (part.upper, part.lower):
            column.addWidget(line)
        return part


@pytest.fixture
def page(app, qtbot) -> Page:
    made = Page()
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_comes_by_itself_in_turns(app, qtbot, monkeypatch) -> None:
    monkeypatch.setattr(turns, "_TURN", -1.0)
    page = Page()
    qtbot.addWidget(page)
    page.show()
    heard: list[QWidget | None] = []
    page.place.made.connect(lambda: heard.append(page.place.there))
    assert page.place.there is None
    passed = 0
    while page.place.there is None:
        QCoreApplication.processEvents()
        passed += 1
    assert passed > 3, "other events came between its steps"
    assert heard == [page.place.part]
    part = page.place.part
    assert part.isVisible()
    assert _stops(page) == [page.first, part.upper, part.lower, page.last]


def _stops(page: Page) -> list[QWidget]:
    return [widget for widget in tab_order(page) if isinstance(widget, QLineEdit)]


def test_whoever_wants_it_has_it_at_once_and_once_only(page, qtbot) -> None:
    wanted = page.place.part
    assert wanted.isVisible()
    qtbot.waitUntil(lambda: not turns.under_way())
    QCoreApplication.processEvents()
    assert page.place.part is wanted
    assert page.begun == [wanted]


def test_half_made_it_does_not_come_in_sight_with_its_page(app, qtbot) -> None:
    page = Page()
    qtbot.addWidget(page)
    next(page.place._turns._steps)
    page.show()
    assert page.begun
    assert not page.begun[0].isVisible()
    assert page.place.isVisible()


def test_a_part_of_one_step_is_made_in_a_turn_of_its_own(app, qtbot) -> None:
    place = MadeLater(in_one_step(QLineEdit))
    qtbot.addWidget(place)
    place.show()
    assert place.there is None
    qtbot.waitUntil(lambda: place.there is not None)
    assert place.part.isVisible()


def test_nothing_of_it_stays_when_its_page_goes(app) -> None:
    """Beside a handle of a splitter, which Qt made: neither the place's Python half nor the part's may be kept."""
    page, splitter = QWidget(), QSplitter(Qt.Orientation.Horizontal)
    QVBoxLayout(page).addWidget(splitter)
    place = MadeLater(in_one_step(QLineEdit))
    for part in (QLineEdit(), place):
        splitter.addWidget(part)
    halves = [weakref.ref(one) for one in (place, place.part)]
    del place, part, splitter
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(page)
    del page
    gc.collect()
    assert [half() for half in halves] == [None, None]
