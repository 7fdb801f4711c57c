"""How wide the columns of a child table are, and which ones may wait where there is little room."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.texts import wide_len
from mingxi_desktop.ui import theme

_CHARACTER, _WIDEST = 7, 17
_ROOMY = 12
"""Fields of at least so many characters are texts and names: they take what is left."""


def secondary(field: Field) -> bool:
    """Whether the column may wait: seldom filled, and not needed."""
    return not field.column and not field.required


def wanted(fields: Sequence[Field], heads: Sequence[int]) -> list[int]:
    """The width each column wants.  heads: what their headers need, in pixels."""
    return [
        max(head, min(_characters(field), _WIDEST) * _CHARACTER + 2 * theme.GAP)
        for field, head in zip(fields, heads, strict=True)
    ]


def widths(fields: Sequence[Field], heads: Sequence[int], room: int) -> list[int]:
    """The width of each column: texts give way first where room is short, and get what is left of it."""
    made = wanted(fields, heads)
    short = sum(made) - room
    for place in sorted(range(len(fields)), key=lambda place: made[place] - heads[place], reverse=True):
        if short > 0 and _flexible(fields[place]):
            less = min(short, made[place] - heads[place])
            made[place] -= less
            short -= less
    left = room - sum(made)
    for place, field in enumerate(fields):
        more = max(0, min(left, field.width * _CHARACTER + theme.GAP - made[place]))
        made[place] += more
        left -= more
    roomy = next((place for place, field in enumerate(fields) if _flexible(field)), None)
    if roomy is not None and left > 0:
        made[roomy] += left
    return made


def fitting(fields: Sequence[Field], room: int, head: Callable[[Field], int]) -> bool:
    """Whether all columns have the width they want."""
    return sum(wanted(fields, [head(field) for field in fields])) <= room


def _characters(field: Field) -> int:
    """Of its longest text; of a word from a list that is the longest word, where the clerk can add none."""
    words = delivered()[field.choices] if field.choices else None
    return field.width if words is None or words.open else max(map(wide_len, words.values))


def _flexible(field: Field) -> bool:
    numbers = NUMERIC | {FieldType.DATE, FieldType.DATETIME}
    return field.type not in numbers and field.width >= _ROOMY
