"""Sheets whose cells are read each different one once: nothing of them is read otherwise than as it was."""

from __future__ import annotations

import datetime
import io
import random
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.exchange.reading import child, grid, guard_xlsx, limits, package, parse, reader
from mingxi_desktop.exchange.reading.refusal import RefusedError
from tests.exchange.workbooks import DATA, raw_xlsx, sheet_xml

_FORMATS = (
    "General", "0.00", "#,##0", "0%", "yyyy-mm-dd", "yyyy/m/d h:mm", "h:mm:ss", "[h]:mm", "m月d日", "yyyy年m月d日",
    "mm:ss.0", "0.00E+00", "@", "[Red]0;[Blue]-0", '"日期"0', "\\d0", "_ * #,##0_ ;_ * -#,##0_ ", "# ?/?", "0*y",
    '[$-804]yyyy"年"m"月";@', ";;;", "AM/PM h:mm",
)  # fmt: skip
_NUMBERS = (0, -0.0, 1, 1.0, 60, 61, 0.5, 0.1 + 0.2, 45_292, 45_292.123456, 2_958_465, 2_958_466, -1, 1e-300)
_TEXTS = (
    "_x0041_",
    "_x000D_",
    "&amp;",
    "<b>",
    " 前后 ",
    "\u3000全角",
    "𠮷",
    "甲\n乙",
    "#N/A",
    "12",
    "TRUE",
    "\u00a0x",
)
_STYLES = b"""<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy/m/d;@"/></numFmts><cellXfs>
<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="46"/><xf numFmtId="2"/></cellXfs></styleSheet>"""
_STRINGS = (
    "<sst><si><t>明溪</t><rPh><t>ミンシー</t></rPh></si><si><r><t>盖洋</t></r><r><t>镇</t></r></si>"
    '<si><t> 乡 </t></si><si><t xml:space="preserve"> 乡 </t></si><si><t>_x0041_</t></si></sst>'
).encode()


@pytest.fixture
def pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sheets come in many pieces."""
    monkeypatch.setattr(package, "_PIECE", 3_000)


def answer(data: bytes, large: int) -> list[Any] | tuple[str, str]:
    """What the child says of a file, and the type of each cell, when sheets of so many bytes are tried as grids."""
    sent = io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard_xlsx, "_LARGE", large)
        reader.serve(data, sent)
    sent.seek(0)
    sheets = child._Answer(SimpleNamespace(stdin=io.BytesIO(), stdout=sent)).sheets(data)  # type: ignore[arg-type]
    if isinstance(sheets, RefusedError):
        return sheets.code, sheets.detail
    return [(sheet, [[(type(cell), str(cell)) for cell in row] for row in sheet.rows]) for sheet in sheets]


def both(data: bytes) -> list[Any] | tuple[str, str]:
    """The answer, which is the same with grids and without."""
    told = answer(data, 0)
    assert told == answer(data, 1 << 40)
    return told


@pytest.fixture
def grids(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether the cells of grids were taken, of each workbook that has grids."""
    seen: list[bool] = []
    take = parse._with_cells

    def watched(*arguments: Any) -> Any:
        seen.append(False)
        workbook = take(*arguments)
        seen[-1] = True
        return workbook

    monkeypatch.setattr(parse, "_with_cells", watched)
    return seen


@pytest.mark.parametrize("path", sorted(DATA.glob("*.xlsx")), ids=lambda path: path.stem)
def test_every_workbook_says_the_same(path: Any):
    both(path.read_bytes())


def value(chance: random.Random) -> Any:
    """Something to write into a cell."""
    day = datetime.datetime(1900, 3, 1) + datetime.timedelta(seconds=chance.randrange(4 * 10**9))
    return chance.choice(
        [
            None,
            f"企业{chance.randrange(50)}",
            chance.choice(_TEXTS),
            chance.choice(_NUMBERS),
            chance.random() * 10 ** chance.randrange(-6, 6),
            chance.random() < 0.5,
            day,
            day.date(),
            day.time(),
            datetime.timedelta(seconds=chance.randrange(10**6)),
        ]
    )


