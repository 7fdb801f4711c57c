"""Files as platforms, old programs and office suites export them."""

from __future__ import annotations

import struct
from typing import Any

from tests.corpus import biff
from tests.corpus.books import packed, parts, rows_xml, sheet_xml, sheets, xlsx
from tests.corpus.c_office import PLAIN, SIX, TABLE
from tests.corpus.expect import Build, Case, Want
from tests.corpus.others import delimited, html, ods, table_xml, xml2003
from tests.corpus.rows import HEAD, line, lines, record, records, texts

_TEXTS = texts(TABLE)
_2003 = "urn:schemas-microsoft-com:office:spreadsheet"


def _case(name: str, what: str, data: Build, want: Want = PLAIN, *also: Want, **more: Any) -> Case:
    return Case(name, "hazard", what, data, want, also=also, **more)


def _excel_texts() -> bytes:
    """Cells as ="…", which platforms write so that Excel keeps them as text."""
    rows = [HEAD, *([f'="{cell}"' if cell else "" for cell in row] for row in _TEXTS[1:])]
    return delimited(rows, encoding="gb18030")


def _tabbed() -> bytes:
    return delimited([[f"{cell}\t" for cell in row] for row in _TEXTS])


def _thousands() -> bytes:
    return delimited(
        [HEAD, line(1, 发现数量="1,683", 已整改数量="1,679"), line(2, 发现数量="２", 已整改数量=1)]
    )


def _html_rows(*rows: Any, before: str = "") -> bytes:
    return html(rows, before=before)


def _html_typed() -> bytes:
    """As Excel saves it: the value in x:num, the text as shown."""
    rows = []
    for row in _TEXTS[1:]:
        cells = list(row)
        cells[6] = f'<td x:num="{row[6]}">{row[6]}.0</td>'
        cells[1] = f"<td style='mso-number-format:\"yyyy-mm-dd\"'>{row[1]} 00:00:00.0</td>"
        cells[3] = f"<td>&nbsp;{row[3]}<br></td>"
        rows.append(cells)
    return html([HEAD, *rows])


def _html_head() -> bytes:
    """A header of two rows by rowspan and colspan, in thead with th."""
    table = html([_TEXTS[0], *_TEXTS[1:]]).decode()
    upper = "".join(f'<th rowspan="2">{name}</th>' for name in HEAD[:5])
    upper += '<th colspan="3">隐患</th>' + "".join(f'<th rowspan="2">{name}</th>' for name in HEAD[8:])
    lower = "".join(f"<th>{name}</th>" for name in ("等级", "发现数量", "已整改数量"))
    first, _, rest = table.partition("</tr>")
    return (
        first[: first.index("<tr>")] + f"<thead><tr>{upper}</tr><tr>{lower}</tr></thead><tbody>{rest}"
    ).encode()


def _html_hidden() -> bytes:
    page = html([HEAD, *_TEXTS[1:]]).decode()
    return page.replace("<tr><td>3</td>", '<tr style="display:none"><td>3</td>').encode()


def _mhtml() -> bytes:
    page = html(_TEXTS).decode()
    import base64

    body = base64.encodebytes(page.encode()).decode()
    return (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="----=_x"\r\n\r\n------=_x\r\n'
        "Content-Location: file:///C:/a.htm\r\nContent-Transfer-Encoding: base64\r\n"
        f'Content-Type: text/html; charset="utf-8"\r\n\r\n{body}\r\n------=_x--\r\n'
    ).encode()


def _xml_indexed() -> bytes:
    """Cells and rows left out by ss:Index; a merged title; a hidden row."""
    text = xml2003([HEAD, *SIX]).decode()
    title = '<Row><Cell ss:MergeAcross="10"><Data ss:Type="String">隐患台账</Data></Cell></Row>'
    text = text.replace("<Table>", f"<Table>{title}").replace("<Cell/>", "")
    text = text.replace(
        '<Row><Cell><Data ss:Type="Number">1</Data></Cell>',
        '<Row ss:Index="5" ss:Hidden="1"><Cell><Data ss:Type="Number">1</Data></Cell>',
        1,
    )
    return text.encode()


def _xml_values() -> bytes:
    """An error, a formula with its value, a formula without, a truth value."""
    rows = xml2003([HEAD, *lines(4)]).decode()
    at = '<Data ss:Type="Number">{}</Data></Cell><Cell><Data ss:Type="Number">1</Data></Cell>'
    for number, (found, new) in enumerate(
        (
            (2, '<Cell><Data ss:Type="Error">#REF!</Data></Cell>'),
            (3, '<Cell ss:Formula="=1+2"><Data ss:Type="Number">3</Data></Cell>'),
            (1, '<Cell ss:Formula="=1+2"></Cell>'),
            (2, '<Cell><Data ss:Type="Boolean">1</Data></Cell>'),
        )
    ):
        old = f"<Cell>{at.format(found)}"
        parts_ = rows.split("<Row>")
        row = parts_[number + 2].replace(old, f'{new}<Cell><Data ss:Type="Number">1</Data></Cell>', 1)
        assert row != parts_[number + 2]
        parts_[number + 2] = row
        rows = "<Row>".join(parts_)
    return rows.encode()


