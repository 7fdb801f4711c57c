"""Verbs that are announced and not there yet; they say so rather than pretend."""

from __future__ import annotations

import argparse

from mingxi_desktop.app.call import Call, Verb
from mingxi_desktop.errors import UserError

_PLANNED = {
    "checks": "重复计数、前后矛盾、未报清单",
}


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("whatever", nargs="*", default=[], help=argparse.SUPPRESS)
    for option in ("--year", "--month", "--by"):
        parser.add_argument(option, help=argparse.SUPPRESS)
    parser.add_argument("-o", "--output", help=argparse.SUPPRESS)


def _not_yet(name: str, what: str) -> Verb:
    def run(call: Call) -> int:
        raise UserError(f"还没有“{what}”功能", f"命令：{name}", "它会在以后的版本里提供；这次什么也没有做。")

    return Verb(name, f"{what}（还没有）", _declare, run)


VERBS = tuple(_not_yet(name, what) for name, what in _PLANNED.items())
