"""xlsx as other programs than Excel write it: same cells, other ways to say so."""

from __future__ import annotations

import datetime
import re

import pytest

from mingxi_desktop.exchange.cells import CellError, Row
from mingxi_desktop.exchange.reading.child import ReadingProcess
from mingxi_desktop.exchange.reading.read import read_sheets
from tests.exchange.workbooks import packed

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STRICT = {
    _MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    _DOC: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}

_STRINGS = (
    f'<sst xmlns="{_MAIN}"><si><t>明溪</t><rPh sb="0" eb="1"><t>ミンシー</t></rPh></si>'
    '<si><r><t>盖洋</t></r><r><rPr><b/></rPr><t xml:space="preserve">镇 </t></r></si></sst>'
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs>'
    "</styleSheet>"
)
_SHEETS = '<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets>'
_CELLS = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" s="1"><v>45452</v></c>'
    '<c r="D1" s="2"><v>0.5</v></c><c r="E1" t="b"><v>1</v></c><c r="F1" t="e"><v>#N/A</v></c>'
    '<c r="G1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c><c r="H1"><f>A1</f></c></row>'
)
_WANTED: list[Row] = [
    [
        "明溪",
        "盖洋镇 ",
        datetime.date(2024, 6, 9),
        0.5,
        True,
        CellError("#N/A"),
        "甲乙",
        CellError("=", "E_FORMULA_NO_VALUE"),
    ]
]


def parts(
    cells: str = _CELLS, *, book: str = "", before: str = "", target: str = "worksheets/sheet1.xml"
) -> dict[str, str]:
    relation = '<Relationship Id="{}" Type="{}/{}" Target="{}"/>'
    relations = relation.format("rId1", _DOC, "worksheet", target)
    relations += relation.format("rId2", _DOC, "sharedStrings", "sharedStrings.xml")
    relations += relation.format("rId3", _DOC, "styles", "styles.xml")
    root = relation.format("rId1", _DOC, "officeDocument", "xl/workbook.xml")
    head = f'<Relationships xmlns="{_PACKAGE}/relationships">'
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f"{head}{root}</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOC}">{book}{_SHEETS}</workbook>',
        "xl/_rels/workbook.xml.rels": f"{head}{relations}</Relationships>",
        "xl/sharedStrings.xml": _STRINGS,
        "xl/styles.xml": _STYLES,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{cells}</sheetData></worksheet>',
    }


def changed(content: dict[str, str], change) -> dict[str, str]:
    return {name: change(name, text) for name, text in content.items()}


def prefixed(name: str, text: str) -> str:
    if "workbook.xml.rels" in name or not name.startswith("xl/"):
        return text
    return re.sub(r"<(/?)(\w)", r"<\1x:\2", text).replace(f'xmlns="{_MAIN}"', f'xmlns:x="{_MAIN}"')


def strict(name: str, text: str) -> str:
    for old, new in _STRICT.items():
        text = text.replace(old, new)
    return text


_UNNUMBERED = re.sub(r' r="[A-Z]*\d+"', "", _CELLS)

_VARIANTS = {
    "plain": parts(),
    "prefixes": changed(parts(), prefixed),
    "strict": changed(parts(), strict),
    "without addresses": parts(_UNNUMBERED),
    "absolute target": parts(target="/xl/worksheets/sheet1.xml"),
    "backslashes": {name.replace("/", "\\"): text for name, text in parts().items()},
    "dimension too large": parts(before='<dimension ref="A1:XFD1048576"/>'),
    "dimension too small": parts(before='<dimension ref="A1"/>'),
    "dates since 1904": parts(_CELLS.replace("45452", "43990"), book='<workbookPr date1904="1"/>'),
    "macros": parts() | {"xl/vbaProject.bin": "x"},
    "drawings of Excel that are no XML": parts() | {"xl/drawings/vmlDrawing1.vml": "<xml><br></xml>"},
    "styled cells far away": parts(f'{_CELLS}<row r="1048576"><c r="XFD1048576" s="1"/></row>'),
}


@pytest.fixture(scope="module")
def process():
    with ReadingProcess() as process:
        yield process


@pytest.mark.parametrize("name", _VARIANTS)
def test_the_same_cells(name: str, process):
    data = packed({part: text.encode() for part, text in _VARIANTS[name].items()})
    (sheet,) = read_sheets(data, process)
    assert (sheet.name, sheet.rows) == ("表", _WANTED)


def test_without_styles_a_date_is_its_number(process):
    content = {part: text.encode() for part, text in parts().items() if part != "xl/styles.xml"}
    (sheet,) = read_sheets(packed(content), process)
    assert sheet.rows[0][2] == 45452


def test_shared_and_array_formulas_with_values_are_counted(process):
    cells = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c>'
        '<c r="B2"><f t="array" ref="B2:B3">C1</f><v>3</v></c></row>'
        '<row r="3"><c r="B3"><v>4</v></c><c r="C3" t="str"><f>D1</f><v></v></c></row>'
    )
    content = {part: text.encode() for part, text in parts(cells).items()}
    (sheet,) = read_sheets(packed(content), process)
    assert (sheet.rows, sheet.formulas) == ([[1], [2, 3], [None, 4]], 4)


def test_line_breaks_and_escapes(process):
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲_x000D_&#10;乙</t></is></c></row>'
    content = {part: text.encode() for part, text in parts(cells).items()}
    (sheet,) = read_sheets(packed(content), process)
    assert sheet.rows[0][0] in ("甲\r\n乙", "甲\n乙")
