"""Reads the plain PDF files that our charts come in: a cross-reference table, objects, streams, one page.

Not for files of unknown origin: no object streams, no encryption, no repair.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(
    rb"(?:\s|%[^\r\n]*[\r\n])*"
    rb"(<<|>>|\[|\]|\(|\d+\s+\d+\s+R\b|/[^\s()<>\[\]{}/%]*|<[0-9A-Fa-f\s]*>|[^\s()<>\[\]{}/%]+)"
)
_HEAD = re.compile(rb"\s*\d+\s+\d+\s+obj\b")
_STREAM = re.compile(rb"\s*stream\r?\n")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_SECTION = re.compile(rb"\s*(\d+)\s+(\d+)\s*[\r\n]+")
_ENTRY = 20
_STRING_PART = re.compile(rb"\\.|[()]|[^\\()]+", re.DOTALL)


class PdfError(ValueError):
    """Not a PDF file of the kind that charts come in."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to the object of this number."""

    number: int


@dataclass(frozen=True, slots=True)
class Raw:
    """A name, number, string or keyword as it is written."""

    text: bytes


@dataclass(frozen=True, slots=True)
class Stream:
    """A dictionary (keys without /) with its data, still encoded as its filter says."""

    entries: Mapping[bytes, Any]
    data: bytes


class PdfReader:
    """Gives the objects of a file: dict (keys without /), list, Ref, Raw or Stream."""

    def __init__(self, data: bytes) -> None:
        """Raises PdfError where the file has no plain cross-reference table."""
        self._data = data
        self._places = _cross_references(data)
        self._objects: dict[int, Any] = {}

    def object(self, number: int) -> Any:
        """The object of a number. Raises PdfError."""
        if number not in self._objects:
            if number not in self._places:
                raise PdfError(f"no object {number}")
            self._objects[number] = self._read_object(self._places[number])
        return self._objects[number]

    def follow(self, value: Any) -> Any:
        """What a reference leads to; anything else as it is."""
        return self.object(value.number) if isinstance(value, Ref) else value

    def page(self) -> Mapping[bytes, Any]:
        """The only page, with what it inherits. Raises PdfError where there is not exactly one."""
        found = []
        for number in sorted(self._places):
            value = self.object(number)
            if isinstance(value, dict) and value.get(b"Type") == Raw(b"/Page"):
                found.append({**self.follow(value.get(b"Parent", {})), **value})
        if len(found) != 1:
            raise PdfError(f"a chart is one page, not {len(found)}")
        return found[0]

    def _read_object(self, place: int) -> Any:
        head = _HEAD.match(self._data, place)
        if head is None:
            raise PdfError(f"no object at byte {place}")
        value, place = self._value(head.end())
        stream = _STREAM.match(self._data, place) if isinstance(value, dict) else None
        if stream is None:
            return value
        length = self.follow(value.get(b"Length"))
        if not isinstance(length, Raw) or not length.text.isdigit():
            raise PdfError("a stream without its length")
        return Stream(value, self._data[stream.end() : stream.end() + int(length.text)])

    def _value(self, place: int) -> tuple[Any, int]:
        """The value that begins at a place, and where it ends."""
        token, place = self._token(place)
        if token == b"<<":
            entries: dict[bytes, Any] = {}
            while True:
                key, place = self._token(place)
                if key == b">>":
                    return entries, place
                entries[key[1:]], place = self._value(place)
        if token == b"[":
            items: list[Any] = []
            while self._token(place)[0] != b"]":
                item, place = self._value(place)
                items.append(item)
            return items, self._token(place)[1]
        if token == b"(":
            end = self._string_end(place)
            return Raw(self._data[place - 1 : end]), end
        if token.endswith(b"R") and token[:1].isdigit():
            return Ref(int(token.split()[0])), place
        return Raw(token), place

    def _token(self, place: int) -> tuple[bytes, int]:
        found = _TOKEN.match(self._data, place)
        if found is None:
            raise PdfError(f"nothing to read at byte {place}")
        return found.group(1), found.end()

    def _string_end(self, place: int) -> int:
        """Behind the bracket that closes the one before `place`."""
        depth = 1
        while depth:
            part = _STRING_PART.match(self._data, place)
            if part is None:
                raise PdfError("a string without end")
            depth += {b"(": 1, b")": -1}.get(part.group(), 0)
            place = part.end()
        return place


def _cross_references(data: bytes) -> dict[int, int]:
    """Number → place of every object in use."""
    start = _START.search(data, max(0, len(data) - 64))
    if not data.startswith(b"%PDF-") or start is None:
        raise PdfError("no PDF file")
    place = int(start.group(1))
    if data[place : place + 4] != b"xref":
        raise PdfError("no cross-reference table")
    place += 4
    places: dict[int, int] = {}
    while section := _SECTION.match(data, place):
        first, count = int(section.group(1)), int(section.group(2))
        place = section.end()
        for number in range(first, first + count):
            entry = data[place : place + _ENTRY]
            if entry[17:18] == b"n":
                places[number] = int(entry[:10])
            place += _ENTRY
    return places