@pytest.mark.usefixtures("pieces")
@pytest.mark.parametrize("seed", range(12))
def test_cells_of_all_kinds_and_formats_are_the_same_from_xlsxwriter(seed: int, grids: list[bool]):
    chance, file = random.Random(seed), io.BytesIO()
    settings = {"constant_memory": seed % 2, "date_1904": seed % 3 == 1, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(file, settings) as book:
        forms = [book.add_format({"num_format": code}) for code in _FORMATS]
        for name in ("甲", "乙"):
            sheet, often = book.add_worksheet(name), [value(chance) for _ in range(9)]
            if not seed % 2:
                sheet.merge_range(0, 1, 0, 3, "标题")
            for row in range(1, 40):
                for column in range(seed % 3, 9):
                    cell = chance.choice(often) if chance.random() < 0.7 else value(chance)
                    write = sheet.write_string if isinstance(cell, str) else sheet.write
                    write(row, column, cell, chance.choice([None, *forms]))
    both(file.getvalue())
    assert grids == [True]


@pytest.mark.usefixtures("pieces")
@pytest.mark.parametrize("seed", range(6))
def test_cells_of_all_kinds_are_the_same_from_openpyxl(seed: int, grids: list[bool]):
    chance, book = random.Random(seed), openpyxl.Workbook()
    sheet = book.active
    for row in range(1, 40):
        for column in range(1, 12):
            cell = sheet.cell(row, column, value(chance))
            if cell.data_type == "e":
                cell.data_type = "s"
            if chance.random() < 0.4:
                cell.number_format = chance.choice(_FORMATS)
    sheet.merge_cells("A1:C1")
    file = io.BytesIO()
    book.save(file)
    book.close()
    both(file.getvalue())
    assert grids == [True]


_CELL = st.sampled_from(
    [
        "",
        '<c r="{}"/>',
        '<c r="{}" s="1"></c>',
        '<c r="{}"><v>12</v></c>',
        '<c r="{}"><v>-0</v></c>',
        '<c r="{}" s="1"><v>45292</v></c>',
        '<c r="{}" s="2" t="n"><v>45292.75</v></c>',
        '<c r="{}" s="3"><v>1.5</v></c>',
        '<c r="{}" s="99"><v>1.5</v></c>',
        '<c r="{}" t="b"><v>1</v></c>',
        '<c r="{}" s="4" t="s"><v>0</v></c>',
        '<c r="{}" t="s"><v>1</v></c>',
        '<c r="{}" t="s"><v>2</v></c>',
        '<c r="{}" t="s"><v>3</v></c>',
        '<c r="{}" t="s"><v>4</v></c>',
        '<c r="{}" t="str"><v> 甲 &amp; 乙</v></c>',
        '<c r="{}" t="inlineStr"><is><t xml:space="preserve"> _x0041_&lt;</t></is></c>',
        '<c r="{}" t="inlineStr"><is><t> 丙\r\n丁 </t></is></c>',
    ]
)
_ODD = st.sampled_from(
    [
        '<c r="{}" t="inlineStr"><is><t> </t></is></c>',
        '<c r="{}"><v></v></c>',
        '<c r="{}" t="s"><v>9</v></c>',
        '<c r="{}" t="n"><v>x</v></c>',
        '<c r="{}"><v>x</v></c>',
        '<c r="{}" t="e"><v>#N/A</v></c>',
        '<c r="{}"><f>A1</f><v>1</v></c>',
        '<c r="A{0}"><v>1</v></c>',
        "<c><v>1</v></c>",
    ]
)


def book_of(rows: list[list[str]], tail: str = "") -> bytes:
    """A workbook of these cells, from A on."""
    xml = ""
    for row, cells in enumerate(rows, 1):
        named = [cell.format(f"{column}{row}") for column, cell in zip("ABCDEFGH", cells, strict=False)]
        xml += f'<row r="{row}" spans="1:8">{"".join(named)}</row>'
    extra = {"xl/styles.xml": _STYLES, "xl/sharedStrings.xml": _STRINGS}
    return raw_xlsx(sheet_xml(xml).replace("</worksheet>", f"{tail}</worksheet>"), extra=extra)


@given(st.lists(st.lists(_CELL, max_size=8), max_size=12), st.integers(1, 700))
def test_any_usual_rows_are_the_same_however_the_pieces_fall(rows: list[list[str]], size: int):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package, "_PIECE", size)
        both(book_of(rows, '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'))


@given(st.lists(st.lists(_CELL, max_size=7), max_size=6), _ODD, st.integers(0, 5), st.integers(1, 700))
def test_and_so_is_a_sheet_with_something_odd_in_it(rows: list[list[str]], odd: str, place: int, size: int):
    rows.insert(place, [*([*rows, *[[]] * 6][place]), odd])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(package, "_PIECE", size)
        both(book_of(rows))


_ROW = '<row r="{0}"><c r="A{0}"><v>{0}</v></c><c r="B{0}" t="inlineStr"><is><t>甲</t></is></c></row>'
_ROWS = "".join(map(_ROW.format, range(1, 9)))


def test_the_reader_is_asked_for_each_different_cell_once(grids: list[bool], monkeypatch: pytest.MonkeyPatch):
    import python_calamine

    read: list[int] = []
    from_file = python_calamine.CalamineWorkbook.from_filelike
    count = lambda file: read.append(len(file.getvalue())) or from_file(file)  # noqa: E731
    monkeypatch.setattr(python_calamine, "CalamineWorkbook", SimpleNamespace(from_filelike=count))
    ((sheet, _),) = both(book_of([['<c r="{}"><v>7</v></c>'] * 8] * 50))
    assert grids == [True]
    assert len(read) == 2
    assert sheet.rows == [[7.0] * 8] * 50
    assert len({id(cell) for row in sheet.rows for cell in row}) == 1


