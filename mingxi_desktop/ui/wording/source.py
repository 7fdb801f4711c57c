"""A line of wording as it is written down, cut into text and what is shown as a chip.

What is read here is only what the report itself understands; anything else stays text and keeps its fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from mingxi_desktop.report import template_text
from mingxi_desktop.report.template import ChartPlace, Condition, Place, TablePlace, Test, Vocabulary

_BRACED = re.compile(r"\{[^{}]*\}")
_HEAD = re.compile(
    rf"\s*(?P<otherwise>否则)?若(?:{'|'.join(Test)})\s+[^：:，。]+[：:]|\s*(?P<always>否则)[：:]"
)
_FIGURE = re.compile(r"\s*(?:图|表|历年图|历年表)[：:]\s*\S+\s*")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffc\u2028\u2029\ufdd0\ufdd1]")


class Sort(IntEnum):
    """What a part of a line is."""

    TEXT = 0
    PLACE = 1
    CONDITION = 2
    FIGURE = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a line.  source: as it is written down; parts put together give the line again."""

    sort: Sort
    source: str


@dataclass(frozen=True, slots=True)
class Head:
    """The condition at the beginning of a line.  otherwise: it follows another one.  condition: None = always."""

    otherwise: bool
    condition: Condition | None


class Reader:
    """Reads lines with the names of one ledger; each chip is understood once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._places: dict[str, Place | None] = {}
        self._heads: dict[str, Head | None] = {}
        self._figures: dict[str, ChartPlace | TablePlace | None] = {}

    def place(self, source: str) -> Place | None:
        """What {…} stands for; None where it is not understood."""
        if source not in self._places:
            wording, faults = template_text.read_heading(source, self.vocabulary)
            found = wording[0] if len(wording) == 1 and not faults else None
            self._places[source] = found if isinstance(found, Place) else None
        return self._places[source]

    def head(self, source: str) -> Head | None:
        """What a condition at the beginning of a line asks; None where it is not understood."""
        if source not in self._heads:
            self._heads[source] = self._read_head(source)
        return self._heads[source]

    def figure(self, source: str) -> ChartPlace | TablePlace | None:
        """The chart or table that a line places; None where it is not understood."""
        if source not in self._figures:
            body, faults = template_text.read_body(source, self.vocabulary)
            found = body[0] if len(body) == 1 and not faults else None
            self._figures[source] = found if isinstance(found, ChartPlace | TablePlace) else None
        return self._figures[source]

    def sort_of(self, source: str) -> Sort:
        """What this text would be as a chip of its own; TEXT where it is none."""
        if self.place(source) is not None:
            return Sort.PLACE
        if _HEAD.fullmatch(source) and self.head(source) is not None:
            return Sort.CONDITION
        return Sort.FIGURE if self.figure(source) is not None else Sort.TEXT

    def parts(self, line: str, *, body: bool = True) -> list[Part]:
        """The line cut up.  body: a line of a section's text, where conditions, charts and tables may stand."""
        if body and _FIGURE.fullmatch(line) and self.figure(line) is not None:
            return [Part(Sort.FIGURE, line)]
        found: list[Part] = []
        head = _HEAD.match(line) if body else None
        start = 0
        if head is not None and self.head(head[0]) is not None:
            found.append(Part(Sort.CONDITION, head[0]))
            start = head.end()
        for braced in _BRACED.finditer(line, start):
            if self.place(braced[0]) is None:
                continue
            if braced.start() > start:
                found.append(Part(Sort.TEXT, line[start : braced.start()]))
            found.append(Part(Sort.PLACE, braced[0]))
            start = braced.end()
        if start < len(line):
            found.append(Part(Sort.TEXT, line[start:]))
        return found

    def _read_head(self, source: str) -> Head | None:
        match = _HEAD.fullmatch(source)
        if match is None:
            return None
        if match["always"]:
            return Head(otherwise=True, condition=None)
        alone = source.strip().removeprefix("否则")
        # A condition is understood with the sentence it stands before.
        body, faults = template_text.read_body(f"{alone}文", self.vocabulary)
        if faults or not body or not isinstance(body[0], tuple):
            return None
        return Head(bool(match["otherwise"]), body[0][0].branches[0][0])


def cleaned(text: str) -> str:
    """Text from outside without what a line cannot hold: control characters, signs that stand for objects."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n"))


def head_text(head: Head) -> str:
    """A condition as it is written down."""
    if head.condition is None:
        return "否则："
    names = "、".join(_reference(place) for place in head.condition.places)
    return f"{'否则' if head.otherwise else ''}若{head.condition.test} {names}："


def _reference(place: Place) -> str:
    plain = place.aspect.value in ("value", "chart")
    return place.name if plain else f"{place.name}.{place.aspect}"
