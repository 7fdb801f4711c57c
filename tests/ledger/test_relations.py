"""Links both ways, by the declarations alone, and the story of an enterprise."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain.kinds import ALL
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.references import ENTERPRISE
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, forms
from mingxi_desktop.storage import links
from tests.ledger.conftest import Add


def told(ledger: Ledger, kind: str, number: int) -> list[tuple[str, int, str]]:
    """What is around a record: (label, how many, what)."""
    return [(one.label, one.number, one.said) for one in ledger.relations.of(kind, number).relations]


def test_a_hazard_knows_its_inspection_place_and_cases_and_they_know_it(ledger: Ledger, add: Add) -> None:
    check = add("inspection", enterprises=("某木业",), leader="王五")
    hazard = add("hazard", inspection=f"inspection:{check}", place="某木业")
    number = f"hazard:{hazard}"
    assert told(ledger, "hazard", hazard) == [
        ("单位/场所", 1, "某木业"),
        ("所属检查", 1, "检2024-0001 精准帮扶 王五 2024-06-09"),
    ]
    first = add("enforcement_case", hazard=number, case_no="明罚1号")
    (case,) = ledger.relations.of("hazard", hazard).relations[2:]
    assert (case.label, case.id, case.said) == (
        "执法案件",
        first,
        "明罚1号 某木业 设置防盗网 警告 2024-06-09",
    )
    second = add("enforcement_case", hazard=number, case_no="明罚2号", party="另一家")
    (cases,) = ledger.relations.of("hazard", hazard).relations[2:]
    assert (cases.label, cases.number, cases.id) == ("执法案件", 2, 0)
    assert cases.query is not None
    assert sorted(ledger.ids(cases.query)) == [first, second]
    assert ("隐患", 1, "2024-0001 某木业 消防 配电箱未接地 2024-06-09") in told(ledger, "inspection", check)
    assert told(ledger, "enforcement_case", first)[1][0] == "关联隐患"
    ledger.delete("enforcement_case", [first, second])
    assert len(told(ledger, "hazard", hazard)) == 2
    ledger.delete("hazard", [hazard])
    ledger.restore("enforcement_case", [first])
    assert ledger.relations.of("enforcement_case", first).relations[1].gone


def test_an_event_gathers_all_that_belongs_to_it(ledger: Ledger, add: Add) -> None:
    event = add("disaster_event")
    ref = f"disaster_event:{event}"
    for kind in ("response", "response_tally", "meeting", "disaster_loss", "supply_movement"):
        add(kind, event=ref)
    assert [label for label, _, _ in told(ledger, "disaster_event", event)] == [
        "应急响应", "响应统计", "会议调度学法", "灾情损失", "物资收发",
    ]  # fmt: skip
    offered = ledger.relations.of("disaster_event", event).additions
    assert [one.label for one in offered] == ["应急响应", "响应统计", "会议调度学法", "灾情损失", "物资收发"]


def test_what_follows_is_saved_with_its_link(ledger: Ledger, add: Add) -> None:
    hazard = add("hazard", place="某木业", code="12")
    (case,) = ledger.relations.of("hazard", hazard).additions
    assert case.texts == {"hazard": "12", "area": "盖洋镇", "party": "某木业"}
    same = add("hazard", place="乙厂", code="12", record_date=datetime.date(2023, 5, 5))
    (case,) = ledger.relations.of("hazard", same).additions
    texts = {**forms.blank(ledger, "enforcement_case", 2024), **case.texts, "cause": "甲", "measure": "警告"}
    saved = forms.save(ledger, "enforcement_case", None, texts, {}, {}, 2024)
    assert saved.id is not None
    assert ledger.get("enforcement_case", saved.id).values["hazard"] == f"hazard:{same}"
    several = add("inspection", enterprises=("某木业", "乙厂"))
    assert "place" not in ledger.relations.of("inspection", several).additions[0].texts


def test_the_story_of_an_enterprise_is_in_one_list_newest_first(ledger: Ledger, add: Add) -> None:
    days = [datetime.date(2024, month, 1) for month in (3, 5, 9)]
    add("hazard", place="某木业", record_date=days[0])
    add("inspection", enterprises=("甲", "某木业"), record_date=days[2])
    add("enforcement_case", party="某木业", record_date=days[0], decision_date=days[1])
    entry = next(entry for entry in ledger.entries(ENTERPRISE) if entry.name == "某木业")
    story = ledger.relations.story(entry.ref)
    assert [(one.day, one.ledger, one.state) for one in story.happenings] == [
        (days[2], "检查帮扶", ""), (days[1], "执法案件", ""), (days[0], "隐患", "待整改"),
    ]  # fmt: skip
    assert "某木业" not in story.happenings[2].said
    assert (story.total, [one.number for one in story.relations]) == (3, [1, 1, 1])
    with pytest.raises(UserError, match="不在名单里"):
        ledger.relations.story("enterprise:99999")


def test_every_declared_link_is_looked_up_and_children_are_no_links(ledger: Ledger, add: Add) -> None:
    schema = ledger._store.schema
    for kind in ALL:
        found = links.pointers(schema, kind.name)
        assert all(pointer.kind.parent_kind != kind.name for pointer in found if pointer.kind.parent)
    pairs = {(one.kind.name, one.field.name) for one in links.pointers(schema, ENTERPRISE)}
    assert pairs == {("hazard", "place"), ("inspection", "enterprises"), ("enforcement_case", "party")}
    assert ledger.relations.of("hazard", 99).relations == ()
    assert ledger.ids(Query("hazard")).tolist() == []


def test_whatever_points_to_a_record_is_looked_up_by_an_index(ledger: Ledger) -> None:
    schema = ledger._store.schema
    for target in (ENTERPRISE, "hazard", "inspection", "disaster_event", "fund"):
        for pointer in links.pointers(schema, target):
            table = schema.table[pointer.kind.name]
            where = links.holding(schema, pointer, (f"{target}:1",))
            sql, values = table.select(table.id).where(where).sql()
            plan = schema.database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
            by = "rowid=" if pointer.field.name == "enterprises" else f"{pointer.field.name}="
            assert by in plan[0][3], plan
