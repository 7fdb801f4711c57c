"""The proof of a copy that was just made of a ledger: all that `proving` looks at, but the copy is only read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mingxi_desktop.ledger import proving
from mingxi_desktop.storage import copies
from mingxi_desktop.storage.digests import Digests
from mingxi_desktop.storage.journal import Journal
from mingxi_desktop.storage.marks import Marks
from mingxi_desktop.storage.rows import Rows
from mingxi_desktop.storage.schema import Schema

if TYPE_CHECKING:
    from mingxi_desktop.storage.store import Store

_STRUCTURE = "文件结构"


@dataclass(frozen=True, slots=True)
class _Read:
    """As much of a `Store` as the proof looks at."""

    schema: Schema
    database: object
    digests: Digests = field(init=False)
    marks: Marks = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digests", Digests(self.schema))
        object.__setattr__(self, "marks", Marks(self.schema))


def faults(path: Path, expected: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """What is wrong with a fresh copy: (with the file itself or its rows, with the ledger it was made of).

    expected: the rows of each table in what was copied.  `copies.faults` in a third of the time looks at no record.
    """
    with copies.looking(path) as schema:
        store, journal = cast("Store", _Read(schema, schema.database)), Journal(schema)
        problems = proving.verify(store, journal, Rows(store, journal))
        broken = [text for text in problems if text.startswith(_STRUCTURE)] or copies.lost(schema, expected)
    return broken, [] if broken else problems
