"""Records that are there: edit, delete, restore-record, list, history."""

from __future__ import annotations

import argparse

from mingxi_desktop.app import typed
from mingxi_desktop.app.call import (
    DONE,
    Call,
    Verb,
    id_argument,
    kind_argument,
    kind_named,
    personal_argument,
)
from mingxi_desktop.app.output import table
from mingxi_desktop.app.selection import assignment, query_of, selection_arguments
from mingxi_desktop.app.shown import history_json, record_json
from mingxi_desktop.app.verbs.adding import finding_notes
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.personal import masked
from mingxi_desktop.domain.records import Changes, Record

_FOR_PEOPLE = 100


def _declare_edit(parser: argparse.ArgumentParser) -> None:
    kind_argument(parser)
    id_argument(parser)
    parser.add_argument(
        "values", metavar="字段=值", nargs="+", type=assignment, help="只写要改的；值为空就是清空"
    )


def _edit(call: Call) -> int:
    kind = kind_named(call.args.kind)
    with call.ledger() as ledger:
        read = typed.read(ledger, kind, typed.pairs(kind, call.args.values), adding=False)
        changes = ledger.edit(kind.name, call.args.id, read.values)
    for note in (*read.notes, *finding_notes(kind, changes.findings)):
        call.out.note(f"提示：{note}")
    labels = "、".join(kind.field(name).label for name in changes.fields)
    text = f"已保存：{changes.sentence}（{labels}）" if labels else "内容和原来一样，没有改动"
    call.out.answer({"id": call.args.id, "changed": list(changes.fields)}, text)
    return DONE


def _declare_one(parser: argparse.ArgumentParser) -> None:
    kind_argument(parser)
    id_argument(parser)


def _delete(call: Call) -> int:
    kind = kind_named(call.args.kind)
    with call.ledger() as ledger:
        changes = ledger.delete(kind.name, [call.args.id])
    _tell_moved(call, changes, changes.removed, "已移入回收站")
    return DONE


def _restore_record(call: Call) -> int:
    kind = kind_named(call.args.kind)
    with call.ledger() as ledger:
        changes = ledger.restore(kind.name, [call.args.id])
    _tell_moved(call, changes, changes.added, "已从回收站恢复")
    return DONE


def _tell_moved(call: Call, changes: Changes, moved: tuple[tuple[str, int], ...], done: str) -> None:
    document = {
        "id": call.args.id,
        "changed": ["deleted_at"],
        "records": [{"kind": name, "id": number} for name, number in moved],
    }
    along = f"，连同{len(moved) - 1}条明细" if len(moved) > 1 else ""
    call.out.answer(document, f"{done}：{changes.sentence}{along}")


def _declare_list(parser: argparse.ArgumentParser) -> None:
    kind_argument(parser)
    selection_arguments(parser)
    parser.add_argument(
        "--limit", metavar="条数", type=_count, help="最多列几条；不写时 JSON 列全部，文字列100条"
    )
    parser.add_argument("--offset", metavar="条数", type=_count, default=0, help="跳过前几条")
    parser.add_argument("--trash", action="store_true", help="列回收站里的")
    personal_argument(parser)


def _list(call: Call) -> int:
    kind, args = kind_named(call.args.kind), call.args
    with call.ledger() as ledger:
        query = query_of(ledger, kind, args.where, year=args.year, search=args.search, trash=args.trash)
        numbers = ledger.ids(query)
        limit = args.limit if args.limit is not None else len(numbers) if call.out.json else _FOR_PEOPLE
        records = ledger.records(kind.name, numbers[args.offset : args.offset + limit])
        rows = [record_json(ledger, kind, record) for record in records] if call.out.json else []
    text = "" if call.out.json else _listing(kind, records, len(numbers), personal=args.personal)
    call.out.answer({"total": len(numbers), "records": rows}, text)
    return DONE


def _listing(kind: Kind, records: list[Record], total: int, *, personal: bool) -> str:
    fields = [field for field in kind.fields if field.column or field.name == kind.code_field]
    header = ["记录号", *(field.label for field in fields)]
    rows = [[str(record.id), *(record.shown.get(field.name, "") for field in fields)] for record in records]
    count = f"{kind.label}共{total}条" + (f"，列出{len(records)}条" if len(records) < total else "")
    text = f"{table(header, rows)}\n{count}" if rows else count
    return text if personal else masked(text)


def _declare_history(parser: argparse.ArgumentParser) -> None:
    _declare_one(parser)
    personal_argument(parser)


def _history(call: Call) -> int:
    kind = kind_named(call.args.kind)
    with call.ledger() as ledger:
        entries = ledger.history(kind.name, call.args.id)
        document = [history_json(ledger, kind, entry) for entry in entries]
    text = "\n".join(entry.sentence for entry in entries)
    call.out.answer(document, text if call.args.personal else masked(text))
    return DONE


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise argparse.ArgumentTypeError(f"“{text}”不是条数，要写0或更大的整数")
    return int(text)


VERBS = (
    Verb("edit", "修改一条记录", _declare_edit, _edit),
    Verb("delete", "把一条记录移入回收站", _declare_one, _delete),
    Verb("restore-record", "从回收站恢复一条记录", _declare_one, _restore_record),
    Verb("list", "列出记录", _declare_list, _list),
    Verb("history", "一条记录的变更历史", _declare_history, _history),
)
