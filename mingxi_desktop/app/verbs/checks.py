"""checks: what may be counted twice, contradicts itself or is owed; accepting a finding with a reason."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from mingxi_desktop.app.call import DONE, Call, Verb, year_argument
from mingxi_desktop.domain import kinds
from mingxi_desktop.errors import UserError

if TYPE_CHECKING:
    from mingxi_desktop.domain.concerns import Acceptance, Concern
    from mingxi_desktop.domain.records import Changes
    from mingxi_desktop.ledger import Ledger
    from mingxi_desktop.ledger.checks.check import Cure


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


_Found = TypeVar("_Found", bound=_Keyed)
_MOST_NAMED = 6
_SHORTEST = 6
"""So many characters of a finding's key are needed to name it."""


def _declare(parser: argparse.ArgumentParser) -> None:
    year_argument(parser, required=True)
    parser.add_argument("--accepted", action="store_true", help="只列已经说明过的疑点和理由")
    parser.add_argument("--accept", metavar="疑点", help="接受一个疑点（写它的编号），要用 --reason 写理由")
    parser.add_argument("--withdraw", metavar="疑点", help="取消一次接受")
    parser.add_argument("--reason", metavar="理由", default="", help="接受的理由，会印在溯源附件里")
    parser.add_argument("--cures", metavar="疑点", help="列出一个疑点的处理办法")
    parser.add_argument("--cure", metavar="疑点", help="处理一个疑点，照 --way 选的办法")
    parser.add_argument("--way", type=int, default=1, metavar="序号", help="第几个办法（默认第1个）")


def _checks(call: Call) -> int:
    args = call.args
    with call.ledger() as ledger:
        answer = next((do for name, do in _DOING.items() if getattr(args, name)), _look)
        answer(call, ledger)
    return DONE


def _look(call: Call, ledger: Ledger) -> None:
    looked = ledger.checks.look(call.args.year)
    # Naming the records takes a query each, for people alone.
    text = "" if call.out.json else _told(ledger, looked.open, len(looked.accepted))
    call.out.answer([_concern_json(one) for one in looked.open], text)


def _accepted(call: Call, ledger: Ledger) -> None:
    found = ledger.checks.accepted(call.args.year)
    call.out.answer([_acceptance_json(one) for one in found], _told_accepted(found))


def _accept(call: Call, ledger: Ledger) -> None:
    year = call.args.year
    found = _one(call.args.accept, ledger.checks.look(year).open)
    _say(call, found.key, ledger.checks.accept(found, year, call.args.reason))


def _withdraw(call: Call, ledger: Ledger) -> None:
    known = _one(call.args.withdraw, ledger.checks.accepted(call.args.year))
    _say(call, known.key, ledger.checks.withdraw(known.key))


def _cures(call: Call, ledger: Ledger) -> None:
    _, found = _cures_of(call.args.cures, call, ledger)
    document = [{"way": place, "label": one.label, "sentence": one.sentence} for place, one in found.items()]
    lines = [f"{place}. {one.label}：{one.sentence}" for place, one in found.items()]
    call.out.answer(document, "\n".join(lines) or "这个疑点要到记录里改，没有一键处理的办法")


def _cure(call: Call, ledger: Ledger) -> None:
    concern, found = _cures_of(call.args.cure, call, ledger)
    if call.args.way not in found:
        raise UserError(f"这个疑点没有第{call.args.way}个办法", concern.message, "用 --cures 列出它的办法。")
    _say(call, concern.key, ledger.checks.cure(found[call.args.way]))


_DOING: Mapping[str, Callable[[Call, Ledger], None]] = {
    "accept": _accept,
    "withdraw": _withdraw,
    "cures": _cures,
    "cure": _cure,
    "accepted": _accepted,
}
"""Option → what it does; without any the findings are listed."""


def _cures_of(key: str, call: Call, ledger: Ledger) -> tuple[Concern, dict[int, Cure]]:
    year = call.args.year
    concern = _one(key, ledger.checks.look(year).open)
    return concern, dict(enumerate(ledger.checks.cures(concern, year), 1))


def _say(call: Call, key: str, changes: Changes) -> None:
    call.out.answer({"key": key, "sentence": changes.sentence}, changes.sentence)


def _one(key: str, known: Sequence[_Found]) -> _Found:
    """The one whose key begins like this."""
    found = [one for one in known if one.key.startswith(key.lower())] if len(key) >= _SHORTEST else []
    if len(found) != 1:
        raise UserError(
            f"没有编号为“{key}”的疑点", "", f"编号见 checks 列出的方括号，至少写{_SHORTEST}个字符。"
        )
    return found[0]


def _concern_json(concern: Concern) -> dict[str, Any]:
    return {
        "code": concern.code,
        "severity": concern.severity.value,
        "message": concern.message,
        "records": [{"kind": kind, "id": number} for kind, number in concern.records],
        "key": concern.key,
    }


def _acceptance_json(one: Acceptance) -> dict[str, Any]:
    return {
        "code": one.code,
        "message": one.message,
        "reason": one.reason,
        "at": one.at,
        "by": one.by,
        "key": one.key,
    }


def _told(ledger: Ledger, concerns: tuple[Concern, ...], accepted: int) -> str:
    more = f"；另有{accepted}处已说明" if accepted else ""
    if not concerns:
        return f"没有发现疑点{more}"
    lines = [f"发现{len(concerns)}处疑点{more}"]
    for concern in concerns:
        lines.append(f"[{concern.key[:8]}] {concern.severity.label}：{concern.message}")
        named = [
            f"{kinds.kind_of(kind).label} #{number} {ledger.title(kind, number)}"
            for kind, number in concern.records[:_MOST_NAMED]
        ]
        if named:
            rest = len(concern.records) - len(named)
            lines.append("  " + "；".join(named) + (f"；等{len(concern.records)}条" if rest else ""))
    return "\n".join(lines)


def _told_accepted(accepted: tuple[Acceptance, ...]) -> str:
    if not accepted:
        return "没有说明过的疑点"
    return "\n".join(
        f"[{one.key[:8]}] {one.message}\n  理由：{one.reason}（{one.by}，{one.at[:10]}）" for one in accepted
    )


VERBS = (Verb("checks", "重复计数、前后矛盾、未报和逾期", _declare, _checks),)
