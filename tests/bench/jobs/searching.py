"""Ways to search for two characters: `python -m tests.bench.jobs.searching WAY LEDGER FOLDER`; prints JSON.

first, count: processor seconds until the first records are known, and how many there are; each the median over some
words that have not been looked for before.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import median

from tests.bench.hazards import YEAR

_WORDS = ("灭火", "疏散", "配电", "厨房", "油库", "锅炉")
_BEFORE = "屋面"
"""Looked for first, unmeasured."""
_FIRST = 100
Found = dict[str, float]


def _timed(work: Callable[[str], object]) -> float:
    work(_BEFORE)
    taken = []
    for word in _WORDS:
        start = time.process_time()
        work(word)
        taken.append(time.process_time() - start)
    return median(taken)


def like(file: Path, _folder: Path) -> Found:
    """Every record looked through."""
    database = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    where = "FROM hazard WHERE description LIKE ?"
    return {
        "first": _timed(
            lambda word: database.execute(f"SELECT id {where} LIMIT {_FIRST}", [f"%{word}%"]).fetchall()
        ),
        "count": _timed(lambda word: database.execute(f"SELECT COUNT(*) {where}", [f"%{word}%"]).fetchone()),
    }


def limit(file: Path, _folder: Path) -> Found:
    """What any reading of all texts takes: SQLite alone, front to back, looking into what the program looks into.

    walked: the same without looking into it, which is what the rows themselves take.
    """
    database = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    where = "FROM hazard NOT INDEXED WHERE year = ? AND deleted_at IS NULL"

    def counted(condition: str, word: str) -> object:
        return database.execute(f"SELECT COUNT(*) {where} AND {condition}", [YEAR, word]).fetchone()

    return {
        "count": _timed(lambda word: counted("search LIKE ?", f"%{word}%")),
        "walked": _timed(lambda word: counted("search <> ?", word)),
    }


def fts(file: Path, folder: Path) -> Found:
    """A full-text index of pairs of characters, what it finds looked at again."""
    path = folder / "fts.sqlite"
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.execute("ATTACH ? AS ledger", [str(file)])
    database.execute("CREATE TABLE hazard AS SELECT id, description FROM ledger.hazard")
    database.execute("CREATE UNIQUE INDEX by_id ON hazard (id)")
    database.commit()
    size, start = path.stat().st_size, time.process_time()
    database.execute("CREATE VIRTUAL TABLE pairs USING fts5 (text, detail='none', content='')")
    rows = database.execute("SELECT id, description FROM hazard").fetchall()
    database.executemany(
        "INSERT INTO pairs (rowid, text) VALUES (?, ?)",
        ((number, " ".join(map("".join, pairwise(text)))) for number, text in rows),
    )
    database.commit()
    built = time.process_time() - start
    found = (
        "FROM pairs JOIN hazard ON hazard.id = pairs.rowid "
        "WHERE pairs MATCH ? AND instr(hazard.description, ?) > 0"
    )
    return {
        "built": built,
        "index": (path.stat().st_size - size) / 1e6,
        "first": _timed(
            lambda word: database.execute(f"SELECT id {found} LIMIT {_FIRST}", [word, word]).fetchall()
        ),
        "count": _timed(lambda word: database.execute(f"SELECT COUNT(*) {found}", [word, word]).fetchone()),
    }


def program(file: Path, _folder: Path) -> Found:
    """The facade, as the table asks it; pinyin and initials are found too."""
    from mingxi_desktop.domain.query import Query
    from mingxi_desktop.ledger import Ledger

    with Ledger.open(file) as ledger:
        return {
            "first": _timed(lambda word: ledger.lists.first_ids(Query("hazard", YEAR, word), _FIRST)),
            "count": _timed(lambda word: ledger.count(Query("hazard", YEAR, word))),
        }


WAYS = {"like": like, "limit": limit, "fts": fts, "program": program}

if __name__ == "__main__":
    print(json.dumps(WAYS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))))
