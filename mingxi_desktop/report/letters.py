"""Characters on their way to the page: which font sets them, at which size, how wide they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mingxi_desktop.report import grid
from mingxi_desktop.report.breaks import CLOSING, OPENING, clean, full_width
from mingxi_desktop.report.faces import Face
from mingxi_desktop.report.fonts import GETA, FontSet
from mingxi_desktop.report.model import Run

_DASH = "—"
_CONTEXT = 12


class Letter(NamedTuple):
    """A character of one type: what all its occurrences have in common. Lengths in pt.

    char: as printed.  width: from its place to the next one's.  shift: from its place to the glyph's origin.
    stretch: horizontal scale of the glyph.  natural: the glyph's own advance.  squeeze: by how much it may be
    set narrower (full-width punctuation, half of which is empty); opens: the empty half is the left one.
    """

    char: str
    face: Face
    size: float
    width: float
    shift: float
    stretch: float
    natural: float
    squeeze: float
    opens: bool
    bold: bool


class Missing(NamedTuple):
    """A character that no font has: printed as 〓. context: the text around it, to find the record."""

    char: str
    context: str


@dataclass(slots=True)
class Text:
    """Letters in a row with, for each, the run it belongs to; and the characters they print."""

    letters: list[Letter] = field(default_factory=list)
    runs: list[Run | None] = field(default_factory=list)

    @property
    def chars(self) -> str:
        """The characters as printed."""
        return "".join([letter.char for letter in self.letters])

    @property
    def width(self) -> float:
        """Natural width in pt."""
        return sum(letter.width for letter in self.letters)


class Typesetter:
    """Turns runs into letters with the fonts of a set; collects the characters that no font has."""

    def __init__(self, fonts: FontSet) -> None:
        self.fonts = fonts
        self._cases: dict[tuple[str, float], dict[str, Letter]] = {}
        self._missing: dict[Missing, None] = {}

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What no font has, in order of appearance."""
        return tuple(self._missing)

    def text(self, runs: Sequence[Run], roles: Sequence[str], size: float) -> Text:
        """The letters of runs, each in the typeface of its role."""
        result = Text()
        for run, role in zip(runs, roles, strict=True):
            letters = self.letters(run.text, role, size)
            result.letters += letters
            result.runs += [run if run.indicator else None] * len(letters)
        return result

    def letters(self, text: str, role: str, size: float) -> list[Letter]:
        """The letters of a text; control characters and line ends in it are dropped."""
        text = clean(text)
        case = self._cases.setdefault((role, size), {})
        try:
            return [case[char] for char in text]
        except KeyError:
            return [
                case.get(char) or self._cast(char, role, size, text, place) for place, char in enumerate(text)
            ]

    def _cast(self, char: str, role: str, size: float, text: str, place: int) -> Letter:
        face = self.fonts.face_for(char, role)
        if face is None:
            before = max(0, place - _CONTEXT)
            self._missing[Missing(char, text[before : place + _CONTEXT])] = None
            return self._cast(GETA, role, size, text, place)
        letter = _letter(char, face, size, bold=self.fonts.font(role).bold)
        self._cases[role, size][char] = letter
        return letter


def cell_width(size: float) -> float:
    """Width of a full-width character in pt: the grid's cell for text of 16 pt, in proportion for others."""
    return grid.CELL * size / grid.BODY_SIZE


def _letter(char: str, face: Face, size: float, *, bold: bool) -> Letter:
    natural = face.advance(char) * size
    if not full_width(char):
        return Letter(char, face, size, natural, 0.0, 1.0, natural, 0.0, False, bold)
    cell = cell_width(size)
    opens, closes = char in OPENING, char in CLOSING
    stretch, shift = 1.0, (cell - natural) / 2
    if char == _DASH:
        # Two dashes make one line, in fonts with a gap between them too.
        left, right = face.ink(char)
        stretch = cell / ((right - left) * size)
        shift = -left * size * stretch
    elif natural < size * 0.75 and (opens or closes):
        # Narrow quotation marks stand next to what they enclose.
        shift = cell - natural if opens else 0.0
    squeeze = cell / 2 if opens or closes else 0.0
    return Letter(char, face, size, cell, shift, stretch, natural, squeeze, opens, bold)
