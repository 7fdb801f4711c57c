"""The lists in memory: what is read of them when, and the numbers of what comes in."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingxi_desktop.domain.references import AREA, ENTERPRISE, ITEM, Entry
from mingxi_desktop.storage.store import Store

PLACES = 30


@pytest.fixture
def growing(file: Path) -> Path:
    """A file whose latest entries are of a list that grows."""
    store = Store.open(file)
    with store.writing():
        for number in range(PLACES):
            store.references.save(Entry(ENTERPRISE, f"第{number}加油站"))
    store.close()
    return file


def test_lists_that_grow_are_read_when_one_of_them_is_asked_for(growing: Path) -> None:
    store = Store.open(growing)
    asked: list[str] = []
    try:
        store.database.connection().set_trace_callback(asked.append)
        area = store.references.all(AREA)[0]
        assert store.references.all(ITEM)
        assert store.references.get(area.ref) == area
        assert len(asked) == 1
        assert "NOT IN ('enterprise')" in asked[0]
        found = store.references.find(ENTERPRISE, "第3加油站")
        assert found is not None
        assert store.references.get(found.ref) == found
        assert len(store.references.all(ENTERPRISE)) == PLACES
        assert len(asked) == 2
    finally:
        store.close()


def test_a_new_entry_gets_a_number_that_no_list_has(growing: Path) -> None:
    store = Store.open(growing)
    try:
        [*_, before] = store.references.all(AREA)
        with store.writing():
            new = store.references.save(Entry(AREA, "新设镇"))
            place, added = store.references.find_or_add(ENTERPRISE, "新设镇加油站")
        assert place is not None
        assert added
        assert before.id + PLACES < new.id < place.id
        store.references.forget()
        assert store.references.get(f"{ENTERPRISE}:{place.id}") == place
        assert store.references.all(AREA)[-1] == new
    finally:
        store.close()
