"""Ledger files as something else than the program leaves them: changed by hand, or never sealed."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def outside(path: Path, *statements: str) -> None:
    """Change a ledger file that is not open with another program."""
    other = sqlite3.connect(path)
    for statement in statements:
        other.execute(statement)
    other.commit()
    other.close()


def never_sealed(path: Path) -> None:
    """A ledger file that is not open, as one that was never closed properly."""
    outside(path, "DELETE FROM setting WHERE key = 'seal.before'")
    data = bytearray(path.read_bytes())
    data[72:92] = bytes(20)
    path.write_bytes(data)
