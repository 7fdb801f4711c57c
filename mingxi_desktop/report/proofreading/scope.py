"""What a number speaks of: the report's year, the year before, or something no indicator of the report is.

Plans, the figures of the province or of one township, differences, averages and duties stand among a report's
numbers and look like them; the words before them tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from mingxi_desktop.patterns import pattern
from mingxi_desktop.report.proofreading.cues import common
from mingxi_desktop.report.proofreading.frame import Frame
from mingxi_desktop.report.proofreading.numbers import Found, Shape
from mingxi_desktop.report.proofreading.sentences import Passage
from mingxi_desktop.report.proofreading.times import Span, any_of, several_years, time_of

__all__ = ["Scope", "Span", "scope_of"]


@dataclass(frozen=True, slots=True)
class Scope:
    """why: a Chinese half sentence where it is OTHER.  part: stands after 其中 at that place (-1: does not).

    several: it is OTHER because it covers several years, which some indicators do.
    """

    span: Span
    why: str = ""
    part: int = -1
    several: bool = False

    @property
    def last_year(self) -> bool:
        """Whether it is a number of the year before."""
        return self.span is Span.LAST


_PART = "其中"
_OTHER_COUNTY = pattern(r"[\u4e00-\u9fff]{2,3}[县市区旗](?=应急|全[县市区]|共|累计|排查|开展|组织|安委|20)")
_NO_COUNTY = frozenset("全各我本是该两县市区召开织由经以到在对向和与为了")
_TOWN = pattern(r"[\u4e00-\u9fff]{2}(?:[镇乡]|街道)(?!镇|村|级|两级|（|\(|综合)")
_NO_TOWN = frozenset("各全到向城下家返山水县受对等及和")
_TO_A_TOWN = frozenset("在为向往赴到由、和")
_NEAR = 6
_BY_BRANCH = pattern(r"各(?:行业|领域|乡|镇|县直|部门|次|月|季度)[^。；：:\d\n]{0,14}情况[：:]")
_ACTION = pattern(r"联合执法|执法检查|帮扶|专项检查|抽查|暗访|双随机|检查(?:企业|单位|场所)|督导检查")
_FOUND = pattern(r"隐患|问题")
_WHOLE = pattern(r"合计|共计|总计|共|累计")
_EACH = pattern(r"每[个名家户镇乡村支]|平均|人均|户均")
_THING = pattern(r"[^，,、。；：（）()\n]{2}")
_TO = frozenset("到至为达")
_DAY_LIMIT = pattern(r"(?:之?前|以?前|以来|起|止|底前|至今)")
_DAY_UNTIL = pattern(r"(?:截至|截止|截止到|至|到)$")


@dataclass(frozen=True)
class _Places:
    """The words of places of words.toml, for one ledger."""

    elsewhere: re.Pattern[str]
    home: re.Pattern[str]


@cache
def _places(home: tuple[str, ...], level: str, above: tuple[str, ...]) -> _Places:
    words = common()
    own = (*words.get("place", "home"), *home, f"全{level}", f"我{level}")
    elsewhere = tuple(word for word in (*words.get("place", "elsewhere"), *above) if word not in own)
    return _Places(any_of(elsewhere), any_of(own))


def scope_of(number: Found, passage: Passage, frame: Frame) -> Scope:
    """What the number speaks of, by the words before it in its sentence and its clause."""
    place, _ = passage.place(number)
    text = passage.text
    part = _part(passage, place)
    if number.shape is Shape.NONE:
        return Scope(Span.OTHER, "写的不是一个确切的数", part)
    if number.shape in (Shape.DAY, Shape.DAYS):
        return _day_scope(number, passage, frame)
    why = (
        _one_of_many(passage, place)
        or _of_an_action(passage, place, number)
        or _no_total(text, passage, place, number)
        or _elsewhere(passage, place, frame)
    )
    if why:
        return Scope(Span.OTHER, why, part)
    span, why = time_of(passage, place, frame)
    since = several_years(passage, place, frame) if span is Span.NOW else ""
    return Scope(Span.OTHER, since, part, several=True) if since else Scope(span, why, part)


def _day_scope(number: Found, passage: Passage, frame: Frame) -> Scope:
    place, stop = passage.place(number)
    if _DAY_LIMIT.match(passage.text, stop) or _DAY_UNTIL.search(passage.text, max(0, place - 3), place):
        return Scope(Span.OTHER, "是期限")
    value = number.amount.value
    year = value[:4] if isinstance(value, str) and len(value.split("..")[0]) > 5 else ""
    if year and year not in (str(frame.year), str(frame.year - 1)):
        return Scope(Span.OTHER, f"是{year}年的日期")
    if year == str(frame.year - 1):
        return Scope(Span.LAST)
    return Scope(*time_of(passage, place, frame))


def _part(passage: Passage, place: int) -> int:
    """Where 其中 stands that makes the number a part of another; -1 where none does."""
    start, _ = passage.sentence(place)
    bracket = passage.bracket(place)
    at = passage.text.rfind(_PART, start, place)
    if at < 0 or "；" in passage.text[at:place]:
        return -1
    # 其中 inside brackets that are closed says nothing of what follows them.
    inner = passage.bracket(at)
    if inner is not None and inner != bracket:
        return -1
    return at


def _no_total(text: str, passage: Passage, place: int, number: Found) -> str:
    """Why it is a difference, an average, a duty or a rest; "" where it is none."""
    words = common()
    clause = text[passage.clause(place)[0] : place]
    previous = [passage.place(other)[1] for other in passage.numbers if other.stop <= number.amount.start]
    own = clause[-min(len(clause), place - max(previous, default=0)) :] if clause else ""
    near = own[-_NEAR:]
    stop = passage.place(number)[1]
    if number.amount.unit == "百分点":
        return "是升降的幅度"
    for word in words.get("not_total", "change"):
        at = near.rfind(word)
        if at >= 0 and not _TO & set(near[at + len(word) :]):
            return "是增减的数"
    sentence = text[passage.sentence(place)[0] : place]
    compared = any(word in sentence for word in words.get("not_total", "comparing"))
    if compared and any(word in own[-3:] for word in words.get("not_total", "change_compared")):
        return "是增减的数"
    if any(word in own[-8:] for word in words.get("not_total", "each")) or _EACH.search(own):
        return "是平均数或最大的一个"
    if any(own.endswith(word) or own[:-1].endswith(word) for word in words.get("not_total", "duty") if own):
        return "是任务或要求的数"
    if any(word in own for word in words.get("not_total", "rest")) or _further(own, text[stop:]):
        return "是其余的部分"
    return ""


def _one_of_many(passage: Passage, place: int) -> str:
    """Why it is a part of a total told branch by branch: 各行业领域隐患排查情况：消防572条、工贸310条."""
    start = passage.sentence(place)[0]
    told = _BY_BRANCH.search(passage.text, start, place)
    whole = told is None or _WHOLE.search(passage.text, passage.item(place)[0], place)
    return "" if whole else "是分项的数"


def _of_an_action(passage: Passage, place: int, number: Found) -> str:
    """Why it is what one kind of checks brought: 联合执法116次，发现隐患900条."""
    text, (clause, _) = passage.text, passage.clause(place)
    before = [passage.place(other)[1] for other in passage.numbers if other.stop <= number.amount.start]
    if not before or not _FOUND.search(text, clause, place) or not clause - 2 <= max(before) < clause:
        return ""
    start = passage.clause(max(before) - 1)[0]
    said = _ACTION.search(text, start, max(before))
    return f"像是{said[0]}中的数" if said else ""


def _further(own: str, tail: str) -> bool:
    """Whether 还有 before the number speaks of a rest: 还有4条未整改, but not 还有10次点对点调度."""
    words = common()
    thing = _THING.match(tail)
    undone = any(word in tail[:_NEAR] for word in words.get("not_total", "undone"))
    return own.endswith(words.get("not_total", "rest_before")) and (thing is None or undone)


def _elsewhere(passage: Passage, place: int, frame: Frame) -> str:
    """Why it is another place's number; "" where it is the county's own."""
    text, found = passage.text, _places(frame.home, frame.own_level, frame.above)
    bracket = passage.bracket(place)
    start, _ = bracket or passage.sentence(place)
    clause, _ = passage.clause(place)
    stretch = text[start:place]
    last_home = max((match.end() for match in found.home.finditer(stretch)), default=-1)
    for match in found.elsewhere.finditer(stretch):
        closed = passage.bracket(start + match.start()) not in (None, bracket)
        if match.end() > last_home and not closed and not _only_mentioned(stretch, match):
            return f"像是{match[0]}的数"
    for match in _OTHER_COUNTY.finditer(text[clause:place]):
        if (
            frame.home
            and not _NO_COUNTY & set(match[0][:-1])
            and not any(match[0].endswith(name) or name in match[0] for name in frame.home)
        ):
            return f"像是{match[0]}的数"
    return _one_town(text, start, max(clause, start), place, frame)


def _only_mentioned(stretch: str, match: re.Match[str]) -> bool:
    words = common()
    before, after = stretch[: match.start()], stretch[match.end() : match.end() + 5]
    return before.endswith(words.get("place", "mentioned_before")) or any(
        word in after for word in words.get("place", "mentioned_after")
    )


def _one_town(text: str, start: int, clause: int, place: int, frame: Frame) -> str:
    """Why it is the number of one township; a list of them that ends in 等 is the county.

    A town that a clause begins with holds to the end of the sentence, any other in its clause.
    """
    for match in _TOWN.finditer(text, start, place):
        name = match[0]
        if name not in frame.places and (frame.places or {name[0], name[1]} & _NO_TOWN):
            continue
        before = text[match.start() - 1 : match.start()]
        subject = before in ("", "，", "；", "（", "\n", "。") or match.start() == start
        if not subject and match.start() < clause:
            continue
        if "等" not in text[match.end() : match.end() + 12] and before not in _TO_A_TOWN:
            return f"像是{name}的数"
    return ""
