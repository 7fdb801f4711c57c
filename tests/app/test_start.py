"""The window and its pictures are started with what the command line says."""

from __future__ import annotations

import os
import subprocess
import sys
import types
from pathlib import Path

import pytest

from mingxi_desktop.app import start
from mingxi_desktop.errors import UserError

from .conftest import Run


def stand_in(monkeypatch: pytest.MonkeyPatch, name: str, **functions: object) -> None:
    """A module of the interface, without the interface."""
    module = types.ModuleType(f"mingxi_desktop.ui.{name}")
    vars(module).update(functions)
    import mingxi_desktop.ui

    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(mingxi_desktop.ui, name, module, raising=False)


def test_the_window_gets_the_file_and_gives_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    stand_in(monkeypatch, "main", run=lambda db: opened.append(db) or 7)
    assert start.window(Path("a.mxdb")) == 7
    assert start.window(None) == 7
    assert opened == [Path("a.mxdb"), None]


def test_a_windows_that_is_too_old_is_told_before_qt_fails_on_it() -> None:
    start.refuse_old_windows(17763)
    with pytest.raises(UserError, match="太旧") as caught:
        start.refuse_old_windows(17134)
    assert "1809" in caught.value.detail


def test_pictures_need_no_screen(run: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "")

    def take(file: Path, folder: Path, scale: float, appearance: str, password: str) -> list[Path]:
        assert (file, scale, appearance, password) == (db, 1.5, "dark", "")
        assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
        return [folder / "概览.png"]

    stand_in(monkeypatch, "screens", take=take)
    out = tmp_path / "图"
    answer = run("screens", "-o", out, "--scale", "1.5", "--appearance", "dark", "--db", db, "--json")
    assert (answer.code, answer.json) == (0, [str(out / "概览.png")])
    assert out.is_dir()
    assert run("screens", "-o", out, "--scale", "9", "--db", db).code == 2
    assert run("screens", "-o", db, "--db", db).code == 1
    assert run("screens", "-o", out, "--db", tmp_path / "none.mxdb").code == 1


def test_pictures_at_several_scales_are_each_made_by_a_process_of_their_own(
    run: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def process(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(tuple(command[command.index("--scale") :]))
        folder = Path(command[command.index("-o") + 1])
        folder.mkdir(parents=True)
        (folder / "01-概览.png").touch()
        return subprocess.CompletedProcess(command, int("dark" in command), "", "台账被占用")

    monkeypatch.setattr(subprocess, "run", process)
    out = tmp_path / "图"
    answer = run("screens", "-o", out, "--scale", "1,1.5", "--db", db, "--json")
    assert answer.json == [str(out / folder / "01-概览.png") for folder in ("light-100", "light-150")]
    assert asked == [("--scale", scale, "--appearance", "light") for scale in ("1.0", "1.5")]
    failed = run("screens", "-o", tmp_path / "b", "--appearance", "both", "--db", db)
    assert failed.code == 1
    assert "台账被占用" in failed.err
    assert run("screens", "-o", out, "--scale", "1,9", "--db", db).code == 2
