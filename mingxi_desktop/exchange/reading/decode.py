"""Text of files that do not say how it is encoded: what csv, txt and web pages come as."""

from __future__ import annotations

import codecs

from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.patterns import pattern

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 20_000
_ORDINARY = pattern(r"[\t\r\n -~\u3000-\u303f\u4e00-\u9fff\uff00-\uffef\u2000-\u206f\u00b7]")
_HAN = pattern(r"[\u3400-\u9fff\ue000-\uf8ff]")
_ENOUGH_HAN = 8
_COMMON = range(0xB0, 0xD8)
"""First bytes in GB 2312 of the 3,755 characters in common use."""


def decode(data: bytes) -> str:
    """Byte-order mark, then strict UTF-8, then UTF-16 without mark, GB18030 and, where nothing else fits, Big5.

    Raises RefusedError where none of them gives text that someone can have written.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if b"\x00" in data:
        return _unmarked_utf_16(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _chinese(data)


def is_plausible(text: str) -> bool:
    """Whether the Chinese in a text is mostly of common characters, as it is not when wrongly decoded."""
    han = _HAN.findall(text[:_SAMPLE])
    if len(han) < _ENOUGH_HAN:
        return True
    common = sum((character.encode("gb2312", "replace") + b"?")[0] in _COMMON for character in han)
    return common * 2 > len(han)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise RefusedError("E_ENCODING") from error


def _unmarked_utf_16(data: bytes) -> str:
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        if len(_ORDINARY.findall(sample)) > 0.9 * len(sample):
            return text
    raise RefusedError("E_NOT_A_TABLE")


def _chinese(data: bytes) -> str:
    _refuse_broken_utf_8(data)
    try:
        text = data.decode("gb18030")
        if is_plausible(text):
            return text
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp950")
    except UnicodeDecodeError as error:
        raise RefusedError("E_ENCODING") from error
    if len(_ORDINARY.findall(text[:_SAMPLE])) <= 0.9 * len(text[:_SAMPLE]):
        raise RefusedError("E_ENCODING")
    return text


def _refuse_broken_utf_8(data: bytes) -> None:
    """UTF-8 with a few wrong bytes would be read as other Chinese: better not at all."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    if len(_HAN.findall(text)) > 10 * wrong:
        raise RefusedError("E_ENCODING", "文字里有坏字节，可能没有传完整")
