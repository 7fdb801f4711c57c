"""Backups: when one is due, made from the open ledger, finished without it, noted in it.

Only the copying of pages needs the ledger: `Backups.begin`, a fraction of a second.  Checking, naming, the second
place and thinning out are `finish`, which may run on any thread while the clerk goes on saving.
"""

from __future__ import annotations

import datetime
import re
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from mingxi_desktop.domain.stamp import now
from mingxi_desktop.errors import UserError, disk_fault
from mingxi_desktop.ledger import placing
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.ledger.safekeeping import identity, second_place
from mingxi_desktop.ledger.safekeeping.backup_names import (
    FLAWED,
    FOLDER,
    FOLDER_SETTING,
    LAST_BACKUP,
    LAST_PROOF,
    OWNER,
    SECOND_BACKUP,
    SECOND_PLACE,
    SUFFIX,
    Named,
    backups_in,
    belongs,
    folder_of,
    name_of,
    renamed_in,
)
from mingxi_desktop.ledger.stopping import WHOLE, Told, told_amid, within
from mingxi_desktop.patterns import pattern
from mingxi_desktop.storage import cipher, copies, seal, sqlite
from mingxi_desktop.storage.attachments import Attachments
from mingxi_desktop.storage.store import Store

__all__ = [
    "BEFORE_CURE", "BEFORE_DELETE", "BEFORE_IMPORT", "BEFORE_RESTORE", "CLOSING", "FOLDER", "FOLDER_SETTING",
    "LAST_BACKUP", "MEANWHILE", "READABLE", "SECOND_BACKUP", "SECOND_PLACE", "Backups", "Draft", "Made",
    "check_folder", "drop", "exists_already", "finish", "folder_of", "in_folder", "unwritable",
]  # fmt: skip
READABLE = "backup.readable"
"""Setting: "0" where no readable workbook is to be written at close."""
CLOSING, MEANWHILE, BEFORE_IMPORT = "关闭时", "使用中", "导入前"
BEFORE_DELETE, BEFORE_RESTORE, BEFORE_CURE = "批量删除前", "恢复前", "批量处理前"
MANY = 20
"""Records that one deletion or cure may take before a backup is made first."""
_UNFINISHED = pattern(rf"{re.escape(SUFFIX)}\.[0-9a-f]{{8}}\.part(-journal)?$")
"""The end of the name of a backup that is being made: see `placing.part_of`."""
_AGAIN = "检查磁盘后再备份一次。"
_STALE = 86_400
"""Seconds after which an unfinished backup is rubbish that a power cut left."""

_PROOF_DAYS = 7
"""Days after which the proof of a closing window's backup looks at every record again."""
_COPIED, _LOOKED_AT = 17, (25, 97)
"""How much of making a backup is copying, and between which parts of the rest it is looked at: hundredths of the time
that a large one takes."""


