"""Of which time a number speaks: the report's year, the year before, a plan, a part of the year, several years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache

from mingxi_desktop.patterns import pattern
from mingxi_desktop.report.proofreading.cues import common
from mingxi_desktop.report.proofreading.frame import Frame
from mingxi_desktop.report.proofreading.sentences import Passage


class Span(Enum):
    """Of which time: NOW the report's year, LAST the year before; OTHER is none of the report's numbers."""

    NOW = 0
    LAST = 1
    OTHER = 2


_SINCE = pattern(
    r"(?:(?:19|20)\d{2}年(?:以来|来|起)|[一二三四五六七八九十]{1,3}年(?:以来|来)|近[一二三四五六七八九十两]年|“?十四五”?(?:以来|期间))"
)
_COMPARED = pattern(r"(?:较|比|由|从|同|超|与|高于|低于|多于|少于|相比)$")
_MONTHS = pattern(r"\d{1,2}月?[-—~至到]{1,2}(\d{1,2})月(?:份)?(?!\d)")
_ONE_MONTH = pattern(r"(?<![\d至到~—-])\d{1,2}月份?(?=，?(?:全县|我县|我局|全局|各乡镇|共|累计|当月))")
_YEARS = pattern(r"(?<!\d)((?:19|20)\d{2})年(?!以?来|起)")
_SINCE_MARKS = ("以来", "来", "起")
_VERBS = frozenset({"计划", "拟"})
_BEFORE_VERBS = frozenset("，。；：、（(年\n局县继并")
_ADVERBS = ("全年", "初步", "我局", "还", "也", "条", "处")


@dataclass(frozen=True)
class _Words:
    """The words of time of words.toml for one year."""

    every: re.Pattern[str]
    now: frozenset[str]
    last: frozenset[str]
    plan: frozenset[str]


@cache
def _words(year: int) -> _Words:
    now, last, plan, masked = (
        common().filled("time", key, year) for key in ("now", "last", "plan", "not_plan")
    )
    every = any_of((*masked, *now, *last, *plan, *common().get("time", "same")))
    return _Words(every, frozenset(now), frozenset(last), frozenset(plan) - frozenset(masked))


def any_of(words: Sequence[str]) -> re.Pattern[str]:
    """A pattern that meets any of the words, the longest first."""
    return re.compile("|".join(sorted(map(re.escape, set(words)), key=len, reverse=True)))


def time_of(passage: Passage, place: int, frame: Frame) -> tuple[Span, str]:
    """(of which time the number at a place is, why in half a sentence where it is OTHER).

    The last word of time before it that still holds decides.
    """
    text, found = passage.text, _words(frame.year)
    start, _ = passage.sentence(place)
    bracket = passage.bracket(place)
    span, why = (Span.OTHER, "是计划数") if passage.planned else (Span.NOW, "")
    for match in found.every.finditer(text, start, place):
        since = text.startswith(_SINCE_MARKS, match.end()) and match[0][:1].isdigit()
        if not since and _holds(passage, match, place, bracket, frame.year):
            span, why = _after(match[0], span, why, frame) if not _noun(passage, match) else (span, why)
    if span is Span.NOW:
        why = _other_time(passage, place, frame)
        span = Span.OTHER if why else span
    return span, why


def _after(word: str, span: Span, why: str, frame: Frame) -> tuple[Span, str]:
    """What holds after a word of time."""
    found = _words(frame.year)
    if word in found.now:
        # 全年 and the like are said of a plan's year as well.
        keeps = span is Span.OTHER and word in common().get("time", "any_year")
        return (span, why) if keeps else (Span.NOW, "")
    if word in found.last or (word in common().get("time", "same") and span is Span.LAST):
        return (Span.NOW, "") if frame.late else (Span.LAST, "")
    return (Span.OTHER, "是计划数") if word in found.plan else (span, why)


def _holds(
    passage: Passage, match: re.Match[str], place: int, bracket: tuple[int, int] | None, year: int
) -> bool:
    """Whether a word of time still holds at the number: brackets end it, and 较去年 holds for one number."""
    inner = passage.bracket(match.start())
    if inner is not None and inner != bracket:
        return False
    text = passage.text
    named = match[0] in _words(year).last
    if named and _COMPARED.search(text, max(0, match.start() - 4), match.start()):
        between = [number for number in passage.numbers if match.end() <= passage.place(number)[0] < place]
        return not between and "，" not in text[match.end() : place]
    return "；" not in text[match.end() : place] or (bracket == inner and inner is not None)


def _noun(passage: Passage, match: re.Match[str]) -> bool:
    """Whether 计划 is the thing (年度计划) and no verb: it is one where a clause begins, or after an adverb."""
    if match[0] not in _VERBS:
        return False
    before = passage.text[: match.start()]
    return bool(before) and before[-1] not in _BEFORE_VERBS and not before.endswith(_ADVERBS)


def _other_time(passage: Passage, place: int, frame: Frame) -> str:
    """Why it is of some other time: a part of the year, an older year."""
    text, first = passage.text, _own_start(passage, place)
    for word, last in common().sections["time"]["part_of_year"].items():
        if word in text[first:place] and last != frame.month:
            return f"是{word}的数"
    months = list(_MONTHS.finditer(text, passage.sentence(place)[0], place))
    if months and int(months[-1][1]) not in (12, frame.month):
        return f"是{months[-1][0]}的数"
    month = _ONE_MONTH.search(text, passage.sentence(place)[0], place)
    if month:
        return f"是{month[0]}的数"
    for word in common().get("time", "one_day"):
        if word in text[passage.sentence(place)[0] : place]:
            return f"是{word}的数"
    years = [match[1] for match in _YEARS.finditer(text, first, place)]
    if years and int(years[-1]) not in (frame.year, frame.year - 1):
        return f"是{years[-1]}年的数"
    return ""


def several_years(passage: Passage, place: int, frame: Frame) -> str:
    """Why it is the number of several years: 近三年…, or 2022年以来，… in the clause before."""
    text = passage.text
    clause = _own_start(passage, place)
    before, _ = passage.clause(max(clause - 1, 0))
    for since in _SINCE.finditer(text, before, place):
        near = since.end() >= clause or text[since.end() : clause] in ("，", ",")
        if near and not since[0].startswith((str(frame.year), "一年")):
            return f"是{since[0]}的数"
    return ""


def _own_start(passage: Passage, place: int) -> int:
    bracket = passage.bracket(place)
    return bracket[0] if bracket else passage.clause(place)[0]
