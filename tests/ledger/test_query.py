"""Which records are meant: search, conditions, years, order, trash; counts and sums over them."""

from __future__ import annotations

import datetime
import itertools
from decimal import Decimal
from typing import Any

import pytest

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.query import EMPTY, Query, Range
from mingxi_desktop.domain.records import BatchFile, IncomingRow, Named
from mingxi_desktop.domain.references import Entry
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from tests.ledger.conftest import DAY, NOON, Add


def day(number: int) -> datetime.date:
    return DAY + datetime.timedelta(days=number)


def found(ledger: Ledger, kind: str, **more: Any) -> list[int]:
    query = Query(kind, **{"sort": (("id", False),), **more})
    ids = list(ledger.ids(query))
    assert ledger.count(query) == len(ids)
    return ids


def where(ledger: Ledger, kind: str, field: str, *values: Any) -> list[int]:
    wanted = values[0] if isinstance(values[0], Range) else values
    return found(ledger, kind, where=((field, wanted),))


def ref(ledger: Ledger, listed: str, name: str) -> str:
    return next(entry.ref for entry in ledger.entries(listed) if entry.name == name)


@pytest.mark.parametrize(
    ("search", "numbers"),
    [
        ("", [1, 2, 3, 4]), ("盖洋", [1, 3]), ("gaiyang", [1, 3]), ("gyz", [1, 3]), ("GYZ", [1, 3]),
        ("盖洋 配电箱", [1]), ("pdx", [1]), ("pei dian xiang", [1]), ("100%", [2]), ("%", [2]), ("_", [3]),
        ("a_b", [3]), ("a%b", []), ("\\", [4]), ("'", []), ("隐患" * 500, []), ("木业", [1]), ("县应急局", []),
        ("ＬＥＤ", [4]),
    ],
)  # fmt: skip
def test_search(ledger: Ledger, add: Add, search: str, numbers: list[int]) -> None:
    add("hazard", description="配电箱未接地", place="宏发木业有限公司", reporter="应急局")
    add("hazard", description="疏散通道堵塞100%", area="夏阳乡")
    add("hazard", description="编号a_b的灭火器过期")
    add("hazard", description=r"LED灯\线路老化", area="县直")
    assert found(ledger, "hazard", search=search) == numbers


def test_search_follows_new_names(ledger: Ledger, add: Add) -> None:
    add("hazard", place="宏发木业")
    add("inspection", enterprises=("宏发木业", "二厂"))
    event = add("disaster_event", name="端午暴雨")
    add("response", event="端午暴雨")
    firm = next(entry for entry in ledger.entries("enterprise") if entry.name == "宏发木业")
    ledger.save_entry(Entry("enterprise", "鸿发竹业", id=firm.id))
    ledger.edit("disaster_event", event, {"name": "六月暴雨"})
    for kind, old, new in (
        ("hazard", "宏发", "鸿发"),
        ("inspection", "hfmy", "hfzy"),
        ("response", "端午", "六月"),
    ):
        assert found(ledger, kind, search=old) == []
        assert found(ledger, kind, search=new) == [1]
    assert ledger.get("response", 1).shown["event"] == "六月暴雨"
    assert ledger.verify() == []