def _nobody(_done: int, _total: int) -> None:
    """Nobody wants to know."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A copy of the ledger's pages, not yet checked and without its name.

    folder: where it goes.  target: its name where the caller chose one.  rows: of each table, as the ledger has
    them.  attachments: (SHA-256, name).  warning: why it does not go where it should.  alone: no backups of a copy
    that went its own way lie there, so that old ones may be thinned out.  proved: the ledger was sealed when it was
    opened, or looked through since, the copy has the same bytes, and somebody waits: no need to hold each record
    against the history.
    """

    part: Path
    ledger: Path
    folder: Path
    target: Path | None
    owner: str
    number: int
    tail: str
    reason: str
    rows: Mapping[str, int]
    attachments: tuple[tuple[str, str], ...]
    second: Path | None
    warning: str = ""
    alone: bool = True
    proved: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made.

    flaws: what was wrong with the ledger already.  proof: whether every record was looked at.
    second: its copy in the second place; None where there is no second place or it is not plugged in.
    warnings: Chinese sentences on what did not work besides.
    """

    path: Path
    number: int
    flaws: tuple[str, ...] = ()
    proof: bool = False
    second: Path | None = None
    warnings: tuple[str, ...] = ()


@guarded
class Backups:
    """Makes, finds, checks and thins out the backups of one ledger, beside it and in the second place."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def folder(self) -> Path:
        """Where they go."""
        return folder_of(self._store.path, self._store.setting(FOLDER_SETTING))

    @property
    def second(self) -> Path | None:
        """The second place; None where none was chosen."""
        chosen = self._store.setting(SECOND_PLACE)
        return Path(chosen) if chosen else None

    def there(self) -> list[Named]:
        """All backups to be found, in every place, the newest first; each once."""
        places = [self.folder, folder_of(self._store.path, ""), *filter(None, [self.second])]
        found = {one.path.name: one for place in reversed(places) for one in in_folder(place)}
        newest = sorted(found.values(), key=lambda one: (one.number, one.at), reverse=True)
        own = [one for one in newest if self._own(one)]
        return [*own, *(one for one in newest if not self._own(one))]

    def changed(self) -> bool:
        """Whether the ledger is another than in its newest backup, good or as flawed as the ledger is."""
        state = copies.marker(self._store.schema)
        newest = next((one for one in backups_in(self.folder) if self._own(one)), None)
        if newest is None:
            return bool(state.change_set or state.entries)
        if newest.tail != state.tail[:8]:
            return True
        try:
            with copies.looking(newest.path) as schema:
                return copies.marker(schema) != state
        except (UserError, OSError):
            return True

    def due(self) -> bool:
        """Whether one is to be made beside the work: of changes, or to look at every record of a large ledger again."""
        from mingxi_desktop.ledger.safekeeping.proving import MOST_AT_ONCE

        return self.changed() or (self._unproved() and self._store.path.stat().st_size > MOST_AT_ONCE)

    def begin(self, reason: str = "", target: Path | None = None, told: Told = _nobody) -> Draft:
        """Copy the pages beside the place where the backup goes; UserError leaves nothing behind."""
        self._store.settle()
        folder, warning = (target.parent, "") if target else self._writable()
        identity.name(self._store)
        owner = self._store.setting(OWNER)
        stem = self._store.path.stem
        part = placing.part_of(target or folder / f"{stem}-{owner}{SUFFIX}")
        # Those that somebody waits for trust the seal; once a week the last one of a day does not.
        trusting = reason not in ("", MEANWHILE) and not (reason == CLOSING and self._unproved())
        proved = trusting and self._store.proved
        try:
            folder.mkdir(parents=True, exist_ok=True)
            copies.copy_to(self._store.database, part, told)
            same = not proved or self._store.copied_in(part)
            draft = Draft(
                part,
                self._store.path,
                folder,
                target,
                owner,
                self._next(folder),
                copies.marker(self._store.schema).tail,
                reason,
                copies.row_counts(self._store.schema),
                tuple((row.sha256, row.name) for row in Attachments(self._store.schema).all()),
                self.second,
                warning,
                identity.passed(self._store) is None,
                proved,
            )
        except BaseException as error:
            sqlite.discard(part)
            if isinstance(error, OSError):
                raise unwritable(target or folder, error) from error
            if isinstance(error, UserError):
                raise _not_made(error) from error
            raise
        if not same:
            sqlite.discard(part)
            raise UserError("备份没有通过检查", f"文件：{part.parent}（写下的和台账里的不一样）", _AGAIN)
        return draft

    def note(self, made: Made) -> None:
        """Keep in the ledger when the last backup was made, and which number it has."""
        with suppress(UserError), self._store.writing():  # of a full disk or a read-only file
            self._store.set_setting(LAST_BACKUP, now())
            if made.proof and not made.flaws:
                self._store.set_setting(LAST_PROOF, now())
            identity.noted(self._store, made.number)
            if made.second is not None:
                self._store.set_setting(SECOND_BACKUP, now())

    def make(self, reason: str = "", target: Path | None = None, told: Told = _nobody) -> Made:
        """Begin, finish and note a backup; UserError where it cannot be made."""
        draft = self.begin(reason, target, within(told, 0, _COPIED))
        made = finish(draft, within(told, _COPIED, WHOLE))
        if target is None:
            self.note(made)
        return made

    def before(self, reason: str) -> Made | None:
        """A backup before something large, unless the newest one has it all already.

        None inside a transaction too: nothing can be copied then, and who began it had the choice.
        """
        if copies.writing(self._store.database):
            return None
        return self.make(reason) if self.changed() else None

    def before_import(self) -> None:
        """A backup before an import is stored, unless the newest one has everything already."""
        self.before(BEFORE_IMPORT)

    def before_many(self, number: int, reason: str = BEFORE_DELETE) -> None:
        """A backup before many records are deleted, or changed, at once."""
        if number > MANY:
            self.before(reason)

    def _own(self, one: Named) -> bool:
        return belongs(one, self._store.path.stem, self._store.setting(OWNER))

    def _unproved(self) -> bool:
        """Whether every record was looked at last some time ago, or on a day that is still to come."""
        last = self._store.setting(LAST_PROOF)[:10]
        week = datetime.date.today() - datetime.timedelta(_PROOF_DAYS)
        return not f"{week}" < last <= f"{datetime.date.today()}"

    def _next(self, folder: Path) -> int:
        return 1 + identity.last_number(self._store, backups_in(folder))

    def _writable(self) -> tuple[Path, str]:
        """The folder to write to, and a warning where it is not the chosen one: better there than nowhere."""
        chosen, beside = self.folder, folder_of(self._store.path, "")
        if chosen == beside:
            return chosen, ""
        try:
            check_folder(chosen)
        except UserError as error:
            return beside, f"备份文件夹写不进去（{error.detail}），这一份放在了台账旁边"
        return chosen, ""


