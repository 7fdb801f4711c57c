"""Ledger files: new, demo, backup, restore, verify."""

from __future__ import annotations

import argparse
from pathlib import Path

from mingxi_desktop.app import passwords
from mingxi_desktop.app.call import DONE, REFUSED, Call, Verb, output_argument, words, year_argument
from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.county import DELIVERED, County
from mingxi_desktop.domain.references import VILLAGE
from mingxi_desktop.errors import UserError
from mingxi_desktop.patterns import pattern

_DEMO_YEAR = 2024
_HASH = pattern("[0-9a-f]{8,64}")


def _declare_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bureau", metavar="名称", type=words, help="单位名称；不写就是那个县的应急管理局")
    parser.add_argument(
        "--county",
        metavar="名称",
        type=_county,
        default=DELIVERED,
        help=f"县（市、区）的全称；不写就是{DELIVERED.whole}，别的县再用 areas 登记乡镇和村居",
    )


def _new(call: Call) -> int:
    from mingxi_desktop.app.call import operator
    from mingxi_desktop.ledger import Ledger

    county, bureau = call.args.county, call.args.bureau or ""
    with Ledger.create(call.db, bureau=bureau, operator=operator(), county=county) as ledger:
        path, villages = ledger.path, ledger.entries(VILLAGE)
    if not villages:
        call.out.note(f"提示：还没有{county.name}的乡镇和村居，用 areas 从名单登记。")
    call.out.answer({"db": path}, f"已新建台账：{path}")
    return DONE


