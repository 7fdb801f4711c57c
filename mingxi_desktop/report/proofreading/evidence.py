"""How well the words around a number fit an indicator.

A word counts the more, the shorter the way to the number; what belongs to another topic on the way weakens it.
The value of the number is never looked at.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from mingxi_desktop.domain.indicators import Aggregate
from mingxi_desktop.patterns import pattern
from mingxi_desktop.report.proofreading.cues import Topic, common
from mingxi_desktop.report.proofreading.guessing import coverage
from mingxi_desktop.report.proofreading.numbers import Found, Shape
from mingxi_desktop.report.proofreading.sentences import Passage

CERTAIN = 0.47
"""Below it no indicator is meant for certain."""
_HALF_WAY = 30.0
"""A word so far away counts half."""
_RIGHT, _DAY_AHEAD = 1.5, 0.6
_OVER_COMMA, _OVER_NUMBER = 14.0, 8.0
_SWITCH = 0.55
_NAMED = 2.0
_GOES_ON = pattern("[、，（(]")
_WHAT, _ALSO, _ACT, _NEAR = 0.65, 0.35, 0.15, 0.12
_FAINT = 0.05
_STRANGE, _WEAKEST = 0.06, 0.75
_BESIDE, _UNSAID = 0.75, 0.5
"""Where the thing stands so close to the number, its usual doing counts so much though it is not said."""
_WHOLE = 0.6
_ABOUT, _MOST, _GUESSED = 30, 0.75, 0.85
_DAY_SHAPES = {
    Shape.DAY: (Aggregate.DAY, Aggregate.PICK),
    Shape.DAYS: (Aggregate.EVENT,),
    Shape.TYPHOON: (Aggregate.TYPHOON,),
}


GAP = "…"
"""In a word of the cues: here a few other signs may stand."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of the cues where it stands in a passage."""

    start: int
    end: int
    word: str


class Words:
    """Where the words of all topics stand in one passage."""

    def __init__(self, passage: Passage, topics: Sequence[Topic], every: Iterable[str]) -> None:
        self.passage = passage
        self._hits: dict[str, list[Hit]] = {}
        for word in every:
            if word.partition(GAP)[0] in passage.text and (hits := list(_occurrences(passage.text, word))):
                self._hits[word] = hits
        self.present = [
            topic for topic in topics if any(word in self._hits for word in topic.what) or topic.guess
        ]
        # (start, end, topics) of what the text speaks of, in order: for topics that come between.
        self._things = sorted(
            ((hit.start, hit.end, topic) for topic in self.present for word, sure in topic.what.items()
             if sure == 1.0 and GAP not in word for hit in self._hits.get(word, ())),
            key=lambda thing: thing[:2],
        )  # fmt: skip
        self._starts = [start for start, _, _ in self._things]

    def of(self, words: Iterable[str]) -> list[Hit]:
        """Every place of these words."""
        return [hit for word in words for hit in self._hits.get(word, ())]

    def covered(self, hit: Hit, topic: Topic, number: Found) -> bool:
        """Whether the word is but a piece of another topic's longer word (隐患 in 重大事故隐患)."""
        at = bisect.bisect_right(self._starts, hit.start)
        for start, end, other in self._things[max(0, at - 40) : at]:
            longer = start <= hit.start and end >= hit.end and end - start > hit.end - hit.start
            if (
                longer
                and other.id not in topic.siblings
                and fits_shape(number, other)
                and not self._own(topic, start, end)
            ):
                return True
        return False

    def within(self, hit: Hit, topic: Topic) -> bool:
        """Whether the word is but a piece of another thing's name (储备 in 物资储备站)."""
        at = bisect.bisect_right(self._starts, hit.start)
        return any(
            start <= hit.start and end > hit.end and other.id not in topic.siblings
            for start, end, other in self._things[max(0, at - 40) : at]
        )

    def _own(self, topic: Topic, start: int, end: int) -> bool:
        return any(hit.start <= start and hit.end >= end for hit in self.of(topic.what))

    def switches(self, start: int, end: int, topic: Topic, number: Found) -> int:
        """How many words of other topics, in the same unit, stand between the two places."""
        first, last = bisect.bisect_left(self._starts, start), bisect.bisect_left(self._starts, end)
        met = {
            place
            for place, stop, other in self._things[first:last]
            if stop <= end and other.id not in topic.siblings and fits_shape(number, other)
        }
        return len(met)


@cache
def _with_gaps(word: str) -> re.Pattern[str]:
    """安全生产…会议: with up to six signs, but nothing that ends a thought, at each …."""
    return re.compile(r"[^，,。；：、\d\n（）()]{0,6}?".join(map(re.escape, word.split(GAP))))


