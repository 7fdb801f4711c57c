"""A damaged ledger file: what is wrong with it, which ways lead back, and going one of them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from mingxi_desktop.app import passwords
from mingxi_desktop.app.call import DONE, REFUSED, Call, Verb, operator
from mingxi_desktop.errors import UserError

if TYPE_CHECKING:
    from mingxi_desktop.ledger.safekeeping.recovering import Examined
    from mingxi_desktop.ledger.safekeeping.repairing import Repaired

_WAYS = {
    "backup": "回到最新的好备份",
    "changes": "备份，加上那以后的变更记录",
    "salvage": "把读得出的内容放进新文件",
    "accept": "核对无误，接着用",
}
_BEST = "best"


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--way",
        metavar="办法",
        choices=(*_WAYS, _BEST),
        help="backup 备份；changes 备份加变更记录；salvage 抢救到新文件；accept 核对无误接着用；"
        "best 其中最好的一种。不写就只看看哪里坏了",
    )


def _repair(call: Call) -> int:
    from mingxi_desktop.ledger.safekeeping import recovering, repairing

    repairing.admit(call.db)
    examined = passwords.with_password(lambda password: recovering.examine(call.db, password))
    if not examined.problems:
        call.out.answer({"ok": True, "file": call.db, "problems": [], "ways": []}, f"没有发现问题：{call.db}")
        return DONE
    if not call.args.way:
        return _told(call, examined)
    if call.args.way == _BEST and examined.best is None:
        hint = _restoring(examined) or "找找别处的备份（U盘、别的电脑），用 restore 恢复。"
        raise UserError("没有一种修复的办法走得通", f"文件：{call.db}", hint)
    way = examined.best if call.args.way == _BEST else recovering.Way(call.args.way)
    assert way is not None
    return _done(call, repairing.repair(examined, way, operator()))


def _restoring(examined: Examined) -> str:
    """That there is another good backup, and how to go back to it; "" where there is none."""
    if examined.other is None:
        return ""
    return f'有一份好的备份，变更历史和这份文件接不上；要回到它那时，用：restore "{examined.other}"'


def _told(call: Call, examined: Examined) -> int:
    from mingxi_desktop.ledger.safekeeping.plain_words import in_plain_words

    ways = [
        {
            "way": offer.way.value,
            "label": _WAYS[offer.way.value],
            "possible": offer.possible,
            "text": offer.text,
        }
        for offer in examined.offers
    ]
    problems = in_plain_words(examined.problems)
    lines = [f"{call.db} 有问题：", *(f"  {problem}" for problem in problems), "修复的办法："]
    for way in ways:
        sign = f"repair --way {way['way']}" if way["possible"] else "走不通"
        lines.append(f"  {way['label']}（{sign}）：{way['text']}")
    lines += filter(None, [_restoring(examined)])
    lines.append("损坏的文件会改名保留，不会删除。")
    best = examined.best.value if examined.best else None
    document = {
        "ok": False,
        "file": call.db,
        "problems": problems,
        "ways": ways,
        "best": best,
        "backup": examined.backup,
        "other": examined.other,
    }
    call.out.answer(document, "\n".join(lines))
    return REFUSED


def _done(call: Call, done: Repaired) -> int:
    merged = done.merged
    document = {
        "ok": True,
        "file": done.path,
        "way": done.way.value,
        "kept": done.kept,
        "records": merged.taken if merged else None,
        "lost": [
            {"kind": loss.kind, "id": loss.record, "said": loss.said, "what": loss.what}
            for loss in (merged.losses if merged else ())
        ],
        "listed": done.listed,
        "problems": list(done.problems),
    }
    call.out.answer(document, done.sentence())
    return DONE


VERBS = (Verb("repair", "看看损坏的台账文件哪里坏了，并且修复；损坏的文件会留着", _declare, _repair),)
