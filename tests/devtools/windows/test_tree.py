"""The folder that is installed."""

from __future__ import annotations

import hashlib
import struct
import zipfile
from pathlib import Path

import pytest

from devtools import DevError
from devtools.environment import Environment
from devtools.windows import binaries, licences, tree


def library(*imports: str, machine: int = 0x8664) -> bytes:
    """A Windows library of one section that names these in its import table."""
    header, start = 0x80, 0x1000
    names = b"".join(name.encode("ascii") + b"\0" for name in imports)
    places, after = [], start + 20 * (len(imports) + 1)
    for name in imports:
        places.append(after)
        after += len(name) + 1
    table = b"".join(struct.pack("<5I", 0, 0, 0, place, 0) for place in places) + bytes(20) + names
    optional = struct.pack("<H", 0x20B) + bytes(110) + struct.pack("<4I", 0, 0, start, len(table))
    head = b"MZ" + bytes(0x3A) + struct.pack("<I", header) + bytes(header - 0x40)
    head += b"PE\0\0" + struct.pack("<HH12xHH", machine, 1, len(optional), 0) + optional
    head += struct.pack("<8s4I16x", b".rdata", len(table), start, len(table), 0x400)
    return head.ljust(0x400, b"\0") + table


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A tree with just the parts that none may be without."""
    for name in tree._PARTS:
        path = tmp_path / "tree" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(library("KERNEL32.dll") if path.suffix in (".dll", ".exe") else b"")
    return tmp_path / "tree"


def test_a_whole_tree_passes(built: Path) -> None:
    tree.check(built)


@pytest.mark.parametrize("name", ["icuuc.dll", "bcryptprimitives.dll", "mscms.dll", "UCRTBASE.dll"])
def test_nothing_of_the_prefix_for_tests_may_be_in_it(built: Path, name: str) -> None:
    (built / "python" / name).write_bytes(library())
    with pytest.raises(DevError, match=name.lower()):
        tree.check(built)


def test_a_missing_part_is_named(built: Path) -> None:
    (built / "site/PySide6/translations/qtbase_zh_CN.qm").unlink()
    with pytest.raises(DevError, match="qtbase_zh_CN"):
        tree.check(built)


def test_a_library_that_pruning_took_away_is_named(built: Path) -> None:
    (built / "site" / "a.pyd").write_bytes(library("python312.dll", "USER32.dll", "Qt6Qml.dll"))
    (built / "site" / "b.pyd").write_bytes(library(machine=0x14C))
    assert binaries.missing(built) == ["a.pyd asks for qt6qml.dll", "b.pyd is not for 64-bit Windows"]
    with pytest.raises(DevError, match=r"a\.pyd asks for qt6qml\.dll"):
        tree.check(built)


def test_a_program_that_is_not_as_packed_is_refused(built: Path) -> None:
    package = built / "site" / "mingxi_desktop"
    (package / "resources").mkdir()
    (package / "resources" / "files.sha256").write_text(f"{'0' * 64}  cover.py\n", encoding="utf-8")
    with pytest.raises(DevError, match=r"cover\.py"):
        tree.check(built)


def test_the_list_of_contents_is_in_order_and_has_the_compiled_files(tmp_path: Path) -> None:
    for name in ("site/b.py", "site/B.py", "a.txt", "site/__pycache__/b.pyc", tree.CONTENTS):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    found = tree.contents(tmp_path)
    assert list(found) == ["a.txt", "site/B.py", "site/__pycache__/b.pyc", "site/b.py"]
    assert found["a.txt"] == hashlib.sha256(b"a.txt").hexdigest()


def test_a_python_that_is_not_the_named_one_is_refused(env: Environment, tmp_path: Path) -> None:
    archive = tmp_path / "python.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("python313._pth", "")
    with pytest.raises(DevError, match="get it again"):
        tree.build(env, tmp_path / "tree", tmp_path / "a.whl", (archive, "0" * 64))
    right = hashlib.sha256(archive.read_bytes()).hexdigest()
    with pytest.raises(DevError, match=r"no embeddable Python 3\.12"):
        tree.build(env, tmp_path / "tree", tmp_path / "a.whl", (archive, right.upper()))


def test_a_part_without_a_licence_is_named(env: Environment, tmp_path: Path) -> None:
    (env.root / "LICENSE").touch()
    folder = tmp_path / "tree"
    for name in (
        "python/LICENSE.txt",
        "site/good-1.dist-info/licenses/LICENSE",
        "site/bad-2.dist-info/METADATA",
    ):
        (folder / name).parent.mkdir(parents=True)
        (folder / name).touch()
    with pytest.raises(DevError, match="no licence text for bad;"):
        licences.gather(env, folder)
    assert sorted(path.name for path in (folder / licences.FOLDER).iterdir()) == [
        "good-LICENSE", "mingxi_desktop.txt", "python.txt",
    ]  # fmt: skip


def test_qt_comes_with_the_licence_that_we_use_it_under(tmp_path: Path) -> None:
    folder = tmp_path / "tree"
    qt = folder / "site" / "pyside6_essentials-6.dist-info" / "licenses" / "LicenseRef-Qt-Commercial.txt"
    for path in (folder / "python" / "LICENSE.txt", qt):
        path.parent.mkdir(parents=True)
        path.touch()
    licences.gather(Environment(), folder)
    given = [path.name for path in (folder / licences.FOLDER).iterdir() if path.name.startswith("pyside6")]
    assert given == ["pyside6_essentials-LGPL-3.txt"]
