"""A damaged file is told as one, not as a fault of the check that came upon it."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.storage import sqlite


def test_a_check_that_comes_upon_damage(ledger: Ledger) -> None:
    store = ledger._store
    with store.database.atomic("IMMEDIATE"):  # behind the back of what watches over the lists
        store.database.execute_sql("UPDATE reference SET search = CAST(x'41ff' AS TEXT) WHERE id = 2")
    store.references.forget()
    with pytest.raises(sqlite.DamagedError):
        ledger.checks.look(2024, datetime.date(2024, 12, 31))
