"""Our side of the reading process: starting it, watching its time and memory, decoding what it sends."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
import threading
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import mingxi_desktop
from mingxi_desktop.exchange.cells import Cell, CellError, Merged, Sheet
from mingxi_desktop.exchange.reading import FLAG, PLACES, limits, reader
from mingxi_desktop.exchange.reading.patience import Patience
from mingxi_desktop.exchange.reading.refusal import RefusedError

_TICK = 0.05
_MOST_FRAME = 1 << 26
_MOST_SENT = 1 << 29


class ReadingProcess:
    """One child for several files; started again after it had to be stopped.

    Use as a context manager: entering it starts the child, which takes a moment of its own to be ready, and
    leaving it ends the child.

    seconds: of processor time that the child may take for a file.
    """

    def __init__(
        self,
        *,
        seconds: float = limits.SECONDS,
        cancelled: Callable[[], bool] = lambda: False,
        command: Sequence[str] = (),
    ) -> None:
        self._command = command or _command()
        self._seconds = seconds
        self._cancelled = cancelled
        self._process: subprocess.Popen[bytes] | None = None
        self._begun: _Begun | None = None
        self._stopped_for = ""

    def __enter__(self) -> ReadingProcess:
        with suppress(RefusedError):  # said of the first file that it does not read
            self._process = self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
        self._settle()
        if process is not None:
            process.communicate()

    def begin(self, data: bytes) -> None:
        """Have a file read while something else is done: `read` of the same bytes gives its sheets then."""
        self._settle()
        begun = self._begun = _Begun(data)
        if self._cancelled():
            begun.answer = RefusedError("E_CANCELLED")
            return
        try:
            process = self._process = self._process or self._start()
        except RefusedError as refusal:
            begun.answer = refusal
            return
        self._stopped_for = ""
        begun.threads = (
            threading.Thread(target=begun.run, args=(process,), name="reader", daemon=True),
            threading.Thread(
                target=self._watch, args=(process, begun.done), name="watch-reader", daemon=True
            ),
        )
        for thread in begun.threads:
            thread.start()

    def read(self, data: bytes) -> list[Sheet]:
        """The sheets of a file.  Raises RefusedError, whatever the child does."""
        if self._begun is None or self._begun.data is not data:
            self.begin(data)
        answer = self._settle()
        if isinstance(answer, RefusedError):
            if answer.code == "E_MEMORY":
                self.close()  # the next file shall find all of it free
            raise answer
        if not isinstance(answer, list):
            self.close()
            raise RefusedError(self._stopped_for or "E_READER") from answer
        return answer

    def _settle(self) -> list[Sheet] | Exception | None:
        """What was begun comes to its end; its answer."""
        begun, self._begun = self._begun, None
        if begun is None:
            return None
        for thread in begun.threads:
            thread.join()
        return begun.answer

    def _start(self) -> subprocess.Popen[bytes]:
        home = str(Path(mingxi_desktop.__file__).resolve().parent.parent)
        paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
        hidden = 0
        if sys.platform == "win32":
            hidden = subprocess.CREATE_NO_WINDOW
        try:
            return subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
                creationflags=hidden,
            )
        except OSError as error:
            raise RefusedError("E_START") from error

    def _watch(self, process: subprocess.Popen[bytes], done: threading.Event) -> None:
        """Kill the child when it takes too long or too much; the pipe then ends."""
        patience = Patience(self._seconds, lambda: _spent(process.pid))
        while not done.wait(_TICK):
            if self._cancelled():
                self._stopped_for = "E_CANCELLED"
            elif patience.over():
                self._stopped_for = "E_TIMEOUT"
            elif sys.platform == "win32" and _memory(process.pid) > limits.MEMORY:
                self._stopped_for = "E_MEMORY"
            if self._stopped_for:
                process.kill()
                return


class _Begun:
    """A file on its way through the child.  answer: its sheets once they are there, or why there are none."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.done = threading.Event()
        self.threads: tuple[threading.Thread, ...] = ()
        self.answer: list[Sheet] | Exception | None = None

    def run(self, process: subprocess.Popen[bytes]) -> None:
        """Have the child read it."""
        try:
            self.answer = _Answer(process).sheets(self.data)
        except Exception as error:  # noqa: BLE001 - a child that has lost its mind may send anything
            self.answer = error
        finally:
            self.done.set()


