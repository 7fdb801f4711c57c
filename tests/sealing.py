"""Files whose seal says what a test wants."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def never_sealed(path: Path) -> None:
    """A ledger file that is not open, as one that was never closed properly."""
    other = sqlite3.connect(path)
    other.execute("DELETE FROM setting WHERE key = 'seal.before'")
    other.commit()
    other.close()
    data = bytearray(path.read_bytes())
    data[72:92] = bytes(20)
    path.write_bytes(data)
