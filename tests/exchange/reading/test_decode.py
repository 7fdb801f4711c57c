from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.exchange.reading.decode import decode
from mingxi_desktop.exchange.reading.refusal import RefusedError

_TEXT = "排查日期,乡镇,隐患内容\n2024年6月9日,盖洋镇,疏散通道堆放杂物\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_chinese_text_is_decoded(encoding: str):
    assert decode(_TEXT.encode(encoding)) == _TEXT


def test_rare_characters_of_gb18030():
    assert decode("日期,乡镇,㙟、𠮷\n".encode("gb18030")) == "日期,乡镇,㙟、𠮷\n"


def test_big5_where_nothing_else_fits():
    text = "排查日期,鄉鎮,隱患內容與整改情況\n盖洋鎮,疏散通道堆放雜物,已經處理完畢\n".replace("盖", "蓋")
    assert decode(text.encode("big5")) == text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a\x00b", "E_NOT_A_TABLE"),
        (b"\xff\xff\xff", "E_ENCODING"),
        (_TEXT.encode()[:-5] + b"\xff\n", "E_ENCODING"),
        (_TEXT.encode()[:61], "E_ENCODING"),
        (_TEXT.encode("gb18030")[:-2], "E_ENCODING"),
    ],
)
def test_what_is_no_text_or_a_broken_one_is_refused(data: bytes, code: str):
    with pytest.raises(RefusedError) as caught:
        decode(data)
    assert caught.value.code == code


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data: bytes):
    with suppress(RefusedError):
        assert isinstance(decode(data), str)
