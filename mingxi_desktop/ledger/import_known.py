"""Rows that are there already: records of our own exports, duplicates in the file and in the ledger."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.domain.names import normal_name
from mingxi_desktop.domain.query import Query, Range
from mingxi_desktop.domain.records import Named, Record
from mingxi_desktop.exchange.plan import Notice, Skipped
from mingxi_desktop.ledger.import_rows import ReadRow, Rejected

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger


def identity(record: Record) -> str:
    """What the hidden column of an export says of a record: its number, for finding it, and its uid."""
    return f"{record.id}-{record.uid}"


class Known:
    """Sorts read rows into new ones and those that the ledger or the file has already."""

    def __init__(self, ledger: Ledger, kind: Kind) -> None:
        self._ledger = ledger
        self._kind = kind
        self._seen: dict[Hashable, str] = {}
        self._unique: dict[tuple[str, int, Any], int] = {}
        self._by_uid: dict[str, Record] | None = None
        self.skipped: list[Skipped] = []
        self.notices: list[Notice] = []

    def new_rows(self, rows: Sequence[ReadRow], place: str) -> list[ReadRow]:
        """The rows that are not there yet; of the others `skipped` and `notices` tell.

        place: name of the sheet, for rows of a later sheet that repeat one of this.
        """
        fresh = [row for row in rows if not self._recognised(row)]
        stored = self._stored_keys(fresh)
        found = []
        for row in fresh:
            key = self._key(row.values)
            if key in stored:
                self._leave_out(
                    row, "W_DUP_IN_DB", f"台账中已有一条（#{stored[key]}），{self._key_words()}都相同"
                )
            elif key in self._seen:
                self._leave_out(row, "W_DUP_IN_FILE", f"与{self._seen[key]}重复，{self._key_words()}都相同")
            else:
                self._seen[key] = f"{place}第{row.plan.number}行"
                self._check_unique(row)
                found.append(row)
        return found

    def _check_unique(self, row: ReadRow) -> None:
        """A code that must not occur twice in a year must not do so in the files either."""
        day = row.values.get(self._kind.date) or row.values.get("record_date")
        for name in self._kind.unique:
            value = row.values.get(name)
            if not value or day is None:
                continue
            first = self._unique.setdefault((name, day.year, value), row.plan.number)
            if first != row.plan.number:
                number, label = row.plan.number, self._kind.field(name).label
                message = f"第{number}行：{label}“{value}”与第{first}行相同，一年里不能重复"
                row.faults.append(Rejected(number, label, name, str(value), "E_UNIQUE", message))

    def _leave_out(self, row: ReadRow, code: str, reason: str) -> None:
        self.skipped += [Skipped(number, f"{reason}，没有导入") for number in row.rows]
        self.notices.append(Notice(code, f"第{row.plan.number}行{reason}，没有导入", row.plan.number))

    def _key_words(self) -> str:
        return "、".join(self._kind.field(name).label for name in self._kind.key)

    def _recognised(self, row: ReadRow) -> bool:
        """Whether the row is a record of this ledger, known by the hidden column."""
        record = self._record(row.plan.uid)
        if record is None:
            if row.plan.uid:
                row.values["uid"] = row.plan.uid.partition("-")[2] or row.plan.uid
            return False
        changed = self._differences(record, row)
        number = row.plan.number
        if record.deleted_at:
            reason = f"这条记录（#{record.id}）在回收站里，没有导入；要用它请先恢复"
        elif changed:
            reason = f"这条记录（#{record.id}）台账中已有，内容不同：{'；'.join(changed)}；台账没有改"
            self.notices.append(Notice("W_CHANGED", f"第{number}行：{reason}", number))
        else:
            reason = f"这条记录（#{record.id}）台账中已有，内容相同"
        self.skipped += [Skipped(line, reason) for line in row.rows]
        return True

    def _record(self, mark: str) -> Record | None:
        number, _, uid = mark.partition("-")
        if not uid:
            return None
        if number.isdigit():
            found = self._ledger.records(self._kind.name, [int(number)])
            if found and found[0].uid == uid:
                return found[0]
        if self._by_uid is None:
            self._by_uid = {}
            for trash in (False, True):
                ids = self._ledger.ids(Query(self._kind.name, trash=trash))
                self._by_uid.update(
                    (record.uid, record) for record in self._ledger.records(self._kind.name, ids)
                )
        return self._by_uid.get(uid)

    def _differences(self, record: Record, row: ReadRow) -> list[str]:
        found = []
        for name, value in row.values.items():
            if name == "uid":
                continue
            old = record.values.get(name)
            if _plain(value) == _plain(old) or self._same_name(value, record, name):
                continue
            text = self._ledger.show(self._kind.name, name, None if isinstance(value, Named) else value)
            shown = value.name if isinstance(value, Named) else text
            found.append(
                f"{self._kind.field(name).label}台账中是“{record.shown.get(name, '')}”，表中是“{shown}”"
            )
        return found

    def _same_name(self, value: Any, record: Record, name: str) -> bool:
        return isinstance(value, Named) and normal_name(value.name) == normal_name(record.shown.get(name, ""))

    def _stored_keys(self, rows: Sequence[ReadRow]) -> dict[Hashable, int]:
        """Keys of the ledger's records in the days that the rows cover."""
        if not rows:
            return {}
        kind = self._kind
        where: tuple[tuple[str, Range], ...] = ()
        days: list[Any] = [row.values.get(kind.date) for row in rows]
        if kind.date in kind.key and all(day is not None for day in days):
            where = ((kind.date, Range(min(days), max(days))),)
        ids = self._ledger.ids(Query(kind.name, where=where))
        return {self._key(record.values): record.id for record in self._ledger.records(kind.name, ids)}

    def _key(self, values: Mapping[str, Any]) -> Hashable:
        return tuple(_hashable(self._kind, name, values.get(name)) for name in self._kind.key)


def _hashable(kind: Kind, name: str, value: Any) -> Hashable:
    """A value for comparing keys; names that are not in a list yet by their normal form."""
    item = kind.field(name)
    if value in (None, "", ()):
        value = item.default
    if isinstance(value, Named):
        return ("name", normal_name(value.name))
    if isinstance(value, tuple):
        return frozenset(("name", normal_name(ref.name)) if isinstance(ref, Named) else ref for ref in value)
    if isinstance(value, datetime.datetime) and item.type is FieldType.DATE:
        return value.date()
    return value if isinstance(value, Hashable) else str(value)


def _plain(value: Any) -> Any:
    return None if value in ("", ()) else value
