"""dev.py windows test: all tests with Windows Python under Wine, and the setup program's whole life there."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from devtools import DevError, say
from devtools.environment import Environment
from devtools.windows import building, journey, lifecycle, previous, suite, tree
from devtools.windows.installed import Installed, expect
from devtools.windows.parts import Parts
from devtools.windows.wine import NoWineError, Wine

_SKIPPED = """
======================================================================
  NOT TRIED: no Windows program could be run on this machine.
  {}
  Nothing is said about Windows by this run.
======================================================================"""


def run(env: Environment) -> int:
    """0 when all went well, or when there is no Wine to be had, which is said loudly; else 1."""
    started = time.monotonic()
    wine = Wine(Parts(env), env.folder / "wine")
    try:
        wine.prepare()
    except NoWineError as error:
        say(_SKIPPED.format(error))
        return 0
    try:
        return int(not _all(env, wine))
    finally:
        wine.end()
        say(f"windows test: {time.monotonic() - started:.0f} s in all")


def _all(env: Environment, wine: Wine) -> bool:
    """Each part, also after one that failed; whether all went well."""
    made = _program(env)
    installed = Installed(wine)
    parts: tuple[tuple[str, Callable[[], None]], ...] = (
        ("all tests", lambda: _tests(wine, made, env)),
        ("life of an installation", lambda: _life(env, installed, made)),
        ("the clerk's main job", lambda: _job(env, installed, made.setup)),
    )
    failed = []
    for name, part in parts:
        say(
            f"\n{name}, under {wine.version()} with Windows CPython {suite.python_version(wine, made.tree.folder)}:"
        )
        began = time.monotonic()
        try:
            part()
        except (DevError, TimeoutError) as error:
            failed.append(name)
            say(f"  FAILED: {error}")
        say(f"  ({time.monotonic() - began:.0f} s)")
    if failed:
        say(f"\nwindows test failed: {', '.join(failed)}")
    return not failed


def _program(env: Environment) -> building.Program:
    """The program of this checkout, packed anew only where it or its parts are others than last time."""
    folder = env.folder / "windows" / "trial"
    wheel = tree.own_wheel(env, folder / "wheel")
    makers = [*Path(__file__).parent.glob("*.py"), *(env.root / "packaging" / "windows").rglob("*")]
    made_of = [wheel, *(path for path in sorted(makers) if path.is_file())]
    mark = hashlib.sha256(b"".join(path.read_bytes() for path in made_of)).hexdigest()
    stamp, setups = folder / "packed-of.txt", list(folder.glob("mingxi-setup-*.exe"))
    if setups and stamp.exists() and stamp.read_text(encoding="ascii") == mark:
        return building.Program(
            tree.Tree(folder / "tree", wheel.name.split("-")[1], released=False), setups[0]
        )
    stamp.unlink(missing_ok=True)
    program = building.pack(env, folder, wheel)
    stamp.write_text(mark, encoding="ascii")
    return program


def _tests(wine: Wine, made: building.Program, env: Environment) -> None:
    figures = suite.run(wine, made.tree.folder, env.root)
    say(str(figures))
    expect(not figures.failed, f"{len(figures.failed)} tests failed")


def _life(env: Environment, installed: Installed, made: building.Program) -> None:
    shutil.rmtree(installed.documents / "升级", ignore_errors=True)
    lifecycle.go(installed, made.setup, made.tree.version, _before(env))


def _before(env: Environment) -> Path | None:
    """The setup program of the version before, packed of the same libraries; None, said loudly, without its commit."""
    folder = env.folder / "windows" / f"before-{previous.COMMIT[:12]}"
    there = list(folder.glob("mingxi-setup-*.exe"))
    if there:
        return there[0]
    try:
        sources = previous.checkout(env, folder / "sources")
    except previous.NoPreviousError as error:
        say(f"  NOT TRIED: the upgrade. {error}")
        return None
    say("  packing the version before (once) ...")
    wheel = tree.own_wheel(env, folder / "wheel", sources)
    return building.pack(env, folder, wheel).setup


def _job(env: Environment, installed: Installed, setup: Path) -> None:
    shutil.rmtree(installed.documents / "年度", ignore_errors=True)
    lifecycle.install(installed, setup)
    journey.go(env, installed, env.root / building.OUTPUT)
    lifecycle.take_off(installed)
