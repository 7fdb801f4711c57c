"""Text tables: encodings, separators, quoting; html and XML under the names of workbooks."""

from __future__ import annotations

import codecs
from typing import Any

from tests.corpus.expect import Build, Case, Want
from tests.corpus.others import delimited, html, xml2003
from tests.corpus.rows import HEAD, line, lines, record, records, texts

SIX = lines(6)
TABLE: list[list[Any]] = [HEAD, *SIX]
PLAIN = Want(records(SIX))
NOT_READ = Want()


def _text(**how: Any) -> Build:
    return lambda: delimited(TABLE, **how)


def _marked(mark: bytes, encoding: str, sign: str = ",") -> Build:
    return lambda: mark + delimited(TABLE, sign, encoding)


def _rare() -> list[Any]:
    return [line(1, 隐患内容="㙟村堉某𬭎厂"), line(2, 隐患内容="镕䶮€")]


def _quoted() -> list[Any]:
    return [line(1, 隐患内容='他说"漏电"，\n请整改'), line(2, 隐患内容="a,b;c\td"), line(3, 发现数量="1,683")]


def _guarded() -> list[Any]:
    return [line(1, 隐患内容="'=1+1"), line(2, 隐患内容="'@某人"), line(3, 隐患内容="=1+1")]


def _shifted() -> bytes:
    """An unquoted comma inside a text pushes the rest of its row to the right."""
    text = delimited([HEAD, line(1), line(2, 隐患内容="线路老化X无护套"), line(3)])
    return text.replace("老化X无".encode(), "老化,无".encode())


def _open_quote() -> bytes:
    """A quotation mark that is never closed swallows the rows below it."""
    return delimited([HEAD, line(1), line(2, 隐患内容="X未封闭"), *lines(4, 3)]).replace(
        "X未".encode(), b'"' + "未".encode()
    )


def _inch() -> bytes:
    return delimited([HEAD, line(1, 隐患内容="8X管道"), line(2)]).replace(
        "8X管道".encode(), '8"管道'.encode()
    )


def _spans() -> bytes:
    rows: list[list[Any]] = [
        [f"<td>{cell}</td>" for cell in row] for row in ([n, *r[1:]] for n, r in enumerate(SIX[:3]))
    ]
    for row in rows:
        row[-1] = "<td></td>"
    rows[0][2] = '<td rowspan="3">盖洋镇</td>'
    del rows[1][2], rows[2][2]
    return html([['<td colspan="11">2024年隐患台账</td>'], HEAD, *rows])


def _spanned() -> list[Any]:
    return [record(row, area="盖洋镇") for row in SIX[:3]]


_BROKEN_HTML = (
    "<table><tr><td>"
    + "<td>".join(HEAD)
    + "".join("<tr><td>" + "<td>".join("" if cell is None else str(cell) for cell in row) for row in SIX)
    + "</table>"
)

