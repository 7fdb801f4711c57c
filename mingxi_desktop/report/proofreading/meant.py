"""A number of a draft judged as what the clerk says it is, in place of what the words around it tell."""

from __future__ import annotations

from dataclasses import replace

from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.report.proofreading import numbers
from mingxi_desktop.report.proofreading.frame import Frame
from mingxi_desktop.report.proofreading.model import Checked, Draft, Verdict
from mingxi_desktop.report.proofreading.reading import Reading
from mingxi_desktop.report.proofreading.scope import Scope, Span
from mingxi_desktop.report.proofreading.verdicts import judged

_THIS_YEAR, _LAST_YEAR = 0, 1


def as_indicator(one: Checked, draft: Draft, value: IndicatorValue, year: int) -> Checked:
    """The number held against this indicator.

    The year before is tried too, since the clerk may mean 去年1502条: it then says so.
    """
    number = next(found for found in numbers.find(draft.text) if found.amount.start == one.amount.start)
    now, before = (
        judged(Reading(number, one.sentence, 0, 0, Scope(Span.NOW), value, back), Frame(year))
        for back in (_THIS_YEAR, _LAST_YEAR)
    )
    return before if Verdict.AGREES is before.verdict is not now.verdict else now


def as_none(one: Checked) -> Checked:
    """The number as one that stands for no indicator."""
    reason = "按您说的，不是指标，不核对"
    return replace(one, verdict=Verdict.UNKNOWN, indicator="", label="", expected="", reason=reason)
