from __future__ import annotations

import pytest

from mingxi_desktop.exchange.refusal import RefusedError
from mingxi_desktop.exchange.sniff import Format, decode, sniff
from tests.exchange.workbooks import DATA, xlsx


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E_EMPTY_FILE"),
        ((DATA / "d08_password.xlsx").read_bytes(), "E_PASSWORD"),
        ((DATA / "c33_html_named_xls.xls").read_bytes(), "E_HTML_AS_XLS"),
        (b"%PDF-1.7", "E_NOT_A_TABLE"),
        (b"\x89PNG\r\n", "E_NOT_A_TABLE"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><table>", "E_HTML_AS_XLS"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "E_XML_AS_XLS",
        ),
        (b'<?xml version="1.0"?><other/>', "E_FORMAT"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "E_NOT_A_TABLE"),
    ],
)
def test_what_cannot_be_read_is_refused_by_content(data: bytes, code: str):
    with pytest.raises(RefusedError) as caught:
        sniff(data)
    assert caught.value.code == code
    assert caught.value.message


def test_a_file_over_50_megabytes_is_refused():
    with pytest.raises(RefusedError) as caught:
        sniff(b"PK\x03\x04" + bytes(50_000_000))
    assert caught.value.code == "E_TOO_LARGE"


def test_formats_go_by_content():
    assert sniff(xlsx([["a"]])) is Format.ZIP
    assert sniff((DATA / "c22_wps.et").read_bytes()) is Format.XLS
    assert sniff("日期,乡镇".encode()) is Format.TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_chinese_text_is_decoded(encoding: str):
    assert decode("日期,乡镇,㙟\n".encode(encoding)) == "日期,乡镇,㙟\n"


def test_what_is_no_text_is_refused():
    with pytest.raises(RefusedError):
        decode(b"a\x00b")
    with pytest.raises(RefusedError):
        decode(b"\xff\xff\xff")
