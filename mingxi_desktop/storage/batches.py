"""Import batches: what came in together and can be taken back together."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import peewee

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.records import Batch, BatchFile
from mingxi_desktop.domain.stamp import now
from mingxi_desktop.storage.store import Store


class Batches:
    """The batches of one ledger file.  Writers go inside a change."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._table = store.schema.batch

    def open(self, sentence: str, files: Sequence[BatchFile], records: int, change_set: int) -> int:
        """Note a new batch; returns its id."""
        return int(
            self._table.insert(
                at=now(),
                by=self._store.operator,
                sentence=sentence,
                files=json.dumps([asdict(file) for file in files], ensure_ascii=False),
                records=records,
                change_set=change_set,
            ).execute()
        )

    def all(self) -> list[Batch]:
        """All batches, newest first."""
        return [_batch(row) for row in self._table.select().order_by(self._table.id.desc()).dicts()]

    def get(self, number: int) -> Batch | None:
        """One batch; None if there is none."""
        row = self._table.select().where(self._table.id == number).dicts().first()
        return _batch(row) if row else None

    def change_set(self, number: int) -> int:
        """Number of the change set that brought the batch in; IndexError where there is no such batch."""
        return int(self._table.select(self._table.change_set).where(self._table.id == number).tuples()[0][0])

    def seen(self, sha256: str) -> Batch | None:
        """The newest active batch that holds a file of this content."""
        if not sha256:
            return None
        alive = (self._table.state == "active") & self._table.files.contains(sha256)
        row = self._table.select().where(alive).order_by(self._table.id.desc()).dicts().first()
        return _batch(row) if row else None

    def records(self, number: int) -> dict[str, list[int]]:
        """The ids of its records by kind, children before their parents, newest first."""
        found: dict[str, list[int]] = {}
        for kind in sorted(self._store.schema.kinds.values(), key=lambda kind: not kind.parent):
            table = self._store.schema.table[kind.name]
            rows = table.select(table.id).where(table.batch == number).order_by(table.id.desc()).tuples()
            ids = [row[0] for row in rows]
            if ids:
                found[kind.name] = ids
        return found

    def from_source(self, kind: Kind, source: str, days: tuple[datetime.date, datetime.date]) -> list[int]:
        """The records of these days, not in the trash, whose source is a row of this file and sheet."""
        table = self._store.schema.table[kind.name]
        prefix = f"{source} · 第"
        where = table.deleted_at.is_null() & table.batch.is_null(False)
        where &= (table.record_date >= days[0]) & (table.record_date <= days[1])
        where &= peewee.fn.SUBSTR(table.source_ref, 1, len(prefix)) == prefix
        return [row[0] for row in table.select(table.id).where(where).order_by(table.id).tuples()]

    def set_state(self, number: int, state: str) -> None:
        """Note that a batch is "active" or "reversed"."""
        self._table.update(state=state).where(self._table.id == number).execute()

    def of_set(self, change_set: int) -> int | None:
        """The batch that a change set brought; None where it brought none."""
        row = self._table.select(self._table.id).where(self._table.change_set == change_set).tuples().first()
        return int(row[0]) if row else None


def _batch(row: dict[str, Any]) -> Batch:
    files = tuple(BatchFile(**file) for file in json.loads(row["files"]))
    return Batch(row["id"], row["at"], row["by"], row["sentence"], files, row["records"], row["state"])
