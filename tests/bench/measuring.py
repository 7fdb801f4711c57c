"""One process under measure: processor seconds, seconds by the clock, and the most memory of it and its children."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import psutil

from tests.bench.frame import CPU, MEGABYTES, WALL, Measured, Run
from tests.bench.window_peers import CLOCK

ROOT = Path(__file__).resolve().parents[2]
_LOOK = 0.02
"""Seconds from one look at the memory to the next."""


def lacking(run: Run) -> str:
    """What is not installed of what a run needs; "" where all is there."""
    missing = [name for name in run.needs if importlib.util.find_spec(name) is None]
    missing += [name for name in run.tools if shutil.which(name) is None]
    return ", ".join(missing)


def measure(run: Run, workload: Mapping[str, str], folder: Path) -> Measured:
    """Run it to its end.  folder: for its settings.  Ends the benchmark where the process fails."""
    command = [sys.executable, *(word.format_map(workload) for word in run.words)]
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, env=environment(folder), stdout=said, stderr=complained)
        try:
            cpu, megabytes = _watch(process)
        except BaseException:  # the benchmark is being stopped: nothing goes on by itself
            process.kill()
            raise
        wall = time.perf_counter() - start
        if process.returncode:
            raise SystemExit(f"{' '.join(command)}: {process.returncode}\n{_text(complained)[-2000:]}")
        told = _told(run, _text(said))
    return {CPU: cpu, WALL: wall, MEGABYTES: megabytes, **told}


def environment(folder: Path) -> dict[str, str]:
    """For a process that starts now: compiled files at hand as in an installed program, settings of its own, and
    no screen if there is none.
    """
    made = {
        **os.environ,
        "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "mingxi-bench" / "compiled"),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONUTF8": "1",
        "MINGXI_DATA": str(folder / "data"),
        CLOCK: repr(time.perf_counter()),
    }
    if os.name != "nt" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        made["QT_QPA_PLATFORM"] = "offscreen"
    return made


def _watch(process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """(processor seconds, the most MB at one time) of a process and all its children, once it has ended.

    ru_maxrss is of no use for it: it begins with what the process that started this one had.
    """
    tree = psutil.Process(process.pid)
    most, cpu = 0.0, 0.0
    while True:
        if sys.platform != "win32":
            number, status, used = os.wait4(process.pid, os.WNOHANG)
            if number:
                process.returncode = os.waitstatus_to_exitcode(status)
                return used.ru_utime + used.ru_stime, most
        elif process.poll() is not None:
            return cpu, most
        try:
            alive = [tree, *tree.children(recursive=True)]
            most = max(most, sum(one.memory_info().rss for one in alive) / 1e6)
            cpu = max(cpu, sum(sum(one.cpu_times()[:2]) for one in alive))
        except psutil.Error:
            pass  # one of them has just ended
        time.sleep(_LOOK)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def _told(run: Run, said: str) -> dict[str, float]:
    """The numbers of the last line of what it printed."""
    last = said.strip().rpartition("\n")[2]
    if not last.startswith("{"):
        return {}
    found: Any = json.loads(last)
    return dict(run.told(found))
