"""A ledger that was not closed properly is looked through behind the clerk's back."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.storage import seal
from mingxi_desktop.storage.seal import Seal
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Worker
from mingxi_desktop.ui.looking_through import LookingThrough
from tests.sealing import never_sealed, outside
from tests.ui.small import rest


def unsealed(db: Path) -> Path:
    never_sealed(db)
    return db


def look(settings, db: Path) -> tuple[list[str], list[str]]:
    """(what the status bar said, what was found) until the ledger is closed again."""
    worker = Worker(lambda: Ledger.open(db))
    context = Context(db, worker, settings)
    said: list[str] = []
    found: list[str] = []
    context.said.connect(said.append)
    LookingThrough(context, found.extend, lambda error: found.append(error.title))
    rest(worker)
    worker.close()
    context.deleteLater()
    return said, found


def test_a_sound_one_is_sealed_again(app, settings, db: Path) -> None:
    assert look(settings, db) == ([], [])
    unsealed(db)
    said, found = look(settings, db)
    assert ("逐条核对" in said[0], "没有发现问题" in said[-1], found) == (True, True, [])
    assert seal.holds(db)


def test_a_large_one_that_was_changed_outside_is_told_once_its_seal_is_looked_at(
    qtbot, app, settings, db: Path, monkeypatch
) -> None:
    outside(db, "UPDATE hazard SET note = 'x' WHERE id = (SELECT min(id) FROM hazard)")
    go = threading.Event()
    worked_out = Seal.worked_out
    monkeypatch.setattr(seal, "AT_ONCE", 0)
    monkeypatch.setattr(Seal, "worked_out", lambda self, _: (go.wait(5), worked_out(self))[1])
    worker = Worker(lambda: Ledger.open(db, later=True))
    context = Context(db, worker, settings)
    found: list[UserError] = []
    shown: list[int] = []
    LookingThrough(context, pytest.fail, found.append)
    worker.run(lambda ledger: len(ledger.records("hazard", [1])), done=shown.append)
    qtbot.waitUntil(lambda: bool(shown) and not worker.busy)
    assert not found
    go.set()
    qtbot.waitUntil(lambda: bool(found))
    assert "在程序之外被改动过" in found[0].title
    worker.close()
    context.deleteLater()


def test_damage_is_told(app, settings, db: Path) -> None:
    other = sqlite3.connect(db)
    other.execute("UPDATE hazard SET note = 'x' WHERE id = (SELECT min(id) FROM hazard)")
    other.commit()
    other.close()
    unsealed(db)
    _, found = look(settings, db)
    assert ["在程序之外被改动过" in one for one in found] == [True]
    assert not seal.holds(db)
