"""Whether a ledger file is open somewhere: told before anybody is asked for a password, and before it is copied."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from mingxi_desktop.errors import UserError
from mingxi_desktop.storage import beside, sqlite
from mingxi_desktop.storage.store import open_ledgers

_HINT = "关闭另一个已打开本台账的窗口或程序，再试一次。"


def refuse_held(path: Path, hint: str = _HINT) -> None:
    """UserError while a window or another program has a ledger file open: what is read of it may be half of it."""
    held = path.resolve() in open_ledgers()
    with suppress(OSError):  # of a file that can only be read
        held |= beside.in_use(path)
    if held:
        raise UserError(sqlite.BUSY_TITLE, f"文件：{path}", hint)
