"""The window and its pictures are started with what the command line says."""

from __future__ import annotations

import os
import sys
import types
from pathlib import Path

import pytest

from mingxi_desktop.app import start

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


def test_pictures_need_no_screen(run: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "")

    def take(file: Path, folder: Path, scale: float) -> list[Path]:
        assert (file, scale, os.environ["QT_QPA_PLATFORM"]) == (db, 1.5, "offscreen")
        return [folder / "概览.png"]

    stand_in(monkeypatch, "screens", take=take)
    out = tmp_path / "图"
    answer = run("screens", "-o", out, "--scale", "1.5", "--db", db, "--json")
    assert (answer.code, answer.json) == (0, [str(out / "概览.png")])
    assert out.is_dir()
    assert run("screens", "-o", out, "--scale", "9", "--db", db).code == 2
    assert run("screens", "-o", db, "--db", db).code == 1
    assert run("screens", "-o", out, "--db", tmp_path / "none.mxdb").code == 1
