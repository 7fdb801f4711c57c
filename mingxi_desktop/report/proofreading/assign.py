"""Which number of a passage is which indicator: all of them together, the surest first.

In one sentence an indicator is meant once; what it is taken for by a surer number it is not for another one.
Where two indicators fit about as well, none is meant for certain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from mingxi_desktop.domain.indicators import Aggregate
from mingxi_desktop.report.proofreading.cues import Row, Topic, common
from mingxi_desktop.report.proofreading.evidence import CERTAIN, Words, fits_shape, may_be, scores
from mingxi_desktop.report.proofreading.frame import Frame
from mingxi_desktop.report.proofreading.grids import in_rows
from mingxi_desktop.report.proofreading.heads import ordered
from mingxi_desktop.report.proofreading.scope import Scope, Span, scope_of
from mingxi_desktop.report.proofreading.sentences import Passage, of_portions, of_rows
from mingxi_desktop.report.proofreading.sequences import Sequences

_CERTAIN_BESIDE = 0.88
"""The same for an indicator that the yearly report does not show."""
_MARGIN, _MARGIN_BESIDE = 0.04, 0.15
_PAIR_WAY = 11.0
_SIBLING, _NEXT, _NEXT_WAY = 0.06, 0.2, 7.0
_PART = 0.6
_AGAIN_WAY = 3.5


@dataclass(frozen=True, slots=True)
class Meant:
    """What a number of a passage stands for.

    ids: of its indicators, several where one number says two things (排查整改73条); () where none is certain.
    """

    ids: tuple[str, ...]
    scope: Scope
    sure: float = 0.0


@dataclass(frozen=True)
class Reader:
    """The topics of a book, and the sequences among them, ready for reading passages."""

    topics: Mapping[str, Topic]
    rows: tuple[Row, ...]
    every: frozenset[str]
    frame: Frame

    def read(self, passage: Passage) -> list[Meant]:
        """What each number of the passage stands for, in order."""
        rows = in_rows(passage)
        if rows is not passage:
            return [what for row in of_rows(rows) for what in self._read(row, frozenset())]
        portions = of_portions(passage)
        if len(portions) > 1:
            return [what for portion in portions for what in self._read(portion, frozenset())]
        in_order = ordered(passage)
        meant = self._read(in_order.passage, in_order.unclear)
        if in_order.passage is passage:
            return meant
        # Where 其中 stands is told of the passage as it is written.
        return [
            replace(what, scope=replace(what.scope, part=scope_of(number, passage, self.frame).part))
            for number, what in zip(passage.numbers, meant, strict=True)
        ]

    def _read(self, passage: Passage, unclear: frozenset[int]) -> list[Meant]:
        scopes = [scope_of(number, passage, self.frame) for number in passage.numbers]
        words, found = scores(
            passage, tuple(self.topics.values()), self.every, [scope.part for scope in scopes]
        )
        for place in unclear:
            found[place].clear()
        sentences = [passage.sentence(passage.place(number)[0]) for number in passage.numbers]
        table = _Table(self, passage, words, scopes, sentences, found)
        table.narrow()
        table.share()
        table.pairs()
        table.brackets()
        table.settle_lists()
        return table.meant()


@cache
def _done() -> re.Pattern[str]:
    return re.compile(common().sections["fused"]["done"])


class _Table:
    """Numbers against indicators, of one passage."""

    def __init__(
        self,
        reader: Reader,
        passage: Passage,
        words: Words,
        scopes: Sequence[Scope],
        sentences: Sequence[tuple[int, int]],
        found: list[dict[str, float]],
    ) -> None:
        self._reader, self._passage, self._words = reader, passage, words
        self._scopes, self._sentences, self._found = scopes, sentences, found
        self._taken: dict[int, tuple[str, float]] = {}

    def narrow(self) -> None:
        """Leave out what the scope forbids, weigh parts less and the family of a neighbour more."""
        plain = [dict(found) for found in self._found]
        for place, found in enumerate(self._found):
            scope = self._scopes[place]
            for id in list(found):
                if scope.span is Span.OTHER and not (scope.several and self._of_years(id)):
                    del found[id]
                elif self._is_part(place, id, plain):
                    found[id] *= _PART
                else:
                    found[id] += self._family(place, id)

    def share(self) -> None:
        """Give each number the indicator that fits best, the surest first, each indicator once a sentence."""
        order = sorted(
            ((sure, -place, id) for place, found in enumerate(self._found) for id, sure in found.items()),
            reverse=True,
        )
        used: set[tuple[object, ...]] = set()
        lost: set[int] = set()
        for sure, minus, id in order:
            place = -minus
            key = (self._sentences[place], self._scopes[place].span, id)
            if sure < self._needed(id) or place in self._taken or place in lost:
                continue
            if key in used and not self._said_again(place, id):
                continue
            if self._rival(place, id, sure, used):
                lost.add(place)
                continue
            self._taken[place] = id, sure
            used.add(key)

    def _needed(self, id: str) -> float:
        return _CERTAIN_BESIDE if self._reader.topics[id].known.beside else CERTAIN

    def pairs(self) -> None:
        """A number next to 培训49次 that counts people, of which nothing else is said, is who was trained."""
        for place in range(1, len(self._scopes)):
            for one, other in ((place - 1, place), (place, place - 1)):
                if one in self._taken and other not in self._taken and self._close(place):
                    id = self._partner(one, other)
                    if id:
                        self._taken[other] = id, CERTAIN

    def _close(self, place: int) -> bool:
        """Whether a number stands right behind the one before it, in its sentence and of the same time."""
        end = self._passage.place(self._passage.numbers[place - 1])[1]
        return (
            self._sentences[place - 1] == self._sentences[place]
            and self._scopes[place - 1].span is self._scopes[place].span is Span.NOW
            and self._scopes[place].part < 0
            and self._passage.way(end, self._start(place)) <= _PAIR_WAY
        )

    def _partner(self, one: int, other: int) -> str:
        """The sibling of what a number stands for that the number beside it may be; "" for none."""
        topics, number = self._reader.topics, self._passage.numbers[other]
        topic = topics[self._taken[one][0]]
        said = {
            id for place, (id, _) in self._taken.items() if self._sentences[place] == self._sentences[one]
        }
        fitting = [
            id
            for id in topic.siblings
            if id in topics
            and id not in said
            and not topics[id].also[len(topic.also) :]
            and fits_shape(number, topics[id])
            and not fits_shape(number, topic)
            and may_be(number, topics[id], self._words)
        ]
        likelier = any(sure >= CERTAIN for id, sure in self._found[other].items() if id not in topic.siblings)
        return fitting[0] if len(fitting) == 1 and not likelier else ""

    def brackets(self) -> None:
        """Last year's number in brackets is of the indicator before them: 1683条（去年1502条）."""
        for place in range(1, len(self._scopes)):
            before = self._taken.get(place - 1)
            if self._scopes[place].span is Span.LAST and self._alone_in_brackets(place):
                same_unit = (
                    self._passage.numbers[place].amount.unit == self._passage.numbers[place - 1].amount.unit
                )
                if before and same_unit and self._scopes[place - 1].span is Span.NOW:
                    self._taken[place] = before

    def settle_lists(self) -> None:
        """What the place in a list tells."""
        reader = self._reader
        Sequences(reader.topics, self._words, self._scopes, reader.rows).settle(self._taken)

    def meant(self) -> list[Meant]:
        """What came out."""
        made: list[Meant] = []
        for place, scope in enumerate(self._scopes):
            id, sure = self._taken.get(place, ("", 0.0))
            made.append(Meant(self._both(place, id) if id else (), scope, sure))
        return made

    def _both(self, place: int, id: str) -> tuple[str, ...]:
        """All that a number stands for, without what another number of the sentence says."""
        said = {self._taken[other][0] for other in self._taken
                if other != place and self._sentences[other] == self._sentences[place]}  # fmt: skip
        return tuple(one for one in self._fused(place, id) if one == id or one not in said)

    def _said_again(self, place: int, id: str) -> bool:
        """Whether brackets say the number before them once more: 近1700条（台账登记1683条）; 0 may follow 零伤亡."""
        if self._reader.topics[id].indicator.wording == "zero":
            first, start = self._passage.item(self._start(place))[0], self._start(place)
            return any(
                first <= hit.start and hit.end <= start
                for hit in self._words.of(self._reader.topics[id].what)
            )
        return place > 0 and self._taken.get(place - 1, ("",))[0] == id and self._alone_in_brackets(place)

    def _alone_in_brackets(self, place: int) -> bool:
        """Whether the number stands in brackets of its own behind another number, and nothing is said in them."""
        start = self._start(place)
        bracket = self._passage.bracket(start)
        if bracket is None or not place:
            return False
        alone = sum(bracket[0] <= self._start(other) < bracket[1] for other in range(len(self._scopes))) == 1
        end = self._passage.place(self._passage.numbers[place - 1])[1]
        return alone and end == bracket[0] - 1 and self._passage.way(bracket[0], start) < _AGAIN_WAY

    def _of_years(self, id: str) -> bool:
        indicator = self._reader.topics[id].indicator
        return indicator.years > 1 or indicator.aggregate in (Aggregate.YEARS, Aggregate.STATE)

    def _is_part(self, place: int, id: str, found: Sequence[Mapping[str, float]]) -> bool:
        """Whether the indicator was named with another number before 其中."""
        part = self._scopes[place].part
        if part < 0 or self._own_doing(place, id, part):
            return False
        return any(
            found[other].get(id, 0) >= CERTAIN and found[other][id] == max(found[other].values())
            for other in range(place)
            if self._sentences[other] == self._sentences[place] and self._start(other) < part
        )

    def _own_doing(self, place: int, id: str, part: int) -> bool:
        """Whether 其中 is followed by a doing of the indicator's own (其中已整改73条)."""
        groups = self._reader.topics[id].also
        start = self._start(place)
        return bool(groups) and all(
            any(part <= hit.start and hit.end <= start for hit in self._words.of(group)) for group in groups
        )

    def _family(self, place: int, id: str) -> float:
        """What it adds that a number before in the sentence is of the same family, most where it is the next one."""
        siblings = [sibling for sibling in self._reader.topics[id].siblings if sibling != id]
        best = 0.0
        for other in range(place) if siblings else ():
            found = self._found[other]
            if self._sentences[other] != self._sentences[place] or not found:
                continue
            likely = max(found, key=lambda name: found[name])
            if likely in siblings and found[likely] >= CERTAIN:
                best = max(best, _NEXT if other == place - 1 and self._next_to(other, place) else _SIBLING)
        return best

    def _next_to(self, one: int, other: int) -> bool:
        end = self._passage.place(self._passage.numbers[one])[1]
        return self._passage.way(end, self._start(other)) <= _NEXT_WAY

    def _rival(self, place: int, id: str, sure: float, used: set[tuple[object, ...]]) -> bool:
        """Whether another indicator, not yet taken in this sentence, fits about as well."""
        pair = self._reader.topics[id].siblings if self._fused(place, id) != (id,) else ()
        key = self._sentences[place], self._scopes[place].span
        return any(
            other != id
            and other not in pair
            and weight > sure - self._margin(id, other)
            and (*key, other) not in used
            for other, weight in self._found[place].items()
        )

    def _margin(self, id: str, other: str) -> float:
        """How much surer the one has to be than the other; what the yearly report shows goes before the rest."""
        topics = self._reader.topics
        if topics[id].known.beside:
            return _MARGIN_BESIDE
        return 0.0 if topics[other].known.beside else _MARGIN

    def _fused(self, place: int, id: str) -> tuple[str, ...]:
        """The indicator, or all of its block where a verb says both (排查整改…73条)."""
        topic = self._reader.topics[id]
        if not topic.fused:
            return (id,)
        start = self._start(place)
        _, stop = self._passage.place(self._passage.numbers[place])
        first, last = self._passage.clause(start)[0], self._passage.clause(stop)[1]
        before = max((self._passage.place(number)[1] for number in self._passage.numbers[:place]), default=0)
        said = any(max(first, before) <= hit.start and hit.end <= last for hit in self._words.of(topic.fused))
        return topic.siblings if said or self._done_as_well(max(first, before), start, stop) else (id,)

    def _done_as_well(self, first: int, start: int, stop: int) -> bool:
        """Whether what was found is said to be done behind the number: 排查隐患73条，全部整改到位."""
        found = any(verb in self._passage.text[first:start] for verb in common().get("fused", "first"))
        follows = _done().match(self._passage.text, stop)
        if not found or follows is None:
            return False
        end = self._passage.clause(follows.end())[1]
        return not any(stop <= self._start(other) < end for other in range(len(self._scopes)))

    def _start(self, place: int) -> int:
        return self._passage.place(self._passage.numbers[place])[0]
