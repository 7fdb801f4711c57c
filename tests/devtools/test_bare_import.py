"""The import that the benchmark holds the program against makes the very ledger that the program makes."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from mingxi_desktop.ledger import Ledger
from tests.bench import sheets
from tests.bench.jobs import importing

_DRAWN = {"uid", "created_at", "updated_at", "at"}
"""What is drawn or follows the clock, and so what follows from these."""
_TOLD = ("hazard", "reference", "change_set", "batch")


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path]:
    book = tmp_path / "hazards.xlsx"
    sheets._build(book, 120)
    importing.program(book, tmp_path)
    importing.bare(book, tmp_path)
    return tmp_path / "ledger.mxdb", tmp_path / "bare.mxdb"


def test_it_stores_the_same_records(made: tuple[Path, Path]) -> None:
    of_program, bare = map(_contents, made)
    assert len(bare["hazard"]) == 120
    assert bare == of_program


def test_its_ledger_is_whole(made: tuple[Path, Path]) -> None:
    with Ledger.open(made[1]) as ledger:
        assert not list(ledger.verify())


def _contents(path: Path) -> dict[str, list[dict[str, object]]]:
    database = sqlite3.connect(path)
    database.row_factory = sqlite3.Row
    found = {
        table: [
            {name: row[name] for name in row.keys() if name not in _DRAWN}  # noqa: SIM118 - no mapping
            for row in database.execute(f'SELECT * FROM "{table}" ORDER BY id')
        ]
        for table in _TOLD
    }
    database.close()
    return found
