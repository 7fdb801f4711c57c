"""Normal forms of text from outside: what is stored, what is compared, what a header means."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from mingxi_desktop.domain.units import is_unit
from mingxi_desktop.patterns import pattern

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}
_CONTROL = pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_BREAKS = pattern(r"\r\n?|[\u2028\u2029]")
_INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad"
)
_OUTER = " \t\n\u00a0\u1680\u180e\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))) + _INVISIBLE
_HIDDEN = dict.fromkeys(map(ord, _INVISIBLE))

_COMPANY = pattern(r"有限责任公司|有限公司")
_NAME_NOISE = pattern(r"[\s()\[\]{}〔〕【】〈〉《》「」『』“”‘’\"'·•・.,、，。:;*_]+")
_DASHES = pattern(r"[-‐‑‒–—―－]+")

_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)

_HEADER_NOISE = pattern(r"[\s:;,.、。*★※·“”\"'_]+")
_HEADER_MARK = pattern(r"[(\[【〔](?:必填|选填|可不填|必填项|可选|非必填)[)\]】〕]")
_HEADER_NUMBER = pattern(r"^\d{1,2}[.、](?=\D)")
_HEADER_BLANKS = pattern(r"\s+")
_HEADER_OPENED, _HEADER_CLOSED = pattern(r"[\[【〔]"), pattern(r"[\]】〕]")
_HEADER_UNIT = pattern(r"^(?:计量)?单位:?")
_TRAILING_BRACKET = pattern(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]$")


def fold_width(text: str) -> str:
    """Full-width letters, digits, brackets and punctuation as half-width, U+3000 as a blank."""
    return text if text.isascii() else text.translate(_WIDTH)


def drop_invisible(text: str) -> str:
    """The text without zero-width and direction characters, which nobody sees or types."""
    return text if text.isascii() else text.translate(_HIDDEN)


def tidy(text: str) -> str:
    r"""Text as it is stored: NFC, outer blanks and invisible characters off, line breaks as \n.

    Control characters other than \n and \t and lone surrogates go; everything inside stays,
    full-width letters and inner blanks included.
    """
    if text.isprintable():  # no control character, no break, no blank but the ordinary one
        return (text if text.isascii() else unicodedata.normalize("NFC", text)).strip(" ")
    text = _CONTROL.sub("", _BREAKS.sub("\n", text))
    return unicodedata.normalize("NFC", text).strip(_OUTER)


def tidy_all(texts: Sequence[str]) -> list[str]:
    """`tidy` of each text.  Most are tidy but for their ends, which is seen of all of them at once."""
    whole = "|".join(texts)
    if whole.isprintable() and unicodedata.is_normalized("NFC", whole):
        return [text.strip(" ") for text in texts]
    return list(map(tidy, texts))


@lru_cache(maxsize=16_384)
def normal_name(text: str) -> str:
    """The key by which names of enterprises and places are compared; never shown, never stored as name.

    Width, case, blanks, brackets and quotation marks do not count, nor does 有限公司 or 有限责任公司 (股份 stays,
    being another kind of company).
    """
    folded = _DASHES.sub("-", _NAME_NOISE.sub("", drop_invisible(fold_width(tidy(text))).casefold()))
    return _COMPANY.sub("", folded) or folded


def valid_uscc(code: str) -> bool:
    """Whether the code is an 18-character unified social credit code with the right check character.

    Source: GB 32100-2015.  Blanks around it, full width and lower case are tolerated.
    """
    signs = fold_width(tidy(code)).upper()
    if len(signs) != len(_USCC_WEIGHTS) + 1 or any(sign not in _USCC_SIGNS for sign in signs):
        return False
    if not signs[2:8].isdigit():
        return False
    total = sum(_USCC_SIGNS.index(sign) * weight for sign, weight in zip(signs, _USCC_WEIGHTS, strict=False))
    return _USCC_SIGNS[-total % len(_USCC_SIGNS)] == signs[-1]


@lru_cache(maxsize=16_384)
def header_key(text: str) -> tuple[str, str]:
    """A spreadsheet header as (key, unit): 发现数量（条） gives ("发现数量", "条").

    Width, blanks, line breaks, colons, a leading number and 必填 marks do not count.  Brackets at
    the end are a unit only if they hold unit words; other brackets stay in the key as ().
    """
    if text.isalnum():  # most are, and then there is nothing to take off
        return fold_width(unicodedata.normalize("NFC", text)).casefold(), ""
    header = _HEADER_MARK.sub("", _HEADER_BLANKS.sub("", drop_invisible(fold_width(tidy(text)))))
    header = _HEADER_NUMBER.sub("", header.strip("*★※")).rstrip(":").casefold()
    key, unit = _split_unit(header)
    return _HEADER_NOISE.sub("", _HEADER_OPENED.sub("(", _HEADER_CLOSED.sub(")", key))), unit


def _split_unit(header: str) -> tuple[str, str]:
    """The header without its unit, and the unit ("" if it names none)."""
    if header.endswith("%") and len(header) > 1:
        return header[:-1], "%"
    bracket = _TRAILING_BRACKET.search(header)
    if bracket is None or not bracket.start():
        return header, ""
    unit = _HEADER_UNIT.sub("", bracket[1]).replace("、", "/")
    if not is_unit(unit):
        return header, ""
    return header[: bracket.start()], unit
