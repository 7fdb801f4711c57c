"""Whether another program has a ledger file open: told before anybody is asked for a password."""

from __future__ import annotations

from pathlib import Path

from mingxi_desktop.errors import UserError
from mingxi_desktop.storage import beside, sqlite


def refuse_held(path: Path) -> None:
    """UserError, the same as opening it would give, where another program has the ledger file open."""
    if beside.in_use(path):
        raise UserError(sqlite.BUSY_TITLE, f"文件：{path}", "关闭另一个已打开本台账的窗口或程序，再试一次。")
