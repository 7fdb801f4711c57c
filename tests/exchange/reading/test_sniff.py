from __future__ import annotations

import pytest

from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.reading.sniff import Format, sniff
from tests.exchange import biff
from tests.exchange.workbooks import DATA, xlsx

_SS = "urn:schemas-microsoft-com:office:spreadsheet"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E_EMPTY_FILE"),
        (b" \r\n\t\x00", "E_EMPTY_FILE"),
        ((DATA / "d08_password.xlsx").read_bytes(), "E_PASSWORD"),
        (b"%PDF-1.7", "E_PDF"),
        (b"\x89PNG\r\n", "E_IMAGE"),
        (b"BM\x00\x00", "E_IMAGE"),
        (b"Rar!\x1a\x07", "E_ARCHIVE"),
        (b"7z\xbc\xaf\x27", "E_ARCHIVE"),
        (b"MZ\x90\x00\x03", "E_NOT_A_TABLE"),
        (b"SQLite format 3\x00", "E_NOT_A_TABLE"),
        (b"{\\rtf1 ", "E_WORD"),
        (b'{"a": [1, 2]}', "E_NOT_A_TABLE"),
        (b'[\n {"a": 1},\n', "E_NOT_A_TABLE"),
        (b"[" * 9000, "E_NOT_A_TABLE"),
        (bytes(range(1, 32)) * 9, "E_NOT_A_TABLE"),
        (b'<?xml version="1.0"?><other/>', "E_FORMAT"),
        (b"<svg xmlns='x'/>", "E_NOT_A_TABLE"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", "E_FORMAT"),
        (biff.compound({"WordDocument": b"x"}), "E_WORD"),
        (biff.compound({"PowerPoint Document": b"x"}), "E_SLIDES"),
        (biff.compound({"__properties_version1.0": b"x"}), "E_NOT_A_TABLE"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "E_DAMAGED"),
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


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (xlsx([["a"]]), Format.ZIP),
        ((DATA / "c22_wps.et").read_bytes(), Format.XLS),
        ((DATA / "c33_html_named_xls.xls").read_bytes(), Format.HTML),
        (b"\xef\xbb\xbf  <!DOCTYPE html><table>", Format.HTML),
        (f'<?xml version="1.0"?><Workbook xmlns="{_SS}">'.encode(), Format.XML_2003),
        (f'<?xml version="1.0"?><ss:Workbook xmlns:ss="{_SS}">'.encode("utf-16"), Format.XML_2003),
        (b'<?xml version="1.0"?>\n<office:document xmlns:office="x">', Format.FLAT_ODS),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;", Format.MHTML),
        (b"From: a@b.cn\r\nSubject: x\r\nMIME-Version: 1.0\r\n", Format.MHTML),
        ("日期,乡镇".encode(), Format.TEXT),
        ("日期,乡镇\r\n".encode("utf-16-le"), Format.TEXT),
        ("MZ村,1\nBM村,2".encode(), Format.TEXT),
        ("[备注],乡镇\n1,盖洋镇".encode(), Format.TEXT),
    ],
)
def test_formats_go_by_content(data: bytes, form: Format):
    assert sniff(data) is form
