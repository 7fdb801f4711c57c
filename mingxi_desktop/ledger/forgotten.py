"""A password that is forgotten, of a ledger file that is not encrypted."""

from __future__ import annotations

from pathlib import Path

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.storage.store import Store


def forget(path: Path, operator: str) -> Changes | None:
    """Take the forgotten password of a ledger file away, and note who did; None where there is none.

    PasswordError where the file is encrypted.
    """
    with Ledger(Store.open(path, operator)) as ledger:
        if not ledger.remarks.has_password:
            return None
        return ledger.remarks.forget_password()
