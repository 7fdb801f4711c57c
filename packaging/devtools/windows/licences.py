"""The licences of all parts, gathered in one folder of the tree."""

from __future__ import annotations

import shutil
from pathlib import Path

from devtools import DevError
from devtools.environment import Environment

FOLDER = "licences"
_WORDS = ("licen", "copying", "notice", "authors")
_NOT_OURS = ("LicenseRef-Qt-Commercial.txt",)
"""We use Qt under the LGPL, whose text its wheels leave out."""


def gather(env: Environment, tree: Path) -> None:
    """Copy every part's own licence, and what packaging/windows/licences/NAME*.txt adds to it.

    DevError naming the parts that have neither.
    """
    target = tree / FOLDER
    target.mkdir()
    shutil.copyfile(env.root / "LICENSE", target / "mingxi_desktop.txt")
    shutil.copyfile(tree / "python" / "LICENSE.txt", target / "python.txt")
    without = []
    for folder in sorted((tree / "site").glob("*.dist-info")):
        name = folder.name.split("-")[0]
        if name == "mingxi_desktop":
            continue
        added = sorted((env.root / "packaging" / "windows" / FOLDER).glob(f"{name}*.txt"))
        own = [path for path in sorted(folder.rglob("*")) if path.is_file() and _is_licence(path, folder)]
        for path in own:
            inside = "-".join(path.relative_to(folder).parts).removeprefix("licenses-")
            shutil.copyfile(path, target / f"{name}-{inside}")
        for path in added:
            shutil.copyfile(path, target / path.name)
        if not own and not added:
            without.append(name)
    if without:
        raise DevError(f"no licence text for {', '.join(without)}; put it into packaging/windows/{FOLDER}/.")


def _is_licence(path: Path, folder: Path) -> bool:
    if path.name in ("METADATA", "RECORD", *_NOT_OURS):
        return False
    return any(word in path.relative_to(folder).as_posix().lower() for word in _WORDS)
