"""What Windows is told: who we are before any window shows, and which ledgers were opened last."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize

from mingxi_desktop import paths
from mingxi_desktop.ui import app_setup, icons, taskbar


class Function:
    """A function of a library of Windows, as ctypes gives it."""

    def __init__(self, answer: object, called: list[Any]) -> None:
        self.answer, self.called = answer, called

    def __call__(self, *given: Any) -> object:
        self.called.append(given)
        return self.answer


class Shell:
    """shell32; place: what it makes of a path, 0 for one that it does not find."""

    def __init__(self, place: int) -> None:
        self.asked: list[Any] = []
        self.told: list[Any] = []
        self.freed: list[Any] = []
        self.ILCreateFromPathW = Function(place, self.asked)
        self.ILFree = Function(None, self.freed)

    def SHAddToRecentDocs(self, sort: int, given: Any) -> None:
        recent = ctypes.cast(given, ctypes.POINTER(taskbar._Recent)).contents
        self.told.append((sort, recent.place, recent.application))


def test_a_ledger_opened_goes_into_the_jump_list() -> None:
    shell = Shell(4711)
    taskbar.add_recent(shell, Path("D:/台账/2024.mxdb"))
    assert shell.asked == [(str(Path("D:/台账/2024.mxdb")),)]
    assert shell.told == [(5, 4711, taskbar.ID)]
    assert shell.freed == [(4711,)]


def test_what_the_shell_does_not_find_is_left_out() -> None:
    shell = Shell(0)
    taskbar.add_recent(shell, Path("D:/没有.mxdb"))
    assert shell.told == shell.freed == []


@pytest.mark.skipif(sys.platform != "win32", reason="asks Windows itself")
def test_windows_knows_us_and_a_demonstration_leaves_nothing(
    app: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    taskbar.introduce()
    name = ctypes.c_wchar_p()
    assert ctypes.windll.shell32.GetCurrentProcessExplicitAppUserModelID(ctypes.byref(name)) == 0
    assert name.value == taskbar.ID
    monkeypatch.setenv(paths.PORTABLE, "1")
    monkeypatch.setattr(taskbar, "add_recent", lambda *_: pytest.fail("left a trace"))
    taskbar.remember(Path("x.mxdb"))


def test_who_we_are_is_told_before_there_is_an_application(monkeypatch: pytest.MonkeyPatch) -> None:
    class StopHereError(Exception):
        """Nothing more is made."""

    def made(_: object) -> None:
        assert told == ["introduced"]
        raise StopHereError

    told: list[str] = []
    monkeypatch.setattr(taskbar, "introduce", lambda: told.append("introduced"))
    monkeypatch.setattr(app_setup.QApplication, "instance", lambda: None)
    monkeypatch.setattr(app_setup.QGuiApplication, "setHighDpiScaleFactorRoundingPolicy", lambda _: None)
    monkeypatch.setattr(app_setup.QApplication, "__new__", lambda _cls, given: made(given))
    with pytest.raises(StopHereError):
        app_setup.make_application(["mingxi"])


def test_the_windows_have_our_icon_in_all_sizes(app: Any) -> None:
    icon = app.windowIcon()
    assert {size.width() for size in icon.availableSizes()} >= {16, 20, 24, 32, 40, 48, 64, 128, 256}
    for size in (16, 32, 256):
        drawn = icon.pixmap(QSize(size, size)).toImage()
        assert drawn.size() == QSize(size, size)
        assert drawn.pixelColor(size // 2, size // 10).name() == "#1f5fbf"
    assert icon.cacheKey() == icons.of_program().cacheKey()
