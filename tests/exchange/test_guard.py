from __future__ import annotations

import pytest

from mingxi_desktop.exchange.guard import guard
from mingxi_desktop.exchange.refusal import RefusedError
from tests.exchange.workbooks import DATA, ods, raw_xlsx, sheet_xml, xlsx


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
    with_nothing = raw_xlsx(sheet_xml("")).replace(b"workbook.xml", b"document.xml")
    assert refusal(with_nothing).code in ("E_NOT_A_TABLE", "E_DAMAGED")


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
