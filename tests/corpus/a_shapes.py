"""Hazards in dirty shapes: where the header, the totals and the notes stand."""

from __future__ import annotations

from typing import Any

from tests.corpus.books import sheets, xlsx
from tests.corpus.expect import Case, Want
from tests.corpus.rows import HEAD, line, lines, pick, record, records

SIX = lines(6)
PLAIN = Want(records(SIX))
TITLE = ["明溪县2024年安全生产隐患排查治理台账"]
_FOUND, _DONE = (sum(row[n] for row in SIX) for n in (6, 7))


def _total(word: str, found: Any = _FOUND, done: Any = _DONE) -> list[Any]:
    return [word, None, None, None, None, None, found, done]


def _two_rows() -> bytes:
    def merge(sheet: Any) -> None:
        for place in ("A1:K1", "E2:H2", "I2:J2", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "K2:K3"):
            sheet.merge_cells(place)

    upper = [*HEAD[:4], "隐患情况", None, None, None, "整改情况", None, "备注"]
    return xlsx([TITLE, upper, [None, None, None, None, *HEAD[4:10]], *SIX], merge)


def _subtotals() -> bytes:
    rows = [TITLE, HEAD]
    for row in SIX:
        rows += [row, _total("小计", row[6], row[7])]
    return xlsx([*rows, _total("总计")])


def _pages() -> bytes:
    return xlsx([TITLE, HEAD, *SIX[:3], ["第1页 共2页"], TITLE, HEAD, *SIX[3:], ["第2页 共2页"]])


def _merged_down() -> bytes:
    def merge(sheet: Any) -> None:
        for column in "BCD":
            sheet.merge_cells(f"{column}2:{column}4")

    rows = [line(number, 排查日期="2024-01-05", 乡镇="盖洋镇", 单位或地点="宏盛木业") for number in (1, 2, 3)]
    for row in rows[1:]:
        row[1:4] = [None, None, None]
    return xlsx([HEAD, *rows, line(4)], merge)


def _merged_down_records() -> list[Any]:
    same = dict(record_date="2024-01-05", area="盖洋镇", place="宏盛木业")
    return [record(line(number), **same) for number in (1, 2, 3)] + [record(line(4))]


def _merged_number() -> bytes:
    def merge(sheet: Any) -> None:
        sheet.merge_cells("G2:G3")

    return xlsx([HEAD, line(1, 发现数量=4), line(2, 发现数量=None), line(3)], merge)


def _stacked() -> bytes:
    return xlsx([["一、一般隐患"], HEAD, *SIX[:3], [], ["二、其他隐患"], HEAD, *SIX[3:]])


def _stacked_narrower() -> bytes:
    columns = ("乡镇", "排查日期", "隐患内容", "发现数量")
    second = pick(SIX[3:], *columns)
    return xlsx([["表一"], HEAD, *SIX[:3], [], [], ["表二"], [*columns], *second])


def _stacked_narrower_records() -> list[Any]:
    kept = ("record_date", "area", "description", "quantity_found")
    return [{name: item[name] for name in kept} for item in records(SIX)]


def _hazards_then_inspections() -> bytes:
    other = [
        ["检查台账"],
        ["序号", "检查日期", "检查类型", "被检查单位", "带队领导", "出动人次"],
        [1, "2024-06-11", "执法检查", "盖洋加油站", "陈某", 4],
    ]
    return xlsx([["隐患台账"], HEAD, *SIX, [], *other])


def _side_by_side() -> bytes:
    left = [[*row[:8], None, *other[:8]] for row, other in zip(SIX[:3], SIX[3:], strict=True)]
    return xlsx([[*HEAD[:8], None, *HEAD[:8]], *left])


def _half(rows: list[Any]) -> list[Any]:
    return [record(row, due_date=None, rectified_date=None) for row in rows]


def _short_sheet_names() -> bytes:
    columns = [name for name in HEAD if name != "乡镇"]
    named = {"盖洋": [line(1)], "城关(6月)": [line(2)], "3.沙溪乡": [line(3)]}
    return sheets({name: [columns, *pick(rows, *columns)] for name, rows in named.items()})


def _named(*areas: str) -> list[Any]:
    return [record(line(number), area=area) for number, area in enumerate(areas, 1)]


def _area_in_title() -> bytes:
    columns = [name for name in HEAD if name != "乡镇"]
    return xlsx([["瀚仙镇2024年6月隐患排查台账"], columns, *pick(lines(3), *columns)])


def _area_in_reporter() -> bytes:
    columns = [name for name in HEAD if name != "乡镇"]
    above = [["隐患排查登记表"], ["填报单位：枫溪乡人民政府", None, None, "填报日期：2024年7月1日"]]
    return xlsx([*above, columns, *pick(lines(3), *columns)])


def _unknown_columns() -> bytes:
    head = ["附件", *HEAD[::-1], "录入员", "审核意见"]
    return xlsx([head, *([None, *row[::-1], "系统", "同意"] for row in SIX)])


def _prefilled() -> bytes:
    empty = [[number] for number in range(7, 31)]
    return xlsx([TITLE, HEAD, *SIX, *empty, _total("合计")])


