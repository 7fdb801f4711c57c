"""Nobody sits before the monkey's screen: every question is answered at random, every file lies in its folder."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QDrag

from mingxi_desktop.ui import ask, printing

_SHEETS = {
    "隐患.csv": "检查时间,乡镇,存在问题,发现数量,已整改\n2024-06-12,雪峰镇,疏散通道堵塞,3,3\n6.31,盖洋镇,灯损坏,1,0\n",
    "通讯录.csv": "花名,爱好\n甲,钓鱼\n",
    "坏的.xlsx": "这不是工作簿",
}


class Answers:
    """In place of `ask`, the printer and other programs.

    leaving: at the end nothing may keep the window open.
    """

    def __init__(self, chance: random.Random, folder: Path, bug: Callable[[str], None]) -> None:
        self._chance = chance
        self._folder = folder
        self._bug = bug
        self.leaving = False
        for name, text in _SHEETS.items():
            (folder / name).write_text(text, encoding="utf-8")
        self.put()

    def put(self) -> None:
        """Take the places of the functions."""
        chance = self._chance
        made: dict[str, Callable[..., Any]] = {
            "question": lambda *_, **__: chance.random() < 0.7,
            "save_changes": lambda *_, **__: self._leave(),
            "choose": lambda _t, _x, options, **__: chance.randrange(-1, len(options)),
            "show_error": lambda *_, **__: None,
            "show_message": lambda *_, **__: None,
            "show_bug": lambda error, *_, **__: self._bug(f"show_bug: {error!r}"),
            "open_files": lambda *_, **__: self.files(),
            "open_file": lambda *_, **__: next(iter(self.files()), None),
            "save_file": lambda _t, name, *_, **__: self._save(name),
            "folder": lambda *_, **__: chance.choice((None, self._folder)),
            "text": lambda *_, **__: chance.choice((None, "", "我的视图", "甲" * 60)),
        }
        for name, function in made.items():
            if hasattr(ask, name):
                setattr(ask, name, function)
        printing.choose = lambda *_, **__: None
        QDesktopServices.openUrl = staticmethod(lambda *_: True)
        QDrag.exec = lambda *_: Qt.DropAction.IgnoreAction

    def files(self) -> list[Path]:
        """A few of the files to read, sometimes none."""
        found = sorted(path for path in self._folder.glob("*.*") if path.is_file())
        return self._chance.sample(found, self._chance.randint(0, min(3, len(found))))

    def _leave(self) -> ask.Answer:
        return ask.Answer.DISCARD if self.leaving else self._chance.choice(list(ask.Answer))

    def _save(self, name: str) -> Path | None:
        if self._chance.random() < 0.3:
            return None
        suffix = Path(name).suffix or ".xlsx"
        return self._folder / f"存{self._chance.randrange(5)}{suffix}"
