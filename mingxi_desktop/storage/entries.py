"""Entries of reference lists changed as records are: told in the history, so that undo can take it back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from mingxi_desktop.domain.references import Entry
from mingxi_desktop.storage.journal import EDIT, Journal
from mingxi_desktop.storage.reference_store import entry_of, row_of
from mingxi_desktop.storage.store import Store

_MADE = frozenset({"normal", "search"})
"""What the program makes from the name."""


def revise(store: Store, journal: Journal, revised: Sequence[Entry], change_set: int) -> None:
    """Inside a change: store changed entries and write down what changed.

    One without a number is new: it is there with its name alone first, and that is what undo leaves of it.
    """
    known = [entry if entry.id else _added(store, entry) for entry in revised]
    # All are looked up before the first is stored, after which the lists are read anew.
    before = [store.references.get(entry.ref) for entry in known]
    for was, entry in zip(before, known, strict=True):
        assert was is not None
        old, new = _told(was), _told(entry)
        changes = {name: (old[name], new[name]) for name in new if old[name] != new[name]}
        if not changes:
            continue
        store.references.save(entry)
        said = json.dumps(new, ensure_ascii=False, sort_keys=True)
        digest = hashlib.sha256(said.encode("utf-8")).digest()
        journal.write(change_set, store.operator, EDIT, entry.list, entry.id, changes, digest)


def _added(store: Store, entry: Entry) -> Entry:
    there = store.references.find(entry.list, entry.name) or store.references.save(
        Entry(entry.list, entry.name)
    )
    return replace(entry, id=there.id)


def put_back(
    store: Store, journal: Journal, told: Sequence[Mapping[str, Any]], change_set: int
) -> Entry | None:
    """Inside a change: undo what entries of the history, the last first, did to lists.

    Each entry of a list comes once.  Gives one that has been changed since; nothing is stored then.
    """
    revised = []
    for one in told:
        changes: Mapping[str, Sequence[Any]] = one["changes"]
        now = store.references.get(f"{one['kind']}:{one['record']}")
        assert now is not None
        if any(_told(now)[name] != after for name, (_, after) in changes.items()):
            return now
        row = row_of(now) | {name: before for name, (before, _) in changes.items()}
        revised.append(entry_of(row | {"id": now.id}))
    revise(store, journal, revised, change_set)
    return None


def _told(entry: Entry) -> dict[str, Any]:
    return {name: value for name, value in row_of(entry).items() if name not in _MADE}
