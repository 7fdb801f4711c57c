"""Texts of table cells: how wide they are, where they break into lines, how PDF shows them.

Widths in units of the type size, so that a table is measured once for all sizes.  Unlike the report's lines,
these are not justified: a cell is short and a table has many of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from mingxi_desktop.report.breaks import breaks, clean, divisible
from mingxi_desktop.report.canvas import BOLDER, number
from mingxi_desktop.report.embed import EmbeddedFont
from mingxi_desktop.report.faces import Face
from mingxi_desktop.report.fonts import GETA, FontSet

BODY, HEAD, TITLE = "song", "hei", "title"
_WHOLE = 4
"""Words up to this length are kept whole."""
_NO_GAP = 3.0
"""What text without numbers and Latin words needs: a character with the signs around it."""
_HELD = re.compile(r"[!-~\u00a0]{2}|[0-9０-９]")
_KEPT = 12
"""Longer texts hardly come again: how they are shown is not remembered."""
_NEARLY = 0.01


class _Glyph(NamedTuple):
    font: EmbeddedFont
    code: str
    width: float


class _Case(dict[str, _Glyph]):
    """The characters of one role, found as they come."""

    def __init__(self, setter: Setter, role: str) -> None:
        super().__init__()
        self._setter, self._role = setter, role

    def __missing__(self, char: str) -> _Glyph:
        glyph = self[char] = self._setter.cast(char, self._role)
        return glyph


class Setter:
    """Sets texts with the fonts of a set; may be used for several documents in turn."""

    def __init__(self, fonts: FontSet) -> None:
        self._fonts = fonts
        self._embedded: dict[Face, EmbeddedFont] = {}
        self._cases = {role: _Case(self, role) for role in (BODY, HEAD, TITLE)}
        self._runs: dict[tuple[str, str], str] = {}
        self.missing: dict[str, None] = {}
        """Characters that no font has; 〓 stands in their place."""

    @property
    def fonts(self) -> Sequence[EmbeddedFont]:
        """The fonts used so far, to be written into the document."""
        return tuple(self._embedded.values())

    def cast(self, char: str, role: str) -> _Glyph:
        """A character of a role."""
        face = self._fonts.face_for(char, role)
        if face is None:
            self.missing[char] = None
            return self.cast(GETA, role)
        font = self._embedded.get(face)
        if font is None:
            font = self._embedded[face] = EmbeddedFont(f"F{len(self._embedded) + 1}", face)
        return _Glyph(font, font.code(char), face.advance(char))

    def width(self, text: str, role: str = BODY) -> float:
        """Width of a clean text, in units of the type size."""
        case = self._cases[role]
        return sum(case[char].width for char in text)

    def need(self, text: str) -> float:
        """Width of the longest piece of a clean text that may not be broken, in units of the type size."""
        if len(text) <= _WHOLE:
            return self.width(text)
        if not _HELD.search(text):
            return _NO_GAP
        case = self._cases[BODY]
        widest = here = 0.0
        for char, free, inner in zip(text, breaks(text), divisible(text), strict=True):
            here = case[char].width if free or inner else here + case[char].width
            widest = max(widest, here)
        return widest

    def lines(self, text: str, room: float, role: str = BODY) -> list[str]:
        """The lines of a text in a cell of this width; nothing is cut."""
        if text.isprintable():
            return self._broken(clean(text), room, role)
        return [line for part in text.splitlines() for line in self._broken(clean(part), room, role)]

    def balanced(self, text: str, room: float, role: str = HEAD) -> list[str]:
        """As few lines as possible, of about equal length."""
        found = self.lines(text, room, role)
        narrower = found
        while len(narrower) == len(found) > 1 and room > 1:
            found, room = narrower, room - 0.5
            narrower = self.lines(text, room, role)
        return found

    def show(self, text: str, role: str, size: float, x: float, y: float) -> str:
        """The operators that show a text, with its baseline's start from the page's bottom left corner."""
        runs = self._runs.get((role, text))
        if runs is None:
            runs = self._operators(text, role)
            if len(text) <= _KEPT:
                self._runs[role, text] = runs
        heavier = role == TITLE and self._fonts.font(role).bold
        mode = f"2 Tr {number(size * BOLDER)} w " if heavier else ""
        ending = " 0 Tr" if heavier else ""
        return f"{mode}1 0 0 1 {x:.2f} {y:.2f} Tm {runs.replace('@', number(size))}{ending}"

    def _operators(self, text: str, role: str) -> str:
        """The same for any size, which is written @."""
        case = self._cases[role]
        parts = []
        for font, group in groupby([case[char] for char in text], key=lambda glyph: glyph.font):
            parts.append(f"/{font.name} @ Tf <{''.join([glyph.code for glyph in group])}> Tj")
        return " ".join(parts)

    def _broken(self, text: str, room: float, role: str) -> list[str]:
        """The lines of a clean text without line ends."""
        case = self._cases[role]
        widths = [case[char].width for char in text]
        if sum(widths) <= room + _NEARLY:
            return [text]
        free, inner = breaks(text), divisible(text)
        found: list[str] = []
        start = 0
        while start < len(text):
            end = self._end(widths, start, room)
            if end < len(text):
                end = _last(free, start, end) or _last(inner, start, end) or end
            found.append(text[start:end].strip(" "))
            start = end
        return found

    @staticmethod
    def _end(widths: Sequence[float], start: int, room: float) -> int:
        """After how many characters the room is full; at least one."""
        here = 0.0
        for place in range(start, len(widths)):
            here += widths[place]
            if here > room + _NEARLY and place > start:
                return place
        return len(widths)


def _last(allowed: Sequence[bool], start: int, end: int) -> int:
    """The last place from `end` down to `start` where a line may begin; 0 where there is none."""
    return next((place for place in range(end, start, -1) if allowed[place]), 0)
