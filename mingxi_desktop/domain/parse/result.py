"""What reading a cell gives, how it fails, and the texts that are no value at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Generic, TypeVar

from mingxi_desktop.domain.names import drop_invisible, fold_width, tidy
from mingxi_desktop.patterns import pattern

T = TypeVar("T")

_ERROR_CELL = pattern(
    r"#(?:REF!?|DIV/0!?|N/A|VALUE!?|NAME[?!]?|NULL!?|NUM!?|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!"
    r"|BUSY!|UNKNOWN!|GETTING_DATA)|#{2,}|ERR:\d+",
    re.IGNORECASE,
)
_STROKES = "/\\-—–―─−_"
_BLANK_WORDS = frozenset(
    ("无", "没有", "暂无", "空", "未发生", "不涉及", "零报告", "n/a", "na", "nil")
)  # fmt: skip
_NO_MARK = pattern(rf"(?![{''.join(sorted({*''.join(_BLANK_WORDS)}))}])[\u4e00-\u9fff]")
"""A character that is in no sign for "nothing here"; whatever is done to a text leaves it there."""
_NO_NUMBER = frozenset({"nan", "inf", "-inf", "+inf", "infinity", "-infinity", "null", "none"})
_BETWEEN_DIGITS = pattern(r"(?<=\d)\s+(?=\d)")
_LOOSE_SPACE = pattern(r"(?<!\d)\s+|\s+(?!\d)")
_UNREADABLE = "\ufffd"
_TURNED = str.maketrans(
    {"\u202e": _UNREADABLE}
)  # what follows is shown backwards: 3, then 65, looks like 356
_SHOWN = 24
_EXACT = 1e15

LONGEST = 200
"""Signs that a value may have; longer texts are none, and would take the patterns long to find out."""


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """A value read from what somebody wrote.

    value: None for an empty input.  assumed: Chinese sentence of what was assumed, empty if nothing.
    approx: "", "余", "以上" or "约".  unit: the unit word found ("人", "床"); money has none.
    """

    value: T | None
    assumed: str = ""
    approx: str = ""
    unit: str = ""


class ParseError(ValueError):
    """An input that is no such value: a Chinese sentence for the field or cell, and a code.

    Codes: E_CELL_ERROR, E_NUMBER, E_COMPOUND (several values in one cell), E_UNIT, E_MONEY,
    E_DATE, E_DATE_IMPOSSIBLE, E_YEAR_MISSING, E_AMBIGUOUS (two meanings), E_PERCENT, E_BOOL, E_LEVEL,
    E_CHOICE, E_REFERENCE (no such entry), E_PRECISION (digits lost by the spreadsheet), E_STEP.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def shown(raw: object) -> str:
    """The input in Chinese quotation marks, on one line and cut to a readable length."""
    whole = isinstance(raw, float) and raw.is_integer() and abs(raw) < _EXACT
    text = re.sub(r"\s+", " ", tidy(str(int(raw) if whole and isinstance(raw, float) else raw)))
    return f"“{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}”"


def squeeze(raw: str) -> str:
    """Text ready for reading as a value: half width, no invisible characters, a blank only between digits.

    A sign that turns the text around becomes U+FFFD, which `refuse_no_value` refuses.
    """
    if raw.isascii() and raw.isalnum():
        return raw
    text = drop_invisible(fold_width(tidy(raw)).translate(_TURNED))
    text = _LOOSE_SPACE.sub("", _BETWEEN_DIGITS.sub(" ", text))
    return text.removeprefix("'")


def is_error_cell(raw: object) -> bool:
    """Whether the cell holds a formula's error value (#REF!, #DIV/0!, Err:502) instead of a value."""
    return isinstance(raw, str) and _ERROR_CELL.fullmatch(squeeze(raw)) is not None


def is_blank_mark(raw: object) -> bool:
    """Whether the cell holds a sign for "nothing here" (/, —, 无), which an optional count reads as 0."""
    return isinstance(raw, str) and not _NO_MARK.search(raw) and _is_nothing(squeeze(raw))


def may_be_blank_marks(texts: Sequence[str]) -> list[str]:
    """Those of many texts, none of them empty, that may be a `is_blank_mark`, as far as their beginning tells."""
    beginnings = {sign for sign in set(map(itemgetter(0), texts)) if not _NO_MARK.match(sign)}
    return [text for text in texts if text[0] in beginnings] if beginnings else []


def refuse_no_value(text: str, code: str, wanted: str) -> None:
    """Raise ParseError if the squeezed text is an error value, a sign for nothing, NaN or unreadable.

    What is too long for a value is refused here too, before any pattern works on it.
    wanted: what belongs there, as the end of a sentence ("一个数").
    """
    if len(text) > LONGEST:
        raise ParseError(code, f"{shown(text)}有{len(text):,}个字，太长了，这里只填{wanted}")
    if _UNREADABLE in text:
        raise ParseError(code, f"{shown(text)}里有看不见的换向符号或乱码，请删掉重新填写{wanted}")
    if _ERROR_CELL.fullmatch(text):
        message = f"单元格里是公式的错误值{shown(text)}，请在原表中改正，这里应为{wanted}"
        raise ParseError("E_CELL_ERROR", message)
    folded = text.casefold()
    if _is_nothing(text) or folded in _NO_NUMBER or folded.startswith("未"):
        raise ParseError(code, f"{shown(text)}不能当作{wanted}，请填写{wanted}")


def _is_nothing(text: str) -> bool:
    """Whether a squeezed text is nothing but strokes, or a word for "none"."""
    return bool(text) and (not text.strip(_STROKES) or text.rstrip("。.").casefold() in _BLANK_WORDS)


def join_sentences(*sentences: str) -> str:
    """Several assumptions as one line."""
    return "；".join(sentence for sentence in sentences if sentence)
