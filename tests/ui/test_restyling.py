"""A change of theme: what is in sight at once, what is hidden in its turn or when it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from mingxi_desktop.ui import style, theme, turns
from mingxi_desktop.ui.shapes import button, card, label, toggle

_POLISHED = Qt.WidgetAttribute.WA_WState_Polished


@pytest.fixture
def light(app) -> Iterator[QApplication]:
    style.apply(app, "light")
    yield app
    style.apply(app, "light")


def test_only_what_is_in_sight_takes_the_new_sheet_at_once(light, qtbot) -> None:
    stack, front, back = _pages(qtbot)
    inside = back.findChildren(QLineEdit)[0]
    style.apply(light, "dark")
    assert front.testAttribute(_POLISHED)
    assert not inside.testAttribute(_POLISHED)
    qtbot.waitUntil(lambda: inside.testAttribute(_POLISHED))
    stack.setCurrentWidget(back)
    assert _picture(back) == _fresh(qtbot)


def test_a_page_that_is_opened_right_after_it_looks_as_if_it_had_been_made_then(light, qtbot) -> None:
    stack, _, back = _pages(qtbot)
    style.apply(light, "dark")
    stack.setCurrentWidget(back)
    assert _picture(back) == _fresh(qtbot)


def test_there_and_back_again_leaves_no_colour_behind(light, qtbot) -> None:
    stack, _, back = _pages(qtbot)
    stack.setCurrentWidget(back)
    before = _picture(back)
    stack.setCurrentIndex(0)
    style.apply(light, "dark")
    style.apply(light, "light")
    stack.setCurrentWidget(back)
    assert _picture(back) == before


def test_what_has_lost_its_role_while_it_was_hidden_does_not_keep_its_colour(light, qtbot) -> None:
    stack, _, back = _pages(qtbot)
    style.apply(light, "dark")
    said = back.findChildren(type(label()))[0]
    style.set_state(said, "role", "")
    stack.setCurrentWidget(back)
    text = said.palette().color(said.foregroundRole())
    assert text == light.palette().color(said.foregroundRole())


def test_a_change_in_turns_shows_nothing_of_it_before_its_last_one(light, qtbot, half) -> None:
    stack, front, _ = _pages(qtbot)
    before = _picture(front)
    style.change(light, "dark")
    half()
    assert not theme.current().dark
    assert _picture(front) == before
    qtbot.waitUntil(lambda: _changed(light))
    assert theme.current().dark
    assert _picture(stack.currentWidget()) == _fresh(qtbot)


def test_what_is_in_sight_takes_it_in_several_turns_and_is_drawn_after_the_last(light, qtbot, half) -> None:
    stack, front, _ = _pages(qtbot)
    QCoreApplication.processEvents()
    drawn: list[str] = []
    front.paintEvent = lambda _: drawn.append(light.styleSheet())
    style.change(light, "dark")
    turns_of_switch = 0
    while not _changed(light):
        half()
        turns_of_switch += theme.current().dark
        if not light.styleSheet():
            stack.update()
            front.update()  # as a key would have it drawn
    assert turns_of_switch >= 3
    qtbot.waitUntil(lambda: bool(drawn))
    assert set(drawn) == {style.sheet(theme.DARK)}


def test_a_page_that_is_opened_during_a_change_takes_it_with_the_others(light, qtbot, half) -> None:
    stack, _, back = _pages(qtbot)
    style.change(light, "dark")
    half()
    stack.setCurrentWidget(back)
    qtbot.waitUntil(lambda: _changed(light))
    assert _picture(back) == _fresh(qtbot)


def test_a_page_that_is_opened_in_the_midst_of_it_takes_it_too(light, qtbot, half) -> None:
    stack, _, back = _pages(qtbot)
    style.change(light, "dark")
    while light.styleSheet():
        half()
    stack.setCurrentWidget(back)
    qtbot.waitUntil(lambda: _changed(light))
    assert _picture(back) == _fresh(qtbot)


def test_the_last_of_two_changes_holds(light, qtbot, half) -> None:
    stack, _, back = _pages(qtbot)
    style.change(light, "dark")
    half()
    style.change(light, "light")
    qtbot.waitUntil(lambda: _changed(light))
    assert not theme.current().dark
    assert not back.testAttribute(Qt.WidgetAttribute.WA_SetStyle)
    stack.setCurrentWidget(back)
    assert _picture(back) == _fresh(qtbot)


def test_what_is_hidden_leaves_the_old_sheet_in_turns_before_it_goes(light, qtbot, half) -> None:
    stack, _, back = _pages(qtbot)
    inside = [back, *back.findChildren(QWidget)]
    before, most = len(inside), 0
    style.change(light, "dark")
    while light.styleSheet() and not theme.current().dark:
        left = sum(one.testAttribute(_POLISHED) for one in inside)
        before, most = left, max(most, before - left)
        half()
    assert not before, "of what is hidden the sheet has nothing to forget when it goes"
    assert most == 1, "widgets that leave it in one turn"
    stack.setCurrentWidget(back)  # in the midst of it
    qtbot.waitUntil(lambda: _changed(light))
    assert _picture(back) == _fresh(qtbot)


def test_a_change_that_is_stopped_before_anything_is_seen_leaves_the_hidden_pages_as_they_were(
    light, qtbot, half
) -> None:
    stack, _, back = _pages(qtbot)
    stack.setCurrentWidget(back)
    before = _picture(back)
    stack.setCurrentIndex(0)
    style.change(light, "dark")
    inside = back.findChildren(QLineEdit)[0]
    while inside.testAttribute(_POLISHED):
        half()
    assert not theme.current().dark
    style.change(light, "light")
    qtbot.waitUntil(lambda: _changed(light) and not turns.under_way())
    assert not back.testAttribute(Qt.WidgetAttribute.WA_SetStyle)
    assert inside.testAttribute(_POLISHED)
    stack.setCurrentWidget(back)
    assert _picture(back) == before


@pytest.fixture
def half(monkeypatch) -> Callable[[], None]:
    """Every step in a turn of its own; called, it does the first."""
    monkeypatch.setattr(turns, "_TURN", -1.0)
    return QCoreApplication.processEvents


def _changed(app: QApplication) -> bool:
    """Whether no change is under way."""
    return not app.findChildren(QObject, "change of theme")


def _pages(qtbot) -> tuple[QStackedWidget, QWidget, QWidget]:
    """Two pages that have both been seen, the first in front."""
    stack, front, back = QStackedWidget(), _page(), _page()
    for one in (front, back):
        stack.addWidget(one)
    qtbot.addWidget(stack)
    stack.resize(300, 200)
    stack.show()
    stack.setCurrentWidget(back)
    stack.setCurrentWidget(front)
    return stack, front, back


def _page() -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    inner = card()
    inner.column.addWidget(label("说明", "muted"))
    inner.column.addWidget(QLineEdit("内容"))
    pill = toggle("今天", "pill", lambda: None)
    pill.setChecked(True)
    for one in (inner, button("新增", lambda: None, icon="add", primary=True), pill):
        column.addWidget(one)
    return page


def _fresh(qtbot) -> QImage:
    """The same page, made in the theme of now."""
    stack = QStackedWidget()
    stack.addWidget(_page())
    stack.addWidget(_page())
    stack.setCurrentIndex(1)
    qtbot.addWidget(stack)
    stack.resize(300, 200)
    stack.show()
    return _picture(stack.widget(1))


def _picture(widget: QWidget) -> QImage:
    if (focus := QApplication.focusWidget()) is not None:
        focus.clearFocus()
    return widget.grab().toImage()