@pytest.mark.parametrize(
    "xml",
    [
        _ROWS + _ROW.format(20),  # in one piece with those before it
        _ROWS.replace('<c r="B', '<c r="A'),
        _ROWS.replace('<c r="A', '<c r="Z'),
        _ROWS.replace('<c r="B', '<c r="BM'),
        _ROWS + '<row r="9" hidden="1"><c r="A9"><v>1</v></c></row>',
        _ROWS + '<row r="9"><c r="A9"><f>A1</f><v>1</v></c></row>',
        _ROWS + '<row r="9"><c r="A9" t="e"><v>#N/A</v></c></row>',
        _ROWS + '<row r="9"><c r="A9" t="d"><v>2024-01-01</v></c></row>',
        _ROWS + '<row r="9"><c r="A9" t="inlineStr"><is><r><t>甲</t></r></is></c></row>',
        "\n".join(map(_ROW.format, range(1, 9))),
        _ROW.format(7) + _ROW.format(6),
    ],
)
def test_a_sheet_that_may_be_otherwise_is_no_grid(xml: str, grids: list[bool]):
    both(raw_xlsx(sheet_xml(xml)))
    assert grids == []


@pytest.mark.parametrize(
    "cell", ['<c r="{}"><v></v></c>', '<c r="{}" t="str"><v></v></c>', '<c r="{}" t="s"><v>9</v></c>']
)
def test_a_sheet_with_a_cell_in_doubt_is_read_as_it_is(cell: str, grids: list[bool]):
    both(book_of([['<c r="{}"><v>7</v></c>', cell]]))
    assert grids == [False]


def test_a_sheet_that_the_reader_takes_from_elsewhere_is_read_as_it_is(grids: list[bool]):
    content = raw_xlsx(sheet_xml(_ROWS), extra={"other/sharedStrings.xml": _STRINGS})
    told = both(content.replace(b"xl/workbook.xml", b"XL/workbook.xml"))
    assert len(told) == len(both(content))
    assert grids


def test_rows_below_the_last_value_and_above_the_first_are_as_they_were(grids: list[bool]):
    empty = "".join(f'<row r="{row}" s="1"><c r="A{row}" s="1"/></row>' for row in range(9, 30))
    ((sheet, _),) = both(raw_xlsx(sheet_xml(_ROWS + empty)))
    assert len(sheet.rows) == 8
    below = "".join(map(_ROW.format, range(5, 9)))
    ((sheet, _),) = both(
        raw_xlsx(sheet_xml(below.replace('<c r="A', '<c r="C').replace('<c r="B', '<c r="D')))
    )
    assert sheet.rows[:5] == [[], [], [], [], [None, None, 5.0, "甲"]]
    assert grids == [True, True]


@pytest.mark.parametrize(
    ("limit", "most", "code"),
    [
        ("MAX_ROWS", 7, "E_TOO_MANY_ROWS"),
        ("MAX_COLUMNS", 1, "E_TOO_MANY_COLUMNS"),
        ("MAX_AREA", 15, "E_TOO_MANY_CELLS"),
        ("MAX_DEPTH", 7, "E_TOO_MANY_CELLS"),
        ("MAX_FILLED", 15, "E_TOO_MANY_FILLED"),
        ("MAX_TEXT", 7, "E_TOO_MANY_FILLED"),
        ("MAX_INFLATED", 900, "E_TOO_LARGE_UNZIPPED"),
    ],
)
def test_no_limit_is_wider_for_a_grid(limit: str, most: int, code: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, limit, most)
    assert both(raw_xlsx(sheet_xml(_ROWS)))[0] == code


def test_no_cell_of_a_grid_is_longer_than_a_cell_may_be():
    assert both(raw_xlsx(sheet_xml(_ROWS.replace("甲", "甲" * 32_768))))[0] == "E_CELL_TOO_LONG"


@pytest.mark.parametrize(
    ("limit", "most"),
    [
        ("_MOST_DIFFERENT", 8),
        ("_MOST_BYTES", 90),
        ("_MOST_PLACES", 15),
        ("_ENOUGH", 15),
        ("_MOST_COLUMNS", 1),
    ],
)
def test_a_sheet_of_which_nothing_would_be_saved_is_no_grid(
    limit: str, most: int, grids: list[bool], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(grid, limit, most)
    both(raw_xlsx(sheet_xml(_ROWS)))
    assert grids == []


def test_small_sheets_are_left_to_the_reader(grids: list[bool]):
    answer(raw_xlsx(sheet_xml(_ROWS)), guard_xlsx._LARGE)
    assert grids == []
