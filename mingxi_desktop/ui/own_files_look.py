"""The program's own files are looked through in the background after the start."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Priority

if TYPE_CHECKING:
    from mingxi_desktop.own_files import Checked

_AT_A_TIME = 0.05
"""Seconds of reading in one piece; whatever the clerk wants goes first in between."""
_TOLD = "program/told"
_MOST_NAMED = 5
_log = logging.getLogger(__name__)


class OwnFilesLook(QObject):
    """Begins by itself. What is wrong is told in a dialog once, and on the status line at every start."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._checking: Iterator[Checked | None] | None = None
        self._ask()

    def _ask(self) -> None:
        self._context.read(self._look, done=self._go_on, owner=self, priority=Priority.LAST)

    def _look(self, _ledger: Ledger) -> Checked | None:
        if self._checking is None:
            from mingxi_desktop import own_files

            self._checking = own_files.checking()
        end = time.monotonic() + _AT_A_TIME
        for found in self._checking:
            if found is not None or time.monotonic() > end:
                return found
        return None

    def _go_on(self, found: Checked | None) -> None:
        if found is None:
            self._ask()
            return
        problems = found.problems()
        told = "\n".join(problems)
        if not problems or told == self._context.settings.value(_TOLD, ""):
            if problems:
                self._context.said.emit("程序文件不完整，请重新安装程序（详见“帮助 → 关于”）")
            return
        self._context.settings.setValue(_TOLD, told)
        for problem in problems:
            _log.error("own files: %s", problem)
        more = "\n……" if len(problems) > _MOST_NAMED else ""
        ask.show_error(
            UserError(
                f"程序文件不完整，有 {len(problems)} 处与发布时不一致",
                "\n".join(problems[:_MOST_NAMED]) + more,
                "请重新安装程序。台账和备份不受影响。",
            )
        )
