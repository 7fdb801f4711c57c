"""The command line again and again in one process: `python -m tests.safety.fuzz.served` (see `Served`).

A process of its own, because what is fed to it may end it.  In: a JSON list of arguments a line.  Out: a JSON
object a line with code, out, err, bugs (tracebacks that were logged) and megabytes (the most it took for that).
"""

from __future__ import annotations

import io
import json
import logging
import os
import sys
from contextlib import nullcontext, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest import mock

from mingxi_desktop.app import cli
from mingxi_desktop.exchange.reading.child import ReadingProcess
from mingxi_desktop.ledger import importing

_OWN = Path("/proc/self")


class _Bugs(logging.Handler):
    """What the program has logged as its own fault."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and not isinstance(record.exc_info[1], OSError):
            self.texts.append(logging.Formatter().format(record))


def answer(arguments: list[str], reading: ReadingProcess) -> dict[str, Any]:
    """One call of the command line; `reading` serves all of them."""
    bugs, buffer, err = _Bugs(), io.BytesIO(), io.StringIO()
    out = io.TextIOWrapper(buffer, encoding="utf-8")
    logging.getLogger("mingxi_desktop").addHandler(bugs)
    _forget_peak()
    try:
        with (
            redirect_stdout(out),
            redirect_stderr(err),
            mock.patch.object(importing, "ReadingProcess", return_value=nullcontext(reading)),
        ):
            code = cli.main(arguments)
        out.flush()
    finally:
        logging.getLogger("mingxi_desktop").removeHandler(bugs)
    said = buffer.getvalue().decode("utf-8", "replace")
    return {"code": code, "out": said, "err": err.getvalue(), "bugs": bugs.texts, "megabytes": _peak()}


def _forget_peak() -> None:
    try:
        (_OWN / "clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return


def _peak() -> int:
    try:
        status = (_OWN / "status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    return int(status.partition("VmHWM:")[2].split()[0]) >> 10


def main() -> None:
    """Serve until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # nothing that a library prints gets between the answers
    with ReadingProcess() as reading:
        for line in sys.stdin:
            print(json.dumps(answer(json.loads(line), reading)), file=answers, flush=True)


if __name__ == "__main__":
    main()
