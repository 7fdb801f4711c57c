"""One example file: what it shows, how it is made, and what the program is going to say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Promise:
    """What comes of importing a file after those before it.

    ready: records that can be stored.  skipped: rows that are no records.  faults: of single cells or the file.
    known: rows that the ledger has already, or that were sent again.  says: parts of the program's own sentences.
    """

    ready: int = 0
    skipped: int = 0
    faults: int = 0
    known: int = 0
    says: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The same for people."""
        parts = [f"可导入 {self.ready} 条"]
        parts += [f"有错 {self.faults} 处"] if self.faults else []
        parts += [f"已有或重复 {self.known} 条，不选就不导入"] if self.known else []
        parts += [f"跳过 {self.skipped} 行"] if self.skipped else []
        said = "".join(f"“{part}”" for part in self.says)
        return "；".join([*parts, f"话里有{said}"] if said else parts)


@dataclass(frozen=True, slots=True)
class Example:
    """A file of the folder.  name: in the order in which they are to be imported.  make: writes it."""

    name: str
    shows: str
    promise: Promise
    make: Callable[[Path], None]