def _county(text: str) -> County:
    try:
        return County.of(words(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{error}，要写全称，如 {DELIVERED.whole}") from error


def _declare_demo(parser: argparse.ArgumentParser) -> None:
    year_argument(parser)
    parser.set_defaults(year=_DEMO_YEAR)


def _demo(call: Call) -> int:
    from mingxi_desktop.ledger import DEFAULT_BUREAU, demo

    year: int = call.args.year
    call.out.note(f"正在生成{year}年的示例台账……")
    counts = demo.build(call.db, year, DEFAULT_BUREAU)
    lines = [f"  {kind.label} {counts[kind.name]}条" for kind in kinds.ALL if counts.get(kind.name)]
    text = "\n".join((f"已生成{year}年的示例台账：{call.db}（内容都是虚构的）", *lines))
    call.out.answer({"db": call.db, "records": counts}, text)
    return DONE


def _declare_backup(parser: argparse.ArgumentParser) -> None:
    output_argument(parser, "备份文件；不写就放在台账旁边的“备份”文件夹", required=False)
    other = parser.add_mutually_exclusive_group()
    other.add_argument(
        "--handover",
        action="store_true",
        help="做交接包（.zip）：备份、佐证材料、年度总结、全部台账的表格、变更历史",
    )
    other.add_argument(
        "--workbook", action="store_true", help="把全部台账写成一份表格（.xlsx），不装程序也能看"
    )


def _backup(call: Call) -> int:
    if call.args.handover:
        return _hand_over(call)
    if call.args.workbook:
        return _workbook(call)
    with call.ledger() as ledger:
        made = ledger.backups.make(target=call.target() if call.args.output else None)
    problems = [*made.warnings, *(f"台账本身有问题：{flaw}" for flaw in made.flaws)]
    for problem in problems:
        call.out.note(f"提示：{problem}")
    document = {"ok": True, "file": made.path, "problems": problems}
    call.out.answer(document, f"已备份，并重新打开检查过：{made.path}")
    return DONE


def _hand_over(call: Call) -> int:
    from mingxi_desktop.ledger import whole_book
    from mingxi_desktop.ledger.safekeeping import handing_over, handover

    target = _named(call, handover.SUFFIX)
    with call.ledger() as ledger:
        draft = handing_over.begin(ledger.backups, target)
        call.out.note("正在做交接包……")
        made = handing_over.make(draft)
        left = whole_book.leaving(ledger, "交接包", made.path)
        ledger.remarks.leave(left, take_back=lambda: made.path.unlink(missing_ok=True))
    for warning in made.warnings:
        call.out.note(f"提示：{warning}")
    document = {"ok": True, "file": made.path, "problems": list(made.warnings)}
    call.out.answer(document, f"已做好交接包：{made.path}")
    return DONE


def _workbook(call: Call) -> int:
    from mingxi_desktop.ledger import whole_book

    target = _named(call, whole_book.SUFFIX)
    with call.ledger() as ledger:
        call.out.note("正在写全部台账……")
        records = whole_book.export(ledger, target)
    document = {"ok": True, "file": target, "records": records, "problems": []}
    call.out.answer(document, f"已写好全部台账{records}条：{target}")
    return DONE


def _named(call: Call, suffix: str) -> Path:
    """The file of -o; UserError where it is not named."""
    if not call.args.output:
        raise UserError("没有写要做的文件", "选项：-o", f"写上文件名，如 -o 台账{suffix}。")
    return call.target(suffix)


def _declare_restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "backup", metavar="备份文件", help="本程序做的备份（.mxbak）、交接包（.zip）或全部台账的表格（.xlsx）"
    )


def _restore(call: Call) -> int:
    from mingxi_desktop.ledger import whole_book
    from mingxi_desktop.ledger.safekeeping import restoring

    source = Path(call.args.backup)
    if source.suffix.lower() == whole_book.SUFFIX:
        call.out.note("正在从表格重新做成台账，要几分钟……")
        aside, refused = restoring.rebuild(source, call.db)
        problems = list(refused)
    else:
        problems = []
        aside = passwords.with_password(
            lambda password: restoring.restore(source, call.db, password, problems.append)
        )
    for problem in problems:
        call.out.note(f"提示：{problem}")
    kept = f"；原来的文件留在 {aside}" if aside else ""
    document = {"ok": True, "file": call.db, "aside": aside, "problems": problems}
    call.out.answer(document, f"已恢复到 {call.db}{kept}")
    return DONE


def _verify(call: Call) -> int:
    from mingxi_desktop.ledger import door, held, places
    from mingxi_desktop.ledger.safekeeping import plain_words, recovering

    try:
        with call.ledger(looked_through=False) as ledger:
            path, problems = ledger.path, ledger.verify()
            if call.args.printed:
                state = ledger.past.printed(call.args.printed)
                problems += [] if state.found else [state.text]
                call.out.note(state.text)
    except (recovering.DamagedError, places.PlaceError, door.BackupFileError, door.ReadOnlyError):
        # What cannot, or must not, be opened where it lies is looked into in a copy.
        held.refuse_held(call.db, "关掉别处打开着它的窗口，再检查。")
        looked = passwords.with_password(lambda password: recovering.problems_of(call.db, password))
        path, problems = call.db, list(looked)
    except UserError as error:
        if not call.out.json:
            raise
        call.out.answer({"ok": False, "file": call.db, "problems": [error.in_one_line("；")]}, "")
        return REFUSED
    problems = plain_words.in_plain_words(problems)
    listed = "\n".join((f"发现{len(problems)}处问题：{path}", *(f"  {item}" for item in problems)))
    advice = "\n不要删除这个文件；请用最近的备份恢复（restore），或者用 repair 看看怎样修复；原文件会保留。"
    text = listed + advice if problems else f"没有发现问题：{path}"
    call.out.answer({"ok": not problems, "file": path, "problems": problems}, text)
    return REFUSED if problems else DONE


def _declare_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--printed",
        metavar="校验值",
        type=_digits,
        help="报告页脚上的变更历史校验值：看看它印的是台账的哪个时候",
    )


def _digits(text: str) -> str:
    digits = "".join(text.split()).lower()
    if not _HASH.fullmatch(digits):
        raise argparse.ArgumentTypeError(f"“{text}”不是校验值，要照页脚写 8 到 64 位数字和字母 a 到 f")
    return digits


VERBS = (
    Verb("new", "新建空的台账文件，带好单位、物资等名单", _declare_new, _new),
    Verb("demo", "新建带示例年度的台账文件", _declare_demo, _demo),
    Verb("backup", "做一份检查过的备份，或交接包", _declare_backup, _backup),
    Verb("restore", "从备份恢复；当前文件会留在旁边", _declare_restore, _restore),
    Verb("verify", "检查文件、引用和变更历史", _declare_verify, _verify),
)
