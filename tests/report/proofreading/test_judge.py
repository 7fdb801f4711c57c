"""What a draft may say of a number of the records, rounded or not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mingxi_desktop.domain.indicators import Aggregate, Indicator, IndicatorValue
from mingxi_desktop.report.proofreading.judge import fits
from mingxi_desktop.report.proofreading.numbers import find


def recorded(exact: str, unit: str, shown: str | None = None) -> IndicatorValue:
    indicator = Indicator("x", "指标", "hazard", Aggregate.SUM, unit)
    return IndicatorValue(indicator, Decimal(shown or exact), shown or exact, 1, exactly=Decimal(exact))


@pytest.mark.parametrize(
    ("said", "exact", "unit"),
    [
        ("1683条", "1683", "条"),
        ("一千六百八十三条", "1683", "条"),
        ("近1700条", "1683", "条"),
        ("约1680条", "1683", "条"),
        ("1600余条", "1683", "条"),
        ("400余人", "426", "人"),
        ("400余人", "400", "人"),
        ("1.7万人", "16954", "人"),
        ("2万余人次", "20000", "人次"),
        ("60%以上", "66.666667", "%"),
        ("65%以上", "66.666667", "%"),
        ("99.76%", "99.762329", "%"),
        ("99.8%", "99.762329", "%"),
        ("760260元", "76.026", "万元"),
        ("76.03万元", "76.026", "万元"),
        ("0.0076026亿元", "76.026", "万元"),
        ("831.16万", "831.16", "万元"),
    ],
)
def test_said_rightly(said, exact, unit):
    assert fits(find(said)[0], recorded(exact, unit)) is True


@pytest.mark.parametrize(
    ("said", "exact", "unit"),
    [
        ("1682条", "1683", "条"),
        ("1700条", "1683", "条"),
        ("近1700条", "1620", "条"),
        ("近1600条", "1683", "条"),
        ("500余人", "426", "人"),
        ("300余人", "426", "人"),
        ("1.6万人", "16954", "人"),
        ("70%以上", "66.666667", "%"),
        ("100%", "99.762329", "%"),
        ("99.77%", "99.762329", "%"),
        ("80万元", "76.026", "万元"),
        ("760000元", "76.026", "万元"),
        ("76.026元", "76.026", "万元"),
    ],
)
def test_said_wrongly(said, exact, unit):
    assert fits(find(said)[0], recorded(exact, unit)) is False
