from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.exchange.reading.guard import guard
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.reading.sniff import Format
from tests.exchange import biff
from tests.exchange.workbooks import DATA


def notes(records: bytes):
    (found,) = guard(biff.xls(records), Format.XLS)
    return found


def refusal(data: bytes) -> str:
    with pytest.raises(RefusedError) as caught:
        guard(data, Format.XLS)
    return caught.value.code


def test_error_cells_and_failed_formulas_are_noted():
    found = notes(biff.error(1, 2, 0x17) + biff.formula(3, 0, failed=0x07) + biff.boolean(4, 0, True))
    assert found.errors == {(1, 2): "#REF!", (3, 0): "#DIV/0!"}


def test_formulas_are_computed_when_one_of_them_is():
    found = notes(biff.formula(0, 0, 5.0) + biff.formula(1, 0))
    assert (found.formulas, found.unvalued) == (2, set())


def test_formulas_that_nobody_computed_have_no_value():
    assert notes(biff.formula(0, 0) + biff.formula(1, 0)).unvalued == {(0, 0), (1, 0)}


def test_hidden_rows_and_columns():
    found = notes(biff.number(2, 0, 1) + biff.hidden_row(1) + biff.hidden_row(9) + biff.hidden_columns(3, 4))
    assert (found.hidden_rows, found.hidden_columns) == ({1, 9}, {3, 4})


def test_passwords_are_told():
    locked = biff.workbook([("表", b"", 0)], extra=biff.record(0x002F, bytes(6)))
    assert refusal(biff.compound({"Workbook": locked})) == "E_PASSWORD"
    assert refusal(biff.compound({"EncryptionInfo": b"x", "EncryptedPackage": b"y"})) == "E_PASSWORD"


def test_limits():
    assert refusal(biff.xls(biff.number(0, 0, 1) + biff.number(65_535, 200, 1))) == "E_TOO_MANY_CELLS"
    many = biff.workbook([(f"表{number}", b"", 0) for number in range(65)])
    assert refusal(biff.compound({"Workbook": many})) == "E_TOO_MANY_SHEETS"


def test_a_genuine_file_of_wps_is_understood():
    (found,) = guard((DATA / "c22_wps.et").read_bytes(), Format.XLS)
    assert (found.name, found.errors, found.unvalued) == ("隐患", {}, set())


def test_workbooks_from_before_excel_97_are_refused():
    old = biff.record(0x0809, b"\x00\x05\x05\x00" + bytes(4)) + biff.record(0x000A)
    assert refusal(biff.compound({"Book": old})) == "E_FORMAT"


def test_cut_files_are_damaged():
    data = biff.xls(biff.number(0, 0, 1))
    for length in (100, 600, 2000, len(data) - 600):
        assert refusal(data[:length]) == "E_DAMAGED"


@given(st.data())
def test_whatever_is_changed_in_it_a_file_is_read_or_refused(data: st.DataObject):
    content = bytearray(biff.xls(biff.number(0, 0, 1) + biff.formula(1, 0) + biff.error(2, 0, 7)))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(8, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(RefusedError):
        guard(bytes(content), Format.XLS)
