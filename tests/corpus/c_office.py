"""Workbooks that are no Open XML: BIFF8 (.xls, .et), OpenDocument, and files that are no tables."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from tests.corpus.biff import ole, xls
from tests.corpus.books import packed, raw
from tests.corpus.expect import Case, Want
from tests.corpus.others import fods, ods, table_xml
from tests.corpus.rows import HEAD, line, lines, record, records

SIX = lines(6)
TABLE: list[list[Any]] = [HEAD, *SIX]
PLAIN = Want(records(SIX))
_XML = table_xml(TABLE)
_HIDDEN_ROW = _XML.replace("<table:table-row>", '<table:table-row table:visibility="collapse">', 3).replace(
    '<table:table-row table:visibility="collapse">', "<table:table-row>", 1
)
_TAIL = (
    '<table:table-row table:number-rows-repeated="1048560"><table:table-cell table:number-columns-repeated="16384"/>'
    "</table:table-row>"
)


def _many_texts() -> list[Any]:
    return [line(number, 隐患内容=f"第{number}处：" + "说明" * 60) for number in range(1, 81)]


def _repeated() -> bytes:
    """Equal cells and rows written once, with how often."""
    row = line(1, 发现数量=1, 已整改数量=1)
    xml = table_xml([HEAD, row, line(2)])
    one = '<table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell>'
    return ods(
        xml.replace(
            one * 2, one.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="2"')
        )
    )


def _fast_writer() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "constant_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        date = book.add_format({"num_format": 'yyyy"年"m"月"d"日"'})
        for number, row in enumerate(TABLE):
            for column, cell in enumerate(row):
                if hasattr(cell, "year"):
                    sheet.write_datetime(number, column, cell, date)
                elif cell is not None:
                    sheet.write(number, column, cell)
    return file.getvalue()


def _docx() -> bytes:
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": "<Relationships/>",
            "word/document.xml": "<w:document/>",
        }
    )


def _zip_of_tables() -> bytes:
    return packed({"6月.xlsx": raw(TABLE), "7月.xlsx": raw(TABLE)})


def _xlsb() -> bytes:
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": bytes(100),
            "xl/worksheets/sheet1.bin": bytes(9),
        }
    )


def _nothing(
    name: str,
    what: str,
    data: bytes,
    code: str = "E_NOT_A_TABLE|E_FORMAT|E_DAMAGED|E_WORD|E_ARCHIVE|E_PDF|E_IMAGE",
) -> Case:
    return Case(name, "hazard", what, lambda: data, Want(code=code))


CASES = [
    Case("c_biff8.xls", "hazard", "BIFF8", lambda: xls(TABLE), PLAIN),
    Case("c_biff8.et", "hazard", "BIFF8 under WPS's ending", lambda: xls([["隐患台账"], *TABLE]), PLAIN),
    Case("c_biff8_as.xlsx", "hazard", "BIFF8 under the name xlsx", lambda: xls(TABLE), PLAIN),
    Case(
        "c_biff8_1904.xls", "hazard", "BIFF8 with dates from 1904", lambda: xls(TABLE, date1904=True), PLAIN
    ),
    Case(
        "c_biff8_errors.xls",
        "hazard",
        "BIFF8 with error cells",
        lambda: xls([HEAD, line(1), line(2, 发现数量=("error", "#REF!")), line(3, 备注=("error", "#N/A"))]),
        Want(records([line(1)]), bad=[3, 4]),
    ),
    Case(
        "c_biff8_formulas.xls",
        "hazard",
        "BIFF8 with formulas and their values",
        lambda: xls([HEAD, line(1, 发现数量=("f", 7.0)), line(2)]),
        Want([record(line(1), quantity_found=7), record(line(2))], warn=["W_FORMULA|公式"]),
    ),
    Case(
        "c_biff8_hidden.xls",
        "hazard",
        "BIFF8 with hidden rows and a hidden sheet",
        lambda: xls(TABLE, hidden=[3, 4], others=[("旧", [HEAD, line(9)], 1)]),
        Want(records(SIX), warn=["W_HIDDEN_SHEET|隐藏的工作表", "W_HIDDEN |隐藏的行|隐藏行"]),
    ),
    Case(
        "c_biff8_many.xls",
        "hazard",
        "BIFF8 whose texts go over many CONTINUE records",
        lambda: xls([HEAD, *_many_texts()]),
        Want(records(_many_texts())),
        also=[Want()],
    ),
    Case("c_ods.ods", "hazard", "OpenDocument with the usual empty rest", lambda: ods(_XML + _TAIL), PLAIN),
    Case(
        "c_ods_hidden.ods",
        "hazard",
        "OpenDocument with hidden rows",
        lambda: ods(_HIDDEN_ROW),
        Want(records(SIX), warn=["W_HIDDEN|隐藏"]),
    ),
    Case(
        "c_ods_repeated.ods",
        "hazard",
        "OpenDocument with repeated cells",
        _repeated,
        Want([record(line(1), quantity_found=1, quantity_rectified=1), record(line(2))]),
    ),
    Case(
        "c_ods_error.ods",
        "hazard",
        "OpenDocument with an error and a formula without value",
        lambda: ods(table_xml([HEAD, line(1), line(2, 发现数量="Err:502"), line(3, 发现数量="#REF!")])),
        Want(records([line(1)]), bad=[3, 4]),
    ),
    Case("c_fods.fods", "hazard", "flat OpenDocument", lambda: fods(_XML), PLAIN, also=[Want()]),
    Case(
        "c_fods_as.xml",
        "hazard",
        "flat OpenDocument under the name xml",
        lambda: fods(_XML),
        PLAIN,
        also=[Want()],
    ),
    Case("c_fast_writer.xlsx", "hazard", "XlsxWriter in constant memory", _fast_writer, PLAIN),
    _nothing("c_word.docx", "a Word document", _docx()),
    _nothing("c_word_as.xlsx", "a Word document under the name xlsx", _docx()),
    _nothing("c_word.doc", "an old Word document", ole({"WordDocument": bytes(5000)})),
    _nothing("c_archive.zip", "an archive of tables", _zip_of_tables()),
    _nothing("c_binary.xlsb", "an xlsb", _xlsb()),
    _nothing("c_pdf.pdf", "a PDF", b"%PDF-1.7\n" + bytes(300)),
    _nothing(
        "c_pdf_as.xls", "a PDF under the name xls", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
    ),
    _nothing("c_picture.jpg", "a photograph of a table", b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(300)),
    _nothing("c_rar.xlsx", "a RAR archive", b"Rar!\x1a\x07\x01\0" + bytes(300)),
    _nothing("c_json.json", "JSON", '[{"乡镇":"盖洋镇","隐患":"灭火器过期"}]'.encode(), ""),
    _nothing(
        "c_letter.txt",
        "a letter",
        "各乡镇：\r\n    请于6月30日前，报送隐患台账。谢谢！\r\n  县应急局\r\n".encode("gb18030"),
        "",
    ),
    _nothing(
        "c_svg.xml", "some other XML", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', ""
    ),
]
