"""The two zip files beside the setup program: the offline kit for PCs that have a Python, and the portable program.

mingxi-kit-X.Y.Z.zip       wheels, their list with hashes, install.cmd
mingxi-portable-X.Y.Z.zip  the tree in a folder, and a command that starts it from a USB stick
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

from devtools.environment import Environment
from devtools.windows.parts import Parts, locked, locked_in
from devtools.windows.tree import Tree

PORTABLE = "明溪应急台账-便携版"
"""The one folder in the portable zip."""
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def build(env: Environment, tree: Tree, wheel: Path, folder: Path) -> Path:
    """mingxi-kit-X.Y.Z.zip; the same bytes each time of the same parts."""
    parts = Parts(env)
    wheels = [*parts.wheels("runtime"), wheel]
    listed = "".join(f"{line}\n" for line in [*locked_in(parts.lists / "runtime.lock"), locked(wheel)])
    files = [
        (f"wheels/{path.name}", path.read_bytes()) for path in sorted(wheels, key=lambda path: path.name)
    ]
    return packed(
        folder / f"mingxi-kit-{tree.name}.zip",
        [
            *(("install.cmd", _lines(parts, "install.cmd")), ("start.cmd", _lines(parts, "start.cmd"))),
            *(("requirements.txt", listed.encode("utf-8")), ("说明.txt", _lines(parts, "kit.txt"))),
            *files,
        ],
        zipfile.ZIP_STORED,  # wheels are compressed already
    )


def portable(env: Environment, tree: Tree, folder: Path) -> Path:
    """mingxi-portable-X.Y.Z.zip; the same bytes each time of the same tree."""
    parts = Parts(env)
    files = sorted(path for path in tree.folder.rglob("*") if path.is_file())
    return packed(
        folder / f"mingxi-portable-{tree.name}.zip",
        [
            (f"{PORTABLE}/打开演示.cmd", _lines(parts, "portable.cmd")),
            (f"{PORTABLE}/说明.txt", _lines(parts, "portable.txt")),
            *((f"{PORTABLE}/app/{path.relative_to(tree.folder).as_posix()}", path) for path in files),
        ],
        zipfile.ZIP_DEFLATED,
    )


def packed(target: Path, files: Iterable[tuple[str, bytes | Path]], method: int) -> Path:
    """A zip of (name in it, content or file), in this order and with no trace of when and where it was made."""
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.create_system, entry.external_attr = 0, 0  # as from Windows: no rights of this machine
            data = content if isinstance(content, bytes) else content.read_bytes()
            archive.writestr(entry, data, method)
    return target


def _lines(parts: Parts, name: str) -> bytes:
    r"""A text of packaging/windows as Windows reads it: \r\n, and a mark before what is not ASCII."""
    text = (parts.lists / name).read_text(encoding="utf-8").replace("\n", "\r\n")
    return text.encode("ascii" if name.endswith(".cmd") else "utf-8-sig")
