"""What shim.c wrote down: the changes of the disk, in the order in which the program made them."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CREATE, WRITE, CUT, SYNC, RENAME, LINK, UNLINK, FOLDER, SAID = "CWTSRLUMA"
_HEAD = struct.Struct("<cQqII")


@dataclass(frozen=True)
class Change:
    """One call.  number: the file's.  place: offset of a write, size of a cut.  path, other: names given."""

    what: str
    number: int
    place: int
    data: bytes
    path: str
    other: str


def read(log: Path) -> list[Change]:
    """The changes in a log."""
    found, at = [], 0
    content = log.read_bytes() if log.exists() else b""
    while at < len(content):
        what, number, place, length, other = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        data, second = content[at : at + length], content[at + length : at + length + other]
        at += length + other
        kind = what.decode()
        path = data.decode("utf-8") if kind in (CREATE, RENAME, LINK, UNLINK, FOLDER) else ""
        found.append(Change(kind, number, place, data, path, second.decode("utf-8")))
    return found


def counted(changes: Sequence[Change]) -> int:
    """How many changes of the disk: what SAFETY_KILL counts."""
    return sum(change.what != SAID for change in changes)


def said(changes: Sequence[Change]) -> bytes:
    """What went to standard output in them."""
    return b"".join(change.data for change in changes if change.what == SAID)
