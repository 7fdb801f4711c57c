"""Lines of type: filled up to a measure, broken by 禁则, brought to equal length.

A line of Chinese characters alone fills the grid's 28 cells as it is.  Digits and letters have widths of
their own; what is left over then, or what is too much, is spread over the gaps of the line, unseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from mingxi_desktop.report.breaks import breaks, divisible
from mingxi_desktop.report.letters import Letter, Text
from mingxi_desktop.report.model import Run

_NEARLY = 0.01
_SQUEEZED = 0.5
"""Of the empty half of a sign within a line, the part that may be taken; at the line's end all of it."""
_TIGHT = 0.02
_LOOSE = 0.012
_GAPING = 0.25
_WIDEST = 0.5
"""Gaps in units of the type size: how much narrower one may be, from where on a shorter line is worth
squeezing the next word in instead, from where on a long word is divided, and how wide one may get at most."""


@dataclass(slots=True)
class Line:
    """A line of letters, each with its place (pt, from the start of the measure)."""

    letters: list[Letter]
    places: list[float]
    runs: list[Run | None]
    width: float

    @property
    def text(self) -> str:
        """The characters as printed."""
        return "".join([letter.char for letter in self.letters])


def compose(text: Text, measure: float, indent: float = 0.0, *, justify: bool = True) -> list[Line]:
    """The lines of a text; the first begins `indent` further in.

    justify: all but the last are given the full measure; otherwise lines only get narrower where they must.
    """
    if not text.letters:
        return []
    if indent + text.width <= measure + _NEARLY:
        return [single(text, indent)]
    return _Composer(text, measure, indent, justify=justify).lines()


def single(text: Text, indent: float = 0.0) -> Line:
    """The text as one line, however long."""
    return _natural(text.letters, text.runs, indent)


def balanced(text: Text, measure: float) -> list[Line]:
    """The lines of a title: as few as possible, of about equal length, none justified."""
    count = len(compose(text, measure))
    if count < 2:
        return compose(text, measure)
    narrow, wide = text.width / count, measure
    for _step in range(12):
        middle = (narrow + wide) / 2
        if len(compose(text, middle)) > count:
            narrow = middle
        else:
            wide = middle
    return compose(text, wide, justify=False)


def parted(text: Text, ends: Sequence[int]) -> list[Line]:
    """The lines of a text that end at given places, without blanks at their ends, none justified."""
    found = []
    for start, end in pairwise((0, *ends)):
        while end > start + 1 and text.letters[end - 1].char == " ":
            end -= 1
        found.append(_natural(text.letters[start:end], text.runs[start:end], 0.0))
    return found


class _Composer:
    """Fills the lines of one text."""

    def __init__(self, text: Text, measure: float, indent: float, *, justify: bool) -> None:
        self.text = text
        self.measure = measure
        self.indent = indent
        self.justify = justify
        self.chars = text.chars
        self.legal = breaks(self.chars)
        self.inner: list[bool] | None = None

    def lines(self) -> list[Line]:
        lines: list[Line] = []
        start, indent = 0, self.indent
        while start < len(self.chars):
            end = self._end(start, self.measure - indent)
            spread = self.justify and end < len(self.chars)
            seen = self._visible(start, end)
            lines.append(_set(self.text, start, seen, indent, self.measure, spread=spread))
            start, indent = end, 0.0
        return lines

    def _end(self, start: int, room: float) -> int:
        """Where the line that starts here ends."""
        letters, count = self.text.letters, len(self.chars)
        fitting, width, fitting_width = start, 0.0, 0.0
        for place in range(start, count + 1):
            if place == count or (self.legal[place] and place > start):
                visible = width - self._blanks(start, place)
                if visible <= room + _NEARLY:
                    fitting, fitting_width = place, visible
                elif self._better_squeezed(start, fitting, place, room - fitting_width, visible - room):
                    return place
                else:
                    return self._short(start, fitting, place, room - fitting_width, room)
            if place < count:
                width += letters[place].width
        return fitting

    def _better_squeezed(self, start: int, fitting: int, place: int, spare: float, excess: float) -> bool:
        """Whether to take in the next word, though it is too wide, rather than to widen the gaps."""
        if fitting > start and spare <= self._room(start, fitting, _LOOSE):
            return False
        return excess <= _slack(self.text.letters[start : self._visible(start, place)])

    def _short(self, start: int, fitting: int, place: int, spare: float, room: float) -> int:
        """Where a line ends that is short by `spare`: before the next word, or within it if it must be."""
        if fitting > start and spare <= self._room(start, fitting, _GAPING):
            return fitting
        if self.inner is None:
            self.inner = divisible(self.chars)
        allowed = [spot for spot in range(fitting + 1, place) if self.inner[spot] or fitting == start]
        width = sum(letter.width for letter in self.text.letters[start:fitting])
        best = fitting
        for spot in range(fitting + 1, place):
            width += self.text.letters[spot - 1].width
            if width > room + _NEARLY:
                break
            if spot in allowed:
                best = spot
        return best if best > start else start + 1

    def _room(self, start: int, end: int, part: float) -> float:
        """What the gaps of a line take when each grows by this part of the type size."""
        letters = self.text.letters[start : self._visible(start, end)]
        return len(_gaps(letters)) * part * letters[0].size

    def _visible(self, start: int, end: int) -> int:
        """The end of the line without the blanks there."""
        while end > start + 1 and self.chars[end - 1] == " ":
            end -= 1
        return end

    def _blanks(self, start: int, end: int) -> float:
        letters = self.text.letters
        return sum(letter.width for letter in letters[self._visible(start, end) : end])


