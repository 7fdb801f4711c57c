"""A monkey at the keyboard: `python -m tests.soak.monkey --minutes 60 --seed 7`.

It opens a window on a copy of the demonstration year and does whatever can be done there, at random. Afterwards
nothing may have gone wrong: no uncaught error, no warning of Qt, no second without a sign of life, memory that
does not grow without end, and a ledger in which `verify` finds nothing.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import random
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from mingxi_desktop.ledger import DEFAULT_BUREAU, Ledger, demo
from mingxi_desktop.report.delivered import delivered
from mingxi_desktop.ui import app_setup
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Worker
from mingxi_desktop.ui.keeper import Keeper
from mingxi_desktop.ui.window import MainWindow
from tests.soak.answers import Answers
from tests.soak.hands import Hands
from tests.soak.watch import STALL, Watch

_YEAR = 2024
_PAUSE = 5
"""Milliseconds between two actions."""
_MINUTE = 60_000
_MOST_FAULTS = 10
"""After so many the run ends."""
_BACKUPS = 5


@dataclass
class Outcome:
    """How it went.

    faults: what must not happen.  stalls: (seconds, of which at work, stack).  longest: seconds at work
    without a sign of life.  memory: MB, minute by minute.
    """

    seed: int
    actions: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)
    warnings: dict[str, int] = field(default_factory=dict)
    stalls: list[tuple[float, float, str]] = field(default_factory=list)
    longest: float = 0.0
    memory: list[int] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether nothing went wrong; a stall is told, it depends on the PC."""
        return not (self.faults or self.warnings or self.problems)

    def __str__(self) -> str:
        memory = " ".join(str(size) for size in self.memory)
        lines = [
            f"seed {self.seed}: {self.actions:,} actions in {self.seconds:.0f} s, memory {memory} MB",
            f"longest work between two signs of life {self.longest:.2f} s",
        ]
        lines += [
            f"stall of {seconds:.1f} s, {work:.1f} s at work, at\n{stack}"
            for seconds, work, stack in self.stalls
        ]
        lines += [f"Qt said {times} times: {text}" for text, times in self.warnings.items()]
        lines += [f"verify: {problem}" for problem in self.problems]
        lines += [f"FAULT {fault}" for fault in self.faults]
        return "\n".join(lines if self.good else [*lines, "the last actions:", *self.last])


def run(db: Path, folder: Path, seconds: float, seed: int) -> Outcome:
    """Let the monkey work on a ledger, which it changes; folder: for what it saves and reads."""
    chance = random.Random(seed)
    app_setup.make_application(["mingxi"], fonts=(delivered()[1],), appearance="light")
    watch = Watch()
    answers = Answers(chance, folder, watch.fault)
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    worker = Worker(lambda: Ledger.open(db, operator="猴子"))
    window = MainWindow(Context(db, worker, settings))
    keeper = Keeper(window.context)
    diary = diary_of(seed).open("w", encoding="utf-8")
    hands = Hands(window, chance, answers, diary)
    outcome = Outcome(seed)
    started = time.monotonic()

    def step() -> None:
        if (
            time.monotonic() - started > seconds
            or len(watch.faults) >= _MOST_FAULTS
            or not window.isVisible()
        ):
            _leave(window, answers)
            return
        # Before the action: it may open a dialog that stays open until another action closes it.
        QTimer.singleShot(_PAUSE, step)
        before = len(watch.faults)
        try:
            hands.act()
        except Exception:  # noqa: BLE001 - whatever a handler lets through is a finding
            watch._uncaught(*sys.exc_info())  # type: ignore[arg-type]
        if len(watch.faults) > before:
            outcome.last = list(hands.log)

    minute = QTimer(interval=_MINUTE)
    minute.timeout.connect(lambda: (watch.weigh(), _prune(db)))
    watch.start()
    window.show()
    window.activateWindow()
    watch.weigh()
    minute.start()
    QTimer.singleShot(0, step)
    QApplication.exec()
    outcome.actions, outcome.seconds = hands.done, time.monotonic() - started
    keeper.close()
    worker.close()
    diary.close()
    watch.weigh()
    watch.stop()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    outcome.faults, outcome.stalls = watch.faults, watch.stalls
    outcome.warnings = {f"{text}\n{watch.places[text]}": times for text, times in watch.warnings.items()}
    outcome.longest, outcome.memory = watch.longest, watch.memory
    outcome.last = outcome.last or list(hands.log)
    with Ledger.open(db) as ledger:
        outcome.problems = list(ledger.verify())
    return outcome


def diary_of(seed: int) -> Path:
    """Where every action of the run stands; another run of the same seed has its own."""
    return Path(tempfile.gettempdir()) / f"monkey-{seed}-{os.getpid()}.log"


def _leave(window: MainWindow, answers: Answers) -> None:
    """Close what is open, from the front to the back, then the window, then the program."""
    answers.leaving = True
    front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    if front is not None:
        front.close()
        QTimer.singleShot(_PAUSE, lambda: _leave(window, answers))
    elif window.isVisible() and (window.context.worker.busy or not window.close()):
        QTimer.singleShot(50, lambda: _leave(window, answers))
    else:
        for other in QApplication.topLevelWidgets():
            other.close()
        QApplication.exit()


def _prune(db: Path) -> None:
    """The monkey makes a backup whenever it comes by the menu; the disk is finite."""
    found = sorted(db.parent.glob("*/*.mxbak"), key=lambda path: path.stat().st_mtime)
    for old in found[:-_BACKUPS]:
        old.unlink(missing_ok=True)


def main() -> int:
    """Run from the command line; 1 when something went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--db", type=Path, help="a ledger to copy instead of the demonstration year")
    args = parser.parse_args()
    print(f"seed {args.seed}, every action in {diary_of(args.seed)}", flush=True)
    faulthandler.enable()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        db = folder / "台账" / "台账.mxdb"
        (folder / "文件").mkdir()
        db.parent.mkdir()
        if args.db:
            shutil.copyfile(args.db, db)
        else:
            demo.build(db, _YEAR, DEFAULT_BUREAU)
        outcome = run(db, folder / "文件", args.minutes * 60, args.seed)
    print(outcome, flush=True)
    slow = sum(1 for _, work, _ in outcome.stalls if work > STALL)
    print(f"{len(outcome.faults)} faults, {slow} stalls, {len(outcome.problems)} problems in the ledger")
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main())
