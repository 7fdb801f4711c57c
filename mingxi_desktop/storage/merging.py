"""What can be saved of a damaged ledger file, put into a sound one: a backup, or an empty ledger.

The history says how each record must be: a row is right when its hash is that of the record's last entry. What is
missing in the damaged file is worked out from the sound one and the changes since; what cannot be had either way
is listed, with what the history says of it, and noted in the history.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import peewee

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.storage import marks, sqlite, steps
from mingxi_desktop.storage.gleanings import ENTRY, Gleanings, Key, is_entry, is_record
from mingxi_desktop.storage.inserting import insert_rows
from mingxi_desktop.storage.journal import DELETE, EDIT, FIRST, RESTORE, Journal, chained
from mingxi_desktop.storage.merging_tables import REFUSED, Tables, known, put_all
from mingxi_desktop.storage.rows import Rows
from mingxi_desktop.storage.schema import files_field, link_fields, stored_fields
from mingxi_desktop.storage.shapes import state_hash
from mingxi_desktop.storage.store import Store
from mingxi_desktop.storage.wreck import Row, Wreck

LOST, DOUBTFUL, EARLIER = "读不出来", "内容和变更历史对不上，请核对", "最后的修改读不出来，保留了之前的内容"
RETOLD = "内容没有变，录入、修改的时间、操作人等在程序之外被改动过，请核对"
FOUND_AGAIN = "抢救"
"""The action of the entries that say how a record was found."""
_Found = tuple[Row, dict[str, list[str]]]
"""A row and its links."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A record that could not be saved as it was.

    said: the last that the history says of it.  what: LOST, DOUBTFUL, EARLIER or RETOLD.
    """

    kind: str
    record: int
    said: str
    what: str


@dataclass(slots=True)
class Merged:
    """What came of it.

    taken: records brought over.  entries: of the history; how many are missing, which were edited.
    unread_tables: tables beside the records of which something is missing.  doubted_tables: those that were changed
    outside the program: where there is a backup, what was changed is as it was there.
    """

    taken: int = 0
    entries: int = 0
    missing_entries: int = 0
    edited_entries: list[int] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    unread_tables: list[str] = field(default_factory=list)
    doubted_tables: list[str] = field(default_factory=list)


class NotContinuedError(Exception):
    """The damaged file does not go on where the sound one ends."""


def continues(last: int, tail: bytes, wreck: Wreck) -> int:
    """How many entries the damaged file has beyond a file whose history ends with entry `last`, hash `tail`.

    NotContinuedError where it does not go on from there.
    """
    found, later = not last, 0
    for number, row in Gleanings(wreck).all("history"):
        found |= number == last and row.get("hash") == tail
        later += number > last
    if not found:
        raise NotContinuedError
    return later


def merge(store: Store, wreck: Wreck) -> Merged:
    """Bring everything of the damaged file into the sound one, in one transaction."""
    with store.writing():
        merging = _Merging(store, wreck)
        merging.history()
        merging.records()
        merging.rest()
        if wreck.older:
            steps.names_out_of_search_texts(store.schema)
        merging.note()
    store.references.forget()
    return merging.done


def _tail(store: Store) -> tuple[int, bytes]:
    table = store.schema.history
    row = table.select(table.id, table.hash).order_by(table.id.desc()).limit(1).tuples().first()
    return (row[0], bytes(row[1])) if row else (0, FIRST)


class _Merging:
    def __init__(self, store: Store, wreck: Wreck) -> None:
        self._store = store
        self._wreck = wreck
        self._found = Gleanings(wreck)
        self._database = store.database
        self._journal = Journal(store.schema)
        self._rows = Rows(store, self._journal)
        self.done = Merged()
        self._entries: list[Row] = []
        self._wanted: dict[Key, bytes] = {}
        self._was: dict[Key, bytes] = {}
        self._said: dict[int, str] = {}
        self._own_marks: dict[str, dict[int, bytes]] = {}
        self._uids: set[str] = set()
        self._from_backup = False

    # the history

    def history(self) -> None:
        """Take over the entries beyond our own, chained anew from where one is missing."""
        last, before = _tail(self._store)
        self._from_backup = bool(last)
        found = {number: row for number, row in self._found.all("history") if number > last and is_entry(row)}
        self._sets()
        rows, hashes = [], {last: before, **{number: row["hash"] for number, row in found.items()}}
        for number, (old, row) in enumerate(sorted(found.items()), last + 1):
            if old - 1 in hashes and chained(hashes[old - 1], row) != row["hash"]:
                self.done.edited_entries.append(old)
            row = {"id": number, **{name: row[name] for name in ENTRY}, "state": bytes(row["state"])}
            before = row["hash"] = chained(before, row)
            rows.append(row)
        put_all(self._database, "history", rows)
        self._entries = rows
        self.done.entries = len(rows)
        self.done.missing_entries = max(found, default=last) - last - len(rows)
        table = self._store.schema.history
        for kind, record, state in (
            table.select(table.kind, table.record, table.state).order_by(table.id).tuples()
        ):
            self._wanted[kind, record] = bytes(state)

    def _sets(self) -> None:
        """The change sets beyond our own."""
        table = self._store.schema.change_set
        last = table.select(peewee.fn.MAX(table.id)).scalar() or 0
        rows = {number: row for number, row in self._found.all("change_set") if number > last}
        put_all(self._database, "change_set", known(table, rows.values()))
        self._said = dict(table.select(table.id, table.sentence).tuples())

    # the records

    def records(self) -> None:
        """Take over the rows that the history proves; work the others out; list what is left."""
        kinds = self._store.schema.kinds
        links, files, marked = self._found.links(), self._found.attached(), self._found.marks()
        doubtful: dict[Key, _Found] = {}
        retold: dict[Key, _Found] = {}
        for kind in kinds.values():
            self._own_marks[kind.name] = self._store.marks.kept(kind.name)
            for number, state in self._rows.current_states(kind):
                self._was[kind.name, number] = state
        done: set[Key] = set()
        for name, number, row in self._found.candidates(self._wanted):
            key, kind = (name, number), kinds[name]
            if key in done or self._settled(key, row, marked.get(name, {})):
                continue
            linked = links.get(key, {})
            proved = _state(kind, row, linked, files.get(key, [])) == self._wanted.get(key)
            if proved and not marks.holds(marked.get(name, {}), row):
                retold[key] = (row, linked)
            elif proved and self._put(kind, row, linked):
                done.add(key)
                self.done.taken += 1
            elif is_record(row) and (key in self._wanted or row["uid"] not in self._uids):
                doubtful.setdefault(key, (row, linked))
        for key in sorted(self._wanted.keys() | doubtful.keys()):
            if key not in done and self._was.get(key) != self._wanted.get(key, FIRST):
                found = retold.get(key) or doubtful.get(key)
                self._settle(kinds.get(key[0]), key, found, files.get(key, []), retold=key in retold)

    def _settled(self, key: Key, row: Row, marked: Mapping[int, bytes]) -> bool:
        """Whether the sound file has the row as it was last, also in what no history covers, as its search text."""
        if self._was.get(key) != self._wanted.get(key, FIRST):
            return False
        mark, own = marks.mark_in(marked, key[1]), marks.mark_in(self._own_marks.get(key[0], {}), key[1])
        same = mark == own or self._wreck.older  # whose search texts were others
        return same or not any(mark) or not marks.holds(marked, row)

    def _settle(
        self,
        kind: Kind | None,
        key: Key,
        found: _Found | None,
        files: list[str],
        *,
        retold: bool,
    ) -> None:
        """A record that could not be proved by the damaged file's row."""
        if kind is None or (found is None and self._wanted.get(key) == FIRST):
            return
        if key in self._was and self._replayed(kind, key, files):
            self.done.taken += 1
        elif found is not None and key not in self._wanted and found[0]["uid"] in self._uids:
            return  # a row of another kind that has the same shape
        elif found is not None and self._put(kind, *found):
            self.done.taken += 1
            self._lose(key, RETOLD if retold else DOUBTFUL)
        else:
            self._lose(key, EARLIER if key in self._was else LOST)

    def _replayed(self, kind: Kind, key: Key, files: list[str]) -> bool:
        """Work the row out from the sound one and the changes since; whether that gives what the history says."""
        row, linked = self._own_row(kind, key[1]), self._own_links(kind, key[1])
        listed = files_field(kind)
        for entry in self._entries:
            if (entry["kind"], entry["record"]) != key:
                continue
            if entry["action"] in (DELETE, RESTORE):
                gone = entry["action"] == DELETE
                row |= {
                    "deleted_at": entry["at"] if gone else None,
                    "deleted_by": entry["by"] if gone else None,
                }
            elif entry["action"] == EDIT:
                row |= {"updated_at": entry["at"], "updated_by": entry["by"]}
                for name, (_, after) in json.loads(entry["changes"]).items():
                    if name in row:
                        row[name] = after
                    elif listed is None or name != listed.name:
                        linked[name] = after or []
        day = row.get(kind.date) or row.get("record_date")
        row["year"] = int(str(day)[:4]) if day else row["year"]
        if _state(kind, row, linked, files) != self._wanted.get(key) or not self._put(kind, row, linked):
            return False
        for record in self._rows.load(kind, [key[1]]):
            self._rows.search_texts.write(kind, record)
        return True

    def _put(self, kind: Kind, row: Row, linked: Mapping[str, list[str]]) -> bool:
        """Write a row and its links; False where the sound file cannot hold it."""
        known = self._store.schema.table[kind.name]._meta.fields
        row = {name: value for name, value in row.items() if name in known}
        try:
            if (kind.name, row["id"]) in self._was:
                sqlite.update_row(self._database, kind.name, row["id"], row)
            else:
                insert_rows(self._database, kind.name, [row])
        except REFUSED:
            return False  # SQLite has undone this statement alone
        self._store.marks.touch(kind.name, (row["id"],))
        link, names = self._store.schema.link, [item.name for item in link_fields(kind)]
        if (kind.name, row["id"]) in self._was and names:
            of_record = (link.kind == kind.name) & link.field.in_(names) & (link.record == row["id"])
            link.delete().where(of_record).execute()
        self._was[kind.name, row["id"]] = b""
        self._uids.add(row["uid"])
        fresh = [
            {"kind": kind.name, "field": name, "record": row["id"], "target": target}
            for name, targets in linked.items()
            for target in targets
        ]
        put_all(self._database, "link", fresh)
        return True

    def _lose(self, key: Key, what: str) -> None:
        table = self._store.schema.history
        last = table.select(table.change_set).where((table.kind == key[0]) & (table.record == key[1]))
        number = last.order_by(table.id.desc()).limit(1).scalar()
        self.done.losses.append(Loss(*key, self._said.get(number or 0, ""), what))

    # the rest

    def rest(self) -> None:
        """The tables beside the records."""
        tables = Tables(self._store, self._found, backup=self._from_backup)
        tables.bring({(entry["kind"], entry["record"]) for entry in self._entries})
        self.done.unread_tables, self.done.doubted_tables = sorted(tables.unread), sorted(tables.doubted)

    def note(self) -> None:
        """Say in the history what was done, and how each record was found that is not as it should be."""
        losses = self.done.losses
        said = f"从损坏的台账文件抢救：取回{self.done.taken}条记录"
        said += f"，{len(losses)}条不全" if losses else ""
        number = self._journal.begin(self._store.operator, said)
        kinds = self._store.schema.kinds
        now_are: dict[Key, bytes] = {}
        for name in {loss.kind for loss in losses if loss.kind in kinds}:
            now_are |= {(name, id): state for id, state in self._rows.current_states(kinds[name])}
        for loss in losses:
            state = now_are.get((loss.kind, loss.record), FIRST)
            self._journal.write(number, self._store.operator, FOUND_AGAIN, loss.kind, loss.record, {}, state)
        self._journal.seal()
        self._rows.forget()

    def _own_row(self, kind: Kind, record: int) -> Row:
        """A record's row in the sound file, in the form of the file."""
        table = self._store.schema.table[kind.name]
        values = self._database.execute(table.select().where(table.id == record)).fetchone()
        return dict(zip(table._meta.sorted_field_names, values, strict=True))

    def _own_links(self, kind: Kind, record: int) -> dict[str, list[str]]:
        link, found = self._store.schema.link, dict[str, list[str]]()
        rows = link.select(link.field, link.target).where((link.kind == kind.name) & (link.record == record))
        for name, target in rows.order_by(link.id).tuples():
            found.setdefault(name, []).append(target)
        return found


def _state(kind: Kind, row: Row, linked: Mapping[str, list[str]], files: list[str]) -> bytes:
    """The hash of a record's state, as `Rows.current_states` works it out."""
    state = {item.name: row.get(item.name) for item in stored_fields(kind)}
    names = {item.name for item in link_fields(kind)}
    state |= {name: targets for name, targets in linked.items() if name in names and targets}
    listed = files_field(kind)
    if listed is not None and files:
        state[listed.name] = files
    try:
        return state_hash(kind, state, deleted=row.get("deleted_at") is not None)
    except (TypeError, ValueError, UnicodeError):
        return b""
