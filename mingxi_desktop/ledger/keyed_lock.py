"""The window's lock of an encrypted ledger: it asks for the password under which the file's key lies."""

from __future__ import annotations

import hashlib
from contextlib import suppress

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import locking
from mingxi_desktop.ledger.safekeeping import backups
from mingxi_desktop.storage import keys
from mingxi_desktop.storage.store import Store

_LOCK_OF = "lock.wrap"
"""Setting: which wrap the password of the window's lock is that of."""


def set_password(store: Store, password: str, wrap: bytes) -> None:
    """Have the lock ask for the password of this wrap.  Inside a transaction."""
    locking.set_password(store, password)
    store.set_setting(_LOCK_OF, _print_of(wrap))


def take_off(store: Store) -> None:
    """Ask for no password any more.  Inside a transaction."""
    locking.set_password(store, "")
    store.set_setting(_LOCK_OF, "")


def agree(store: Store, password: str) -> None:
    """Have the window's lock ask for the password that has just opened an encrypted ledger.

    They differ where an older backup was restored, or only the file was brought here; in one of the time before it
    was encrypted the readable workbook is turned off as well.  A disk without room for it keeps nobody out: the
    next start does it.
    """
    wrap = keys.read(keys.beside(store.path))
    said = store.setting(_LOCK_OF)
    if wrap is None or said == _print_of(wrap):
        return
    with suppress(UserError), store.writing():
        if not said:
            store.set_setting(backups.READABLE, "0")
        if keys.secret_of(password) is None:
            set_password(store, password, wrap)


def _print_of(wrap: bytes) -> str:
    return hashlib.sha256(wrap).hexdigest()[:16]
