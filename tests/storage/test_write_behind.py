"""Rows that are written behind: the same as without, in their order, and whole or not at all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import peewee
import pytest

from mingxi_desktop.storage import inserting
from mingxi_desktop.storage.inserting import insert_columns
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.write_behind import writing_behind


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    opened = Store.open(file)
    with opened.writing():
        opened.database.execute_sql(
            "CREATE TABLE thing (id INTEGER PRIMARY KEY, a, b, c, d CHECK (d < 1000))"
        )
    yield opened
    opened.close()


def things(store: Store) -> list[Any]:
    found: list[Any] = store.database.execute_sql("SELECT * FROM thing").fetchall()
    return found


COLUMNS = {"a": list("uvwxyz1"), "b": ["同"] * 7, "c": [None] * 7, "d": [*range(7)]}


@pytest.mark.parametrize("values", [1, 9, 12, 16_000])
def test_rows_are_the_same_however_many_are_in_a_statement(
    store: Store, monkeypatch: pytest.MonkeyPatch, values: int
) -> None:
    monkeypatch.setattr(inserting, "_VALUES", values)
    with store.writing():
        with writing_behind(store.database):
            insert_columns(store.database, "thing", COLUMNS)
            insert_columns(store.database, "thing", {"b": ["全同"] * 3, "c": [1] * 3})
        assert store.database.behind is None
    rows = [(n, *said) for n, said in enumerate(zip(*COLUMNS.values(), strict=True), 1)]
    assert things(store) == [*rows, *((n, None, "全同", 1, None) for n in (8, 9, 10))]


def test_whoever_asks_sees_all_that_was_given(store: Store) -> None:
    with store.writing(), writing_behind(store.database):
        for number in range(1, 30):
            insert_columns(store.database, "thing", COLUMNS)
            assert store.database.execute_sql("SELECT COUNT(*) FROM thing").fetchone() == (7 * number,)


def test_it_is_told_which_tables_are_written(store: Store) -> None:
    told: list[str] = []
    with store.writing(), writing_behind(store.database):
        store.database.noted = lambda statement, _: told.append(statement)
        insert_columns(store.database, "thing", COLUMNS)
        store.database.noted = store.digests.note
    assert [statement.split()[2] for statement in told] == ['"thing"']


def stored_wrongly(store: Store, *, asking: bool) -> None:
    with store.writing(), writing_behind(store.database):
        insert_columns(store.database, "thing", COLUMNS)
        insert_columns(store.database, "thing", {"d": [1, 1000]})
        insert_columns(store.database, "thing", COLUMNS)
        if asking:
            store.database.execute_sql("SELECT 1")


@pytest.mark.parametrize("asking", [True, False])
def test_a_fault_is_raised_where_the_rows_come_from_and_nothing_stays(store: Store, *, asking: bool) -> None:
    with pytest.raises(peewee.IntegrityError):
        stored_wrongly(store, asking=asking)
    assert things(store) == []
    assert not [thread for thread in threading.enumerate() if thread.name == "write-behind"]


def stored_until_a_fault(store: Store) -> None:
    with store.writing(), writing_behind(store.database):
        insert_columns(store.database, "thing", COLUMNS)
        raise ZeroDivisionError


def test_a_fault_of_ones_own_ends_it_too(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        stored_until_a_fault(store)
    assert things(store) == []
    assert store.database.behind is None
