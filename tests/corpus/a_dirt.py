"""Hazards once more: values that are easily taken for something else."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from tests.corpus.a_values import open_line
from tests.corpus.books import cell_xml, packed, parts, sheet_xml, styles_xml, xlsx
from tests.corpus.expect import Case, Want
from tests.corpus.rows import HEAD, line, lines, record, records

_NINTH = datetime.date(2024, 6, 9)


def _case(name: str, what: str, rows: Sequence[Any], want: Want, *also: Want, above: Any = ()) -> Case:
    return Case(name, "hazard", what, lambda: xlsx([*above, HEAD, *rows]), want, also=also)


def _styled(formats: Sequence[str | int], cells: Sequence[tuple[str, Any, int]]) -> bytes:
    """A plain row, and below it one row for each (header, value, style) with that cell changed."""
    out = []
    for number, row in enumerate([HEAD, *(open_line(n) for n in range(1, len(cells) + 1))], 1):
        xml = ""
        for column, value in enumerate(row):
            place = f"{chr(65 + column)}{number}"
            plain = cell_xml(place, value)
            if number > 1 and HEAD[column] == cells[number - 2][0]:
                plain = f'<c r="{place}" s="{cells[number - 2][2]}"><v>{cells[number - 2][1]}</v></c>'
            xml += plain
        out.append(f'<row r="{number}">{xml}</row>')
    return packed(parts(sheet_xml("".join(out)), styles=styles_xml("yyyy\\-mm\\-dd", *formats)))


_FORMATS = [
    '0"条"',
    "#,##0_);(#,##0)",
    9,
    "yyyy\\-mm\\-dd",
    "h:mm",
    'm"月"d"日"',
    'yyyy"年"m"月"',
    "[$-804]aaaa",
]
_SERIAL = (_NINTH - datetime.date(1899, 12, 30)).days
_CELLS: list[tuple[str, Any, int]] = [
    ("发现数量", 3, 2),
    ("发现数量", 1234, 3),
    ("发现数量", 1, 4),
    ("发现数量", 3, 5),
    ("发现数量", 0.5, 6),
    ("排查日期", _SERIAL, 7),
    ("排查日期", _SERIAL, 8),
    ("排查日期", _SERIAL, 9),
    ("排查日期", _SERIAL + 0.99, 7),
]


def _formats_want() -> Want:
    stored = [record(open_line(n), **change) for n, change in _FORMATTED.items()]
    maybe = {4: [record(open_line(3), quantity_found=1)], 5: [record(open_line(4), quantity_found=3)]}
    return Want(stored, bad=[6], maybe=maybe)


_FORMATTED: dict[int, dict[str, Any]] = {
    1: {"quantity_found": 3},
    2: {"quantity_found": 1234},
    6: {"record_date": "2024-06-09"},
    7: {"record_date": "2024-06-09"},
    8: {"record_date": "2024-06-09"},
    9: {"record_date": "2024-06-09"},
}


def dated(*texts: Any) -> list[Any]:
    """A row for each of these dates."""
    return [open_line(number, 排查日期=text) for number, text in enumerate(texts, 1)]


def _on_ninth(row: Any, day: str = "2024-06-09") -> dict[str, Any]:
    return record(row, record_date=day)


_LONG = dated(
    "24.6.9",
    "24-06-09",
    "2024年6月9日 星期日",
    "2024/6/9 下午 3:20:00",
    "2024-06-09 00:00:00.0",
    "二〇二四年六月九日",
)
_WESTERN = dated("9-Jun-24", "Jun 9, 2024", "2024-Jun-9")
_VAGUE = dated(
    "6月上旬", "6月", "上周三", "6月9日或10日", "2024年五月初五", "9日", "2024-6", "六月底", "2024年6月9日"
)
_COUNTED: list[tuple[Any, Any]] = [
    ("1,234", 1234),
    ("１，２３４", 1234),
    ("1,234条", 1234),
    ("0.1万", (1000,)),
    ("2处（灭火器过期、线路老化）", (2,)),
    ("2处（其中重大1处）", None),
    ("(3)", None),
    ("3-", None),
    ("−3", None),
    ("–3", None),
    ("1/2", None),
    ("100%", None),
    (True, None),
    ("TRUE", None),
    ("3±1", None),
    ("3~5", None),
    ("三至五", None),
    ("3或4", None),
    ("≥3", (3,)),
    ("大于3", None),
    ("第3条", None),
    ("3、", (3,)),
    ("③", (3,)),
    ("Ⅲ", None),
    ("1e3", (1000,)),
    ("O", None),
    ("l2", None),
    ("1.234,00", None),
    ("3.000", (3, 3000)),
    ("一二三", (123,)),
    ("两", (2,)),
    ("半", None),
    ("12条/8处", None),
    ("12（8）", None),
]


def _counted_want() -> Want:
    stored, bad, maybe = [], [], {}
    for place, (text, value) in enumerate(_COUNTED, 2):
        row = open_line(place - 1, 发现数量=text)
        if value is None:
            bad.append(place)
        elif isinstance(value, tuple):
            maybe[place] = [record(row, quantity_found=item) for item in value]
        else:
            stored.append(record(row, quantity_found=value))
    return Want(stored, bad=bad, maybe=maybe)


def _year_of_title() -> list[Any]:
    return [["盖洋镇2023年安全隐患排查台账"], HEAD, open_line(1, 排查日期="6月9日", 乡镇="盖洋镇")]


_TURN = open_line(1, 排查日期="2024-12-20", 整改期限="1月10日")
_NEXT = record(_TURN)
_PARTS = ["序号", "年", "月", "日", *HEAD[2:]]
_DAYS = [open_line(1, 排查日期="9日"), open_line(2, 排查日期="30")]
_AREA_WORDS = [
    ("杨地村", "盖洋镇"),
    ("盖洋镇杨地村", "盖洋镇"),
    ("溪口社区", "沙溪乡"),
    ("城东居委会", "雪峰镇"),
]
_FOREIGN = [
    "盖洋镇（原盖竹乡）",
    "除雪峰镇外",
    "沙县夏茂镇",
    "清流县沙芜乡",
    "全县",
    "各乡镇",
    "雪峰镇等3个乡镇",
    "非盖洋镇",
]

CASES = [
    Case(
        "a_formats.xlsx",
        "hazard",
        "number formats around numbers and dates",
        lambda: _styled(_FORMATS, _CELLS),
        _formats_want(),
    ),
    _case(
        "a_dates_long.xlsx",
        "two-digit years, times of the day, weekdays",
        _LONG,
        Want([_on_ninth(row) for row in _LONG]),
        Want([_on_ninth(row) for row in _LONG[2:]], bad=[2, 3]),
    ),
    _case(
        "a_dates_western.xlsx",
        "English months",
        [*_WESTERN, line(5)],
        Want([record(line(5))], maybe={n + 2: [_on_ninth(row)] for n, row in enumerate(_WESTERN)}),
    ),
    _case(
        "a_dates_vague.xlsx",
        "days that cannot be known",
        _VAGUE,
        Want(
            [_on_ninth(_VAGUE[8])],
            bad=[4, 5, 6, 7],
            maybe={
                2: [_on_ninth(_VAGUE[0], "2024-06-10")],
                3: [_on_ninth(_VAGUE[1], "2024-06-30")],
                8: [_on_ninth(_VAGUE[6], "2024-06-30")],
                9: [_on_ninth(_VAGUE[7], "2024-06-30")],
            },
        ),
    ),
    _case(
        "a_counts.xlsx",
        "numbers that look like others",
        [open_line(n, 发现数量=t) for n, (t, _) in enumerate(_COUNTED, 1)],
        _counted_want(),
    ),
    Case(
        "a_year_in_title.xlsx",
        "hazard",
        "the title says 2023, the command 2024",
        lambda: xlsx(_year_of_title()),
        Want([_on_ninth(_year_of_title()[2], "2023-06-09")], warn=["年"]),
        also=[Want([_on_ninth(_year_of_title()[2])], warn=["年"]), Want([], bad=[3]), Want()],
    ),
    _case(
        "a_due_next_year.xlsx",
        "a deadline without year after New Year",
        [_TURN, line(2)],
        Want([_NEXT | {"due_date": "2025-01-10"}, record(line(2))], flagged=[2]),
        Want([record(line(2))], bad=[2]),
    ),
    Case(
        "a_date_in_parts.xlsx",
        "hazard",
        "year, month and day in columns of their own",
        lambda: xlsx([_PARTS, *([r[0], 2024, 6, 9, *r[2:]] for r in map(open_line, (1, 2)))]),
        Want([_on_ninth(open_line(n)) for n in (1, 2)]),
        also=[Want(), Want([], bad=[2, 3])],
    ),
    _case(
        "a_days_only.xlsx",
        "only the day, the month is in the title",
        _DAYS,
        Want([], maybe={3: [_on_ninth(_DAYS[0])], 4: [_on_ninth(_DAYS[1], "2024-06-30")]}),
        above=[["2024年6月隐患排查台账"]],
    ),
    _case(
        "a_villages.xlsx",
        "villages instead of townships",
        [open_line(n, 乡镇=text) for n, (text, _) in enumerate(_AREA_WORDS, 1)],
        Want(
            [],
            maybe={
                n + 1: [record(open_line(n, 乡镇=text), area=area)]
                for n, (text, area) in enumerate(_AREA_WORDS, 1)
            },
        ),
    ),
    _case(
        "a_areas_foreign.xlsx",
        "words around a township that change its meaning",
        [*(open_line(n, 乡镇=text) for n, text in enumerate(_FOREIGN, 1)), line(20)],
        Want(
            [record(line(20))],
            bad=[3, 4, 5, 8, 9],
            maybe={
                n: [record(open_line(n - 1), area=a)] for n, a in ((2, "盖洋镇"), (6, "县直"), (7, "县直"))
            },
        ),
    ),
    Case(
        "a_area_column_wins.xlsx",
        "hazard",
        "title, sheet and 填报单位 name one township, a row another",
        lambda: xlsx(
            [
                ["雪峰镇隐患排查台账"],
                ["填报单位：雪峰镇人民政府"],
                HEAD,
                line(1, 乡镇="雪峰镇"),
                line(2, 乡镇="盖洋镇"),
                line(3, 乡镇=None),
            ]
        ),
        Want(
            [record(line(1, 乡镇="雪峰镇")), record(line(2, 乡镇="盖洋镇"))],
            maybe={6: [record(line(3, 乡镇="雪峰镇"))]},
        ),
    ),
    Case(
        "a_phone_with_name.xlsx",
        "hazard",
        "a telephone in the cell of a name, an identity number in a note",
        lambda: xlsx(
            [
                [*HEAD, "责任人及电话"],
                [*line(1), "张某 13812345678"],
                [*line(2, 备注="身份证350421198001011234"), "李某（13912345678）"],
            ]
        ),
        Want(
            [record(line(1))],
            maybe={3: [record(line(2)), record(line(2), note="身份证"), record(line(2), note="身份证***")]},
        ),
        also=[
            Want(records([line(1)]), bad=[3]),
            Want([], bad=[2, 3]),
            Want([{"description": line(1)[4]}, {"description": line(2)[4]}]),
        ],
        absent=["13812345678", "13912345678", "350421198001011234"],
    ),
    _case(
        "a_percent_rectified.xlsx",
        "a share where a number is wanted",
        [line(1, 已整改数量="100%"), line(2, 已整改数量="1/2"), line(3, 已整改数量="2/2"), line(4)],
        Want([record(line(4))], bad=[3, 4], maybe={2: [record(line(1), quantity_rectified=2)]}),
        Want(
            [record(line(4))],
            bad=[3],
            maybe={
                2: [record(line(1), quantity_rectified=2)],
                4: [record(line(3), quantity_found=2, quantity_rectified=2)],
            },
        ),
    ),
    _case(
        "a_rectified_blank_but_dated.xlsx",
        "no number rectified, but the day it was done",
        [line(6, 已整改数量=None), *lines(2)],
        Want(records(lines(2)), bad=[2]),
        Want([*records(lines(2)), record(line(6), quantity_rectified=0)], flagged=[2]),
        Want([*records(lines(2)), record(line(6), quantity_rectified=1)], flagged=[2]),
    ),
]
