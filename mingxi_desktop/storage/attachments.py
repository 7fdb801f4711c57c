"""Which files belong to which record.  The files themselves lie in a folder beside the ledger file.

Within a record every name stands for one content for ever, taken off or not: so a list of names, as the
history keeps it, says exactly what was attached at the time, and undo needs nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any

from mingxi_desktop.domain.stamp import now
from mingxi_desktop.storage.schema import Schema
from mingxi_desktop.storage.statements import blank, listed


@dataclass(frozen=True, slots=True)
class AttachedRow:
    """One file of one record.  size: bytes.  at: when it was attached.  removed_at: when it was taken off."""

    id: int
    kind: str
    record: int
    name: str
    sha256: str
    size: int
    at: str
    removed_at: str | None

    @property
    def removed(self) -> bool:
        """Whether it was taken off again."""
        return self.removed_at is not None

    @property
    def state(self) -> str:
        """What the record's state hash covers."""
        return f"{self.sha256} {self.size} {self.name}"


class Attachments:
    """The rows of one ledger file.  Writers go inside `Store.writing()`."""

    def __init__(self, schema: Schema) -> None:
        self._table = schema.attachment
        self._statements = schema.statements

    def of(self, kind: str, ids: Sequence[int] | None) -> dict[int, list[AttachedRow]]:
        """Record id → what is attached to it, in the order of attaching.  ids None: of all records."""
        found: dict[int, list[AttachedRow]] = {}
        if ids is not None and not len(ids):
            return found
        if ids is None:
            rows = starmap(AttachedRow, self._statements.run("attachments.of all", self._of_all, kind))
        else:
            numbers = json.dumps(list(ids))
            rows = starmap(AttachedRow, self._statements.run("attachments.of", self._of, kind, numbers))
        for row in rows:
            found.setdefault(row.record, []).append(row)
        return found

    def _of_all(self) -> Any:
        return self._chosen((self._table.kind == blank()) & self._table.removed_at.is_null())

    def _of(self) -> Any:
        table = self._table
        return self._chosen((table.kind == blank()) & table.removed_at.is_null() & table.record.in_(listed()))

    def ever(self, kind: str, record: int) -> list[AttachedRow]:
        """All that was ever attached to a record, taken off or not."""
        return list(self._rows((self._table.kind == kind) & (self._table.record == record)))

    def same(self, digests: Sequence[str]) -> list[AttachedRow]:
        """What is attached to any record and has one of these contents."""
        return list(self._rows(self._table.sha256.in_(list(digests)) & self._table.removed_at.is_null()))

    def all(self) -> Iterator[AttachedRow]:
        """Everything that is attached to any record."""
        return self._rows(self._table.removed_at.is_null())

    def add(self, kind: str, record: int, name: str, sha256: str, size: int) -> None:
        """Attach a file under a name that the record never had."""
        row = {"kind": kind, "record": record, "name": name, "sha256": sha256, "size": size, "at": now()}
        self._table.insert(row).execute()

    def keep(self, kind: str, record: int, names: Sequence[str]) -> None:
        """These names are attached from now on, all others the record ever had are taken off."""
        table = self._table
        own = (table.kind == kind) & (table.record == record)
        gone = own & table.removed_at.is_null() & table.name.not_in(list(names))
        back = own & table.removed_at.is_null(False) & table.name.in_(list(names))
        table.update(removed_at=now()).where(gone).execute()
        table.update(removed_at=None).where(back).execute()

    def _rows(self, where: Any) -> Iterator[AttachedRow]:
        return starmap(AttachedRow, self._chosen(where).tuples())

    def _chosen(self, where: Any) -> Any:
        table = self._table
        columns = (table.id, table.kind, table.record, table.name, table.sha256, table.size)
        return table.select(*columns, table.at, table.removed_at).where(where).order_by(table.id)