def _old_records() -> bytes:
    """BIFF8 with RK and MULRK numbers, LABEL texts, a formula whose value is a text, a truth value."""
    kept = biff._cell

    def cell(row: int, column: int, value: Any, shared: dict[str, int], date1904: bool) -> bytes:
        place = struct.pack("<HHH", row, column, 0)
        if isinstance(value, bool):
            return struct.pack("<HHHHHBB", 0x205, 8, row, column, 0, int(value), 0)
        if isinstance(value, int):
            return struct.pack("<HH", 0x27E, 10) + place + struct.pack("<I", (value << 2 | 2) & 0xFFFFFFFF)
        if isinstance(value, str) and column == 2:
            text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
            return struct.pack("<HH", 0x204, 6 + len(text)) + place + text
        if isinstance(value, str) and column == 3 and row:
            text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
            body = place + b"\0\0\0\0\0\0\xff\xff" + struct.pack("<HIH", 0, 0, 3) + b"\x1e\x01\x00"
            return struct.pack("<HH", 6, len(body)) + body + struct.pack("<HH", 0x207, len(text)) + text
        return kept(row, column, value, shared, date1904)

    biff._cell = cell
    try:
        return biff.xls([HEAD, *SIX, line(9, 发现数量=True)])
    finally:
        biff._cell = kept


def _ods_rich() -> bytes:
    """A note inside a cell, spans, counted blanks, a percentage, money, a truth value."""
    xml = table_xml([HEAD, line(1, 隐患内容="甲乙"), line(2), line(3)])
    note = "<office:annotation><text:p>请核实</text:p></office:annotation>"
    xml = xml.replace(
        "<text:p>甲乙</text:p>", f'{note}<text:p>甲<text:span>乙</text:span><text:s text:c="2"/>丙</text:p>'
    )
    return ods(xml)


def _ods_kinds() -> bytes:
    xml = table_xml(
        [
            HEAD,
            line(1, 发现数量="甲", 已整改数量=0),
            line(2, 发现数量="乙", 已整改数量=0),
            line(3, 发现数量="丙", 已整改数量=0),
        ]
    )
    for word, kind, value in (("甲", "percentage", "0.5"), ("乙", "currency", "3"), ("丙", "boolean", "")):
        extra = f'office:value="{value}"' if value else 'office:boolean-value="true"'
        xml = xml.replace(
            f'<table:table-cell office:value-type="string"><text:p>{word}</text:p>',
            f'<table:table-cell office:value-type="{kind}" {extra}><text:p>{word}</text:p>',
        )
    return ods(xml)


def _ods_merged() -> bytes:
    xml = table_xml([HEAD, line(1, 乡镇="盖洋镇"), line(2, 乡镇="@@"), line(3)])
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    first = xml.index(cell.format("盖洋镇"))
    xml = xml[:first] + xml[first:].replace(
        "<table:table-cell ", '<table:table-cell table:number-rows-spanned="2" ', 1
    )
    return ods(xml.replace(cell.format("@@"), "<table:covered-table-cell/>"))


def _shared_formula() -> bytes:
    """A shared formula of which the later cells have only their value, and an array formula without one."""
    rows = rows_xml([HEAD, *lines(3)])
    for number, cell in enumerate(
        (
            '<f t="shared" ref="G2:G3" si="0">1+1</f><v>2</v>',
            '<f t="shared" si="0"/><v>3</v>',
            '<f t="array" ref="G4">SUM(1)</f>',
        ),
        2,
    ):
        start = rows.index(f'<c r="G{number}"')
        end = rows.index("</c>", start)
        rows = rows[:start] + f'<c r="G{number}">{cell}' + rows[end:]
    return packed(parts(sheet_xml(rows)))


def _text_formula() -> bytes:
    """Formulas whose value is a text that looks like a date or a number, and a truth value."""
    rows = rows_xml([HEAD, *lines(3)])
    for place, cell in (
        ("B2", '<c r="B2" t="str"><f>TEXT(1,"")</f><v>2024年6月9日</v>'),
        ("G3", '<c r="G3" t="str"><f>A1&amp;""</f><v>3条</v>'),
        ("G4", '<c r="G4" t="b"><v>1</v>'),
    ):
        start = rows.index(f'<c r="{place}"')
        rows = rows[:start] + cell + rows[rows.index("</c>", start) :]
    return packed(parts(sheet_xml(rows)))


def _active() -> bytes:
    def turn(book: Any) -> None:
        book.active = 1

    return sheets({"台账": TABLE, "说明": [["填表说明"], ["一、按月报送"]]}, turn)


