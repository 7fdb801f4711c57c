"""indicators and trace: every number of the report, and the records behind it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from mingxi_desktop import texts
from mingxi_desktop.app.call import DONE, Call, Verb, as_of_argument, cut_off, year_argument
from mingxi_desktop.app.output import table
from mingxi_desktop.domain import kinds, wording
from mingxi_desktop.domain.comparing import compared
from mingxi_desktop.domain.indicators import Contribution, IndicatorValue

_NAMING = frozenset({"date", "days", "typhoon"})
"""Wordings of values that are names rather than amounts."""
_WIDEST = 28
"""So wide are the longest titles that a trace shows whole."""


def _declare(parser: argparse.ArgumentParser) -> None:
    year_argument(parser, required=True)
    as_of_argument(parser)


def _indicators(call: Call) -> int:
    with call.ledger() as ledger:
        values = ledger.indicators(call.args.year, cut_off(call))
    rows = [
        [value.indicator.id, value.indicator.label, _printed(value), _compared(value, call.args.year)]
        for value in values
    ]
    text = table(["指标", "名称", "数值", "与上年相比"], rows, 40)
    call.out.answer([_value_json(value) for value in values], text)
    return DONE


def _value_json(value: IndicatorValue) -> dict[str, Any]:
    """All that is known of a number; extra keys beside the contract's are for the curious."""
    indicator = value.indicator
    return {
        "indicator": indicator.id,
        "label": indicator.label,
        "value": value.value,
        "unit": indicator.unit,
        "text": value.text,
        "ledgers": _ledgers(indicator.kind),
        "records": value.records,
        "last_year": value.last_year,
        "change": value.change,
        "last_year_text": value.last_year_text,
        "last_year_source": value.last_year_source or None,
        "exact": value.exactly if value.exactly is not None else value.value,
        "names": list(value.names),
        "problem": value.problem or None,
    }


def _ledgers(kind: str) -> list[str]:
    """The ledger a number is read from; of a child table its ledger first."""
    parent = kinds.kind_of(kind).parent_kind
    return [parent, kind] if parent else [kind]


def _printed(value: IndicatorValue) -> str:
    if value.value is None:
        return value.problem or "没有记录"
    counted = isinstance(value.value, (int, Decimal)) and value.indicator.wording not in _NAMING
    return f"{value.text}{value.indicator.unit}" if counted and "%" not in value.text else value.text


def _compared(value: IndicatorValue, year: int) -> str:
    found = compared(value)
    if found is None:
        return f"{year - 1}年{value.last_year_text}" if value.last_year_text else ""
    return found.sentence(year)


def _declare_trace(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("indicator", metavar="指标", help="indicators 里的标识，如 hazards_found")
    _declare(parser)


def _trace(call: Call) -> int:
    with call.ledger() as ledger:
        found = ledger.trace(call.args.indicator, call.args.year, cut_off(call))
    document = {
        "indicator": found.value.indicator.id,
        "rule": found.rule,
        "records": [_record_json(item) for item in found.records],
        "label": found.value.indicator.label,
        "value": found.value.value,
        "unit": found.value.indicator.unit,
        "text": found.value.text,
    }
    head = f"{found.value.indicator.label}：{_printed(found.value)}\n{found.rule}"
    call.out.answer(document, f"{head}\n{_listed(found.records)}")
    return DONE


def _record_json(item: Contribution) -> dict[str, Any]:
    return {
        "kind": item.kind,
        "id": item.id,
        "contributes": item.contributes,
        "source": item.source,
        "title": item.title,
        "date": item.date,
        "area": item.area,
        "remark": item.remark,
    }


def _listed(records: Sequence[Contribution]) -> str:
    if not records:
        return "没有记录"
    # Of a source that is cut there would be no row, which stands at its end.
    widest = max(_WIDEST, *(texts.wide_len(item.source) for item in records))
    header = ["台账", "记录号", "名称", "日期", "乡镇", "计入", "来源", "说明"]
    return table(header, [_row(item) for item in records], widest)


def _row(item: Contribution) -> list[str]:
    adds = "" if item.contributes is None else wording.plain(item.contributes)
    label = kinds.kind_of(item.kind).label
    return [label, str(item.id), item.title, item.date, item.area, adds, item.source, item.remark]


VERBS = (
    Verb("indicators", "一年的全部指标", _declare, _indicators),
    Verb("trace", "一个指标的口径和它背后的记录", _declare_trace, _trace),
)
