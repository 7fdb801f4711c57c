"""Text of a file that does not say how it is encoded, and text from anywhere made fit to be a draft."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
"""What no XML, and so no Word file, may hold."""
_ORDINARY = re.compile(
    r"[\t\n\r -~\u00b7\u2000-\u206f\u3000-\u303f\u3400-\u9fff\uff00-\uffef\U00020000-\U0003ffff]"
)
_SAMPLE = 20_000


def decode(data: bytes) -> str | None:
    """By the byte-order mark, else strict UTF-8, GB18030 or UTF-16; None where nobody can have written that."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding)
    if b"\x00" in data:
        found = (_decoded(data, encoding) for encoding in ("utf-16-le", "utf-16-be"))
        return next((text for text in found if text is not None and _is_ordinary(text)), None)
    for encoding in ("utf-8", "gb18030"):
        text = _decoded(data, encoding)
        if text is not None:
            return text if _is_ordinary(text) else None
    return None


def fit(text: str) -> str:
    """The text with line feeds as its only line ends, without control characters, ending with a line feed."""
    text = _UNFIT.sub("", _ENDS.sub("\n", text)).rstrip("\n")
    return f"{text}\n" if text.strip() else ""


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_ordinary(text: str) -> bool:
    """Whether nearly all of it is what Chinese texts are made of; bytes of anything else rarely decode so."""
    sample = text[:_SAMPLE]
    return 10 * len(_ORDINARY.findall(sample)) >= 9 * len(sample)
