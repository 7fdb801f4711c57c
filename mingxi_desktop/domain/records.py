"""What the facade hands out: records, changes, history, batches.  Small, immutable, without Qt or SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from threading import Lock
from types import MappingProxyType
from typing import Any, NamedTuple
from weakref import WeakValueDictionary


@dataclass(frozen=True, slots=True)
class Record:
    """One record as stored.

    values: by field name, in the Python shapes of `fields.py` (REF as "list:id", MULTI_REF as tuple of
    refs, DERIVED included).  shown: the same as Chinese text for people ("" for empty).
    deleted_at/deleted_by: when and by whom it was moved to the trash; empty while it is not.
    """

    kind: str
    id: int
    uid: str
    values: Mapping[str, Any]
    shown: Mapping[str, str]
    batch: int | None = None
    created_at: str = ""
    updated_at: str = ""
    updated_by: str = ""
    deleted_at: str = ""
    deleted_by: str = ""


@dataclass(frozen=True, slots=True)
class Child:
    """One row of a child table as a form hands it in: id None for a new row."""

    values: Mapping[str, Any]
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file attached to a record (佐证材料).

    name: as people see it, unique within the record.  size: bytes.  path: where our copy of it lies;
    whether it is still there is not looked at.
    """

    id: int
    name: str
    size: int
    at: str
    sha256: str
    path: Path


@dataclass(frozen=True, slots=True)
class Changes:
    """What one transaction changed: windows refresh only this.

    sentence: Chinese, as shown in the undo menu.  added/changed/removed: (kind, id) pairs.
    fields: names of the fields that changed (of an edit).  findings: warnings the save brought up.
    lists: reference lists that got new entries.  kinds: those whose tables need a look.
    """

    sentence: str
    added: tuple[tuple[str, int], ...] = ()
    changed: tuple[tuple[str, int], ...] = ()
    removed: tuple[tuple[str, int], ...] = ()
    fields: tuple[str, ...] = ()
    findings: tuple[Any, ...] = ()
    lists: tuple[str, ...] = ()
    batch: int | None = None
    kinds: frozenset[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # Here, where the change is made: an import adds 100,000, and every listener of the window asks.
        concerned = chain(self.added, self.changed, self.removed)
        object.__setattr__(self, "kinds", frozenset(kind for kind, _ in concerned))


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One entry of the append-only history: who, when, what, before and after.

    changes: as shown text.  values: the same in the Python shapes of `fields.py`.
    """

    seq: int
    at: str
    by: str
    action: str
    kind: str
    record: int
    changes: Mapping[str, tuple[str, str]]
    sentence: str
    values: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchFile:
    """One file (or sheet) of an import batch."""

    file: str
    sheet: str
    kind: str
    rows: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """One import: what came in, when, and whether it was taken back ("active" or "reversed")."""

    id: int
    at: str
    by: str
    sentence: str
    files: tuple[BatchFile, ...]
    records: int
    state: str


@dataclass(frozen=True, slots=True)
class Reversal:
    """What taking a batch back did: ids by outcome, with a Chinese reason for those kept or failed."""

    reversed: tuple[tuple[str, int], ...]
    kept: tuple[tuple[str, int, str], ...]
    failed: tuple[tuple[str, int, str], ...]
    changes: Changes


class IncomingRow(NamedTuple):
    """One record that an import wants to store, with where it came from.

    values: validated Python values; references may be given by name as `Named`.
    children: rows of child kinds by kind name.  replaces: id of the record that gets these values instead
    of a new one being added; 0 for a new record.
    """

    kind: str
    values: Mapping[str, Any]
    sheet: str = ""
    row: int = 0
    children: Mapping[str, Sequence[Mapping[str, Any]]] = MappingProxyType({})
    replaces: int = 0

    @property
    def source(self) -> str:
        """What the record says of where it came from: 盖洋镇.xlsx · 6月 · 第12行; "" where nobody knows."""
        return f"{self.sheet} · 第{self.row}行" if self.sheet and self.row else self.sheet


class Named:
    """A reference given by name, to be resolved (or added, in growing lists) when it is stored.

    Of each name there is one object only: an import looks up hundreds of thousands, and this one needs no comparing.
    """

    __slots__ = ("__weakref__", "name")
    name: str

    def __new__(cls, name: str) -> Named:
        """The one of this name."""
        found = _named.get(name)
        if found is None:
            with _naming:
                made = super().__new__(cls)
                object.__setattr__(made, "name", name)
                found = _named.setdefault(name, made)
        return found

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(name)

    def __repr__(self) -> str:
        return f"Named(name={self.name!r})"


_named: WeakValueDictionary[str, Named] = WeakValueDictionary()
_naming = Lock()
