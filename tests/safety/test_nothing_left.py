"""The clerk's deeds again and again: nothing that was opened for them stays open, and memory does not grow."""

# ruff: noqa: F811 - fixtures
from __future__ import annotations

import datetime
import gc
import os
import random
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, importing, whole_book
from mingxi_desktop.ledger.importing import Settings
from mingxi_desktop.ledger.safekeeping import handing_over, recovering, restoring
from mingxi_desktop.ui.main import Program
from tests.safety.conftest import Reached
from tests.safety.counts import LONG, wished
from tests.safety.deeds import DATA, LEFT, Fault
from tests.safety.fuzz import filled
from tests.ui.conftest import Answers, answers, app, db, nobody_answers, settings, small_file  # noqa: F401 - fixtures
from tests.ui.small import rest

pytestmark = LONG

_ROUNDS = wished("rounds", 12)
_WARM = 3
"""Rounds after which what is loaded once has been loaded."""
_MOST_GROWTH = 1.5
"""Megabytes a round: allocators keep a little."""
_BOOK = DATA / "spreadsheets" / "a01_hazards_clean.xlsx"


def _counted(place: Path) -> dict[str, int]:
    """What is open or lies about now.  place: of the ledger."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.collect()
    kept = [one for one in gc.get_objects() if isinstance(one, sqlite3.Connection | QObject)]
    own = Path(tempfile.gettempdir())
    return {
        "descriptors": len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").is_dir() else 0,  # noqa: PTH208
        "connections": sum(isinstance(one, sqlite3.Connection) for one in kept),
        "Qt objects": sum(isinstance(one, QObject) for one in kept),
        "widgets": len(QApplication.allWidgets()),
        "threads": threading.active_count(),
        "children": len(psutil.Process().children(recursive=True)),
        "temporary files": len([one for one in own.glob("mingxi-*") if _ours(one)]),
        "files beside the ledger": len([one for one in place.iterdir() if one.is_file()]),
    }


def _ours(path: Path) -> bool:
    """Made since the tests began, and none of what they share."""
    try:
        return path.stat().st_mtime > _BEGAN and not path.name.startswith(("mingxi-safety-", "mingxi-tests-"))
    except OSError:
        return False


_BEGAN = time.time()


def _again(what: str, place: Path, deed: Callable[[int], None], reached: Reached) -> None:
    """Do it, count, do it often, count again."""

    def once(turn: int) -> None:
        deed(turn)
        gc.collect()  # what the program does when it is at rest: nobody else does, see `ui.garbage`

    began = time.monotonic()
    for turn in range(_WARM):
        once(turn)
    before, memory = _counted(place), psutil.Process().memory_info().rss
    for turn in range(_WARM, _WARM + _ROUNDS):
        once(turn)
    after, grown = _counted(place), (psutil.Process().memory_info().rss - memory) / 2**20
    left = [
        Fault(LEFT, f"{name}: {before[name]} → {after[name]}")
        for name in before
        if after[name] > before[name]
    ]
    if grown > _MOST_GROWTH * _ROUNDS:
        left.append(Fault(LEFT, f"{grown:.0f} MB in {_ROUNDS} rounds"))
    told = f"{what}, {grown:+.0f} MB, {after['descriptors']} descriptors, {after['threads']} threads"
    reached(f"again and again: {told}", _ROUNDS, faults=left, seconds=time.monotonic() - began)
    assert not left, "\n".join(map(str, left))


def test_the_deeds_of_the_facade_leave_nothing(tmp_path: Path, app: QApplication, reached: Reached) -> None:
    folder, papers = tmp_path / "台账", tmp_path / "文件"
    folder.mkdir()
    papers.mkdir()
    path = folder / "台账.mxdb"
    path.write_bytes(filled.ledger().read_bytes())

    def deed(turn: int) -> None:
        with Ledger.open(path, operator="张三") as ledger:
            area = next(entry.ref for entry in ledger.entries("area") if entry.name == "盖洋镇")
            day = datetime.date(2024, 6, 1 + turn % 28)
            values = {"record_date": day, "area": area, "field": "消防", "description": f"第{turn}处"}
            made = ledger.add("hazard", values).added[0][1]
            ledger.edit("hazard", made, {"description": "改过"})
            ledger.undo()
            wish = Settings(kind="hazard", year=2024)
            found = importing.preview(ledger, [_BOOK], wish)
            importing.commit(ledger, found, accept_valid=True, settings=wish)
            backup = ledger.backups.make(target=papers / f"{turn}.mxbak").path
            whole_book.write(ledger, papers / "全部.xlsx")
            assert ledger.verify() == []
            if turn % 3 == 0:
                handing_over.make(handing_over.begin(ledger.backups, papers / f"{turn}.zip"))
        restoring.restore(backup, path)
        assert not recovering.problems_of(path)
        with pytest.raises(UserError):
            Ledger.open(papers / "全部.xlsx")
        for made_file in [
            *papers.iterdir(),
            *(one for one in folder.iterdir() if one != path and one.is_file()),
        ]:
            made_file.unlink()

    _again("open, save, import, backup, hand-over, restore", folder, deed, reached)


def test_windows_opened_and_closed_leave_nothing(
    db: Path,
    answers: Answers,
    settings: Any,
    draw: random.Random,
    reached: Reached,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def deed(_: int) -> None:
        program = Program(settings)
        monkeypatch.setattr(program, "_ask", lambda: None)
        assert program.start(db)
        assert program.window is not None
        assert program.worker is not None
        for name in ("tab1", "tab2", "tab7", "charts", "backup", "settings"):
            if name != "settings":
                program.window.actions_by_name[name].trigger()
            rest(program.worker, 60)
        program.window.hide()
        program.close()
        answers.told.clear()
        monkeypatch.undo()

    _again("a window on a ledger", db.parent, deed, reached)
