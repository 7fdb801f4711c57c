"""The folder that is installed: a Windows Python, the libraries, the program, the licences, the list of it all."""

from __future__ import annotations

import hashlib
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devtools import DevError, quietly, say
from devtools.environment import Environment
from devtools.windows import binaries, compiling, drawing, licences, pruning
from devtools.windows.parts import PYTHON, Parts
from mingxi_desktop import own_files

CONTENTS = "CONTENTS.sha256"
"""The list of all files of the tree with their hashes, in the form that sha256sum -c reads."""
ICON = "mingxi.ico"
_STEM = f"python{PYTHON.replace('.', '')}"
_PATHS = f"{_STEM}.zip\n.\n..\\site\n"
_COMMAND = '@echo off\n"%~dp0python\\python.exe" -m mingxi_desktop %*\n'
_UNNEEDED = ("winsound.pyd", "_msi.pyd", "_wmi.pyd", "python.cat")
_FOREIGN = frozenset({"icuuc.dll", "bcryptprimitives.dll", "mscms.dll", "ucrtbase.dll"})
"""What only the prefix for tests under Wine has, and no product may."""
_PARTS = (
    "python/pythonw.exe",
    f"python/{_STEM}.dll",
    f"python/{_STEM}.zip",
    "site/mingxi_desktop/__main__.py",
    "site/PySide6/plugins/platforms/qwindows.dll",
    "site/PySide6/translations/qtbase_zh_CN.qm",
)


@dataclass(frozen=True)
class Tree:
    """A built tree. released: whether its standard library came from the zip that was named with its hash."""

    folder: Path
    version: str
    released: bool

    @property
    def name(self) -> str:
        """What its files are called by: the version, and -dev where it is none to be released."""
        return self.version if self.released else f"{self.version}-dev"

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())


def build(env: Environment, target: Path, wheel: Path, library: tuple[Path, str] | None = None) -> Tree:
    """Make the tree anew in `target`, with the program from a wheel: see `own_wheel`.

    library: an official embeddable Python (zip) and its SHA-256, in place of the one from the package index, whose
    standard library nobody has signed; only such a tree may be released. DevError where something is not as listed.
    """
    parts = Parts(env)
    shutil.rmtree(target, ignore_errors=True)
    _python(parts.python() if library is None else _official(*library), target / "python")
    _site([*parts.wheels("runtime"), wheel], target / "site")
    (target / "mingxi.cmd").write_text(_COMMAND, encoding="ascii", newline="\r\n")
    drawing.icon(env, target / ICON)
    licences.gather(env, target)
    check(target)
    compiling.compile_all(parts, target)
    listed = "".join(f"{digest}  {name}\n" for name, digest in contents(target).items())
    (target / CONTENTS).write_text(listed, encoding="utf-8", newline="\n")
    return Tree(target, wheel.name.split("-")[1], library is not None)


def own_wheel(env: Environment, folder: Path, sources: Path | None = None) -> Path:
    """The program as a wheel, made anew in `folder`; the same bytes each time of the same files.

    sources: those of another version; None for the checkout's own.
    """
    shutil.rmtree(folder, ignore_errors=True)
    say("packing the program ...")
    pip: list[str | Path] = [env.python, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation"]
    code, said = quietly([*pip, "-w", folder, sources or env.root])
    if code:
        raise DevError(f"the wheel could not be built:\n{said}")
    (wheel,) = folder.glob("*.whl")
    return wheel


def contents(folder: Path) -> dict[str, str]:
    """Every file of a folder but its own list: path with / → SHA-256."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file() and path.name != CONTENTS:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            found[path.relative_to(folder).as_posix()] = digest
    return dict(sorted(found.items()))


def check(target: Path) -> None:
    """DevError where something lies in the tree that must not, a part is missing, or the program is not whole."""
    foreign = sorted({path.name.lower() for path in target.rglob("*")} & _FOREIGN)
    if foreign:
        raise DevError(f"{', '.join(foreign)} must not be in the program.")
    lost = [part for part in _PARTS if not (target / part).exists()]
    if lost:
        raise DevError(f"missing in the tree: {', '.join(lost)}.")
    unmet = binaries.missing(target)
    if unmet:
        raise DevError(f"the tree would not run: {'; '.join(unmet)}. See pruning.py and binaries.py.")
    program = own_files.check(target / "site" / "mingxi_desktop")
    if not program.sound:
        raise DevError(f"the program in the tree is not as packed: {program.sentence()}")


def _python(files: Mapping[str, bytes], folder: Path) -> None:
    if f"{_STEM}._pth" not in files:
        raise DevError(f"this is no embeddable Python {PYTHON} for Windows.")
    folder.mkdir(parents=True)
    for name, data in files.items():
        if name not in _UNNEEDED:
            (folder / name).write_bytes(data)
    (folder / f"{_STEM}._pth").write_text(_PATHS, encoding="ascii", newline="\r\n")


def _official(archive: Path, digest: str) -> dict[str, bytes]:
    data = archive.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != digest.lower():
        raise DevError(f"{archive} has the hash {found}, not {digest}; get it again.")
    with zipfile.ZipFile(archive) as embedded:
        return {one.filename: embedded.read(one) for one in embedded.infolist() if not one.is_dir()}


def _site(wheels: list[Path], folder: Path) -> None:
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            there = {_installed(name): name for name in archive.namelist() if not name.endswith("/")}
            for name in pruning.kept(filter(None, there)):
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(archive.read(there[name]))


def _installed(name: str) -> str:
    """Where a file of a wheel goes in site-packages; "" for nowhere."""
    head, _, rest = name.partition("/")
    if not head.endswith(".data"):
        return name
    scheme, _, inside = rest.partition("/")
    return inside if scheme in ("purelib", "platlib") else ""