CASES = [
    Case("a_two_row_header.xlsx", "hazard", "merged header of two rows under a title", _two_rows, PLAIN),
    Case(
        "a_unit_row.xlsx",
        "hazard",
        "a row of units under the header",
        lambda: xlsx([TITLE, HEAD, [None, None, None, None, None, None, "条", "条"], *SIX]),
        PLAIN,
    ),
    Case(
        "a_number_row.xlsx",
        "hazard",
        "a row with the numbers of the columns under the header",
        lambda: xlsx([TITLE, HEAD, list(range(1, 12)), *SIX]),
        PLAIN,
    ),
    Case(
        "a_number_row_brackets.xlsx",
        "hazard",
        "column numbers in brackets, first cell 栏次",
        lambda: xlsx([HEAD, ["栏次", *(f"({n})" for n in range(1, 11))], *SIX]),
        PLAIN,
    ),
    Case(
        "a_sequence_gaps.xlsx",
        "hazard",
        "序号 with gaps, twice the same, as text, missing",
        lambda: xlsx(
            [HEAD, *([n, *row[1:]] for n, row in zip([1, 3, 3, "4-1", "⑤", None], SIX, strict=True))]
        ),
        PLAIN,
    ),
    Case("a_subtotals.xlsx", "hazard", "小计 after every row, 总计 at the end", _subtotals, PLAIN),
    Case(
        "a_total_wrong.xlsx",
        "hazard",
        "合计 does not fit",
        lambda: xlsx([HEAD, *SIX, _total("合 计", 99)]),
        Want(records(SIX), warn=["W_TOTAL_MISMATCH|合计"]),
    ),
    Case(
        "a_total_first.xlsx",
        "hazard",
        "合计 is the first row",
        lambda: xlsx([TITLE, HEAD, _total("合    计"), *SIX]),
        PLAIN,
    ),
    Case(
        "a_total_in_area.xlsx",
        "hazard",
        "the word 总计 in the column of townships, 全县 as another one",
        lambda: xlsx(
            [
                HEAD,
                *SIX,
                [None, None, "总计", None, None, None, _FOUND, _DONE],
                [None, None, "全县合计", None, None, None, _FOUND, _DONE],
            ]
        ),
        PLAIN,
    ),
    Case(
        "a_notes_below.xlsx",
        "hazard",
        "notes and signature below the table",
        lambda: xlsx(
            [
                TITLE,
                HEAD,
                *SIX,
                ["注：1.本表每月25日前报送；"],
                ["    2.重大隐患须另附整改方案。"],
                ["填表说明：等级填一般或重大"],
                [
                    "单位负责人：张三",
                    None,
                    None,
                    "填表人：李四",
                    None,
                    "联系电话：13800138000",
                    None,
                    "填报日期：2024年7月1日",
                ],
            ]
        ),
        PLAIN,
        absent=["13800138000", "李四"],
    ),
    Case("a_pages.xlsx", "hazard", "title and header repeated on each printed page", _pages, PLAIN),
    Case(
        "a_blank_rows.xlsx",
        "hazard",
        "blank rows and rows of blanks between",
        lambda: xlsx([[], HEAD, SIX[0], [], [], SIX[1], [" ", "\u3000"], *SIX[2:5], *[[]] * 40, SIX[5]]),
        PLAIN,
    ),
    Case(
        "a_prefilled_numbers.xlsx",
        "hazard",
        "numbers filled in for rows that stayed empty",
        _prefilled,
        PLAIN,
    ),
    Case(
        "a_merged_down.xlsx",
        "hazard",
        "date, township and place merged down",
        _merged_down,
        Want(_merged_down_records()),
    ),
    Case(
        "a_merged_number.xlsx",
        "hazard",
        "a number merged over two rows",
        _merged_number,
        Want([record(line(3))], bad=[2, 3]),
    ),
    Case(
        "a_ditto.xlsx",
        "hazard",
        "同上 and 〃 for the township and place of the row above",
        lambda: xlsx([HEAD, line(1), line(2, 乡镇="同上", 单位或地点="〃"), line(3)]),
        Want([record(line(1)), record(line(2), area=line(1)[2], place=line(1)[3]), record(line(3))]),
        also=[Want([record(line(1)), record(line(3))], bad=[3])],
    ),
    Case("a_two_tables.xlsx", "hazard", "two tables of the same form, one under the other", _stacked, PLAIN),
    Case(
        "a_two_tables_narrower.xlsx",
        "hazard",
        "the second table has other columns",
        _stacked_narrower,
        Want(_stacked_narrower_records()),
    ),
    Case(
        "a_two_ledgers.xlsx",
        "hazard",
        "inspections under the hazards",
        _hazards_then_inspections,
        Want(records(SIX), warn=["检查|W_"]),
    ),
    Case(
        "a_side_by_side.xlsx",
        "hazard",
        "two tables next to each other",
        _side_by_side,
        Want(_half(SIX)),
        also=[Want()],
    ),
    Case(
        "a_short_sheet_names.xlsx",
        "hazard",
        "townships only in the names of the sheets, shortened",
        _short_sheet_names,
        Want(_named("盖洋镇", "城关乡", "沙溪乡")),
    ),
    Case(
        "a_area_in_title.xlsx",
        "hazard",
        "township only in the title",
        _area_in_title,
        Want(_named("瀚仙镇", "瀚仙镇", "瀚仙镇")),
    ),
    Case(
        "a_area_in_reporter.xlsx",
        "hazard",
        "township only in the line 填报单位",
        _area_in_reporter,
        Want(_named("枫溪乡", "枫溪乡", "枫溪乡")),
        also=[Want()],
    ),
    Case(
        "a_header_row_30.xlsx",
        "hazard",
        "the header in row 30 below a letter",
        lambda: xlsx([*[["各乡镇人民政府：请按下表报送。"], []] * 14, TITLE, HEAD, *SIX]),
        PLAIN,
    ),
    Case(
        "a_columns_turned.xlsx",
        "hazard",
        "columns in another order, unknown ones between",
        _unknown_columns,
        Want(records(SIX), warn=["录入员", "审核意见"]),
    ),
    Case(
        "a_shifted.xlsx",
        "hazard",
        "the table begins in column D, row 6",
        lambda: xlsx([[]] * 5 + [[None] * 3 + row for row in [HEAD, *SIX]]),
        PLAIN,
    ),
]
