from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from mingxi_desktop import scratch


def test_temporary_files_lie_in_the_data_folder_and_go(tmp_home: Path) -> None:
    before = tempfile.gettempdir()
    with scratch.own_folder():
        with tempfile.NamedTemporaryFile(delete=False) as file:
            file.write("张三".encode())
        assert Path(file.name).is_relative_to(tmp_home)
        if os.name == "posix":
            assert not tmp_home.stat().st_mode & 0o077
    assert tempfile.gettempdir() == before
    assert not Path(file.name).exists()
    assert list((tmp_home / "temp").iterdir()) == []


def test_what_a_killed_run_left_goes_and_what_a_running_one_needs_stays(tmp_home: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        left = tmp_home / "temp" / f"{ended.pid}-abc"
        running = tmp_home / "temp" / f"{other.pid}-abc"
        for folder in (left, running, tmp_home / "temp" / "mine"):
            folder.mkdir(parents=True)
            (folder / "sheet1.xml").write_text("张三", encoding="utf-8")
        with scratch.own_folder():
            assert not left.exists()
            assert running.exists()
            assert (tmp_home / "temp" / "mine").exists()
        other.communicate(b"\n")


def test_without_a_data_folder_the_systems_place_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("MINGXI_DATA", str(tmp_path / "file"))
    before = tempfile.gettempdir()
    with scratch.own_folder():
        assert tempfile.gettempdir() == before
