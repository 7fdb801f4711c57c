"""The password a ledger is opened with: whether there is one, setting, changing and taking it away."""

from __future__ import annotations

import argparse

from mingxi_desktop.app import passwords
from mingxi_desktop.app.call import DONE, Call, Verb, operator
from mingxi_desktop.errors import UserError

_NONE = "打开这份台账本来就不用口令"


def _declare(parser: argparse.ArgumentParser) -> None:
    doing = parser.add_mutually_exclusive_group()
    doing.add_argument(
        "--set",
        action="store_true",
        help=f"设置或修改；新口令从环境变量 {passwords.NEW} 读，没有就在终端里问",
    )
    doing.add_argument("--remove", action="store_true", help="取消")
    parser.add_argument(
        "--forgotten", action="store_true", help="和 --remove 一起：忘记了原来的口令，记入变更历史"
    )


def _password(call: Call) -> int:
    from mingxi_desktop.ledger import forgotten

    args = call.args
    if args.forgotten and not args.remove:
        raise UserError("--forgotten 要和 --remove 一起写", "", "写成 password --remove --forgotten。")
    if args.forgotten:
        gone = forgotten.forget(call.db, operator())
        said = f"已保存：{gone.sentence}" if gone is not None else _NONE
        call.out.answer({"password": False, "changed": gone is not None}, said)
        return DONE
    with call.ledger() as ledger:
        own = ledger.remarks
        if not (args.set or args.remove):
            said = "打开这份台账要输入口令" if own.has_password else "打开这份台账不用口令"
            call.out.answer({"password": own.has_password, "changed": False}, said)
            return DONE
        if args.remove and not own.has_password:
            call.out.answer({"password": False, "changed": False}, _NONE)
            return DONE
        new = passwords.new_password() if args.set else ""
        changes = own.set_password(new)
    call.out.answer({"password": bool(new), "changed": True}, f"已保存：{changes.sentence}")
    return DONE


VERBS = (Verb("password", "打开口令：有没有，设置、修改、取消", _declare, _password),)
