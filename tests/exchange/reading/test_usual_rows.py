"""Rows that are told to be whole from one pattern: a parser finds nothing wrong with any of them."""

from __future__ import annotations

from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.exchange.reading.grid import Grid, Room
from mingxi_desktop.exchange.reading.guard import guard
from mingxi_desktop.exchange.reading.plain_rows import PlainRows
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.reading.sniff import Format
from mingxi_desktop.exchange.reading.usual_rows import are_usual, may_be_usual
from tests.exchange.workbooks import raw_xlsx, sheet_xml

FILLED = [
    '<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><v>45292</v></c></row>',
    '<row r="2" spans="1:3" x14ac:dyDescent="0.25"><c r="AZ2" t="s"><v>0</v></c><c r="BA2" t="b"><v>1</v></c></row>',
    '<row r="3"><c r="A3" t="inlineStr"><is><t xml:space="preserve"> 甲 &amp; 乙\n</t></is></c></row>',
    '<row r="4" ht="15" spans="1:2"><c r="A4" t="str"><v>—𠮷&#20225;&#65292;&#134071;</v></c><c r="B4"></c></row>',
]
USUAL = [
    *FILLED,
    '<row r="5" hidden="false" outlineLevel="0"><c r="A5" t="n"><v>1</v></c></row>',
    '<row r="6" spans="1:13" s="3" customFormat="1" ht="15" customHeight="1"><c r="A6" s="4"/></row>',
]
ODD = [
    "",
    '<row r="1"/>',
    '<row r="1"><c r="A1"><v>1</v></c>',
    '<row r="1"><c r="A2"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><f>B1</f><v>1</v></c></row>',
    '<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>',
    '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>',
    '<row r="1" ht="1" ht="2"><c r="A1"><v>1</v></c></row>',
    '<row r="1" r="2"><c r="A1"><v>1</v></c></row>',
    '<row r="1" spans="1:2"ht="2"><c r="A1"><v>1</v></c></row>',
    '<row r="1"\x0b><c r="A1"><v>1</v></c></row>',
    '<row r="1"><c r="A1"><v>a]]>b</v></c></row>',
    '<row r="1"><c r="A1"><v>&nbsp;</v></c></row>',
    '<row r="1"><c r="A1"><v>a & b</v></c></row>',
    '<row r="1"><c r="A1"><v>&#0;</v></c></row>',
    '<row r="1"><c r="A1"><v>&#55296;</v></c></row>',
    '<row r="1"><c r="A1"><v>&#65535;</v></c></row>',
    '<row r="1"><c r="A1"><v>\x0b</v></c></row>',
    '<row r="1"><c r="A1"><v>\ufffe</v></c></row>',
    '<row r="1"><c r="A1"><v><!-- --></v></c></row>',
    '<row r="1"><c r="A1"><v>1</v></c></row>\n',
]


def parsed(rows: bytes) -> None:
    parser = expat.ParserCreate()
    parser.Parse(b'<?xml version="1.0" encoding="UTF-8"?><a>' + rows + b"</a>", True)


def test_what_programs_write_is_usual():
    assert are_usual("".join(USUAL).encode())
    for row in USUAL:
        assert are_usual(row.encode())


@pytest.mark.parametrize("row", ODD)
def test_what_is_not_certain_is_not_usual(row: str):
    assert not are_usual(row.encode())
    assert not are_usual((USUAL[0] + row).encode()) or not row


@pytest.mark.parametrize("wrong", [b"\xff", b"\xed\xa0\x80", b"\xc0\xaf", b"\xe7\x94"])
def test_what_is_no_utf_8_is_not_usual(wrong: bytes):
    assert not are_usual(USUAL[0].encode().replace(b">1<", b">" + wrong + b"<"))


@given(
    st.lists(st.sampled_from([*USUAL, *ODD]), min_size=1), st.integers(0, 400), st.sampled_from('<>&"/ rc]é')
)
def test_a_parser_finds_nothing_wrong_with_usual_rows(rows: list[str], place: int, sign: str):
    text = "".join(rows)
    for damaged in (text, text[:place] + sign + text[place:], text[:place] + text[place + 1 :]):
        if are_usual(damaged.encode()):
            parsed(damaged.encode())


def test_only_a_sheet_in_utf_8_has_usual_rows():
    assert may_be_usual(b"<worksheet>")
    assert may_be_usual(b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-8" standalone="yes"?><worksheet>')
    assert not may_be_usual(b"<?xml version='1.0' encoding='ISO-8859-1'?><worksheet>")


@pytest.mark.parametrize("going", [True, False])
def test_the_rest_is_checked_with_an_empty_row_in_their_place(going: bool):
    checked: list[bytes] = []
    rows = PlainRows(lambda _: None, lambda *_: None, ["7"], checked.append, Grid("", Room(), going=going))
    rows.piece(sheet_xml("".join(FILLED)).encode())
    rows.end()
    assert b"".join(checked).decode() == sheet_xml("<row/>")


@pytest.mark.parametrize(
    "xml",
    [
        sheet_xml("".join(FILLED)).replace("</sheetData>", ""),
        sheet_xml("".join(FILLED)) + USUAL[0],
        sheet_xml("".join(FILLED)).replace("<sheetData>", "<sheetData x>"),
    ],
)
def test_a_sheet_that_is_not_whole_around_them_is_refused(xml: str):
    with pytest.raises(RefusedError) as refused:
        guard(raw_xlsx(xml), Format.ZIP)
    assert refused.value.code == "E_DAMAGED"
