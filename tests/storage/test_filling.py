"""Many new records at once: the file has the same indexes afterwards, whatever happened meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.storage import filling
from mingxi_desktop.storage.store import Store

HAZARD = kind_of("hazard")


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    opened = Store.open(file)
    yield opened
    opened.close()


def indexes(store: Store) -> list[tuple[str, str]]:
    """Those of the table, in the order in which SQLite considers them."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'hazard' ORDER BY rowid"
    found: list[tuple[str, str]] = store.database.execute_sql(query).fetchall()
    return found


def test_the_indexes_are_away_meanwhile_and_the_same_afterwards(store: Store) -> None:
    before = indexes(store)
    with store.writing(), filling.filling(store.schema, HAZARD, 5_000):
        assert [sql.split()[1] for _, sql in indexes(store)] == ["UNIQUE"]
    assert indexes(store) == before


def test_a_fault_brings_the_indexes_back(store: Store) -> None:
    before = indexes(store)
    with pytest.raises(ZeroDivisionError), store.writing(), filling.filling(store.schema, HAZARD, 5_000):
        raise ZeroDivisionError
    assert indexes(store) == before


def test_they_stay_for_few_records_and_where_somebody_is_amid_reading(store: Store) -> None:
    before = indexes(store)
    with store.writing(), filling.filling(store.schema, HAZARD, 4_999):
        assert indexes(store) == before
    reading = store.database.execute_sql("SELECT * FROM reference")
    reading.fetchone()
    with store.writing(), filling.filling(store.schema, HAZARD, 5_000):
        assert indexes(store) == before
    assert reading.fetchall()
