"""A hash of each table that no history entry covers: lists, settings, sentences of change sets, imports and so on.

They lie in one setting (`KEPT`) and are brought up to date in the transaction that writes the tables, so that what
is changed outside the program is noticed also where the seal does not count: after a session that was cut short.
A table that was only added to costs no more than its new rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from mingxi_desktop.patterns import pattern
from mingxi_desktop.storage.schema import LABELS, Schema
from mingxi_desktop.storage.statements import blank

KEPT = "seal.digests"
"""The setting that holds the digests: JSON of table → [number of its last row, hash]."""
_UNCOVERED, _TAIL = "seal.", "history.tail"
"""Settings that change with every save and prove themselves: those that begin like this, and this one."""
_GROWING = "change_set"
"""The table that every save adds a row to: no row of an earlier transaction is ever written again."""
_NUMBERED = frozenset(LABELS) - {"setting", "indicator"}
"""Tables whose rows have rising numbers."""
_PART = 2000
"""Rows that are gone through at a time: some hundredths of a second."""
_FIRST = b""
_SIZE = 16
"""Bytes of a digest: it tells of accidents and of other programs; who knows it can work it out anew."""
_WRITES = pattern(r'(INSERT|UPDATE|DELETE)( OR \w+)?(?: INTO| FROM)? "?(\w+)')
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=bytes.hex).encode
Digest = tuple[int, str]
"""Number of the last row that is covered, 0 where rows have none; hash in hex."""


class Digests:
    """The digests of one ledger file."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._tables = {
            model._meta.table_name: model
            for model in (
                schema.setting,
                schema.reference,
                schema.change_set,
                schema.batch,
                schema.attachment,
                schema.narrative,
                schema.opening,
                schema.indicator,
                schema.acceptance,
                schema.zero_report,
            )
        }
        self._touched: dict[str, bool] = {}
        self._known: dict[str, Digest] | None = None

    def note(self, statement: str, parameters: Sequence[Any] | None = None) -> None:
        """A statement goes to the file: remember which table it writes, and whether it only adds to it."""
        found = _WRITES.match(statement)
        if found is None or found[3] not in self._tables:
            return
        verb, otherwise, name = found.groups()
        inserted = verb == "INSERT"
        if name == "setting" and inserted and parameters and not _is_covered(str(parameters[0])):
            return
        added = name == _GROWING or (inserted and not otherwise and "ON CONFLICT" not in statement)
        self._touched[name] = self._touched.get(name, True) and added

    def take(self) -> None:
        """All of them anew, inside the transaction that makes the tables or brings them up to date."""
        self._touched.clear()
        self._keep({name: self._whole(name) for name in self._tables})

    def settle(self) -> None:
        """Bring those of the written tables up to date: the last act of a transaction."""
        if not self._touched:
            return
        kept = self._read()
        if kept is None:  # somebody has taken them away: that is told, and not made good
            self._touched.clear()
            return
        for name, added in self._touched.items():
            if added and name in kept and name in _NUMBERED:
                kept[name] = self._beyond(name, *kept[name])
            else:
                kept[name] = self._whole(name)
        self._touched.clear()
        self._keep(kept)

    def forget(self) -> None:
        """After a rollback, or when another file has come into the place: they are read anew."""
        self._known = None

    def check(self) -> Iterator[str]:
        """Go through the tables in small steps: a Chinese sentence on what is wrong, or "" after each.

        Nothing may be written amid a step; between them, saves may.
        """
        self.forget()
        kept = self._read()
        if kept is None:
            yield "名单、设置等的校验值不见了，在程序之外被改动过"
            return
        for name in self._tables:
            if name != _GROWING:
                kept = self._read() or {}
                yield "" if kept.get(name) == self._whole(name) else _changed(name)
        found: Digest = (0, _FIRST.hex())
        while (more := self._beyond(_GROWING, *found, most=_PART)) != found:
            found = more
            yield ""
        yield "" if (self._read() or {}).get(_GROWING) == found else _changed(_GROWING)

    def _whole(self, name: str) -> Digest:
        model = self._tables[name]

        def every() -> Any:
            return model.select().order_by(model._meta.primary_key)

        return of_rows(name, self._schema.statements.run(("digest of all", name), every))

    def _beyond(self, name: str, last: int, before: str, most: int = -1) -> Digest:
        """The digest with the rows after the last one it covers."""
        model = self._tables[name]

        def later() -> Any:
            return model.select().where(model.id > blank()).order_by(model.id).limit(blank())

        rows = self._schema.statements.run(("digest", name), later, last, most)
        return _followed(name, rows, last, bytes.fromhex(before))

    def _read(self) -> dict[str, Digest] | None:
        """As the file has them; None where it has none, or nothing that could be read."""
        if self._known is None:
            setting = self._schema.setting
            found = setting.select(setting.value).where(setting.key == KEPT).tuples().first()
            self._known = read(found[0]) if found else {}
        return self._known or None

    def _keep(self, digests: dict[str, Digest]) -> None:
        setting = self._schema.setting

        def kept() -> Any:
            again = setting.insert(key=KEPT, value=blank())
            return again.on_conflict(conflict_target=[setting.key], preserve=[setting.value])

        self._schema.statements.run("digests", kept, _encode(digests))
        self._known = digests


def read(kept: str) -> dict[str, Digest]:
    """Table → its digest, of what stands in the setting; empty where it cannot be read."""
    try:
        found = json.loads(kept)
        return {name: (int(last), bytes.fromhex(said).hex()) for name, (last, said) in found.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def of_rows(name: str, rows: Iterable[Sequence[Any]]) -> Digest:
    """The digest that the rows of a table deserve, in order of their key, in the form of the file."""
    covered = (row for row in rows if _is_covered(str(row[0]))) if name == "setting" else rows
    return _followed(name, covered, 0, _FIRST)


def _is_covered(setting: str) -> bool:
    return setting != _TAIL and not setting.startswith(_UNCOVERED)


def _followed(name: str, rows: Iterable[Sequence[Any]], last: int, before: bytes) -> Digest:
    for row in rows:
        before = hashlib.sha256(before + _encode(row).encode("utf-8")).digest()[:_SIZE]
        if name in _NUMBERED:
            last = row[0]
    return last, before.hex()


def _changed(name: str) -> str:
    return f"{LABELS[name]}在程序之外被改动过"