def _occurrences(text: str, word: str) -> Iterable[Hit]:
    if GAP in word:
        yield from (Hit(match.start(), match.end(), word) for match in _with_gaps(word).finditer(text))
        return
    at = text.find(word)
    while at >= 0:
        yield Hit(at, at + len(word), word)
        at = text.find(word, at + 1)


def fits_shape(number: Found, topic: Topic) -> float:
    """How well shape and unit of the number fit the indicator: 1 for its own unit, 0 for another."""
    aggregate = topic.indicator.aggregate
    if number.shape in _DAY_SHAPES:
        return float(
            aggregate in _DAY_SHAPES[number.shape] and topic.indicator.unit in ("日期", "日期区间", "号")
        )
    if number.shape is Shape.ZERO:
        return float(topic.indicator.wording == "zero")
    if not topic.units:
        return 0.0
    return topic.units.get(number.amount.unit, 0.0)


def score(number: Found, topic: Topic, words: Words, part: int = -1) -> float:
    """0 to 1: how sure the number is that indicator, as far as words, unit and distance tell.

    part: where 其中 stands before it; what is named before that is but the whole it is a part of.
    """
    fit = fits_shape(number, topic)
    if not fit:
        return 0.0
    view = _View(number, topic, words, part)
    if view.barred():
        return 0.0
    thing = view.thing()
    if thing < _FAINT:
        return 0.0
    also = [view.closest(group) for group in topic.also]
    if topic.usual and thing >= _BESIDE:
        also = [max(close, _UNSAID) for close in also]
    if any(close < _FAINT for close in also) or not view.near_enough():
        return 0.0
    core = _WHAT * thing + _ALSO * sum(also) / len(also) if also else thing
    if topic.near:
        core += _NEAR
    if topic.act:
        core = (1 - _ACT) * core + _ACT * view.closest(topic.act)
    return fit * min(core, 1.0)


def may_be(number: Found, topic: Topic, words: Words) -> bool:
    """Whether no word beside the number makes it another thing."""
    return not _View(number, topic, words, -1).barred()


@cache
def _branch() -> re.Pattern[str]:
    """One branch of business spoken of: 工贸领域, 消防安全专项整治; not a list of them that ends in 等."""
    names, after = ("|".join(common().get("branch", key)) for key in ("names", "after"))
    return re.compile(rf"(?<![、和及])(?:{names})[^，。；、等\d]{{0,6}}(?:{after})")


