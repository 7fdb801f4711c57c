"""Our side of `served`: started when needed, stopped after its time, started again after its death."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mingxi_desktop.exchange.reading.child import ReadingProcess
from tests.safety.fuzz import served
from tests.safety.program import ROOT

SECONDS, MEGABYTES = 30.0, 512
"""An answer is promised within these."""
_PATIENCE = 60.0


@dataclass(frozen=True)
class Said:
    """What became of a call.  fault: what must not happen, "" when all is well.  document: the JSON, None for none."""

    code: int
    document: Any
    err: str
    seconds: float
    megabytes: int
    fault: str = field(default="")

    @property
    def text(self) -> str:
        """All of the answer as text."""
        return f"{json.dumps(self.document, ensure_ascii=False)} {self.err}"


class Served:
    """The command line in a process that serves many calls.  Use as a context manager.

    here: in this process, where there is no time to start another; what ends it ends the tests.
    """

    def __init__(self, home: Path, *, here: bool = False) -> None:
        self._home = home
        self._reading = ReadingProcess() if here else None
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._reading is not None:
            self._reading.close()
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def call(self, *arguments: str) -> Said:
        """The program with these arguments and --json."""
        if self._reading is not None:
            began = time.monotonic()
            found = served.answer([*arguments, "--json"], self._reading)
            return _said(found | {"megabytes": 0}, time.monotonic() - began)
        process = self._process = self._process or self._start()
        assert process.stdin is not None
        began = time.monotonic()
        try:
            process.stdin.write(f"{json.dumps([*arguments, '--json'])}\n")
            process.stdin.flush()
            line = self._lines.get(timeout=_PATIENCE)
        except (queue.Empty, BrokenPipeError):
            line = ""
        seconds = time.monotonic() - began
        if not line:
            hung = seconds >= _PATIENCE
            self.close()
            return Said(-1, None, "", seconds, 0, "no answer" if hung else f"died: {process.returncode}")
        return _said(json.loads(line), seconds)

    def _start(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "tests.safety.fuzz.served"],
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),  # for it works where the test does: a fed name may be that of a file
                "MINGXI_DATA": str(self._home),
                "MINGXI_USER": "李四",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        )
        self._lines = lines = queue.Queue()

        def listen() -> None:
            assert process.stdout is not None
            for line in process.stdout:
                lines.put(line)
            lines.put("")

        threading.Thread(target=listen, name="served", daemon=True).start()
        return process


def _said(found: dict[str, Any], seconds: float) -> Said:
    try:
        document = json.loads(found["out"])
    except ValueError:
        document = None
    said = Said(found["code"], document, found["err"], seconds, found["megabytes"])
    return Said(*(getattr(said, name) for name in _FIELDS), _fault(said, found["bugs"]))


_FIELDS = ("code", "document", "err", "seconds", "megabytes")


def _fault(said: Said, bugs: list[str]) -> str:
    """What must never happen, whatever the program was fed with."""
    if bugs:
        return "\n".join(bugs)
    if "Traceback" in said.err:
        return f"traceback shown: {said.err}"
    if said.document is None:
        return f"no JSON document, exit code {said.code}: {said.err}"
    if said.code not in (0, 1, 2):
        return f"exit code {said.code}"
    if said.code and not said.text.strip():
        return "refused without a reason"
    if said.seconds > SECONDS:
        return f"{said.seconds:.0f} s"
    return f"{said.megabytes} MB" if said.megabytes > MEGABYTES else ""
