"""Hazards once more: headers, lines between the rows, totals, levels that stand outside the rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.corpus.b_floods import split
from tests.corpus.books import sheets, xlsx
from tests.corpus.expect import Case, Want
from tests.corpus.rows import AREAS, HEAD, day, line, lines, record, records

_NO_LEVEL = [name for name in HEAD if name != "隐患等级"]
_PLAIN = lines(3)
_THREE = records(_PLAIN)


def _bare(rows: Sequence[Any]) -> list[Any]:
    """Rows without their level."""
    return [[row[HEAD.index(name)] for name in _NO_LEVEL] for row in rows]


def _levels(rows: Sequence[Any], level: str) -> list[dict[str, Any]]:
    return [record(row, level=level) for row in rows]


def _case(name: str, what: str, rows: Sequence[Any], want: Want, *also: Want, **more: Any) -> Case:
    return Case(name, "hazard", what, lambda: xlsx(rows), want, also=also, **more)


def total_of(
    area: str, found: int, done: int, level: str = "一般", date: str = "2024-06-30"
) -> dict[str, Any]:
    """The sum of a township as a record."""
    return dict(record_date=date, area=area, level=level, quantity_found=found, quantity_rectified=done)


def blank(text: str | None, at: int = 0, **cells: Any) -> list[Any]:
    """A row with little in it."""
    row: list[Any] = [None] * len(HEAD)
    row[at] = text
    for header, value in cells.items():
        row[HEAD.index(header)] = value
    return row


_TWO_LEVELS = _levels(_bare_rows := lines(2), "重大") + _levels(lines(2, 3), "一般")
_SUMS = {"发现数量": 6, "已整改数量": 3}
_SYNONYMS = split(
    "编号|检查日期|镇（乡）|隐患单位|隐患描述|等级|条数|整改条数|限期整改时间|整改完成时间|备注"
)
_DATES = [*HEAD[:1], "上报日期", *HEAD[1:8], "计划整改日期", "整改完成日期", "复查日期"]


def _dated_row(row: Any) -> list[Any]:
    return [row[0], "2024-12-31", *row[1:8], row[8], row[9], "2024-12-30"]


def _beside(rows: Sequence[Any]) -> list[Any]:
    stats = [["级别", "数量"], ["一般", 20], ["重大", 1]]
    return [[*row, None, None, *extra] for row, extra in zip([HEAD, *rows], [*stats, []], strict=True)]


def _swapped() -> list[Any]:
    order = [0, 2, 1, 3, 4, 5, 7, 6, 8, 9, 10]
    return [HEAD, *_PLAIN, [], [HEAD[n] for n in order], *([row[n] for n in order] for row in lines(2, 4))]


def _merged_totals() -> bytes:
    rows = [
        split("乡镇|月份|排查隐患|排查隐患|整改隐患|整改隐患"),
        [None, None, "一般", "重大", "一般", "重大"],
        ["盖洋镇", "2024年6月", 20, 1, 18, 1],
        ["胡坊镇", "2024年6月", 15, None, 15, None],
    ]

    def merge(sheet: Any) -> None:
        for place in ("A1:A2", "B1:B2", "C1:D1", "E1:F1"):
            sheet.merge_cells(place)

    return xlsx(rows, merge)


_QUARTER = [["乡镇", "发现隐患数", "已整改数"], ["盖洋镇", 20, 18], ["胡坊镇", 15, 15]]
_QUARTER_WANT = [total_of("盖洋镇", 20, 18), total_of("胡坊镇", 15, 15)]
_ROWS_OF_TOTALS = [
    ["2024年6月隐患统计表"],
    split("乡镇|发现隐患数|已整改数"),
    *([area, 10, 9] for area in AREAS),
]
_JUNE = [
    line(n, 乡镇=area, 排查日期=day(6, n), 整改期限=None, 整改完成日期=None)
    for n, area in enumerate(AREAS[:3], 1)
]
_NINE = [total_of(area, 10, 9) for area in AREAS]

_COUNTED = [{name: fact[name] for name in _NINE[0]} for fact in records(_JUNE)]

CASES = [
    _case(
        "a_level_in_title.xlsx",
        "no level in the rows, the title says 重大",
        [["盖洋镇重大事故隐患清单（2024年）"], _NO_LEVEL, *_bare(_PLAIN)],
        Want(_levels(_PLAIN, "重大")),
        Want(),
        Want([], bad=[3, 4, 5]),
    ),
    Case(
        "a_level_in_sheets.xlsx",
        "hazard",
        "no level in the rows, the sheets are named by it",
        lambda: sheets(
            {"重大隐患": [_NO_LEVEL, *_bare(lines(2))], "一般隐患": [_NO_LEVEL, *_bare(lines(2, 3))]}
        ),
        Want(_TWO_LEVELS),
        also=[Want()],
    ),
    _case(
        "a_level_in_lines.xlsx",
        "no level in the rows, lines between them say it",
        [_NO_LEVEL, ["一、重大隐患"], *_bare(lines(2)), ["二、一般隐患"], *_bare(lines(2, 3))],
        Want(_TWO_LEVELS),
        Want(),
        Want([], bad=[3, 4, 6, 7]),
    ),
    _case(
        "a_level_yes_no.xlsx",
        "是否重大隐患 instead of a level",
        [
            [name if name != "隐患等级" else "是否重大隐患" for name in HEAD],
            line(1, 隐患等级="是"),
            line(2, 隐患等级="否"),
            line(3, 隐患等级=None),
        ],
        Want(
            [record(line(1), level="重大"), record(line(2), level="一般")],
            maybe={4: [record(line(3), level="一般")]},
        ),
        Want([], bad=[2, 3, 4]),
        Want(),
    ),
    _case("a_synonyms.xlsx", "other words for every column", [_SYNONYMS, *_PLAIN], Want(_THREE)),
    _case(
        "a_many_dates.xlsx",
        "five columns of dates",
        [_DATES, *map(_dated_row, _PLAIN)],
        Want([{k: v for k, v in r.items() if k != "note"} for r in _THREE]),
    ),
    _case(
        "a_total_words.xlsx",
        "totals by other words",
        [
            HEAD,
            *_PLAIN,
            blank("本页小计", **_SUMS),
            blank("累  计", **_SUMS),
            blank("共计", 2, **_SUMS),
            blank("其中：重大", 4, 发现数量=0, 已整改数量=0),
            blank("县合计", 1, **_SUMS),
            blank("上页结转", 1, **_SUMS),
            blank("平均", 3, 发现数量=2, 已整改数量=1),
        ],
        Want(_THREE, flagged=range(5, 12), maybe={}),
        *(
            Want(_THREE, bad=bad, flagged=range(5, 12))
            for bad in ([8], [10], [11], [8, 10], [10, 11], [8, 11], [8, 10, 11])
        ),
    ),
    _case(
        "a_total_unnamed.xlsx",
        "sums in the last row without a word",
        [HEAD, *_PLAIN, blank(None, 0, **_SUMS)],
        Want(_THREE, bad=[5]),
        Want(_THREE, flagged=[5]),
    ),
    _case(
        "a_total_unnamed_township.xlsx",
        "a table of townships with an unnamed sum, and one named 全县",
        [*_ROWS_OF_TOTALS, [None, 90, 81], ["全县", 90, 81]],
        Want(_NINE, flagged=[12, 13]),
        Want(_NINE, bad=[12], flagged=[13]),
        Want(_NINE, bad=[12, 13]),
    ),
    _case(
        "a_remarks_between.xlsx",
        "remarks between the rows",
        [
            HEAD,
            _PLAIN[0],
            ["以下为县级督办隐患"],
            *_PLAIN[1:],
            ["——以下空白——"],
            [None, None, "（此处盖章）"],
        ],
        Want(_THREE, flagged=[3, 6, 7]),
    ),
    Case(
        "a_statistics_beside.xlsx",
        "hazard",
        "a small statistic at the right of the table",
        lambda: xlsx(_beside(lines(3))),
        Want(_THREE),
    ),
    _case("a_header_swapped.xlsx", "the header again, in another order", _swapped(), Want(records(lines(5)))),
    Case(
        "a_totals_by_level_below.xlsx",
        "hazard",
        "found and rectified above, levels below",
        _merged_totals,
        Want([total_of("盖洋镇", 20, 18), total_of("盖洋镇", 1, 1, "重大"), total_of("胡坊镇", 15, 15)]),
        also=[Want()],
    ),
    _case(
        "a_totals_quarter.xlsx",
        "totals of a quarter",
        [["2024年第二季度隐患汇总表"], *_QUARTER],
        Want(_QUARTER_WANT),
        Want(),
    ),
    _case(
        "a_totals_half_year.xlsx",
        "totals of half a year",
        [["2024年上半年隐患汇总表"], *_QUARTER],
        Want(_QUARTER_WANT),
        Want(),
    ),
    _case(
        "a_totals_rate.xlsx",
        "found and the share rectified, but not how many",
        [
            ["2024年6月隐患汇总表"],
            ["乡镇", "发现隐患数", "整改率"],
            ["盖洋镇", 20, "90%"],
            ["胡坊镇", 15, "100%"],
        ],
        Want([], bad=[3, 4]),
        Want(),
        Want([total_of("盖洋镇", 20, 18), total_of("胡坊镇", 15, 15)], warn=["整改率"]),
    ),
    _case(
        "a_totals_unrectified.xlsx",
        "found and not yet rectified",
        [["2024年6月隐患汇总表"], ["乡镇", "发现隐患数", "未整改数"], ["盖洋镇", 20, 2], ["胡坊镇", 15, 0]],
        Want([total_of("盖洋镇", 20, 18), total_of("胡坊镇", 15, 15)]),
        Want(),
        Want([], bad=[3, 4]),
    ),
    _case(
        "a_totals_two_years.xlsx",
        "this year's and last year's figures",
        [
            ["2024年6月隐患汇总表"],
            ["乡镇", "本期发现隐患数", "本期已整改数", "去年同期发现隐患数", "同比增减"],
            ["盖洋镇", 20, 18, 30, "-33%"],
        ],
        Want([total_of("盖洋镇", 20, 18)]),
        Want(),
    ),
    _case(
        "a_totals_then_rows.xlsx",
        "totals of the townships, and below their rows: counted once",
        [*_ROWS_OF_TOTALS, [], ["明细"], HEAD, *_JUNE],
        Want([*_COUNTED, *_NINE[3:]], warn=["汇总|合计|总数"]),
        Want(_COUNTED, warn=["汇总|合计|总数"]),
        Want(),
    ),
    _case(
        "a_parent_rows.xlsx",
        "above the rows of each township a line with its sum",
        [HEAD, blank("盖洋镇", 2, 发现数量=3, 已整改数量=2), line(1, 乡镇="盖洋镇"), line(3, 乡镇="盖洋镇")],
        Want(records([line(1, 乡镇="盖洋镇"), line(3, 乡镇="盖洋镇")]), flagged=[2]),
        Want(records([line(1, 乡镇="盖洋镇"), line(3, 乡镇="盖洋镇")]), bad=[2]),
    ),
]