def _slack(letters: list[Letter]) -> float:
    """By how much a line can be set narrower."""
    inner = sum(letter.squeeze for letter in letters[:-1]) * _SQUEEZED
    return letters[-1].squeeze + inner + _TIGHT * letters[0].size * len(_gaps(letters))


def _natural(letters: list[Letter], runs: list[Run | None], indent: float) -> Line:
    """Letters at their own distances."""
    places = list(accumulate([letter.width for letter in letters], initial=indent))
    end = places.pop()
    return Line(letters, places, runs, end)


def _set(text: Text, start: int, end: int, indent: float, measure: float, *, spread: bool) -> Line:
    """Letters from start to end in their places, squeezed into the measure, or spread to it."""
    letters, runs = text.letters[start:end], text.runs[start:end]
    widths = [letter.width for letter in letters]
    spare = measure - indent - sum(widths)
    back = [0.0] * len(letters)
    if spare < -_NEARLY:
        _squeeze(letters, widths, back, -spare)
    elif spread and spare > _NEARLY:
        _spread(letters, widths, spare)
    else:
        return _natural(letters, runs, indent)
    places = []
    x = indent
    for width, shift in zip(widths, back, strict=True):
        places.append(x - shift)
        x += width
    return Line(letters, places, runs, x)


def _spread(letters: list[Letter], widths: list[float], spare: float) -> None:
    """Widens the gaps, but not those within a number or word."""
    gaps = _gaps(letters)
    if not gaps:
        return
    each = min(spare / len(gaps), _WIDEST * letters[0].size)
    for place in gaps:
        widths[place] += each


def _squeeze(letters: list[Letter], widths: list[float], back: list[float], excess: float) -> None:
    """Takes the excess from the sign at the end, then from the other signs, then from the gaps.

    back: filled with how far a sign stands before its place, as its empty half is the left one.
    """
    last = len(letters) - 1
    taken = min(excess, letters[last].squeeze)
    widths[last] -= taken
    excess -= taken
    inner = sum(letter.squeeze for letter in letters[:last]) * _SQUEEZED
    if inner and excess > 0:
        part = min(1.0, excess / inner) * _SQUEEZED
        for place, letter in enumerate(letters[:last]):
            widths[place] -= letter.squeeze * part
            if letter.opens:
                back[place] = letter.squeeze * part
        excess -= inner * part / _SQUEEZED
    gaps = _gaps(letters)
    for place in gaps:
        widths[place] -= excess / len(gaps)


def _gaps(letters: list[Letter]) -> list[int]:
    """After which letters the distance may change: not within a number or a Latin word."""
    return [
        place
        for place, (letter, after) in enumerate(pairwise(letters))
        if not (_narrow(letter.char) and _narrow(after.char))
    ]


def _narrow(char: str) -> bool:
    return char.isascii() and char != " "
