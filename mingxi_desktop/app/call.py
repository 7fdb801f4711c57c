"""One call of the command line: its arguments, its output, and the ledger file it means."""

from __future__ import annotations

import argparse
import datetime
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mingxi_desktop import paths
from mingxi_desktop.app import passwords
from mingxi_desktop.app.output import Output
from mingxi_desktop.app.usage import file_name
from mingxi_desktop.errors import UserError

if TYPE_CHECKING:
    from mingxi_desktop.domain.fields import Kind
    from mingxi_desktop.ledger import Ledger

DONE, REFUSED, MISUSED = 0, 1, 2
"""Exit codes: done; refused or something found wrong; wrong usage."""

_YEARS = range(2000, 2101)


class Call(NamedTuple):
    """What a verb gets."""

    args: argparse.Namespace
    out: Output

    @property
    def db(self) -> Path:
        """The ledger file meant; it need not exist."""
        named: str | None = self.args.db
        return Path(named) if named else paths.default_db()

    @contextmanager
    def ledger(self, *, looked_through: bool = True, used: Callable[[str], object] = len) -> Iterator[Ledger]:
        """The open ledger file.  UserError when it cannot be opened.

        looked_through: one that was not closed properly is looked through first; UserError where it is damaged.
        used: is told the password that opened it, for whoever opens it again.
        """
        from mingxi_desktop.ledger import Ledger

        path = self.db
        if not self.args.db and not path.exists():
            raise UserError(
                "还没有台账文件",
                f"文件：{path}",
                "先用 new 新建一个，或用 demo 生成示例年度；文件在别处的，用 --db 指明。",
            )

        def opened(password: str) -> Ledger:
            ledger = Ledger.open(path, operator=operator(), password=password)
            used(password)
            return ledger

        with passwords.with_password(opened) as ledger:
            if looked_through:
                self._look_through(ledger)
            self._remark(ledger)
            self._notice(ledger)
            yield ledger

    def _look_through(self, ledger: Ledger) -> None:
        from mingxi_desktop.ledger.safekeeping import walking

        if not walking.unsettled(ledger):
            return
        problems = walking.settle(ledger)
        if problems is None:
            self.out.note("提示：台账上次没有正常关闭。文件大，这次没有逐条核对；有空时用 verify 检查一遍。")
        elif problems:
            raise walking.damage(ledger.path, problems)

    def _remark(self, ledger: Ledger) -> None:
        """What is only suffered: a stick for a demonstration, a clock set back."""
        from mingxi_desktop.ledger import clock, places

        for said in filter(None, (places.warning(ledger.path), clock.notice(ledger))):
            self.out.note(f"提示：{said}。")

    def _notice(self, ledger: Ledger) -> None:
        """That an older file, or another one, lies in the ledger's place: told until it is settled."""
        from mingxi_desktop.ledger.safekeeping import overtaken

        passed = overtaken.look(ledger)
        if passed is not None:
            self.out.note(
                f"▲ 注意：{passed.sentence}。\n"
                f'  用最近的备份恢复：restore "{passed.newest.path}" --db "{ledger.path}"\n'
                f'  确认用这一份，以后不再提醒：repair --way accept --db "{ledger.path}"'
            )

    def target(self, *endings: str) -> Path:
        """The file to write (-o), by a name that is one; it must end in one of `endings`, where there are any."""
        path = Path(self.args.output)
        paths.admit_name(path)
        if path.is_dir():
            raise UserError("这是一个文件夹，不是文件", f"位置：{path}", "在后面写上文件名再试。")
        if not path.parent.is_dir():
            found = "（这是一个文件）" if path.parent.exists() else ""
            raise UserError("没有这个文件夹", f"位置：{path.parent}{found}", "先建好文件夹，或换一个位置。")
        if endings and path.suffix.lower() not in endings:
            raise UserError(
                f"不能写成“{path.suffix or path.name}”",
                f"文件：{path}",
                f"请把文件名的结尾改成{'、'.join(endings)}。",
            )
        return path


