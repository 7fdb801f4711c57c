"""Whether two texts say the same although they are written differently: descriptions, document numbers, file names."""

from __future__ import annotations

from array import array
from functools import lru_cache

from mingxi_desktop.domain.names import drop_invisible, fold_width
from mingxi_desktop.patterns import pattern
from mingxi_desktop.storage.likeness import plain

_CORRECTED = pattern(
    "更正|修正|修改|修订|订正|改正|勘误|最新|最终|终版|终稿|定稿|重新?报送?|重新上报|新版|正确"
)
"""Words by which a file says that it takes the place of an earlier one."""
_COPY = pattern(r"副本|复件|拷贝|copy|[(]\d{1,2}[)]|(?<![a-z])v\d{1,2}(?:[.]\d+)?$")
_AFTER = pattern(rf"(?:{_CORRECTED.pattern})[后版稿的]*")
_LEFT = pattern(r"[\s()\[\]【】_—–-]+")
_ENDING = pattern(r"[.](?:xlsx?|xlsm|et|ods|csv|tsv|docx?|wps)$")
_PARTS = pattern(r"\d+|[^\W\d_]+")
_NO_WORDS = pattern("[第号字]")
_YEAR = pattern(r"20\d\d")
_PART = 100_000


@lru_cache(maxsize=8_192)
def words(text: str | None) -> str:
    """A description without blanks, signs, width and case; "" for none."""
    return plain(fold_width(text)).casefold() if text else ""


def repeated(marks: array[int]) -> set[int]:
    """The numbers that stand there more than once; a part of a million at a time, to keep no set of them all."""
    often = set[int]()
    parts = 1 + len(marks) // _PART
    for rest in range(parts):
        seen = set[int]()
        for mark in marks if parts == 1 else [mark for mark in marks if mark % parts == rest]:
            (often if mark in seen else seen).add(mark)
    return often


def document(number: str | None) -> str:
    """A document number however its brackets, dashes and leading noughts are written; "" for none."""
    if not number:
        return ""
    folded = _NO_WORDS.sub("", fold_width(drop_invisible(number))).casefold()
    return "-".join(part.lstrip("0") or "0" for part in _PARTS.findall(folded))


def names_year(number: str) -> bool:
    """Whether a document number says of which year it is; others begin anew every January."""
    return _YEAR.search(number) is not None


def stem(file: str) -> tuple[str, bool]:
    """(a file's name without what corrections and copies add to it, whether it says that it corrects)."""
    name = _ENDING.sub("", fold_width(drop_invisible(file)).casefold().strip())
    bare = _LEFT.sub("", _COPY.sub("", _AFTER.sub("", name)))
    return bare or name, _CORRECTED.search(name) is not None
