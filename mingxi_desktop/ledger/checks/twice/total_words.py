"""Texts that name a total (合计, 盖洋镇小计) and the months that a total is of (二季度, 1-6月)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingxi_desktop.domain.county import short_area
from mingxi_desktop.ledger.checks.twice.same_words import words
from mingxi_desktop.patterns import pattern

_TOTAL = r"(?:累计)?(?:合计|小计|总计|共计|总和|总数|总数量|总量)"
_TIME = (
    r"(?:(?:20\d\d)?年?(?:度|\d{1,2}月份?(?:[至到]?\d{1,2}月份?)?|第?[一二三四1234]季度|[上下]半年|全年)?"
    r"|[本当该][月季年周旬期日](?:度)?)"
)
_ALL = r"(?:以上|各项|各乡镇|各地|全县各乡镇|全[县镇乡]|[本各][表页镇乡县])"
_NUMBER = r"(?:(?:\d+(?:[.]\d+)?)?(?:[条处个人起次场件户间吨床套支台项家元]|万元|人次|家次)?)"
_SPANS: tuple[tuple[re.Pattern[str], int, int], ...] = (
    (re.compile("第?一季度|第?1季度"), 1, 3),
    (re.compile("第?二季度|第?2季度"), 4, 6),
    (re.compile("第?三季度|第?3季度"), 7, 9),
    (re.compile("第?四季度|第?4季度"), 10, 12),
    (re.compile("上半年"), 1, 6),
    (re.compile("下半年"), 7, 12),
    (re.compile("前三季度"), 1, 9),
    (re.compile("全年|年度总?[计合汇]"), 1, 12),
)
_MONTHS = pattern(r"(?<!\d)(\d{1,2})月?(?:份)?\s*(?:[-—–~～至到]|--)\s*(\d{1,2})月")
_WHOLE_COUNTY = pattern("全县(?!.{0,3}(?:学校|企业|中小学|医院|系统|部门|集中|统一))|各乡镇|各个乡镇")
_IN_SUM = pattern("汇总|合计|总计|统计|总数|情况")
_LONGEST = 30


class TotalWords:
    """Knows the names of the townships.  labels: words for what is counted (隐患)."""

    def __init__(self, places: Iterable[str]) -> None:
        names = {name for place in places for name in (place, short_area(place)) if len(name) > 1}
        area = "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or "县直"
        what = (
            r"(?:隐患|问题|检查|案件|处罚|资金|物资|活动|演练|培训|宣传|会议|事故|排查|整改|转移|人数|数量)*"
        )
        before = rf"(?:{_ALL}|{area}|{_TIME}|[一二三四五六七八九十]{{1,2}}(?=[合小总共]))"
        self._total = re.compile(rf"{before}*{what}{_TOTAL}(?:数|栏|行)?{_NUMBER}?")

    def says(self, text: str | None) -> bool:
        """Whether a text is nothing but the name of a total."""
        plain = words(text)
        return len(plain) <= _LONGEST and self._total.fullmatch(plain) is not None


def of_whole_county(text: str | None) -> bool:
    """Whether a text speaks of what all townships have together: 全县隐患汇总."""
    return bool(text and _WHOLE_COUNTY.search(text) and _IN_SUM.search(text))


def months(text: str | None, month: int) -> range:
    """The months that a total dated in `month` is of, by what it says; by default that month alone."""
    if text:
        told = _MONTHS.search(text)
        if told and 1 <= int(told[1]) < int(told[2]) <= 12:
            return range(int(told[1]), int(told[2]) + 1)
        for pattern, first, last in _SPANS:
            if pattern.search(text):
                return range(first, last + 1)
    return range(month, month + 1)
