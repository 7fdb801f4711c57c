"""The wording of a report as data: sections of sentences with places for indicators.

Nothing in a template is ever evaluated, and text put into a place is never read again.  How a template is
written down is the business of `template_text`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

FACTS = ("bureau", "year", "last_year", "next_year", "span")
"""Places that are no indicators: the bureau's name and the years."""


class Aspect(StrEnum):
    """What a place shows: one of an indicator's values, or the number of a chart (图1)."""

    VALUE = "value"
    NAMES = "names"
    CHANGE = "change"
    LAST_YEAR = "last_year"
    CHART = "chart"


class Test(StrEnum):
    """What a condition asks: is there a value, is it zero, are two of them the same."""

    KNOWN = "有"
    ZERO = "为零"
    EQUAL = "相等"

    __test__ = False  # no test case of pytest's


@dataclass(frozen=True, slots=True)
class Place:
    """A place for a value: {hazards_found}, {publicity_bases.names}, a fact such as {year}, a chart's number."""

    name: str
    aspect: Aspect = Aspect.VALUE

    @property
    def fact(self) -> bool:
        """Whether it shows a fact of the report, not an indicator."""
        return self.name in FACTS


Piece = str | Place
Wording = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """When a wording is used."""

    test: Test
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence in one or more wordings; the first whose condition holds (None always) is printed.

    Where none holds the sentence is left out.
    """

    branches: tuple[tuple[Condition | None, Wording], ...]


@dataclass(frozen=True, slots=True)
class ChartPlace:
    """Here stands the chart of that name."""

    name: str


Body = tuple[tuple[Sentence, ...] | ChartPlace, ...]
"""Paragraphs of sentences, and charts between them."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report that is edited as a whole.

    heading: empty for the opening.  narrative: written by the clerk each year, hardly any number in it.
    text: the body as written in the template.
    """

    id: str
    heading: Wording
    narrative: bool
    text: str
    body: Body

    @property
    def heading_text(self) -> str:
        """The heading without its places filled."""
        return "".join(piece if isinstance(piece, str) else f"{{{piece.name}}}" for piece in self.heading)

    def places(self) -> Iterator[Place]:
        """Every place of the body, in order; of a sentence with several wordings those of the fullest."""
        for block in self.body:
            if not isinstance(block, ChartPlace):
                for sentence in block:
                    wordings = [
                        [piece for piece in wording if isinstance(piece, Place)]
                        for _, wording in sentence.branches
                    ]
                    yield from max(wordings, key=len)


@dataclass(frozen=True, slots=True)
class Template:
    """A whole report's wording."""

    title: Wording
    sections: tuple[Section, ...]

    def section(self, id: str) -> Section:
        """The section of that id; KeyError if there is none."""
        for section in self.sections:
            if section.id == id:
                return section
        raise KeyError(id)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names that a template may use."""

    indicators: Collection[str]
    charts: Collection[str] = ()
