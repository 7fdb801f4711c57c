"""A disk that has lost its power: which states may be found, after the changes made until then.

- What was written into a file before its last fsync is there.
- Each write and cut after it is there, is missing, or is torn: of each 512-byte sector the old or the new, in any
  order; where a file grew over a sector that was lost there may be rubbish.
- Names (made, renamed, linked, removed) are certain after an fsync of their folder; of the later ones the first few
  are there and the others not.  That a file was synced does not keep its name.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from tests.safety.recorded import CREATE, CUT, FOLDER, LINK, RENAME, SYNC, UNLINK, WRITE, Change

SECTOR = 512


@dataclass
class _File:
    """sure: what is on the disk.  waiting: writes and cuts that may be."""

    sure: bytearray = field(default_factory=bytearray)
    waiting: list[Change] = field(default_factory=list)

    def settle(self) -> None:
        for change in self.waiting:
            _make(self.sure, change)
        self.waiting.clear()

    def found(self, draw: random.Random) -> bytes:
        """What may be in the file after the power came back."""
        content = bytearray(self.sure)
        way = draw.choice(("none", "all", "first", "any", "torn", "torn"))
        if way == "none":
            return bytes(content)
        last = draw.randint(0, len(self.waiting)) if way == "first" else len(self.waiting)
        for change in self.waiting[:last]:
            if way == "any" and draw.random() < 0.5:
                continue
            if way == "torn" and change.what == WRITE:
                _tear(content, change, draw)
            elif way != "torn" or draw.random() < 0.7:
                _make(content, change)
        return bytes(content)


class Disk:
    """A folder as the disk has it, while changes are made to it."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._files: dict[int, _File] = {}
        """By a number of ours: the system gives those of removed files to new ones."""
        self._ours: dict[int, int] = {}
        self._names: dict[str, int] = {}
        self._folders = {str(self._root)}
        self._waiting: list[tuple[Change, int]] = []
        """Changes of names, with our number of the file that was made."""
        self._numbers: dict[int, str] = {self._root.stat().st_ino: str(self._root)}
        for path in sorted(self._root.rglob("*")):
            number = path.stat().st_ino
            if path.is_dir():
                self._folders.add(str(path))
                self._numbers[number] = str(path)
            else:
                self._names[str(path)] = self._add(number, path.read_bytes())

    def _add(self, number: int, content: bytes = b"") -> int:
        ours = len(self._files)
        self._files[ours] = _File(bytearray(content))
        self._ours[number] = ours
        return ours

    def make(self, change: Change) -> None:
        """One more change was made."""
        if change.what in (WRITE, CUT):
            self._files[self._ours[change.number]].waiting.append(change)
        elif change.what == SYNC:
            if change.number in self._numbers:
                self._settle_names(self._numbers[change.number])
            elif change.number in self._ours:
                self._files[self._ours[change.number]].settle()
        elif change.what == CREATE:
            self._waiting.append((change, self._add(change.number)))
        elif change.what in (RENAME, LINK, UNLINK, FOLDER):
            if change.what == FOLDER:
                self._numbers[change.number] = change.path
            self._waiting.append((change, -1))

    def found(self, draw: random.Random, target: Path) -> None:
        """Lay a state that may be found into a new folder."""
        names, folders = dict(self._names), set(self._folders)
        for change, ours in self._waiting[: draw.randint(0, len(self._waiting))]:
            _name(names, folders, change, ours)
        for folder in sorted(folders):
            self._moved(folder, target).mkdir(parents=True, exist_ok=True)
        made: dict[int, bytes] = {}
        for name, ours in names.items():
            place = self._moved(name, target)
            if place.parent.is_dir():  # else the folder itself was lost
                content = made.setdefault(ours, self._files[ours].found(draw))
                place.write_bytes(content)

    def _moved(self, name: str, target: Path) -> Path:
        return target / Path(name).relative_to(self._root)

    def _settle_names(self, folder: str) -> None:
        """The folder's own names, and with them all that was done to names before its last change."""
        own = [at for at, (change, _) in enumerate(self._waiting, 1) if folder in _parents(change)]
        last = max(own, default=0)
        for change, ours in self._waiting[:last]:
            _name(self._names, self._folders, change, ours)
        del self._waiting[:last]


def _parents(change: Change) -> set[str]:
    return {str(Path(name).parent) for name in (change.path, change.other) if name}


def _name(names: dict[str, int], folders: set[str], change: Change, ours: int) -> None:
    if change.what == CREATE:
        names[change.path] = ours
    elif change.what == RENAME and change.path in names:
        names[change.other] = names.pop(change.path)
    elif change.what == LINK and change.path in names:
        names[change.other] = names[change.path]
    elif change.what == UNLINK:
        names.pop(change.path, None)
        folders.discard(change.path)
    elif change.what == FOLDER:
        folders.add(change.path)


def _make(content: bytearray, change: Change) -> None:
    if change.what == CUT:
        del content[change.place :]
        content.extend(bytes(change.place - len(content)))
    else:
        content.extend(bytes(max(0, change.place - len(content))))
        content[change.place : change.place + len(change.data)] = change.data


def _tear(content: bytearray, change: Change, draw: random.Random) -> None:
    """Of the sectors of a write some; the file grows as far as the last of them."""
    start, end = change.place, change.place + len(change.data)
    at = start
    while at < end:
        border = min(end, (at // SECTOR + 1) * SECTOR)
        if draw.random() < 0.5:
            if len(content) < at:
                content.extend(_rubbish(at - len(content), draw))
            content[at:border] = change.data[at - start : border - start]
        at = border


def _rubbish(length: int, draw: random.Random) -> bytes:
    return bytes(length) if draw.random() < 0.5 else draw.randbytes(length)
