"""The leak checks of conftest.py catch what they are there for."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from pathlib import Path

LEAKING = """
import sqlite3, threading
from PySide6 import QtWidgets
from mingxi_desktop.storage.store import Store

kept = []

def test_file(tmp_path):
    kept.append(sqlite3.connect(tmp_path / "a.mxdb"))
    kept[-1].execute("create table t (a)")

def test_ledger(tmp_path):
    kept.append(Store.create(tmp_path / "b.mxdb"))

def test_window(qapp):
    kept.append(QtWidgets.QWidget())
    kept[-1].show()

def test_thread():
    event = threading.Event()
    kept.append(event)
    threading.Thread(target=event.wait, args=(60,), name="forgotten").start()

def test_clean(qtbot, tmp_path):
    kept[3].set()
    with sqlite3.connect(tmp_path / "c.mxdb") as connection:
        connection.execute("create table t (a)")
    connection.close()
"""


def test_whatever_a_test_leaves_behind_fails_that_test(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[1]
    shutil.copy(root / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_leaking.py").write_text(LEAKING, encoding="utf-8")
    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "no:randomly",
            "-p",
            "no:cacheprovider",
            "-q",
            "test_leaking.py",
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root), "PYTEST_QT_API": "pyside6", "COLUMNS": "400"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    said = [
        line for line in result.stdout.splitlines() if line.startswith(("left behind", "ERROR", "FAILED"))
    ]
    for name, what in {
        "file": "a.mxdb",
        "ledger": "b.mxdb",
        "window": "QWidget",
        "thread": "forgotten",
    }.items():
        assert [
            line for line in said if line.startswith("ERROR") and f"test_{name}" in line and what in line
        ], said
    assert not [line for line in said if "test_clean" in line], said
    assert "5 passed, 4 errors" in result.stdout, result.stdout


def test_a_window_that_closes_brings_back_nothing_of_other_tests() -> None:
    """That what a test froze itself comes back is tested with `ui.garbage`."""
    before = gc.get_freeze_count()
    gc.unfreeze()
    assert gc.get_freeze_count() == before > 0
