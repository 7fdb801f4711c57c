"""What was typed and is not saved yet, in small files beside the ledger: no crash takes it away.

One file for each form being filled in: 草稿/<ledger file>/<kind>-<when begun>-<chance>.json. It is written by
a thread of its own, under another name first, and goes when the form has been saved or given up.  What the disk
refuses is kept in memory, to be tried again.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from mingxi_desktop import paths
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.stamp import now
from mingxi_desktop.errors import disk_reason

FOLDER = "草稿"
_IMPORT = "导入.json"
"""Not named like a draft: what lies there while an import is stored."""
_SUFFIX, _PART, _BROKEN = ".json", ".part", ".损坏"
_FORM = 1
"""Version of what the files hold."""
_log = logging.getLogger(__name__)

Rows = tuple[tuple[int | None, Mapping[str, str]], ...]
"""Rows of a child table: id (None for a new one) and texts."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it was left.

    record/uid/updated_at: the stored record it shows, as it was then; None and "" for a new one.
    title: what the form was called.  texts: all fields.  rows: all child tables.  before/rows_before: what the
    changed fields and child tables held when the form was opened.  chosen: references picked from a list.
    files: attachments that wait for the record.  at: when it was written.  place: its file.
    """

    kind: str
    record: int | None
    uid: str
    updated_at: str
    title: str
    texts: Mapping[str, str]
    rows: Mapping[str, Rows]
    before: Mapping[str, str]
    rows_before: Mapping[str, Rows]
    chosen: Mapping[str, tuple[str, ...]]
    files: tuple[str, ...]
    at: str = field(default_factory=now)
    place: Path | None = None

    @property
    def changed(self) -> int:
        """In how many places something was typed."""
        return len(self.before) + len(self.rows_before) + len(self.files)


def folder_of(ledger: Path) -> Path:
    """The folder of a ledger's drafts; it need not exist."""
    return ledger.parent / FOLDER / ledger.name


def new_place(ledger: Path, kind: str) -> Path:
    """A file for a form that is being filled in."""
    return folder_of(ledger) / f"{kind}-{time.strftime('%Y%m%dT%H%M%S')}-{secrets.token_hex(3)}{_SUFFIX}"


def import_place(ledger: Path) -> Path:
    """The file that says which import is being stored into a ledger."""
    return folder_of(ledger) / _IMPORT


def keep(draft: Draft, place: Path) -> None:
    """Have the draft written; returns at once."""
    content = {"form": _FORM, **asdict(replace(draft, place=None))}
    # Half a character, as a broken paste brings it, is no reason to lose the rest.
    _scribe.put(place, json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "replace"))


def discard(place: Path) -> None:
    """Have a draft taken off; returns at once."""
    _scribe.put(place, None)


def settle() -> None:
    """Wait until everything is written and taken off."""
    _scribe.wait()


def fault() -> str:
    """Why a draft could not be written; "" when all could, and once it was told, until all could again."""
    return _scribe.take_fault()


def again() -> bool:
    """Have what could not be written tried again; False where everything is on the disk."""
    return _scribe.again()


def unwritten() -> tuple[list[Draft], str]:
    """The drafts that the disk refuses, tried once more before, the newest first; and why."""
    again()
    settle()
    left, reason = _scribe.left()
    return _newest_first([_draft(json.loads(content), place) for place, content in left.items()]), reason


def pending(ledger: Path) -> list[Draft]:
    """The drafts of a ledger, the newest first; what cannot be read is left for `look` to tell of."""
    settle()
    found = [_read(place) for place in _places(ledger, "*")]
    return _newest_first([draft for draft in found if draft is not None])


def look(ledger: Path, kind: str) -> tuple[list[Draft], list[str]]:
    """(drafts of a kind, the newest first; names that the files which cannot be read were given)."""
    settle()
    drafts, broken = [], []
    for place in _places(ledger, kind):
        draft = _read(place)
        if draft is not None and draft.kind == kind:
            drafts.append(draft)
        else:
            broken.append(_put_aside(place))
    return _newest_first(drafts), broken


def _newest_first(drafts: list[Draft]) -> list[Draft]:
    """Two of the same second are told apart by when their files were written."""
    return sorted(drafts, key=lambda one: (one.at, _written(one.place)), reverse=True)


