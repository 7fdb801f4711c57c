"""Many ids out of the file at once, for lists of any length: four bytes each, and none of them a number of Python's.

SQLite writes a list as JSON, each id with as many digits as all others.  So long pieces of the text are turned as one
large number: its digits are added up in pairs, the pairs in pairs, of all ids at once.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import peewee

NARROW, _WIDE = "I", "q"
"""How lists of ids lie in memory: four bytes each where that is enough for all of them, else eight."""
_MOST = (1 << 32) - 1
_DIGITS = 8
_ADDED = 10_000_000
"""What makes an id of one digit as long as one of eight."""
_PIECE = 4_096
"""Ids that are turned at a time: other threads wait for some tenths of a millisecond."""
_SPELT = 500_000
"""Characters of a list of longer numbers that are read at a time, so that the window's memory stays small."""


def gathered(database: peewee.SqliteDatabase, query: Any) -> array[int]:
    """The ids that a query for nothing else selects, in its order."""
    [found] = abreast(database, query, ("id",))
    return found


def abreast(database: peewee.SqliteDatabase, query: Any, names: Sequence[str]) -> list[array[int]]:
    """For each of these columns of a query its whole numbers, none below 0, in the query's order."""
    chosen = query.alias("chosen")
    asked = peewee.Select([chosen], [listed(getattr(chosen.c, name)) for name in names])
    [row] = asked.bind(database).tuples()
    return [numbers(text) for text in row]


def listed(column: Any) -> Any:
    """All numbers of a column in one text, for `numbers`.

    A million come over in a third of the time they take row by row, and the interpreter's lock is free meanwhile.
    """
    return peewee.fn.JSON_GROUP_ARRAY(column + _ADDED).coerce(False)


def numbers(text: str) -> array[int]:
    """The numbers that such a text holds, in its order; below 90 million in a fifth of the time that JSON takes."""
    found = array(NARROW)
    width = _DIGITS + 1
    for start in range(1, len(text) - 1, _PIECE * width):
        piece = text[start : start + _PIECE * width]
        digits = _digits(piece, width)
        if digits is None:
            return _spelt(text)
        found.frombytes(_turned(digits))
    return found


def _digits(piece: str, width: int) -> bytes | None:
    """Two digits in each byte; None where one of the numbers has more or fewer of them than the others."""
    if piece[width - 1 :: width].strip(",") not in ("", "]") or len(piece) % width:
        return None
    try:
        digits = bytes.fromhex(piece.replace(",", " ").rstrip("]"))
    except ValueError:
        return None
    return digits if len(digits) * 2 * width == len(piece) * _DIGITS else None


def _turned(digits: bytes) -> bytes:
    """Ids as four bytes each, from the eight digits of each."""
    nibbles, pairs, halves, added = _lanes(len(digits))
    number = int.from_bytes(digits, "little")
    number -= ((number >> 4) & nibbles) * 6
    number = (number & pairs) * 100 + ((number >> 8) & pairs)
    number = (number & halves) * 10_000 + ((number >> 16) & halves)
    return (number - added).to_bytes(len(digits), "little")


@lru_cache(maxsize=2)
def _lanes(size: int) -> tuple[int, ...]:
    """Of each four of so many bytes the lower digits, the lower bytes, the lower half; and what was added to an id."""
    lanes = (b"\x0f\x0f\x0f\x0f", b"\xff\x00\xff\x00", b"\xff\xff\x00\x00", _ADDED.to_bytes(4, "little"))
    return tuple(int.from_bytes(lane * (size // 4), "little") for lane in lanes)


def _spelt(text: str) -> array[int]:
    """Numbers of any length."""
    found = array(_WIDE)
    start, end = 1, len(text) - 1
    while start < end:
        cut = text.find(",", min(start + _SPELT, end))
        cut = end if cut < 0 else cut
        found.fromlist([number - _ADDED for number in json.loads(f"[{text[start:cut]}]")])
        start = cut + 1
    return found


def joined(parts: Iterable[array[int]]) -> array[int]:
    """The ids of several lists one after another, in four bytes each where these are enough."""
    lists = list(parts)
    wide = any(part.typecode == _WIDE and max(part, default=0) > _MOST for part in lists)
    found = array(_WIDE if wide else NARROW)
    for part in lists:
        if part.typecode == found.typecode:
            found.extend(part)
        else:
            for start in range(0, len(part), _PIECE):
                found.extend(array(found.typecode, part[start : start + _PIECE]))
    return found