def _totals_row() -> bytes:
    from openpyxl.worksheet.table import Table

    def make(sheet: Any) -> None:
        sheet.add_table(Table(displayName="表1", ref="A1:K7"))

    return xlsx([*TABLE, ["汇总", None, None, None, None, None, 12, 6]], make)


def _unit_csv() -> bytes:
    units = ["", "", "", "", "", "", "条", "条", "", "", ""]
    return delimited(
        [["明溪县隐患台账"], [""] * 11, HEAD, units, *SIX, ["合计", *[""] * 5, 12, 6]], encoding="gb18030"
    )


_FORMULAS = [record(row) for row in lines(3)]

CASES = [
    _case("c_excel_texts.csv", 'every cell as ="…"', _excel_texts),
    _case("c_tabs_behind.csv", "a tab behind every cell, as platforms keep numbers as text", _tabbed),
    _case(
        "c_thousands.csv",
        "thousands in quotes",
        _thousands,
        Want(
            [record(line(1), quantity_found=1683, quantity_rectified=1679), record(line(2), quantity_found=2)]
        ),
    ),
    _case("c_units.csv", "title, blank line, units, total in a csv", _unit_csv),
    _case(
        "c_blank_before.csv", "blank lines before the header", lambda: b"\r\n,,,\r\n\r\n" + delimited(TABLE)
    ),
    _case("c_crcrlf.csv", "lines end in CR CR LF", lambda: delimited(TABLE, end="\r\r\n")),
    _case(
        "c_one_column_short.csv",
        "the header has a comma too many",
        lambda: delimited([[*HEAD, "", ""], *SIX]),
    ),
    _case(
        "c_quotes_curly.csv",
        "curly quotes around texts",
        lambda: delimited([HEAD, *(line(n, 隐患内容=f"“第{n},处”") for n in (1, 2))]),
        Want([record(line(n), description=f"“第{n},处”") for n in (1, 2)]),
    ),
    _case(
        "c_cut_character.csv",
        "GB18030 cut in the middle of a character",
        lambda: delimited(TABLE, encoding="gb18030") + "7,2024-06-09,盖洋镇,加油站,灭".encode("gb18030")[:-1],
        Want(),
        Want(records(SIX), bad=[8]),
        Want([], bad=[8]),
    ),
    _case("c_html_typed.xls", "values in attributes, times behind dates, blanks", _html_typed),
    _case("c_html_head.xls", "a header of two rows in thead", _html_head),
    _case(
        "c_html_hidden.xls",
        "a row not shown",
        _html_hidden,
        Want(records(SIX), warn=["隐藏|W_HIDDEN"]),
        PLAIN,
    ),
    _case(
        "c_html_script.xls",
        "a script and a style before the table",
        lambda: _html_rows(
            *_TEXTS, before="<style>td{color:red}</style><script>var a='<td>1</td>';</script>"
        ),
    ),
    _case("c_mhtml.xls", "a web archive under the name xls", _mhtml, PLAIN, Want()),
    _case(
        "c_xml2003_indexed.xls",
        "XML 2003 with cells left out, a hidden row",
        _xml_indexed,
        Want(records(SIX), warn=["隐藏|W_HIDDEN"]),
    ),
    _case(
        "c_xml2003_values.xls",
        "XML 2003 with an error, formulas, a truth value",
        _xml_values,
        Want([record(line(2), quantity_found=3)], bad=[2, 4, 5]),
    ),
    _case(
        "c_old_records.xls",
        "RK numbers, LABEL texts, text formulas, a truth value",
        _old_records,
        Want(records(SIX), bad=[8]),
    ),
    _case(
        "c_ods_rich.ods",
        "a note inside a cell, spans, counted blanks",
        _ods_rich,
        Want([record(line(1), description="甲乙  丙"), record(line(2)), record(line(3))]),
    ),
    _case(
        "c_ods_kinds.ods",
        "OpenDocument: percentage, money, truth value in a number",
        _ods_kinds,
        Want([], bad=[2, 4], maybe={3: [record(line(2), quantity_found=3, quantity_rectified=0)]}),
    ),
    _case(
        "c_ods_merged.ods",
        "OpenDocument with a township over two rows",
        _ods_merged,
        Want([record(line(1), area="盖洋镇"), record(line(2), area="盖洋镇"), record(line(3))]),
    ),
    _case(
        "c_shared_formula.xlsx",
        "shared formulas, an array formula without value",
        _shared_formula,
        Want(
            [record(line(1), quantity_found=2), record(line(2), quantity_found=3)],
            bad=[4],
            warn=["W_FORMULA|公式"],
        ),
    ),
    _case(
        "c_text_formula.xlsx",
        "formulas that give texts, a truth value",
        _text_formula,
        Want([record(line(1), record_date="2024-06-09"), record(line(2), quantity_found=3)], bad=[4]),
    ),
    _case("c_active_sheet.xlsx", "another sheet than the first was left open", _active),
    _case(
        "c_totals_row.xlsx",
        "a table object with its row of totals",
        _totals_row,
        Want(records(SIX), flagged=[8]),
    ),
]
