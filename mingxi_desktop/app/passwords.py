"""Passwords on the command line: from the environment, or asked for at the terminal.

Never an argument: those can be read by everybody on the computer, and are kept by the shell.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TypeVar

from mingxi_desktop.errors import PasswordError, UserError

VARIABLE, NEW = "MINGXI_PASSWORD", "MINGXI_NEW_PASSWORD"
"""Variables of the environment: the password that a ledger has, and the one that it is to get."""
_TRIES = 3

_Opened = TypeVar("_Opened")


def with_password(open_: Callable[[str], _Opened]) -> _Opened:
    """What open_(password) gives; the password is asked for where one is wanted and somebody can be asked.

    PasswordError where none is given, or a wrong one.
    """
    given = os.environ.get(VARIABLE, "")
    try:
        return open_(given)
    except PasswordError as error:
        if given or not _terminal():
            raise _told_how(error) from None
        last = error
    for _ in range(_TRIES):
        sys.stderr.write(f"{last.title}\n{last.detail}\n")
        try:
            return open_(_asked("口令："))
        except PasswordError as error:
            last = error
    raise last


def new_password() -> str:
    """The password that is to be set; UserError where none is given, or two different ones."""
    given = os.environ.get(NEW, "")
    if given:
        return given
    if not _terminal():
        raise UserError(
            "没有给出新口令", f"环境变量 {NEW} 是空的", f"在终端里运行，或先设置环境变量 {NEW}，再试一次。"
        )
    first = _asked("新口令：")
    if not first or _asked("再输入一次新口令：") != first:
        raise UserError("新口令是空的，或者两次输入不一样", "", "再运行一次，两次输入同一个口令。")
    return first


def _told_how(error: PasswordError) -> PasswordError:
    """The same refusal with what to do on the command line."""
    hint = f"把口令放进环境变量 {VARIABLE} 再运行，或在终端里运行，按提示输入。"
    return PasswordError(error.title, error.detail, hint)


def _asked(prompt: str) -> str:
    import getpass

    return getpass.getpass(prompt, stream=sys.stderr)


def _terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()
