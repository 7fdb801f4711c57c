"""Chart data: bars add up to the indicators beside them, and each bar opens its own records."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Child
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, charting


def day(month: int, number: int) -> datetime.date:
    return datetime.date(2024, month, number)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.create(tmp_path / "charts.mxdb") as opened:
        area = {entry.name: entry.ref for entry in opened.entries("area")}
        for when, town, industry, found, rectified, more in (
            (day(3, 5), "盖洋镇", "消防", 9, 9, {}),
            (day(3, 6), "胡坊镇", "其他", 20, 18, {}),
            (day(5, 6), "胡坊镇", "工贸", 4, 4, {"rectified_date": day(7, 1)}),
            (
                day(5, 7),
                "胡坊镇",
                "消防",
                1155,
                1155,
                {"in_total": False, "campaign": ("生命通道·拆窗破网",)},
            ),
        ):
            hazard = {"record_date": when, "area": area[town], "field": industry, "description": "灭火器过期"}
            counted = {"quantity_found": found, "quantity_rectified": rectified, "granularity": "汇总"}
            opened.add("hazard", {**hazard, **counted, **more})
        rain = opened.add(
            "disaster_event",
            {"record_date": day(6, 9), "end_date": day(6, 18), "type": "暴雨洪涝", "area": area["县直"]},
        ).added[0][1]
        storm = opened.add(
            "disaster_event",
            {
                "record_date": day(7, 24),
                "type": "台风",
                "typhoon": "3号“格美”",
                "name": "格美",
                "area": area["县直"],
            },
        ).added[0][1]
        for event, when, basis, moved in (
            (rain, day(6, 10), "累计", 100),
            (rain, day(6, 11), "累计", 150),
            (storm, day(7, 24), "当日新增", 30),
            (storm, day(7, 25), "当日新增", 12),
        ):
            tally = {
                "event": f"disaster_event:{event}",
                "record_date": when,
                "area": area["盖洋镇"],
                "basis": basis,
            }
            opened.add("response_tally", {**tally, "evacuees": moved})
        for kind, sessions in (("应急演练", 2), ("企业负责人培训", 5), ("宣传活动", 30)):
            opened.add(
                "activity",
                {"record_date": day(9, 1), "area": area["县直"], "type": kind, "title": kind, "sessions": sessions,
                 "granularity": "汇总"},
            )  # fmt: skip
        item = next(entry for entry in opened.entries("item") if entry.name == "棉被")
        for kind in ("调拨", "购入"):
            opened.add(
                "supply_movement",
                {"record_date": day(1, 5), "area": area["县直"], "type": kind, "receiver": area["盖洋镇"]},
                children={"supply_line": [Child({"item": item.ref, "quantity": 80})]},
            )
        yield opened


def bars(ledger: Ledger, name: str, as_of: datetime.date | None = None) -> dict[str, tuple]:
    data = charting.chart(ledger, name, 2024, as_of)
    return {
        label: tuple(row.values[place] for row in data.series) for place, label in enumerate(data.categories)
    }


def test_hazards_by_month_add_up_to_the_indicators(ledger):
    data = charting.chart(ledger, "hazards_by_month", 2024)
    values = {value.indicator.id: value.value for value in ledger.indicators(2024)}
    assert (
        [row.total for row in data.series]
        == [values["hazards_found"], values["hazards_rectified"]]
        == [33, 31]
    )
    assert bars(ledger, "hazards_by_month")["3月"] == (29, 27)


def test_the_cut_off_date_holds_for_bars_too(ledger):
    assert bars(ledger, "hazards_by_month", day(6, 30))["5月"] == (4, 0)
    assert bars(ledger, "hazards_by_month", day(4, 30))["5月"] == (0, 0)
    assert bars(ledger, "evacuees_by_event", day(6, 10)) == {"6.9-6.18暴雨洪涝": (100,)}


def test_lying_bars_are_ranked_with_the_rest_last(ledger):
    assert bars(ledger, "hazards_by_industry") == {"消防": (9,), "工贸": (4,), "其他": (20,)}
    assert list(bars(ledger, "hazards_by_industry")) == ["消防", "工贸", "其他"]
    assert list(bars(ledger, "activities_by_type").items()) == [("企业负责人培训", (5,)), ("应急演练", (2,))]


def test_running_totals_are_not_added(ledger):
    assert bars(ledger, "evacuees_by_event") == {"6.9-6.18暴雨洪涝": (150,), "3号台风“格美”": (42,)}


def test_townships_stand_in_the_order_of_the_list(ledger):
    found = bars(ledger, "hazards_by_area")
    assert list(found) == [entry.name for entry in ledger.entries("area")]
    assert found["胡坊镇"] == (24, 22)


def test_only_what_was_dispatched_counts(ledger):
    assert bars(ledger, "supplies_dispatched") == {"棉被（床）": (80,)}


@pytest.mark.parametrize("name", charting.labels())
def test_a_bar_opens_its_own_records(ledger, name):
    data = charting.chart(ledger, name, 2024)
    assert data.title.startswith("2024年")
    for row in data.series:
        for value, key in zip(row.values, row.keys, strict=True):
            assert isinstance(key, Query)
            assert ledger.count(key) > 0 or not value


def test_bars_of_a_month_hold_exactly_its_records(ledger):
    data = charting.chart(ledger, "hazards_by_month", 2024)
    assert [ledger.count(data.key(0, month)) for month in (2, 4)] == [2, 1]


def test_unknown_charts_are_refused_with_the_known_ones(ledger):
    with pytest.raises(UserError) as caught:
        charting.chart(ledger, "by_moon", 2024)
    assert "hazards_by_month" in caught.value.hint


def test_last_year_stands_beside_where_the_categories_last(ledger):
    area = {entry.name: entry.ref for entry in ledger.entries("area")}
    hazard = {"area": area["盖洋镇"], "description": "去年的", "quantity_found": 7, "granularity": "汇总"}
    for field in ("消防", "其他"):
        ledger.add("hazard", {**hazard, "record_date": datetime.date(2023, 3, 1), "field": field})
    assert charting.last_year(ledger, "hazards_by_month", 2024)["3月"] == 14
    assert charting.last_year(ledger, "hazards_by_industry", 2024) == {"消防": 7}, (
        "其他 is not the same every year"
    )
    assert charting.last_year(ledger, "hazards_by_month", 2024, day(2, 28)) == {}
    assert charting.last_year(ledger, "activities_by_type", 2024) == {}
    assert charting.last_year(ledger, "evacuees_by_event", 2024) == {}
