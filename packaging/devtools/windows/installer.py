"""The setup program, made with NSIS from packaging/windows/installer.nsi.

It puts the tree, whole, into the folder app of the folder that the user chose, and uninstall.exe beside it.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from devtools import DevError, libraries, quietly, say
from devtools.environment import Environment
from devtools.windows import drawing
from devtools.windows.tree import Tree

_MOST_SAID = 3000


def build(env: Environment, tree: Tree, folder: Path) -> Path:
    """mingxi-setup-X.Y.Z.exe of a tree, in `folder`.

    The version is that of `tree`, whatever lies in it. DevError where there is no NSIS or it refuses.
    """
    _provide()
    target = folder / f"mingxi-setup-{tree.name}.exe"
    say("packing the setup program (a minute or two) ...")
    with tempfile.TemporaryDirectory() as pictures:
        side, head = drawing.panels(env, Path(pictures))
        values = {
            "VERSION": tree.version,
            "MARK": tree.name.removeprefix(tree.version),
            "NUMBER": four_numbers(tree.version),
            "TREE": tree.folder.resolve(),
            "MEGABYTES": tree.size // 2**20 + 1,
            "SIDE": side,
            "HEAD": head,
            "TARGET": target.resolve(),
        }
        defined = [f"-D{name}={value}" for name, value in values.items()]
        script = env.root / "packaging" / "windows" / "installer.nsi"
        command: list[str | Path] = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defined, script]
        code, said = quietly(command, {"LC_ALL": "C.UTF-8"})
    if code:
        raise DevError(f"makensis refused:\n{said[-_MOST_SAID:]}")
    return target


def four_numbers(version: str) -> str:
    """A version as Windows wants it: four numbers; 1.2rc1 counts as 1.2, which may be installed over it."""
    released = re.match(r"\d+(?:\.\d+){0,3}", version)
    if released is None:
        raise DevError(f"{version} is no version.")
    numbers = released[0].split(".")
    return ".".join([*numbers, *["0"] * (4 - len(numbers))])


def _provide() -> None:
    """Have makensis: on Debian as root by apt-get, elsewhere by telling the command."""
    if shutil.which("makensis"):
        return
    if libraries.can_install():
        say("installing NSIS ...")
        libraries.install(["nsis"])
    if not shutil.which("makensis"):
        raise DevError(
            "makensis is not there. Have an administrator run:\n  apt-get update && apt-get install nsis\n"
            "(other systems have it as nsis, too) and start again."
        )
