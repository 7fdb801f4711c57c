"""An indicator's rule in one Chinese sentence, from its definition alone."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.indicator_book import IndicatorBook, delivered_book
from mingxi_desktop.domain.indicator_rules import CONTAINS, PARENT
from mingxi_desktop.domain.indicator_wanted import Between, Other, said
from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.references import AREA, LABELS

_ATTRIBUTES = {"": "", "group": "类别", "unit": "单位", "code": "代码"}
"""What an attribute of a list entry is called after the field."""
_AT_A_DAY = frozenset({Aggregate.STATE, Aggregate.STATE_AREAS})


def rule_sentence(
    indicator: Indicator, period: Period | None = None, book: IndicatorBook | None = None
) -> str:
    """The rule as the clerk would say it; without a period for any report year.

    book: that has the indicators a ratio is made of; the delivered one where none is given.
    """
    if indicator.aggregate is Aggregate.RATIO:
        known = (book or delivered_book()).by_id
        top, bottom = known[indicator.of], known[indicator.per]
        return f"{indicator.label} = {top.label} ÷ {bottom.label}。{rule_sentence(top, period, book)}"
    kind = kind_of(indicator.kind)
    where = "".join(f"，{_condition(kind, name, values)}" for name, values in (indicator.where or {}).items())
    which = f"“{kind.label}”台账中{_span(kind, indicator, period)}{where}的记录"
    return f"{which}，{_how(kind, indicator)}{_after(indicator, period)}。"


def _span(kind: Kind, indicator: Indicator, period: Period | None) -> str:
    day = period.as_of if period else None
    if period is not None and period.event and _names_event(kind):
        return "这次灾害过程"
    last = _day(day) if day else "截止日期"
    if indicator.aggregate in _AT_A_DAY:
        return f"{last}还在的（{kind.field('from_date').label}不晚于这天、{kind.field('to_date').label}为空或更晚）"
    if indicator.aggregate is Aggregate.YEARS:
        return f"截至{last}各年" if day else "到报告年度为止各年"
    label = kind.field(indicator.date or kind.date).label
    if indicator.aggregate is Aggregate.LATEST:
        label = f"第一报的{label}"
    if period is None:
        earlier = f"和前{indicator.years - 1}年" if indicator.years > 1 else ""
        return f"{label}在报告年度{earlier}里"
    first = period.first(indicator.years)
    return f"{label}从{_day(first)}到{last}"


def _day(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _names_event(kind: Kind) -> bool:
    """Whether its records, or what they are parts of, say to which disaster event they belong."""
    owner = kind_of(kind.parent_kind) if kind.parent else kind
    return owner.name == "disaster_event" or owner.has("event")


def _condition(kind: Kind, name: str, values: tuple[object, ...]) -> str:
    owner, _, attribute = name.partition(".")
    if owner == PARENT and attribute:
        return _condition(kind_of(kind.parent_kind), attribute, values)
    field = kind.field(owner)
    label = f"{field.label}{_ATTRIBUTES[attribute]}"
    others = [value.value for value in values if isinstance(value, Other)]
    parts = [_either(field, label, [value for value in values if not isinstance(value, Other)])]
    words = [value for value in others if value is not None]
    if words:
        can_be_empty = not parts[0] and None not in others and not (field.required or field.inherited)
        parts.append(
            f"{_phrases(field, label, words, negated=True)}{'（没有填的也算）' if can_be_empty else ''}"
        )
    if None in others:
        parts.append(f"填了{label}")
    return "，".join(filter(None, parts))


def _either(field: Field, label: str, values: Sequence[object]) -> str:
    """Any of the values will do."""
    ranges = [f"{label}{said(field, value)}" for value in values if isinstance(value, Between)]
    words = [value for value in values if value is not None and not isinstance(value, Between)]
    either = _phrases(field, label, words) if words else ""
    empty = f"没有填{label}" if None in values else ""
    return "，或者".join(filter(None, (either, *ranges, empty)))


def _phrases(field: Field, label: str, words: Sequence[object], *, negated: bool = False) -> str:
    """状态为“甲”或“乙”或含“丙”; negated: 不为“甲”或“乙”，也不含“丙”."""
    inside = [str(value)[len(CONTAINS) :] for value in words if str(value).startswith(CONTAINS)]
    whole = [_wanted(value) for value in words if not str(value).startswith(CONTAINS)]
    no = "不" if negated else ""
    verb = "含" if field.type is FieldType.MULTI else "是" if negated else "为"
    said_of = ((f"{no}{verb}", whole), (f"{no}含", inside))
    parts = [f"{how}“{'”或“'.join(found)}”" for how, found in said_of if found]
    return f"{label}{('，也' if negated else '或').join(parts)}"


def _wanted(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def _how(kind: Kind, indicator: Indicator) -> str:
    names = indicator.fields or ((kind.quantity,) if kind.quantity else ())
    labels = "、".join(kind.field(name).label for name in names)
    picked = kind.field(indicator.pick).label if indicator.pick else ""
    return {
        Aggregate.SUM: f"把“{labels}”相加",
        Aggregate.STATE: f"把“{labels}”相加",
        Aggregate.COUNT: "每条记1次",
        Aggregate.DISTINCT: f"按“{labels}”去掉重复后计数",
        Aggregate.STATE_AREAS: f"数有几个{LABELS[AREA]}",
        Aggregate.TALLY: f"每个过程每个乡镇的“{labels}”有累计的取最后一期，没有的把当日新增相加，再合计",
        Aggregate.LATEST: f"每个过程每个乡镇的“{labels}”只取最后一报（核报代替续报，续报代替初报），再合计",
        Aggregate.PICK: f"取“{picked}”最多的一条的“{labels}”",
        Aggregate.YEARS: "从报告年度往前数，连续有记录的年数",
        Aggregate.EVENT: "取转移群众最多的一次，用起止日期作名称",
        Aggregate.TYPHOON: "取转移群众最多的一次的台风编号与名称",
        Aggregate.DAY: "取最早一天",
    }[indicator.aggregate]


def _after(indicator: Indicator, period: Period | None) -> str:
    parts = []
    if indicator.aggregate is Aggregate.TALLY and period is not None and period.start and not period.event:
        parts.append("累计数减去这之前已经统计的")
    if indicator.target:
        parts.append("再除以应建数")
    if indicator.until:
        followed = period.followed if period else None
        parts.append(f"{_day(followed) if followed else '截止日期'}以后才整改的不算")
    if indicator.whole:
        parts.append("已含在上级项目里的不再相加")
    if indicator.unit == "万元":
        parts.append("以万元计")
    if indicator.note:
        parts.append(indicator.note)
    return "".join(f"；{part}" for part in parts)
