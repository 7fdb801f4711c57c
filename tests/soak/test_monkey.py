"""Twenty seconds of the monkey: only by pytest -m soak."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.soak

_ROOT = Path(__file__).parents[2]


@pytest.mark.timeout(300)
def test_the_monkey_breaks_nothing(tmp_path) -> None:
    """In a process of its own: it takes the place of everything that asks the user."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.soak.monkey", "--minutes", "0.34", "--seed", "1"],
        cwd=_ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
