"""An indicator proved: its rule in one Chinese sentence, its records with what each adds."""

from __future__ import annotations

from decimal import Decimal

from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.domain.indicator_data import by_id
from mingxi_desktop.domain.indicators import Aggregate, Contribution, Indicator, Period
from mingxi_desktop.domain.references import LABELS
from mingxi_desktop.storage import special, tally
from mingxi_desktop.storage.conditions import Conditions
from mingxi_desktop.storage.rows import Rows
from mingxi_desktop.storage.shapes import stored
from mingxi_desktop.storage.store import Store

_SUMMED = frozenset({Aggregate.SUM, Aggregate.COUNT, Aggregate.STATE, Aggregate.TALLY})


def contributions(store: Store, rows: Rows, indicator: Indicator, period: Period) -> tuple[Contribution, ...]:
    """The records behind a number; of a ratio those of its numerator and denominator."""
    if indicator.aggregate is Aggregate.RATIO:
        parts = [by_id()[indicator.of], by_id()[indicator.per]]
        both: dict[tuple[str, int], Contribution] = {}
        for part in reversed(parts):
            for item in contributions(store, rows, part, period):
                both[item.kind, item.id] = item
        return tuple(both.values())
    conditions = Conditions(store)
    kind = store.schema.kinds[indicator.kind]
    ids = special.counted_ids(store, conditions, indicator, period)
    remarks: dict[int, tuple[int, str]] = {}
    if indicator.aggregate is Aggregate.TALLY:
        remarks = {row.id: (row.adds, row.remark) for row in tally.rows(conditions, indicator, period)}
    found = []
    for record in rows.each(kind, ids):
        adds, remark = remarks.get(record.id, (None, ""))
        if indicator.aggregate in _SUMMED and adds is None:
            adds = _adds(kind, indicator, record.values)
        shown = record.shown
        found.append(
            Contribution(
                kind=kind.name,
                id=record.id,
                title=rows.title(kind, record),
                date=shown.get(kind.date) or shown.get("record_date", ""),
                area=shown.get("area", ""),
                contributes=None if adds is None else Decimal(conditions.scaled(kind, indicator, adds)),
                source=shown.get("source_ref", ""),
                remark=remark,
            )
        )
    return tuple(found)


def _adds(kind: Kind, indicator: Indicator, values: object) -> int:
    """What a record adds, as the integer it is in the file."""
    assert isinstance(values, dict)
    names = indicator.fields or ((kind.quantity,) if kind.quantity else ())
    if indicator.aggregate is Aggregate.COUNT or not names:
        return 1
    return sum(int(stored(kind.field(name), values.get(name)) or 0) for name in names)


def rule_sentence(store: Store, indicator: Indicator, period: Period) -> str:
    """The rule as the clerk would say it."""
    if indicator.aggregate is Aggregate.RATIO:
        top, bottom = by_id()[indicator.of], by_id()[indicator.per]
        return f"{indicator.label} = {top.label} ÷ {bottom.label}。{rule_sentence(store, top, period)}"
    kind = store.schema.kinds[indicator.kind]
    where = "".join(
        f"，{_condition(store, kind, name, values)}" for name, values in (indicator.where or {}).items()
    )
    which = f"“{kind.label}”台账中{_span(kind, indicator, period)}{where}的记录"
    return f"{which}，{_how(kind, indicator)}{_after(indicator)}。"


def _span(kind: Kind, indicator: Indicator, period: Period) -> str:
    last = f"{period.as_of.year}年{period.as_of.month}月{period.as_of.day}日"
    if indicator.aggregate in (Aggregate.STATE, Aggregate.STATE_AREAS):
        return f"{last}还在的（{kind.field('from_date').label}不晚于这天、{kind.field('to_date').label}为空或更晚）"
    if indicator.aggregate is Aggregate.YEARS:
        return f"截至{last}各年"
    label = kind.field(indicator.date or kind.date).label
    first = period.first(indicator.years)
    return f"{label}从{first.year}年{first.month}月{first.day}日到{last}"


def _condition(store: Store, kind: Kind, name: str, values: tuple[object, ...]) -> str:
    owner, _, attribute = name.partition(".")
    if owner == "parent" and attribute:
        return _condition(store, store.schema.kinds[kind.parent_kind], attribute, values)
    field = kind.field(owner)
    label = f"{field.label}分组" if attribute else field.label
    words = []
    for value in values:
        if value is None:
            words.append("空")
        elif isinstance(value, bool):
            words.append("是" if value else "否")
        else:
            words.append(str(value))
    if len(words) == 1 and words[0].startswith("~"):
        return f"{label}含“{words[0][1:]}”"
    verb = "为" if field.type is not FieldType.MULTI else "含"
    return f"{label}{verb}“{'”或“'.join(words)}”" if words != ["空"] else f"没有填{label}"


def _how(kind: Kind, indicator: Indicator) -> str:
    names = indicator.fields or ((kind.quantity,) if kind.quantity else ())
    labels = "、".join(kind.field(name).label for name in names)
    picked = kind.field(indicator.pick).label if indicator.pick else ""
    return {
        Aggregate.SUM: f"把“{labels}”相加",
        Aggregate.STATE: f"把“{labels}”相加",
        Aggregate.COUNT: "每条记1次",
        Aggregate.DISTINCT: f"按“{labels}”去掉重复后计数",
        Aggregate.STATE_AREAS: f"数有几个{LABELS['area']}",
        Aggregate.TALLY: f"每个过程每个乡镇的“{labels}”有累计的取最后一期，没有的把当日新增相加，再合计",
        Aggregate.PICK: f"取“{picked}”最多的一条的“{labels}”",
        Aggregate.YEARS: "从报告年度往前数，连续有记录的年数",
        Aggregate.EVENT: "取转移群众最多的一次，用起止日期作名称",
        Aggregate.TYPHOON: "取转移群众最多的一次的台风编号与名称",
        Aggregate.DAY: "取最早一天",
    }[indicator.aggregate]


def _after(indicator: Indicator) -> str:
    parts = []
    if indicator.target:
        parts.append("再除以应建数")
    if indicator.until:
        parts.append("截止日期以后才整改的不算")
    if indicator.whole:
        parts.append("已含在上级项目里的不再相加")
    if indicator.unit == "万元":
        parts.append("以万元计")
    if indicator.note:
        parts.append(indicator.note)
    return "".join(f"；{part}" for part in parts)
