"""Cells that hold several numbers: 1户3间, 死亡0人、受伤2人, and how many points a description lists."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence

from mingxi_desktop.domain.parse.quantity import Quantity, read_quantity
from mingxi_desktop.domain.parse.result import (
    Parsed,
    ParseError,
    is_blank_mark,
    join_sentences,
    refuse_no_value,
    shown,
    squeeze,
)
from mingxi_desktop.patterns import pattern

Pair = tuple[int | None, int | None]
RawPair = str | int | float | dt.date | dt.time | None
"""What a cell may hold where two numbers belong (bool and datetime are among them by inheritance)."""
Casualties = tuple[int | None, int | None, int | None]
"""Deaths, injured, missing; None for what the cell does not speak of."""

_BRACKETED = pattern(r"([^()]+)\(([^()]+)\)")
_NOBODY = pattern(r"(?:无|没有|未发生|未造成|未出现|暂无)(?:人员)?(?:伤亡|死亡和?受伤)(?:情况|报告)?")
_PEOPLE = pattern(
    r"(?P<first>死亡|死|亡|受伤|重伤|轻伤|伤|失踪|失联)[:为]?(?P<after>\d+|无)[人名]?"
    r"|(?P<before>\d+|无)[人名]?(?P<last>死亡|死|亡|受伤|重伤|轻伤|伤|失踪|失联)"
)
_BETWEEN = pattern(r"[,、;。/和及]*(?:共|其中)?")
_TWO_COUNTS = pattern(r"(\d+)[/、,](\d+)")
_DAY = pattern(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?: ?\d{1,2}:\d{2}.*)?|(?:\d{2,4}年)?\d{1,2}月(?:\d{1,2}日)?"
    r"|\d{1,2}-[A-Z][a-z]{2}|[A-Z][a-z]{2}-\d{2}"
)
_PLACE = {"死": 0, "亡": 0, "伤": 1, "重": 1, "轻": 1, "受": 1, "失": 2}
_ARABIC_POINT = pattern(r"(?<![\d.])(\d{1,2})[.、)](?!\d)")
_CIRCLES = {sign: number for number, sign in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", 1)}
_CIRCLE = pattern(f"[{''.join(_CIRCLES)}]")
_CHINESE_POINT = pattern(r"(?:^|(?<=[\n;。]))\s*(?:\(([一二三四五六七八九十])\)|([一二三四五六七八九十])、)")
_CHINESE = {sign: number for number, sign in enumerate("一二三四五六七八九十", 1)}


def parse_pair(raw: RawPair, *, units: Sequence[str] = ("户", "间")) -> Parsed[Pair]:
    """Two counts of one cell: 1/3 · 1户3间 · 1户/3间 · 8/20 · 1（3） · 2户.

    Without unit words they stand in the order of `units`.  One number without a unit may be either,
    unless it is 0.  Raises ParseError, also for the day that a spreadsheet made of 1/3.
    """
    if raw is None or (isinstance(raw, str) and not squeeze(raw)):
        return Parsed(None)
    text = squeeze(_plain(raw))
    if is_blank_mark(text):
        return Parsed((0, 0), f"{shown(raw)}按0")
    _refuse_day(raw, text, f"1{units[0]}3{units[1]}")
    refuse_no_value(text, "E_NUMBER", "、".join(units))
    counts = [_count(raw, part, units) for part in _parts(text, units)]
    said = join_sentences(*(text for quantity, zero in counts for text in (quantity.assumed, zero)))
    approx = next((quantity.approx for quantity, _ in counts if quantity.approx), "")
    if len(counts) == 1 and not counts[0][0].unit:
        if counts[0][0].value:
            message = f"{shown(raw)}可能是{units[0]}数，也可能是{units[1]}数，请写明单位"
            raise ParseError("E_AMBIGUOUS", message)
        return Parsed((0, 0), said)
    return Parsed(_placed(raw, [quantity for quantity, _ in counts], units), said, approx)


def _refuse_day(raw: object, text: str, example: str) -> None:
    """Raise ParseError if the cell holds a day: typed as 1/3, it has become one in the spreadsheet."""
    if isinstance(raw, dt.date | dt.time) or _DAY.fullmatch(text):
        message = (
            f"单元格里是日期{shown(raw)}：像 1/3 这样的写法被表格自动改成了日期；"
            f"请把这一列的单元格格式设成“文本”，再重填，例如 {example}"
        )
        raise ParseError("E_COMPOUND", message)


def _placed(raw: object, quantities: Sequence[Quantity], units: Sequence[str]) -> Pair:
    """The quantities in the order of `units`: by their own unit, else by their place."""
    found: dict[int, int] = {}
    for order, quantity in enumerate(quantities):
        place = units.index(quantity.unit) if quantity.unit else order
        if place in found or place >= len(units):
            example = f"1{units[0]}3{units[1]}"
            raise ParseError("E_COMPOUND", f"{shown(raw)}应为{units[0]}和{units[1]}两个数，例如 {example}")
        found[place] = int(quantity.value)
    return found.get(0), found.get(1)


def parse_casualties(raw: RawPair) -> Parsed[Casualties]:
    """(deaths, injured, missing) of a cell 伤亡: 无伤亡 · 死亡0人、受伤2人 · 1死2伤 · 失踪1人 · 0/0.

    A bare number above 0 may be the one or the other.  Raises ParseError.
    """
    if raw is None or (isinstance(raw, str) and not squeeze(raw)):
        return Parsed(None)
    text = squeeze(_plain(raw))
    if _NOBODY.fullmatch(text) or is_blank_mark(text):
        return Parsed((0, 0, None), f"{shown(raw)}按死亡0人、受伤0人")
    _refuse_day(raw, text, "死亡0人、受伤2人")
    refuse_no_value(text, "E_NUMBER", "伤亡人数")
    two = _TWO_COUNTS.fullmatch(text)
    if text.rstrip("人名") in ("0", "零") or (two and int(two[1]) == int(two[2]) == 0):
        return Parsed((0, 0, None))
    found: list[int | None] = [None, None, None]
    end = 0
    for match in _PEOPLE.finditer(text):
        if not _BETWEEN.fullmatch(text, end, match.start()):
            break
        end = match.end()
        word, number = match["first"] or match["last"], match["after"] or match["before"]
        place = _PLACE[word[0]]
        found[place] = (found[place] or 0) + (0 if number == "无" else int(number))
    if not end or text[end:].strip("。;,"):
        message = f"{shown(raw)}看不出死亡几人、受伤几人，请写成 死亡0人、受伤2人"
        raise ParseError("E_AMBIGUOUS", message)
    return Parsed((found[0], found[1], found[2]))


def numbered_items(text: str) -> int:
    """How many numbered points a description lists: 1.…；2.… · ①…②… · 一、…二、….  0 without numbers."""
    folded = "\n".join(squeeze(line) for line in text.splitlines())
    return max(
        _rising(int(number) for number in _ARABIC_POINT.findall(folded)),
        _rising(_CIRCLES[sign] for sign in _CIRCLE.findall(folded)),
        _rising(_CHINESE[first or second] for first, second in _CHINESE_POINT.findall(folded)),
    )


def _rising(numbers: Iterable[int]) -> int:
    """How far the numbers count up from 1, others between them left out."""
    count = 0
    for number in numbers:
        if number == count + 1:
            count = number
    return count


def _plain(raw: str | float | dt.date | dt.time) -> str:
    if isinstance(raw, bool):
        return "是" if raw else "否"
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)


def _parts(text: str, units: Sequence[str]) -> list[str]:
    """The one or two parts of a pair."""
    text = re.sub(r"\([^()\d]*\)$", "", text)
    bracketed = _BRACKETED.fullmatch(text)
    if bracketed:
        return [bracketed[1], bracketed[2]]
    stroke = re.split(r"[/、;]|(?<!\d),|,(?!\d{3})|(?<=\d)-(?=\d)", text)
    if len(stroke) > 1:
        return stroke
    return [part for part in re.split(rf"(?<={units[0]})|(?<={units[1]})", text) if part]


def _count(raw: object, part: str, units: Sequence[str]) -> tuple[Quantity, str]:
    """A part of a pair, and what was assumed of a stroke."""
    wanted = f"{units[0]}数、{units[1]}数"
    if is_blank_mark(part):
        return Quantity(read_quantity("0").value), f"“{part}”按0"
    quantity = read_quantity(part, wanted)
    if quantity.unit and quantity.unit not in units:
        raise ParseError("E_UNIT", f"{shown(raw)}的单位是{quantity.unit}，这里应为{units[0]}、{units[1]}")
    if quantity.value != int(quantity.value) or quantity.value < 0:
        raise ParseError("E_NUMBER", f"{shown(raw)}不是{wanted}，应为0或更大的整数")
    return quantity, ""
