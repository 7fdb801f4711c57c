"""Long work of the interface in turns."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer

from mingxi_desktop.ui.turns import Making, Turns, at_once


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


def test_what_is_wanted_now_is_done_now_and_only_once(app, qtbot) -> None:
    seen: list[int] = []
    owner = QObject()
    turns = Turns((seen.append(number) for number in range(3)), owner)
    turns.finish()
    assert seen == [0, 1, 2]
    qtbot.wait(5)
    assert seen == [0, 1, 2]


def test_what_has_lost_its_owner_or_is_stopped_is_left_undone(app, qtbot) -> None:
    seen: list[int] = []
    owner, gone = QObject(), QObject()
    Turns((seen.append(number) for number in range(3)), owner).stop()
    Turns((seen.append(number) for number in range(3)), gone)
    del gone
    qtbot.wait(5)
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
