from __future__ import annotations

import pytest

from mingxi_desktop.exchange.cells import Merged, Sheet
from mingxi_desktop.exchange.reading import limits
from mingxi_desktop.exchange.reading.html_table import read_html
from mingxi_desktop.exchange.reading.mhtml import read_mhtml
from mingxi_desktop.exchange.reading.refusal import RefusedError


def sheet(markup: str, encoding: str = "utf-8") -> Sheet:
    return read_html(markup.encode(encoding))


def test_cells_entities_and_line_breaks():
    read = sheet(
        "<table><tr><th>甲&amp;乙</th><td> 一<br>二 &lt;3 </td></tr>"
        "<tr><td>&nbsp;</td><td><p>三</p><p>四</p></td></tr></table>"
    )
    assert read.rows == [["甲&乙", "一\n二 <3"], ["\u00a0", "三\n四"]]


def test_spans_become_merged_ranges_and_shift_the_cells_beside_them():
    read = sheet(
        "<table><tr><td rowspan=2>乡镇</td><td colspan='2'>数量</td></tr><tr><td>发现</td><td>整改</td></tr>"
        "<tr><td>盖洋镇</td><td>1</td><td>0</td></tr></table>"
    )
    assert read.rows == [["乡镇", "数量"], [None, "发现", "整改"], ["盖洋镇", "1", "0"]]
    assert read.merged == (Merged(0, 0, 1, 0), Merged(0, 1, 0, 2))


def test_tables_and_the_text_between_them_stand_one_below_the_other():
    read = sheet(
        "<html><head><title>不要</title><style>td{}</style></head><body><h2>隐患台账</h2><script>var a='<td>';</script>"
        "<table><tr><th>日期</th></tr></table><table><tr><td>6.9</td></tr></table>填报人</body></html>"
    )
    assert read.rows == [["隐患台账"], ["日期"], ["6.9"], ["填报人"]]


def test_a_table_around_the_table_is_only_looks():
    read = sheet(
        "<table><tr><td>标题</td></tr><tr><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>"
    )
    assert [row for row in read.rows if row] == [["标题"], ["a", "b"]]


@pytest.mark.parametrize(
    ("encoding", "meta"),
    [
        ("gb18030", "<meta charset=gb2312>"),
        ("gb18030", ""),
        ("utf-8", ""),
        ("utf-16", ""),
        ("utf-8-sig", "<meta charset=gbk>"),
        ("utf-8", "<meta charset=gb2312>"),
        ("big5", '<meta http-equiv="Content-Type" content="text/html; charset=big5">'),
    ],
)
def test_encodings(encoding: str, meta: str):
    assert sheet(f"<html>{meta}<table><tr><td>山洪災害</td></tr></table>", encoding).rows == [["山洪災害"]]


def test_what_excel_writes_into_its_pages():
    read = sheet(
        "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><!--[if gte mso 9]><xml>"
        "<x:ExcelWorkbook><x:ExcelWorksheet><x:Name>盖洋镇</x:Name></x:ExcelWorksheet></x:ExcelWorkbook></xml><![endif]--></head><table>"
        "<tr style='display:none'><td x:num='76.026'>76</td><td style='mso-number-format:\"\\@\"'>00123</td>"
        "<td x:num='45452'>2024/6/9</td><td x:fmla='=1+1' x:num>2</td></tr>"
        "<![if supportMisalignedColumns]><tr><td></td></tr><![endif]></table>"
    )
    assert read.name == "盖洋镇"
    assert read.rows == [[76.026, "00123", "2024/6/9", "2"]]
    assert (read.hidden_rows, read.formulas) == ({0}, 1)


def test_columns_that_are_hidden_throughout_are_noted():
    row = "<tr><td style='display: none'>7</td><td>a</td></tr>"
    assert sheet(f"<table>{row * 3}</table>").hidden_columns == {0}


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ('<!DOCTYPE html [<!ENTITY a "b">]><table><tr><td>&a;</td></tr></table>', "E_XML_DTD"),
        ("<html><body>没有表格</body></html>", "E_HTML_AS_XLS"),
        ("<table><tr><td>" * (limits.MAX_NESTING + 1), "E_NESTING"),
        ("<table><tr>" + "<td>1</td>" * 300, "E_TOO_MANY_COLUMNS"),
        ("<table>" + "<tr><td>1" * 500, "E_TOO_MANY_ROWS"),
        ("<table><tr><td>" + "长" * 33_000, "E_CELL_TOO_LONG"),
    ],
)
def test_limits(markup: str, code: str, monkeypatch):
    monkeypatch.setattr(limits, "MAX_ROWS", 400)
    with pytest.raises(RefusedError) as caught:
        sheet(markup)
    assert caught.value.code == code


def test_spans_without_measure_cost_nothing():
    read = sheet(
        "<table><tr><td colspan=99999999 rowspan=-3>a</td></tr><tr><td rowspan=0>b</td></tr></table>"
    )
    assert [row[0] for row in read.rows] == ["a", "b"]


_MAIL = 'MIME-Version: 1.0\r\nContent-Type: multipart/{kind}; boundary="b"\r\n\r\n--b\r\n{parts}\r\n--b--\r\n'


def test_a_page_in_one_file_gives_its_tables():
    part = "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    part += '<table><tr><td class=3D"a">=E7=94=B2</td></tr></table>'
    assert [read.rows for read in read_mhtml(_MAIL.format(kind="related", parts=part).encode())] == [[["甲"]]]


def test_a_mail_is_refused_as_one():
    part = "Content-Type: text/plain\r\n\r\n见附件"
    part += "\r\n--b\r\nContent-Type: application/vnd.ms-excel\r\n"
    part += "Content-Disposition: attachment; filename=a.xls\r\n\r\nxx"
    with pytest.raises(RefusedError) as caught:
        read_mhtml(_MAIL.format(kind="mixed", parts=part).encode())
    assert caught.value.code == "E_MAIL"
