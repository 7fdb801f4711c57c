"""Cycles with Qt objects are destroyed on the interface's thread, whoever allocates."""

from __future__ import annotations

import gc
import threading

import pytest
from PySide6.QtCore import QObject

from mingxi_desktop.ledger.collecting import no_collecting
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


def test_only_the_interface_finds_cycles(app, worker, qtbot) -> None:
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
        first, second = Garbage(), Garbage()
        assert not gc.isenabled()
        first.stop()
        assert not gc.isenabled()
        second.stop()
        assert gc.isenabled() is before
    finally:
        (gc.enable if was else gc.disable)()


def test_an_import_is_not_held_up(app) -> None:
    made = Garbage()
    gc.collect()
    kept = [[] for _ in range(5_000)]
    with no_collecting():
        made.look()
        assert gc.get_count()[0] >= len(kept)
    made.look()
    assert gc.get_count()[0] < len(kept)
    made.stop()
