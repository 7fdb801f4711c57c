"""检查数据完整性: everything that can be proved of the file, while the window goes on; it can be stopped."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import ask, waiting
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Priority


def verify(context: Context, window: QWidget) -> None:
    """Look through the whole file, note that it was done, and tell what was found."""

    def found(problems: list[str]) -> None:
        context.read(_note, problems, done=lambda _: tell(problems), owner=window)

    def tell(problems: list[str]) -> None:
        context.changed.emit(Changes("检查"))
        context.said.emit(
            f"检查完了，发现 {len(problems):,} 处问题" if problems else "检查完了，没有发现问题"
        )
        if problems:
            ask.show_message("发现问题", "\n".join(problems), parent=window)
        else:
            ask.show_message("没有发现问题", "文件、变更历史和每条记录都完好。", parent=window)

    waiting.beside(
        partial(context.worker.run, owner=window, priority=Priority.BESIDE),
        "正在检查数据完整性……", "不检查了", window, _look,
        done=found, tell=context.said.emit, stopped="检查停止了，没有查完",
    )  # fmt: skip


def _look(ledger: Ledger, **_: object) -> list[str]:
    return ledger.verify()


def _note(ledger: Ledger, problems: list[str]) -> None:
    from mingxi_desktop.ledger.todos import note_check

    note_check(ledger, problems)