def _written(place: Path | None) -> int:
    try:
        return 0 if place is None else place.stat().st_mtime_ns
    except OSError:  # gone since it was read
        return 0


def _places(ledger: Path, kind: str) -> list[Path]:
    return sorted(folder_of(ledger).glob(f"{kind}-*{_SUFFIX}"))


def _read(place: Path) -> Draft | None:
    try:
        data = json.loads(place.read_bytes())
        return _draft(data, place) if data["form"] == _FORM else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        _log.warning("draft %s cannot be read: %s", place.name, type(error).__name__)
        return None


def _draft(data: Mapping[str, Any], place: Path) -> Draft:
    """What a file holds, in its proper shapes; any fault of its form is an exception."""
    kind_of(data["kind"])
    record = data["record"]
    return Draft(
        kind=data["kind"],
        record=None if record is None else int(record),
        **{name: str(data[name]) for name in ("uid", "updated_at", "title", "at")},
        texts=_texts(data["texts"]),
        before=_texts(data["before"]),
        rows={name: _rows(lines) for name, lines in data["rows"].items()},
        rows_before={name: _rows(lines) for name, lines in data["rows_before"].items()},
        chosen={name: tuple(map(str, refs)) for name, refs in data["chosen"].items()},
        files=tuple(map(str, data["files"])),
        place=place,
    )


def _texts(data: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(text) for name, text in data.items()}


def _rows(lines: list[Any]) -> Rows:
    return tuple((None if row is None else int(row), _texts(texts)) for row, texts in lines)


def _put_aside(place: Path) -> str:
    """Rename a file that cannot be read, so that nobody stumbles over it again; the name it has now."""
    aside = place.with_name(f"{place.name}{_BROKEN}")
    try:
        paths.give_name(place, aside)
    except OSError:
        return place.name
    return aside.name


class _Scribe:
    """Writes files and takes them off, the last word on each; its thread lives while there is work."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted: dict[Path, bytes | None] = {}
        self._refused: dict[Path, bytes] = {}
        self._thread: threading.Thread | None = None
        self._fault = ""
        self._told = False

    def put(self, place: Path, content: bytes | None) -> None:
        with self._lock:
            self._refused.pop(place, None)
            self._wanted[place] = content
            self._begin()

    def again(self) -> bool:
        with self._lock:
            self._wanted = {**self._refused, **self._wanted}
            self._refused.clear()
            if self._wanted:
                self._begin()
            return self._thread is not None

    def _begin(self) -> None:
        if self._thread is None:
            # No daemon: the program's end waits for what was typed last.
            self._thread = threading.Thread(target=self._work, name="drafts")
            self._thread.start()

    def wait(self) -> None:
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join()

    def take_fault(self) -> str:
        with self._lock:
            if self._told or not self._refused:
                return ""
            self._told = True
            return self._fault

    def left(self) -> tuple[dict[Path, bytes], str]:
        """What was refused, by its place, and why the last of it was."""
        with self._lock:
            return dict(self._refused), self._fault

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._wanted:
                    self._thread = None
                    return
                place = next(iter(self._wanted))
                content = self._wanted.pop(place)
            try:
                write(place, content) if content is not None else take_off(place)
            except OSError as error:
                self._keep_refused(place, content, error)
            else:
                self._note_written(content)

    def _note_written(self, content: bytes | None) -> None:
        with self._lock:
            if content is not None and not self._refused:
                self._told = False

    def _keep_refused(self, place: Path, content: bytes | None, error: OSError) -> None:
        _log.warning("draft %s: %s", place.name, error)
        with self._lock:
            if content is not None and place not in self._wanted:
                self._refused[place] = content
                self._fault = disk_reason(error, place)


def write(place: Path, content: bytes) -> None:
    """Write a file of the drafts' folder, whole and on the disk, or not at all; OSError where that cannot be."""
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_suffix(_PART)
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        paths.give_name(part, place)
    finally:
        with suppress(OSError):  # half a file would take the room that is wanting
            part.unlink(missing_ok=True)


def take_off(place: Path) -> None:
    """Take a file of the drafts' folder off, and the folder with the last of them; OSError where that cannot be."""
    place.unlink(missing_ok=True)
    place.with_suffix(_PART).unlink(missing_ok=True)
    with suppress(OSError):  # others are still there
        place.parent.rmdir()
        place.parent.parent.rmdir()


_scribe = _Scribe()