class Verb(NamedTuple):
    """A word of the command line.  run: returns the exit code; faults of the world are UserErrors."""

    name: str
    help: str
    declare: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Call], int]


def operator() -> str:
    """Who the history says it was: the environment's MINGXI_USER, else the user of the computer."""
    from mingxi_desktop.ledger import operators

    named = os.environ.get("MINGXI_USER", "").strip()
    if named:
        return named
    return operators.system_user()


def kind_named(name: str) -> Kind:
    """A ledger or child table by its identifier or Chinese label; UserError naming all of them."""
    from mingxi_desktop.domain import kinds

    for kind in kinds.ALL:
        if name in (kind.name, kind.label):
            return kind
    known = "、".join(f"{kind.name}（{kind.label}）" for kind in kinds.ALL)
    raise UserError(f"没有叫“{name}”的台账", "", f"可用的台账：{known}")


# arguments that several verbs have


def kind_argument(parser: argparse.ArgumentParser) -> None:
    """Declare the argument KIND: a ledger by its name in code or its Chinese one."""
    parser.add_argument("kind", metavar="台账", help="如 hazard 或 隐患；schema 列出全部")


def id_argument(parser: argparse.ArgumentParser) -> None:
    """Declare the argument ID: the number of a record, as `list` shows it."""
    parser.add_argument("id", metavar="记录号", type=record_number, help="list 里的 id")


def year_argument(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """Declare the option --year."""
    parser.add_argument("--year", metavar="年度", type=year_number, required=required, help="如 2024")


def as_of_argument(parser: argparse.ArgumentParser) -> None:
    """Declare the option --as-of, the cut-off date; None where it is not given."""
    parser.add_argument(
        "--as-of",
        metavar="日期",
        type=_day,
        help="截止日期，如 2024-11-30；不写就是全年；写到次年，整改就算到那天",
    )


def output_argument(parser: argparse.ArgumentParser, help: str, *, required: bool = True) -> None:
    """Declare the option -o, the file to write."""
    parser.add_argument("-o", "--output", metavar="文件", type=file_name, required=required, help=help)


def personal_argument(parser: argparse.ArgumentParser) -> None:
    """--personal, where people read the answer."""
    parser.add_argument("--personal", action="store_true", help="电话、身份证号不遮住")


def cut_off(call: Call) -> datetime.date | None:
    """The day of --as-of; UserError where it lies before the year."""
    day: datetime.date | None = call.args.as_of
    if day is not None and day.year < call.args.year:
        raise UserError(
            f"截止日期{day}在{call.args.year}年之前",
            "选项：--as-of",
            "截止日期写那一年里的日子，或者更晚的，再试一次。",
        )
    return day


def record_number(text: str) -> int:
    """The number of a record or a batch from 12 or #12; ArgumentTypeError, which argparse tells, for else."""
    digits = text.removeprefix("#")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 18:
        raise argparse.ArgumentTypeError(f"“{text}”不是记录号，要写列表里的整数，如 12")
    return int(digits)


def row_number(text: str) -> int:
    """The number of a row of a sheet, from 1, for argparse."""
    if not (text.isascii() and text.isdigit()) or not text.strip("0"):
        raise argparse.ArgumentTypeError(f"“{text}”不是行号，要写从1数起的整数，如 3")
    return int(text[:9])


def words(text: str) -> str:
    """Text from a shell: bytes that are no UTF-8, which no file and no search can hold, become ?."""
    return text.encode("utf-8", "replace").decode("utf-8")


def year_number(text: str) -> int:
    """A year that a ledger may hold, for argparse."""
    if not (text.isascii() and text.isdigit()) or int(text) not in _YEARS:
        raise argparse.ArgumentTypeError(
            f"“{text}”不是年度，要写{_YEARS.start}到{_YEARS.stop - 1}之间的四位数字，如 2024"
        )
    return int(text)


def _day(text: str) -> datetime.date:
    from mingxi_desktop.domain.parse import parse_date

    try:
        found = parse_date(text).value
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if found is None:
        raise argparse.ArgumentTypeError("日期是空的，要写成 2024-11-30 的样子")
    return found
