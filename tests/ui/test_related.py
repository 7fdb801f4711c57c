"""What lies around a record: doors both ways, and what naturally follows."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ui.related import Related
from tests.ui.small import put, rest


@pytest.fixture
def linked(context, shown):
    """An inspection, a hazard found in it, and two cases of that hazard; ids by kind."""
    made: dict[str, int] = {}

    def build(ledger) -> None:
        day = {"record_date": "2024-06-09", "area": "盖洋镇"}
        made["inspection"] = put(
            ledger, "inspection", {**day, "type": "精准帮扶", "enterprises": "甲厂、乙厂"}
        )
        code = ledger.get("inspection", made["inspection"]).shown["code"]
        made["hazard"] = put(
            ledger,
            "hazard",
            {**day, "description": "配电箱", "place": "甲厂", "inspection": code, "field": "消防"},
        )
        code = ledger.get("hazard", made["hazard"]).shown["code"]
        for number in "12":
            case = {
                "case_no": f"明罚{number}号",
                "party": "甲厂",
                "cause": "甲",
                "measure": "警告",
                "hazard": code,
            }
            put(ledger, "enforcement_case", {**day, **case})

    context.worker.run(build)
    rest(context.worker)
    return made


def doors(block: Related) -> dict[str, QPushButton]:
    return {door.accessibleName(): door for door in block.findChildren(QPushButton)}


def test_every_line_is_a_door(context, linked, shown) -> None:
    block = Related(context, kind_of("hazard"))
    block.show_record(linked["hazard"])
    rest(context.worker)
    shown(block, 400, 300)
    found = doors(block)
    case, check = "执法案件：查看 2 条", next(name for name in found if name.startswith("所属检查：打开"))
    assert set(found) == {case, check, "单位/场所：打开 甲厂", "新增执法案件"}
    queries, records, wanted = [], [], []
    context.query_wanted.connect(queries.append)
    context.record_wanted.connect(lambda *pair: records.append(pair))
    block.new_wanted.connect(lambda *pair: wanted.append(pair))
    found[case].click()
    found[check].click()
    found["新增执法案件"].click()
    assert [query.kind for query in queries] == ["enforcement_case"]
    assert records == [("inspection", linked["inspection"])]
    assert wanted[0][0] == "enforcement_case"
    assert wanted[0][1]["party"] == "甲厂"
    assert all(door.focusPolicy() for door in found.values())
    assert {text.text() for text in block.findChildren(QLabel)} >= {
        "相关记录",
        "执法案件",
        "所属检查",
        "新增",
    }


def test_the_block_follows_changes_and_hides_where_there_is_nothing(context, linked, shown) -> None:
    block = Related(context, kind_of("hazard"))
    block.show_record(linked["hazard"])
    rest(context.worker)
    context.write(lambda ledger: ledger.delete("enforcement_case", [1]), owner=block)
    rest(context.worker)
    assert any(name.startswith("执法案件：打开 明罚2号") for name in doors(block))
    block.show_record(None)
    assert block.isHidden()
    nothing = Related(context, kind_of("accident"))
    nothing.show_record(1)
    rest(context.worker)
    assert nothing.isHidden()
    for one in (block, nothing):
        one.deleteLater()


def test_a_long_name_gives_way_and_is_told_in_full(context, shown) -> None:
    name = "明溪县" + "长" * 40 + "有限公司"

    def build(ledger) -> int:
        return put(
            ledger,
            "hazard",
            {"record_date": "2024-06-09", "area": "盖洋镇", "description": "甲", "place": name},
        )

    made: list[int] = []
    context.worker.run(build, done=made.append)
    rest(context.worker)
    block = Related(context, kind_of("hazard"))
    block.show_record(made[0])
    rest(context.worker)
    shown(block, 300, 200)
    door = doors(block)[f"单位/场所：打开 {name}"]
    assert door.text().endswith("…")
    assert name in door.toolTip()
    assert door.geometry().right() <= block.width()
