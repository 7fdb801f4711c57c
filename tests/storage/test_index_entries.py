"""The entries of indexes, counted and looked up: as SQLite's own check finds them, without its time."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.storage import index_entries, sqlite
from tests.ledger.conftest import adder_for

LOOKED = "USING COVERING INDEX hazard_"
"""How SQLite looks an entry up, and does not look into the table."""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed file with some records in the tables; copy it, do not change it."""
    path = tmp_path_factory.mktemp("full") / "台账.mxdb"
    with Ledger.create(path, operator="张三") as ledger:
        add = adder_for(ledger)
        add("hazard", place="甲厂", quantity_found=3)
        add("hazard", description="二", quantity_found=2, quantity_rectified=2)
        add("supply_movement", supply_line=[{"item": "棉被", "quantity": 5}])
        ledger.delete("hazard", [add("hazard", description="三")])
    return path


@pytest.fixture
def copy(full: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(full, tmp_path / "台账.mxdb"))


def without(path: Path, index: str, entries: str) -> None:
    """Take entries out of an index behind SQLite's back: its table gets another root for a while."""
    other = sqlite3.connect(path, isolation_level=None)
    root = other.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (index,)).fetchone()[0]
    version = other.execute("PRAGMA schema_version").fetchone()[0]
    columns = [row[2] for row in other.execute(f'PRAGMA index_xinfo("{index}")')][:-1]
    names = ", ".join(f"c{place}" for place, _ in enumerate([*columns, "row"]))
    other.execute("PRAGMA writable_schema = ON")
    ddl = f"CREATE TABLE raw ({names}, PRIMARY KEY ({names})) WITHOUT ROWID"
    other.execute("INSERT INTO sqlite_master VALUES ('table', 'raw', 'raw', ?, ?)", (root, ddl))
    other.execute(f"PRAGMA schema_version = {version + 1}")
    other.close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(entries.format(row=f"c{len(columns)}"))
    other.execute("PRAGMA writable_schema = ON")
    other.execute("DELETE FROM sqlite_master WHERE name = 'raw'")
    other.close()


def wrong(path: Path) -> tuple[list[str], list[str], list[str]]:
    """(what SQLite's own check says, the indexes of the hazards that are miscounted, those that lack an entry)."""
    with sqlite.reading(path) as database:
        return (
            sqlite.integrity(database),
            index_entries.miscounted(database, "hazard"),
            index_entries.missing(database, "hazard", [1, 2, 3, 99]),
        )


def test_every_index_of_a_sound_file_has_what_it_should(full: Path) -> None:
    with sqlite.reading(full) as database:
        for table in database.get_tables():
            rows = [row[0] for row in database.execute_sql(f'SELECT rowid FROM "{table}"').fetchall()]
            assert index_entries.miscounted(database, table) == []
            assert index_entries.missing(database, table, rows) == []


@pytest.mark.parametrize(
    "index", ["hazard_uid", "hazard_code", "hazard_place", "hazard_deleted_at_year_quantity_found"]
)
def test_a_lost_entry_is_counted_and_missed(copy: Path, index: str) -> None:
    without(copy, index, "DELETE FROM raw WHERE {row} = 1")
    told, counted, missing = wrong(copy)
    assert any(index in text for text in told)
    assert (counted, missing) == ([index], [index])


def test_another_entry_in_its_place_is_missed_though_the_number_is_right(copy: Path) -> None:
    index = "hazard_deleted_at_year_quantity_found"
    without(copy, index, "UPDATE raw SET c2 = 4 WHERE {row} = 1")
    told, counted, missing = wrong(copy)
    assert any(index in text for text in told)
    assert (counted, missing) == ([], [index])
    with sqlite.reading(copy) as database:
        assert index_entries.missing(database, "hazard", [2]) == []
        assert sqlite.integrity(database, quick=True) == []


def test_entries_are_looked_up_in_the_index_alone(full: Path) -> None:
    asked: list[str] = []
    with sqlite.reading(full) as database:
        database.noted = lambda sql, _: asked.append(sql)
        index_entries.missing(database, "hazard", [1])
        database.noted = None
        plans = [
            [row[3] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", ("[1]",)).fetchall()]
            for sql in asked
            if sql.startswith("SELECT 1 ")
        ]
    assert len(plans) > 10
    for plan in plans:
        entry = next(step for step in plan if LOOKED in step)
        assert entry.startswith("SEARCH"), plan
        assert "rowid=?" in entry, plan