def test_conditions(ledger: Ledger, add: Add) -> None:
    add(
        "hazard", field="消防", campaign=("大排查大整治", "户外广告和招牌"), quantity_found=3, due_date=day(3)
    )
    add("hazard", field="工贸", campaign=("大排查大整治",), note="x", rectify_fund=500, area="夏阳乡")
    add("hazard", field="教育", place="一中", in_total=False, quantity_found=7, record_date=day(10))
    area = ref(ledger, "area", "夏阳乡")
    assert where(ledger, "hazard", "field", "消防", "教育") == [1, 3]
    assert where(ledger, "hazard", "campaign", "大排查大整治") == [1, 2]
    assert where(ledger, "hazard", "campaign", "大排查") == []  # a word, not a part of one
    assert where(ledger, "hazard", "campaign", "户外广告和招牌", EMPTY) == [1, 3]
    assert where(ledger, "hazard", "area", area) == [2]
    assert where(ledger, "hazard", "area", area, ref(ledger, "area", "盖洋镇")) == [1, 2, 3]
    assert where(ledger, "hazard", "place", EMPTY) == [1, 2]
    assert where(ledger, "hazard", "place", None) == [1, 2]
    assert where(ledger, "hazard", "note", EMPTY) == [1, 3]
    assert where(ledger, "hazard", "in_total", False) == [3]
    assert where(ledger, "hazard", "quantity_found", Range(1, 3)) == [1, 2]
    assert where(ledger, "hazard", "quantity_found", Range(low=4)) == [3]
    assert where(ledger, "hazard", "quantity_found", Range()) == [1, 2, 3]
    assert where(ledger, "hazard", "record_date", Range(day(1), None)) == [3]
    assert where(ledger, "hazard", "record_date", Range(None, DAY)) == [1, 2]
    assert where(ledger, "hazard", "record_date", DAY) == [1, 2]
    assert where(ledger, "hazard", "due_date", EMPTY, day(3)) == [1, 2, 3]
    assert where(ledger, "hazard", "rectify_fund", Range(500, 500)) == [2]
    assert where(ledger, "hazard", "id", 2, 3) == [2, 3]
    both = (("field", ("消防", "工贸")), ("area", (area,)))
    assert found(ledger, "hazard", where=both) == [2]
    query = Query("hazard", where=both).with_where("area", None).with_where("field", ("教育",))
    assert list(ledger.ids(query)) == [3]


def test_an_empty_choice_means_nothing(ledger: Ledger, add: Add) -> None:
    add("hazard")
    add("inspection", enterprises=("甲厂",))
    assert found(ledger, "hazard", where=(("field", ()),)) == []
    assert found(ledger, "inspection", where=(("enterprises", ()),)) == []


def test_conditions_on_lists_of_entries(ledger: Ledger, add: Add) -> None:
    add("inspection", enterprises=("甲厂", "乙厂"))
    add("inspection", enterprises=("乙厂",))
    add("inspection")
    first, second = (ref(ledger, "enterprise", name) for name in ("甲厂", "乙厂"))
    assert where(ledger, "inspection", "enterprises", first) == [1]
    assert where(ledger, "inspection", "enterprises", first, second) == [1, 2]
    assert where(ledger, "inspection", "enterprises", EMPTY) == [3]
    assert where(ledger, "inspection", "enterprises", first, EMPTY) == [1, 3]


def test_conditions_on_what_the_rows_of_a_record_amount_to(ledger: Ledger, add: Add) -> None:
    begun = {"action": "启动", "level": "Ⅳ", "at": NOON}
    raised = {"action": "提升", "level": "Ⅲ", "at": NOON + datetime.timedelta(hours=1)}
    for number, steps in enumerate(([begun], [begun, raised], [])):
        add("response", start_at=NOON, type=("防洪", "防暴雨", "抗旱")[number], response_step=steps)
    assert where(ledger, "response", "top_level", "Ⅲ") == [2]
    assert where(ledger, "response", "top_level", "Ⅲ", "Ⅳ") == [1, 2]
    assert where(ledger, "response", "top_level", EMPTY) == [3]
    assert where(ledger, "response", "top_level", EMPTY, "Ⅳ") == [1, 3]
    assert where(ledger, "response", "top_level", Range("Ⅱ", "Ⅲ")) == [2]
    add("supply_movement", supply_line=[{"item": "棉被", "quantity": 2}])
    assert where(ledger, "supply_movement", "goods", "棉被2床", EMPTY) == [1]


def test_moments_and_decimals(ledger: Ledger, add: Add) -> None:
    for number, hours in enumerate((0, 11, 36)):
        add(
            "response",
            start_at=NOON + datetime.timedelta(hours=hours),
            type=("防洪", "防暴雨", "抗旱")[number],
        )
    assert where(ledger, "response", "start_at", Range(DAY, DAY)) == [1, 2]
    assert where(ledger, "response", "start_at", Range(NOON, None)) == [1, 2, 3]
    movement = add(
        "supply_movement", supply_line=[{"item": "棉被", "quantity": Decimal(q)} for q in ("0.5", "2", "10")]
    )
    assert movement == 1
    assert where(ledger, "supply_line", "quantity", Range(Decimal("0.5"), 2)) == [1, 2]
    assert where(ledger, "supply_line", "quantity", Decimal(10)) == [3]
    assert where(ledger, "supply_line", "movement", "supply_movement:1") == [1, 2, 3]


