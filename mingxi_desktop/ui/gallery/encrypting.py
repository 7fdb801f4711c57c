"""Encryption: to turn it on, with it on, another recovery code, and the files that are still plain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mingxi_desktop.ui.dialogs.encryption import EncryptDialog, EncryptedDialog, LeftDialog, RenewDialog
from mingxi_desktop.ui.gallery.stage import Stage, View

_CODE = "E4SW-ZCQJ-BG1N-0WJK-SBZ4-N47X-EHVA"
_LEFT = [Path("D:/台账/备份/明溪应急台账-3f2a-00012-20240609-173000-9a8b7c6d-加密前.mxbak")]


def encryption(stage: Stage) -> Iterator[View]:
    """Each of its dialogs."""
    window, context = stage.window, stage.window.context
    yield from stage.dialog("加密", lambda: EncryptDialog(context, _CODE, window))
    yield from stage.dialog("加密-已加密", lambda: EncryptedDialog(context, window))
    yield from stage.dialog("加密-更换恢复码", lambda: RenewDialog(context, _CODE, window))
    yield from stage.dialog("加密-没有加密的文件", lambda: LeftDialog("台账已加密", _LEFT, window))
