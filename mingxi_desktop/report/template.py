"""The wording of a report as data: sections of sentences with places for indicators.

Nothing in a template is ever evaluated, and text put into a place is never read again.  How a template is
written down is the business of `template_text`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

FACTS = ("bureau", "year", "last_year", "next_year", "span", "month", "event", "event_days")
"""Places that are no indicators: the bureau's name, the years, and what the report is of."""


class Span(StrEnum):
    """What a template's report covers."""

    YEAR = "全年"
    HALF = "上半年"
    MONTH = "一个月"
    EVENT = "一次灾害过程"


class Aspect(StrEnum):
    """What a place shows: one of an indicator's values, or the number of a chart or table (图1, 表1)."""

    VALUE = "value"
    NAMES = "names"
    CHANGE = "change"
    LAST_YEAR = "last_year"
    CHART = "chart"
    TABLE = "table"


class Test(StrEnum):
    """What a condition asks: is there a value, is it zero, are two the same, how is it against last year."""

    KNOWN = "有"
    ZERO = "为零"
    EQUAL = "相等"
    MORE = "上升"
    LESS = "下降"

    __test__ = False  # no test case of pytest's


@dataclass(frozen=True, slots=True)
class Place:
    """A place for a value: {hazards_found}, {publicity_bases.names}, a fact such as {year}, a chart's number.

    rule: wording of the number here, where it is not the indicator's own: {hazards_found:near:100}.
    """

    name: str
    aspect: Aspect = Aspect.VALUE
    rule: str = ""

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
    """Here stands the chart of that name; "years:hazards_found" is an indicator over the years."""

    name: str


@dataclass(frozen=True, slots=True)
class TablePlace:
    """Here stands a table: the figures of the chart of that name, or indicators over the years."""

    name: str = ""
    indicators: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from the other tables of the report."""
        return self.name or f"{YEARS}{'、'.join(self.indicators)}"


YEARS = "years:"
"""Before the indicator in the name of a chart over the years."""

Block = tuple[Sentence, ...] | ChartPlace | TablePlace
Body = tuple[Block, ...]
"""Paragraphs of sentences, charts and tables."""


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
        return written(self.heading)

    def places(self) -> Iterator[Place]:
        """Every place of the body, in order; of a sentence with several wordings those of the fullest."""
        for block in self.body:
            if isinstance(block, tuple):
                for sentence in block:
                    wordings = [
                        [piece for piece in wording if isinstance(piece, Place)]
                        for _, wording in sentence.branches
                    ]
                    yield from max(wordings, key=len)


def written(wording: Wording) -> str:
    """A wording as it is written down."""
    return "".join(piece if isinstance(piece, str) else piece_text(piece) for piece in wording)


def piece_text(place: Place) -> str:
    """A place as it is written down: {hazards_found.change}."""
    plain = place.aspect in (Aspect.VALUE, Aspect.CHART)
    rule = f":{place.rule}" if place.rule else ""
    return f"{{{place.name}{'' if plain else f'.{place.aspect}'}{rule}}}"


@dataclass(frozen=True, slots=True)
class Head:
    """What a template says of itself.  label: what such a report is called.  span: what it covers."""

    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Template:
    """A whole report's wording.  label: what such a report is called.  span: what it covers."""

    title: Wording
    sections: tuple[Section, ...]
    label: str = ""
    span: Span = Span.YEAR

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
    labels: Mapping[str, str] = field(default_factory=dict)
    """Chinese label → indicator: a place may be written with either."""
