"""What the records give for an indicator before it is worded."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

APPROX_RANK = ("", "约", "余", "以上")
"""From exact to the strongest approximation."""


class Raw(NamedTuple):
    """value: exact, in the indicator's unit; None without a value.  records: how many it rests on.

    approx: the strongest approximation among them.  problem: why the value may not be printed as it is.
    """

    value: Decimal | int | str | None
    records: int
    approx: str = ""
    names: tuple[str, ...] = ()
    problem: str = ""


def strongest(words: set[str | None]) -> str:
    """The strongest approximation of several records."""
    return max((word for word in words if word in APPROX_RANK), key=APPROX_RANK.index, default="")
