"""Whether figures run on from the beginning (累计): by what is written beside them, or by how they grow."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import pairwise

from mingxi_desktop.ledger.intake.period import is_running_total
from mingxi_desktop.patterns import pattern

Figures = tuple[int | None, ...]
"""What one row says, None where it says nothing."""

MADE_NEW = "已改成当期新增"
"""What the cure writes into the note of a row that ran on."""
_TO = r"\s*(?:[-至到—~～]|--)\s*"
_OF_A_PERIOD = pattern(r"(?:[本当该][月周日旬季期]|(?<![\d至到—~～-])\d{1,2}月份?)(?:共|合计)?累计")
"""本月累计, 6月累计: a total of the month alone."""
_NO_TIME = pattern(r"截止(?:阀|期|日期|时效|止回)")
_SINCE = pattern(rf"(?:年初|今年|开年|年|启动|开展|行动|入汛)以来|(?<!\d)0?1月{_TO}\d{{1,2}}月")
_FEW, _ALONE, _MANY = 3, 4, 6
_SLOWEST = 1.5
_STEP, _STEP_OF_FEW = 0.5, 0.75
"""How many times the first figure is added from period to period at least, on the whole."""


def says_so(text: str) -> bool:
    """Whether a text says that its figures run on: 截至6月7日, 1-6月, 年初以来, 累计."""
    if MADE_NEW in text:
        return False
    plain = _NO_TIME.sub("", _OF_A_PERIOD.sub("", text))
    return is_running_total(plain) or _SINCE.search(plain) is not None


def never_fall(rows: Sequence[Figures]) -> bool:
    """Whether each figure stays or rises from row to row, as far as it is reported."""
    return all(one <= next_ for values in _columns(rows) for one, next_ in pairwise(values))


def grow_daily(rows: Sequence[Figures]) -> bool:
    """Whether daily figures of a flood grow as only running totals do.

    What comes new each day rises and falls again; three days or more in which no figure that changes ever falls,
    and each comes to half as much again, are taken for running totals.
    """
    return len(rows) >= _FEW and _rises(rows) >= 2 and never_fall(rows) and _slowest(rows) >= _SLOWEST


def grow_steadily(rows: Sequence[Figures], days: Sequence[datetime.date]) -> bool:
    """Whether the figures of periods that follow one another grow as only running totals do.

    Three honest figures rise like that in one series of ten, which no wider band cures: they prove nothing alone.
    Of four, three series in a hundred still do, of five one, of six or more hardly any.
    """
    steps = len(rows) - 1
    if len(rows) < _ALONE or not _regular(days) or not never_fall(rows):
        return False
    enough = steps if len(rows) < _MANY else steps - 1
    each = _STEP_OF_FEW if len(rows) == _ALONE else _STEP
    return _rises(rows) >= enough and _fastest(rows) >= 1 + each * steps


def rise(rows: Sequence[Figures]) -> bool:
    """Whether they grow at all like running totals: evidence only where several townships' do so together."""
    return len(rows) >= _FEW and never_fall(rows) and _rises(rows) >= 2 and _fastest(rows) >= _SLOWEST


def _columns(rows: Sequence[Figures]) -> list[list[int]]:
    """Each figure over all rows, without the gaps."""
    return [[value for value in column if value is not None] for column in zip(*rows, strict=True)]


def _varying(rows: Sequence[Figures]) -> list[list[int]]:
    return [values for values in _columns(rows) if len(set(values)) > 1]


def _rises(rows: Sequence[Figures]) -> int:
    """How often the figure that rises most often does."""
    return max((sum(one < next_ for one, next_ in pairwise(values)) for values in _varying(rows)), default=0)


def _slowest(rows: Sequence[Figures]) -> float:
    """How many times the first figure the last one is, where that is least."""
    return min((values[-1] / max(values[0], 1) for values in _varying(rows)), default=1.0)


def _fastest(rows: Sequence[Figures]) -> float:
    return max((values[-1] / max(values[0], 1) for values in _varying(rows)), default=1.0)


def _gaps(days: Sequence[datetime.date]) -> list[datetime.timedelta]:
    return [next_ - one for one, next_ in pairwise(days)]


def _regular(days: Sequence[datetime.date]) -> bool:
    """Whether they follow one another at about the same distance, not two on one day."""
    gaps = _gaps(days)
    return min(gaps).days > 0 and max(gaps) <= 2 * min(gaps) + datetime.timedelta(days=3)
