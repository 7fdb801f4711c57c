"""opening and years: totals of years without records, and indicators over several years."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from mingxi_desktop.app.call import DONE, Call, Verb, as_of_argument, cut_off, words, year_argument
from mingxi_desktop.app.output import table
from mingxi_desktop.app.usage import UsageError

if TYPE_CHECKING:
    from mingxi_desktop.ledger.years import IndicatorYears, YearValue

_MOST = 5
"""Years in one table."""


def _declare_opening(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("indicator", metavar="指标", nargs="?", help="如 hazards_found；不写就列出全部期初数")
    parser.add_argument("of", metavar="年度", nargs="?", type=int, help="是哪一年的数，如 2022")
    parser.add_argument("value", metavar="数值", nargs="?", help="如 1395、99.76%%、5月12日")
    parser.add_argument("--source", metavar="来源", default="", help="这个数从哪里来，如 2022年年度总结第3页")
    parser.add_argument("--remove", action="store_true", help="删除这个期初数")


def _opening(call: Call) -> int:
    args = call.args
    if not args.indicator:
        return _list(call)
    if args.of is None or (args.value is None) != args.remove:
        usage = "opening 指标 年度 数值 --source 来源，或 opening 指标 年度 --remove"
        raise UsageError("写上指标、年度和数值；删除只写指标和年度", f"用法：{usage}")
    with call.ledger() as ledger:
        if args.remove:
            done = ledger.notes.remove_opening(args.indicator, args.of)
        else:
            done = ledger.notes.set_opening(args.indicator, args.of, words(args.value), words(args.source))
        kept = ledger.notes.opening(args.indicator, args.of)
        records = ledger.indicators(args.of, only=[args.indicator])
    counted = next(value.records for value in records if value.indicator.id == args.indicator)
    document = {
        "indicator": args.indicator,
        "year": args.of,
        "value": kept.value if kept else None,
        "source": kept.source if kept else None,
        "records": counted,
    }
    if kept and counted:
        call.out.note(f"提示：{args.of}年有{counted}条记录，以记录为准，这个期初数先不用")
    call.out.answer(document, f"已{done.sentence}")
    return DONE


def _list(call: Call) -> int:
    with call.ledger() as ledger:
        openings = ledger.notes.openings()
        rows = [
            [
                str(one.year),
                one.indicator,
                ledger.notes.opening_label(one),
                ledger.notes.opening_text(one),
                one.source,
            ]
            for one in openings
        ]
    document = [
        {"indicator": one.indicator, "year": one.year, "value": one.value, "source": one.source}
        for one in openings
    ]
    text = table(["年度", "指标", "名称", "期初数", "来源"], rows, 40) if rows else "还没有登记期初数"
    call.out.answer(document, text)
    return DONE


def _declare_years(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("indicators", metavar="指标", nargs="+", help="如 hazards_found drills")
    year_argument(parser, required=True)
    parser.add_argument(
        "--count", metavar="几年", type=int, choices=range(2, _MOST + 1), default=_MOST, help="2到5"
    )
    as_of_argument(parser)


def _years(call: Call) -> int:
    from mingxi_desktop.domain.indicators import Period
    from mingxi_desktop.ledger.years import of_years

    period = Period.of(call.args.year, cut_off(call))
    with call.ledger() as ledger:
        found = of_years(ledger, list(dict.fromkeys(call.args.indicators)), period, call.args.count)
    years = [str(period.year - ago) for ago in reversed(range(call.args.count))]
    rows = [
        [row.indicator.label, row.indicator.unit, *map(_shown, row.years), _change(row)] for row in found.rows
    ]
    call.out.answer(
        [_json(row) for row in found.rows],
        table(["名称", "单位", *years, "与上年相比"], rows) + "\n带*的是登记的期初数",
    )
    return DONE


def _shown(year: YearValue) -> str:
    return f"{year.text or '—'}{'*' if year.source == 'opening' else ''}"


def _change(row: IndicatorYears) -> str:
    change = row.years[-1].change
    return change.cell() if change else "—"


def _json(row: IndicatorYears) -> dict[str, Any]:
    return {
        "indicator": row.indicator.id,
        "label": row.indicator.label,
        "unit": row.indicator.unit,
        "years": [
            {
                "year": year.year,
                "value": year.value,
                "text": year.text,
                "source": year.source or None,
                "records": year.records,
                "opening": year.opening.source if year.opening else None,
                "change": year.change.difference if year.change else None,
                "change_percent": year.change.share if year.change else None,
            }
            for year in row.years
        ],
    }


VERBS = (
    Verb("opening", "登记、删除、列出没有记录的年份的期初数", _declare_opening, _opening),
    Verb("years", "几个指标历年的数", _declare_years, _years),
)