def test_state_of_a_hazard(ledger: Ledger, add: Add) -> None:
    """The expression in the file against the rule in words."""
    today = datetime.date.today()
    expected: dict[int, str] = {}
    for level, rectified, due, done in itertools.product(
        ("一般", "重大"), (0, 1, 2), (None, today, today - datetime.timedelta(days=1)), (None, today)
    ):
        number = add(
            "hazard", record_date=today - datetime.timedelta(days=9), level=level, owner="李四", plan="整改",
            quantity_found=2, quantity_rectified=rectified, due_date=due, rectified_date=done,
        )  # fmt: skip
        if rectified == 2:
            state = "待复查" if level == "重大" and done is None else "已销号"
        elif due is not None and due < today:
            state = "逾期"
        else:
            state = "整改中" if rectified else "待整改"
        expected[number] = state
    records = ledger.records("hazard", list(expected))
    assert {record.id: record.values["status"] for record in records} == expected
    for state in ("待整改", "整改中", "待复查", "已销号", "逾期"):
        assert where(ledger, "hazard", "status", state) == [n for n, s in expected.items() if s == state]
    assert dict(ledger.facet(Query("hazard"), "status")) == {
        state: list(expected.values()).count(state) for state in set(expected.values())
    }


def test_an_extension_moves_the_due_day(ledger: Ledger, add: Add) -> None:
    today = datetime.date.today()
    past, soon = today - datetime.timedelta(days=5), today + datetime.timedelta(days=5)
    number = add("hazard", record_date=past, due_date=past)
    assert ledger.get("hazard", number).values["status"] == "逾期"
    step = add("hazard_step", hazard=f"hazard:{number}", record_date=past, action="延期", new_due=soon)
    assert ledger.get("hazard", number).values["status"] == "待整改"
    ledger.delete("hazard_step", [step])
    assert where(ledger, "hazard", "status", "逾期") == [number]


def test_years(ledger: Ledger, add: Add) -> None:
    for number, year in enumerate((2022, 2024, 2023)):
        add("hazard", record_date=datetime.date(year, 1, 1), description=f"{number}")
    add("enforcement_case", record_date=datetime.date(2023, 12, 30), decision_date=datetime.date(2024, 1, 2))
    assert found(ledger, "hazard", year=2024) == [2]
    assert found(ledger, "enforcement_case", year=2024) == [1]
    assert ledger.years() == [2024, 2023, 2022]
    assert ledger.counts(2024)["hazard"] == 1
    assert ledger.counts()["hazard"] == 3
    ledger.delete("hazard", [1])
    assert ledger.years() == [2024, 2023]


def test_state_ledgers_belong_to_every_year_they_exist_in(ledger: Ledger, add: Add) -> None:
    add("rescue_team", name="老队", from_date=datetime.date(2019, 5, 1), to_date=datetime.date(2023, 6, 30))
    add("rescue_team", name="新队", from_date=datetime.date(2024, 5, 1))
    for year, numbers in ((2018, []), (2019, [1]), (2023, [1]), (2024, [2]), (2026, [2])):
        assert found(ledger, "rescue_team", year=year) == numbers
    assert ledger.years() == []  # what exists says nothing about which years have records


def test_order(ledger: Ledger, add: Add) -> None:
    add("hazard", record_date=day(2), place="甲厂", level="一般", quantity_found=5, area="夏阳乡")
    add(
        "hazard",
        record_date=day(1),
        place="丙厂",
        level="重大",
        owner="a",
        plan="b",
        quantity_found=2,
        area="盖洋镇",
    )
    add("hazard", record_date=day(2), place="乙厂", level="一般", quantity_found=9, area="雪峰镇")
    assert list(ledger.ids(Query("hazard"))) == [3, 1, 2]  # newest first
    assert found(ledger, "hazard", sort=(("record_date", False),)) == [2, 1, 3]
    assert found(ledger, "hazard", sort=(("record_date", True),)) == [3, 1, 2]
    assert found(ledger, "hazard", sort=(("quantity_found", True),)) == [3, 1, 2]
    assert found(ledger, "hazard", sort=(("level", True), ("quantity_found", False))) == [2, 1, 3]
    assert found(ledger, "hazard", sort=(("status", False),))[0] in (1, 2, 3)
    areas = [entry.name for entry in ledger.entries("area")]
    by_list = sorted((1, 2, 3), key=lambda n: areas.index(("夏阳乡", "盖洋镇", "雪峰镇")[n - 1]))
    assert found(ledger, "hazard", sort=(("area", False),)) == by_list
    names = {record.id: record.shown["place"] for record in ledger.records("hazard", [1, 2, 3])}
    listed = [names[number] for number in found(ledger, "hazard", sort=(("place", False),))]
    assert listed == sorted(names.values())


