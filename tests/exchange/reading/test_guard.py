from __future__ import annotations

import datetime
import io
from contextlib import suppress

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.exchange.cells import Merged
from mingxi_desktop.exchange.reading import guard as guarding
from mingxi_desktop.exchange.reading import limits
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.reading.sniff import Format
from tests.exchange.workbooks import DATA, ods, packed, raw_xlsx, sheet_xml, xlsx

_SMALL = raw_xlsx(sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1</f></c></row>'))


def guard(data: bytes):
    return {notes.name: notes for notes in guarding.guard(data, Format.ZIP)}


def refusal(data: bytes) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        guard(data)
    return caught.value


def test_a_sheet_that_inflates_to_120_megabytes_is_refused():
    bomb = raw_xlsx(sheet_xml('<row r="3"><c r="A3"><v>1</v></c></row>' * 3_000_000))
    assert len(bomb) < 1_000_000
    assert refusal(bomb).code == "E_TOO_LARGE_UNZIPPED"


def test_an_entity_bomb_is_refused():
    assert refusal((DATA / "d20_billion_laughs_sheet.xlsx").read_bytes()).code == "E_XML_DTD"


def test_an_entity_bomb_in_a_part_nobody_reads_is_refused_too():
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert refusal(raw_xlsx(sheet_xml(""), extra={"xl/theme/theme1.xml": bomb})).code == "E_XML_DTD"


def test_a_stray_cell_in_the_last_corner_is_refused_with_its_address():
    found = refusal((DATA / "d31_far_cell.xlsx").read_bytes())
    assert found.code == "E_TOO_MANY_CELLS"
    assert "XFD1048576" in found.message


@pytest.mark.parametrize("cell", ["<f>1+1</f>", "<f>1+1</f><v></v>"])
def test_a_far_formula_without_value_is_no_way_round(cell: str):
    far = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="9000000"><c r="A9000000">{cell}</c></row>'
    assert refusal(raw_xlsx(sheet_xml(far))).code == "E_TOO_MANY_CELLS"
    assert refusal(raw_xlsx(sheet_xml('<row r="0"><c><v>1</v></c></row>'))).code == "E_DAMAGED"


def test_far_cells_without_content_are_nothing():
    notes = guard(
        raw_xlsx(
            sheet_xml(
                '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
            )
        )
    )
    assert notes["表"].errors == {}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (
            "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 100_110)),
            "E_TOO_MANY_ROWS",
        ),
        ('<row r="1"><c r="IW1"><v>1</v></c></row>', "E_TOO_MANY_COLUMNS"),
        (f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"长" * 32_768}</t></is></c></row>', "E_CELL_TOO_LONG"),
        ('<row r="1"><c r="A1"><v>1</v></row>', "E_DAMAGED"),
    ],
)
def test_limits(cells: str, code: str):
    assert refusal(raw_xlsx(sheet_xml(cells))).code == code


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "a\\..\\..\\b.xml", "XL/Workbook.xml"])
def test_names_that_escape_or_repeat_are_refused(name: str):
    assert refusal(raw_xlsx(sheet_xml(""), extra={name: b"<a/>"})).code == "E_ZIP_NAMES"


def test_too_many_parts_are_refused():
    extra = {f"xl/media/{number}.bin": b"" for number in range(2_001)}
    assert refusal(raw_xlsx(sheet_xml(""), extra=extra)).code == "E_TOO_MANY_ENTRIES"


