"""How fast the program is beside others: the benchmark of tests/bench, in the environment of the checkout."""

from __future__ import annotations

import subprocess

from devtools.environment import Environment


def run(env: Environment, arguments: list[str]) -> int:
    """Run the blocks named, or all; the arguments are those of `tests.bench.command`."""
    command = [str(env.python), "-m", "tests.bench", *arguments]
    return subprocess.run(command, cwd=env.root, check=False).returncode
