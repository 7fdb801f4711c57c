"""A number with what clerks write around it: 约3,028人, 60余万元, 1.2万人次, 49(镇级5、村级44)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from mingxi_desktop.domain.parse.numerals import NUMERAL_SIGNS, chinese_number
from mingxi_desktop.domain.parse.result import ParseError, join_sentences, refuse_no_value, shown
from mingxi_desktop.domain.units import is_unit
from mingxi_desktop.patterns import pattern

_APPROX = {
    word: meaning
    for meaning, words in {
        "约": "大约 约 约为 将近 接近 近 左右 上下 许",
        "余": "余 多 来 超过 超 逾 有余",
        "以上": "至少 不少于 不低于 以上 及以上 上",
    }.items()
    for word in words.split()
}
_BEFORE = pattern(
    r"(?:共计|合计|总计|累计|共|计)?(大约|约为|约|将近|接近|近|超过|超|逾|至少|不少于|不低于|上(?=[百千万]))?([-−+负])?"
)
_ARABIC = pattern(r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?(?!\d)|\.\d+")
_SCALE = pattern(r"(余|多)?(万亿|千万|百万|十万|亿|万|千|百)?(余|多|来|几)?")
_CHINESE = pattern(rf"[{NUMERAL_SIGNS}]+(?:点[{NUMERAL_SIGNS}]+)?")
_CHINESE_MORE = pattern(r"(余|多|来)?(万|亿)?(余|多)?")
_AFTER = pattern(r"(及以上|以上|左右|上下|有余|余|多|许)$")
_NOTE = pattern(r"\(([^()]*)\)$")
_SIGNS = str.maketrans({"[": "(", "]": ")", "【": "(", "】": ")", "〔": "(", "〕": ")", "≥": "不少于", "≤": "至多",
                        ">": "超过", "<": "少于"})  # fmt: skip
_MANY = pattern(r"(?<=\d)\+(?!\d)")
_TEN_THOUSANDS = pattern(r"(?<=\d)[wW](?![A-Za-z])")
_OF_WHICH = pattern(r"(?<=.)[,、;。]?((?:其中|[,、;。]含).+)$")
_ENDS = ",、;。."
_VAGUE = pattern(r"[几数若][十百千万个干]|[十百千万]几|不足|以下|以内|不到|至多|不超过|(?<!不)(?:少于|低于)")
_BAD_DIGITS = pattern(r"[,. eE][+-]?\d")
_ROUND = ("百", "千", "万")
_SCALES = {
    "": 1, "百": 10**2, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "万亿": 10**12,
}  # fmt: skip

LIMIT = 10**13
"""Larger amounts are slips of the keyboard, and would not fit the file's integers in 分."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written.

    value: exact, scale (万 …) included.  scale: the last scale word.  unit: unit word or "".
    approx: "", "余", "以上" or "约".  assumed: sentence about a bracket that was not counted, or "".
    """

    value: Decimal
    scale: str = ""
    unit: str = ""
    approx: str = ""
    assumed: str = ""


@lru_cache(maxsize=4096)
def read_quantity(text: str, wanted: str = "一个数") -> Quantity:
    """The quantity in a squeezed text; ParseError if there is none, or several, or only a limit."""
    refuse_no_value(text, "E_NUMBER", wanted)
    written = text
    text, left_out = _tidied(text)
    if _VAGUE.search(text):
        raise ParseError("E_NUMBER", f"{shown(written)}不是确切的数，请填写{wanted}")
    before = _BEFORE.match(text)
    start = before.end() if before else 0
    approx = _APPROX.get(before[1] or "", "") if before else ""
    sign = -1 if before and before[2] in ("-", "−", "负") else 1
    value, scale, more, rest = _number(text, start, wanted, rough=bool(approx))
    after = _AFTER.search(rest)
    if after:
        approx, rest = _APPROX[after[1]], rest[: after.start()]
    unit, assumed, more_after = _unit(text, rest)
    value *= sign
    if abs(value) > LIMIT:
        raise ParseError("E_NUMBER", f"{shown(text)}太大，请检查是否多写了几位")
    assumed = join_sentences(assumed, left_out)
    return Quantity(value, scale, unit, more or more_after or approx, assumed)


def _tidied(text: str) -> tuple[str, str]:
    """(text in one spelling of brackets and signs, assumption about a clause 其中… that was left out)."""
    text = _TEN_THOUSANDS.sub("万", _MANY.sub("余", text.translate(_SIGNS))).rstrip(_ENDS)
    clause = _OF_WHICH.search(text) if "(" not in text else None
    if clause is None:
        return text, ""
    return text[: clause.start()], f"“{clause[1].lstrip(_ENDS)}”没有计入"


def _number(text: str, start: int, wanted: str, *, rough: bool) -> tuple[Decimal, str, str, str]:
    """(value, last scale word, "余" or "", what follows) of the number at `start`.

    rough: a word like 近 stands before it, so that 百 alone is a hundred.
    """
    found = _ARABIC.match(text, start)
    if found:
        return _arabic(text, found, wanted)
    found = _CHINESE.match(text, start)
    if found is None:
        raise ParseError("E_NUMBER", f"{shown(text)}不是数，应为{wanted}，例如 1683、3,028、7.6万")
    try:
        value = chinese_number(found[0])
    except ValueError:
        more = "余" if text.startswith(("余", "多"), found.end()) else ""
        if found[0] in _ROUND and (rough or more):
            return Decimal(_SCALES[found[0]]), "", more, text[found.end() + len(more) :]
        message = f"{shown(text)}看不出是多少，请用阿拉伯数字填写{wanted}"
        raise ParseError("E_AMBIGUOUS", message) from None
    tail = _CHINESE_MORE.match(text, found.end())
    more, scale, more_after = tail.groups(default="") if tail else ("", "", "")
    end = tail.end() if tail else found.end()
    last = scale or (found[0][-1] if found[0][-1] in "万亿" else "")
    return value * _SCALES[scale], last, "余" if more or more_after else "", text[end:]


def _arabic(text: str, found: re.Match[str], wanted: str) -> tuple[Decimal, str, str, str]:
    """Digits with scales after them, also several in falling order: 1亿2000万, 3万5000."""
    total, before = Decimal(0), 0
    while True:
        tail = _SCALE.match(text, found.end())
        more, scale, more_after = tail.groups(default="") if tail else ("", "", "")
        end = tail.end() if tail else found.end()
        part = Decimal(found[0].replace(",", "").replace(" ", ""))
        _check_falling(text, part, before, scale, found[0], wanted)
        total += part * _SCALES[scale]
        following = _ARABIC.match(text, end) if scale and not (more or more_after) else None
        if following is None:
            return total, scale, "余" if more or more_after else "", text[end:]
        before, found = _SCALES[scale], following


def _check_falling(text: str, part: Decimal, before: int, scale: str, digits: str, wanted: str) -> None:
    """Refuse 3万5 (35,000 or 30,005) and 3千5万; `before` is the scale in front, 0 for the first part."""
    if not before:
        return
    complete = bool(scale) or len(digits) == len(str(before)) - 1
    if part * _SCALES[scale] >= before or not complete:
        raise ParseError("E_AMBIGUOUS", f"{shown(text)}看不出是多少，请把{wanted}写全，例如 35000")


def _unit(text: str, rest: str) -> tuple[str, str, str]:
    """(unit, assumption, approx) from what follows the number."""
    assumed, note = "", _NOTE.search(rest)
    if note:
        rest = rest[: note.start()]
        if is_unit(note[1]):
            rest += note[1] if note[1] not in rest else ""
        elif not note[1] or _ARABIC.fullmatch(note[1]):
            raise ParseError("E_COMPOUND", f"{shown(text)}里有两个数，请只填一个")
        else:
            assumed = f"括号里的“{note[1]}”没有计入"
    after = _AFTER.search(rest)
    approx = _APPROX[after[1]] if after else ""
    unit = rest[: after.start()] if after else rest
    if _BAD_DIGITS.match(unit):
        raise ParseError(
            "E_NUMBER", f"{shown(text)}的数字写法不对（逗号、空格、小数点或字母），应写成 1,683 或 1683"
        )
    if any(sign.isdecimal() for sign in unit.replace("m2", "").replace("m3", "")):
        raise ParseError("E_COMPOUND", f"{shown(text)}里不止一个数，请分开填写")
    return unit, assumed, approx
