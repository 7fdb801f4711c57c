"""Our side of the reading process: starting it, watching its time and memory, decoding what it sends."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mingxi_desktop
from mingxi_desktop.exchange import limits, reader
from mingxi_desktop.exchange.cells import Cell, Merged, Row, Sheet
from mingxi_desktop.exchange.refusal import RefusedError

_TICK = 0.05
_MOST_FRAME = 1 << 28


class ReadingProcess:
    """One child for several files; started when first needed, and again after it had to be stopped.

    Use as a context manager: leaving it ends the child.
    """

    def __init__(
        self, *, seconds: float = limits.SECONDS, cancelled: Callable[[], bool] = lambda: False
    ) -> None:
        self._seconds = seconds
        self._cancelled = cancelled
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped_for = ""

    def __enter__(self) -> ReadingProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.communicate()

    def read(self, data: bytes) -> list[Sheet]:
        """The sheets of a workbook file as calamine sees them.  Raises RefusedError."""
        process = self._process = self._process or _start()
        self._stopped_for = ""
        done = threading.Event()
        watch = threading.Thread(target=self._watch, args=(process, done), name="watch-reader", daemon=True)
        watch.start()
        try:
            return _exchange(process, data)
        except (OSError, EOFError) as error:
            self.close()
            raise RefusedError(self._stopped_for or "E_DAMAGED") from error
        except RefusedError:
            self.close()
            raise
        finally:
            done.set()
            watch.join()

    def _watch(self, process: subprocess.Popen[bytes], done: threading.Event) -> None:
        """Kill the child when it takes too long or too much; the pipe then ends."""
        waited = 0.0
        while not done.wait(_TICK):
            waited += _TICK
            if self._cancelled():
                self._stopped_for = "E_CANCELLED"
            elif waited > self._seconds:
                self._stopped_for = "E_TIMEOUT"
            elif sys.platform == "win32" and _memory(process.pid) > limits.MEMORY:
                self._stopped_for = "E_MEMORY"
            if self._stopped_for:
                process.kill()
                return


def _start() -> subprocess.Popen[bytes]:
    if getattr(sys, "frozen", False):
        command = [sys.executable, reader.FLAG]
    else:
        command = [sys.executable, "-P", "-X", "utf8", "-m", reader.__name__]
    home = str(Path(mingxi_desktop.__file__).resolve().parent.parent)
    paths = [home, *filter(None, [os.environ.get("PYTHONPATH")])]
    hidden = 0
    if sys.platform == "win32":
        hidden = subprocess.CREATE_NO_WINDOW
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        creationflags=hidden,
    )


def _memory(pid: int) -> int:
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def _exchange(process: subprocess.Popen[bytes], data: bytes) -> list[Sheet]:
    assert process.stdin is not None
    process.stdin.write(reader.IN_LENGTH.pack(len(data)))
    process.stdin.write(data)
    process.stdin.flush()
    head = _frame(process)
    sheets = [Sheet(entry["name"], [], hidden=entry["hidden"]) for entry in head["sheets"]]
    for sheet in sheets:
        _fill(process, sheet)
    _frame(process)
    return sheets


def _fill(process: subprocess.Popen[bytes], sheet: Sheet) -> None:
    head = _frame(process)
    top, left = head["start"] or (0, 0)
    sheet.merged = tuple(Merged(*corners) for corners in head["merged"])
    sheet.rows = [[] for _ in range(top)]
    margin: Row = [None] * left
    while (rows := _frame(process)["rows"]) is not None:
        sheet.rows.extend(
            margin + [cell if type(cell) is not list else _decoded(*cell) for cell in row] for row in rows
        )


def _frame(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert process.stdout is not None
    head = process.stdout.read(reader.OUT_LENGTH.size)
    if len(head) < reader.OUT_LENGTH.size:
        raise EOFError
    (length,) = reader.OUT_LENGTH.unpack(head)
    if length > _MOST_FRAME:
        raise RefusedError("E_MEMORY")
    data = process.stdout.read(length)
    if len(data) < length:
        raise EOFError
    frame: dict[str, Any] = json.loads(data.decode("utf-8", "surrogatepass"))
    if "error" in frame:
        raise RefusedError(frame["error"])
    return frame


def _decoded(mark: str, value: Any) -> Cell:
    if mark == "t":
        return datetime.datetime.fromisoformat(value)
    if mark == "d":
        return datetime.date.fromisoformat(value)
    if mark == "h":
        return datetime.time.fromisoformat(value)
    return datetime.timedelta(seconds=value)
