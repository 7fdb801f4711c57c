"""历年: five years of an indicator in one table and chart, from records and from what was entered."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from mingxi_desktop.charts.data import ChartKind, rows_of
from mingxi_desktop.domain.indicators import Aggregate, Indicator, Period
from mingxi_desktop.domain.query import Query
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, charting
from mingxi_desktop.ledger.indicator_charts import Proof
from mingxi_desktop.ledger.years import of_years, years_table

YEAR = Period.of(2024)
SOURCE = "当年年度总结"


@pytest.fixture
def five(ledger: Ledger, add: Any) -> Ledger:
    """Records of 2023 and 2024, totals of 2021 and 2023."""
    for year, found, rectified in ((2023, 8, 6), (2024, 10, 10)):
        day = datetime.date(year, 3, 1)
        add(
            "hazard",
            record_date=day,
            quantity_found=found,
            quantity_rectified=rectified,
            description=str(year),
        )
    ledger.notes.set_opening("hazards_found", 2021, "5", SOURCE)
    ledger.notes.set_opening("hazards_found", 2023, "7", SOURCE)
    return ledger


def test_each_year_says_where_its_number_is_from(five: Ledger) -> None:
    row = of_years(five, ["hazards_found"], YEAR).rows[0]
    assert [(one.year, one.value, one.source) for one in row.years] == [
        (2020, None, ""),
        (2021, 5, "opening"),
        (2022, None, ""),
        (2023, 8, "records"),
        (2024, 10, "records"),
    ]
    entered, last = row.years[3], row.years[4]
    assert entered.overruled
    assert entered.opening is not None
    assert last.change is not None
    assert last.change.cell() == "增长25%"
    assert row.years[3].change is not None
    assert row.years[3].change.cell() == "—", "2022 is not known"


def test_the_chart_marks_what_was_entered_and_opens_the_proof(five: Ledger) -> None:
    data = charting.chart(five, "years:hazards_found", YEAR)
    assert data.title == "2021—2024年排查问题隐患数"
    assert data.kind is ChartKind.BAR
    assert data.categories == ("2021年", "2022年", "2023年", "2024年"), "from the first year known on"
    row = data.series[0]
    assert row.values == (5, None, 8, 10)
    assert (row.apart, row.apart_name) == ((0,), "期初登记")
    key = data.key(0, 2)
    assert isinstance(key, Proof)
    assert five.prove(key.indicator, key.period).value.value == 8
    rows = rows_of(data)
    assert rows.rows[0] == ("2021年（期初登记）", "5")
    assert not rows.total, "years are not added up"


def test_a_part_of_a_year_is_compared_with_the_same_part(five: Ledger) -> None:
    january = of_years(five, ["hazards_found"], Period.month(2024, 1)).rows[0]
    assert [one.value for one in january.years][-2:] == [0, 0]
    assert all(one.opening is None for one in january.years), "what was entered is of whole years"
    half = charting.chart(five, "years:hazards_found", Period.of(2024, datetime.date(2024, 6, 30)))
    assert half.title == "2023—2024年每年上半年排查问题隐患数"
    assert half.series[0].values == (8, 10)


def test_the_table_of_a_report(five: Ledger) -> None:
    rows = years_table(five, ["hazards_found", "hazard_rectification_rate", "rainstorm_event"], YEAR, 4)
    assert rows.header == ("指标", "单位", "2021年", "2022年", "2023年", "2024年", "与上年相比")
    assert rows.rows[0] == ("排查问题隐患数", "条", "5*", "—", "8", "10", "增长25%")
    assert rows.rows[1][-2:] == ("100%", "提高25个百分点")
    assert rows.rows[2] == ("强降雨过程名称", "", "—", "—", "—", "—", "—")
    assert rows.ids == {(0, 5): "hazards_found", (1, 5): "hazard_rectification_rate"}
    assert "期初数" in rows.note


def test_an_own_indicator_is_drawn_at_once(five: Ledger) -> None:
    own = Indicator("own_fire", "消防隐患数", "hazard", Aggregate.SUM, "条", where={"field": ("消防",)})
    five.definitions.save(own)
    assert {"years:own_fire", "months:own_fire", "areas:own_fire"} <= set(
        charting.names(five.definitions.book)
    )
    assert charting.chart(five, "years:own_fire", YEAR).series[0].values == (8, 10)
    months = charting.chart(five, "months:own_fire", YEAR)
    assert dict(zip(months.categories, months.series[0].values, strict=True))["3月"] == 10
    assert months.series[0].total == 10
    key = months.key(0, 2)
    assert isinstance(key, Query)
    assert five.count(key) == 1
    assert months.key(0, 0) is None, "nothing stands behind a month without records"
    areas = charting.chart(five, "areas:own_fire", YEAR)
    assert areas.series[0].total == 10


def test_names_and_wrong_names_are_refused(five: Ledger) -> None:
    for name, said in (
        ("years:rainstorm_event", "画不成"),
        ("months:hazard_rectification_rate", "各月"),
        ("weeks:hazards_found", "没有名为"),
        ("years:nothing", "没有叫"),
    ):
        with pytest.raises(UserError) as caught:
            charting.chart(five, name, YEAR)
        assert said in str(caught.value)
        assert caught.value.hint
