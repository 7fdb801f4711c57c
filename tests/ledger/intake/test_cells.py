"""Cells of townships' sheets → values of the ledger, with what was assumed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.parse import Parsed, ParseError
from mingxi_desktop.domain.records import Named
from mingxi_desktop.exchange.cells import CellError
from mingxi_desktop.exchange.recognising.plan import MergedNumber
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.intake.cells import CellReader

JUNE_9 = dt.date(2024, 6, 9)


@pytest.fixture
def cells(ledger: Ledger) -> CellReader:
    return CellReader(ledger, 2024)


def read(cells: CellReader, place: str, cell: Any, unit: str = "") -> Parsed[Any]:
    """place: kind.field."""
    kind = kind_of(place.partition(".")[0])
    return cells.read(kind, kind.field(place.partition(".")[2]), cell, unit)


def shown(cells: CellReader, place: str, cell: Any) -> tuple[str, str]:
    """(value as shown, what was assumed)."""
    parsed = read(cells, place, cell)
    return cells.ledger.show(*place.split("."), parsed.value), parsed.assumed


def code(cells: CellReader, place: str, cell: Any, unit: str = "") -> str:
    with pytest.raises(ParseError, match=r"[\u4e00-\u9fff]") as caught:
        read(cells, place, cell, unit)
    return caught.value.code


@pytest.mark.parametrize(
    ("place", "cell", "value"),
    [
        ("hazard.record_date", 45452.0, JUNE_9),
        ("hazard.record_date", 45452.5, JUNE_9),
        ("hazard.record_date", 20240609.0, JUNE_9),
        ("hazard.record_date", "6.9-6.11", JUNE_9),
        ("hazard.due_date", "6.9-6.11", dt.date(2024, 6, 11)),
        ("hazard.rectified_date", dt.datetime(2024, 6, 9, 8), JUNE_9),
        ("hazard.rectified_date", "/", None),
        ("hazard.rectified_date", "未整改", None),
        ("rescue_team.from_date", 2019.0, dt.date(2019, 12, 31)),
        ("response.start_at", 45452.5, dt.datetime(2024, 6, 9, 12)),
        ("hazard.quantity_found", 12.0, 12),
        ("hazard.quantity_found", "12处", 12),
        ("response_tally.evacuees", "/", 0),
        ("response_tally.evacuees", "35人次", 35),
        ("disaster_loss.crops", "—", Decimal(0)),
        ("supply_line.quantity", 0.9892, Decimal("0.9892")),
        ("hazard.in_total", "无", False),
        ("hazard.in_total", "√", True),
        ("hazard.level", "重大事故隐患", "重大"),
        ("response_step.level", "IV级响应", "Ⅳ"),
        ("enforcement_case.measure", "罚款;警告", ("罚款", "警告")),
        ("enforcement_case.case_no", "350421202401010012", "350421202401010012"),
        ("enforcement_case.case_no", 128.0, "128"),
        ("hazard.description", "１.灭火器过期；\n２.无台账", "１.灭火器过期；\n２.无台账"),
        ("hazard.description", "无", "无"),
    ],
)
def test_what_has_one_meaning_is_taken(cells, place, cell, value):
    assert read(cells, place, cell).value == value


@pytest.mark.parametrize(
    ("place", "cell", "wanted"),
    [
        ("hazard.record_date", 6.1, "E_AMBIGUOUS"),
        ("hazard.record_date", "2024-02-30", "E_DATE_IMPOSSIBLE"),
        ("hazard.record_date", "2024年", "E_DATE"),
        ("hazard.record_date", "/", "E_DATE"),
        ("hazard.quantity_found", "/", "E_NUMBER"),
        ("hazard.quantity_found", "NaN", "E_NUMBER"),
        ("hazard.quantity_found", dt.datetime(2024, 1, 3), "E_NUMBER"),
        ("hazard.quantity_found", "5人", "E_UNIT"),
        ("response_tally.evacuees", "未统计", "E_NUMBER"),
        ("hazard.level", "较大", "E_CHOICE"),
        ("activity.drill_form", "实战/桌面", "E_COMPOUND"),
        ("response_step.level", "蓝色", "E_AMBIGUOUS"),
        ("hazard.area", "火星", "E_REFERENCE"),
        ("hazard.area", "盖洋镇、胡坊镇", "E_COMPOUND"),
        ("supply_line.item", "消防水泵/高压水带", "E_COMPOUND"),
        ("enforcement_case.case_no", 9.135e17, "E_PRECISION"),
        ("enforcement_case.case_no", "9.135E+17", "E_PRECISION"),
        ("hazard.quantity_found", CellError("#REF!"), "E_CELL_ERROR"),
        ("hazard.quantity_found", CellError("=", "E_FORMULA_NO_VALUE"), "E_FORMULA_NO_VALUE"),
        ("hazard.quantity_found", MergedNumber("12"), "E_MERGED"),
    ],
)
def test_what_is_no_such_value_is_refused_by_its_reason(cells, place, cell, wanted):
    assert code(cells, place, cell) == wanted
    assert code(cells, place, cell) == wanted  # remembered as well


def test_zero_and_false_and_no_are_kept_apart(cells):
    assert read(cells, "response_tally.evacuees", 0.0).value == 0
    assert code(cells, "response_tally.evacuees", False) == "E_NUMBER"
    assert code(cells, "response_tally.evacuees", True) == "E_NUMBER"
    assert read(cells, "response_tally.evacuees", 1).value == 1


def test_the_header_s_unit(cells):
    assert read(cells, "hazard.quantity_found", 5.0, "处").value == 5
    assert code(cells, "hazard.quantity_found", 5.0, "人") == "E_UNIT"
    assert read(cells, "fund.amount", 135.0, "万元").value == 135_000_000
    assert code(cells, "fund.amount", 5.0, "户") == "E_UNIT"
    assert read(cells, "supply_line.quantity", 5.0, "床").unit == "床"
    converted = read(cells, "disaster_loss.crops", 560.0, "亩")
    assert converted.value == Decimal("37.3333")
    assert converted.assumed == "560亩按37.3333公顷（15亩=1公顷）"


def test_money_of_which_nobody_said_the_unit(ledger):
    cells = CellReader(ledger, 2024, money_unit=None)
    assert code(cells, "fund.amount", 135.0) == "E_AMBIGUOUS"
    assert read(cells, "fund.amount", 1_350_000.0) == Parsed(135_000_000, "没有写单位，按元")
    assert read(cells, "fund.amount", 1_350_000.0) == Parsed(135_000_000)
    assert read(cells, "fund.amount", 2_000_000.0) == Parsed(200_000_000)
    assert read(cells, "fund.amount", "135万") == Parsed(135_000_000)
    assert read(cells, "enforcement_case.fine", 500.0) == Parsed(50_000, "没有写单位，按元")
    assert code(cells, "enforcement_case.fine", 0.5) == "E_AMBIGUOUS"
    assert read(CellReader(ledger, 2024, money_unit="万元"), "fund.amount", 135.0) == Parsed(135_000_000)


@pytest.mark.parametrize(
    ("cell", "township"),
    [
        ("盖洋", "盖洋镇"),
        ("城关", "城关乡"),
        ("盖洋镇政府", "盖洋镇"),
        ("福建省三明市明溪县盖洋镇", "盖洋镇"),
        (350421101.0, "盖洋镇"),
    ],
)
def test_townships_by_other_names(cells, cell, township):
    assert shown(cells, "hazard.area", cell) == (township, "")


@pytest.mark.parametrize(
    ("cell", "area"),
    [
        ("盖洋镇（红旗村）", "盖洋镇"),
        ("雷西村", "盖洋镇"),
        ("全县", "县直"),
        ("各乡镇", "县直"),
        ("县直单位", "县直"),
        ("教育局", "县直"),
    ],
)
def test_areas_that_were_concluded_are_said(cells, cell, area):
    assert shown(cells, "hazard.area", cell) == (area, f"“{cell}”按“{area}”")


@pytest.mark.parametrize(
    ("cell", "office", "said"),
    [
        ("盖洋", "盖洋镇人民政府", False),
        ("应急局", "明溪县应急管理局", False),
        ("县应急管理局", "明溪县应急管理局", False),
        ("县住房和城乡建设局", "明溪县住房和城乡建设局", False),
        ("盖洋镇应急办", "盖洋镇人民政府", True),
        ("应急局办公室", "明溪县应急管理局", True),
    ],
)
def test_reporters_by_other_names(cells, cell, office, said):
    name, assumed = shown(cells, "hazard.reporter", cell)
    assert (name, bool(assumed)) == (office, said)


def test_a_receiver_is_named_and_not_concluded(cells):
    assert shown(cells, "supply_movement.receiver", "盖洋") == ("盖洋镇", "")
    assert code(cells, "supply_movement.receiver", "盖洋镇敬老院") == "E_REFERENCE"


def test_several_townships_where_several_may_be(cells):
    assert shown(cells, "meeting.townships", "盖洋、胡坊镇和城关") == ("盖洋镇、胡坊镇、城关乡", "")
    assert len(read(cells, "meeting.townships", "各乡镇").value) == 9
    assert read(cells, "meeting.townships", "无").value == ()


def test_names_that_grow_and_names_that_wait(ledger):
    cells = CellReader(ledger, 2024, deferred={"资20240001"})
    assert read(cells, "hazard.place", "第3、4车间").value == Named("第3、4车间")
    assert read(cells, "fund.parent", " 资20240001 ").value == Named("资20240001")
    assert code(cells, "fund.parent", "资20240002") == "E_REFERENCE"


def test_an_item_with_its_unit_behind_it(cells):
    kind = kind_of("supply_line")
    parsed = cells.read(kind, kind.field("item"), "棉被（床）")
    assert (cells.ledger.show("supply_line", "item", parsed.value), parsed.unit) == ("棉被", "床")


LOSS = {"event": "6.9", "stage": "初报", "record_date": "2024-6-13"}


@pytest.mark.parametrize(
    ("header", "cell", "field", "value"),
    [("农作物受灾面积（千公顷）", 0.5, "crops", "500"), ("农作物受灾面积（万亩）", 0.3, "crops", "200")],
)
def test_units_of_losses(desk, header, cell, field, value):
    desk.ledger.add("disaster_event", {"name": "6.9", "type": "暴雨洪涝", "record_date": dt.date(2024, 6, 9)})
    found = desk.read(
        [["灾情"], ["乡镇", "受灾人口", header], ["盖洋镇", 10, cell]], kind="disaster_loss", values=LOSS
    )
    assert found.ready(field) in ([value], [])


def test_ten_thousands_of_people(desk):
    desk.ledger.add("disaster_event", {"name": "6.9", "type": "暴雨洪涝", "record_date": dt.date(2024, 6, 9)})
    found = desk.read(
        [["灾情"], ["乡镇", "受灾人口", "紧急转移安置"], [None, "万人", "人"], ["盖洋镇", 1.2, 560]],
        kind="disaster_loss",
        values=LOSS,
    )
    assert found.ready("affected") == [12_000]


def test_a_scale_in_the_cell_goes_before_that_of_the_header(cells):
    assert read(cells, "response_tally.evacuees", "0.02万", "万人").value == 200
    found = read(cells, "response_tally.evacuees", 0.012, "万人")
    assert (found.value, found.assumed) == (120, "表头的单位是“万人”，0.012按120人")
