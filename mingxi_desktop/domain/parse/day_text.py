"""What a text says of a day, a month, a quarter or a year, before the missing year is filled in."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass, replace

from mingxi_desktop.domain.parse.numerals import chinese_digits, chinese_int, is_digit_by_digit
from mingxi_desktop.domain.parse.result import ParseError, join_sentences, shown
from mingxi_desktop.patterns import pattern

EXAMPLE = "应写成 2024年6月9日 或 2024-06-09"
YEARS = range(1900, 2101)
LAST = -1
"""Stands for the last day of whatever month it is."""

_CENTURY, _PIVOT = 2000, 50  # 24年 is 2024, 98年 is 1998
_MONTHS, _LONGEST = 12, 31

_WEEKDAY = pattern(r"\(?(?:星期|周|礼拜)[一二三四五六日天1-7]\)?")
_NUMERALS = pattern(r"[〇○◯零一二三四五六七八九十廿卅]+")
_LETTER_O = pattern(r"(?<=[一二三四五六七八九〇○零])[oO0](?=[一二三四五六七八九〇○零oO0年])")
_THIS_YEAR = pattern(r"^(?:今年|本年度?|当年)")
_FESTIVAL = pattern(
    r"春节|元旦|五一|国庆|端午|中秋|清明|两会|汛期|除夕|元宵|农历|立即|长期|当场|即时|立行立改"
    r"|月底|本月|近期|尽快|持续|预计|计划|拟于|待定"
)
_LEAD = pattern(r"^(?:截至|截止到?|已于|自|从|于)(?=\d)")
_ROUND = pattern(r"(?:左右|前后)$")
_FROM = pattern(r"(?<=[\d日号时分])(?:起|始)$")
_DONE = pattern(r"(?<=[\d日号前底末])(?:已?全部)?(?:已?整改|已?完成|已?销号|办结|到位|完毕)+$")
_REMARK = pattern(r"\(([^()\d]*)\)$")
_SLIPS = str.maketrans({"。": ".", "·": ".", "\\": "/", "曰": "日"})
_STAMP = pattern(r"((?:19|20)\d{6})[ T]?(\d\d)(\d\d)(?:\d\d)?")
_ZONE = pattern(r"(?<=\d)\+08:?00$")
_YEAR = r"(?:(?P<year>\d{4}|\d{2})年)"
_FULL = pattern(rf"{_YEAR}(?P<month>\d{{1,2}})[月.](?P<day>\d{{1,2}})[日号]?")
_FULL_MIXED = pattern(r"(?P<year>\d{4}|\d{2})[./、 -](?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?")
_THREE = pattern(r"(\d{1,4})([./、,_ —–-])(\d{1,2})\2(\d{1,4})[日号]?")
_EIGHT = pattern(r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_SIX = pattern(r"(\d\d)(\d\d)(\d\d)")
_MONTH_DAY = pattern(r"(?P<month>\d{1,2})(?:月|[./-])(?P<day>\d{1,2})[日号]?")
_MONTH = pattern(rf"(?:{_YEAR}?(?P<month>\d{{1,2}})月份?|(?P<long>\d{{4}})[./年-](?P<bare>\d{{1,2}})月?份?)")
_TEN_DAYS = pattern(rf"{_YEAR}?(?P<month>\d{{1,2}})月份?(?P<third>[上中下])旬")
_QUARTER = pattern(rf"(?:{_YEAR}|(?P<long>\d{{4}}))?(?:第?(?P<quarter>[1-4])季度?|[Qq](?P<short>[1-4]))")
_HALF_YEAR = pattern(rf"{_YEAR}?(?P<half>[上下])半年")
_WHOLE_YEAR = pattern(r"(?P<year>(?:19|20)\d\d)(?:年度?|全年|年全年)?|全?年")
_ENGLISH = pattern(r"(\d{1,2})[-,]?([A-Za-z]{3,9})\.?(?:[-,]*(\d{4}|\d{2}))?")
_ENGLISH_FIRST = pattern(r"([A-Za-z]{3,9})\.?[-,]*(\d{1,2})(?:[-, ]+(\d{4}))?")
_ENGLISH_MONTHS = "january february march april may june july august september october november december"
_YEARLIKE = range(20, 32)
_RECENT = range(2015, 2041)
"""The years that a number of two digits may mean where nobody said which year the table is about."""
_YEAR_FIRST = frozenset(("", ".", "、", ",", "_", " "))
"""Signs between numbers that are Chinese: no program and no foreign habit puts the year last with them."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """A stretch of days as spelled.  year: None if it names none.

    months, days: first and last; last day LAST = the month's last.  what: "day", "month", "旬",
    "quarter", "half" or "year".  assumed: sentence of what reading it took for granted.
    """

    year: int | None
    months: tuple[int, int]
    days: tuple[int, int]
    what: str = "day"
    assumed: str = ""


def no_date(text: str) -> ParseError:
    """The error for a text that is no date, with a hint for those that nearly are."""
    if _FESTIVAL.search(text):
        return ParseError("E_DATE", f"{shown(text)}不是确切的日期，请填写具体的年月日")
    return ParseError("E_DATE", f"{shown(text)}不是日期，{EXAMPLE}")


def ambiguous(text: str, readings: str) -> ParseError:
    """The error for a text with two readings."""
    return ParseError("E_AMBIGUOUS", f"{shown(text)}{readings}，{EXAMPLE}")


def arabic_date(text: str) -> str:
    """The text with Chinese numerals as digits, without weekday, blanks around signs, and last full stop."""
    text = _ZONE.sub("", _WEEKDAY.sub("", text)).rstrip("。.,;；/ ").translate(_SLIPS)
    stamp = _STAMP.fullmatch(text)
    if stamp:
        return f"{stamp[1]} {stamp[2]}:{stamp[3]}"
    text = _NUMERALS.sub(_digits, _LETTER_O.sub("〇", text)).replace("元月", "1月")
    return _THIS_YEAR.sub("", re.sub(r"\s*([年月日号时点分./:~-])\s*", r"\1", text)).strip()


def bare_date(text: str) -> tuple[str, str]:
    """(`arabic_date` without the words around it, what leaving them out took for granted).

    截至6月19日12时 · 6月9日起 · 12月31日前完成 · 2024.6.9(已整改) · 6月9日左右.
    """
    text = arabic_date(text)
    said = ""
    remark = _REMARK.search(text)
    if remark and not _FESTIVAL.search(remark[1]):
        text, said = text[: remark.start()], f"括号里的“{remark[1]}”没有计入" if remark[1] else ""
    text = _DONE.sub("", _FROM.sub("", _LEAD.sub("", text)))
    around = _ROUND.search(text)
    if around:
        text, said = text[: around.start()], join_sentences(f"写的是“{around[0]}”，按当天", said)
    return text.rstrip(" ,"), said


def _digits(found: re.Match[str]) -> str:
    try:
        if is_digit_by_digit(found[0]):
            return chinese_digits(found[0])
        return str(chinese_int(found[0]))
    except ValueError:
        return found[0]


def spell(text: str, near: int | None = None) -> Spelled:
    """What an `arabic_date` text says; ParseError if it is no day, month, quarter, half or year.

    near: the year that is spoken of, which tells years of two digits from days.
    """
    spelled = _day(text, near) or _odd_day(text, near)
    for read in (_month, _ten_days, _quarter, _half_year, _whole_year):
        spelled = spelled or read(text)
    if spelled is None:
        raise no_date(text)
    return spelled


def short_year(digits: str | None) -> tuple[int | None, str]:
    """(year, assumption) of a year written with four digits, two, or not at all."""
    if not digits:
        return None, ""
    if len(digits) == 4:
        return int(digits), ""
    year = _CENTURY + int(digits) - (100 if int(digits) > _PIVOT else 0)
    return year, f"年份只写了两位，按{year}年"


def _day(text: str, near: int | None) -> Spelled | None:
    for form in (_FULL, _FULL_MIXED, _EIGHT):
        found = form.fullmatch(text)
        if found:
            year, assumed = short_year(found["year"])
            return _on(year, int(found["month"]), int(found["day"]), assumed)
    found = _THREE.fullmatch(text)
    if found:
        return _three(text, found, near)
    found = _MONTH_DAY.fullmatch(text)
    if found and not (int(found["month"]) > _MONTHS and int(found["day"]) <= _MONTHS):
        return _on(None, int(found["month"]), int(found["day"]))
    return None


def _on(year: int | None, month: int, day: int, assumed: str = "") -> Spelled:
    return Spelled(year, (month, month), (day, day), "day", assumed)


def _three(text: str, found: re.Match[str], near: int | None) -> Spelled | None:
    """Three numbers: year first as a rule; year last only if day and month can be told apart."""
    first, sign, middle, last = found.groups()
    if len(first) == 4 and len(last) <= 2:
        return _on(int(first), int(middle), int(last))
    if len(last) == 4 and len(first) <= 2:
        return _year_last(text, int(first), int(middle), int(last))
    if len(first) == 2 and len(last) <= 2:
        return _short(text, (first, middle, last), sign, near)
    return None


def _short(text: str, parts: tuple[str, str, str], sign: str, near: int | None) -> Spelled:
    """Three numbers of one or two digits with `sign` between them.

    24/06/09 begins with the year, as is usual; 06/13/24 can only end with it; 03/04/05 may be either,
    and so may 25/12/24 in a table of 2024.
    """
    first, middle, last = (int(part) for part in parts)
    year, assumed = short_year(parts[0])
    usual = _on(year, middle, last, assumed)
    if len(parts[2]) == 1 or (first > _MONTHS and sign in _YEAR_FIRST):
        return usual
    end_year = short_year(parts[2])[0] or 0
    if first > _MONTHS:
        if middle <= _MONTHS and first <= _LONGEST and _closer(end_year, year or 0, near):
            raise ambiguous(text, f"可能是{_spoken(usual)}，也可能是{end_year}年{middle}月{first}日")
        return usual
    said = f"年份写在最后，只写了两位，按{end_year}年"
    others = (_on(end_year, first, middle, said), _on(end_year, middle, first, said))
    real = {_spoken(spelled): spelled for spelled in (*others, usual) if _exists(spelled)}
    if len(real) > 1:
        raise ambiguous(text, "可能是" + "，也可能是".join(real))
    return usual if sign in _YEAR_FIRST else next(iter(real.values()), usual)


def _closer(last: int, first: int, near: int | None) -> bool:
    """Whether the last number is as good a year as the first."""
    return last in _RECENT if near is None else abs(last - near) <= abs(first - near)


def _spoken(spelled: Spelled) -> str:
    return f"{spelled.year}年{spelled.months[0]}月{spelled.days[0]}日"


def _exists(spelled: Spelled) -> bool:
    try:
        dt.date(spelled.year or 0, spelled.months[0], spelled.days[0])
    except ValueError:
        return False
    return True


def _year_last(text: str, first: int, middle: int, year: int) -> Spelled:
    if first != middle and max(first, middle) <= _MONTHS:
        readings = f"可能是{year}年{first}月{middle}日，也可能是{year}年{middle}月{first}日"
        raise ambiguous(text, readings)
    month, day = (first, middle) if first <= _MONTHS else (middle, first)
    return _on(year, month, day, f"年份写在最后，按{year}年{month}月{day}日")


def _month(text: str) -> Spelled | None:
    found = _MONTH.fullmatch(text)
    if found is None:
        return None
    year, assumed = short_year(found["year"] or found["long"])
    month = int(found["month"] or found["bare"])
    return Spelled(year, (month, month), (1, LAST), "month", assumed)


def _ten_days(text: str) -> Spelled | None:
    found = _TEN_DAYS.fullmatch(text)
    if found is None:
        return None
    year, assumed = short_year(found["year"])
    month, days = int(found["month"]), {"上": (1, 10), "中": (11, 20), "下": (21, LAST)}[found["third"]]
    return Spelled(year, (month, month), days, "旬", assumed)


def _quarter(text: str) -> Spelled | None:
    found = _QUARTER.fullmatch(text)
    if found is None:
        return None
    year, assumed = short_year(found["year"] or found["long"])
    last = 3 * int(found["quarter"] or found["short"])
    return Spelled(year, (last - 2, last), (1, LAST), "quarter", assumed)


def _half_year(text: str) -> Spelled | None:
    found = _HALF_YEAR.fullmatch(text)
    if found is None:
        return None
    year, assumed = short_year(found["year"])
    return Spelled(year, (1, 6) if found["half"] == "上" else (7, 12), (1, LAST), "half", assumed)


def _whole_year(text: str) -> Spelled | None:
    found = _WHOLE_YEAR.fullmatch(text)
    if found is None:
        return None
    return Spelled(short_year(found["year"])[0], (1, 12), (1, LAST), "year")


def _odd_day(text: str, near: int | None) -> Spelled | None:
    """Six digits (240609, 202406) and English months (9-Jun-24), each only with one reading."""
    found = _SIX.fullmatch(text)
    if found:
        return _six(text, (found[1], found[2], found[3]), near)
    found = _ENGLISH_FIRST.fullmatch(text)
    if found:
        return _month_first(text, found[1], found[2], found[3])
    found = _ENGLISH.fullmatch(text)
    month = _english_month(found[2]) if found else 0
    if found is None or not month:
        return None
    if not found[3] and int(found[1]) in _YEARLIKE:
        raise ambiguous(text, f"可能是{month}月{found[1]}日，也可能是20{found[1]}年{month}月")
    year, assumed = short_year(found[3])
    return _on(year, month, int(found[1]), assumed)


def _month_first(text: str, name: str, number: str, year: str | None) -> Spelled | None:
    """Jun 9, 2024; Jun-24 is the 24th as well as the year."""
    month = _english_month(name)
    if not month:
        return None
    if year is None and int(number) in _YEARLIKE:
        raise ambiguous(text, f"可能是20{number}年{month}月，也可能是{month}月{number}日")
    return _on(int(year) if year else None, month, int(number))


def _english_month(name: str) -> int:
    """1 to 12 for an English month, whole or cut short; 0 for anything else."""
    word = name.casefold()
    months = [number for number, known in enumerate(_ENGLISH_MONTHS.split(), 1) if known.startswith(word)]
    return months[0] if len(months) == 1 else 9 if word == "sept" else 0


def _six(text: str, parts: tuple[str, str, str], near: int | None) -> Spelled | None:
    first, middle, last = (int(part) for part in parts)
    as_month = first in (19, 20) and 1 <= last <= _MONTHS
    as_day = 1 <= middle <= _MONTHS and 1 <= last <= _LONGEST
    if as_month and as_day:
        raise ambiguous(text, "看不出是年月还是年月日")
    if as_month:
        return Spelled(first * 100 + middle, (last, last), (1, LAST), "month")
    if as_day:
        return _short(text, parts, "", near)
    return None


def with_year(text: str, spelled: Spelled, year: int | None) -> Spelled:
    """The same with the year filled in and said; ParseError if there is none to fill in."""
    if spelled.year is None and year is None:
        raise ParseError("E_YEAR_MISSING", f"{shown(text)}没有年份，{EXAMPLE}")
    if spelled.year is None:
        assumed = join_sentences(spelled.assumed, f"没有年份，按{year}年")
        return replace(spelled, year=year, assumed=assumed)
    return spelled


def first_and_last(text: str, spelled: Spelled) -> tuple[dt.date, dt.date]:
    """First and last day of a `Spelled` with a year; ParseError if there are no such days."""
    year = spelled.year or 0
    first = real_day(text, year, spelled.months[0], spelled.days[0])
    return first, real_day(text, year, spelled.months[1], spelled.days[1])


def real_day(text: str, year: int, month: int, day: int) -> dt.date:
    """That day (LAST = the month's last); ParseError saying why there is none."""
    if year not in YEARS:
        raise ParseError("E_DATE_IMPOSSIBLE", f"{shown(text)}的年份不对，应在1900到2100之间")
    if not 1 <= month <= _MONTHS:
        raise ParseError("E_DATE_IMPOSSIBLE", f"{shown(text)}没有这个月份，月应在1到12之间")
    length = calendar.monthrange(year, month)[1]
    if day == LAST:
        day = length
    if not 1 <= day <= length:
        raise ParseError("E_DATE_IMPOSSIBLE", f"{shown(text)}没有这一天，{year}年{month}月只有{length}天")
    return dt.date(year, month, day)
