"""What is printed and looked at: report, brief, chart, screens, manual."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mingxi_desktop.app import alike, start
from mingxi_desktop.app.call import (
    DONE,
    Call,
    Verb,
    as_of_argument,
    cut_off,
    output_argument,
    record_number,
    year_argument,
    year_number,
)
from mingxi_desktop.app.ordering import ordered
from mingxi_desktop.app.usage import file_name
from mingxi_desktop.errors import UserError

if TYPE_CHECKING:
    from mingxi_desktop.ledger.reports.order import Order

_LOOKS, _BOTH = ("light", "dark"), "both"


def _declare_report(parser: argparse.ArgumentParser) -> None:
    year_argument(parser, required=True)
    _declare_paper(parser)
    parser.add_argument("--annex", action="store_true", help="附上溯源附件")
    parser.add_argument("--draft", action="store_true", help="印上“草稿”")
    parser.add_argument(
        "--template", metavar="模板", default="annual", help="如 summary 年度工作总结；写错时会列出全部"
    )
    parser.add_argument(
        "--month", type=int, choices=range(1, 13), default=0, metavar="月", help="月报是几月的，1到12"
    )
    parser.add_argument(
        "--event",
        type=record_number,
        default=0,
        metavar="记录号",
        help="专报是哪一次灾害过程的（list disaster_event 里的 id）",
    )


def _declare_paper(parser: argparse.ArgumentParser) -> None:
    output_argument(parser, "要写的文件，结尾 .pdf、.docx 或 .txt")
    as_of_argument(parser)
    parser.add_argument("--fonts", choices=["bundled"], help="bundled：只用程序自带的字体")


def _report(call: Call) -> int:
    args = call.args
    order = ordered(args.year, args.template, month=args.month, event=args.event, as_of=cut_off(call))
    return _write(call, replace(order, annex=args.annex, draft=args.draft))


def _write(call: Call, order: Order) -> int:
    """Write a report and tell what became of it."""
    from mingxi_desktop.ledger.reports import narrating, reporting

    path, label = call.target(), narrating.delivered_template(order.template).label
    order = replace(order, bundled_fonts=call.args.fonts == "bundled")
    with call.ledger() as ledger:
        call.out.note(f"正在写{order.year}年{f'{order.month}月' if order.month else ''}的{label}……")
        done = reporting.write(ledger, order, path)
    for warning in alike.of_indicators(done.warnings):
        call.out.note(f"提示：{warning}")
    pages = f"，{done.pages}页" if done.pages else ""
    document = {
        "pages": done.pages,
        "indicators": done.indicators,
        "warnings": list(done.warnings),
        "file": path,
    }
    call.out.answer(document, f"已写好{label}：{path}{pages}，用到{done.indicators}个指标")
    return DONE


def _declare_brief(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--month", metavar="年-月", type=_month, required=True, help="如 2024-06")
    _declare_paper(parser)


def _brief(call: Call) -> int:
    year, month = call.args.month
    return _write(call, ordered(year, "monthly", month=month, event=0, as_of=call.args.as_of))


def _month(text: str) -> tuple[int, int]:
    """2024-06 → (2024, 6)."""
    year, _, month = text.partition("-")
    if not (month.isascii() and month.isdigit() and 1 <= int(month) <= 12):
        raise argparse.ArgumentTypeError(f"“{text}”不是月份，要写成 2024-06 这样")
    return year_number(year), int(month)


def _declare_chart(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("chart", metavar="图表", help="如 hazards_by_month；写错时会列出全部")
    year_argument(parser, required=True)
    output_argument(parser, "要写的文件，结尾 .png、.svg 或 .pdf")
    as_of_argument(parser)


def _chart(call: Call) -> int:
    from mingxi_desktop.domain.indicators import Period
    from mingxi_desktop.ledger import figures

    args, path = call.args, call.target()
    with call.ledger() as ledger:
        data = figures.write_chart(ledger, args.chart, Period.of(args.year, cut_off(call)), path)
    document = {"chart": args.chart, "title": data.title, "file": path}
    call.out.answer(document, f"已画好“{data.title}”：{path}")
    return DONE


def _declare_screens(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "-o", "--output", metavar="文件夹", type=file_name, required=True, help="图片放在这里"
    )
    parser.add_argument(
        "--scale", metavar="倍数", type=_scales, default=(1.0,), help="如 1.5；几种用逗号隔开，如 1,1.5,2"
    )
    parser.add_argument(
        "--appearance", choices=[*_LOOKS, _BOTH], default="light", help="浅色 light、深色 dark，或两种 both"
    )
    parser.add_argument("--manual", action="store_true", help="只画手册里的那些图，用示例年度，不用台账")


def _screens(call: Call) -> int:
    folder = Path(call.args.output)
    if folder.exists() and not folder.is_dir():
        raise UserError("这是一个文件，不是文件夹", f"位置：{folder}", "换一个文件夹再试。")
    folder.mkdir(parents=True, exist_ok=True)
    if call.args.manual:
        call.out.note("正在做示例年度，画手册里的图……")
        pictures = start.manual_pictures(folder)
        call.out.answer(pictures, "\n".join(str(path) for path in pictures))
        return DONE
    used: list[str] = []
    with call.ledger(used=used.append):
        pass  # whatever is wrong with the file is said before Qt starts
    call.out.note("正在画各个窗口……")
    scales = call.args.scale
    looks = _LOOKS if call.args.appearance == _BOTH else (call.args.appearance,)
    if len(scales) * len(looks) == 1:
        pictures = start.pictures(call.db, folder, scales[0], looks[0], used[-1])
    else:
        pictures = start.all_pictures(call.db, folder, scales, looks, used[-1])
    call.out.answer(pictures, "\n".join(str(path) for path in pictures))
    return DONE


def _scales(text: str) -> tuple[float, ...]:
    """1,1.5,2 → three numbers, each once."""
    return tuple(dict.fromkeys(_scale(part.strip()) for part in text.replace("，", ",").split(",")))


def _scale(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0.5 <= number <= 4:
        raise argparse.ArgumentTypeError(f"“{text}”不是倍数，要写0.5到4之间的数，如 1.5")
    return number


def _declare_manual(parser: argparse.ArgumentParser) -> None:
    output_argument(parser, "要写的文件，结尾 .pdf")


def _manual(call: Call) -> int:
    from mingxi_desktop.ledger import manual

    path = call.target(".pdf")
    pages = manual.write(path)
    call.out.answer({"pages": pages, "file": path}, f"已写好使用手册：{path}，{pages}页")
    return DONE


VERBS = (
    Verb("report", "写年度总结或别的报告", _declare_report, _report),
    Verb("brief", "写月报", _declare_brief, _brief),
    Verb("chart", "画一张图表", _declare_chart, _chart),
    Verb("screens", "把各个窗口存成图片", _declare_screens, _screens),
    Verb("manual", "把使用手册写成 PDF", _declare_manual, _manual),
)
