"""Encrypting the ledger file: whether it is, turning it on and off, another password, another recovery code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mingxi_desktop.app import passwords
from mingxi_desktop.app.call import DONE, Call, Verb
from mingxi_desktop.errors import UserError

if TYPE_CHECKING:
    from mingxi_desktop.ledger import Ledger
    from mingxi_desktop.ledger.encrypting import Turned

CODE = "MINGXI_CODE"
"""The variable of the environment in which a new recovery code, once written down, is given back."""


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        metavar="做什么",
        nargs="?",
        choices=("on", "off", "password", "code"),
        help="on 加密；off 取消加密；password 换口令；code 换恢复码（重新加密）。不写就只看看有没有加密",
    )
    parser.epilog = (
        f"on 和 code 分两步：第一次给出恢复码，什么也不改；抄下或打印后，把它放进环境变量 {CODE} 再运行一次"
        f"（在终端里运行就当场抄回）。口令从环境变量 {passwords.VARIABLE} 读，新口令从 {passwords.NEW} 读，"
        "没有就在终端里问。"
    )


def _encrypt(call: Call) -> int:
    return _WAYS[call.args.what](call)


def _state(call: Call) -> int:
    from mingxi_desktop.ledger import encrypting

    with call.ledger() as ledger:
        on = encrypting.is_on(ledger)
        plain = encrypting.left_plain(ledger) if on else []
    said = "台账文件是加密的。" if on else "台账文件没有加密。"
    call.out.answer(_document(call, on=on, changed=False, plain=plain), said + _readable(plain))
    return DONE


def _on(call: Call) -> int:
    from mingxi_desktop.ledger import encrypting

    with call.ledger() as ledger:
        if encrypting.is_on(ledger):
            raise UserError(
                "台账已经加密了",
                f"文件：{ledger.path}",
                "换口令用 encrypt password，换恢复码用 encrypt code。",
            )
        code = _code(call)
        if not code:
            return DONE
        return _done(call, encrypting.turn_on(ledger, code, passwords.new_password()))


def _renew(call: Call) -> int:
    from mingxi_desktop.ledger import encrypting

    with call.ledger() as ledger:
        if not encrypting.is_on(ledger):
            raise _not_on(ledger)
        code = _code(call)
        if not code:
            return DONE
        done = passwords.with_password(lambda password: encrypting.renew(ledger, code, password))
        return _done(call, done, "以前的备份还要用以前的口令或恢复码打开。")


def _off(call: Call) -> int:
    from mingxi_desktop.ledger import encrypting

    with call.ledger() as ledger:
        if not encrypting.is_on(ledger):
            raise _not_on(ledger)
        done = passwords.with_password(lambda password: encrypting.turn_off(ledger, password))
        return _done(call, done, "打开口令也一起取消了，要用再设。")


def _password(call: Call) -> int:
    from mingxi_desktop.ledger import encrypting

    with call.ledger() as ledger:
        if not encrypting.is_on(ledger):
            raise _not_on(ledger)
        new = passwords.new_password()
        passwords.with_password(lambda before: encrypting.change_password(ledger, before, new))
    call.out.answer(
        _document(call, on=True, changed=True), "已换口令。以前的备份还要用以前的口令；恢复码没有变。"
    )
    return DONE


def _not_on(ledger: Ledger) -> UserError:
    return UserError("台账没有加密", f"文件：{ledger.path}", "加密用 encrypt on。")


def _code(call: Call) -> str:
    """The new recovery code, once it was given back; "" where it was only told now."""
    from mingxi_desktop.ledger import encrypting

    given = os.environ.get(CODE, "")
    if given:
        return given
    code = encrypting.fresh_code()
    if call.out.json or not (sys.stdin and sys.stdin.isatty()):
        text = f"恢复码：{code}\n还没有改动。抄下或打印以后，把它放进环境变量 {CODE}，再运行一次同样的命令。"
        call.out.answer({**_document(call, on=None, changed=False), "code": code}, text)
        return ""
    sys.stderr.write(f"恢复码：{code}\n抄下来，放在安全的地方：忘了口令只有它能打开台账。\n")
    typed = input("照着抄下的再输入一遍：")
    if not encrypting.same_code(code, typed):
        raise UserError("恢复码和给出的不一样，什么也没有改", "", "再运行一次，会给出另一个恢复码。")
    return code


def _done(call: Call, done: Turned, besides: str = "") -> int:
    said = "台账文件已加密。" if done.encrypted else "台账文件取消了加密。"
    document = _document(call, on=done.encrypted, changed=True, plain=done.plain, backup=done.backup)
    call.out.answer(document, f"{said}{besides}{_readable(done.plain)}")
    return DONE


def _document(call: Call, *, on: bool | None, changed: bool, **more: Any) -> dict[str, Any]:
    plain = [str(path) for path in more.get("plain", ())]
    return {"db": call.db, "encrypted": on, "changed": changed, "backup": more.get("backup"), "plain": plain}


def _readable(plain: list[Path] | tuple[Path, ...]) -> str:
    if not plain:
        return ""
    return "\n这些以前的文件没有加密，不要口令就能看，程序不会删除它们：\n" + "\n".join(
        f"  {path}" for path in plain
    )


_WAYS: dict[str | None, Callable[[Call], int]] = {
    None: _state, "on": _on, "off": _off, "password": _password, "code": _renew,
}  # fmt: skip
VERBS = (Verb("encrypt", "台账文件加密：有没有，加密、取消、换口令、换恢复码", _declare, _encrypt),)