def test_a_cut_file_is_damaged_and_a_zip_of_something_else_is_no_table():
    assert refusal(xlsx([["a"]])[:-400]).code == "E_DAMAGED"
    assert refusal(packed({"a.xlsx": xlsx([["a"]])})).code == "E_ARCHIVE"
    assert refusal(packed({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"})).code == "E_WORD"
    assert (
        refusal(packed({"[Content_Types].xml": b"<a/>", "ppt/presentation.xml": b"<a/>"})).code == "E_SLIDES"
    )


def test_error_cells_uncomputed_formulas_and_hidden_rows_are_noted():
    def change(sheet):
        sheet["A2"], sheet["B2"], sheet["C2"] = "#REF!", "=1+1", 3
        sheet["A2"].data_type = "e"
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True

    notes = guard(xlsx([["甲", "乙", "丙"]], change))["Sheet"]
    assert notes.errors == {(1, 0): "#REF!"}
    assert notes.unvalued == {(1, 1)}
    assert (notes.hidden_rows, notes.hidden_columns) == ({1}, {2})


def test_formulas_with_a_value_are_counted_even_where_the_value_is_an_empty_text():
    cells = '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>T(1)</f><v></v></c><c r="C1"><f>A1</f></c>'
    notes = guard(raw_xlsx(sheet_xml(f'<row r="1">{cells}</row>')))["表"]
    assert (notes.formulas, notes.unvalued) == (2, {(0, 2)})


def test_prefixed_tags_and_cells_without_address_are_understood():
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    xml = (
        f'<x:worksheet xmlns:x="{main}"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c>'
        '<x:c t="e"><x:v>#N/A</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert guard(raw_xlsx(xml))["表"].errors == {(0, 1): "#N/A"}


def test_ods_repeats_are_counted_and_errors_noted():
    one = '<table:table-cell office:value-type="float" office:value="1"{}/>'
    wide = one.format(' table:number-columns-repeated="300"')
    assert refusal(ods(f"<table:table-row>{wide}</table:table-row>")).code == "E_TOO_MANY_COLUMNS"
    deep = f'<table:table-row table:number-rows-repeated="1048576">{one.format("")}</table:table-row>'
    assert refusal(ods(deep)).code == "E_TOO_MANY_ROWS"
    error = '<table:table-cell calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>'
    formula = '<table:table-cell table:formula="of:=1"/>'
    notes = guard(ods(f'<table:table-row table:visibility="collapse">{error}{formula}</table:table-row>'))[
        "表"
    ]
    assert (notes.errors, notes.unvalued, notes.hidden_rows) == ({(0, 0): "#REF!"}, {(0, 1)}, {0})


def test_empty_repeated_rows_at_the_end_of_an_ods_are_nothing():
    rows = (
        '<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell table:number-columns-repeated="1024"/>'
        "</table:table-row>"
    )
    assert guard(ods(rows))["表"].errors == {}


def test_a_declared_size_that_lies_does_not_help():
    bomb = bytearray(raw_xlsx(sheet_xml('<row r="3"><c r="A3"><v>1</v></c></row>' * 1_000_000)))
    at = bomb.rindex(b"xl/worksheets/sheet1.xml") - 46
    bomb[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    assert refusal(bytes(bomb)).code == "E_DAMAGED"


def test_entries_that_lie_over_each_other_are_refused():
    data = bytearray(packed({"xl/workbook.xml": b"<a/>", "b": bytes(5000), "c": bytes(5000)}))
    first, second = data.index(b"PK\x01\x02"), data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    assert refusal(bytes(data)).code == "E_DAMAGED"


def test_encrypted_entries_are_told_as_a_password():
    data = bytearray(raw_xlsx(sheet_xml("")))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(data)).code == "E_PASSWORD"


def test_formulas_that_their_writer_set_to_0_without_computing_have_no_value():
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_formula(0, 0, "=1+1")
    sheet.write_formula(1, 0, "=2+2")
    book.close()
    assert guard(file.getvalue())["Sheet1"].unvalued == {(0, 0), (1, 0)}


def test_a_cell_that_says_another_row_than_its_own_is_damage():
    assert refusal(raw_xlsx(sheet_xml('<row r="1"><c r="A7"><v>1</v></c></row>'))).code == "E_DAMAGED"


def test_too_much_in_all_sheets_together_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "MAX_FILLED", 100)
    cells = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"><v>1</v></c></row>' for n in range(1, 60)
    )
    assert refusal(raw_xlsx(sheet_xml(cells))).code == "E_TOO_MANY_FILLED"


def test_ods_values_that_the_reader_gets_wrong():
    time = '<table:table-cell office:value-type="time" office:time-value="PT25H30M00S"/>'
    tab = '<table:table-cell office:value-type="string"><text:p>a<text:tab/>b</text:p></table:table-cell>'
    empty = '<table:table-cell table:formula="of:=T(1)"><text:p/></table:table-cell>'
    notes = guard(ods(f"<table:table-row>{time}{tab}{empty}</table:table-row>"))["表"]
    assert notes.values == {(0, 0): datetime.timedelta(hours=25, minutes=30), (0, 1): "a\tb"}
    assert (notes.unvalued, notes.formulas) == (set(), 1)


def test_merged_cells_and_comments_of_an_ods():
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    cell = '<table:table-cell table:number-columns-spanned="2" calcext:value-type="error">'
    cell += f"{note}<text:p>#N/A</text:p></table:table-cell>"
    notes = guard(ods(f"<table:table-row>{cell}<table:covered-table-cell/></table:table-row>"))["表"]
    assert (notes.merged, notes.errors) == ([Merged(0, 0, 0, 1)], {(0, 0): "#N/A"})


def test_other_open_documents_and_encrypted_ones():
    assert refusal(packed({"content.xml": b"<a/>", "mimetype": b"x"})).code == "E_NOT_A_TABLE"
    text = b'<office:document-content xmlns:office="urn:x"><office:text/></office:document-content>'
    assert refusal(packed({"content.xml": text})).code == "E_WORD"
    assert refusal(packed({"encrypted-package": b"x", "mimetype": b"x"})).code == "E_PASSWORD"


@given(st.data())
def test_whatever_is_changed_in_it_a_file_is_read_or_refused(data: st.DataObject):
    content = bytearray(_SMALL)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(RefusedError):
        guard(bytes(content))
