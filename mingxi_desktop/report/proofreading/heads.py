"""Numbers that stand behind all of their things: A、B、C分别为x、y和z is read as A x，B y，C z.

The passage is written anew, each number behind its own thing, so that everything else reads it like any other.
Where things and numbers cannot be counted off against each other, the numbers are told to be unclear.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingxi_desktop.patterns import pattern
from mingxi_desktop.report.proofreading.cues import common
from mingxi_desktop.report.proofreading.rewriting import Rewriting
from mingxi_desktop.report.proofreading.sentences import Passage

_RESPECTIVELY = pattern(r"(?:分别|依次|各自)(?P<verb>[^，。；：、\d（）()“”\n]{0,8})$")
_LINK = pattern(r"\s*(?:[、，,]?(?:以及|和|及|与)|、|(?P<comma>[，,]))\s*")
_DONE = pattern(r"[、，,；;。）)\n]|以?及|和|与|$")
_BREAK = pattern(r"[，,；;：:。！？\n（）()]")
_AND = r"以及|(?<!谐)(?<!调)和(?!谐)|(?<![涉以普])及(?!时|其|格)|(?<!参)与(?!会|者)"
_SPLITS = (pattern("、"), pattern(f"、|{_AND}"))
_LAST_AND = pattern(f"(?:{_AND})(?!.*(?:{_AND}))")
_PLAIN_VERBS = frozenset({"为", "是", "有", "达", "达到", "共", "计", "约", "已达", "均为", ""})
_JOIN = "，"
_LEVELS = pattern(r"[两三]级")


@dataclass(frozen=True, slots=True)
class Ordered:
    """A passage with its numbers behind their own things.

    unclear: places, in `passage.numbers`, of those that follow things which cannot be told apart.
    """

    passage: Passage
    unclear: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Run:
    """Numbers written one behind the other: the first and the last one, and where their things stand.

    things: one for each number, () where they cannot be counted off.
    """

    first: int
    last: int
    start: int
    things: tuple[str, ...]
    verb: str = ""


def ordered(passage: Passage) -> Ordered:
    """The passage as it is to be read; itself where no list of numbers stands behind its things."""
    if len(passage.numbers) < 2:
        return Ordered(passage)
    runs = list(_runs(passage))
    unclear = frozenset(at for run in runs if not run.things for at in range(run.first, run.last + 1))
    runs = [run for run in runs if run.things]
    return Ordered(_written(passage, runs) if runs else passage, unclear)


def _runs(passage: Passage) -> Iterator[_Run]:
    numbers, at = passage.numbers, 0
    before: _Run | None = None
    while at < len(numbers):
        last = at
        while last + 1 < len(numbers) and _follows(passage, last):
            last += 1
        if last > at:
            run = _run(passage, at, last, before)
            before = run or before
            if run is not None:
                yield run
        at = last + 1


def _follows(passage: Passage, at: int) -> bool:
    """Whether nothing but 、 or 和 stands between a number and the next one, and nothing is said behind that."""
    end, (start, stop) = passage.place(passage.numbers[at])[1], passage.place(passage.numbers[at + 1])
    link = _LINK.fullmatch(passage.text, end, start)
    return link is not None and (not link["comma"] or _DONE.match(passage.text, stop) is not None)


def _run(passage: Passage, first: int, last: int, before: _Run | None) -> _Run | None:
    """The things of the numbers `first` to `last`; None where it is no such list.  before: the run before it."""
    text, start, count = passage.text, passage.place(passage.numbers[first])[0], last - first + 1
    begin = max(passage.sentence(start)[0], _stop_before(passage, first))
    said = _RESPECTIVELY.search(text, max(begin, start - 12), start)
    units = {number.amount.unit for number in passage.numbers[first : last + 1]}
    if said is None and len(units) > 1:
        return None
    end = said.start() if said else start
    stretch = _stretch(passage, begin, end)
    things = _things(text[stretch:end], count)
    if said is None:
        return _Run(first, last, stretch, things) if things else None
    if not things:
        things, stretch = _of_clause_before(passage, stretch, end, before, count), end
    if not things and len(units) == count and not _several(text[_stretch(passage, begin, end) : end]):
        return None  # 企业负责人培训分别为49次、2097人: their units tell them apart
    verb = said["verb"] if said["verb"] not in _PLAIN_VERBS else ""
    return _Run(first, last, stretch, things, verb)


def _stretch(passage: Passage, begin: int, end: int) -> int:
    """Where the clause that ends at `end` begins, behind the number before it."""
    return max([begin, *(match.end() for match in _BREAK.finditer(passage.text, begin, end))])


def _stop_before(passage: Passage, at: int) -> int:
    return passage.place(passage.numbers[at - 1])[1] if at else 0


def _several(text: str) -> bool:
    return len(_SPLITS[1].split(text)) > 1


def _things(text: str, count: int) -> tuple[str, ...]:
    """The parts of a list, if there are so many, each with what all of them share before or behind 的."""
    for parts in _partings(text):
        if len(parts) == count and all(part.strip() for part in parts):
            return _shared(parts)
    return ()


def _partings(text: str) -> Iterator[list[str]]:
    head, _, tail = text.rpartition("、")
    last = _LAST_AND.search(tail)
    if last is not None:
        parts = [*head.split("、")] if head else []
        yield [*parts, tail[: last.start()], tail[last.end() :]]
    for split in _SPLITS:
        yield split.split(text)


def _shared(parts: Sequence[str]) -> tuple[str, ...]:
    first, last = parts[0], parts[-1]
    level = _LEVELS.search(last)
    if level is not None:
        return (*(f"{part}级{last[level.end() :]}" for part in parts[:-1]), last.replace(level[0], "级", 1))
    verbs = common().get("fused", "second")
    if all(part in common().get("fused", "first") for part in parts[:-1]) and last.startswith(verbs):
        verb = max((verb for verb in verbs if last.startswith(verb)), key=len)
        return (*(part + last[len(verb) :] for part in parts[:-1]), last)
    if "的" in first[:-1] and not any("的" in part for part in parts[1:]):
        share = first[: first.rindex("的", 0, len(first) - 1) + 1]
        return (first, *(share + part for part in parts[1:]))
    if "的" in last[:-1] and not any("的" in part for part in parts[:-1]):
        share = last[last.index("的") :]
        return (*(part + share for part in parts[:-1]), last)
    return tuple(parts)


def _of_clause_before(
    passage: Passage, start: int, end: int, before: _Run | None, count: int
) -> tuple[str, ...]:
    """The things of the clause before, each with what this clause says of all of them.

    49次企业负责人培训和15场判定标准宣贯，参加人员分别为2097人、297人.
    """
    if not start or passage.text[start - 1] not in "，,":
        return ()
    if before is not None and passage.place(passage.numbers[before.last])[1] == start - 1:
        things = before.things if len(before.things) == count else ()
        return tuple(f"{_JOIN}{thing.lstrip(_JOIN)}{passage.text[start:end]}" for thing in things)
    clause = _stretch(passage, passage.sentence(start)[0], start - 1)
    said = passage.text[clause : start - 1]
    for number in reversed(passage.numbers):
        place, stop = passage.place(number)
        if clause <= place and stop < start:
            said = said[: place - clause] + said[stop - clause :]
    things = _things(said, count)
    return tuple(f"{_JOIN}{thing}{passage.text[start:end]}" for thing in things)


def _written(passage: Passage, runs: Sequence[_Run]) -> Passage:
    """The passage with the numbers of each run behind their things."""
    made = Rewriting(passage)
    for run in runs:
        made.keep(run.start)
        for place, thing in zip(range(run.first, run.last + 1), run.things, strict=True):
            made.add(("" if place == run.first or thing.startswith(_JOIN) else _JOIN) + thing + run.verb)
            made.number()
        made.skip(passage.place(passage.numbers[run.last])[1])
    return made.passage()
