"""Cells and parts that trip careless readers: numbers without end, odd digits, merges over everything."""

from __future__ import annotations

from typing import Any

from tests.corpus.a_values import open_line
from tests.corpus.books import (
    DECLARATION,
    MAIN,
    REL,
    packed,
    parts,
    raw,
    rows_xml,
    sheet_xml,
    sheets,
    styles_xml,
)
from tests.corpus.expect import Case, Want
from tests.corpus.others import delimited
from tests.corpus.rows import HEAD, line, lines, record, records

SIX = lines(6)
TABLE: list[list[Any]] = [HEAD, *SIX]
PLAIN = Want(records(SIX))
_XML = rows_xml(TABLE)

_NUMBERS = [
    "9" * 5000,
    "1e999999999",
    "1E+1000000",
    "-" * 3000,
    "(" * 3000,
    "1," * 3000,
    "亿" * 3000,
    "一" * 3000,
    "².",
    "½",
    "Ⅻ条",
    "٣",
    "㊀",
    "1" + " " * 3000 + "2",
    "+-+-5",
    "0" * 3000,
    "１" * 400,
    "零",
    "〇",
    "3\u202e5",
]
_DATES = [
    "2024-" * 3000,
    "２０２４年" * 300,
    "二" * 3000,
    "9" * 5000,
    "2024-06-" + "0" * 3000 + "9",
    "²⁰²⁴-06-09",
    "2024年٦月9日",
    "24:00",
    "60",
    "2024-6-9 25:61",
    "()" * 2000,
    "6.9-" * 800,
    "2024-06-09" + "\u0301" * 50,
]


def _number_rows() -> list[Any]:
    return [HEAD, *(open_line(n, 发现数量=text) for n, text in enumerate(_NUMBERS, 1)), line(40)]


def _date_rows() -> list[Any]:
    return [HEAD, *(open_line(n, 排查日期=text) for n, text in enumerate(_DATES, 1)), line(40)]


def _maybe(number: int, text: str, found: int) -> list[Any]:
    return [record(open_line(number, 发现数量=text), quantity_found=found)]


def _escape(text: str) -> bytes:
    """A text with Excel's escape of a character that XML cannot hold."""
    xml = rows_xml([HEAD, line(1, 隐患内容="前Z后"), line(2)])
    return packed(parts(sheet_xml(xml.replace("前Z后", f"前{text}后"))))


def _merges(*places: str) -> bytes:
    merged = "".join(f'<mergeCell ref="{place}"/>' for place in places)
    return packed(parts(sheet_xml(_XML, after=f"<mergeCells>{merged}</mergeCells>")))


def _named(name: str) -> bytes:
    return packed(parts(sheet_xml(_XML), name=name))


def _many_styles() -> bytes:
    return packed(parts(sheet_xml(_XML), styles=styles_xml(*["yyyy\\-mm\\-dd"] * 60_000)))


def _many_names() -> bytes:
    names = "".join(f'<definedName name="n{n}">#REF!</definedName>' for n in range(20_000))
    book = (
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets><sheet name="表" sheetId="1" r:id="rId1"/>'
        f"</sheets><definedNames>{names}</definedNames></workbook>"
    )
    return packed(parts(sheet_xml(_XML), workbook=book))


def _unused_strings() -> bytes:
    items = "".join(f"<si><t>旧文字{n}</t></si>" for n in range(200_000))
    return raw(TABLE, {"xl/sharedStrings.xml": f'{DECLARATION}<sst xmlns="{MAIN}">{items}</sst>'})


def _all_hidden() -> bytes:
    return packed(
        parts(sheet_xml(_XML, before='<cols><col min="1" max="16384" width="0" hidden="1"/></cols>'))
    )


def _both(text: str) -> Want:
    return Want([record(line(1, 隐患内容=text)), record(line(2))])


_BAD_ROW = Want([record(line(2))], bad=[2])
_BREAKS = "\n".join("行" for _ in range(2000))

