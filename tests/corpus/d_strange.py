"""Strange but honest: what an office really sends; it must be read, or refused for a reason one can act on."""

from __future__ import annotations

from typing import Any

from tests.corpus.books import cell_xml, packed, parts, raw, rows_xml, sheet_xml, xlsx
from tests.corpus.expect import Case, Want
from tests.corpus.rows import HEAD, line, lines, record, records

SIX = lines(6)
TABLE: list[list[Any]] = [HEAD, *SIX]
PLAIN = Want(records(SIX))
_XML = rows_xml(TABLE)


def _formatted() -> bytes:
    """Ctrl+End far away: 50,000 rows with borders and no content."""
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="K{n}" s="1"/></row>' for n in range(8, 50_000))
    return packed(parts(sheet_xml(_XML + empty)))


def _gap() -> bytes:
    more = rows_xml([line(7)], 3000)
    return packed(parts(sheet_xml(_XML + more)))


def _dde() -> bytes:
    rows = [line(1, 隐患内容=("f", "cmd|'/c calc'!A0", "甲处漏电")), line(2)]
    return raw([HEAD, *rows])


def _big() -> bytes:
    return raw([HEAD, *_thousand()])


def _thousand() -> list[Any]:
    return [line(number) for number in range(1, 3001)]


def _out_of_order() -> bytes:
    """Rows and cells not in their order, as careless writers leave them."""
    rows = [rows_xml([row], n) for n, row in enumerate(TABLE, 1)]
    return packed(parts(sheet_xml("".join([rows[0], *reversed(rows[1:])]))))


def _twice_the_cell() -> bytes:
    xml = _XML.replace('<c r="G2"><v>2</v></c>', '<c r="G2"><v>2</v></c>' + cell_xml("G2", 9))
    return packed(parts(sheet_xml(xml)))


CASES = [
    Case("d_formatted_rows.xlsx", "hazard", "50,000 empty rows with borders", _formatted, PLAIN),
    Case("d_gap.xlsx", "hazard", "a row 3,000 lines below the others", _gap, Want(records([*SIX, line(7)]))),
    Case(
        "d_dde.xlsx",
        "hazard",
        "a formula that would start a program, with its value",
        _dde,
        Want([record(line(1, 隐患内容="甲处漏电")), record(line(2))], warn=["公式"]),
        also=[Want(), Want(records([line(2)]), bad=[2])],
    ),
    Case("d_out_of_order.xlsx", "hazard", "rows in the wrong order", _out_of_order, PLAIN, also=[Want()]),
    Case(
        "d_cell_twice.xlsx",
        "hazard",
        "a cell written twice with two values",
        _twice_the_cell,
        Want(code="E_DAMAGED"),
        also=[Want(records(SIX[1:]), bad=[2]), Want([record(SIX[0], quantity_found=9), *records(SIX[1:])])],
    ),
    Case("d_three_thousand.xlsx", "hazard", "3,000 rows", _big, Want(records(_thousand())), slow=True),
    Case(
        "d_题目 (1) - 副本 &'“”.xlsx",
        "hazard",
        "a file name with everything in it",
        lambda: raw(TABLE),
        PLAIN,
    ),
    Case(
        "d_long_header.xlsx",
        "hazard",
        "a header cell of 3,000 characters",
        lambda: xlsx([[*HEAD[:4], "隐患内容", *HEAD[5:], "说明：" + "请" * 3000], *SIX]),
        PLAIN,
        also=[Want()],
    ),
]
