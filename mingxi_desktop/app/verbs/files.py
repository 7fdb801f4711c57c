"""Ledger files: new, demo, backup, restore, verify."""

from __future__ import annotations

import argparse
from pathlib import Path

from mingxi_desktop.app.call import DONE, REFUSED, Call, Verb, output_argument, words, year_argument
from mingxi_desktop.domain import kinds
from mingxi_desktop.errors import UserError

_DEMO_YEAR = 2024


def _declare_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bureau", metavar="名称", type=words, help="单位名称；不写就是明溪县应急管理局")


def _new(call: Call) -> int:
    from mingxi_desktop.app.call import operator
    from mingxi_desktop.ledger import DEFAULT_BUREAU, Ledger

    with Ledger.create(call.db, bureau=call.args.bureau or DEFAULT_BUREAU, operator=operator()) as ledger:
        path = ledger.path
    call.out.answer({"db": path}, f"已新建台账：{path}")
    return DONE


def _declare_demo(parser: argparse.ArgumentParser) -> None:
    year_argument(parser)
    parser.set_defaults(year=_DEMO_YEAR)


def _demo(call: Call) -> int:
    from mingxi_desktop.ledger import DEFAULT_BUREAU, demo

    year: int = call.args.year
    call.out.note(f"正在生成{year}年的演示台账……")
    counts = demo.build(call.db, year, DEFAULT_BUREAU)
    lines = [f"  {kind.label} {counts[kind.name]}条" for kind in kinds.ALL if counts.get(kind.name)]
    text = "\n".join((f"已生成{year}年的演示台账：{call.db}（内容都是虚构的）", *lines))
    call.out.answer({"db": call.db, "records": counts}, text)
    return DONE


def _declare_backup(parser: argparse.ArgumentParser) -> None:
    output_argument(parser, "备份文件；不写就放在台账旁边的“备份”文件夹", required=False)


def _backup(call: Call) -> int:
    with call.ledger() as ledger:
        path = ledger.backup(call.target() if call.args.output else None)
    call.out.answer({"ok": True, "file": path, "problems": []}, f"已备份，并重新打开检查过：{path}")
    return DONE


def _declare_restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("backup", metavar="备份文件", help="本程序做的备份")


def _restore(call: Call) -> int:
    from mingxi_desktop.ledger import keeping

    aside = keeping.restore(Path(call.args.backup), call.db)
    kept = f"；原来的文件留在 {aside}" if aside else ""
    document = {"ok": True, "file": call.db, "aside": aside, "problems": []}
    call.out.answer(document, f"已恢复到 {call.db}{kept}")
    return DONE


def _verify(call: Call) -> int:
    try:
        with call.ledger() as ledger:
            path, problems = ledger.path, ledger.verify()
    except UserError as error:
        if not call.out.json:
            raise
        said = "；".join(part for part in (error.title, error.detail, error.hint) if part)
        call.out.answer({"ok": False, "file": call.db, "problems": [said]}, "")
        return REFUSED
    listed = "\n".join((f"发现{len(problems)}处问题：{path}", *(f"  {item}" for item in problems)))
    advice = "\n不要删除这个文件；请用最近的备份恢复（restore），原文件会保留。"
    text = listed + advice if problems else f"没有发现问题：{path}"
    call.out.answer({"ok": not problems, "file": path, "problems": problems}, text)
    return REFUSED if problems else DONE


def _nothing(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


VERBS = (
    Verb("new", "新建空的台账文件，带好乡镇、单位、物资等清单", _declare_new, _new),
    Verb("demo", "新建带演示年度的台账文件", _declare_demo, _demo),
    Verb("backup", "做一份检查过的备份", _declare_backup, _backup),
    Verb("restore", "从备份恢复；当前文件会留在旁边", _declare_restore, _restore),
    Verb("verify", "检查文件、引用和变更历史", _nothing, _verify),
)
