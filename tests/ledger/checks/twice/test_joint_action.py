"""One action that each township which took part has reported."""

from __future__ import annotations

from typing import Any

from mingxi_desktop.ledger import Ledger
from tests.ledger.checks.looked import alive, cure, found, ids
from tests.ledger.conftest import Add
from tests.ledger.measured import date, printed

CODE = "joint_action"
TOWNS = ("盖洋镇", "夏阳乡", "胡坊镇")
JOINT = "连片联合执法"
DRILL = {"type": "应急演练", "record_date": date(6, 12)}
CALL = {"type": "点对点调度", "record_date": date(6, 12), "convener": "县防指"}


def each(add: Add, kind: str, **values: Any) -> list[int]:
    """A report of each township; {area} in a text stands for its name."""
    return [
        add(kind, **{"area": area, **{name: _of(area, value) for name, value in values.items()}})
        for area in TOWNS
    ]


def _of(area: str, value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(_of(area, one) for one in value)
    return value.format(area=area) if isinstance(value, str) else value


INSPECTIONS: list[dict[str, Any]] = [
    {"leader": "王强", "staff": 12},
    {"participants": ("盖洋镇人民政府", "夏阳乡人民政府", "胡坊镇人民政府")},
    {"participants": ("盖洋镇人民政府", "夏阳乡人民政府", "胡坊镇人民政府"), "leader": "{area}镇长"},
    {"enterprises": ("甲厂",)},
    {"staff": 20},
    {"note": "盖洋、夏阳、胡坊三地联合"},
    {"note": "与盖洋镇、夏阳乡、胡坊镇联合开展"},
    {},
    {"type": "专项检查", "leader": "王强", "enterprises": ("甲厂",)},
    {"type": "领导督导检查", "leader": "县长李某"},
    {"type": "专项检查", "note": "三地联合检查"},
]
APART: list[dict[str, Any]] = [
    {"leader": "{area}队长"},
    {"type": "执法检查"},
    {"type": "执法检查", "leader": "王强", "enterprises": ("{area}厂",)},
    {"type": "日常巡查", "leader": "王强"},
    {"times": 3, "granularity": "汇总"},
    {"record_date": date(6, 30)},
]


def test_inspections_of_one_day_with_something_in_common(ledger: Ledger, add: Add) -> None:
    rows = [
        each(add, "inspection", **{"type": JOINT, "record_date": date(6, day), **values})
        for day, values in enumerate(INSPECTIONS, 1)
    ]
    concerns = {tuple(ids(concern)): concern.message for concern in found(ledger, CODE)}
    assert sorted(concerns) == sorted(map(tuple, rows))
    for word in (*TOWNS, "6月1日", "3次", "王强"):
        assert word in concerns[tuple(rows[0])]


def test_inspections_that_only_fall_on_one_day(ledger: Ledger, add: Add) -> None:
    for day, values in enumerate(APART, 1):
        each(add, "inspection", **{"type": JOINT, "record_date": date(6, 2 * day), **values})
    assert found(ledger, CODE) == []


def test_merging_keeps_what_everyone_reported(ledger: Ledger, add: Add) -> None:
    shared = {"type": JOINT, "record_date": date(6, 12), "leader": "王强"}
    first = add(
        "inspection",
        **shared,
        area="盖洋镇",
        enterprises=("甲厂",),
        visits=1,
        staff=4,
        reporter="盖洋镇人民政府",
    )
    second = add(
        "inspection",
        **shared,
        area="夏阳乡",
        enterprises=("乙厂",),
        visits=2,
        staff=5,
        reporter="夏阳乡人民政府",
    )
    kept = add("inspection", **shared, area="县直", participants=("明溪县应急管理局",), staff=12)
    hazard = add("hazard", inspection=f"inspection:{first}")
    assert printed(ledger, "joint_enforcements")[0] == 3
    said = cure(ledger, CODE, "合并为一条")
    assert "3 条" in said
    assert alive(ledger, "inspection") == [kept]
    shown = ledger.get("inspection", kept).shown
    assert shown["enterprises"] == "甲厂、乙厂"
    assert set(shown["participants"].split("、")) == {"明溪县应急管理局", "盖洋镇人民政府", "夏阳乡人民政府"}
    assert (shown["visits"], shown["staff"], shown["leader"]) == ("3", "12", "王强")
    assert ledger.get("hazard", hazard).values["inspection"] == f"inspection:{kept}"
    assert found(ledger, CODE) == []
    assert printed(ledger, "joint_enforcements")[0] == 1
    ledger.undo()
    assert alive(ledger, "inspection") == [first, second, kept]
    assert ledger.get("hazard", hazard).values["inspection"] == f"inspection:{first}"


def test_a_drill_of_several_townships(ledger: Ledger, add: Add) -> None:
    drills: list[dict[str, Any]] = [
        {"title": "三乡镇联合防汛演练", "participants": 50},
        {"title": "防汛演练", "venue": "盖洋镇文化广场"},
        {"title": "防汛应急演练", "participants": 150},
    ]
    rows = [each(add, "activity", **{**DRILL, "record_date": date(6, day), **values})
            for day, values in enumerate(drills, 1)]  # fmt: skip
    assert [ids(concern) for concern in found(ledger, CODE)] == rows


def test_activities_of_one_name_in_each_township_are_their_own(ledger: Ledger, add: Add) -> None:
    for number, area in enumerate(TOWNS):
        add(
            "activity",
            area=area,
            title="安全宣传咨询日活动",
            participants=100 + number,
            record_date=date(6, 16),
        )
        add("activity", area=area, **DRILL, title=f"{area}防汛应急演练", participants=30 + number)
        add(
            "activity",
            area=area,
            **DRILL,
            title="学校疏散演练",
            sessions=4,
            granularity="汇总",
            participants=9,
        )
    add("activity", area="县直", title="安全宣传咨询日活动", participants=300, record_date=date(6, 16))
    assert found(ledger, CODE) == []


def test_merging_a_drill_adds_the_people_and_what_was_handed_out(ledger: Ledger, add: Add) -> None:
    rows = [
        add("activity", area=area, **DRILL, title="三乡镇联合防汛演练", participants=people,
            activity_output=[{"item": item, "quantity": 100}])
        for area, people, item in zip(TOWNS, (40, 60, 50), ("宣传资料", "宣传资料", "横幅"), strict=True)
    ]  # fmt: skip
    cure(ledger, CODE, "合并为一条")
    (kept,) = alive(ledger, "activity")
    assert kept in rows
    assert ledger.get("activity", kept).values["participants"] == 150
    assert all(town in ledger.get("activity", kept).shown["note"] for town in TOWNS)
    outputs = ledger.children("activity", kept)["activity_output"]
    assert sorted(row.shown["item"] for row in outputs) == ["宣传资料", "横幅"]


def test_without_reporters_the_townships_stand_as_who_took_part(ledger: Ledger, add: Add) -> None:
    for area in TOWNS:
        add("inspection", type="连片联合执法", area=area, leader="王强")
    cure(ledger, CODE, "合并为一条")
    (kept,) = alive(ledger, "inspection")
    shown = ledger.get("inspection", kept).shown["participants"]
    assert set(shown.split("、")) == {f"{town}人民政府" for town in TOWNS}


def test_a_call_to_several_townships(ledger: Ledger, add: Add) -> None:
    rows = each(add, "meeting", **CALL, topic="调度{area}防汛工作")
    (concern,) = found(ledger, CODE)
    assert ids(concern) == rows
    cure(ledger, CODE, "合并为一条")
    (kept,) = alive(ledger, "meeting")
    shown = ledger.get("meeting", kept).shown
    assert (shown["area"], set(shown["townships"].split("、"))) == ("县直", set(TOWNS))
    assert printed(ledger, "township_calls")[0] == 1


def test_the_call_of_the_county_beside_that_of_a_township(ledger: Ledger, add: Add) -> None:
    own = add("meeting", **CALL, area="县直", topic="视频调度盖洋镇、夏阳乡", townships=("盖洋镇", "夏阳乡"))
    add("meeting", **CALL, area="县直", topic="视频调度胡坊镇", townships=("胡坊镇",))
    assert found(ledger, CODE) == []
    theirs = add("meeting", **{**CALL, "convener": None}, area="盖洋镇", topic="参加防汛视频调度")
    (concern,) = found(ledger, CODE)
    assert ids(concern) == [own, theirs]


def test_meetings_of_their_own(ledger: Ledger, add: Add) -> None:
    each(add, "meeting", type="防汛部署会", topic="防汛工作会议", record_date=date(6, 9))
    assert found(ledger, CODE) == []
    rows = each(add, "meeting", type="防汛部署会", topic="全县防汛工作视频会议", record_date=date(6, 10))
    (concern,) = found(ledger, CODE)
    assert ids(concern) == rows
