"""Unit and measure words as bureaus write them, and which of them mean the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from types import MappingProxyType

_PEOPLE = (
    "人", "名", "位", "人次", "户", "户次",
)  # fmt: skip
_THINGS = (
    "个", "家", "家次", "次", "项", "条", "处", "起", "件", "支", "队", "场", "场次", "期", "批",
    "批次", "份", "份次", "张", "块", "块次", "面", "幅", "册", "本", "篇", "则", "宗", "例", "栋",
    "幢", "座", "间", "套", "台", "台套", "台次", "辆", "辆次", "艘", "架", "部", "顶", "床", "箱",
    "包", "袋", "桶", "瓶", "盒", "双", "副", "根", "只", "把", "片", "组", "班", "班次", "车", "车次",
    "点", "点次", "站", "所", "村", "课时", "学时", "小时", "天", "日",
    "分钟", "年", "月", "周", "字", "人天", "人日", "卷", "枚", "棵", "株", "头", "羽", "匹", "门",
    "道", "口", "盏", "罐", "捆", "吨次", "元", "万元", "千元", "亿元", "百万元", "架次", "封", "段",
    "盘", "顿", "种", "类", "级", "届", "通", "遍", "趟", "具", "颗", "公里", "千米", "节",
)  # fmt: skip
_MEASURES = (
    "米", "厘米", "毫米", "里", "亩", "公顷", "平方米", "平方公里", "平方千米", "平方", "立方米",
    "立方", "方", "吨", "公斤", "千克", "斤", "克", "升", "毫升", "㎡", "m²", "m2", "m³", "m3", "㎥",
    "m", "km", "km²", "kg", "t", "l", "%", "‰", "度", "伏", "千瓦", "千瓦时", "mm", "℃", "毫米/小时",
)  # fmt: skip

SCALED: Mapping[str, tuple[int, str]] = MappingProxyType(
    {
        f"{word}{base}": (times, base)
        for word, times in (("千", 1_000), ("万", 10_000))
        for base in ("人", "人次", "户", "间", "亩", "公顷", "家", "份", "条")
    }
)
"""Units of thousands and ten thousands in headers, with the factor and the unit itself."""
UNIT_WORDS = frozenset((*_PEOPLE, *_THINGS, *_MEASURES, *SCALED))
"""Every unit word that may follow a number in a cell, or stand in the brackets of a header."""

_SAME = (
    frozenset({"人", "名", "位"}),
    frozenset({"平方米", "平方", "㎡", "m²", "m2"}),
    frozenset({"立方米", "立方", "方", "㎥", "m³", "m3"}),
    frozenset({"公斤", "千克", "kg"}),
    frozenset({"公里", "千米", "km"}),
    frozenset({"平方公里", "平方千米", "km²"}),
    frozenset({"吨", "t"}),
    frozenset({"米", "m"}),
    frozenset({"升", "l"}),
    frozenset({"学时", "课时"}),
    frozenset({"场", "场次"}),
    frozenset({"期", "期次"}),
    frozenset({"批", "批次"}),
)
_CONVERTED = {("亩", "公顷"): (Decimal(1), Decimal(15))}
"""(unit in a cell, unit of the field) → the one in the other, as a fraction."""

_COUNTERS = frozenset("条 处 项 个 起 件 宗 例".split())
_GENERIC = "个"
_COUNTED = frozenset((
    "人", "名", "位", "人次", "户", "个", "家", "家次", "项", "条", "处", "起", "件", "支", "场", "场次", "期", "批",
    "份", "张", "块", "台", "套", "辆", "辆次", "艘", "床", "箱", "栋", "座", "间", "次", "种", "宗",
))  # fmt: skip
_NOUN_LENGTH = 4


def is_unit(word: str) -> bool:
    """Whether the word is a unit, alone or several joined by a stroke (户/间)."""
    return bool(word) and all(part in UNIT_WORDS for part in word.split("/"))


def measure_in(words: str) -> str:
    """The measure word with which "家企业" or "条隐患" begins; "" if it begins with none."""
    for length in (2, 1):
        if words[:length] in _COUNTED and len(words) <= length + _NOUN_LENGTH:
            return words[:length]
    return ""


def fits_unit(found: str, expected: Collection[str]) -> bool:
    """Whether a unit found in a cell may stand where one of `expected` belongs.

    名 stands for 人, ㎡ for 平方米, and 个 for any counted thing; 亩 never stands for 公顷 (it is
    `converted`).
    """
    if not found or found == _GENERIC or found in expected:
        return True
    return any(found in group and not group.isdisjoint(expected) for group in _SAME)


def accepted_units(unit: str) -> tuple[str, ...]:
    """The unit words that may stand where a field is counted in `unit`; none means any.

    Words for things counted one by one stand for each other, and 次 may be there or not.
    """
    if not unit:
        return ()
    same = tuple(_COUNTERS) if unit in _COUNTERS else ()
    return (unit, f"{unit}次", unit.removesuffix("次") or unit, *same)


def converted(value: Decimal, unit: str, wanted: Collection[str]) -> tuple[Decimal, str, str] | None:
    """(value in the wanted unit, that unit, how: 15亩=1公顷); None where there is no fixed rate."""
    for (found, target), (times, parts) in _CONVERTED.items():
        if found == unit and target in wanted:
            return value * times / parts, target, f"{parts}{found}={times}{target}"
    return None
