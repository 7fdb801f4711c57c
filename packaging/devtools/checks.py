"""The checks of the test command: style, types on both systems, layers, forms."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from devtools import DevError, forms, quietly
from devtools.environment import Environment


@dataclass(frozen=True)
class Outcome:
    """How one check went. said: what it printed; read only when it failed."""

    name: str
    passed: bool
    said: str
    seconds: float

    def __str__(self) -> str:
        line = f"{'ok' if self.passed else 'FAILED':6}  {self.name:14} {self.seconds:5.1f} s"
        return line if self.passed else f"{line}\n{self.said}"


# The slowest first, so that the others fit in beside them. Each system keeps its own type cache.
_COMMANDS: dict[str, list[str]] = {
    "types, Linux": ["mypy", "--platform", "linux", "--cache-dir", ".mypy_cache/linux"],
    "types, Windows": ["mypy", "--platform", "win32", "--cache-dir", ".mypy_cache/win32"],
    "layers": ["lint-imports", "--no-logo"],
    "style": ["ruff", "check", "--output-format", "concise", "."],
    "format": ["ruff", "format", "--check", "--output-format", "concise", "."],
}

NAMES = (*_COMMANDS, "forms")
"""Of all checks, the slowest first."""


def run(env: Environment, only: Sequence[str] = ()) -> list[Outcome]:
    """Run all checks, two at a time, and print a line for each; a failed one does not stop the others.

    only: the first words of those wanted ("types" are both); DevError where there is none of that name.
    """
    unknown = set(only) - {_word(name) for name in NAMES}
    if unknown:
        known = " ".join(dict.fromkeys(map(_word, NAMES)))
        raise DevError(f"there is no check {' '.join(sorted(unknown))}; there are: {known}")
    work: list[tuple[str, Callable[[], tuple[bool, str]]]] = [
        (name, _tool(env, _COMMANDS[name]) if name in _COMMANDS else lambda: _forms(env))
        for name in NAMES
        if not only or _word(name) in only
    ]
    outcomes = []
    with ThreadPoolExecutor(2) as pool:
        for outcome in pool.map(lambda entry: _timed(*entry), work):
            print(outcome, flush=True)
            outcomes.append(outcome)
    return outcomes


def pytest(env: Environment, arguments: list[str]) -> int:
    """Run the tests; without arguments all of them, two at a time. Returns pytest's exit code."""
    everything = ["-q", "-n", "2", "--dist", "worksteal"]
    # An open() without encoding warns, which pyproject.toml makes an error in our own modules.
    settings = {**os.environ, "PYTHONWARNDEFAULTENCODING": "1"}
    # Compiled files go where pip has put those of the packages: anywhere else these would be compiled once more.
    settings.pop("PYTHONDONTWRITEBYTECODE", None)
    command: list[str | Path] = [env.python, "-m", "pytest", *(arguments or everything)]
    return subprocess.run(
        command, cwd=env.root, env=settings, stdin=subprocess.DEVNULL, check=False
    ).returncode


def _word(name: str) -> str:
    return name.partition(",")[0]


def _timed(name: str, work: Callable[[], tuple[bool, str]]) -> Outcome:
    started = time.monotonic()
    passed, said = work()
    return Outcome(name, passed, said, time.monotonic() - started)


def _tool(env: Environment, command: list[str]) -> Callable[[], tuple[bool, str]]:
    def work() -> tuple[bool, str]:
        settings = {"NO_COLOR": "1", "COLUMNS": "110", "PYTHONUTF8": "1"}
        code, said = quietly([env.tool(command[0]), *command[1:]], settings, env.root)
        return code == 0, said

    return work


def _forms(env: Environment) -> tuple[bool, str]:
    names = forms.stale(env)
    return not names, f"not as drawn: {', '.join(names)}; run dev.py forms"
