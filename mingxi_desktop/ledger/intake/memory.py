"""What the user said of a layout is remembered: the next file that looks the same is read the same way.

One JSON value in the ledger file, the newest first.  A layout is known by its header texts and their order;
columns are kept by their place among the headers, so that a table moved sideways is still known.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.names import header_key
from mingxi_desktop.exchange.cells import letters
from mingxi_desktop.exchange.recognising.layout import Column
from mingxi_desktop.ledger.intake.wish import Wish

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

MOST = 200
_KEY = "import.memory"
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Remembered:
    """How a layout was read before.

    kind: the ledger.  columns: column letters ("C列") → target name ("" leaves the column out), for the table
    that was asked about; in `remembered`, as in the table it was said of.  reporter: who sent that table.
    headers: its header, shortened.  at: the day it was said.  layout: fingerprint.
    """

    reporter: str
    layout: str
    kind: str
    columns: dict[str, str]
    at: str
    headers: str

    @property
    def sentence(self) -> str:
        """What to tell the user when the memory is used."""
        whose = f"（{self.reporter}）" if self.reporter else ""
        return f"按{self.at}记住的对应读{whose}"


@dataclass(slots=True)
class _Entry:
    """What is stored.  columns: place among the headers → (letters, target name)."""

    reporter: str
    layout: str
    kind: str
    columns: dict[int, tuple[str, str]]
    at: str
    headers: str


def remember(ledger: Ledger, reporter: str, kind: str, columns: Sequence[Column], wish: Wish) -> None:
    """Keep what the user corrected in a table; nothing when nothing was corrected.

    columns: every column of the table with a header.  What was said of the same layout earlier still holds
    for columns of which nothing is said now.
    """
    said = _by_place(columns, wish)
    if not said and not wish.kind:
        return
    layout = _fingerprint(columns)
    entries = _load(ledger)
    before = next((item for item in entries if (item.reporter, item.layout) == (reporter, layout)), None)
    if before is not None and before.kind == kind:
        said = {**before.columns, **said}
    headers = "、".join(column.header for column in columns[:_SHOWN]) + ("…" if len(columns) > _SHOWN else "")
    entry = _Entry(reporter, layout, kind, said, datetime.date.today().isoformat(), headers)
    _save(ledger, [entry, *(item for item in entries if item is not before)])


def recall(ledger: Ledger, reporter: str, columns: Sequence[Column]) -> Remembered | None:
    """What was said of this layout: by this reporter, else by any; the newest.  None when nothing was."""
    layout = _fingerprint(columns)
    known = [entry for entry in _load(ledger) if entry.layout == layout]
    entry = next((item for item in known if item.reporter == reporter), known[0] if known else None)
    if entry is None:
        return None
    here = {
        f"{letters(columns[place].index)}列": name
        for place, (_, name) in sorted(entry.columns.items())
        if place < len(columns)
    }
    return Remembered(entry.reporter, layout, entry.kind, here, entry.at, entry.headers)


def remembered(ledger: Ledger) -> tuple[Remembered, ...]:
    """Everything that is remembered, the newest first, for a list in the window."""
    return tuple(
        Remembered(
            entry.reporter, entry.layout, entry.kind, dict(entry.columns.values()), entry.at, entry.headers
        )
        for entry in _load(ledger)
    )


def forget(ledger: Ledger, item: Remembered) -> None:
    """Read the layout as if nothing had been said of it."""
    kept = [
        entry for entry in _load(ledger) if (entry.reporter, entry.layout) != (item.reporter, item.layout)
    ]
    _save(ledger, kept)


def _by_place(columns: Sequence[Column], wish: Wish) -> dict[int, tuple[str, str]]:
    """Place among the headers → (letters, target name); letters go before a header's text."""
    by_header = {header_key(header)[0]: name for header, name in wish.columns.items()}
    said: dict[int, tuple[str, str]] = {}
    for place, column in enumerate(columns):
        named = f"{letters(column.index)}列"
        name = wish.columns.get(named, by_header.get(header_key(column.header)[0]))
        if name is not None:
            said[place] = (named, name)
    return said


def _fingerprint(columns: Sequence[Column]) -> str:
    keys = "\n".join("\t".join(header_key(column.header)) for column in columns)
    return hashlib.sha256(keys.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _load(ledger: Ledger) -> list[_Entry]:
    """The entries that still make sense; damaged ones are passed over."""
    try:
        stored = json.loads(ledger.setting(_KEY) or "[]")
    except ValueError:
        return []
    entries = [_entry(item) for item in stored] if isinstance(stored, list) else []
    return [entry for entry in entries if entry is not None]


def _entry(item: Any) -> _Entry | None:
    try:
        kind = kinds.kind_of(item["kind"])
        found = {int(place): (str(named), str(name)) for place, (named, name) in item["columns"].items()}
        known = {place: pair for place, pair in found.items() if place >= 0 and _exists(kind, pair[1])}
        texts = [str(item[name]) for name in ("reporter", "layout", "at", "headers")]
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
    return _Entry(texts[0], texts[1], kind.name, known, texts[2], texts[3])


def _exists(kind: Kind, name: str) -> bool:
    """Whether the ledger still has the field; "" leaves the column out."""
    plain = name.partition("@")[0]
    child, dot, field = plain.rpartition(".")
    if not dot:
        return not plain or kind.has(plain)
    return any(other.name == child and other.has(field) for other in kinds.children_of(kind.name))


def _save(ledger: Ledger, entries: Sequence[_Entry]) -> None:
    stored = [
        {
            "reporter": entry.reporter,
            "layout": entry.layout,
            "kind": entry.kind,
            "columns": entry.columns,
            "at": entry.at,
            "headers": entry.headers,
        }
        for entry in entries[:MOST]
    ]
    text = json.dumps(stored, ensure_ascii=False, separators=(",", ":"))
    if text != ledger.setting(_KEY):
        ledger.set_setting(_KEY, text)
