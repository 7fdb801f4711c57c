"""A plain field or a new ledger is declared once and works everywhere below the window."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from mingxi_desktop.domain import kinds
from mingxi_desktop.domain.declare import choice, count, decimal, flag, moment, money, multi, ref, refs, text
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds.common import child_fields, common_fields
from mingxi_desktop.domain.query import Query, Range
from mingxi_desktop.domain.records import Child
from mingxi_desktop.ledger import Ledger

PATROL = Kind(
    name="patrol",
    label="巡河",
    tab="防汛响应",
    title=("code", "river"),
    quantity="reaches",
    key=("record_date", "river"),
    unique=("code",),
    code_field="code",
    code_prefix="巡",
    fields=(
        *common_fields()[:2],
        text("code", "编号", auto=True),
        text("river", "河名", required=True, synonyms=("河道",)),
        count("reaches", "河段", "段", default=1),
        decimal("length", "长度", "公里"),
        money("cost", "费用"),
        moment("left_at", "出发"),
        flag("wet", "涉水", default=False),
        choice("result", "结果", "approx"),
        multi("topics", "内容", "theme"),
        ref("leader", "带队", "org", "enterprise"),
        refs("members", "队员", "enterprise"),
        *common_fields()[2:],
    ),
)
FINDING = Kind(
    name="patrol_finding",
    label="巡河发现",
    tab="防汛响应",
    parent="patrol",
    title=("what",),
    key=("what",),
    fields=(
        ref("patrol", "巡河", "patrol", required=True),
        text("what", "问题", required=True),
        *child_fields(),
    ),
)


def test_a_new_ledger_is_two_declarations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "ALL", (*kinds.ALL, PATROL, FINDING))
    day = datetime.date(2024, 6, 9)
    with Ledger.create(tmp_path / "x.mxdb") as ledger:
        texts = {
            "record_date": "2024年6月9日", "area": "盖洋", "river": "渔塘溪", "reaches": "3段", "length": "12.5公里",
            "cost": "0.5万元", "left_at": "2024-6-9 8:30", "wet": "√", "result": "余", "topics": "安全生产月",
            "leader": "应急局", "members": "张三、李四",
        }  # fmt: skip
        values, findings = ledger.parse("patrol", texts)
        assert findings == []
        ledger.add("patrol", values, children={"patrol_finding": [Child({"what": "堤岸塌陷"})]})
        record = ledger.get("patrol", 1)
        assert record.values["length"] == Decimal("12.5")
        assert record.values["cost"] == 5000_00
        assert record.shown == {
            "code": "巡2024-0001", "record_date": "2024-06-09", "area": "盖洋镇", "river": "渔塘溪", "reaches": "3",
            "length": "12.5", "cost": "5,000", "left_at": "2024-06-09 08:30", "wet": "是", "result": "余",
            "topics": "安全生产月", "leader": "明溪县应急管理局", "members": "张三、李四", "reporter": "",
            "granularity": "逐条", "source_ref": "", "evidence": "", "note": "",
        }  # fmt: skip
        row = ledger.children("patrol", 1)["patrol_finding"][0]
        assert row.values["record_date"] == day
        ledger.edit("patrol", 1, {"river": "沙溪"})
        assert ledger.history("patrol", 1)[-1].changes == {"river": ("渔塘溪", "沙溪")}
        query = Query("patrol", year=2024, search="shaxi", where=(("length", Range(12, 13)),))
        assert list(ledger.ids(query)) == [1]
        assert ledger.totals("patrol", [1]) == {"reaches": 3, "length": Decimal("12.5"), "cost": 5000_00}
        ledger.delete("patrol", [1])
        ledger.undo()
        assert ledger.verify() == []


def test_a_plain_field_is_one_declaration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hazard = kinds.kind_of("hazard")
    weather = text("weather", "天气", synonyms=("当日天气",))
    more = replace(hazard, fields=(*hazard.fields, weather))
    monkeypatch.setattr(kinds, "ALL", tuple(more if kind is hazard else kind for kind in kinds.ALL))
    with Ledger.create(tmp_path / "x.mxdb") as ledger:
        texts = {"record_date": "2024-6-9", "area": "盖洋", "description": "x", "weather": "大雨"}
        ledger.add("hazard", ledger.parse("hazard", texts)[0])
        assert ledger.get("hazard", 1).shown["weather"] == "大雨"
        assert ledger.count(Query("hazard", search="dayu")) == 1


def test_no_other_file_knows_a_plain_field() -> None:
    """The declaration, at most a rule beside it and an indicator's definition: three places.

    A check names the fields that it compares: it is about what they mean.
    """
    package = Path(__file__).parents[2] / "mingxi_desktop"
    for name in ("beneficiaries", "attendance", "key_period", "venue", "supervision"):
        word = re.compile(rf"[\"']{name}[\"']")
        places = [
            path.relative_to(package)
            for path in package.rglob("*.py")
            if {"demo", "checks"}.isdisjoint(path.parts) and word.search(path.read_text(encoding="utf-8"))
        ]
        assert len(places) <= 3, (name, places)
