"""Everything in one file: the package for a successor, and the readable workbook.  Made beside the clerk's work."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from mingxi_desktop.errors import disk_reason
from mingxi_desktop.ledger import Ledger, encrypting, placing, whole_book
from mingxi_desktop.ledger.safekeeping import handing_over, handover
from mingxi_desktop.ledger.safekeeping.backups import Draft
from mingxi_desktop.ledger.safekeeping.handing_over import Handed
from mingxi_desktop.ui import ask, waiting
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Priority
from mingxi_desktop.ui.keeper import Keeper

_ZIP = f"交接包 (*{handover.SUFFIX})"
_BOOK = f"表格 (*{whole_book.SUFFIX})"


def hand_over(context: Context, window: QWidget) -> None:
    """Ask where, and make the package for a successor."""
    name = f"{context.path.stem}-交接包{datetime.date.today():%Y%m%d}{handover.SUFFIX}"
    target = ask.save_file("制作交接包", name, _ZIP, parent=window)
    if target is None:
        return

    def done(made: Handed) -> None:
        context.said.emit(f"交接包已做好：{made.path.name}")
        context.read(
            _leave, made.path, done=lambda encrypted: _tell(window, made, encrypted=encrypted), owner=window
        )

    context.said.emit("正在做交接包，可以继续录入……")
    # One that has the name already goes when the new one is whole, and not before.
    begun = _beside(context, window, target, done)
    context.read(_begin, placing.free(target), done=begun, owner=window, priority=Priority.LONG)


def export_all(context: Context, window: QWidget) -> None:
    """Ask where, and write all ledgers into one workbook."""
    name = f"{context.path.stem}-全部台账{datetime.date.today():%Y%m%d}{whole_book.SUFFIX}"
    target = ask.save_file("导出全部台账", name, _BOOK, parent=window)
    if target is None:
        return

    def done(records: int) -> None:
        context.said.emit(f"已导出全部台账 {records:,} 条：{target.name}。个人信息是完整的，注意保管")

    run = partial(context.worker.run, owner=window, priority=Priority.LONG)
    waiting.beside(
        run, "正在导出全部台账……", "不导出了", window, _write_book, target,
        done=done, tell=context.said.emit, stopped="全部台账没有导出",
    )  # fmt: skip


def _beside(
    context: Context, window: QWidget, target: Path, done: Callable[[Handed], object]
) -> Callable[[Draft], None]:
    """Go on with a draft on the keeper's thread; how far it is can be seen, and it can be stopped."""

    def go_on(draft: Draft) -> None:
        keeper = context.findChild(Keeper) or Keeper(context)
        waiting.beside(
            keeper.aside, "正在做交接包，可以继续录入……", "不做交接包了", window, _make, draft, target,
            done=done, tell=context.said.emit, stopped="交接包没有做",
        )  # fmt: skip

    return go_on


def _begin(ledger: Ledger, target: Path) -> Draft:
    return handing_over.begin(ledger.backups, target)


def _make(_: object, draft: Draft, target: Path, progress: Callable[[int, int], None]) -> Handed:
    made = handing_over.make(draft, progress)
    if made.path == target:
        return made
    try:
        placing.settle(made.path, target)
    except OSError as error:
        kept = f"同名的旧文件换不掉（{disk_reason(error)}），新的放在它旁边"
        return replace(made, warnings=(*made.warnings, kept))
    return replace(made, path=target)


def _write_book(ledger: Ledger, target: Path, progress: Callable[[int, int], None]) -> int:
    return whole_book.export(ledger, target, progress)


def _leave(ledger: Ledger, target: Path) -> bool:
    """Note that it left the house; whether the ledger in it is encrypted."""
    left = whole_book.leaving(ledger, "交接包", target)
    ledger.remarks.leave(left, take_back=lambda: target.unlink(missing_ok=True))
    return encrypting.is_on(ledger)


def _tell(window: QWidget, made: Handed, *, encrypted: bool) -> None:
    inside = "里面有全部记录、佐证材料、变更历史和不装程序也能看的表格与总结。"
    if encrypted:
        inside = (
            "里面有全部记录、佐证材料、变更历史和年度总结。台账是加密的，打开要输入口令，请当面告诉接手的人；"
            "不装程序也能看的表格没有放进去。"
        )
    more = "\n".join(("", "", *made.warnings)) if made.warnings else ""
    ask.show_message(
        "交接包已做好",
        f"{made.path}\n\n{inside}"
        "接手的人装好程序，在开始窗口点“从备份恢复”选这个文件就能接着用。"
        f"电话、身份证号等个人信息是完整的，注意保管；已记入导出登记。{more}",
        parent=window,
    )
