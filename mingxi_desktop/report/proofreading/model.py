"""What proofreading deals in: a draft's text, the numbers found in it, and what is to be said of each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    """What the records say of a number.

    AGREES: indicator and value both fit.  DIFFERS: it is that indicator and the records give another value.
    CONTRADICTS: it cannot be true beside another number of the same draft.  UNKNOWN: no indicator is meant
    for certain, or the records have no value that could be held against it.
    """

    AGREES = "agrees"
    DIFFERS = "differs"
    CONTRADICTS = "contradicts"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as one text; paragraphs, and the cells of tables, end with a line feed.

    name: of its file, empty for a pasted one.
    """

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it is written in a draft.

    start, end: half open, in the draft's text; the number with its 余, 以上, 近 or %, without its unit word.
    text: what stands there.  value: what it says, in `unit` (a percentage as 99.76; a day as YYYY-MM-DD or
    MM-DD, a span of days as first..last, None where it is a name such as 3号台风“格美”).
    unit: unit or measure word that follows (条, 万元, 人次, %), "" where none does.
    least: it says "at least so many" (余, 以上, 多); about: it says "roughly" (约, 近, 左右).
    """

    start: int
    end: int
    text: str
    value: Decimal | str | None
    unit: str = ""
    least: bool = False
    about: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """One number of a draft, judged.

    sentence: that it stands in.  indicator: id of what it stands for, "" where that is not certain.
    label: the indicator's Chinese name.  expected: what the records say, as the report would print it with
    its unit; "" where there is nothing to say.  reason: the verdict in one Chinese sentence.
    """

    amount: Amount
    sentence: str
    verdict: Verdict
    indicator: str = ""
    label: str = ""
    expected: str = ""
    reason: str = ""
