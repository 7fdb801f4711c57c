"""PySide is loaded without what a program that works does not need, and misses nothing later."""

from __future__ import annotations

import builtins
import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from mingxi_desktop.ui import lean_qt

ROOT = Path(__file__).parents[2]
LEAN = "from mingxi_desktop.ui import lean_qt"
ASKING = """
import json, threading
from PySide6.QtCore import QSize, Qt
from PySide6.support.signature import get_signature
said, names = [], []

def ask(wrong):
    try:
        QSize().scale(wrong)
    except TypeError as error:
        said.append(str(error))

waiting = sorted(lean_qt.waiting()) if "lean_qt" in globals() else []
threads = [threading.Thread(target=ask, args=("three",)) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
ask(Qt.AlignmentFlag.AlignLeft)
from PySide6.support.signature.lib import enum_sig, pyi_generator
told = [*said, str(get_signature(QSize.scale)), QSize.scale.__doc__, pyi_generator.Formatter.__module__]
print(json.dumps({"waiting": waiting, "told": [*told, enum_sig.ExactEnumerator.__name__]}))
"""


def _asked(first: str) -> dict[str, list[str]]:
    done = subprocess.run(
        [sys.executable, "-c", f"{first}\n{ASKING}"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def test_what_pyside_knows_of_signatures_is_read_when_it_is_asked_for() -> None:
    lean, plain = _asked(LEAN), _asked("")
    assert [name.rpartition(".")[2] for name in lean["waiting"]] == [
        "errorhandler", "layout", "enum_sig", "pyi_generator", "tool", "mapping", "parser",
    ]  # fmt: skip
    assert lean["told"] == plain["told"]


def test_once_pyside_is_there_it_is_left_as_it_is() -> None:
    assert not lean_qt.waiting()


def test_import_statements_are_pythons_own_again(monkeypatch: pytest.MonkeyPatch) -> None:
    original = getattr(builtins, "__orig_import__")  # noqa: B009 - PySide's name for Python's own
    # As PySide leaves it; for the tests it is Python's own already.
    monkeypatch.setattr(builtins, "__import__", partial(original))
    lean_qt.restore()
    assert builtins.__import__ is original
    lean_qt.restore()
    assert builtins.__import__ is original


def test_a_pyside_that_takes_no_place_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    now = builtins.__import__
    monkeypatch.delattr(builtins, "__orig_import__")
    lean_qt.restore()
    assert builtins.__import__ is now
