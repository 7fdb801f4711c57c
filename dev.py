#!/usr/bin/env python3
"""Set up, run, test: the two commands of a checkout. Needs Python 3.11 and nothing else.

    python3 dev.py run ARGS...    the program with these arguments; without any, its window
    python3 dev.py test           all checks and all tests
    python3 dev.py test ARGS...   only pytest, with these arguments
    python3 dev.py test --safety  the long proofs that no record is lost, and the numbers they reached
                                  (--kills 1000, --cuts 600, --tries 300, --minutes 2, --seed 1;
                                  see tests/safety/README.md)
    python3 dev.py bench          how fast it is beside others, in tables; or some blocks: bench window imports
                                  (--rows 100000, --runs 3, --write, --blame; see tests/bench/README.md)
    python3 dev.py check          only the checks; with ARGS some of them: style format layers types forms
    python3 dev.py forms          compile forms/*.ui after drawing in Qt Designer
    python3 dev.py readings       write resources/pinyin anew from the pypinyin installed
    python3 dev.py map            draw packaging/developers/house.svg anew: the parts of the program, what imports what
    python3 dev.py wheel          build the wheel into dist/
    python3 dev.py windows build  the Windows program: setup program and offline kit, into dist/windows/
    python3 dev.py windows test   all tests and the setup program tried under Wine
    python3 dev.py windows lock   write packaging/windows/*.lock anew from the versions tested with
    python3 dev.py help           this text

Each does all the set-up it needs first. On Windows: py dev.py run
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if sys.version_info < (3, 11):  # noqa: UP036 - this is the sentence for whoever has an older one
    sys.exit(
        f"dev.py needs Python 3.11 or newer; this is {sys.version.split()[0]}. Start it with a newer one."
    )

sys.path.insert(0, str(Path(__file__).resolve().parent / "packaging"))

from devtools import DevError, bench, checks, forms, libraries, safety, say, showcase
from devtools.environment import Environment

if TYPE_CHECKING:
    from collections.abc import Callable


def run(env: Environment, arguments: list[str]) -> int:
    """The program, with its own exit code; without a display and without arguments, the showcase."""
    if not libraries.has_display():
        if not arguments:
            return showcase.run(env, Path("out").resolve())
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # The editable install already leads here, but not where Windows reads a path with Chinese in it wrongly.
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(env.root), os.environ.get("PYTHONPATH")]))
    # Compiled once, out of the way of the sources: a start takes half as long then.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ.setdefault("PYTHONPYCACHEPREFIX", str(env.folder / "compiled"))
    command = [str(env.python), "-m", "mingxi_desktop", *arguments]
    if os.name == "nt":  # its exec would return to the shell before the program ends
        return subprocess.run(command, check=False).returncode
    return _become(command)


def test(env: Environment, arguments: list[str]) -> int:
    """All checks, then all tests; with arguments only pytest, or the long proofs."""
    if arguments[:1] == ["--safety"]:
        return safety.run(env, arguments[1:])
    failed = [] if arguments else [check.name for check in checks.run(env) if not check.passed]
    code = checks.pytest(env, arguments)
    if failed:
        say(f"checks failed: {', '.join(failed)}")
    return code or int(bool(failed))


def check(env: Environment, arguments: list[str]) -> int:
    """The checks alone; with arguments some of them."""
    return int(not all(outcome.passed for outcome in checks.run(env, arguments)))


def compile_forms(env: Environment, _: list[str]) -> int:
    """The drawn forms as Python."""
    forms.write(env)
    return 0


def readings(env: Environment, _: list[str]) -> int:
    """The pinyin that records are found by."""
    return _within(env, "readings")


def draw_map(env: Environment, _: list[str]) -> int:
    """The picture of the house in CONTRIBUTING."""
    return _within(env, "house")


def wheel(env: Environment, _: list[str]) -> int:
    """The package as one file for pip."""
    pip: list[str | Path] = [env.python, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation"]
    return subprocess.run([*pip, "-w", "dist", "."], cwd=env.root, check=False).returncode


def windows(env: Environment, arguments: list[str]) -> int:
    """The Windows program, built and tried."""
    from devtools.windows import verbs

    return verbs.run(env, arguments)


VERBS: dict[str, Callable[[Environment, list[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench.run,
    "forms": compile_forms,
    "readings": readings,
    "map": draw_map,
    "wheel": wheel,
    "windows": windows,
}


def main(arguments: list[str]) -> int:
    """Do what the first argument says; returns the exit code (2 for an unknown verb)."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if verb in ("help", "-h", "--help"):
        print(__doc__)
        return 0
    if verb not in VERBS:
        say(f"dev.py knows no {verb!r}.\n{__doc__}")
        return 2
    env = Environment()
    try:
        env.set_up()
        return VERBS[verb](env, rest)
    except DevError as error:
        say(f"dev.py: {error}")
        return 1
    except KeyboardInterrupt:
        return 130


def _within(env: Environment, module: str) -> int:
    """A module of devtools in the environment's own Python, which has the packages; its exit code."""
    command: list[str | Path] = [env.python, "-m", f"devtools.{module}"]
    return subprocess.run(command, cwd=env.root / "packaging", check=False).returncode


def _become(command: list[str]) -> NoReturn:
    sys.stdout.flush()
    os.execv(command[0], command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
