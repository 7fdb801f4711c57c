"""A damaged program tells so once, and reminds of it at each start."""

from __future__ import annotations

from mingxi_desktop import own_files
from mingxi_desktop.ui.own_files_look import OwnFilesLook


def test_a_damaged_program_is_told_once(real, settle, told, monkeypatch) -> None:
    said: list[str] = []
    real.said.connect(said.append)
    monkeypatch.setattr(
        own_files, "checking", lambda: iter([None, own_files.Checked(2, missing=("<b>logs.py",))])
    )
    OwnFilesLook(real)
    settle()
    (error,) = told
    assert "<b>logs.py" in error.detail
    assert "重新安装" in error.hint
    OwnFilesLook(real)
    settle()
    assert told == [error]
    assert len(said) == 1


def test_a_sound_program_says_nothing(real, settle, told) -> None:
    OwnFilesLook(real)
    settle()
    assert not told
