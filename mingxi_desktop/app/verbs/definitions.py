"""define and definitions: the clerk's own indicators as a file, in and out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from mingxi_desktop.app.call import DONE, REFUSED, Call, Verb, output_argument
from mingxi_desktop.app.output import table
from mingxi_desktop.errors import UserError

_ENDING = ".json"


def _declare_define(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="用 definitions -o 或【导出定义】存出来的 json")
    parser.add_argument("--dry-run", action="store_true", help="只看会怎样，不导入")
    parser.add_argument("--accept-valid", action="store_true", help="有错的指标不要，其余照样导入")


def _define(call: Call) -> int:
    from mingxi_desktop.ledger import definition_files
    from mingxi_desktop.ledger.definition_files import State

    text = definition_files.loaded(Path(call.args.file))
    with call.ledger() as ledger:
        found = ledger.definitions.read(text)
        faulty = [one for one in found if one.state is State.FAULTY]
        wanted = [one.indicator for one in found if one.indicator is not None and one.state is not State.SAME]
        refused = bool(faulty) and not call.args.accept_valid
        take = bool(wanted) and not refused and not call.args.dry_run
        if take:
            ledger.definitions.take_in(wanted)
    rows = [
        [one.label, one.indicator.id if one.indicator else "", one.state.value, one.reason] for one in found
    ]
    said = f"已导入 {len(wanted)} 个指标" if take else "没有导入"
    if refused:
        said = f"有 {len(faulty)} 个指标有错，一个也没有导入；改好再来，或加 --accept-valid 只导入没有错的"
    names = ("label", "indicator", "state", "reason")
    document = {
        "taken": [one.id for one in wanted] if take else [],
        "indicators": [dict(zip(names, row, strict=True)) for row in rows],
    }
    call.out.answer(document, f"{table(['名称', '指标', '结果', '说明'], rows, 40)}\n{said}")
    return REFUSED if refused else DONE


def _declare_definitions(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("indicators", metavar="指标", nargs="*", help="哪些指标；不写就是自己定义和改过的")
    output_argument(parser, "写成 json 文件，可以用 define 导入到别的台账", required=False)


def _definitions(call: Call) -> int:
    from mingxi_desktop.domain.indicator_data import to_table
    from mingxi_desktop.domain.rule_words import rule_sentence
    from mingxi_desktop.ledger import definition_files

    with call.ledger() as ledger:
        book, unusable = ledger.definitions.book, ledger.definitions.unusable
        text = ledger.definitions.export_text(call.args.indicators)
    mine = book.own | book.changed
    shown = [book.get(id) for id in call.args.indicators] or [
        one for one in book.indicators if one.id in mine
    ]
    if call.args.output:
        if not shown:
            raise UserError(
                "还没有自己定义的指标", "", "先在窗口的“年度总结 → 指标”里新建，或写明要哪些指标。"
            )
        path = call.target(_ENDING)
        definition_files.stored(path, text)
        call.out.answer({"file": path, "indicators": len(shown)}, f"已导出 {len(shown)} 个指标定义：{path}")
        return DONE
    origins = dict.fromkeys(book.own, "自己的") | dict.fromkeys(book.changed, "已改")
    rows = [[one.id, one.label, origins.get(one.id, "自带"), rule_sentence(one, book=book)] for one in shown]
    lost = [f"用不了：{one.label}（{one.reason}）" for one in unusable]
    document: list[dict[str, Any]] = [
        {"indicator": row[0], "label": row[1], "origin": row[2], "rule": row[3], "definition": to_table(one)}
        for one, row in zip(shown, rows, strict=True)
    ]
    listed = table(["指标", "名称", "来由", "口径"], rows, 60) if rows else "没有自己定义或改过的指标"
    call.out.answer(document, "\n".join((listed, *lost)))
    return DONE


VERBS = (
    Verb("define", "从文件导入自己定义的指标", _declare_define, _define),
    Verb("definitions", "自己定义和改过的指标；-o 存成文件", _declare_definitions, _definitions),
)
