"""Cycles with Qt objects are destroyed on the interface's thread, whoever allocates."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

from mingxi_desktop.ledger.collecting import no_collecting
from mingxi_desktop.ui import garbage
from mingxi_desktop.ui.garbage import Garbage


class Knot(QObject):
    """In a cycle with itself; notes on which thread it was found."""

    def __init__(self, found: list[str]) -> None:
        super().__init__()
        self.itself = self
        self.mark = Mark(found)


class Mark:
    def __init__(self, found: list[str]) -> None:
        self.found = found

    def __del__(self) -> None:
        self.found.append(threading.current_thread().name)


@pytest.fixture
def resting(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if nobody had done anything for a while, whatever the clock says."""
    monkeypatch.setattr(garbage, "_REST", 0.0)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rest is longer than any machine stops for between two lines of a test."""
    monkeypatch.setattr(garbage, "_REST", 1_000.0)


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is new is more than may be searched at any time, and little enough for a rest."""
    monkeypatch.setattr(garbage, "_FEW", 0)
    monkeypatch.setattr(garbage, "_SOME", 10_000_000)
    # However much the tests before have set aside.
    monkeypatch.setattr(garbage, "_MOST_SET_ASIDE", 100_000_000)


class Work:
    """What is under way, if anything."""

    busy = False

    def __call__(self) -> bool:
        return self.busy


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def made(app, work: Work) -> Iterator[Garbage]:
    one = Garbage(work)
    gc.collect()
    yield one
    one.stop()
    gc.freeze()  # what the other tests need not look at


@pytest.fixture
def in_front(app, monkeypatch: pytest.MonkeyPatch) -> QWindow:
    """The window that has the keyboard."""
    window = QWindow()
    monkeypatch.setattr(QGuiApplication, "focusWindow", lambda: window)
    return window


def test_only_the_interface_finds_cycles(app, worker, qtbot, resting, many) -> None:
    found: list[str] = []
    gc.collect()
    for _ in range(50):
        Knot(found)
    kept: list[object] = []
    heard: list[object] = []
    worker.run(lambda _: kept.extend([[] for _ in range(100_000)]), done=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert "database" not in found
    worker._garbage.look()  # what its clock does after some seconds
    assert len(found) == 50
    assert set(found) == {"MainThread"}


@pytest.mark.parametrize("before", [True, False])
def test_after_the_last_python_looks_by_itself_as_before(app, before: bool) -> None:
    was = gc.isenabled()
    (gc.enable if before else gc.disable)()
    try:
        first, second = Garbage(Work()), Garbage(Work())
        assert not gc.isenabled()
        first.stop()
        assert not gc.isenabled()
        second.stop()
        assert gc.isenabled() is before
    finally:
        (gc.enable if was else gc.disable)()


def young() -> int:
    """Objects made since the last search, less those that have gone since, older ones too."""
    return gc.get_count()[0]


def test_an_import_is_not_held_up(made, resting) -> None:
    kept = [[] for _ in range(5_000)]
    with no_collecting():
        made.look()
        assert young() > len(kept) // 2
    made.look()
    assert young() < len(kept) // 2


def test_a_few_are_searched_whoever_is_there(made, work) -> None:
    found: list[str] = []
    work.busy = True
    Knot(found)
    kept = [[] for _ in range(5_000)]
    made.look()
    assert len(found) == 1
    assert young() < len(kept) // 2


def test_nobody_waits_for_a_search_of_many(made, work, in_front, slow, many) -> None:
    kept = [[] for _ in range(5_000)]

    def look_later() -> None:
        if made._rests_since is not None:
            made._rests_since -= garbage._REST
        made.look()

    work.busy = True
    look_later()
    work.busy = False
    look_later()  # from now on it is known whether a hand is there
    assert young() > len(kept) // 2
    made._rests_since -= garbage._REST
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier)
    QCoreApplication.sendEvent(in_front, key)
    made.look()
    assert young() > len(kept) // 2
    look_later()
    assert young() < len(kept) // 2


