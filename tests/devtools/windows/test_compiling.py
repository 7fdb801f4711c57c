"""All of the tree compiled when it is packed, so that a first start compiles nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import cache_from_source
from pathlib import Path

import pytest

from devtools import DevError
from devtools.environment import Environment
from devtools.windows import compiling
from devtools.windows.parts import Parts
from devtools.windows.wine import NoWineError, Wine
from mingxi_desktop import toml_files

_UNCHECKED = b"\1\0\0\0"
"""Flags of a compiled file whose source nobody looks at."""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tree of a few modules and what this Python can compile, in a shell that wants no compiled files."""
    package = tmp_path / "tree" / "site" / "mingxi_desktop"
    (package / "resources" / "lists").mkdir(parents=True)
    (package / "__init__.py").touch()
    shutil.copyfile(toml_files.__file__, package / "toml_files.py")
    (package / "resources" / "lists" / "a.toml").write_text('word = "隐患"\n', encoding="utf-8")
    (package.parent / "other" / "inner").mkdir(parents=True)
    (package.parent / "other" / "inner" / "deep.py").write_text("VALUE = 1\n", encoding="utf-8")
    monkeypatch.setattr(compiling, "PYTHON", f"{sys.version_info.major}.{sys.version_info.minor}")
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path / "elsewhere"))
    return tmp_path / "tree"


def compiled(path: Path) -> Path:
    """Where what Python compiled of a module lies, beside it."""
    return path.parent / "__pycache__" / Path(cache_from_source(path.name)).name


def test_nothing_is_left_to_compile(tree: Path, env: Environment) -> None:
    compiling.compile_all(Parts(env), tree)
    modules = list((tree / "site").rglob("*.py"))
    assert len(modules) == 3
    assert all(compiled(one).read_bytes()[4:8] == _UNCHECKED for one in modules)
    kept = (tree / "site/mingxi_desktop/resources/lists/__pycache__").glob("a.*.json")
    assert [one.read_text(encoding="utf-8").split("\n", 1)[1] for one in kept] == ['{"word": "隐患"}']


def test_what_is_compiled_holds_whatever_times_the_files_get(tree: Path, env: Environment) -> None:
    compiling.compile_all(Parts(env), tree)
    deep = tree / "site" / "other" / "inner" / "deep.py"
    before = compiled(deep).read_bytes()
    deep.write_text("VALUE = 22\n", encoding="utf-8")
    program = "import sys; sys.path[:0] = ['site']; import other.inner.deep as deep; print(deep.VALUE)"
    asked = [sys.executable, "-I", "-c", program]
    assert subprocess.run(asked, cwd=tree, capture_output=True, check=True).stdout.split() == [b"1"]
    assert compiled(deep).read_bytes() == before


def test_the_same_tree_is_compiled_to_the_same_bytes(tree: Path, env: Environment) -> None:
    def bytes_of() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in tree.rglob("__pycache__/*")}

    compiling.compile_all(Parts(env), tree)
    first = bytes_of()
    compiling.compile_all(Parts(env), tree)
    assert len(first) == 4
    assert bytes_of() == first
    assert not any(str(tree).encode() in content for content in first.values())


def test_a_version_that_keeps_nothing_of_its_definitions_is_compiled_too(
    tree: Path, env: Environment
) -> None:
    keeping = tree / "site" / "mingxi_desktop" / "toml_files.py"
    keeping.unlink()
    compiling.compile_all(Parts(env), tree)
    assert compiled(tree / "site" / "other" / "inner" / "deep.py").exists()


def test_a_module_that_cannot_be_compiled_is_named(tree: Path, env: Environment) -> None:
    (tree / "site" / "wrong.py").write_text("def (:\n", encoding="utf-8")
    with pytest.raises(DevError, match=r"wrong\.py"):
        compiling.compile_all(Parts(env), tree)


def test_a_python_of_another_version_compiles_nothing(
    tree: Path, env: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Wine) -> None:
        raise NoWineError("wine is not there")

    monkeypatch.setattr(compiling, "PYTHON", "3.9")
    monkeypatch.setattr(compiling.shutil, "which", lambda _: sys.executable)
    monkeypatch.setattr(Wine, "prepare", refuse)
    monkeypatch.setenv("PATH", str(tree))  # no Wine, whatever this machine has
    with pytest.raises(DevError, match=r"python3\.9 is not there .* wine is not there"):
        compiling.compile_all(Parts(env), tree)
    assert not list(tree.rglob("__pycache__"))
