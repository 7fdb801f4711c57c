"""Bytes a record takes in a file: `python -m tests.bench.jobs.weighing LEDGER FOLDER`; prints JSON.

plain: of a table with the columns that the ledger shows, names of places in it as text, and nothing else.
same: of a plain table with every column of the ledger's own, its search text included, without an index.
indexed: of that table with an index, of this column alone, for each that a table is sorted by.
program: of the whole file.  own, indexes, history: of these parts of it.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.storage.indexes import is_listed
from tests.bench.window_peers import COLUMNS

_NAMES = ("area", "place")


def main() -> None:
    """Make the plain tables and weigh everything."""
    file, folder = Path(sys.argv[1]), Path(sys.argv[2])
    named = "(SELECT name FROM ledger.reference WHERE reference.id = hazard.{0}) AS {0}"
    shown = ", ".join(named.format(name) if name in _NAMES else name for name in COLUMNS)
    database = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    rows = database.execute("SELECT COUNT(*) FROM hazard").fetchone()[0]
    parts = dict(database.execute("SELECT name, SUM(pgsize) FROM dbstat GROUP BY name").fetchall())
    database.close()
    found = {
        "plain": _made(folder / "plain.sqlite", file, shown),
        "same": _made(folder / "same.sqlite", file, "*"),
        "indexed": _made(folder / "indexed.sqlite", file, "*", _sorted_by()),
        "program": file.stat().st_size,
        "own": parts["hazard"],
        "indexes": sum(size for name, size in parts.items() if name.startswith("hazard_")),
        "history": sum(size for name, size in parts.items() if name.startswith(("history", "change_set"))),
    }
    print(json.dumps({name: size / rows for name, size in found.items()}))


def _sorted_by() -> list[str]:
    """The columns that a table of hazards is sorted by without waiting, however long it is."""
    return ["record_date", *(field.name for field in kind_of("hazard").fields if is_listed(field))]


def _made(path: Path, file: Path, columns: str, indexed: Sequence[str] = ()) -> int:
    """Bytes of a file with nothing but a table of these columns, and an index of each of some."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.execute("ATTACH ? AS ledger", [str(file)])
    database.execute(f"CREATE TABLE hazard AS SELECT {columns} FROM ledger.hazard")
    for name in indexed:
        database.execute(f'CREATE INDEX "by_{name}" ON hazard ("{name}")')
    database.commit()
    database.close()
    return path.stat().st_size


if __name__ == "__main__":
    main()
