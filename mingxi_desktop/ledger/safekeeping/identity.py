"""Which ledger a file is, and whether it is its newest state: what the backups beside it tell.

A ledger has an owner, four letters made once, which every copy of it carries and its backups have in their names
beside the last hash of the history. A backup whose last hash is not in the history knows of more than the file: an
older file, or another one, lies in the ledger's place, or two copies of a ledger go on side by side. That is told
at every opening until somebody goes back to a backup or confirms the file; either is noted in the chained history,
and nothing else is believed.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.safekeeping.backup_names import (
    FOLDER_SETTING,
    NO_CHANGES,
    NUMBER,
    OWNER,
    SECOND_PLACE,
    Named,
    backups_in,
    belongs,
    folder_of,
    ordered,
)
from mingxi_desktop.storage import cipher, copies
from mingxi_desktop.storage.journal import Journal
from mingxi_desktop.storage.remarks import Remarks
from mingxi_desktop.storage.store import Store

_KNOWN = "backup.known"
"""Setting: up to which number the history was seen to hold the ends of all its backups; only saves a look."""
_KIND, _CONFIRM, _RESTORE = "identity", "确认", "恢复"
"""What the entries are called in the history, and their actions."""
_SAID = "settled"
CONFIRMED = "确认用这一份台账：备份里有这一份没有的变更"
RESTORED = "从备份恢复：较新的备份里的变更不再算在内"


@dataclass(frozen=True, slots=True)
class Passed:
    """Backups that know of more than the ledger file, the newest first.

    own: some are of this very ledger; else of another one that had the file's name.
    """

    backups: tuple[Named, ...]
    own: bool

    @property
    def newest(self) -> Named:
        """The newest of the backups that have more, the one to go back to."""
        return self.backups[0]

    @property
    def sentence(self) -> str:
        """What was found, for the user."""
        one = self.newest
        more = f"，另有 {len(self.backups) - 1} 份备份也是这样" if len(self.backups) > 1 else ""
        said = f"{one.at:%Y-%m-%d %H:%M} 的备份（{one.path.name}）里最后一条变更 {one.tail} 不在台账里{more}"
        if self.own:
            return f"变更历史的末尾不见了：{said}；末尾被截断，或者台账被换成了更旧的文件"
        return f"备份文件夹里有另一份台账的备份：{said}；台账文件可能被换成了另一份"


def name(store: Store) -> None:
    """Give a ledger its owner, if it has none: that of the backups of its own past, else a new one."""
    if store.setting(OWNER):
        return
    named = [one for one in _there(store, store.path, thoroughly=False) if one.stem == store.path.stem]
    missing = _not_in_history(store, named)
    past = next((one.owner for one in ordered(named) if one not in missing), "")
    with store.writing():
        store.set_setting(OWNER, past or _new())


def passed(
    store: Store, path: Path | None = None, *, thoroughly: bool = False, folders: Sequence[str] = ()
) -> Passed | None:
    """The backups that know of more than the file; None where all is well.

    path: the ledger file, where the store is a copy of it.  thoroughly: looks in the second place too, and takes
    nothing for known; else it costs a directory and a few lookups.  folders: more places to look in.
    """
    path, owner = path or store.path, store.setting(OWNER)
    named = _there(store, path, thoroughly, folders)
    if not thoroughly:
        known = _number(store.setting(_KNOWN))
        named = [one for one in named if one.stem == path.stem or one.owner == owner]
        named = [one for one in named if one.owner != owner or one.number > known]
    if named:
        settled = _settled(store)
        named = [one for one in named if not _is_settled(one, settled)]
    missing = _not_in_history(store, named)
    related = {owner, *(one.owner for one in set(named).difference(missing))}
    found = [one for one in missing if one.stem == path.stem or one.owner in related]
    own = [one for one in found if belongs(one, path.stem, owner)]
    others = [one for one in found if one not in own]
    return Passed((*ordered(own), *ordered(others)), bool(own)) if found else None


def settle(store: Store, journal: Journal, change_set: int, found: Passed) -> None:
    """Note in a change that the file is the ledger although these backups know of more.

    It gets another owner where they are its own: should it be one of two copies that both go on, each has its own
    backups from now on.
    """
    said: dict[str, Any] = {_SAID: {one.owner: None for one in found.backups}}
    if found.own:
        store.set_setting(OWNER, _new())
        store.set_setting(_KNOWN, "")
    Remarks(store, journal).write(change_set, _KIND, _CONFIRM, said)


def settle_restored(store: Store, path: Path, folders: Sequence[str] = ()) -> None:
    """Note in a file that is about to take the ledger's place which backups it is behind, and rightly so.

    folders: further ones where backups go, as the file says whose place it takes.
    """
    found = passed(store, path, thoroughly=True, folders=folders)
    if found is None:
        return
    owner = store.setting(OWNER)
    said: dict[str, int | None] = {one.owner: None for one in found.backups if one.owner != owner}
    own = [one.number for one in found.backups if one.owner == owner]
    if own:
        said[owner] = max(own)
    with store.writing():
        journal = Journal(store.schema)
        change_set = journal.begin(store.operator, RESTORED)
        Remarks(store, journal).write(change_set, _KIND, _RESTORE, {_SAID: said})
        journal.seal()


def noted(store: Store, number: int) -> None:
    """A backup of this number was made: inside the transaction that notes it."""
    found = passed(store)
    store.set_setting(NUMBER, str(number))
    if found is None or not found.own:
        store.set_setting(_KNOWN, str(number))


def last_number(store: Store, named: Iterable[Named]) -> int:
    """The highest number of a backup that is known of or there."""
    owner, stem = store.setting(OWNER), store.path.stem
    own = [one.number for one in named if belongs(one, stem, owner)]
    return max([_number(store.setting(NUMBER)), *own])


def _new() -> str:
    return secrets.token_hex(2)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0


def _there(store: Store, path: Path, thoroughly: bool, folders: Sequence[str] = ()) -> list[Named]:
    """The backups with an owner and a history, in each place where this ledger's go."""
    chosen = store.setting(FOLDER_SETTING)
    further = [*folders, store.setting(SECOND_PLACE)] if thoroughly else folders
    places = dict.fromkeys((folder_of(path, chosen), folder_of(path, ""), *map(Path, filter(None, further))))
    found = {one.path.name: one for place in places for one in backups_in(place)}
    return [one for one in found.values() if one.number and one.tail != NO_CHANGES]


