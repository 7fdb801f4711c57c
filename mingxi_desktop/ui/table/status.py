"""Words that name a state get a symbol and a colour; the word always stays."""

from __future__ import annotations

from mingxi_desktop.domain.fields import Field, FieldType

_MARKS = {
    "已销号": ("●", "ok"),
    "已终止": ("●", "ok"),
    "待复查": ("○", "warning"),
    "整改中": ("○", "warning"),
    "待整改": ("○", "warning"),
    "响应中": ("▲", "warning"),
    "逾期": ("▲", "error"),
    "未报": ("▲", "error"),
}
_LOUD = {"level": {"重大": "error"}}
"""Other fields with words that must be seen."""


def marked(word: str) -> str:
    """The word with its symbol before it, if it has one."""
    mark = _mark(word)
    return f"{mark[0]} {word}" if mark else word


def role_of(field: Field, word: str) -> str:
    """The colour role of a shown word: "ok", "warning", "error", or "" for plain text."""
    if field.type is FieldType.DERIVED:
        mark = _mark(word)
        return mark[1] if mark else ""
    return _LOUD.get(field.name, {}).get(word, "")


def _mark(word: str) -> tuple[str, str] | None:
    # 逾期 may be followed by how long.
    return _MARKS.get(word) or next((mark for start, mark in _MARKS.items() if word.startswith(start)), None)
