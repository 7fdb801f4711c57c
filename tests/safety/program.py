"""The program as a process of its own: started, watched through shim.c, killed."""

from __future__ import annotations

import functools
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.safety.recorded import CUT, LINK, RENAME, SAID, UNLINK, Change

ROOT = Path(__file__).parents[2]
LEDGER = "台账.mxdb"
_LONGEST = 120.0
_ENDED = bytes(28)
"""What SQLite writes over the head of a journal whose change is stored."""
_scratch: list[Path] = []


@dataclass(frozen=True)
class Kill:
    """When a process is killed: at a change of the disk (counted from 1), or some seconds after a moment.

    half: of the write that it dies at, half is made.  seconds: counted from the first answer on standard output
    where there is one to wait for (`answered`), else from the start.
    """

    change: int = 0
    half: bool = False
    seconds: float = 0.0
    answered: bool = False

    def __str__(self) -> str:
        if self.change:
            return f"at change {self.change}{' (half of it)' if self.half else ''}"
        return f"{self.seconds:.3f} s after its {'first answer' if self.answered else 'start'}"


@dataclass(frozen=True)
class Run:
    """How a process ended.  said: its standard output.  killed: it did not end by itself.  log: see recorded.py."""

    said: bytes
    killed: bool
    code: int
    seconds: float
    complaint: str = field(default="", repr=False)


def scratch() -> Path:
    """A folder for as long as the tests run: see `clear`."""
    _scratch.append(Path(tempfile.mkdtemp(prefix="mingxi-safety-")))
    return _scratch[-1]


def clear() -> None:
    """Take those folders away."""
    while _scratch:
        shutil.rmtree(_scratch.pop(), ignore_errors=True)


@functools.cache
def shim() -> Path | None:
    """shim.c as a library; None where there is no C compiler or the system has no LD_PRELOAD."""
    compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
    if not sys.platform.startswith("linux") or compiler is None:
        return None
    made = scratch() / "shim.so"
    source = Path(__file__).with_name("shim.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"], check=True)
    return made


def need_shim() -> Path:
    """The shim; skips the test, aloud, where it cannot be made."""
    made = shim()
    if made is None:
        pytest.skip(
            "NOT PROVED HERE: no C compiler or no LD_PRELOAD, so the program's system calls cannot be seen"
        )
    return made


def run(
    folder: Path,
    arguments: Sequence[str],
    *,
    stdin: bytes = b"",
    kill: Kill | None = None,
    log: Path | None = None,
    weak: Sequence[str] = (),
    program: str = "mingxi_desktop",
) -> Run:
    """The program with these arguments on the ledger of a folder, killed as wished, recorded as wished.

    weak: what the control takes away from it (see weakened.py); nothing is the program itself.
    program: another module, for what has no command.
    """
    module = ["tests.safety.weakened", *weak, "--"] if weak else [program]
    command = [sys.executable, "-m", *module, "--db", str(folder / LEDGER), "--json", "--quiet", *arguments]
    started = time.monotonic()
    process = subprocess.Popen(
        command,
        env=_environment(folder, kill, log),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,  # `communicate` does not see what a buffer has read ahead
    )
    said = b""
    try:
        if kill is not None and kill.seconds:
            said = _wait(process, stdin, kill)
            process.kill()
            stdin = b""
        rest, complaint = process.communicate(stdin or None, timeout=_LONGEST)
    except BaseException:
        process.kill()
        process.communicate()
        raise
    by_us = process.returncode == (-signal.SIGKILL if os.name == "posix" else 1)
    return Run(
        said + rest,
        kill is not None and by_us,
        process.returncode,
        time.monotonic() - started,
        complaint.decode("utf-8", "replace"),
    )


def _environment(folder: Path, kill: Kill | None, log: Path | None) -> dict[str, str]:
    given = {**os.environ, "MINGXI_DATA": str(folder.parent / "home"), "MINGXI_USER": "李四"}
    if log is not None or (kill is not None and kill.change):
        given |= {"LD_PRELOAD": str(need_shim()), "SAFETY_ROOT": str(folder.resolve())}
    if log is not None:
        given["SAFETY_LOG"] = str(log)
    if kill is not None and kill.change:
        given["SAFETY_KILL"] = str(kill.change)
        if kill.half:
            given["SAFETY_HALF"] = "1"
    return given


def _wait(process: subprocess.Popen[bytes], stdin: bytes, kill: Kill) -> bytes:
    """Until the moment has come; what the process said first, if that was waited for."""
    assert process.stdin is not None
    assert process.stdout is not None
    said = b""
    if stdin:  # fits into a pipe
        process.stdin.write(stdin)
        process.stdin.flush()
    if kill.answered:
        said = process.stdout.readline()
    time.sleep(kill.seconds)
    return said


def moments(draw: random.Random, changes: Sequence[Change], count: int) -> list[Kill]:
    """So many different changes of a run to be killed at, in full or by half.

    First those that decide, a third of all: the journal's end, which is the commit, and names changed.
    """
    made = [change for change in changes if change.what != SAID]
    deciding = [
        at
        for at, change in enumerate(made, 1)
        if change.what in (CUT, RENAME, LINK, UNLINK) or change.data == _ENDED
    ]
    first = draw.sample(deciding, min(len(deciding), -(-count // 3)))
    others = sorted({*range(1, len(made) + 1)} - {*first})
    chosen = [*first, *draw.sample(others, min(len(others), count - len(first)))]
    return [Kill(change, half=draw.random() < 0.5) for change in chosen]
