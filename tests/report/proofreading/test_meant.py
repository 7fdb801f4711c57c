"""What the clerk says of a number stands above what the words around it tell."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mingxi_desktop.domain.indicator_book import delivered_book
from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.report.proofreading import numbers
from mingxi_desktop.report.proofreading.meant import as_indicator, as_none
from mingxi_desktop.report.proofreading.model import Checked, Draft, Verdict

VALUE = IndicatorValue(
    delivered_book().get("hazards_found"), 1683, "1683", 1683, last_year=1502, last_year_text="1502"
)


@pytest.mark.parametrize(
    ("text", "verdict", "expected"),
    [
        ("其他情形1683条。", Verdict.AGREES, "1683条"),
        ("其他情形1600余条。", Verdict.AGREES, "1683条"),
        ("其他情形1682条。", Verdict.DIFFERS, "1683条"),
        ("其他情形1502条。", Verdict.AGREES, "1502条"),
    ],
)
def test_a_number_as_the_indicator_that_the_clerk_names(text, verdict, expected) -> None:
    draft = Draft(text)
    (found,) = numbers.find(text)
    one = Checked(found.amount, text, Verdict.UNKNOWN)
    said = as_indicator(one, draft, VALUE, 2024)
    assert (said.verdict, said.indicator, said.expected) == (verdict, "hazards_found", expected)
    assert said.amount.value == one.amount.value != Decimal(0)
    nothing = as_none(said)
    assert (nothing.verdict, nothing.indicator, nothing.expected) == (Verdict.UNKNOWN, "", "")
