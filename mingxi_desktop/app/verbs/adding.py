"""add: one record from the arguments, or one after the other from standard input."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from mingxi_desktop.app import typed
from mingxi_desktop.app.call import DONE, REFUSED, Call, Verb, kind_argument, kind_named
from mingxi_desktop.app.selection import assignment
from mingxi_desktop.app.usage import UsageError
from mingxi_desktop.domain.fields import Finding, Kind
from mingxi_desktop.errors import UserError

if TYPE_CHECKING:
    from mingxi_desktop.ledger import Ledger

_LONGEST_LINE = 1_000_000
_MOST_PLACES = 30


def _declare(parser: argparse.ArgumentParser) -> None:
    kind_argument(parser)
    parser.add_argument(
        "values",
        metavar="字段=值",
        nargs="*",
        type=assignment,
        default=[],
        help="如 area=盖洋镇 record_date=2024-06-09",
    )
    parser.add_argument(
        "--stdin", action="store_true", help="从标准输入逐行读 JSON 对象，每存好一条就回一行结果"
    )


def _add(call: Call) -> int:
    kind = kind_named(call.args.kind)
    if call.args.stdin:
        if call.args.values:
            raise UsageError("--stdin 不能和 字段=值 一起用", f"用法：mingxi add {kind.name} --stdin")
        return _add_lines(call, kind)
    with call.ledger() as ledger:
        document, notes, title = _stored(ledger, kind, typed.pairs(kind, call.args.values))
    for note in notes:
        call.out.note(f"提示：{note}")
    call.out.answer(document, f"已保存 {kind.label} {title}，记录号 {document['id']}")
    return DONE


def _stored(ledger: Ledger, kind: Kind, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[str], str]:
    """(id and uid, what to tell, title) of a record that is durable when this returns."""
    read = typed.read(ledger, kind, given, adding=True)
    changes = ledger.add(kind.name, read.values, children=read.children)
    number = next(number for name, number in changes.added if name == kind.name)
    record = ledger.get(kind.name, number)
    notes = [*read.notes, *finding_notes(kind, changes.findings)]
    return {"id": number, "uid": record.uid}, notes, ledger.title(kind.name, number)


def finding_notes(kind: Kind, findings: tuple[Finding, ...]) -> list[str]:
    """Warnings of a save as sentences."""
    return [f"{kind.field(item.field).label}：{item.message}" for item in findings]


def _add_lines(call: Call, kind: Kind) -> int:
    """One object a line in, one result a line out, each only after its record is durable."""
    if sys.stdin is None:  # the shell closed it, or pythonw never had one
        raise UserError(
            "没有标准输入，读不到要保存的行",
            "选项：--stdin",
            "用管道或文件送进来，如 mingxi add … --stdin < 记录.jsonl。",
        )
    refused = 0
    with call.ledger() as ledger:
        for number, line in enumerate(iter(sys.stdin.buffer.readline, b""), 1):
            if not line.strip():
                continue
            try:
                document, notes, _ = _stored(ledger, kind, _object(line))
            except UserError as error:
                refused += 1
                document, notes = _refusal(error), []
            call.out.line(document)
            for note in notes:
                call.out.note(f"第{number}行提示：{note}")
    if refused:
        call.out.note(f"有{refused}行没有保存，原因见各行的结果；改正后只需重送这些行。")
    return REFUSED if refused else DONE


def _refusal(error: UserError) -> dict[str, Any]:
    detail = f"（{error.detail}）" if error.detail else ""
    next_step = (
        f"。{error.hint}" if error.hint and not error.field else ""
    )  # a field says where to look itself
    return {"error": f"{error.title}{detail}{next_step}", "field": error.field or None}


def _object(line: bytes) -> dict[str, Any]:
    """The JSON object of a line; UserError where it is none."""
    hint = "每行写一个 JSON 对象，UTF-8 编码。"
    if len(line) > _LONGEST_LINE:
        raise UserError("这一行太长", f"最多{_LONGEST_LINE}字节", hint)
    try:
        found = json.loads(
            line.decode("utf-8-sig"),
            parse_int=typed.JsonNumber,
            parse_float=_decimal_text,
            parse_constant=_no_number,
        )
    except UnicodeDecodeError as error:
        raise UserError("这一行不是 UTF-8 文字", f"第{error.start + 1}个字节", hint) from error
    except json.JSONDecodeError as error:
        raise UserError("这一行不是 JSON", f"第{error.colno}个字符处", hint) from error
    except RecursionError as error:
        raise UserError("这一行的 JSON 套得太深", "", hint) from error
    if not isinstance(found, dict):
        raise UserError("这一行不是 JSON 对象", "", hint)
    return found


def _decimal_text(text: str) -> typed.JsonNumber:
    """A number with point or exponent as plain digits."""
    number = Decimal(text)
    if abs(number.adjusted()) > _MOST_PLACES:
        _no_number(text)
    return typed.JsonNumber(format(number, "f"))


def _no_number(text: str) -> NoReturn:
    raise UserError(f"“{text}”不是能记的数", "", "写成普通的数，如 12.5。")


VERBS = (Verb("add", "登记一条记录", _declare, _add),)
