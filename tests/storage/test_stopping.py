"""Reading that stops, and lets others in: where, and who may read meanwhile."""

from __future__ import annotations

from operator import length_hint
from pathlib import Path

import pytest

from mingxi_desktop.storage import sqlite, statements, stopping
from mingxi_desktop.storage.legible import illegible
from mingxi_desktop.storage.stopping import by_and_by, is_unwanted, let_others_in, stoppable
from mingxi_desktop.storage.store import Store


def test_rows_come_in_order_and_others_are_let_in_now_and_then(monkeypatch) -> None:
    monkeypatch.setattr(stopping, "_ROWS", 3)
    rows, left = iter(range(8)), []
    with stoppable(lambda: False, lambda: left.append(length_hint(rows))):
        assert list(by_and_by(rows)) == list(range(8))
    assert left == [5, 2, 0]


def test_others_are_let_in_between_two_parts_of_many_ids(monkeypatch) -> None:
    monkeypatch.setattr(statements, "_PART", 4)
    let_in: list[int] = []
    with stoppable(lambda: False, lambda: let_in.append(1)):
        for number, part in enumerate(statements.parted(range(10))):
            assert list(part) == list(range(10))[4 * number :][:4]
            assert len(let_in) == number
    assert len(let_in) == 3


def test_who_is_let_in_reads_by_rules_of_its_own() -> None:
    said: list[object] = []

    def other() -> None:
        with stoppable(lambda: False):
            said.append(is_unwanted())
            let_others_in()

    with stoppable(lambda: True, other):
        let_others_in()
        said.append(is_unwanted())
    let_others_in()
    assert said == [False, True]
    assert not is_unwanted()


def test_an_interrupted_query_is_no_fault_of_the_file(tmp_path: Path) -> None:
    def interrupted() -> bool:
        raise KeyboardInterrupt  # SQLite only learns that it is to stop

    store = Store.create(tmp_path / "a.mxdb")
    try:
        store.database.connection().set_progress_handler(interrupted, 1)
        with pytest.raises(KeyboardInterrupt):
            sqlite.integrity(store.database)
        with pytest.raises(KeyboardInterrupt):
            illegible(store)
        with pytest.raises(KeyboardInterrupt), sqlite.translated(store.path):
            store.database.execute_sql("SELECT count(*) FROM history")
    finally:
        store.database.connection().set_progress_handler(None, 1)
        store.close()


@pytest.mark.parametrize("rows", [0, 1, stopping._ROWS, stopping._ROWS + 1])
def test_without_anybody_else_rows_are_as_they_were(rows: int) -> None:
    assert list(by_and_by(range(rows))) == list(range(rows))