CASES = [
    Case(
        "d_numbers_endless.xlsx",
        "hazard",
        "numbers without end, odd digits, brackets by the thousand",
        lambda: raw(_number_rows()),
        Want(
            [record(line(40))],
            bad=[n for n in range(2, 22) if n not in range(10, 16)],
            maybe={
                11: _maybe(10, "", 1),
                12: [],
                13: _maybe(12, "", 3),
                14: _maybe(13, "", 1),
                15: [],
                10: [],
            },
        ),
    ),
    Case(
        "d_dates_endless.xlsx",
        "hazard",
        "dates without end, odd digits",
        lambda: raw(_date_rows()),
        Want(
            [record(line(40))],
            bad=[n for n in range(2, 15) if n not in (7, 8, 14)],
            maybe={n + 1: [record(open_line(n), record_date="2024-06-09")] for n in (6, 7, 13)},
        ),
    ),
    Case(
        "d_long_digits.csv",
        "hazard",
        "a hundred thousand digits",
        lambda: delimited([HEAD, open_line(1, 发现数量="7" * 30_000), line(2)]),
        _BAD_ROW,
        also=[Want()],
    ),
    Case(
        "d_surrogate.xlsx",
        "hazard",
        "half of a character by Excel's escape",
        lambda: _escape("_xD83D_"),
        _both("前后"),
        also=[_BAD_ROW, Want(), _both("前_xD83D_后"), _both("前�后")],
    ),
    Case(
        "d_nul.xlsx",
        "hazard",
        "a NUL by Excel's escape",
        lambda: _escape("_x0000_"),
        _both("前后"),
        also=[_BAD_ROW, Want()],
    ),
    Case(
        "d_direction.xlsx",
        "hazard",
        "a sign that turns the direction of writing",
        lambda: raw([HEAD, line(1, 隐患内容="甲\u202e乙"), line(2)]),
        _both("甲\u202e乙"),
        also=[_both("甲乙"), _BAD_ROW],
    ),
    Case(
        "d_zero_width.xlsx",
        "hazard",
        "zero-width signs inside a township and a header",
        lambda: raw([[*HEAD[:2], "乡\u200b镇", *HEAD[3:]], line(1, 乡镇="盖\u200b洋镇"), line(2)]),
        Want([record(line(1), area="盖洋镇"), record(line(2))]),
        also=[_BAD_ROW],
    ),
    Case(
        "d_two_thousand_breaks.xlsx",
        "hazard",
        "2,000 line breaks in a cell",
        lambda: raw([HEAD, line(1, 隐患内容=_BREAKS), line(2)]),
        _both(_BREAKS),
        also=[_BAD_ROW],
    ),
    Case(
        "d_long_place.xlsx",
        "hazard",
        "a place of 5,000 characters",
        lambda: raw([HEAD, line(1, 单位或地点="厂" * 5000), line(2)]),
        _BAD_ROW,
        also=[Want([record(line(1, 单位或地点="厂" * 5000)), record(line(2))])],
    ),
    Case(
        "d_merged_all.xlsx",
        "hazard",
        "the whole sheet merged into one",
        lambda: _merges("A1:XFD1048576"),
        Want(),
        also=[PLAIN, Want([], bad=range(2, 8))],
    ),
    Case(
        "d_merged_far.xlsx",
        "hazard",
        "merged cells far below the table",
        lambda: _merges("A500000:K1000000"),
        PLAIN,
        also=[Want()],
    ),
    Case(
        "d_merged_overlap.xlsx",
        "hazard",
        "merged cells that overlap",
        lambda: _merges("C2:C4", "C3:D5", "X", "B9:A1"),
        Want(),
        also=[PLAIN, Want([], bad=range(2, 8))],
    ),
    Case(
        "d_merged_many.xlsx",
        "hazard",
        "50,000 merged cells",
        lambda: _merges(*(f"M{n}:N{n}" for n in range(10, 50_010))),
        PLAIN,
        also=[Want()],
    ),
    Case(
        "d_sheet_name_long.xlsx",
        "hazard",
        "a sheet name of 400 characters",
        lambda: _named("表" * 400),
        PLAIN,
    ),
    Case(
        "d_sheet_name_path.xlsx",
        "hazard",
        "a sheet name that is a path",
        lambda: _named("../../etc/[passwd]?*"),
        PLAIN,
    ),
    Case(
        "d_sheet_name_empty.xlsx",
        "hazard",
        "a sheet without a name",
        lambda: _named(""),
        PLAIN,
        also=[Want()],
    ),
    Case(
        "d_sheet_name_formula.xlsx", "hazard", "a sheet named like a formula", lambda: _named("=1+1"), PLAIN
    ),
    Case("d_many_styles.xlsx", "hazard", "60,000 styles", _many_styles, PLAIN, also=[Want()]),
    Case("d_many_names.xlsx", "hazard", "20,000 broken names", _many_names, PLAIN, also=[Want()]),
    Case(
        "d_unused_texts.xlsx",
        "hazard",
        "200,000 texts that no cell uses",
        _unused_strings,
        PLAIN,
        also=[Want()],
    ),
    Case(
        "d_all_hidden.xlsx",
        "hazard",
        "every column hidden",
        _all_hidden,
        Want(records(SIX), warn=["W_HIDDEN|隐藏"]),
    ),
    Case(
        "d_only_hidden.xlsx",
        "hazard",
        "the only sheet with data is hidden",
        lambda: sheets(
            {"台账": TABLE, "说明": [["见隐藏表"]]},
            lambda book: setattr(book["台账"], "sheet_state", "veryHidden"),
        ),
        Want(code="E_NO_HEADER"),
        also=[Want([], warn=["隐藏"])],
    ),
    Case(
        "d_nul.csv",
        "hazard",
        "NUL bytes between",
        lambda: delimited(TABLE).replace("过期".encode(), b"\0"),
        Want(),
        also=[Want([record(row) | {"description": row[4].replace("过期", "")} for row in SIX])],
    ),
    Case(
        "d_end_mark.csv",
        "hazard",
        "the end mark of DOS at the end",
        lambda: delimited(TABLE, encoding="gb18030") + b"\x1a",
        PLAIN,
        also=[Want()],
    ),
]
