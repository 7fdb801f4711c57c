"""The later steps of the import page: made after the first one is seen, for the keyboard before the buttons."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView, QWidget

from mingxi_desktop.ui.focus import TabPlace
from mingxi_desktop.ui.importing import check_step
from mingxi_desktop.ui.importing.check_step import CheckStep
from mingxi_desktop.ui.pages.import_page import FILES, RESULT, ImportPage
from tests.ui.small import tab_order


@pytest.fixture
def page(context, qtbot) -> ImportPage:
    made = ImportPage(context)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_first_step_waits_for_none_of_the_others(context, qtbot) -> None:
    page = ImportPage(context)  # not from the fixture: events are processed before a test begins
    qtbot.addWidget(page)
    places = (page._second, page._third, page._last)
    made: list[QWidget] = []
    for place in places:
        place.made.connect(lambda place=place: made.append(place.there))
    page.show()
    page.start([], "hazard")
    assert made == []
    qtbot.waitUntil(lambda: len(made) == len(places))
    assert made == _steps(page), "the next one first"


def test_a_step_that_is_wanted_is_there(page) -> None:
    page.columns.clear()
    assert page._second.there is page.columns
    assert page._third.there is None, "nobody has wanted that one"
    assert page.check.isAncestorOf(page.check.sheets)


def test_the_parts_of_the_check_have_a_turn_each(app, qtbot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    tables = [0, *(len(place.findChildren(QTableView)) for _ in check_step.steps(place))]
    assert tables[-1] == len(CheckStep(place).parts) + 1, "and that of the fields which differ"
    assert max(after - before for before, after in pairwise(tables)) == 2


def test_only_the_step_in_sight_is_held_while_something_runs(page, monkeypatch) -> None:
    step = page.check
    for busy in (True, False):
        monkeypatch.setattr(ImportPage, "busy", busy)
        page.mark()
        assert page.files.isEnabled() is not busy
        assert step.isEnabled()


def test_a_step_is_enabled_when_it_comes_to_the_front(page, monkeypatch) -> None:
    monkeypatch.setattr(ImportPage, "busy", True)
    page.mark()
    page.go(RESULT)
    monkeypatch.setattr(ImportPage, "busy", False)
    page.go(FILES)
    assert page.files.isEnabled()
    page.go(RESULT)
    assert page.result.isEnabled()


def test_tab_goes_through_a_step_before_the_buttons(page) -> None:
    steps = _steps(page)
    order = _chain(page)
    foot = order.index(page.bars.halt)
    for step in (page.files, *steps):
        places = [place for place, widget in enumerate(order) if step.isAncestorOf(widget)]
        assert places
        assert max(places) < foot
        assert places == list(range(places[0], places[0] + len(places)))


def test_tab_goes_through_the_result_from_top_to_bottom(page) -> None:
    step = page.result
    parts = [step.records, step.undo, step.again, *step.switches, step.table, step.reasons]
    assert [widget for widget in _chain(page) if widget in parts] == parts
    concerns = [widget for widget in _chain(page) if step.parts[-1].isAncestorOf(widget)]
    assert _chain(page).index(concerns[0]) > _chain(page).index(step.reasons)


def _steps(page: ImportPage) -> list[QWidget]:
    return [page.columns, page.check, page.result]


def _chain(page: ImportPage) -> list[QWidget]:
    """What Tab can reach, in its order."""
    tabbed = [widget for widget in tab_order(page) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    return [widget for widget in tabbed if not isinstance(widget, TabPlace)]
