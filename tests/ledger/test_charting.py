"""Chart data: bars add up to the indicators beside them, and each bar opens its own records."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mingxi_desktop.charts.data import Amount, rows_of
from mingxi_desktop.domain.indicator_wanted import Between, Other
from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Child
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, chart_titles, charting
from mingxi_desktop.ledger.chart_spans import steps_of
from mingxi_desktop.ledger.reports.order import Order, covered
from mingxi_desktop.report.template import Span
from tests.ledger.conftest import Add, adder_for


def last_year(ledger: Ledger, name: str, period: Period) -> dict[str, Amount]:
    return charting.last_year(ledger, name, period, charting.chart(ledger, name, period))


def day(month: int, number: int) -> datetime.date:
    return datetime.date(2024, month, number)


@pytest.fixture(scope="module")
def filled_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Not open; copy it, do not change it."""
    path = tmp_path_factory.mktemp("charts") / "charts.mxdb"
    shutil.copyfile(empty_file, path)
    with Ledger.open(path) as opened:
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
    return path


@pytest.fixture
def ledger(filled_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(shutil.copyfile(filled_file, tmp_path / "charts.mxdb")) as opened:
        yield opened


YEAR = Period.of(2024)


def until(last: datetime.date) -> Period:
    return Period.of(2024, last)


def bars(ledger: Ledger, name: str, period: Period = YEAR) -> dict[str, tuple]:
    data = charting.chart(ledger, name, period)
    return {
        label: tuple(row.values[place] for row in data.series) for place, label in enumerate(data.categories)
    }


def test_hazards_by_month_add_up_to_the_indicators(ledger):
    data = charting.chart(ledger, "hazards_by_month", YEAR)
    values = {value.indicator.id: value.value for value in ledger.indicators(2024)}
    assert (
        [row.total for row in data.series]
        == [values["hazards_found"], values["hazards_rectified"]]
        == [33, 31]
    )
    assert bars(ledger, "hazards_by_month")["3月"] == (29, 27)


def test_the_cut_off_date_holds_for_bars_too(ledger):
    assert bars(ledger, "hazards_by_month", until(day(6, 30)))["5月"] == (4, 0)
    assert list(bars(ledger, "hazards_by_month", until(day(4, 15)))) == ["1月", "2月", "3月", "4月"]
    assert bars(ledger, "evacuees_by_event", until(day(6, 10))) == {"6.9-6.18暴雨洪涝": (100,)}


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


FIELDS = {
    "hazards_by_month": "quantity_found",
    "hazards_by_industry": "quantity_found",
    "hazards_by_area": "quantity_found",
    "activities_by_type": "sessions",
    "supplies_dispatched": "quantity",
    "funds_by_purpose": "amount",
    "penalties_by_month": "cases",
}
"""Chart → the field that its first row of bars adds up."""
MONEY = {"funds_by_purpose": 1_000_000}


@pytest.mark.parametrize("name", chart_titles.TITLES)
def test_a_bar_opens_exactly_its_own_records(full, name):
    data = charting.chart(full, name, YEAR)
    assert data.title.startswith("2024年")
    assert any(data.series[0].values)
    for value, key in zip(data.series[0].values, data.series[0].keys, strict=True):
        assert isinstance(key, Query)
        ids = full.ids(key)
        assert len(ids) > 0 or not value
        if name in FIELDS:
            total = full.totals(key.kind, ids).get(FIELDS[name], 0)
            assert total == (value or 0) * MONEY.get(name, 1)


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    """More industries than bars, funds, and penalties, one of which has no date of its decision."""
    words = [word for word in ledger.choices(kind_of("hazard").field("field")) if word != "其他"]
    add = adder_for(ledger)
    for number, word in enumerate(words[:10], 1):
        add("hazard", record_date=day(8, 1), field=word, description=f"第{number}处", quantity_found=number)
    for amount, purpose in ((76_026_000, "其他"), (135_000_000, "防汛物资")):
        add("fund", area="县直", purpose=purpose, amount=amount)
    for name, decided in (("甲木业", day(4, 2)), ("乙木业", None)):
        add("enforcement_case", record_date=day(4, 1), party=name, decision_date=decided)
    return ledger


def test_a_record_without_its_own_date_counts_by_the_day_it_was_recorded(full):
    data = charting.chart(full, "penalties_by_month", YEAR)
    april = data.categories.index("4月")
    assert data.series[0].values[april] == 2
    key = data.key(0, april)
    assert isinstance(key, Query)
    assert full.count(key) == 2


def test_what_is_many_small_things_is_put_together(full):
    data = charting.chart(full, "hazards_by_industry", YEAR)
    assert len(data.categories) == 9
    assert data.categories[-1] == "其他"
    assert data.series[0].total == full.indicators(2024, only=["hazards_found"])[0].value


def test_a_month_goes_by_tens_and_a_flood_by_days(ledger):
    march = charting.chart(ledger, "hazards_by_month", Period.month(2024, 3))
    assert march.title == "2024年3月各旬隐患排查整改情况"
    assert (march.axis, march.categories) == ("旬", ("上旬", "中旬", "下旬"))
    assert march.series[0].values == (29, 0, 0)
    flood = Period(2024, day(6, 18), day(6, 9))
    days = charting.chart(ledger, "hazards_by_month", flood)
    assert days.title == "2024年6月9日至18日各日隐患排查整改情况"
    assert days.categories[0] == "6.9"
    assert len(days.categories) == 10
    half = charting.chart(ledger, "hazards_by_month", until(day(6, 30)))
    assert half.title == "2024年上半年各月隐患排查整改情况"


def test_one_flood_has_what_names_it(ledger):
    numbers = {record.values["type"]: record.id for record in ledger.records("disaster_event", [1, 2])}
    storm = Period(2024, day(7, 24), day(7, 24), numbers["台风"], day(12, 31))
    assert bars(ledger, "evacuees_by_event", storm) == {"3号台风“格美”": (42,)}


def test_the_figures_of_a_chart_as_a_table(ledger):
    rows = charting.chart_table(ledger, "hazards_by_month", YEAR)
    assert rows.header == ("月", "排查数（条）", "整改数（条）")
    assert rows.rows[-1] == ("合计", "33", "31")
    assert rows.total
    assert rows.ids == {(12, 1): "hazards_found", (12, 2): "hazards_rectified"}
    supplies = charting.chart_table(ledger, "supplies_dispatched", YEAR)
    assert not supplies.total, "beds and blankets are not added up"


def test_bars_of_a_month_hold_exactly_its_records(ledger):
    data = charting.chart(ledger, "hazards_by_month", YEAR)
    assert [ledger.count(data.key(0, month)) for month in (2, 4)] == [2, 1]


def test_unknown_charts_are_refused_with_the_known_ones(ledger):
    with pytest.raises(UserError) as caught:
        charting.chart(ledger, "by_moon", YEAR)
    assert "hazards_by_month" in caught.value.hint


def test_bars_follow_conditions_that_the_clerk_has_changed(full):
    delivered = full.definitions.book.get("hazards_found")
    where = {**delivered.where, "area": (Other("盖洋镇"),), "quantity_found": (Between("2"),)}
    full.definitions.save(replace(delivered, where=where))
    shown = charting.chart(full, "hazards_by_area", YEAR)
    assert sum(shown.series[0].values) == full.prove("hazards_found", YEAR).value.value
    values = dict(zip(shown.categories, shown.series[0].values, strict=True))
    assert values["盖洋镇"] == 0
    full.definitions.save(replace(delivered, where={"quantity_found": (Between("100000"),)}))
    assert not any(charting.chart(full, "hazards_by_area", YEAR).series[0].values)


def test_last_year_stands_beside_where_the_categories_last(ledger):
    area = {entry.name: entry.ref for entry in ledger.entries("area")}
    hazard = {"area": area["盖洋镇"], "description": "去年的", "quantity_found": 7, "granularity": "汇总"}
    for field in ("消防", "其他"):
        ledger.add("hazard", {**hazard, "record_date": datetime.date(2023, 3, 1), "field": field})
    assert last_year(ledger, "hazards_by_month", YEAR)["3月"] == 14
    assert last_year(ledger, "hazards_by_industry", YEAR) == {"消防": 7, "其他": 7}
    assert last_year(ledger, "hazards_by_month", until(day(2, 28))) == {}
    assert last_year(ledger, "activities_by_type", YEAR) == {}
    assert last_year(ledger, "evacuees_by_event", YEAR) == {}


def test_last_year_is_put_together_as_this_years_bars_are(ledger, add):
    """The tenth of this year was long the year before: it is in 其他 of both, and nothing is lost."""
    then = datetime.date(2021, 3, 1)
    words = [word for word in ledger.choices(kind_of("hazard").field("field")) if word != "其他"][:10]
    for place, word in enumerate(words):
        add("hazard", field=word, quantity_found=100 - place, granularity="汇总", record_date=then)
    earlier = {"record_date": datetime.date(2020, 3, 1), "granularity": "汇总"}
    for word, found in ((words[0], 3), (words[9], 50), ("其他", 7)):
        add("hazard", field=word, quantity_found=found, **earlier)
    made = charting.chart(ledger, "hazards_by_industry", Period.of(2021))
    assert made.categories == (*words[:8], "其他")
    before = last_year(ledger, "hazards_by_industry", Period.of(2021))
    assert before == {words[0]: 3, "其他": 57}
    rows = rows_of(made, before)
    assert rows.header == ("行业领域", "排查数（条）", "上年（条）")
    assert [row[2] for row in rows.rows] == ["3", *["—"] * 7, "57", "60"]


def test_what_only_last_year_had_has_a_row_of_its_own(ledger, add):
    add("hazard", field="消防", quantity_found=4, granularity="汇总", record_date=datetime.date(2021, 3, 1))
    for word, found in (("消防", 3), ("工贸", 5)):
        add(
            "hazard",
            field=word,
            quantity_found=found,
            record_date=datetime.date(2020, 3, 1),
            granularity="汇总",
        )
    made = charting.chart(ledger, "hazards_by_industry", Period.of(2021))
    rows = rows_of(made, last_year(ledger, "hazards_by_industry", Period.of(2021)))
    assert rows.rows == (("消防", "4", "3"), ("工贸", "—", "5"), ("合计", "4", "8"))
    assert made.categories == ("消防",)


def test_months_count_an_indicator_by_its_own_date(ledger: Ledger, add: Add) -> None:
    begun, over = datetime.datetime(2024, 6, 30, 12), datetime.datetime(2024, 7, 2, 8)
    steps = [{"action": "启动", "at": begun, "level": "Ⅳ"}, {"action": "终止", "at": over, "level": "Ⅳ"}]
    add("response", start_at=begun, end_at=over, response_step=steps)
    drawn = charting.chart(ledger, "months:responses_ended", Period.of(2024))
    counted = {
        name: value for name, value in zip(drawn.categories, drawn.series[0].values, strict=True) if value
    }
    assert counted == {"7月": 1}, "ended in July, though it was started in June"
    assert [value.value for value in ledger.measure(Period.month(2024, 7), ["responses_ended"])] == [1]


def test_a_flood_over_new_year_is_drawn_on_both_sides_of_it(ledger: Ledger, add: Add) -> None:
    begun, over = datetime.date(2024, 12, 20), datetime.date(2025, 1, 10)
    event = add("disaster_event", record_date=begun, end_date=over)
    add("hazard", record_date=datetime.date(2024, 12, 25))
    for when, quilts in ((datetime.date(2024, 12, 28), 7), (datetime.date(2025, 1, 5), 5)):
        lines = [{"item": "棉被", "quantity": quilts}]
        add("supply_movement", record_date=when, event=f"disaster_event:{event}", supply_line=lines)
    period = covered(ledger, Order(2024, template="flood", event=event), Span.EVENT).period
    drawn = charting.chart(ledger, "supplies_dispatched", period)
    assert drawn.series[0].values == (12,)
    assert [value.value for value in ledger.measure(period, ["quilts_dispatched"])] == [12]
    drawn = charting.chart(ledger, "months:hazards_found", period)
    assert drawn.categories == ("12月中旬", "12月下旬", "1月上旬")
    assert drawn.series[0].values == (None, 1, None)
    assert drawn.title == "2024年12月20日至2025年1月10日各旬排查问题隐患数"


def test_months_of_the_next_year_have_that_years_days() -> None:
    steps = steps_of(Period(2024, datetime.date(2025, 3, 5), datetime.date(2024, 12, 1))).all
    assert [step.last for step in steps] == [
        datetime.date(2024, 12, 31),
        datetime.date(2025, 1, 31),
        datetime.date(2025, 2, 28),
        datetime.date(2025, 3, 5),
    ]
