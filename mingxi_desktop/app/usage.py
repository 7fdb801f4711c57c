"""argparse in Chinese, without its own way of ending the program."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NoReturn

PROGRAM = "mingxi"
_SENTENCES = (
    (r"the following arguments are required: (.*)", r"缺少：\1"),
    (r"unrecognized arguments: (.*)", r"多出来的内容：\1"),
    (r"argument (.*?): expected one argument", r"\1 后面要跟一个值"),
    (r"argument (.*?): expected at least one argument", r"\1 后面至少要跟一个值"),
    (r"argument (.*?): expected (\d+) arguments?", r"\1 后面要跟 \2 个值"),
    (r"argument (.*?): ignored explicit argument (.*)", r"\1 后面不带值（多了 \2）"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 不能和 \2 一起用"),
    (r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)", r"\1 没有 \2，可以是 \3"),
    (r"argument (.*?): invalid int value: (.*)", r"\1 要写整数，不能是 \2"),
    (r"argument (.*?): invalid float value: (.*)", r"\1 要写数字，不能是 \2"),
    (r"argument (.*?): (.*)", r"\1：\2"),
)


class UsageError(Exception):
    """The command cannot be understood: a Chinese sentence, and how the verb is written."""

    def __init__(self, message: str, usage: str) -> None:
        super().__init__(message)
        self.message = message
        self.usage = usage


class _Formatter(argparse.HelpFormatter):
    """Headings in Chinese, and room for the names of verbs."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28, width=100)

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or "用法：")


class Parser(argparse.ArgumentParser):
    """A parser that raises `UsageError` with a Chinese sentence."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(
            prog=prog,
            description=description,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Formatter,
        )
        self._positionals.title = "要写的"
        self._optionals.title = "选项"

    def error(self, message: str) -> NoReturn:
        """Called by argparse for whatever it cannot take."""
        raise UsageError(in_chinese(message), self.format_usage().strip())

    def read(self, arguments: Sequence[str], namespace: argparse.Namespace) -> argparse.Namespace:
        """The arguments, options and names in any order.  Raises UsageError."""
        # Without a fixed text argparse cuts the first seven characters ("usage: ") off its own.
        if self.usage is None:
            self.usage = " ".join(self.format_usage().removeprefix("用法：").split()).replace("%", "%%")
        return self.parse_intermixed_args(self._one_by_one(arguments), namespace)

    def _one_by_one(self, arguments: Sequence[str]) -> list[str]:
        """--where a=1 b=2 as --where a=1 --where b=2: argparse would take the ledger's name along, too.

        A file that is there is a file, even with = in its name.
        """
        pairs = {
            name for action in self._actions if "=" in str(action.metavar) for name in action.option_strings
        }
        found: list[str] = []
        last = ""
        for place, argument in enumerate(arguments):
            option = argument.partition("=")[0]
            if argument.startswith("-"):
                last = option if option in pairs else ""
            elif last and arguments[place - 1] != last:
                if "=" in argument and not Path(argument).exists():
                    found.append(last)
                else:
                    last = ""
            found.append(argument)
        return found


def add_common(parser: argparse.ArgumentParser) -> None:
    """The options that stand before or after the verb."""
    leave = argparse.SUPPRESS
    parser.add_argument(
        "--db",
        metavar="文件",
        type=file_name,
        default=leave,
        help="台账文件；不写就用自己数据文件夹里的那个",
    )
    parser.add_argument("--json", action="store_true", default=leave, help="只输出一份 JSON（UTF-8）")
    parser.add_argument("--quiet", action="store_true", default=leave, help="不显示进度和提示")
    parser.add_argument("-h", "--help", action="store_true", default=leave, help="显示这段说明")


def file_name(text: str) -> str:
    """The name of a file or folder, for argparse: an empty one, as from a script, never means another."""
    if not text.strip():
        raise argparse.ArgumentTypeError("名字是空的，要写上文件或文件夹的名字")
    return text


def in_chinese(message: str) -> str:
    """argparse's own message as a Chinese sentence."""
    for pattern, sentence in _SENTENCES:
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            return found.expand(sentence)
    return message
