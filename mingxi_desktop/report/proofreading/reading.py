"""A number of a draft once it is read: what it stands for, and of which year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.report.proofreading.assign import Meant
from mingxi_desktop.report.proofreading.cues import Topic
from mingxi_desktop.report.proofreading.numbers import Found
from mingxi_desktop.report.proofreading.scope import Scope
from mingxi_desktop.report.proofreading.sentences import Passage


@dataclass(frozen=True, slots=True)
class Reading:
    """One number with what it stands for.

    sentence: that it stands in.  passage: where its passage begins in the draft; begin, at: where the sentence
    and the number are in the passage.  value: the indicator, None where none is meant for certain.  back: how
    many years before the ledger's year.  before: what stands before it in its clause; since_part: between 其中
    and it.
    """

    number: Found
    sentence: str
    passage: int
    begin: int
    scope: Scope
    value: IndicatorValue | None = None
    back: int = 0
    at: int = 0
    before: str = ""
    since_part: str = ""

    def same_sentence(self, other: Reading) -> bool:
        """Whether the other number stands in the same sentence."""
        return (self.passage, self.begin) == (other.passage, other.begin)


def readings(
    passage: Passage, meant: Sequence[Meant], topics: Mapping[str, Topic], years_back: int
) -> Iterator[Reading]:
    """The numbers of a passage as read; one that says two things comes twice.

    years_back: how many years the draft is older than the ledger's year.
    """
    for number, what in zip(passage.numbers, meant, strict=True):
        back = years_back + (1 if what.scope.last_year else 0)
        for id in what.ids or ("",):
            yield reading(passage, number, what.scope, topics[id].known.value if id else None, back)


def reading(
    passage: Passage, number: Found, scope: Scope, value: IndicatorValue | None, back: int = 0
) -> Reading:
    """One number of a passage."""
    text, at = passage.text, passage.place(number)[0]
    first, last = passage.sentence(at)
    return Reading(
        number=number,
        sentence=text[first : last + 1].strip(),
        passage=passage.start,
        begin=first,
        scope=scope,
        value=value,
        back=back,
        at=at,
        before=text[passage.clause(at)[0] : at],
        since_part=text[scope.part : at] if scope.part >= 0 else "",
    )
