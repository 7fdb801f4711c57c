"""Unit words and which of them may stand for which."""

from decimal import Decimal

import pytest

from mingxi_desktop.domain.units import accepted_units, converted, fits_unit, is_unit, measure_in


def test_units():
    assert is_unit("床")
    assert is_unit("户/间")
    assert not is_unit("场所")
    assert not is_unit("")


@pytest.mark.parametrize(
    ("found", "expected", "fits"),
    [
        ("名", ("人",), True),
        ("个", ("处",), True),
        ("亩", ("公顷",), False),
        ("人次", ("人",), False),
        ("", ("人",), True),
    ],
)
def test_units_that_mean_the_same(found, expected, fits):
    assert fits_unit(found, expected) is fits


def test_measure_words_before_a_noun():
    assert measure_in("家企业") == "家"
    assert measure_in("人次参加") == "人次"
    assert measure_in("年度") == ""
    assert measure_in("家企业和单位都到了") == ""


def test_words_that_may_stand_for_a_fields_unit():
    assert set(accepted_units("人")) == {"人", "人次"}
    assert {"处", "条", "项", "个"} <= set(accepted_units("条"))
    assert accepted_units("") == ()


def test_a_fixed_rate():
    assert converted(Decimal(30), "亩", ("公顷",)) == (Decimal(2), "公顷", "15亩=1公顷")
    assert converted(Decimal(30), "公顷", ("亩",)) is None
