"""Encryption in tests: the same, but that a password is stretched a thousandth as long."""

from __future__ import annotations

import pytest

from mingxi_desktop.ledger import locking
from mingxi_desktop.storage import cipher, keys

PASSWORD = "明溪 2024 口令"
CODE = keys.Secret(bytes(range(16))).code


def quickly(patch: pytest.MonkeyPatch) -> None:
    """Passwords are tried quickly, and no key is known from another test."""
    patch.setattr(keys, "_POWER", 10)
    patch.setattr(locking, "_COST", 1024)
    forget(patch)


def forget(patch: pytest.MonkeyPatch) -> None:
    """As after a new start: no key is known."""
    patch.setattr(cipher, "_known", {})
