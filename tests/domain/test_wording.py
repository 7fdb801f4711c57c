from __future__ import annotations

import csv
import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from mingxi_desktop.domain import indicator_data, wording

PUBLISHED = Path(__file__).parents[1] / "data" / "indicators_2024.csv"
with PUBLISHED.open(encoding="utf-8", newline="") as file:
    PLACES = list(csv.DictReader(file))

APPROXIMATE = {
    "people_relieved", "leaflets", "banners", "publicity_messages", "publicity_base_investment",
    "chemical_drill_people", "officer_training_people", "protective_kits", "volunteer_rescue_teams", "drill_people",
}  # fmt: skip
"""Indicators whose 2024 records were themselves approximate (their sums are round or exact numbers with 余)."""

UNROUNDED = {
    "hazard_rectification_rate": Decimal(1679) * 100 / 1683,
    "township_pump_team_rate": Decimal(6) * 100 / 9,
    "typhoon_event": "3号“格美”",
    "rainstorm_event": "2024-06-09..2024-06-18",
    "publicity_day_disaster": "2024-05-12",
}


def test_every_published_place_is_printed_as_published():
    for place in PLACES:
        indicator = indicator_data.by_id()[place["indicator"]]
        try:
            value = Decimal(place["value"])
        except ArithmeticError:
            value = place["value"]
        value = UNROUNDED.get(indicator.id, value)
        approx = "余" if indicator.id in APPROXIMATE else "准确"
        printed = wording.printed(value, indicator.unit, indicator.wording, approx)
        assert printed == place["as_printed"], place["no"]


@pytest.mark.parametrize(
    ("value", "rule", "approx", "text"),
    [
        (1683, "exact", "", "1683"),
        (27053, "wan:1", "", "2.7万余"),
        (30000, "wan:1", "", "3万"),
        (30000, "wan:1", "余", "3万余"),
        (9999, "wan:1", "", "9999"),
        (27053, "wan:0", "", "2万余"),
        (Decimal("831.1600"), "exact", "", "831.16"),
        (Decimal("1E+2"), "exact", "", "100"),
        (Decimal("-0.0"), "exact", "", "0"),
        (400, "yu:100", "", "400"),
        (400, "yu:100", "准确", "400"),
        (400, "yu:100", "以上", "400余"),
        (426, "yu:100", "", "400余"),
        (26, "yu:100", "", "26"),
        (26, "yu:100", "余", "26余"),
        (0, "yu:100", "余", "0"),
        (27053, "yu:1", "", "27053"),
        (27053, "yu:1", "约", "27053余"),
        (Decimal("146.5"), "yu:10", "", "140余"),
        (Decimal("99.995"), "percent:2", "", "100%"),
        (Decimal("99.7649"), "percent:2", "", "99.76%"),
        (Decimal("99.765"), "percent:2", "", "99.77%"),
        (Decimal(60), "floor:10+以上", "", "60%"),
        (100, "floor:10+以上", "", "100%"),
        (Decimal("5.5"), "floor:10+以上", "", "5.5%"),
        (0, "floor:10+以上", "", "0%"),
        (0, "zero", "", "零"),
        (2, "zero", "", "2"),
        ("05-12", "date", "", "5月12日"),
        (datetime.date(2024, 10, 22), "date", "", "10月22日"),
        ("2024-08-21", "days", "", "8.21"),
        ("2024-08-21..2024-08-21", "days", "", "8.21"),
        ("2024-12-30..2025-01-02", "days", "", "12.30-1.2"),
        ("3号台风“格美”", "typhoon", "", "3号台风“格美”"),
        ("第3号台风格美", "typhoon", "", "3号台风“格美”"),
        ("“格美”", "typhoon", "", "台风“格美”"),
        (None, "yu:100", "余", ""),
    ],
)
def test_wording(value, rule, approx, text):
    assert wording.printed(value, "", rule, approx) == text


def test_a_percentage_brings_its_sign_and_others_do_not():
    assert wording.printed(Decimal("99.5"), "%") == "99.5%"
    assert wording.printed(Decimal("76.026"), "万元") == "76.026"


def test_money_is_exact():
    assert wording.from_fen(76_026_000, "万元") == Decimal("76.026")
    assert wording.from_fen(1, "元") == Decimal("0.01")
    assert wording.printed(wording.from_fen(58_900_000, "万元"), "万元") == "58.9"


def test_rounding_leaves_what_yu_only_words():
    assert wording.rounded(Decimal("99.7623"), "percent:2") == Decimal("99.76")
    assert wording.rounded(Decimal("66.67"), "floor:10+以上") == 60
    assert wording.rounded(426, "yu:100") == 426


@pytest.mark.parametrize("rule", ["", "percent", "percent:9", "floor:10", "yu:0", "yu:", "rounded"])
def test_unknown_rules_are_refused(rule):
    with pytest.raises(ValueError, match="措辞"):
        wording.check_rule(rule)
    with pytest.raises(ValueError, match="措辞"):
        wording.printed(1, "", rule)


def test_names_of_events_and_numbers_of_typhoons():
    first, last = datetime.date(2024, 6, 9), datetime.date(2024, 6, 18)
    assert wording.span(first, last) == "2024-06-09..2024-06-18"
    assert wording.span(first, None) == "2024-06-09"
    assert wording.span_name(first, last) == "6.9-6.18"
    assert wording.typhoon_number("3号“格美”") == 3
    assert wording.typhoon_number("格美") is None