@pytest.mark.parametrize("kind", kinds.ALL, ids=lambda kind: kind.name)
def test_every_column_sorts(ledger: Ledger, kind: Any) -> None:
    for field in kind.fields:
        if field.type is not FieldType.FILES:
            assert found(ledger, kind.name, sort=((field.name, True), ("id", False))) == []


def test_words_sort_as_their_vocabulary_has_them(ledger: Ledger, add: Add) -> None:
    event = f"disaster_event:{add('disaster_event')}"
    for stage in ("核报", "初报", "续报"):
        add("disaster_loss", event=event, stage=stage)
    assert found(ledger, "disaster_loss", sort=(("stage", False),)) == [2, 3, 1]


def test_lists_of_entries_sort_by_the_first(ledger: Ledger, add: Add) -> None:
    for firms in (("丙", "甲"), (), ("甲", "丁"), ("乙",)):
        add("inspection", enterprises=firms)
    assert found(ledger, "inspection", sort=(("enterprises", False),))[0] == 2
    names = {number: ledger.get("inspection", number).shown["enterprises"][:1] for number in (1, 2, 3, 4)}
    ordered = [names[number] for number in found(ledger, "inspection", sort=(("enterprises", False),))]
    assert ordered == sorted(names.values())


def test_receivers_of_several_lists_sort_by_name(ledger: Ledger, add: Add) -> None:
    add("supply_movement", receiver="夏阳乡")
    add("supply_movement", receiver="盖洋镇")
    add("supply_movement", type="购入", receiver=None)
    assert found(ledger, "supply_movement", sort=(("receiver", False),)) == [3, 1, 2]


def test_trash_batch_and_given_ids(ledger: Ledger, add: Add) -> None:
    numbers = [add("hazard", description=f"{number}") for number in range(4)]
    ledger.delete("hazard", numbers[1:3])
    assert found(ledger, "hazard", trash=True) == numbers[1:3]
    assert found(ledger, "hazard", ids=tuple(numbers)) == [numbers[0], numbers[3]]
    assert found(ledger, "hazard", ids=tuple(range(1, 40_000))) == [numbers[0], numbers[3]]
    row = IncomingRow("hazard", {"record_date": DAY, "area": "area:1", "field": "消防", "description": "x"})
    batch = ledger.store([row], [BatchFile("a", "b", "hazard", 1)], sentence="导入").batch
    assert found(ledger, "hazard", batch=batch) == [5]
    assert [record.id for record in ledger.records("hazard", [5, 1, 99, 4])] == [5, 1, 4]


def test_groups_and_sums(ledger: Ledger, add: Add) -> None:
    for month, area, number in ((1, "盖洋镇", 3), (1, "夏阳乡", 4), (2, "盖洋镇", 5)):
        add("hazard", record_date=datetime.date(2024, month, 9), area=area, quantity_found=number,
            campaign=("大排查大整治",) if number > 3 else ("大排查大整治", "户外广告和招牌"))  # fmt: skip
    gaiyang, xiayang = (ref(ledger, "area", name) for name in ("盖洋镇", "夏阳乡"))
    year = Query("hazard", year=2024)
    assert ledger.facet(year, "area") == [(gaiyang, 2), (xiayang, 1)]
    assert ledger.facet(year, "campaign") == [("大排查大整治", 3), ("户外广告和招牌", 1)]
    assert ledger.grouped(year, ("month",), ("count", "quantity_found")) == [(1, 2, 7), (2, 1, 5)]
    assert set(ledger.grouped(year, ("month", "area"), ("quantity_found",))) == {
        (1, gaiyang, 3), (1, xiayang, 4), (2, gaiyang, 5),
    }  # fmt: skip
    assert ledger.grouped(year, (), ("quantity_found",)) == [(12,)]
    assert ledger.totals("hazard", ledger.ids(year)) == {"quantity_found": 12, "quantity_rectified": 0}
    assert ledger.totals("hazard", []) in ({}, {"quantity_found": 0, "quantity_rectified": 0})