def test_a_job_between_two_looks_is_noticed(app, worker, qtbot, in_front, slow, many) -> None:
    looking = worker._garbage
    gc.collect()
    kept = [[] for _ in range(5_000)]
    looking.look()
    looking._rests_since -= garbage._REST
    heard: list[object] = []
    worker.run(lambda _: None, done=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    looking.look()
    assert young() > len(kept) // 2


def test_hands_are_watched_only_while_there_is_something_to_search(made, work, in_front) -> None:
    gc.collect()
    made.look()
    assert made._watched is None
    kept = [[] for _ in range(5_000)]
    made.look()
    assert made._watched is in_front
    work.busy = True
    made.look()
    assert made._watched is None
    assert kept


def test_nothing_is_watched_for_once_all_is_searched(made, resting, many, in_front) -> None:
    kept = [[] for _ in range(5_000)]
    made.look()
    made._last_total = time.monotonic()
    made.look()
    assert made._watched is None
    assert kept


def test_very_much_is_searched_though_a_job_makes_it(made, work, monkeypatch, many) -> None:
    monkeypatch.setattr(garbage, "_MOST_YOUNG", 4_000)
    kept = [[] for _ in range(5_000)]
    work.busy = True
    made.look()
    assert young() < len(kept) // 2


def test_what_is_left_is_searched_again_only_when_nobody_is_there(made, resting, many, monkeypatch) -> None:
    found: list[str] = []
    knot = Knot(found)
    kept = [[] for _ in range(5_000)]
    made.look()
    assert gc.get_freeze_count() > len(kept)
    del knot
    more = [[] for _ in range(5_000)]
    made.look()
    assert not found
    assert more
    monkeypatch.setattr(garbage, "_LONG_REST", 0.0)
    monkeypatch.setattr(garbage, "_MOST_SET_ASIDE", 0)
    made.look()
    assert not found, "a large import is looked at"
    made._last_total -= garbage._TOTAL_EVERY
    monkeypatch.setattr(garbage, "_MOST_SET_ASIDE", 10_000_000)
    made.look()
    assert len(found) == 1


def test_all_is_not_searched_twice_in_a_row(made, resting, many, monkeypatch) -> None:
    found: list[str] = []
    monkeypatch.setattr(garbage, "_LONG_REST", 0.0)
    kept = [[] for _ in range(5_000)]
    for _ in range(2):
        made.look()
    knot = Knot(found)
    gc.freeze()
    del knot
    made.look()
    assert not found
    made._last_total -= garbage._TOTAL_EVERY
    made.look()
    assert len(found) == 1
    assert kept


def test_too_much_for_a_rest_waits_until_nobody_is_there(made, resting, many, monkeypatch) -> None:
    found: list[str] = []
    monkeypatch.setattr(garbage, "_SOME", 0)
    Knot(found)
    kept = [[] for _ in range(5_000)]
    made.look()
    assert not found
    assert gc.get_freeze_count() > len(kept)
    monkeypatch.setattr(garbage, "_LONG_REST", 0.0)
    made.look()
    assert len(found) == 1


def test_little_that_is_left_is_not_set_aside(made, resting, monkeypatch) -> None:
    monkeypatch.setattr(garbage, "_FEW", 10_000_000)
    monkeypatch.setattr(garbage, "_SOME", 10_000_000)
    before = gc.get_freeze_count()
    kept = [[] for _ in range(5_000)]
    made.look()
    assert gc.get_freeze_count() == before
    assert kept


def test_at_the_end_everything_is_searched_again(app, work, resting, many) -> None:
    one = Garbage(work)
    kept = [[] for _ in range(5_000)]
    one.look()
    assert gc.get_freeze_count() > len(kept)
    one.stop()
    assert not gc.get_freeze_count()
    gc.freeze()  # what the other tests need not look at
