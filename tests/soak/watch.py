"""What the monkey watches: faults, stalls of the interface's thread, memory."""

from __future__ import annotations

import faulthandler
import logging
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from types import TracebackType

import psutil
from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler

_BEAT = 20
"""Milliseconds between two signs of life of the interface's thread."""
STALL = 1.0
"""Seconds without a sign of life that are told, with what the thread was doing."""
_NOTHING = ("This plugin does not support", "Mouse event at")
"""What the platform without a screen says of itself, and the test of a mouse that has left its window."""


class Watch:
    """Gathers faults (texts with a traceback), stalls and memory from `start` on."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.stalls: list[tuple[float, float, str]] = []
        self.longest = 0.0
        self.memory: list[int] = []
        self.warnings: Counter[str] = Counter()
        self.places: dict[str, str] = {}
        self._beat = time.monotonic()
        self._work = time.thread_time()
        self._ended = threading.Event()
        self._stack = ""
        self._timer = QTimer(interval=_BEAT)
        self._timer.timeout.connect(self._live)
        self._thread = threading.Thread(target=self._look, name="watchdog", daemon=True)

    def start(self) -> None:
        """From now on nothing goes unseen."""
        sys.excepthook = self._uncaught
        threading.excepthook = lambda args: self._uncaught(args.exc_type, args.exc_value, args.exc_traceback)
        self._before = qInstallMessageHandler(self._qt)
        self._handler = _Errors(self)
        logging.getLogger("mingxi_desktop").addHandler(self._handler)
        self._timer.start()
        self._thread.start()

    def stop(self) -> None:
        """Back to how it was."""
        self._timer.stop()
        self._ended.set()
        self._thread.join()
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(self._before)
        logging.getLogger("mingxi_desktop").removeHandler(self._handler)

    def fault(self, text: str) -> None:
        """Something that must not happen."""
        self.faults.append(text)

    def weigh(self) -> int:
        """Note and give the memory of the process, in MB."""
        self.memory.append(psutil.Process().memory_info().rss // 1_000_000)
        return self.memory[-1]

    def _uncaught(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.fault("".join(traceback.format_exception(kind, error, trace)))

    def _qt(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind is QtMsgType.QtDebugMsg or text.startswith(_NOTHING):
            return
        if text not in self.warnings:
            self.places[text] = "".join(traceback.format_stack()[-6:])
        self.warnings[text] += 1

    def _live(self) -> None:
        now = time.monotonic()
        gap, self._beat = now - self._beat, now
        # On a PC busy with other things the thread may have waited rather than worked.
        work = time.thread_time()
        worked, self._work = work - self._work, work
        self.longest = max(self.longest, worked)
        if gap > STALL:
            self.stalls.append((gap, worked, self._stack))
            self._stack = ""

    def _look(self) -> None:
        """On a thread of its own: what holds the other one up."""
        while not self._ended.wait(0.1):
            if time.monotonic() - self._beat > STALL and not self._stack:
                self._stack = _stacks()


def _stacks() -> str:
    """Where all threads are.  Written by faulthandler: to walk a running thread's frames from Python crashes 3.11."""
    with tempfile.TemporaryFile() as file:
        faulthandler.dump_traceback(file, all_threads=True)
        file.seek(0)
        return file.read().decode("utf-8", "replace")


class _Errors(logging.Handler):
    """Bugs that were caught and logged, on whatever thread."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(logging.ERROR)
        self._watch = watch

    def emit(self, record: logging.LogRecord) -> None:
        self._watch.fault(logging.Formatter("%(message)s").format(record))
