from __future__ import annotations

import pytest

from mingxi_desktop.exchange.reading.cell_units import unit_of
from mingxi_desktop.exchange.reading.child import ReadingProcess
from mingxi_desktop.exchange.reading.read import read_sheets
from tests.exchange.workbooks import xlsx


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ('0.00"万元"', "万元"),
        ('#,##0.000\\万\\元;[Red]-#,##0.000"万元"', "万元"),
        ('0"元"', "元"),
        ("0万人次", "万人次"),
        ('[$-804]0.0"亿元"_ ', "亿元"),
        ('0"人"', ""),
        ('0!.0,"万"', ""),
        ('0.0,"千元"', ""),
        ('0.00%"万"', ""),
        ("General", ""),
        ('yyyy"年"m"月"', ""),
        ('"万元"0', ""),
        ("#,##0", ""),
        ("@", ""),
        ("", ""),
    ],
)
def test_units_of_number_formats(code: str, unit: str):
    assert unit_of(code) == unit


def test_an_amount_with_its_unit_only_in_the_format_is_read_as_it_is_shown():
    def change(sheet):
        for cell in (sheet["A1"], sheet["B1"], sheet["C1"]):
            cell.number_format = '0.00"万元"'

    with ReadingProcess() as process:
        (sheet,) = read_sheets(xlsx([[76.026, "约5", None, 3]], change), process)
    assert sheet.rows == [["76.026万元", "约5", None, 3]]
