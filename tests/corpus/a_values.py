"""Hazards with dirty values: dates, numbers, townships, rules, texts."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.corpus.books import xlsx
from tests.corpus.expect import Case, Want
from tests.corpus.rows import HEAD, line, lines, record


def open_line(number: int, **changes: Any) -> list[Any]:
    """A hazard without the later dates, so that the first can be anything."""
    return line(number, **{"整改期限": None, "整改完成日期": None, "已整改数量": 0, **changes})


def _each(header: str, cells: Sequence[Any]) -> list[Any]:
    return [open_line(number, **{header: cell}) for number, cell in enumerate(cells, 1)]


def _sheet(header: str, cells: Sequence[Any]) -> bytes:
    return xlsx([HEAD, *_each(header, cells)])


def _want(field: str, header: str, cells: Sequence[tuple[Any, Any]], **more: Any) -> Want:
    """None as value: the row is bad; a tuple: it may be bad or one of these."""
    rows = _each(header, [cell for cell, _ in cells])
    stored, bad, maybe = [], [], {}
    for place, (row, (_, value)) in enumerate(zip(rows, cells, strict=True), 2):
        if value is None:
            bad.append(place)
        elif isinstance(value, tuple):
            maybe[place] = [record(row, **{field: item}) for item in value]
        else:
            stored.append(record(row, **{field: value}))
    return Want(stored, bad=bad, maybe=maybe, **more)


def _case(
    name: str, what: str, field: str, header: str, cells: Sequence[tuple[Any, Any]], **more: Any
) -> Case:
    also = more.pop("also", ())
    want = _want(field, header, cells, **more)
    return Case(name, "hazard", what, lambda: _sheet(header, [cell for cell, _ in cells]), want, also=also)


_YEARLESS = [
    ("6月9日", "2024-06-09"),
    ("6.9", "2024-06-09"),
    ("12/3", "2024-12-03"),
    ("六月九日", "2024-06-09"),
    ("6月9号", "2024-06-09"),
    ("6-9", "2024-06-09"),
    ("6.13 20:00", "2024-06-13"),
    ("6月13日下午3时", "2024-06-13"),
]
_FULL = [
    ("2024年6月9号", "2024-06-09"),
    ("2024。6。9", "2024-06-09"),
    ("2024.06.09.", "2024-06-09"),
    ("2024年 6 月 9 日", "2024-06-09"),
    ("2024-06-09T08:30:00", "2024-06-09"),
    ("2024/6/9 0:00:00", "2024-06-09"),
    ("贰零贰肆年陆月玖日", ("2024-06-09",)),
    ("2024年六月初九", None),
    ("'2024-6-9", ("2024-06-09",)),
    ("2024．6．9", "2024-06-09"),
    ("20240609", "2024-06-09"),
    (datetime.datetime(2024, 6, 9, 14, 5), "2024-06-09"),
    ("2024年6月9日（星期日）", "2024-06-09"),
    ("2024\\6\\9", ("2024-06-09",)),
    ("2024,6,9", ("2024-06-09",)),
    ("13/6/2024", ("2024-06-13",)),
]
_IMPOSSIBLE = [
    "2024-02-30",
    "2023-02-29",
    "2024年6月31日",
    "2024.13.1",
    "2024-00-10",
    "昨天",
    "待定",
    "2099-01-01",
    "1899-12-31",
    "20241301",
    0,
    -5,
    "20.24.6.9",
    "2024-6-9、6-10和6-15",
]
_NUMBERS = [
    ("3条", 3),
    ("３", 3),
    ("3 处", 3),
    ("三", 3),
    ("九十", 90),
    ("壹佰", 100),
    ("1，683", 1683),
    ("+5", (5,)),
    (3.0, 3),
    ("3.0", 3),
    ("1 683", (1683,)),
    ("廿五", (25,)),
    ("一百零二", 102),
    ("共3条", (3,)),
]
_BAD_NUMBERS = [
    -1,
    0,
    1.5,
    "1.5",
    "3-5",
    "3/4",
    "3+2",
    "若干",
    "∞",
    "一些",
    "12345678901234567890",
    "３。５",
    "1,23",
    "3条5处",
    datetime.date(2024, 1, 3),
    "%",
    "5%",
    "0x10",
]
_APPROX = [("约45", 45), ("400余", 400), ("近90", 90), ("30左右", 30), ("120多条", 120), ("约三十", 30)]
_AREAS = [
    ("盖洋", "盖洋镇"),
    ("城关", "城关乡"),
    ("明溪县盖洋镇", "盖洋镇"),
    ("盖洋镇人民政府", "盖洋镇"),
    ("雪峰 镇", "雪峰镇"),
    ("瀚仙镇政府", "瀚仙镇"),
    ("福建省三明市明溪县夏坊乡", "夏坊乡"),
    ("县直", "县直"),
    ("350421203", ("枫溪乡",)),
    ("雪峰", "雪峰镇"),
    ("盖 洋", "盖洋镇"),
]
_BAD_AREAS = ["泰宁镇", "火星", "盖洋镇、胡坊镇", "夏", "盖洋乡", None, "镇", "夏阳/夏坊"]
_LEVELS = [
    ("一般隐患", "一般"),
    ("重大隐患", "重大"),
    ("一般事故隐患", "一般"),
    ("重 大", "重大"),
    ("重大事故隐患", "重大"),
    ("一般性隐患", ("一般",)),
    ("Ⅰ级重大", ("重大",)),
]


def _mac(sheet: Any) -> None:
    sheet.parent.epoch = CALENDAR_MAC_1904


def _rules() -> bytes:
    rows = [
        line(1),
        line(2, 发现数量=2, 已整改数量=3),
        line(3, 整改完成日期="2023-12-31"),
        line(4, 整改期限="2023-12-31"),
        line(5, 已整改数量=-1),
        line(6, 隐患内容=None),
        line(8, 排查日期=None),
        line(9, 隐患等级="特别危险"),
        line(10),
    ]
    return xlsx([HEAD, *rows])


def _mixed() -> bytes:
    rows = _each("排查日期", ["2024-06-09", "2024年6月31日", "6月10日", "2024-6-11"])
    rows[3][HEAD.index("发现数量")] = "很多"
    return xlsx([HEAD, *rows])


def _mixed_records() -> list[Any]:
    rows = _each("排查日期", ["2024-06-09", "", "2024-06-10"])
    return [record(rows[0]), record(rows[2])]


CASES = [
    _case(
        "a_dates_no_year.xlsx",
        "dates without a year",
        "record_date",
        "排查日期",
        _YEARLESS,
        warn=["W_YEAR_ASSUMED|没有年份|没有写年"],
    ),
    _case("a_dates_full.xlsx", "more ways to write a date", "record_date", "排查日期", _FULL),
    _case(
        "a_dates_impossible.xlsx",
        "dates that are none",
        "record_date",
        "排查日期",
        [(d, None) for d in _IMPOSSIBLE],
    ),
    _case(
        "a_dates_ambiguous.xlsx",
        "day and month cannot be told apart",
        "record_date",
        "排查日期",
        [("6/9/2024", None), ("03/04/05", None), ("2024-06-09", "2024-06-09"), ("9.6.2024", None)],
    ),
    _case("a_numbers.xlsx", "numbers as clerks write them", "quantity_found", "发现数量", _NUMBERS),
    _case(
        "a_numbers_bad.xlsx",
        "numbers that are none",
        "quantity_found",
        "发现数量",
        [(n, None) for n in _BAD_NUMBERS],
    ),
    _case(
        "a_numbers_approx.xlsx",
        "about so many",
        "quantity_found",
        "发现数量",
        _APPROX,
        warn=["W_APPROX|约数"],
    ),
    _case("a_areas.xlsx", "townships by other names", "area", "乡镇", _AREAS),
    _case(
        "a_areas_bad.xlsx", "townships that are none, or two", "area", "乡镇", [(a, None) for a in _BAD_AREAS]
    ),
    _case("a_levels.xlsx", "levels in other words", "level", "隐患等级", _LEVELS),
    _case(
        "a_levels_bad.xlsx",
        "levels that are none",
        "level",
        "隐患等级",
        [("较大", None), ("Ⅱ", None), ("一般/重大", None)],
    ),
    Case(
        "a_rules.xlsx",
        "hazard",
        "rectified > found, before found, negative, required cells empty",
        _rules,
        Want([record(line(1)), record(line(10))], bad=[3, 4, 5, 6, 7, 8, 9]),
    ),
    Case(
        "a_some_bad.xlsx", "hazard", "right and wrong rows mixed", _mixed, Want(_mixed_records(), bad=[3, 5])
    ),
    Case(
        "a_dates_points.xlsx",
        "hazard",
        "6.9 typed in Excel is a number; 6.1 may have been 6.10",
        lambda: _sheet("排查日期", [6.9, 6.1, "6.10", 12.25, 2024.6]),
        _want(
            "record_date",
            "排查日期",
            [
                (6.9, ("2024-06-09",)),
                (6.1, None),
                ("6.10", "2024-06-10"),
                (12.25, ("2024-12-25",)),
                (2024.6, ("2024-06-30",)),
            ],
        ),
    ),
    Case(
        "a_optional_marks.xlsx",
        "hazard",
        "/ 无 — in optional cells, and in a count",
        lambda: xlsx(
            [
                HEAD,
                line(1, 整改期限="/", 整改完成日期="无", 备注="—"),
                line(2, 已整改数量="无"),
                line(3, 已整改数量="/"),
            ]
        ),
        Want(
            [record(line(1), due_date=None, rectified_date=None, note=None)],
            maybe={n + 1: [record(line(n), quantity_rectified=0)] for n in (2, 3)},
        ),
        also=[
            Want(
                [record(line(1), due_date=None, rectified_date=None, note="—")],
                maybe={n + 1: [record(line(n), quantity_rectified=0)] for n in (2, 3)},
            )
        ],
    ),
    Case(
        "a_empty_quantity.xlsx",
        "hazard",
        "the number of hazards is left empty",
        lambda: xlsx([HEAD, line(1), line(3, 发现数量=None), line(2)]),
        Want([record(line(1)), record(line(2))], bad=[3]),
        also=[Want([record(line(1)), record(line(3), quantity_found=1), record(line(2))], flagged=[3])],
    ),
    Case(
        "a_range_as_date.xlsx",
        "hazard",
        "a span of days where one is wanted",
        lambda: xlsx([HEAD, open_line(1, 排查日期="6.9-6.11"), line(2)]),
        Want([record(open_line(1), record_date="2024-06-09"), record(line(2))], flagged=[2]),
        also=[
            Want([record(line(2))], bad=[2]),
            Want([record(open_line(1), record_date="2024-06-11"), record(line(2))], flagged=[2]),
        ],
    ),
    Case(
        "a_due_words.xlsx",
        "hazard",
        "deadlines in words",
        lambda: xlsx(
            [
                HEAD,
                open_line(1, 整改期限="2024年底前"),
                open_line(2, 整改期限="立即整改"),
                open_line(3, 整改期限="长期坚持"),
            ]
        ),
        Want([record(open_line(1), due_date="2024-12-31")], bad=[3, 4]),
        also=[
            Want(
                [record(open_line(1), due_date="2024-12-31"), *(record(open_line(n)) for n in (2, 3))],
                flagged=[3, 4],
            ),
            Want(
                [
                    record(open_line(1), due_date="2024-12-31"),
                    record(open_line(2), due_date=open_line(2)[1].isoformat()),
                ],
                bad=[4],
                flagged=[3],
            ),
        ],
    ),
    Case(
        "a_1904.xlsx",
        "hazard",
        "the date system that begins in 1904",
        lambda: xlsx([HEAD, *lines(3)], _mac),
        Want([record(row) for row in lines(3)]),
    ),
]
