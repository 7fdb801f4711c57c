"""freeze and changes: the signed version of a report, and what the records would say now."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from mingxi_desktop.app.call import (
    DONE,
    Call,
    Verb,
    as_of_argument,
    cut_off,
    record_number,
    words,
    year_argument,
)
from mingxi_desktop.app.ordering import ordered
from mingxi_desktop.app.output import table
from mingxi_desktop.app.shown import iso
from mingxi_desktop.app.usage import UsageError
from mingxi_desktop.domain import kinds
from mingxi_desktop.errors import UserError

if TYPE_CHECKING:
    from mingxi_desktop.ledger import Ledger
    from mingxi_desktop.ledger.frozen.changes import Cause, Difference
    from mingxi_desktop.ledger.frozen.freezing import Version
    from mingxi_desktop.ledger.reports.order import Order

_SIDES = {"LAST_YEAR": ".last_year", "NAMES": ".names", "RULE": ".rule"}
"""Behind the indicator where not its own value differs, as in the places of a template."""


def _declare_which(parser: argparse.ArgumentParser) -> None:
    year_argument(parser, required=True)
    parser.add_argument("--template", metavar="模板", help="哪一种报告；不写就是年度报告 annual")
    parser.add_argument("--month", metavar="月", type=int, choices=range(1, 13), help="月报是几月的")
    parser.add_argument("--event", metavar="记录号", type=record_number, help="防汛专报的灾害过程")


def _declare_freeze(parser: argparse.ArgumentParser) -> None:
    _declare_which(parser)
    parser.add_argument("--by", metavar="姓名", required=True, type=words, help="签字人；撤回时是撤回人")
    as_of_argument(parser)
    parser.add_argument("--reason", metavar="说明", type=words, default="", help="为什么重新定稿")
    parser.add_argument("--despite-warnings", action="store_true", help="报告里还有〔待核〕也定稿")
    parser.add_argument("--withdraw", action="store_true", help="不是定稿，而是撤回有效的那一版")
    parser.add_argument("--why", metavar="原因", type=words, default="", help="为什么撤回")


def _freeze(call: Call) -> int:
    args = call.args
    if args.why and not args.withdraw:
        raise UsageError(
            "--why 要和 --withdraw 一起用", "用法：mingxi freeze --year 年度 --by 姓名 --withdraw --why 原因"
        )
    if args.withdraw:
        return _withdraw(call)
    with call.ledger() as ledger:
        call.out.note(f"正在定稿{args.year}年的报告……")
        version = ledger.frozen.freeze(
            _order(call), by=args.by, reason=args.reason, despite=args.despite_warnings
        )
    for sentence in version.unverified:
        call.out.note(f"提示：{sentence}")
    row = version.row
    text = (
        f"已定稿：{version.name} 第{version.number}版，{row.by}，{row.at}\n"
        f"{version.numbers}个指标，{version.pages}页，校验值 {row.sha256}"
    )
    call.out.answer(_version_json(version), text)
    return DONE


def _withdraw(call: Call) -> int:
    with call.ledger() as ledger:
        found = _in_force(call, ledger)
        version = ledger.frozen.withdraw(found.id, by=call.args.by, why=call.args.why)
    text = f"已撤回：{version.name} 第{version.number}版（{version.row.by}，{version.row.at}）"
    call.out.answer(_version_json(version), text)
    return DONE


def _changes(call: Call) -> int:
    with call.ledger() as ledger:
        version = _in_force(call, ledger)
        found = ledger.frozen.changes(version.id)
    told = [one for one in found if not one.follows]
    call.out.answer([_difference_json(one) for one in told], _told(version, found))
    return DONE


def _in_force(call: Call, ledger: Ledger) -> Version:
    """The version that is in force; UserError where there is none."""
    from mingxi_desktop.ledger.frozen.report import name_of

    order = _order(call)
    name = name_of(ledger, order.template, order.year, order.span)
    found = ledger.frozen.in_force(order.year, order.template, order.span)
    if found is None:
        raise UserError(f"{name}没有有效的定稿", "", "先用 freeze 定稿。")
    return found


def _order(call: Call) -> Order:
    from mingxi_desktop.ledger.reports.order import ANNUAL

    args = call.args
    day = cut_off(call) if "as_of" in args else None
    template = args.template or ANNUAL
    return ordered(args.year, template, month=args.month or 0, event=args.event or 0, as_of=day)


def _version_json(version: Version) -> dict[str, Any]:
    row = version.row
    document = {
        "id": row.id,
        "sha256": row.sha256,
        "at": iso(row.at),
        "by": row.by,
        "numbers": version.numbers,
        "pages": version.pages,
        "template": row.template,
        "version": version.number,
        "reason": row.reason,
        "history": row.history,
        "warnings": list(version.unverified),
    }
    if row.withdrawn_at is not None:
        document |= {
            "withdrawn_at": iso(row.withdrawn_at),
            "withdrawn_by": row.withdrawn_by,
            "why": row.withdrawn_why,
        }
    return document


def _difference_json(one: Difference) -> dict[str, Any]:
    return {
        "indicator": one.id + _SIDES.get(one.sort.name, ""),
        "frozen": one.frozen,
        "now": one.now,
        "records": [_cause_json(cause) for cause in one.records],
    }


def _cause_json(cause: Cause) -> dict[str, Any]:
    return {
        "kind": cause.kind,
        "id": cause.id,
        "change": cause.way.value,
        "before": cause.before,
        "after": cause.after,
        "at": iso(cause.at) or None,
        "by": cause.by or None,
        "title": cause.title,
    }


def _told(version: Version, found: list[Difference]) -> str:
    head = f"{version.name} 第{version.number}版（{version.row.at[:10]} {version.row.by}）"
    if not found:
        return f"{head}：定稿之后没有变化"
    blocks = [f"{head}：定稿之后有{len(found)}处不同"]
    for one in found:
        change = f"（{one.difference}）" if one.difference else ""
        blocks.append(f"{one.sort.value} {one.label}：{one.frozen} → {one.now}{change}")
        blocks += [f"  {one.note}"] if one.note else []
        if one.records:
            rows = [_row(cause) for cause in one.records]
            lines = table(["台账", "记录号", "名称", "变化", "时间", "谁"], rows).splitlines()
            blocks += [f"  {line}" for line in lines]
    return "\n".join(blocks)


def _row(cause: Cause) -> list[str]:
    label = kinds.kind_of(cause.kind).label
    return [label, str(cause.id), cause.title, cause.sentence, cause.at, cause.by]


VERBS = (
    Verb("freeze", "定稿：把签过字的报告存成不变的一版，或撤回它", _declare_freeze, _freeze),
    Verb("changes", "定稿之后，哪些数变了、因为哪些记录", _declare_which, _changes),
)
