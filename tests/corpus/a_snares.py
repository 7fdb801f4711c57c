"""Hazards in which a careless reader counts twice, loses a part, or takes a number for a date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.corpus.a_dirt import dated
from tests.corpus.a_lists import blank, total_of
from tests.corpus.a_values import open_line
from tests.corpus.books import sheets, xlsx
from tests.corpus.expect import Case, Want
from tests.corpus.rows import HEAD, line, lines, record, records


def _case(name: str, what: str, rows: Sequence[Any], want: Want, *also: Want, **more: Any) -> Case:
    return Case(name, "hazard", what, lambda: xlsx(rows), want, also=also, **more)


_NUMBERS: list[tuple[Any, Sequence[str]]] = [
    (2024, ["2024-12-31"]),
    (202406, ["2024-06-30"]),
    (240609, ["2024-06-09"]),
    (6.09, ["2024-06-09"]),
    ("202406", ["2024-06-30"]),
    ("240609", ["2024-06-09"]),
    ("2024年度", ["2024-12-31"]),
    (20240631, []),
    (20240609.0, ["2024-06-09"]),
    (9, []),
    (69, []),
    (1.5, ["2024-01-05"]),
    ("2024.6.9/10", ["2024-06-09"]),
    ("6月9、10日", ["2024-06-09"]),
    ("2024-06-09至2024-06-11", ["2024-06-09", "2024-06-11"]),
    ("2042-06-09", []),
    ("0224-06-09", []),
    (True, []),
]


def _numbers_want() -> Want:
    rows = dated(*(value for value, _ in _NUMBERS))
    maybe = {
        n: [record(row, record_date=day) for day in days]
        for n, (row, (_, days)) in enumerate(zip(rows, _NUMBERS, strict=True), 2)
        if days
    }
    return Want([], bad=[n for n, (_, days) in enumerate(_NUMBERS, 2) if not days], maybe=maybe)


_COUNTS: list[tuple[Any, Sequence[int]]] = [
    ("03", [3]),
    ("12*", [12]),
    ("12①", []),
    ("12 8", []),
    ("1.683", []),
    (1.683, []),
    ("3²", []),
    ("١٢", [12]),
    ("1,683.00", [1683]),
    ("3.0条", [3]),
    ("2个重大", []),
    ("0", []),
    ("五十六", [56]),
    ("十", [10]),
    ("1千", [1000]),
    ("3起2人", []),
    ("1；2", []),
    ("＝3", []),
    ("12.", [12]),
    ("12。", [12]),
    ("约", []),
    ("余", []),
    ("同上", []),
    ("见附件", []),
]


def _counts_want() -> Want:
    maybe = {
        n: [record(open_line(n - 1), quantity_found=v) for v in values]
        for n, (_, values) in enumerate(_COUNTS, 2)
        if values
    }
    return Want([], bad=[n for n, (_, values) in enumerate(_COUNTS, 2) if not values], maybe=maybe)


_JUNE = [["2024年6月隐患排查情况统计表"]]
_DONE_WORDS = ["未整改", "整改中", "2024.6.20前", "已完成", "/"]
_DUE_WORDS = ["15日内", "7天", "2024年6月30日前", "限期整改", "当场"]
_SHIFTED = line(2)
_SHIFTED = [*_SHIFTED[:3], *_SHIFTED[4:], None]

CASES = [
    _case(
        "a_date_numbers.xlsx",
        "numbers in the column of dates",
        [HEAD, *dated(*(v for v, _ in _NUMBERS))],
        _numbers_want(),
    ),
    _case(
        "a_count_signs.xlsx",
        "numbers with signs, other digits, other words",
        [HEAD, *(open_line(n, 发现数量=v) for n, (v, _) in enumerate(_COUNTS, 1))],
        _counts_want(),
    ),
    _case(
        "a_totals_of_which.xlsx",
        "totals, of which 重大",
        [
            *_JUNE,
            ["乡镇", "发现隐患数", "其中重大", "已整改数", "其中重大"],
            ["盖洋镇", 20, 2, 18, 1],
            ["胡坊镇", 15, 0, 15, 0],
        ],
        Want([total_of("盖洋镇", 18, 17), total_of("盖洋镇", 2, 1, "重大"), total_of("胡坊镇", 15, 15)]),
        Want(),
        Want([], bad=[3, 4]),
        Want([total_of("胡坊镇", 15, 15)], bad=[3]),
    ),
    _case(
        "a_totals_of_which_found.xlsx",
        "totals, of which 重大 were found, not how many of them are rectified",
        [
            *_JUNE,
            ["乡镇", "发现隐患数", "其中：重大隐患", "已整改数"],
            ["盖洋镇", 20, 2, 18],
            ["胡坊镇", 15, None, 15],
        ],
        Want(),
        Want([], bad=[3, 4]),
        Want([total_of("胡坊镇", 15, 15)], bad=[3]),
        Want([total_of("盖洋镇", 20, 18), total_of("胡坊镇", 15, 15)], warn=["重大"]),
    ),
    _case(
        "a_totals_sum_column.xlsx",
        "一般, 重大 and their sum",
        [
            *_JUNE,
            ["乡镇", "隐患总数", "一般隐患数", "重大隐患数", "已整改一般", "已整改重大"],
            ["盖洋镇", 20, 18, 2, 17, 1],
            ["胡坊镇", 15, 15, 0, 15, 0],
        ],
        Want([total_of("盖洋镇", 18, 17), total_of("盖洋镇", 2, 1, "重大"), total_of("胡坊镇", 15, 15)]),
        Want(),
        Want([], bad=[3, 4]),
    ),
    _case(
        "a_totals_villages.xlsx",
        "townships, and below each what its villages have",
        [
            *_JUNE,
            ["单位", "发现隐患数", "已整改数"],
            ["盖洋镇", 20, 18],
            ["其中：杨地村", 12, 11],
            ["白叶村", 8, 7],
            ["胡坊镇", 15, 15],
        ],
        Want([total_of("盖洋镇", 20, 18), total_of("胡坊镇", 15, 15)], bad=[4, 5]),
        Want([total_of("盖洋镇", 20, 18), total_of("胡坊镇", 15, 15)], flagged=[4, 5]),
        Want([total_of("盖洋镇", 12, 11), total_of("盖洋镇", 8, 7), total_of("胡坊镇", 15, 15)], flagged=[3]),
        Want(),
    ),
    _case(
        "a_totals_month_and_sum.xlsx",
        "this month and since January beside each other",
        [
            *_JUNE,
            ["乡镇", "本月发现隐患", "累计发现隐患", "本月整改", "累计整改"],
            ["盖洋镇", 20, 120, 18, 110],
        ],
        Want([total_of("盖洋镇", 20, 18)]),
        Want(),
        Want([], bad=[3]),
    ),
    Case(
        "a_totals_month_sheets.xlsx",
        "hazard",
        "a sheet for each month, the month nowhere else",
        lambda: sheets(
            {f"{n}月": [["乡镇", "发现隐患数", "已整改数"], ["盖洋镇", n * 10, n]] for n in (4, 5)}
        ),
        Want([total_of("盖洋镇", 40, 4, date="2024-04-30"), total_of("盖洋镇", 50, 5, date="2024-05-31")]),
        also=[Want(), Want([], bad=[2])],
    ),
    _case(
        "a_totals_fields.xlsx",
        "one township's totals by sector",
        [
            ["盖洋镇2024年6月分行业隐患统计表"],
            ["行业领域", "发现隐患数", "已整改数"],
            ["消防", 20, 18],
            ["道路交通", 5, 5],
            ["合计", 25, 23],
        ],
        Want(
            [total_of("盖洋镇", 20, 18) | {"field": "消防"}, total_of("盖洋镇", 5, 5) | {"field": "道路交通"}]
        ),
        Want(),
    ),
    _case(
        "a_done_words.xlsx",
        "words in the column of the day it was done",
        [HEAD, *(open_line(n, 整改完成日期=word) for n, word in enumerate(_DONE_WORDS, 1))],
        Want(
            [record(open_line(5))],
            bad=[5],
            maybe={
                2: [record(open_line(1))],
                3: [record(open_line(2))],
                4: [record(open_line(3))],
            },
        ),
        Want([record(open_line(5))], maybe={n: [record(open_line(n - 1))] for n in (2, 3, 4, 5)}),
        Want(
            [record(open_line(5))],
            bad=[5],
            maybe={
                2: [record(open_line(1))],
                3: [record(open_line(2))],
                4: [record(open_line(3), rectified_date="2024-06-20")],
            },
        ),
        Want(
            [record(open_line(5)), record(open_line(4), quantity_rectified=2)],
            maybe={n: [record(open_line(n - 1))] for n in (2, 3, 4)},
        ),
    ),
    _case(
        "a_due_spans.xlsx",
        "deadlines as spans",
        [HEAD, *(open_line(n, 整改期限=word) for n, word in enumerate(_DUE_WORDS, 1))],
        Want(
            [],
            maybe={
                2: [record(open_line(1), due_date="2024-06-23"), record(open_line(1))],
                3: [record(open_line(2), due_date="2024-11-22"), record(open_line(2))],
                4: [record(open_line(3), due_date="2024-06-30")],
                5: [record(open_line(4))],
                6: [record(open_line(5)), record(open_line(5), due_date="2024-12-08")],
            },
        ),
    ),
    _case(
        "a_one_blank_area.xlsx",
        "a township forgotten in one row, the others have theirs",
        [HEAD, line(1), line(2), line(3, 乡镇=None, 单位或地点="老街"), line(4)],
        Want(records([line(1), line(2), line(4)]), bad=[4]),
    ),
    _case(
        "a_one_blank_date.xlsx",
        "a day forgotten in one row",
        [HEAD, line(1), line(2), line(3, 排查日期=None), line(4)],
        Want(records([line(1), line(2), line(4)]), bad=[4]),
    ),
    _case(
        "a_row_moved_left.xlsx",
        "a row whose cells moved one to the left",
        [HEAD, line(1), _SHIFTED, line(3)],
        Want(records([line(1), line(3)]), bad=[3]),
    ),
    _case(
        "a_rectified_of.xlsx",
        "rectified: 1（未完成1）, 全部, 部分, 1条已整改",
        [
            HEAD,
            open_line(1, 已整改数量="1（未完成1）"),
            open_line(2, 已整改数量="全部"),
            open_line(4, 已整改数量="部分"),
            open_line(5, 已整改数量="未完成"),
            open_line(7, 已整改数量="1条已整改"),
        ],
        Want(
            [],
            bad=[4],
            maybe={
                2: [record(open_line(1), quantity_rectified=1)],
                3: [record(open_line(2), quantity_rectified=3)],
                5: [record(open_line(5), quantity_rectified=0)],
                6: [record(open_line(7), quantity_rectified=1)],
            },
        ),
    ),
    _case(
        "a_group_totals_inside.xlsx",
        "the sum of a group in its own line, named by the group",
        [
            HEAD,
            *lines(2),
            blank("消防领域小计", 3, 发现数量=5, 已整改数量=2),
            *lines(2, 3),
            blank("工贸小计", 4, 发现数量=3, 已整改数量=2),
        ],
        Want(records(lines(4)), flagged=[4, 7]),
    ),
    _case(
        "a_title_campaign.xlsx",
        "the campaign 重大事故隐患专项排查整治 in the title is no level",
        [
            ["重大事故隐患专项排查整治2024行动统计表（2024年6月）"],
            ["乡镇", "发现隐患数", "已整改数"],
            ["盖洋镇", 20, 18],
        ],
        Want([total_of("盖洋镇", 20, 18)]),
        Want(),
        Want([], bad=[3]),
    ),
    _case(
        "a_totals_bare_word.xlsx",
        "隐患 over a number: no description",
        [*_JUNE, ["乡镇", "隐患", "整改"], ["盖洋镇", 20, 18]],
        Want([total_of("盖洋镇", 20, 18)]),
        Want(),
        Want([], bad=[3]),
    ),
    _case(
        "a_totals_levels_only.xlsx",
        "found by level, nothing about what became of them",
        [*_JUNE, ["乡镇", "一般隐患", "重大隐患"], ["盖洋镇", 20, 2]],
        Want([total_of("盖洋镇", 20, 0), total_of("盖洋镇", 2, 0, "重大")], warn=["整改"]),
        Want(),
        Want([], bad=[3]),
    ),
]
