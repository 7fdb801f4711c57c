"""Asking for the password of an encrypted backup or package before it is looked into or restored."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from mingxi_desktop.errors import PasswordError
from mingxi_desktop.ledger.safekeeping import restoring
from mingxi_desktop.ui import waiting
from mingxi_desktop.ui.dialogs import unlock
from mingxi_desktop.ui.jobs import Worker
from mingxi_desktop.ui.waiting import NoLedger


def known(source: Path, parent: QWidget | None = None) -> bool:
    """Have the key of a backup or package known; False where nobody knows its password.  UserError if unreadable.

    Nothing is asked of a plain one, nor where the key is known, as it is while its ledger is open.
    """
    try:
        waiting.on_its_own("正在打开……", restoring.admit, source, parent=parent)
    except PasswordError as error:
        worker = unlock.ask_for(source, partial(_asked, source), error, parent)
        if worker is None:
            return False
        worker.close()
    return True


def _asked(source: Path, password: str) -> Worker:
    return Worker(partial(_admitted, source, password))


def _admitted(source: Path, password: str) -> NoLedger:
    restoring.admit(source, password)
    return NoLedger()
