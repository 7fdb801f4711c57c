"""Spreadsheets: import, batches, undo-import, template, export."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mingxi_desktop.app import alike
from mingxi_desktop.app.call import (
    DONE,
    REFUSED,
    Call,
    Verb,
    kind_argument,
    kind_named,
    output_argument,
    record_number,
    row_number,
    year_argument,
)
from mingxi_desktop.app.output import table
from mingxi_desktop.app.selection import query_of, selection_arguments
from mingxi_desktop.app.shown import iso
from mingxi_desktop.app.typed import field_named, once
from mingxi_desktop.app.usage import file_name
from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.records import Batch
from mingxi_desktop.errors import UserError

if TYPE_CHECKING:
    from mingxi_desktop.ledger import Ledger
    from mingxi_desktop.ledger.checks.ahead import Coming
    from mingxi_desktop.ledger.importing import ImportResult, Preview, Settings

_STATES = {"active": "有效", "reversed": "已撤销"}
_MOST_SHOWN = 50
_MOST_NAMED = 6
_MONEY_UNITS = ("元", "千元", "万元", "亿元")


def _declare_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="文件", nargs="+", help="xlsx、xls、et、ods、csv 等表格")
    parser.add_argument(
        "--kind", metavar="台账", default="", help="导入到哪个台账，如 hazard；不写就看表自己像哪一本"
    )
    parser.add_argument("--sheet", metavar="工作表", help="只读这个工作表")
    parser.add_argument(
        "--map",
        metavar="表头=字段",
        type=_mapped,
        action="append",
        default=[],
        help="这一列是什么字段；字段为空表示不读这一列；表头也可以写列号，如 C列",
    )
    parser.add_argument(
        "--set",
        metavar="字段=值",
        type=_mapped,
        action="append",
        default=[],
        dest="values",
        help="整张表都是这个值，如 乡镇=盖洋镇",
    )
    parser.add_argument("--header-row", metavar="行", type=row_number, default=0, help="表头从第几行开始")
    parser.add_argument("--reporter", metavar="单位", default="", help="表格是哪个单位报来的")
    parser.add_argument(
        "--money-unit",
        metavar="单位",
        choices=_MONEY_UNITS,
        default="",
        help="没有写单位的金额按它：元、万元等",
    )
    year_argument(parser)
    parser.add_argument("--personal", action="store_true", help="连同身份证号、电话等个人信息一起导入")
    parser.add_argument(
        "--duplicates",
        choices=("skip", "add"),
        default="skip",
        help="已有的或重复的行：不导入（默认），或照样加一条",
    )
    parser.add_argument(
        "--changed",
        choices=("skip", "replace", "add"),
        default="skip",
        help="台账中已有、内容不同的行：不导入（默认）、替换台账中的，或另加一条",
    )
    parser.add_argument("--dry-run", action="store_true", help="只检查，不导入")
    parser.add_argument("--accept-valid", action="store_true", help="有错误的行不要，其余照样导入")
    parser.add_argument(
        "--refuse-doubtful", action="store_true", help="核对出可能重复计数或互相矛盾的，就一条也不导入"
    )
    parser.add_argument(
        "--returned", metavar="文件夹", type=file_name, help="把标出错误的表格副本放在这里，好退回去改"
    )


def _settings(call: Call) -> Settings:
    from mingxi_desktop.ledger.importing import Settings, Wish

    args = call.args
    kind = _ledger_named(args.kind) if args.kind else None
    wish = Wish(
        columns=once("--map", [(header, _field_name(kind, name)) for header, name in args.map]),
        values=once("--set", [(_field_name(kind, name), text) for name, text in args.values]),
        header_row=args.header_row,
    )
    return Settings(
        kind=kind.name if kind else "",
        sheet=args.sheet,
        reporter=args.reporter,
        year=args.year,
        money_unit=args.money_unit,
        personal=args.personal,
        everywhere=wish,
    )


def _ledger_named(name: str) -> Kind:
    """The ledger by its name; of a child table, which comes in with its ledger, that ledger."""
    kind = kind_named(name)
    return kinds.kind_of(kind.parent_kind) if kind.parent else kind


def _import(call: Call) -> int:
    from mingxi_desktop.ledger import importing

    args, settings = call.args, _settings(call)
    with call.ledger() as ledger:
        call.out.note(f"正在读{len(args.files)}个文件……")
        found = importing.preview(ledger, [Path(name) for name in args.files], settings)
        found.choose(
            (importing.Doubt.SAME, importing.Doubt.FILE, importing.Doubt.PARTS),
            importing.Choice(args.duplicates),
        )
        found.choose((importing.Doubt.CHANGED,), importing.Choice(args.changed))
        done, concerns = _stored(call, ledger, found, settings)
        returned = _returned(found, done, args.returned) if args.returned else []
        document = importing.to_json(found, done, accept_valid=args.accept_valid, concerns=concerns)
    if args.returned:
        document["returned"] = returned
    refused = done is not None and done.changes is None and bool(found.ready) and not found.rejected
    if done is not None and refused:
        document["refused"] = done.reason
    told = [*_told(document, returned), *_told_concerns(concerns), _outcome(found, done)]
    call.out.answer(document, "\n".join(told))
    if refused:
        return REFUSED
    partly = done is None or done.changes is not None
    accepted = args.accept_valid and partly and not any(sheet.refused for sheet in found.sheets)
    return REFUSED if found.rejected and not accepted else DONE


def _stored(
    call: Call, ledger: Ledger, found: Preview, settings: Settings
) -> tuple[ImportResult | None, tuple[Coming, ...]]:
    """What was done, None for a dry run, and what the checks say of it.

    On trial where nothing is to be stored, or not with doubts.
    """
    from mingxi_desktop.ledger import importing
    from mingxi_desktop.ledger.checks import ahead

    args = call.args
    if args.dry_run or args.refuse_doubtful:
        call.out.note("正在核对会不会重复计数……")
        try:
            concerns = ahead.look(ledger, found)
        except UserError as error:
            said = "，".join(part for part in (error.title, error.detail) if part)
            return importing.ImportResult(None, f"这样导入会被拒绝：{said}。{error.hint}"), ()
        if args.dry_run:
            return None, concerns
        number = _doubtful(concerns)
        if number:
            return importing.ImportResult(None, f"有{number}处疑点，什么也没有导入；处理后再导入"), concerns
    done = importing.commit(ledger, found, accept_valid=args.accept_valid, settings=settings)
    return done, done.arrival.concerns(ledger) if done.arrival is not None else ()


def _doubtful(concerns: Sequence[Coming]) -> int:
    return sum(one.doubtful for one in concerns)


def _returned(found: Preview, done: ImportResult | None, folder: str) -> list[Path]:
    """The marked copies; where they cannot be written, UserError says that the import itself was done."""
    from mingxi_desktop.ledger import importing

    try:
        return importing.write_returned(found, Path(folder))
    except UserError as error:
        if done is None or done.changes is None:
            raise
        hint = f"对的行已经导入，不要再导入一次。{error.hint}"
        raise UserError(f"已导入，但{error.title}", error.detail, hint) from error


def _told(document: dict[str, Any], returned: list[Path]) -> list[str]:
    """What was read, and what is wrong with it."""
    lines = []
    for file in document["files"]:
        place = f"{file['file']}" + (f" · {file['sheet']}" if file["sheet"] else "")
        lines.append(
            f"{place}：读到{file['read']}行，导入{file['imported']}条，"
            f"跳过{len(file['skipped'])}行，有错误{len(file['rejected'])}处"
        )
        lines += _some([f"第{item['row']}行跳过：{item['reason']}" for item in file["skipped"]])
        lines += _some([alike.placed(item) for item in file["rejected"]])
        skipped = {item["row"]: item["reason"] for item in file["skipped"]}
        notices = [item for item in file["warnings"] if skipped.get(item["row"], "\0") not in item["message"]]
        lines += _some([f"提示：{said}" for said in alike.of_rows(notices)])
    return lines + [f"标出错误的副本：{path}" for path in returned]


def _told_concerns(concerns: Sequence[Coming]) -> list[str]:
    """What may be wrong because of the rows, and which rows and records are meant; the rest is counted."""
    lines = []
    doubtful = [one for one in concerns if one.doubtful]
    for one in doubtful:
        lines.append(f"{one.concern.severity.label}：{one.message}")
        named = [origin.place for origin in one.origins]
        named += [f"台账中的{kinds.kind_of(kind).label} #{number}" for kind, number in one.there]
        more = f"等{len(named)}条" if len(named) > _MOST_NAMED else ""
        lines += [f"  {'；'.join(named[:_MOST_NAMED])}{more}"] if named else []
    owed = len(concerns) - len(doubtful)
    rest = [f"另有{owed}处待办（逾期、待复查等），用 checks 查看"] if owed else []
    return ([f"核对出{len(doubtful)}处疑点", *_some(lines)] if lines else []) + rest


def _outcome(found: Preview, done: ImportResult | None) -> str:
    if done is None:
        return f"只是检查，没有导入；可以导入{found.ready}条"
    if done.changes is None:
        return done.reason
    return f"已导入，批次{done.batch}；要撤销请用 undo-import {done.batch}"


def _some(lines: list[str]) -> list[str]:
    """The first lines, and how many more there are; all of them are in the JSON."""
    more = len(lines) - _MOST_SHOWN
    rest = [f"  ……另有{more}处，加 --json 看全部"] if more > 0 else []
    return [f"  {line}" for line in lines[:_MOST_SHOWN]] + rest


def _mapped(text: str) -> tuple[str, str]:
    """HEADER=FIELD; the header itself may hold an =."""
    header, sign, name = text.rpartition("=")
    if not sign or not header.strip():
        raise argparse.ArgumentTypeError(f"“{text}”要写成 表头=字段")
    return header, name.strip()


def _field_name(kind: Kind | None, name: str) -> str:
    """An identifier; of a Chinese label its identifier, of a child table's field with the table before it.

    Anything else is left to the import.
    """
    plain, at, word = name.partition("@")
    ledgers = [kind] if kind else [other for other in kinds.ALL if not other.parent]
    for ledger in ledgers if plain else ():
        if any(plain in (item.name, item.label) for item in ledger.fields):
            return f"{field_named(ledger, plain).name}{at}{word}"
    for ledger in ledgers if plain else ():
        for child in kinds.children_of(ledger.name):
            found = next((item.name for item in child.fields if plain in (item.name, item.label)), "")
            if found:
                return f"{child.name}.{found}{at}{word}"
    return name


def _batches(call: Call) -> int:
    with call.ledger() as ledger:
        found = ledger.batches()
    rows = [
        [str(batch.id), batch.at, batch.by, batch.sentence, _STATES.get(batch.state, batch.state)]
        for batch in found
    ]
    text = table(["批次", "时间", "操作人", "内容", "状态"], rows, 60) if rows else "还没有导入过"
    call.out.answer([_batch_json(batch) for batch in found], text)
    return DONE


def _batch_json(batch: Batch) -> dict[str, Any]:
    files = [
        {"file": file.file, "sheet": file.sheet, "kind": file.kind, "rows": file.rows, "sha256": file.sha256}
        for file in batch.files
    ]
    return {
        "batch": batch.id,
        "at": iso(batch.at),
        "by": batch.by,
        "sentence": batch.sentence,
        "files": files,
        "records": batch.records,
        "state": batch.state,
    }


def _declare_undo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("batch", metavar="批次", type=record_number, help="batches 里的批次号")


def _undo_import(call: Call) -> int:
    with call.ledger() as ledger:
        done = ledger.undo_import(call.args.batch)
    left = {
        name: [{"kind": kind, "id": number, "reason": reason} for kind, number, reason in items]
        for name, items in (("kept", done.kept), ("failed", done.failed))
    }
    told = [f"{len(done.changes.removed)}条移入回收站"]
    if done.changes.changed:
        told.append(f"{len(done.changes.changed)}条改回原来的内容")
    lines = [f"已撤销批次{call.args.batch}：{'，'.join(told)}"]
    lines += [
        f"  没有撤销 {kinds.kind_of(kind).label} #{number}：{reason}"
        for kind, number, reason in (*done.kept, *done.failed)
    ]
    call.out.answer({"reversed": len(done.reversed), **left}, "\n".join(lines))
    return REFUSED if done.failed else DONE


def _declare_template(parser: argparse.ArgumentParser) -> None:
    kind_argument(parser)
    output_argument(parser, "要写的 xlsx 文件")


def _template(call: Call) -> int:
    from mingxi_desktop.ledger import exporting

    kind, path = _ledger_named(call.args.kind), call.target(".xlsx")
    with call.ledger() as ledger:
        exporting.template(ledger, kind.name, path)
    call.out.answer({"file": path}, f"已写好{kind.label}的导入模板：{path}")
    return DONE


def _declare_export(parser: argparse.ArgumentParser) -> None:
    kind_argument(parser)
    output_argument(parser, "要写的文件，结尾 .xlsx 或 .csv")
    parser.add_argument(
        "--personal", action="store_true", help="电话、身份证号原样导出（不写就遮住中间几位），并记入变更历史"
    )
    selection_arguments(parser)


def _export(call: Call) -> int:
    from mingxi_desktop.ledger import exporting

    args, kind, path = call.args, kind_named(call.args.kind), call.target(".xlsx", ".csv")
    with call.ledger() as ledger:
        query = query_of(ledger, kind, args.where, year=args.year, search=args.search)
        cells = exporting.personal_cells(ledger, query)
        rows = exporting.export(ledger, query, path, personal=args.personal)
    said = ""
    if cells:
        done = "原样导出，已记入变更历史，注意保管" if args.personal else "已遮住；要原样导出加 --personal"
        said = f"\n有{cells}格含电话、身份证号等个人信息，{done}"
    document = {"rows": rows, "file": path, "personal": cells, "masked": bool(cells) and not args.personal}
    call.out.answer(document, f"已导出{kind.label}{rows}条：{path}{said}")
    return DONE


def _exports(call: Call) -> int:
    with call.ledger() as ledger:
        found = ledger.remarks.left()
    document = [
        {
            "at": iso(one.at),
            "by": one.by,
            "what": one.what.what,
            "file": one.what.file,
            "records": one.what.records,
            "personal": one.what.personal,
        }
        for one in found
    ]
    header = ["时间", "谁", "内容", "条数", "个人信息（格）", "到哪里"]
    rows = [
        [one.at, one.by, one.what.what, str(one.what.records), str(one.what.personal), one.what.file]
        for one in found
    ]
    call.out.answer(document, table(header, rows, 60) if rows else "还没有原样导出过个人信息")
    return DONE


def _nothing(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


VERBS = (
    Verb("import", "导入表格", _declare_import, _import),
    Verb("batches", "导入过的批次", _nothing, _batches),
    Verb("undo-import", "撤销一个批次的导入", _declare_undo, _undo_import),
    Verb("template", "导入模板", _declare_template, _template),
    Verb("export", "导出表格", _declare_export, _export),
    Verb("exports", "原样导出过的个人信息：谁、什么时候、到哪个文件", _nothing, _exports),
)