CASES = [
    Case("c_utf8.csv", "hazard", "UTF-8 without mark", _text(), PLAIN),
    Case("c_utf8_mark.csv", "hazard", "UTF-8 with mark", _text(encoding="utf-8-sig"), PLAIN),
    Case("c_gb18030.csv", "hazard", "GB18030", _text(encoding="gb18030"), PLAIN),
    Case(
        "c_gb18030_rare.csv",
        "hazard",
        "GB18030 with characters of four bytes",
        lambda: delimited([HEAD, *_rare()], encoding="gb18030"),
        Want(records(_rare())),
    ),
    Case(
        "c_utf16.txt",
        "hazard",
        "Unicode text as Excel saves it: UTF-16 with tabs",
        _marked(codecs.BOM_UTF16_LE, "utf-16-le", "\t"),
        PLAIN,
    ),
    Case(
        "c_utf16_be.csv",
        "hazard",
        "UTF-16 the other way round",
        _marked(codecs.BOM_UTF16_BE, "utf-16-be"),
        PLAIN,
    ),
    Case(
        "c_utf16_no_mark.csv",
        "hazard",
        "UTF-16 without mark",
        _text(encoding="utf-16-le"),
        PLAIN,
        also=[NOT_READ],
    ),
    Case("c_utf32.csv", "hazard", "UTF-32", _text(encoding="utf-32"), PLAIN, also=[NOT_READ]),
    Case(
        "c_big5.csv",
        "hazard",
        "Big5 must not be read as GB18030",
        lambda: delimited(
            [["序號", "日期", "鄉鎮", "隱患內容"], [1, "2024-6-9", "蓋洋鎮", "滅火器過期"]], encoding="big5"
        ),
        NOT_READ,
        also=[Want([], bad=[2])],
    ),
    Case(
        "c_mixed_encodings.csv",
        "hazard",
        "half UTF-8, half GB18030",
        lambda: delimited([HEAD, *SIX[:3]]) + delimited(SIX[3:], encoding="gb18030"),
        NOT_READ,
    ),
    Case("c_tabs.tsv", "hazard", "tabs", _text(sign="\t"), PLAIN),
    Case(
        "c_tabs.csv",
        "hazard",
        "tabs under the name csv, GB18030",
        _text(sign="\t", encoding="gb18030"),
        PLAIN,
    ),
    Case("c_semicolons.csv", "hazard", "semicolons", _text(sign=";"), PLAIN),
    Case(
        "c_sep.csv",
        "hazard",
        "a line sep=; first, with mark",
        _text(sign=";", before="sep=;\r\n", encoding="utf-8-sig"),
        PLAIN,
    ),
    Case("c_sep_pipe.csv", "hazard", "sep=|", _text(sign="|", before="sep=|\r\n"), PLAIN, also=[NOT_READ]),
    Case(
        "c_gb18030_mark.csv",
        "hazard",
        "GB18030 with a mark of its own",
        lambda: b"\x84\x31\x95\x33" + delimited(TABLE, encoding="gb18030"),
        PLAIN,
        also=[NOT_READ],
    ),
    Case(
        "c_full_width_commas.csv",
        "hazard",
        "Chinese commas between the cells",
        lambda: "\r\n".join("，".join(row) for row in texts(TABLE)).encode(),
        NOT_READ,
        also=[PLAIN],
    ),
    Case("c_blanks.txt", "hazard", "blanks between the cells", _text(sign=" "), NOT_READ, also=[PLAIN]),
    Case(
        "c_trailing.csv",
        "hazard",
        "many separators at the end of each line",
        lambda: delimited([[*row, *[None] * 20] for row in TABLE]),
        PLAIN,
    ),
    Case(
        "c_short_rows.csv",
        "hazard",
        "rows that end early",
        lambda: delimited([HEAD, *(row[:8] for row in SIX)]),
        Want([record(row, due_date=None, rectified_date=None) for row in SIX]),
    ),
    Case(
        "c_markdown.csv",
        "hazard",
        "bars around the cells",
        lambda: "\n".join(f"|{'|'.join(row)}|" for row in texts(TABLE)).encode(),
        NOT_READ,
        also=[PLAIN],
    ),
    Case(
        "c_money_semicolons.csv",
        "hazard",
        "commas inside numbers between semicolons",
        lambda: delimited([HEAD, line(1, 发现数量="1,683"), line(2)], ";"),
        Want([record(line(1), quantity_found=1683), record(line(2))]),
    ),
    Case("c_line_feeds.csv", "hazard", "lines end in LF", _text(end="\n"), PLAIN),
    Case("c_returns.csv", "hazard", "lines end in CR", _text(end="\r"), PLAIN),
    Case(
        "c_quotes.csv",
        "hazard",
        "quotes, line breaks, commas inside",
        lambda: delimited([HEAD, *_quoted()]),
        Want([record(row) for row in _quoted()[:2]] + [record(line(3, 发现数量=1683))]),
    ),
    Case(
        "c_guarded.csv",
        "hazard",
        "apostrophes that our export puts before formulas",
        lambda: delimited([HEAD, *_guarded()]),
        Want([record(line(n), description=text) for n, text in ((1, "=1+1"), (2, "@某人"), (3, "=1+1"))]),
    ),
    Case(
        "c_shifted.csv",
        "hazard",
        "an unquoted comma shifts a row",
        _shifted,
        Want(records([line(1), line(3)]), bad=[3]),
    ),
    Case(
        "c_open_quote.csv",
        "hazard",
        "a quotation mark never closed",
        _open_quote,
        NOT_READ,
        also=[Want(records([line(1)]), bad=[3]), Want(records([line(1), *lines(4, 3)]), bad=[3])],
    ),
    Case(
        "c_inch.csv",
        "hazard",
        "an inch sign inside a text",
        _inch,
        Want(records([line(1, 隐患内容='8"管道'), line(2)])),
        also=[NOT_READ, Want(records([line(2)]), bad=[2])],
    ),
    Case(
        "c_title.csv",
        "hazard",
        "title and total in a csv",
        lambda: delimited(
            [["隐患台账"], [], HEAD, *SIX, ["合计", "", "", "", "", "", sum(row[6] for row in SIX), 6]]
        ),
        PLAIN,
    ),
    Case("c_csv_as.xls", "hazard", "csv under the name xls", _text(encoding="gb18030"), PLAIN),
    Case("c_csv_as.xlsx", "hazard", "csv under the name xlsx", _text(), PLAIN),
    Case("c_no_ending", "hazard", "csv without ending", _text(), PLAIN),
    Case(
        "c_html_gb2312.xls",
        "hazard",
        "html in GB2312 under the name xls",
        lambda: html(TABLE, charset="gb2312"),
        PLAIN,
        also=[NOT_READ],
    ),
    Case(
        "c_html_utf8.xls",
        "hazard",
        "html in UTF-8 with Office's names",
        lambda: html(
            TABLE,
            head='<meta charset="utf-8"><style>td{mso-number-format:"\\@"}</style><script>var a="<table>";</script>',
        ),
        PLAIN,
        also=[NOT_READ],
    ),
    Case("c_html_spans.xls", "hazard", "html with spanned cells", _spans, Want(_spanned()), also=[NOT_READ]),
    Case(
        "c_html_loose.xls",
        "hazard",
        "html whose cells are never closed",
        _BROKEN_HTML.encode,
        PLAIN,
        also=[NOT_READ],
    ),
    Case(
        "c_html_two_tables.xls",
        "hazard",
        "a table for the layout first",
        lambda: html(TABLE, before="<table><tr><td>登录人：某</td><td>导出时间</td></tr></table>"),
        PLAIN,
        also=[NOT_READ],
    ),
    Case(
        "c_html_entities.xls",
        "hazard",
        "entities and a comment",
        lambda: html(
            [HEAD, [*SIX[0][:4], "<td>&lt;甲&gt;&nbsp;&#38;&#x4E59;<!-- 不见 --></td>", *SIX[0][5:]]]
        ),
        Want([record(SIX[0], description="<甲>\u00a0&乙")]),
        also=[NOT_READ, Want([record(SIX[0], description="<甲> &乙")])],
    ),
    Case("c_xml2003.xls", "hazard", "XML Spreadsheet 2003", lambda: xml2003(TABLE), PLAIN, also=[NOT_READ]),
    Case(
        "c_xml2003.xml",
        "hazard",
        "XML Spreadsheet 2003 under its own name",
        lambda: xml2003([["台账"], *TABLE]),
        PLAIN,
        also=[NOT_READ],
    ),
]
