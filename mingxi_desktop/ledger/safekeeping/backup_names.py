"""What the name of a backup says: whose it is, its place in the order, when, why, and the history's last hash.

明溪应急台账-3f2a-00012-20240609-173000-9a8b7c6d-关闭时.mxbak.  The order is that of the numbers and never that of
the clock, which somebody may set back.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from mingxi_desktop.ledger import door
from mingxi_desktop.patterns import pattern

SUFFIX = door.BACKUP
FOLDER, FOLDER_SETTING = "备份", "backup.folder"
SECOND_PLACE = "backup.second"
"""Setting: the second folder for backups."""
SECOND_BACKUP = "backup.second_last"
"""Setting: when the last backup went to the second place."""
LAST_BACKUP = "backup.last"
"""Setting: when the last backup was made."""
LAST_PROOF = "verify.complete"
"""Setting: when every record, every entry of an index and every list was held against what is known of it."""
OWNER, NUMBER = "backup.owner", "backup.number"
"""Settings: whose backups are this ledger's; the number of the last one."""
NO_CHANGES = "0" * 8
"""The tail in the name of a backup of a ledger whose history is empty."""
FLAWED = "有问题"
"""In the name of a backup that is as good as the ledger it was made of, whose history had faults already."""
_STAMP = "%Y%m%d-%H%M%S"
_NAME = pattern(
    r"(?P<stem>.+)-(?P<owner>[0-9a-f]{4})-(?P<number>\d{5,9})-(?P<at>\d{8}-\d{6})-(?P<tail>[0-9a-f]{8})"
    r"(?:-(?P<reason>[^-]+))?"
)
_EARLIER = pattern(r"(?P<stem>.+)-(?P<at>\d{8}-\d{6})-(?P<tail>[0-9a-f]{8})(?:-\d+)?")
"""Names of earlier versions, without a number: older than all the others, and never thinned out."""


class Named(NamedTuple):
    """A backup as its name describes it.

    owner: four letters that tell ledgers of the same name apart.  number: its place in the order, 0 for names
    of earlier versions.  tail: the beginning of the history's last hash.  reason: 关闭时, 导入前 …; "" by hand.
    """

    path: Path
    stem: str
    owner: str
    number: int
    at: datetime.datetime
    tail: str
    reason: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing at all was found wrong with it."""
        return FLAWED not in self.reason


def folder_of(ledger: Path, chosen: str) -> Path:
    """Where backups of a ledger file go: the folder chosen in the settings, else 备份 beside it."""
    return Path(chosen) if chosen else ledger.parent / FOLDER


def belongs(one: Named, stem: str, owner: str) -> bool:
    """Whether a backup is of the ledger of this owner, which may have been renamed; by its name where nobody says."""
    return one.owner == owner if one.owner and owner else one.stem == stem


def name_of(stem: str, owner: str, number: int, tail: str, reason: str) -> str:
    """The name of a backup made now."""
    why = f"-{reason}" if reason else ""
    return f"{stem}-{owner}-{number:05d}-{datetime.datetime.now():{_STAMP}}-{tail[:8]}{why}{SUFFIX}"


def read_name(path: Path) -> Named | None:
    """What a file name says; None where it is not one of ours."""
    if path.suffix != SUFFIX:
        return None
    found = _NAME.fullmatch(path.stem) or _EARLIER.fullmatch(path.stem)
    if found is None:
        return None
    try:
        at = datetime.datetime.fromisoformat(found["at"].replace("-", "T"))
    except ValueError:
        return None
    said = found.groupdict()
    owner, number, reason = said.get("owner") or "", int(said.get("number") or 0), said.get("reason") or ""
    return Named(path, found["stem"], owner, number, at, found["tail"], reason)


def backups_in(folder: Path) -> list[Named]:
    """The backups in a folder, the newest by their numbers first; empty where there is no such folder."""
    try:
        paths = list(folder.glob(f"*{SUFFIX}"))
    except OSError:
        return []
    return ordered(filter(None, map(read_name, paths)))


def renamed_in(folder: Path) -> list[Named]:
    """The backups in a folder that somebody gave another name, the newest by their files' time first."""
    found = []
    with suppress(OSError):
        for path in folder.glob(f"*{SUFFIX}"):
            if read_name(path) is None:
                at = datetime.datetime.fromtimestamp(path.stat().st_mtime)
                found.append(Named(path, path.stem, "", 0, at, ""))
    return sorted(found, key=lambda one: one.at, reverse=True)


def ordered(backups: Iterable[Named]) -> list[Named]:
    """Newest first: by number; those of earlier versions, which have none, by their clock."""
    return sorted(
        backups, key=lambda one: (one.number, one.at if not one.number else one.at.min), reverse=True
    )