class _View:
    """What one number sees of one topic."""

    def __init__(self, number: Found, topic: Topic, words: Words, part: int) -> None:
        self._number, self._topic, self._words, self._part = number, topic, words, part
        self._passage = words.passage
        self._place, self._stop = self._passage.place(number)
        before = [
            self._passage.place(other)[1]
            for other in self._passage.numbers
            if other.stop <= number.amount.start
        ]
        after = [
            self._passage.place(other)[0]
            for other in self._passage.numbers
            if other.amount.start >= number.stop
        ]
        self._previous, self._next = max(before, default=0), min(after, default=len(self._passage.text))
        item_start, item_end = self._passage.item(self._place)[0], self._passage.item(self._stop)[1]
        self._item = max(item_start, self._previous), min(item_end, self._next)
        self._clause_end = self._passage.clause(self._stop)[1]

    def thing(self) -> float:
        """How close the thing itself is named: 0 where it is not, 1 right beside the number."""
        best = 0.0
        for hit in self._words.of(self._topic.what):
            if self._words.covered(hit, self._topic, self._number) or self._other_thing(hit):
                continue
            sure = self._topic.what[hit.word]
            close = self._closeness(hit, thing=True)
            if hit.end <= self._part:
                close *= _WHOLE
            if sure < 1.0:
                close -= _STRANGE * self._unexplained(hit)
                close = close if close >= _WEAKEST else 0.0
            best = max(best, sure * close)
        return max(best, self._guessed()) if self._topic.guess else best

    def _other_thing(self, hit: Hit) -> bool:
        """Whether a word before the thing, in its own item, makes it another one (危化品演练 among 演练)."""
        first, _ = self._passage.item(hit.start)
        return any(bar.start >= first and bar.end <= hit.start for bar in self._words.of(self._topic.bar))

    def _guessed(self) -> float:
        """How much of the label of an indicator without cues stands about the number, in any order."""
        start = max(self._passage.sentence(self._place)[0], self._place - _ABOUT)
        share = coverage(self._topic.guess, self._passage.text[start : self._clause_end])
        return _GUESSED * share if share >= _MOST else 0.0

    def closest(self, group: Sequence[str]) -> float:
        """How close the nearest word of a group is: 0 where there is none, 1 right beside the number."""
        return max((self._closeness(hit) for hit in self._words.of(group)), default=0.0)

    def near_enough(self) -> bool:
        """Whether a word of each `near` group stands in the number's own item."""
        first, last = self._item
        return all(
            any(hit.start >= first and hit.end <= last for hit in self._words.of(group))
            for group in self._topic.near
        )

    def barred(self) -> bool:
        """Whether a word beside the number makes it another thing."""
        first, last = self._item
        if any(hit.start >= first and hit.end <= last for hit in self._words.of(self._topic.bar)):
            return True
        if self._topic.total and _branch().search(
            self._passage.text, self._passage.sentence(self._place)[0], self._place
        ):
            return True
        return self._done_otherwise()

    def _done_otherwise(self) -> bool:
        """Whether the doing before the number is another than the indicator's."""
        start = 0 if self._topic.also else self._passage.clause(self._place)[0]
        against = self._last(self._topic.against, start)
        groups = self._topic.also or (self._topic.act, self._topic.fused)
        wanted = [hit for group in groups for hit in self._words.of(group)]
        if against < 0 or any(
            self._stop <= hit.start < self._clause_end for hit in wanted if self._topic.also
        ):
            return False
        return against > max((hit.end for hit in wanted if hit.end <= self._place), default=-1)

    def _last(self, words: Sequence[str], start: int) -> int:
        """Where the last of these words before the number ends; -1 where there is none from `start` on."""
        hits = [hit for hit in self._words.of(words) if start <= hit.start and hit.end <= self._place]
        return max((hit.end for hit in hits if not self._words.within(hit, self._topic)), default=-1)

    def _closeness(self, hit: Hit, *, thing: bool = False) -> float:
        if hit.start < self._stop and hit.end > self._place:
            return 1.0 if self._number.shape in (Shape.TYPHOON, Shape.ZERO) else 0.0
        if hit.end <= self._place:
            way = self._passage.way(hit.end, self._place)
            passed = self._words.switches(hit.end, self._place, self._topic, self._number) if thing else 0
            passed += int(thing and self._of_the_last(hit))
        else:
            way, passed = self._ahead(hit), self._of_the_next(hit)
        return _SWITCH ** min(passed, 3) / (1 + way / _HALF_WAY)

    def _ahead(self, hit: Hit) -> float:
        """The way to a word after the number; a comma, or another number, is a long one."""
        day = self._number.shape is not Shape.COUNT
        bracket = self._passage.bracket(self._place)
        if bracket and hit.start >= bracket[1]:
            return float("inf")
        way = (_RIGHT if not day else _DAY_AHEAD) * self._passage.way(self._stop, hit.start)
        if hit.start >= self._clause_end:
            if not day and (self._strange_before() or hit.start >= self._passage.sentence(self._stop)[1]):
                return float("inf")
            way += 0 if day else _OVER_COMMA
        if hit.start >= self._next:
            way += 0 if day else _OVER_NUMBER
        return way

    def _of_the_next(self, hit: Hit) -> int:
        """1 where a list goes on between the number and the word, which then belongs to the next number."""
        if not hit.end <= self._next < self._clause_end:
            return 0
        return int(_GOES_ON.search(self._passage.text, self._stop, hit.start) is not None)

    def _of_the_last(self, hit: Hit) -> bool:
        """Whether things stand behind their numbers here: 800床棉被、60件雨衣 has no 60 of the first."""
        first, last = self._item
        begins = self._place - first < 1 and first > self._previous
        named = self._passage.way(self._stop, last) >= _NAMED
        return (
            begins
            and named
            and self._previous <= hit.start
            and "、" in self._passage.text[hit.end : self._place]
        )

    def _strange_before(self) -> bool:
        """Whether words of its own clause already say what the number counts."""
        start = max(self._passage.clause(self._place)[0], self._previous)
        return self._passage.way(start, self._place) > 6

    def _unexplained(self, hit: Hit) -> float:
        """How much of the number's item a general word such as 资金 leaves unexplained."""
        first, last = self._item
        if hit.end > last or hit.start < first:
            return 0.0
        return self._passage.way(first, hit.start) + self._passage.way(hit.end, self._place) / 2


def scores(
    passage: Passage, topics: Sequence[Topic], every: Iterable[str], parts: Sequence[int]
) -> tuple[Words, list[dict[str, float]]]:
    """For each number of a passage, indicator id → how sure; only what is worth a thought."""
    words = Words(passage, topics, every)
    return words, [
        _scores_of(number, words, part) for number, part in zip(passage.numbers, parts, strict=True)
    ]


def _scores_of(number: Found, words: Words, part: int) -> dict[str, float]:
    found = {topic.id: score(number, topic, words, part) for topic in words.present}
    return {id: sure for id, sure in found.items() if sure > _FAINT}