def _command() -> Sequence[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    return [sys.executable, "-P", "-X", "utf8", "-m", reader.__name__]


def _spent(pid: int) -> float:
    """Seconds of processor time; 0 for a process that has ended."""
    import psutil

    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def _memory(pid: int) -> int:
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


class _Answer:
    """What the child sends about one file."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._sent = 0

    def sheets(self, data: bytes) -> list[Sheet] | RefusedError:
        """The sheets, or why there are none; anything else raised means that the child is of no more use."""
        assert self._process.stdin is not None
        self._process.stdin.write(reader.IN_LENGTH.pack(len(data)))
        self._process.stdin.write(data)
        self._process.stdin.flush()
        sheets: list[Sheet] = []
        cells: list[Cell] = []
        while "end" not in (frame := self._frame()):
            if "error" in frame:
                return RefusedError(frame["error"], frame["detail"])
            if "sheet" in frame:
                sheets.append(_sheet(**frame["sheet"]))
            else:
                if not frame["more"]:
                    cells = []
                cells += _cells(frame)
                sheets[-1].rows.extend(_rows(frame, cells, self._content()))
        return sheets

    def _frame(self) -> dict[str, Any]:
        frame: dict[str, Any] = json.loads(self._content().decode("utf-8", "surrogatepass"))
        return frame

    def _content(self) -> bytes:
        (length,) = reader.OUT_LENGTH.unpack(self._bytes(reader.OUT_LENGTH.size))
        self._sent += length
        if length > _MOST_FRAME or self._sent > _MOST_SENT:
            raise EOFError
        return self._bytes(length)

    def _bytes(self, length: int) -> bytes:
        assert self._process.stdout is not None
        data = self._process.stdout.read(length)
        if len(data) < length:
            raise EOFError
        return data


def _cells(frame: dict[str, Any]) -> list[Cell]:
    """Cells of Python's types."""
    cells: list[Cell] = frame["cells"]
    for place, name in frame["named"]:
        cells[place] = _cell(name)
    return cells


def _rows(frame: dict[str, Any], cells: Sequence[Cell], places: bytes) -> Iterator[list[Cell]]:
    """Rows of these cells; equal ones are one object, as columns repeat themselves."""
    whole = list(map(cells.__getitem__, array(PLACES, places)))
    lengths, width = frame["lengths"], frame["width"]
    starts = list(range(0, len(whole) + 1, width) if width else accumulate(lengths, initial=0))
    if starts[-1] != len(whole) or len(starts) != len(lengths) + 1 or (width and max(lengths) > width):
        raise EOFError
    return (whole[start : start + length] for start, length in zip(starts, lengths, strict=False))


def _sheet(
    merged: list[list[int]], hidden_rows: list[int], hidden_columns: list[int], **others: Any
) -> Sheet:
    return Sheet(
        rows=[],
        merged=tuple(Merged(*corners) for corners in merged),
        hidden_rows=frozenset(hidden_rows),
        hidden_columns=frozenset(hidden_columns),
        **others,
    )


@lru_cache(maxsize=4096)
def _cell(name: str) -> Cell:
    """The cell of a name."""
    mark, value = name[0], name[1:]
    if mark == "e":
        code, _, shown = value.partition(" ")
        return CellError(shown, code)
    if mark == "t":
        return datetime.datetime.fromisoformat(value)
    if mark == "d":
        return datetime.date.fromisoformat(value)
    if mark == "h":
        return datetime.time.fromisoformat(value)
    return datetime.timedelta(seconds=float(value))