def test_sums_of_money_and_decimals_are_exact(ledger: Ledger, add: Add) -> None:
    add("supply_movement", supply_line=[
        {"item": "棉被", "quantity": Decimal(q), "value": v} for q, v in (("0.1", 10), ("0.2", 20), ("100.0001", 3))
    ])  # fmt: skip
    ids = ledger.ids(Query("supply_line"))
    assert ledger.totals("supply_line", ids) == {"quantity": Decimal("100.3001"), "value": 33}
    assert ledger.grouped(Query("supply_line"), ("item",), ("quantity", "value")) == [
        (ref(ledger, "item", "棉被"), Decimal("100.3001"), 33)
    ]


def test_months_go_by_the_date_that_counts(ledger: Ledger, add: Add) -> None:
    add("enforcement_case", record_date=datetime.date(2024, 1, 5), decision_date=datetime.date(2024, 3, 5))
    add("enforcement_case", record_date=datetime.date(2024, 1, 6), cause="二")
    assert ledger.grouped(Query("enforcement_case"), ("month",), ("count",)) == [(1, 1), (3, 1)]


def test_goods_of_a_movement(ledger: Ledger, add: Add) -> None:
    amounts = (("棉被", "1234567.5"), ("毛毯", "3"))
    add("supply_movement", supply_line=[{"item": name, "quantity": Decimal(q)} for name, q in amounts])
    add("supply_movement", type="购入", receiver=None)
    assert [record.shown["goods"] for record in ledger.records("supply_movement", [1, 2])] == [
        "棉被1234567.5床、毛毯3件", "",
    ]  # fmt: skip


def test_candidates(ledger: Ledger, add: Add) -> None:
    place = kinds.kind_of("hazard").field("place")
    for name in ("盖洋中心小学", "明溪盖洋加油站", "夏阳中学"):
        add("hazard", place=Named(name), description=name)
    names = [name for _, name in ledger.candidates(place, "盖洋")]
    assert names == ["盖洋中心小学", "明溪盖洋加油站"]  # what begins with it first
    assert [name for _, name in ledger.candidates(place, "xyzx")] == ["夏阳中学"]
    assert len(ledger.candidates(place, "", limit=2)) == 2
    event = add("disaster_event", name="端午暴雨")
    of_response = kinds.kind_of("response").field("event")
    assert ledger.candidates(of_response, "dwby") == [(f"disaster_event:{event}", "端午暴雨")]


def test_the_nearest_event_of_a_name_is_meant(ledger: Ledger, add: Add) -> None:
    for year in (2022, 2023, 2024):
        add("disaster_event", record_date=datetime.date(year, 6, 9), end_date=datetime.date(year, 6, 18))
    values, _ = ledger.parse("disaster_loss", {"record_date": "2023-6-20", "event": "6.9-6.18"})
    assert values["event"] == "disaster_event:2"
    values, _ = ledger.parse("disaster_loss", {"record_date": "2023-6-20", "event": "６.９—6.18"})
    assert values["event"] == "disaster_event:2"
    values, _ = ledger.parse("disaster_loss", {"event": "#1"})
    assert values["event"] == "disaster_event:1"
    add("response", start_at=NOON)
    values, findings = ledger.parse("response_step", {"response": "防暴雨 2024-06-09 12:00"})
    assert (values, findings) == ({"response": "response:1"}, [])
    _, findings = ledger.parse("response_step", {"response": "没有的"})
    assert "先登记这条应急响应" in findings[0].message


def test_remembered_counts_follow_every_change(ledger: Ledger, add: Add) -> None:
    def counted() -> tuple[list[int], int, int]:
        asked = [Query("meeting", year=year) for year in (2023, 2024)]
        numbers = [ledger.count(query) for query in asked]
        assert numbers == [len(ledger.ids(query)) for query in asked]
        return ledger.years(), *numbers

    assert counted() == ([], 0, 0)
    first, second = add("meeting"), add("meeting")
    assert counted() == ([2024], 0, 2)
    ledger.edit("meeting", first, {"record_date": datetime.date(2023, 5, 6)})
    assert counted() == ([2024, 2023], 1, 1)
    ledger.delete("meeting", [second])
    assert counted() == ([2023], 1, 0)
    ledger.undo()
    ledger.undo()
    assert counted() == ([2024], 0, 2)
    with pytest.raises(UserError):
        ledger.edit_each(
            "meeting", {first: {"record_date": datetime.date(2023, 5, 6)}, second: {"type": "无"}}
        )
    assert counted() == ([2024], 0, 2)
