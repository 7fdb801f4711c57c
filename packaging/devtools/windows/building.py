"""The Windows program made: the tree, the setup program, the offline kit and the portable program."""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import NamedTuple

from devtools import say
from devtools.environment import Environment
from devtools.windows import installer, kit, tree

OUTPUT = Path("dist") / "windows"
_NOT_RELEASED = """\
-dev: not to be given to users. The standard library of this Python comes from the package index and nobody has signed
it. For a release get the embeddable package (64-bit) of Python 3.12 from python.org and the hash published there:
  python3 dev.py windows build --python-zip FILE --sha256 HEX"""


class Program(NamedTuple):
    """The tree, and the setup program that brings it."""

    tree: tree.Tree
    setup: Path


class Made(NamedTuple):
    """What a build makes."""

    program: Program
    kit: Path
    portable: Path


def make(env: Environment, library: tuple[Path, str] | None = None) -> Made:
    """All of it in dist/windows, which is emptied before; library: see tree.build."""
    started = time.monotonic()
    folder = env.root / OUTPUT
    shutil.rmtree(folder, ignore_errors=True)
    wheel = tree.own_wheel(env, folder / "wheel")
    program = pack(env, folder, wheel, library)
    built = program.tree
    shutil.copyfile(built.folder / tree.CONTENTS, folder / tree.CONTENTS)
    made = Made(program, kit.build(env, built, wheel, folder), kit.portable(env, built, folder))
    say(f"{folder}:")
    say(
        f"  {'tree':<34} {_megabytes(built.size)}  {len(tree.contents(built.folder))} files, see {tree.CONTENTS}"
    )
    for path in (program.setup, made.kit, made.portable):
        say(f"  {path.name:<34} {_megabytes(path.stat().st_size)}")
    if not built.released:
        say(_NOT_RELEASED)
    say(f"made in {time.monotonic() - started:.0f} s")
    return made


def pack(env: Environment, folder: Path, wheel: Path, library: tuple[Path, str] | None = None) -> Program:
    """The tree of a wheel in folder/tree, and its setup program in the folder; library: see tree.build."""
    built = tree.build(env, folder / "tree", wheel, library)
    return Program(built, installer.build(env, built, folder))


def _megabytes(size: int) -> str:
    return f"{size / 2**20:6.1f} MB"
