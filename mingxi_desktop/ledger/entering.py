"""Who may open a ledger file: whoever has its password, where it has one, encrypted or not."""

from __future__ import annotations

from pathlib import Path

from mingxi_desktop.ledger import key_places, locking
from mingxi_desktop.storage.store import Store


def enter(path: Path, operator: str, password: str, *, later: bool = False) -> Store:
    """The open file; PasswordError where this is not its password, UserError for any other reason.

    later: see `Store.settle`.
    """
    encrypted = key_places.admit(path, password)
    store = Store.open(path, operator, later=later)
    try:
        if encrypted:
            from mingxi_desktop.ledger import keyed_lock

            keyed_lock.agree(store, password)
        else:
            locking.admit(store, password)
    except BaseException:
        try:
            store.settle()  # where the file was changed, that is the reason
        finally:
            store.close()
        raise
    return store
