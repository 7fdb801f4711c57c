"""Long work of the interface in turns."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from mingxi_desktop.ui.turns import Making, Turns, at_once, bring_forward, paint_later, under_way


def test_other_things_have_their_turn_between_long_steps(app, qtbot) -> None:
    seen: list[str] = []

    def steps():
        for number in range(3):
            time.sleep(0.025)
            seen.append(f"step {number}")
            QTimer.singleShot(0, lambda number=number: seen.append(f"event {number}"))
            yield

    owner = QObject()
    Turns(steps(), owner)
    assert not seen
    qtbot.waitUntil(lambda: len(seen) == 6)
    assert seen == ["step 0", "event 0", "step 1", "event 1", "step 2", "event 2"]


def test_of_several_only_the_newest_has_its_turn_before_an_event(app, qtbot) -> None:
    seen: list[str] = []

    def steps(name: str):
        for number in range(2):
            time.sleep(0.025)
            seen.append(f"{name} {number}")
            QTimer.singleShot(0, lambda: seen.append("event"))
            yield

    owner = QObject()
    for name in ("old", "new"):
        Turns(steps(name), owner)
    qtbot.waitUntil(lambda: len(seen) == 8)
    assert seen == ["new 0", "event", "new 1", "event", "old 0", "event", "old 1", "event"]


def test_one_that_fails_or_goes_does_not_keep_the_others_waiting(app, qtbot) -> None:
    seen: list[int] = []
    owner, gone = QObject(), QObject()

    def fails():
        yield
        raise ValueError

    Turns((seen.append(number) for number in range(3)), owner)
    with qtbot.captureExceptions() as caught:
        Turns(fails(), owner)
        Turns((seen.append(-1) for _ in range(3)), gone)
        del gone
        qtbot.waitUntil(lambda: len(seen) == 3)
    assert [kind for kind, *_ in caught] == [ValueError]
    assert seen == [0, 1, 2]


def test_it_can_be_asked_whether_any_turn_is_still_to_come(app, qtbot) -> None:
    owner = QObject()
    qtbot.waitUntil(lambda: not under_way())
    work = Turns(iter(range(3)), owner)
    assert under_way()
    work.stop()
    assert not under_way()
    Turns(iter(range(3)), owner)
    qtbot.waitUntil(lambda: not under_way())


def test_what_is_wanted_now_is_done_now_and_only_once(app) -> None:
    seen: list[int] = []
    owner = QObject()
    turns = Turns((seen.append(number) for number in range(3)), owner)
    turns.finish()
    assert seen == [0, 1, 2]
    assert not under_way()
    QCoreApplication.processEvents()
    assert seen == [0, 1, 2]


def test_what_has_lost_its_owner_or_is_stopped_is_left_undone(app) -> None:
    seen: list[int] = []
    owner, gone = QObject(), QObject()
    Turns((seen.append(number) for number in range(3)), owner).stop()
    Turns((seen.append(number) for number in range(3)), gone)
    del gone
    assert not under_way()
    QCoreApplication.processEvents()
    assert not seen


def test_steps_that_are_wanted_at_once_give_what_is_there_at_their_end() -> None:
    seen: list[int] = []

    def steps() -> Making[str]:
        for number in range(3):
            seen.append(number)
            yield
        return "made"

    assert at_once(steps()) == "made"
    assert seen == [0, 1, 2]


class Page(QWidget):
    paintings = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paintings += 1
        super().paintEvent(event)


def test_a_page_is_painted_in_the_turn_after_it_came_to_the_front(app, qtbot) -> None:
    stack, pages = QStackedWidget(), [Page(), Page()]
    qtbot.addWidget(stack)
    for page in pages:
        stack.addWidget(page)
    stack.show()
    qtbot.waitUntil(lambda: pages[0].paintings > 0)
    bring_forward(stack, pages[0])  # it is there
    assert stack.updatesEnabled()
    bring_forward(stack, pages[1])
    assert pages[1].isVisible()
    bring_forward(stack, pages[0])
    bring_forward(stack, pages[1])
    QCoreApplication.sendPostedEvents()
    assert not pages[1].paintings
    qtbot.waitUntil(lambda: pages[1].paintings > 0)
    assert stack.updatesEnabled()


def test_what_changes_is_painted_in_the_next_turn(app, qtbot) -> None:
    widget = Page()
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitUntil(lambda: widget.paintings > 0)
    seen = widget.paintings
    paint_later(widget)
    paint_later(widget)
    widget.setEnabled(False)
    widget.repaint()
    assert widget.paintings == seen
    qtbot.waitUntil(lambda: widget.paintings > seen)
    assert widget.updatesEnabled()
