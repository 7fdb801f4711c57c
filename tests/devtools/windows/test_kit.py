"""The offline kit and the portable program."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from devtools.environment import ROOT, Environment
from devtools.windows import kit
from devtools.windows.parts import Parts
from devtools.windows.tree import Tree

SCRIPTS = sorted((ROOT / "packaging" / "windows").glob("*.cmd"))


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    (tmp_path / "tree" / "python").mkdir(parents=True)
    (tmp_path / "tree" / "python" / "pythonw.exe").write_bytes(b"exe")
    (tmp_path / "tree" / "a.txt").write_bytes(b"a")
    return Tree(tmp_path / "tree", "1.2", released=True)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_command_files_are_plain(script: Path) -> None:
    text = script.read_text(encoding="ascii")
    assert "chcp" not in text
    assert "||" not in text
    assert text.startswith("@echo off\n")


def test_the_kit_has_all_wheels_and_their_hashes(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheels = [tmp_path / "peewee-4-py3-none-any.whl", tmp_path / "mingxi_desktop-1.2-py3-none-any.whl"]
    for wheel in wheels:
        wheel.write_bytes(wheel.name.encode())
    monkeypatch.setattr(Parts, "wheels", lambda *_: wheels[:1])
    made = kit.build(Environment(), tree, wheels[1], tmp_path)
    assert made.name == "mingxi-kit-1.2.zip"
    with zipfile.ZipFile(made) as archive:
        names = archive.namelist()
        assert names == [
            *("install.cmd", "start.cmd", "requirements.txt", "说明.txt"),
            *sorted(f"wheels/{wheel.name}" for wheel in wheels),
        ]
        required = archive.read("requirements.txt").decode("utf-8")
        assert b"\r\n" in archive.read("install.cmd")
        assert archive.read("说明.txt").decode("utf-8-sig").startswith("明溪应急台账")
    assert "mingxi_desktop==1.2 --hash=sha256:" in required
    assert "PySide6_Essentials".lower() in required


def test_the_portable_program_keeps_its_data_beside_it(tree: Tree, tmp_path: Path) -> None:
    made = kit.portable(Environment(), tree, tmp_path)
    with zipfile.ZipFile(made) as archive:
        command = archive.read(f"{kit.PORTABLE}/打开演示.cmd").decode("ascii")
        assert f"{kit.PORTABLE}/app/python/pythonw.exe" in archive.namelist()
    assert "set MINGXI_PORTABLE=1\r\n" in command
    assert '"MINGXI_DATA=%~dp0data"' in command
    assert r"%~dp0app\python\pythonw.exe" in command


def test_a_zip_shows_nothing_of_when_and_where_it_was_made(tree: Tree, tmp_path: Path) -> None:
    first = kit.portable(Environment(), tree, tmp_path).read_bytes()
    for path in tree.folder.rglob("*"):
        path.touch()
        path.chmod(0o700)
    assert kit.portable(Environment(), tree, tmp_path).read_bytes() == first
