"""The password a ledger is opened with.  It keeps eyes off the window, not off the file: that is encryption's part.

Only a salted scrypt hash of it is kept, among the ledger's settings, so that it goes along into every backup.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from mingxi_desktop.errors import PasswordError
from mingxi_desktop.storage.store import Store

SETTING = "lock.password"
"""Setting: salt and hash of the password in hex, "" for none."""
_SALT = 16
_COST, _BLOCK, _MEMORY = 2**15, 8, 64 * 2**20
"""A tenth of a second and 32 MB for each try."""


@dataclass(frozen=True, slots=True, repr=False)
class Check:
    """What a password is checked with, away from the ledger.  kept: salt and hash."""

    kept: bytes

    def matches(self, password: str) -> bool:
        """Whether this is the password; takes as long for a wrong one as for the right one."""
        return hmac.compare_digest(self.kept[_SALT:], _hash(password, self.kept[:_SALT]))


def check_of(store: Store) -> Check | None:
    """What the ledger's password is checked with; None where it has none."""
    kept = bytes.fromhex(store.setting(SETTING))
    return Check(kept) if kept else None


def is_set(store: Store) -> bool:
    """Whether a password is asked for."""
    return bool(store.setting(SETTING))


def set_password(store: Store, password: str) -> None:
    """Have this password asked for from now on; "" for none.  Inside a transaction."""
    salt = secrets.token_bytes(_SALT)
    store.set_setting(SETTING, (salt + _hash(password, salt)).hex() if password else "")


def matches(store: Store, password: str) -> bool:
    """Whether this is the password; any is where none is set."""
    check = check_of(store)
    return check is None or check.matches(password)


def admit(store: Store, password: str) -> None:
    """PasswordError where a password is asked for and this is not it."""
    if not is_set(store):
        return
    if not password:
        raise PasswordError(
            "打开这份台账要输入口令",
            f"文件：{store.path}",
            "忘记了口令，看手册“口令和锁定”；文件没有被改动。",
        )
    if not matches(store, password):
        raise PasswordError(
            "口令不对，没有打开", f"文件：{store.path}", "核对大小写和输入法，再输入一次；文件没有被改动。"
        )


def _hash(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"), salt=salt, n=_COST, r=_BLOCK, p=1, maxmem=_MEMORY
    )
