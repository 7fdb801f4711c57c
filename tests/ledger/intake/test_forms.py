from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.records import Named
from mingxi_desktop.ledger.intake.forms import forms_of, of_values

HAZARD = kind_of("hazard")


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("description", ["甲", "乙", "甲", None, ""]),
        ("description", ["甲 Ａ", "ABC", None, "甲\n乙", "通道|堵塞", "ﬁn"]),
        ("place", [Named("甲厂"), "enterprise:3", None, Named("甲 厂")]),
        ("record_date", [datetime.date(2024, 6, 9), None]),
        ("campaign", [("campaign:1",), (), None]),
    ],
)
def test_many_values_have_the_form_that_each_has_alone(name, values):
    form = of_values(HAZARD.field(name))
    assert forms_of(HAZARD.field(name), values) == list(map(form, values))
