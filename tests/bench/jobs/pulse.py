"""How long the interface's thread lets an event wait: a timer of five milliseconds, and the gaps between its beats."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.window_peers import megabytes

_BEAT = 5
"""Milliseconds between two beats."""
_WEIGH = 20
"""Beats from one look at the memory to the next."""
_LONG, _LOOK = 0.06, 0.02
"""Seconds without a beat after which it is looked who holds the thread, and from one look to the next."""
_FRAMES = 4
"""Innermost calls that are told of a stack."""
_LOOP = ("exec ", "processEvents ", "on_worker ")
"""Functions in which the thread waits for events: seen in a gap, another thread holds the interpreter."""
_IDLE = ("_stack ", "wait ", "get ", "_watch ")
"""Functions in which a thread has nothing to do, or only looks."""


@dataclass
class Gaps:
    """What was seen during one job.

    longest: seconds between two beats.  own: the same without the time in which the machine ran other programs in
    this one's place, which is what counts on a machine that is shared.  late: how many of those over 100 ms.
    megabytes: the most that the process held at one time.  blame: where the thread was, and how often it was seen
    there.
    """

    began: float
    seconds: float = 0.0
    longest: float = 0.0
    own: float = 0.0
    late: int = 0
    megabytes: float = 0.0
    blame: Counter[str] = field(default_factory=Counter)

    def note(self, gap: float, own: float) -> None:
        """Take in one gap, and how much of it the program itself took."""
        self.longest = max(self.longest, gap)
        self.own = max(self.own, own)
        self.late += own > 0.1

    def told(self) -> dict[str, Any]:
        """As JSON has it."""
        kept = {name: getattr(self, name) for name in ("seconds", "longest", "own", "late", "megabytes")}
        return {**kept, "blame": self.blame.most_common(6)}


class Pulse:
    """Beats on the thread that made it, and calls `step` at each beat.

    blame: look where the threads are when a beat is late.
    """

    def __init__(self, step: Callable[[], None], *, blame: bool) -> None:
        from PySide6.QtCore import Qt, QTimer

        self._step, self._beats = step, 0
        self._gaps = Gaps(time.perf_counter())
        self._last = time.perf_counter()
        self._queue = _Queue()
        self._work, self._waited = time.thread_time(), self._queue.waits()
        self._main = f"{threading.get_ident():x}"
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=_BEAT)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        if blame:
            threading.Thread(target=self._watch, name="blame", daemon=True).start()

    def begin(self) -> None:
        """A job begins; what was seen before is forgotten."""
        self._gaps = Gaps(time.perf_counter())

    def end(self) -> dict[str, Any]:
        """The job has ended: what was seen of it."""
        self._gaps.seconds = time.perf_counter() - self._gaps.began
        return self._gaps.told()

    def _beat(self) -> None:
        now, work, waited = time.perf_counter(), time.thread_time(), self._queue.waits()
        gap = now - self._last
        others = sum(spent - self._waited.get(thread, 0.0) for thread, spent in waited.items())
        self._gaps.note(gap, max(work - self._work, gap - others))
        self._last, self._work, self._waited = now, work, waited
        self._beats += 1
        if self._beats % _WEIGH == 0:
            self._gaps.megabytes = max(self._gaps.megabytes, megabytes())
        self._step()

    def _watch(self) -> None:
        """On a thread of its own: where the others are whenever the next beat is late."""
        while True:
            time.sleep(_LOOK)
            gaps, late = self._gaps, time.perf_counter() - self._last
            if late > _LONG:
                gaps.blame[_stack(self._main)] += 1


class _Queue:
    """How long each thread of this process was ready to run while the machine ran other programs (on Linux)."""

    def __init__(self) -> None:
        self._files: dict[int, int] = {}
        self._room = ctypes.create_string_buffer(100)
        # Called with the interpreter's lock held: a read that lets go of it would wait for it to come back.
        self._read = ctypes.PyDLL(None).pread if sys.platform == "linux" else None

    def waits(self) -> dict[int, float]:
        """Seconds so far, by thread."""
        found = {}
        for thread in threading.enumerate() if self._read else ():
            number = thread.native_id or 0
            if number not in self._files:
                with suppress(OSError):
                    self._files[number] = os.open(f"/proc/self/task/{number}/schedstat", os.O_RDONLY)
            if self._read(self._files.get(number, -1), self._room, 99, 0) > 0:
                found[number] = int(self._room.value.split()[1]) / 1e9
        return found


def _stack(main: str) -> str:
    """The innermost calls of the main thread; while it only waits for its turn, what the others do.

    Written by faulthandler: to walk a running thread's frames from Python crashes 3.11.
    """
    with tempfile.TemporaryFile() as file:
        faulthandler.dump_traceback(file, all_threads=True)
        file.seek(0)
        parts = file.read().decode("utf-8", "replace").split("hread 0x")[1:]
    threads = {part.partition(" ")[0].lstrip("0"): _calls(part.splitlines()[1:]) for part in parts}
    own = threads.pop(main, [])
    if own and not own[0].startswith(_LOOP):
        return " < ".join(own)
    others = [" < ".join(calls) for calls in threads.values() if calls and not calls[0].startswith(_IDLE)]
    return f"another thread: {' | '.join(others) or 'without Python'}"


def _calls(lines: list[str]) -> list[str]:
    """The innermost calls of one thread, the program's own file names short."""
    told = []
    for line in lines:
        _, _, rest = line.partition('File "')
        path, _, rest = rest.partition('", line ')
        number, _, name = rest.partition(" in ")
        if name:
            short = path.partition("mingxi_desktop/")[2] or Path(path).name
            told.append(f"{name} {short}:{number}")
    return told[:_FRAMES]
