"""Delivered TOML is read as JSON the second time, and anew once it has changed."""

from __future__ import annotations

import datetime
import sys
import tomllib
from pathlib import Path

import pytest

from mingxi_desktop import paths, toml_files


@pytest.fixture(autouse=True)
def keeping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are read as TOML."""
    texts: list[str] = []
    real = tomllib.loads

    def loads(text: str) -> object:
        texts.append(text)
        return real(text)

    monkeypatch.setattr(tomllib, "loads", loads)
    return texts


def test_what_a_file_says_is_kept_until_it_changes(tmp_path: Path, parsed: list[str]) -> None:
    path = tmp_path / "list.toml"
    path.write_text('[[word]]\nname = "棉被"\nmany = [1, true, "两"]\n', encoding="utf-8")
    said = {"word": [{"name": "棉被", "many": [1, True, "两"]}]}
    assert [toml_files.read(path) for _ in range(3)] == [said] * 3
    assert len(parsed) == 1
    path.write_text('name = "帐篷"\n', encoding="utf-8")
    assert toml_files.read(path) == {"name": "帐篷"}
    assert len(parsed) == 2


@pytest.mark.parametrize("damage", [b"", b'{"a": 1', b"[]", b"0\n{}", b"\xff", b"changed"])
def test_what_is_kept_may_be_damaged_or_of_another_text(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "list.toml"
    path.write_text("a = 1\n", encoding="utf-8")
    toml_files.read(path)
    (kept,) = (tmp_path / "kept").rglob("*.json")
    kept.write_bytes(kept.read_bytes().replace(b"1}", b"2}") if damage == b"changed" else damage)
    assert toml_files.read(path) == {"a": 1}
    assert toml_files.read(path) == {"a": 1}


def test_dates_are_kept_too(tmp_path: Path, parsed: list[str]) -> None:
    path = tmp_path / "list.toml"
    path.write_text('[[off]]\ndays = [2024-06-09, 2024-06-10]\nday = "day"\n', encoding="utf-8")
    said = {"off": [{"days": [datetime.date(2024, 6, 9), datetime.date(2024, 6, 10)], "day": "day"}]}
    assert [toml_files.read(path) for _ in range(3)] == [said] * 3
    assert len(parsed) == 1


def test_times_and_folders_that_cannot_be_written_are_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text("moment = 2024-06-09T08:00:00\n", encoding="utf-8")
    assert toml_files.read(path) == toml_files.read(path)
    assert not list(tmp_path.rglob("*.json*"))
    (tmp_path / "kept").write_bytes(b"")  # where a folder is wanted
    path.write_text("a = 1\n", encoding="utf-8")
    assert toml_files.read(path) == {"a": 1}


def test_nothing_is_kept_where_python_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    path = tmp_path / "list.toml"
    path.write_text("a = 1\n", encoding="utf-8")
    assert toml_files.read(path) == {"a": 1}
    assert not list(tmp_path.rglob("*.json"))


def test_a_file_that_is_no_toml_says_so(tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text("a = \n", encoding="utf-8")
    with pytest.raises(tomllib.TOMLDecodeError):
        toml_files.read(path)
    with pytest.raises(FileNotFoundError):
        toml_files.read(tmp_path / "none.toml")


def test_every_delivered_file_is_the_same_when_it_is_kept() -> None:
    for path in sorted(paths.resources().rglob("*.toml")):
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        assert toml_files.read(path) == said
        assert toml_files.read(path) == said, path.name
