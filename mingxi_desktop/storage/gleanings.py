"""The rows of a damaged ledger file, table by table: those SQLite reads, then those found page by page."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mingxi_desktop.storage import digests
from mingxi_desktop.storage.wreck import Row, Wreck

KEPT_SETTINGS = frozenset({"history.tail", "seal.before", digests.KEPT})
"""Settings that belong to one file and are never taken over."""
ENTRY = {"change_set": int, "at": str, "by": str, "action": str, "kind": str, "record": int, "changes": str}
"""The columns of a history entry that its hash covers, and their types."""
Key = tuple[str, int]
"""Kind and id of a record."""


class Gleanings:
    """What can be had of a wreck."""

    def __init__(self, wreck: Wreck) -> None:
        self.wreck = wreck

    def all(self, table: str) -> Iterator[tuple[int, Row]]:
        """The rows of a table, page by page too where SQLite could not read all."""
        seen = set()
        for number, row in self.wreck.rows(table):
            seen.add(number)
            yield number, row
        if table in self.wreck.hurt:
            for _, number, row in self.wreck.scanned([table]):
                if number not in seen:
                    seen.add(number)
                    yield number, row

    def candidates(self, wanted_states: Collection[Key]) -> Iterator[tuple[str, int, Row]]:
        """Rows that may be records, those in their place first."""
        kinds = self.wreck.kinds
        seen: dict[str, set[int]] = {name: set() for name in kinds}
        highest: dict[str, int] = {}
        for kind, record in wanted_states:
            highest[kind] = max(highest.get(kind, 0), record)
        for name in kinds:
            for number, row in self.wreck.rows(name, highest.get(name, 0)):
                seen[name].add(number)
                yield name, number, row
        hurt = [name for name in kinds if name in self.wreck.hurt]
        if hurt or any(record not in seen.get(kind, ()) for kind, record in wanted_states):
            for name, number, row in self.wreck.scanned(list(kinds)):
                wanted = (name, number) in wanted_states or "history" in self.wreck.hurt
                if number not in seen[name] and wanted:
                    yield name, number, row

    def links(self) -> dict[Key, dict[str, list[str]]]:
        """Record → its fields whose values lie in the link table."""
        found: dict[Key, dict[str, list[str]]] = {}
        for _, row in sorted(self.all("link"), key=lambda one: one[0]):
            of_record = found.setdefault((row["kind"], row["record"]), {})
            of_record.setdefault(row["field"], []).append(row["target"])
        return found

    def attached(self) -> dict[Key, list[str]]:
        """Record → its attachments with their content, as the state hash covers them."""
        found: dict[Key, list[str]] = {}
        for _, row in sorted(self.all("attachment"), key=lambda one: one[0]):
            if row["removed_at"] is None:
                said = f"{row['sha256']} {row['size']} {row['name']}"
                found.setdefault((row["kind"], row["record"]), []).append(said)
        return found

    def marks(self) -> dict[str, dict[int, bytes]]:
        """Kind → the marks of its records by block: see `storage.marks`."""
        found: dict[str, dict[int, bytes]] = {}
        for _, row in self.all("mark"):
            if isinstance(row["marks"], bytes):
                found.setdefault(row["kind"], {})[row["block"]] = row["marks"]
        return found


def plausible(table: str, row: Row) -> bool:
    """Whether a row found page by page is one of this table: two of them have the same shape."""
    if table == "indicator":
        return str(row.get("definition")).startswith("{") and "." not in str(row.get("id"))
    if table == "setting":
        own = str(row.get("value")).startswith("{") and "." not in str(row.get("key"))
        return row.get("key") not in KEPT_SETTINGS and not own
    return True


def is_entry(row: Row) -> bool:
    """Whether a row has all that a history entry has."""
    whole = all(type(row.get(name)) is sort for name, sort in ENTRY.items())
    return whole and all(
        isinstance(row.get(name), bytes) and len(row[name]) == 32 for name in ("state", "hash")
    )


def is_record(row: Row) -> bool:
    """Whether a row has what every record has."""
    return isinstance(row.get("uid"), str) and isinstance(row.get("year"), int)
