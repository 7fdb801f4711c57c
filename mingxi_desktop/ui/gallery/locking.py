"""The password: asked for before a ledger opens, set in its dialog, asked for again by a locked window."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.errors import PasswordError
from mingxi_desktop.ui.cover import TITLE, Cover
from mingxi_desktop.ui.dialogs.exported import ExportedDialog
from mingxi_desktop.ui.dialogs.password import PasswordDialog
from mingxi_desktop.ui.dialogs.unlock import UnlockDialog
from mingxi_desktop.ui.gallery.stage import Stage, View
from mingxi_desktop.ui.jobs import Worker
from mingxi_desktop.ui.waiting import NoLedger

_WANTED = PasswordError("打开这份台账要输入口令", "", "忘记了口令，看手册“口令和锁定”；文件没有被改动。")


def locking(stage: Stage) -> Iterator[View]:
    """The dialogs, and what lies over the window."""
    window, context = stage.window, stage.window.context
    yield from stage.dialog("口令和锁定", lambda: PasswordDialog(context, window))
    yield from stage.dialog(
        "打开口令", lambda: UnlockDialog(context.path, lambda _: Worker(NoLedger), _WANTED, window)
    )
    yield from stage.dialog("导出登记", lambda: ExportedDialog(context, window))
    covered = QWidget()
    covered.setWindowTitle(TITLE)
    covered.resize(window.size())
    around = QVBoxLayout(covered)
    around.setContentsMargins(0, 0, 0, 0)
    around.addWidget(Cover(covered))
    covered.show()
    covered.activateWindow()
    stage.settle()
    yield View("已锁定", covered)
    covered.close()
    covered.deleteLater()
