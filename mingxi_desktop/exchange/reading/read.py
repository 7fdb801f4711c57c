"""From a file to its sheets: what can be told at a glance is told here, the rest happens in the child process."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from pathlib import Path

from mingxi_desktop.exchange.cells import Sheet
from mingxi_desktop.exchange.reading.child import ReadingProcess
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.reading.sniff import MAX_FILE, sniff


def file_bytes(path: Path) -> bytes:
    """The bytes of a regular file of a size that can be read.  Raises RefusedError; never waits for a pipe."""
    try:
        kind = path.stat()
        if stat.S_ISDIR(kind.st_mode):
            raise RefusedError("E_FOLDER")
        if not stat.S_ISREG(kind.st_mode):
            raise RefusedError("E_NOT_A_FILE")
        if kind.st_size > MAX_FILE:
            raise RefusedError("E_TOO_LARGE")
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise RefusedError("E_NO_FILE") from error
    except (OSError, ValueError) as error:
        raise RefusedError("E_FILE") from error
    if len(data) > MAX_FILE:
        raise RefusedError("E_TOO_LARGE")
    return data


class InTurn:
    """Files that the child reads one after the other, each while something else is done: `take` gives it then."""

    def __init__(self, process: ReadingProcess, files: Iterable[Path | bytes]) -> None:
        self._process = process
        self._files = iter(files)
        self._begin()

    def take(self) -> tuple[bytes, list[Sheet]]:
        """The bytes and the sheets of the next file, hidden ones marked.  Raises RefusedError."""
        begun = self._begun
        try:
            if isinstance(begun, RefusedError):
                raise begun
            return begun, self._process.read(begun)
        finally:
            self._begin()

    def _begin(self) -> None:
        self._begun: bytes | RefusedError = b""
        for file in self._files:
            try:
                data = file if isinstance(file, bytes) else file_bytes(file)
                sniff(data)
            except RefusedError as refusal:
                self._begun = refusal
                return
            self._begun = data
            self._process.begin(data)
            return


def read_sheets(data: bytes, process: ReadingProcess) -> list[Sheet]:
    """All sheets of a spreadsheet file, hidden ones marked.  Raises RefusedError."""
    sniff(data)
    return process.read(data)
