"""The monkey in a process of its own, and everything that is known of a run that went wrong."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_LAST = 200
"""Actions that are told of a run that went wrong; what the monkey does next depends on the PC's speed as well."""
_DIARY = re.compile(r"every action in (.+)")


@dataclass(frozen=True)
class Driven:
    """How the process ended.  said: its output.  story: the same with the seed, the end and the last actions."""

    code: int
    said: str
    story: str


def drive(minutes: float, seed: int, longest: float) -> Driven:
    """Let the monkey work.  longest: seconds after which it is killed, with the stacks of all its threads told."""
    command = [sys.executable, "-m", "tests.soak.monkey", "--minutes", str(minutes), "--seed", str(seed)]
    # It takes the place of everything that asks the user, which only a process of its own may do.
    process = subprocess.Popen(
        command,
        cwd=_ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    try:
        said, end = process.communicate(timeout=longest)[0], ""
    except subprocess.TimeoutExpired:
        process.send_signal(
            signal.SIGABRT if os.name == "posix" else signal.SIGTERM
        )  # faulthandler tells the stacks
        said, end = process.communicate()[0], f"did not end within {longest:.0f} s; "
    except BaseException:
        process.kill()
        process.communicate()
        raise
    end += f"ended with {process.returncode}"
    diary = _DIARY.search(said)
    place = Path(diary[1]) if diary else None
    last = place.read_text(encoding="utf-8").splitlines() if place and place.exists() else []
    if place and process.returncode == 0:
        place.unlink(missing_ok=True)
    story = "\n".join(
        (f"monkey of seed {seed}, {minutes} min: {end}", said, "all its last actions:", *last[-_LAST:])
    )
    return Driven(process.returncode, said, story)