def finish(draft: Draft, told: Told = _nobody) -> Made:
    """Check a draft, give it its name, copy it to the second place, thin the old ones out.

    UserError where it is not as the ledger is or cannot be named; then nothing of it is left.  What goes wrong
    afterwards is a warning.
    """
    from mingxi_desktop.ledger.safekeeping import copy_proof  # the window shows without what proves
    from mingxi_desktop.ledger.safekeeping.plain_words import in_plain_words

    try:
        told(0, WHOLE)
        seal.press(draft.part)
        with told_amid(within(told, *_LOOKED_AT)) as amid:
            broken, flaws = copy_proof.faults(draft.part, draft.rows, amid, draft.proved)
        if broken:
            raise UserError("备份没有通过检查", "；".join(in_plain_words(broken)[:3]), _AGAIN)
        # It may have been encrypted since the copy was begun.
        if cipher.encrypted(draft.ledger) and not cipher.encrypted(draft.part):
            raise UserError(
                "备份没有做成：台账刚刚加密了", f"文件：{draft.ledger}", "再备份一次，那一份是加密的。"
            )
        told(_LOOKED_AT[1], WHOLE)
        path, number = _named(draft, flaws)
    except OSError as error:
        raise unwritable(draft.target or draft.folder, error) from error
    finally:
        sqlite.discard(draft.part)
    made = Made(path, number, tuple(flaws), not draft.proved, warnings=tuple(filter(None, [draft.warning])))
    if draft.target is not None:
        return made
    if draft.alone:
        second_place.thin_out(draft.folder, draft.ledger.stem, draft.owner)
    _sweep(draft.folder)
    made = _with_attachments(made, draft)
    told(98, WHOLE)
    made = _second(made, draft)
    told(WHOLE, WHOLE)
    return made


def drop(draft: Draft) -> None:
    """Take away a draft that is no longer wanted."""
    sqlite.discard(draft.part)


def _named(draft: Draft, flaws: list[str]) -> tuple[Path, int]:
    """The backup under its name, which nobody had."""
    number, target = draft.number, draft.target
    if target is not None:
        if target.exists():
            raise exists_already(target)
        placing.settle(draft.part, target)
        return target, number
    reason = f"{draft.reason}{FLAWED}" if flaws else draft.reason
    while True:
        path = draft.folder / name_of(draft.ledger.stem, draft.owner, number, draft.tail, reason)
        if not path.exists():
            placing.settle(draft.part, path)
            return path, number
        number += 1


def _with_attachments(made: Made, draft: Draft) -> Made:
    """A backup folder that does not lie with the ledger holds the attachments too."""
    try:
        if not draft.folder.resolve().is_relative_to(draft.ledger.parent.resolve()):
            second_place.copy_attachments(draft.ledger, draft.attachments, draft.folder)
    except (OSError, UserError) as error:
        return _warned(made, error, draft.folder)
    return made


def _second(made: Made, draft: Draft) -> Made:
    """The copy in the second place, where it is plugged in; its faults never spoil the backup."""
    if (folder := draft.second) is None:
        return made
    try:
        if not folder.is_dir() or folder.resolve() == draft.folder.resolve():
            return made
        made = replace(made, second=second_place.copy_there(made.path, folder))
        second_place.copy_attachments(draft.ledger, draft.attachments, folder)
        if draft.alone:
            second_place.thin_out(folder, draft.ledger.stem, draft.owner)
    except (OSError, UserError) as error:
        return _warned(made, error, folder)
    return made


def _warned(made: Made, error: OSError | UserError, folder: Path) -> Made:
    error = unwritable(folder, error) if isinstance(error, OSError) else error
    said = f"{error.title}（{error.detail}）" if error.detail else error.title
    return replace(made, warnings=(*made.warnings, said))


def _sweep(folder: Path) -> None:
    """Take away what backups that were cut short a day ago have left."""
    for part in folder.glob(f"*{SUFFIX}.*.part*"):
        with suppress(OSError):
            if _UNFINISHED.search(part.name) and abs(time.time() - part.stat().st_mtime) > _STALE:
                part.unlink()


def in_folder(folder: Path) -> list[Named]:
    """Every backup in a folder, whatever somebody has called it."""
    return [*backups_in(folder), *renamed_in(folder)]


def check_folder(folder: Path, field: str = FOLDER_SETTING) -> None:
    """UserError where no backup could be written into a folder, which is made if need be."""
    probe = folder / f".{secrets.token_hex(4)}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        fault = disk_fault("这个文件夹不能放备份", folder, error, "换一个有写权限的文件夹。")
        fault.field = field
        raise fault from error


def exists_already(target: Path) -> UserError:
    """That a backup would overwrite a file."""
    return UserError("备份文件已经存在，没有覆盖", f"文件：{target}", "换一个文件名。")


def unwritable(where: Path, error: OSError) -> UserError:
    """That the disk refuses a backup."""
    return disk_fault("不能写备份", where, error, "换一个有写权限、有空间的文件夹。")


def _not_made(error: UserError) -> UserError:
    """That there is no backup, for the same reason for which nothing could be saved."""
    return UserError(f"备份没有做成：{error.title.removesuffix('，没有保存')}", error.detail, error.hint)
