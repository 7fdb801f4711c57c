"""Two starts on one ledger, in two real processes: the second brings the first one's window to the front and ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui.second_start import _request
from tests.safety import deeds
from tests.safety.conftest import Reached
from tests.safety.counts import LONG
from tests.safety.program import LEDGER, ROOT

pytestmark = LONG
_PATIENCE = 60.0
_DELIVERED = [sys.executable, "-m", "mingxi_desktop"]
_TELL = """
import sys
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.main import Program
ask.show_error = lambda error, parent=None: print(error.title, flush=True)
Program._ask = lambda self: None
from mingxi_desktop.app import cli
sys.exit(cli.main())
"""
_TELLING = [sys.executable, "-c", _TELL]
"""Faults on standard output instead of in a dialog, which nobody would answer; nobody chooses another ledger."""


@contextmanager
def started(folder: Path, command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """The window on the folder's ledger, in a process of its own; ended with the test."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "MINGXI_DATA": str(folder / "home")}
    process = subprocess.Popen(
        [*command, "--db", str(folder / LEDGER)],
        cwd=ROOT, env=environment, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def within(seconds: float, true: Callable[[], object]) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def watching(folder: Path) -> bool:
    """Whether a window watches for other starts: it has taken what an earlier one left, and holds the folder."""
    show = folder / "home" / "show"
    return show.is_dir() and not list(show.iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    deeds.filled(tmp_path)
    left_behind(tmp_path)
    return tmp_path


def left_behind(folder: Path) -> None:
    """What a start that was killed while it waited leaves."""
    show = folder / "home" / "show"
    show.mkdir(parents=True, exist_ok=True)
    (show / _request(folder / LEDGER).name).touch()


def test_the_second_start_ends_and_leaves_the_first_alone(folder: Path, reached: Reached) -> None:
    began = time.monotonic()
    with started(folder, _DELIVERED) as first:
        assert within(_PATIENCE, lambda: watching(folder) or first.poll() is not None)
        assert first.poll() is None, first.stdout.read()
        for _ in range(3):
            with started(folder, _TELLING) as second:
                assert second.wait(_PATIENCE) == 0
                assert second.stdout.read() == "", "nothing is told: the window is there"
            assert watching(folder)
        assert first.poll() is None
        if os.name == "posix":
            first.send_signal(signal.SIGKILL)
            first.wait(_PATIENCE)
            left_behind(folder)
            with started(folder, _TELLING) as third:
                assert within(_PATIENCE, lambda: watching(folder) or third.poll() is not None)
                assert third.poll() is None, "after a kill the next start opens the ledger"
    with Ledger.open(folder / LEDGER) as ledger:
        assert ledger.verify() == []
        assert len(deeds.hazards(ledger)) == 3
    reached("second start", 4, told=4, seconds=time.monotonic() - began)


def test_what_another_program_holds_is_told(folder: Path, reached: Reached) -> None:
    began = time.monotonic()
    with Ledger.open(folder / LEDGER), started(folder, _TELLING) as second:
        assert second.wait(_PATIENCE) == 0
        assert second.stdout.read().split() == ["台账文件正被另一个程序使用"]
    assert watching(folder), "the request that nobody answered is taken back"
    reached("second start", 1, told=1, seconds=time.monotonic() - began)
