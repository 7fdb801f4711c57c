from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.exchange.cells import CellError, Merged, Sheet
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.reading.xml_2003 import read_xml_2003

_SS = "urn:schemas-microsoft-com:office:spreadsheet"
_HEAD = f'<Workbook xmlns="{_SS}" xmlns:ss="{_SS}" xmlns:x="urn:schemas-microsoft-com:office:excel">'
_STYLES = (
    '<Styles><Style ss:ID="d"><NumberFormat ss:Format="yyyy\\-mm\\-dd"/></Style>'
    '<Style ss:ID="s" ss:Parent="d"/><Style ss:ID="n"><NumberFormat ss:Format="0.00&quot;d&quot;"/></Style>'
    '<Style ss:ID="h"><NumberFormat ss:Format="Short Date"/></Style></Styles>'
)


def book(rows: str, *, start: str = "", more: str = "") -> bytes:
    table = f'<Worksheet ss:Name="表"><Table>{rows}</Table>{more}</Worksheet>'
    return f'<?xml version="1.0"?>{_HEAD}{start}{_STYLES}{table}</Workbook>'.encode()


def read(rows: str, **more: str) -> Sheet:
    (sheet,) = read_xml_2003(book(rows, **more))
    return sheet


def data(kind: str, text: str, more: str = "") -> str:
    return f'<Cell{more}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_types():
    cells = (
        data("String", "甲&#10;乙") + data("Number", "3.5") + data("Boolean", "1") + data("Error", "#REF!")
    )
    cells += data("DateTime", "2024-06-09T00:00:00.000") + data("DateTime", "2024-06-09T08:30:00.000")
    cells += data("DateTime", "1899-12-31T08:30:00.000") + data("Number", "n/a") + data("String", "00123")
    assert read(f"<Row>{cells}</Row>").rows == [
        [
            "甲\n乙",
            3.5,
            True,
            CellError("#REF!"),
            datetime.date(2024, 6, 9),
            datetime.datetime(2024, 6, 9, 8, 30),
            datetime.time(8, 30),
            "n/a",
            "00123",
        ]
    ]


@pytest.mark.parametrize("style", ["d", "s", "h"])
def test_numbers_shown_as_dates_are_dates_in_both_epochs(style: str):
    cell = "<Row>" + data("Number", "{}", f" ss:StyleID='{style}'") + "</Row>"
    assert read(cell.format(45452)).rows == [[datetime.date(2024, 6, 9)]]
    start = "<ExcelWorkbook xmlns='urn:schemas-microsoft-com:office:excel'><Date1904/></ExcelWorkbook>"
    assert read(cell.format(43990), start=start).rows == [[datetime.date(2024, 6, 9)]]


def test_a_number_with_a_unit_in_its_format_stays_one():
    assert read("<Row>" + data("Number", "5", " ss:StyleID='n'") + "</Row>").rows == [[5.0]]


def test_places_merges_and_formulas():
    wide = " ss:Index='2' ss:MergeAcross='2' ss:MergeDown='1'"
    computed = data("Number", "2", " ss:Formula='=1+1'")
    sheet = read(
        '<Column ss:Index="2" ss:Hidden="1" ss:Span="1"/>'
        f'<Row ss:Index="2">{data("String", "a", wide)}{data("String", "b")}</Row>'
        f'<Row ss:Hidden="1">{data("String", "c")}{data("String", "d")}</Row>'
        f'<Row><Cell ss:Formula="=R1C1"/>{computed}</Row>'
    )
    assert sheet.rows == [
        [],
        [None, "a", None, None, "b"],
        ["c", None, None, None, "d"],
        [CellError("=", "E_FORMULA_NO_VALUE"), 2.0],
    ]
    assert sheet.merged == (Merged(1, 1, 2, 3),)
    assert (sheet.formulas, sheet.hidden_rows, sheet.hidden_columns) == (1, {2}, {1, 2})


def test_rich_text_is_text_and_comments_are_not():
    cell = (
        '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>粗</B>体</ss:Data>'
        '<Comment ss:Author="x"><ss:Data>批注</ss:Data></Comment></Cell>'
    )
    assert read(f"<Row>{cell}</Row>").rows == [["粗体"]]


def test_hidden_sheets():
    options = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    assert read("", more=options).hidden
    assert not read("").hidden


def test_gb2312_and_other_prefixes():
    text = book(f"<Row>{data('String', '盖洋镇隐患排查')}</Row>").decode()
    text = text.replace('version="1.0"', 'version="1.0" encoding="gb2312"')
    assert read_xml_2003(text.encode("gb2312"))[0].rows == [["盖洋镇隐患排查"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]>' + book(""), "E_XML_DTD"),
        (book("<Row>")[:-40], "E_DAMAGED"),
        (
            book('<Row ss:Index="9000000"><Cell><Data ss:Type="String">a</Data></Cell></Row>'),
            "E_TOO_MANY_CELLS",
        ),
        (book("<Row>" + data("String", "a", " ss:Index='300'") + "</Row>"), "E_TOO_MANY_COLUMNS"),
        (book('<Row ss:Index="x"/>'), "E_DAMAGED"),
        (book("<a>" * 300), "E_NESTING"),
    ],
)
def test_refusals(content: bytes, code: str):
    with pytest.raises(RefusedError) as caught:
        read_xml_2003(content)
    assert caught.value.code == code
