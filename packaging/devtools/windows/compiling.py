"""All modules of the tree compiled before it is packed: the first start after an installation waits for none.

Done here and not by the setup program, because an office PC has less time, the portable program lies on a stick that
may be slow or write-protected, and what is compiled here stands in the list of contents with its hash. Python then
takes it as it is (unchecked): neither unpacking nor copying to a stick keeps the times of files exactly.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from devtools import DevError, quietly, say
from devtools.windows.parts import PYTHON, Parts
from devtools.windows.wine import NoWineError, Wine

_SECONDS = 1800
_IS_ONE = "import sys; sys.exit('.'.join(map(str, sys.version_info[:2])) != sys.argv[1])"
# Run in the tree. What the delivered TOML files say is kept in the same places (mingxi_desktop/toml_files.py).
_COMPILE = """
import pathlib, py_compile, sys
site = pathlib.Path("site")
as_it_is = py_compile.PycInvalidationMode.UNCHECKED_HASH
for path in sorted(site.rglob("*.py")):
    py_compile.compile(str(path), dfile=path.as_posix(), doraise=True, invalidation_mode=as_it_is)
sys.path.insert(0, str(site))
try:
    from mingxi_desktop import toml_files
except ImportError:  # an earlier version, packed to try the upgrade from it
    sys.exit()
for path in sorted((site / "mingxi_desktop" / "resources").rglob("*.toml")):
    toml_files.read(path)
"""
_PROGRAM = ("-I", "-X", "utf8", "-c", _COMPILE)
"""Isolated: whatever this shell says of compiled files is not about the tree."""


def compile_all(parts: Parts, tree: Path) -> None:
    """Compile all that lies in tree/site; DevError where one module cannot be, or nothing here can do it.

    What Python compiles is the same on every system, but another in each of its minor versions: it needs a Python of
    the tree's own, or else Wine.
    """
    say("compiling the program ...")
    python = _python(tree)
    if python is None:
        code, said = _under_wine(parts, tree)
    else:
        code, said = quietly([python, *_PROGRAM], cwd=tree)
    if code:
        raise DevError(f"the program could not be compiled:\n{said}")


def _python(tree: Path) -> str | None:
    """One that runs here and has the tree's minor version."""
    if os.name == "nt":
        return str(tree / "python" / "python.exe")
    for name in (sys.executable, shutil.which(f"python{PYTHON}")):
        if name and quietly([name, "-c", _IS_ONE, PYTHON])[0] == 0:
            return name
    return None


def _under_wine(parts: Parts, tree: Path) -> tuple[int, str]:
    wine = Wine(parts, parts.env.folder / "wine")
    try:
        wine.prepare()
        return wine.run([tree / "python" / "python.exe", *_PROGRAM], seconds=_SECONDS, cwd=tree)
    except NoWineError as error:
        raise DevError(f"python{PYTHON} is not there to compile with, nor is Wine: {error}") from error
    finally:
        wine.end()
