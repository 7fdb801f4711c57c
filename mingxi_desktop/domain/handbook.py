"""The field handbook and the list of rules, in Markdown, written from the declarations alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.headings import common_headings, own_headings
from mingxi_desktop.domain.indicator_data import definitions
from mingxi_desktop.domain.indicators import Indicator
from mingxi_desktop.domain.kinds import ALL, TABS, kind_of
from mingxi_desktop.domain.references import GROWING, LABELS
from mingxi_desktop.domain.rule_words import rule_sentence
from mingxi_desktop.domain.vocabulary import delivered

_TYPES: Mapping[FieldType, str] = MappingProxyType(
    {
        FieldType.TEXT: "文字",
        FieldType.INT: "整数",
        FieldType.DECIMAL: "数",
        FieldType.MONEY: "金额",
        FieldType.DATE: "日期",
        FieldType.DATETIME: "日期和时间",
        FieldType.BOOL: "是/否",
        FieldType.CHOICE: "选一个",
        FieldType.MULTI: "选几个",
        FieldType.REF: "从名单选一个",
        FieldType.MULTI_REF: "从名单选几个",
        FieldType.FILES: "文件",
        FieldType.DERIVED: "自动算出",
    }
)
_PRINTED: Mapping[str, str] = MappingProxyType(
    {
        "exact": "原数",
        "percent": "四舍五入到{0}位小数，加%",
        "floor": "舍到{0}的倍数，加“以上”",
        "yu": "舍到{0}的倍数，加“余”",
        "zero": "原数；是0印“零”",
        "date": "几月几日",
        "days": "起止日期，如 6.9-6.18",
        "typhoon": "几号台风和名称",
    }
)
"""How the rules of `wording` print; {0} is the rule's number."""
_FIELDS_INTRO = (
    "每个台账有哪些字段、怎么填。`这种字` 是标识，命令行和它输出的 JSON 里用。"
    "“自动”是空着不填时由程序填写；“随主表”是明细里不用填、跟着所属记录走的。"
    "“导入也认”是报来的表里可以这样写表头，只列了最常见的几种。"
)
_RULES_INTRO = (
    "每个指标怎样由记录算出。`这种字` 是指标的标识，总结文字里写作 {标识}。"
    "口径里的“报告年度”是右上角选的年度，“截止日期”平时是那年的12月31日。"
    "“报告里”是印它的那半句话，〔 〕是印数的地方；没有写是哪份报告的，是年度报告。"
    "自己定义和改过的指标不在这里，在“年度总结”的“指标”里点它就看到口径。"
)
_HEAD = "| 字段 | 怎么填 | 必填 | 说明 |\n| --- | --- | --- | --- |"
_MARKS = re.compile(r"([\\`*_{}\[\]<>|#~])")
_NUMBER = re.compile(r"\d+")
_HEADERS_SHOWN = 4


def handbook() -> str:
    """Every ledger and child table with all its fields, in the order of the tabs."""
    parts = [
        "# 台账字段手册",
        _FIELDS_INTRO,
    ]
    for kind in ALL:
        parts += _of_kind(kind)
    return "\n\n".join(parts) + "\n"


def indicator_handbook(printed: Mapping[str, str] = MappingProxyType({})) -> str:
    """Every indicator with its rule, how and where it is printed, by the tab of its ledger.

    printed: indicator → report and sentence.
    """
    parts = [
        "# 指标口径表",
        _RULES_INTRO,
    ]
    for tab in TABS:
        lines = [
            _of_indicator(indicator, printed.get(indicator.id, ""))
            for indicator in definitions()
            if kind_of(indicator.kind).tab == tab
        ]
        if lines:
            parts += [f"## {tab}", "\n".join(lines)]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Text in which no sign means anything to Markdown, on one line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _of_kind(kind: Kind) -> Iterable[str]:
    where = f"“{kind_of(kind.parent_kind).label}”的明细" if kind.parent else f"“{kind.tab}”页"
    yield f"## {escaped(kind.label)}"
    yield f"{where}，标识 `{kind.name}`。{escaped(kind.help)}"
    own = [field for field in kind.fields if not field.inherited]
    yield "\n".join([_HEAD, *(_row(kind, field) for field in own)])
    inherited = [field.label for field in kind.fields if field.inherited]
    if inherited:
        yield f"随主表：{'、'.join(map(escaped, inherited))}。"


def _row(kind: Kind, field: Field) -> str:
    cells = (
        f"{escaped(field.label)} `{field.name}`",
        "，".join(_filled(field)),
        "自动" if field.auto else "必填" if field.required else "",
        "。".join(_remarks(kind, field)),
    )
    return f"| {' | '.join(cells)} |"


def _filled(field: Field) -> Iterable[str]:
    """What is to be typed: the type, the unit, and its bounds."""
    points_to_records = bool(field.targets) and not set(field.targets) & set(LABELS)
    yield "选一条记录" if points_to_records else _TYPES[field.type]
    if field.unit:
        yield f"单位{escaped(field.unit)}"
    if field.minimum is not None and field.maximum is not None:
        yield f"{field.minimum:,} 到 {field.maximum:,}"
    elif field.minimum:
        yield f"不小于 {field.minimum:,}"
    if field.type is FieldType.TEXT:
        yield f"最多 {field.max_length:,} 字"


def _remarks(kind: Kind, field: Field) -> Iterable[str]:
    """The words or lists to choose from, the help, and other headers that mean it."""
    if field.choices:
        vocabulary = delivered()[field.choices]
        more = "；可以加自己的词" if vocabulary.open else ""
        yield f"可选：{'、'.join(map(escaped, vocabulary.values))}{more}"
    if field.targets:
        names = [_target(target) for target in field.targets]
        yield f"指向：{'、'.join(names)}"
    if field.help:
        yield escaped(field.help.rstrip("。"))
    headers = [*own_headings(kind, field), *common_headings(field)]
    others = [header for header in dict.fromkeys(headers) if header != field.label]
    if others and not field.auto:
        yield f"导入也认：{'、'.join(map(escaped, others[:_HEADERS_SHOWN]))}"


def _target(name: str) -> str:
    if name not in LABELS:
        return f"“{escaped(kind_of(name).label)}”的记录"
    return f"“{escaped(LABELS[name])}”名单{'（没有的自动登记）' if name in GROWING else ''}"


def _of_indicator(indicator: Indicator, where: str) -> str:
    rule, _, rest = indicator.wording.partition(":")
    number = _NUMBER.match(rest)
    printed = _PRINTED[rule].format(number[0] if number else "")
    return (
        f"- **{escaped(indicator.label)}**（{escaped(indicator.unit)}）`{indicator.id}`　"
        f"{escaped(rule_sentence(indicator))}印法：{printed}。"
        f"{f'报告里：{escaped(where)}。' if where else ''}"
    )