def _not_in_history(store: Store, named: Sequence[Named]) -> list[Named]:
    """Those whose last hash is no entry's.  The newest are found at once: they are near the end of the history."""
    wanted = {bytes.fromhex(one.tail) for one in named}
    table = store.schema.history
    if wanted:
        for (digest,) in table.select(table.hash).order_by(table.id.desc()).tuples().iterator():
            wanted.discard(bytes(digest[:4]))
            if not wanted:
                break
    return [one for one in named if bytes.fromhex(one.tail) in wanted]


def _settled(store: Store) -> dict[str, int | None]:
    """Owner → up to which number its backups are settled; None for all of them."""
    found: dict[str, int | None] = {}
    for _, _, said in Remarks(store, Journal(store.schema)).all(_KIND):
        for owner, number in said[_SAID].items():
            before = found.get(owner, 0)
            found[owner] = None if number is None or before is None else max(before, number)
    return found


def _is_settled(one: Named, settled: dict[str, int | None]) -> bool:
    upto = settled.get(one.owner, 0)
    return upto is None or one.number <= upto


def folders_said(path: Path) -> list[str]:
    """The folders for backups that a ledger file names that is not open; none where it cannot be read."""
    with suppress(UserError, OSError, *cipher.faults()), copies.looking(path) as schema:
        table = schema.setting
        keys = (FOLDER_SETTING, SECOND_PLACE)
        return [row[0] for row in table.select(table.value).where(table.key.in_(keys)).tuples()]
    return []
