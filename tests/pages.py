"""Where records lie in a ledger file: SQLite's own answer (dbstat) is not built in everywhere."""

from __future__ import annotations

import sqlite3
from pathlib import Path

_LEAF, _INTERIOR = 0x0D, 0x05


def leaves(path: Path, table: str) -> list[int]:
    """The numbers (from 1) of the pages that hold the rows of a table, in the order of the rows."""
    other = sqlite3.connect(path)
    [(root,)] = other.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchall()
    [(size,)] = other.execute("PRAGMA page_size").fetchall()
    other.close()
    data = path.read_bytes()
    return _below(data, size, root)


def _below(data: bytes, size: int, number: int) -> list[int]:
    page = data[(number - 1) * size : number * size]
    if page[0] == _LEAF:
        return [number]
    assert page[0] == _INTERIOR, number
    cells = range(12, 12 + 2 * int.from_bytes(page[3:5], "big"), 2)
    children = [int.from_bytes(page[cell : cell + 2], "big") for cell in cells] + [8]
    return [leaf for at in children for leaf in _below(data, size, int.from_bytes(page[at : at + 4], "big"))]
