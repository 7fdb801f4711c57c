"""What stands behind dev.py: set-up, checks, forms. Standard library only; runs before anything is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


class DevError(Exception):
    """A command of dev.py cannot go on; the text says what happened and what to do next."""


def say(text: str) -> None:
    """A message about the work itself: to standard error, so that standard output stays the program's."""
    print(text, file=sys.stderr, flush=True)


def quietly(
    command: Sequence[str | Path], settings: Mapping[str, str] | None = None, cwd: Path | None = None
) -> tuple[int, str]:
    """Run a command without input, with `settings` added to the environment: its exit code and all it said."""
    result = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **(settings or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return result.returncode, result.stdout.strip()
