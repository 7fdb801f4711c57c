"""Reports of one loss that count twice or contradict one another."""

from __future__ import annotations

from typing import Any

import pytest

from mingxi_desktop.domain.concerns import Severity
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import Ledger
from tests.ledger.checks.looked import alive, cure, found, ids
from tests.ledger.conftest import Add
from tests.ledger.measured import date

CODE = "loss_stages"


@pytest.fixture
def flood(add: Add) -> int:
    return add("disaster_event", end_date=date(6, 18))


def report(add: Add, flood: int, stage: str, day: int, affected: int | None, **more: Any) -> int:
    values = {"event": f"disaster_event:{flood}", "stage": stage, "record_date": date(6, day), **more}
    return add("disaster_loss", affected=affected, **values)


def stages(ledger: Ledger) -> list[str]:
    records = ledger.records("disaster_loss", ledger.ids(Query("disaster_loss")))
    return [record.values["stage"] for record in sorted(records, key=lambda one: one.values["record_date"])]


def test_the_three_reports_in_order_are_right(ledger: Ledger, add: Add, flood: int) -> None:
    for stage, day, people in (("初报", 10, 100), ("续报", 12, 140), ("续报", 14, 150), ("核报", 20, 120)):
        report(add, flood, stage, day, people)
    assert found(ledger, CODE) == []


def test_a_stage_reported_twice(ledger: Ledger, add: Add, flood: int) -> None:
    rows = [report(add, flood, "初报", day, 100 + day) for day in (10, 12)]
    report(add, flood, "核报", 20, 130)
    (concern,) = found(ledger, CODE)
    assert ids(concern) == rows
    assert "2份初报" in concern.message
    assert "6月12日" in concern.message
    cure(ledger, CODE, "改为续报")
    assert stages(ledger) == ["初报", "续报", "核报"]
    assert found(ledger, CODE) == []
    ledger.undo()
    cure(ledger, CODE, "只留最后一份")
    assert rows[0] not in alive(ledger, "disaster_loss")


def test_the_same_report_entered_again(ledger: Ledger, add: Add, flood: int) -> None:
    rows = [report(add, flood, "续报", day, 100, loss=5_000_000) for day in (12, 13)]
    assert ids(found(ledger, CODE)[0]) == rows


def test_stages_against_their_days(ledger: Ledger, add: Add, flood: int) -> None:
    final = report(add, flood, "核报", 10, 100)
    first = report(add, flood, "初报", 20, 150)
    (concern,) = found(ledger, CODE)
    assert concern.severity is Severity.ERROR
    assert ids(concern) == [final, first]
    cure(ledger, CODE, "按日期排报次")
    assert stages(ledger) == ["初报", "核报"]
    assert found(ledger, CODE) == []


def test_a_final_report_that_leaves_something_out(ledger: Ledger, add: Add, flood: int) -> None:
    first = report(add, flood, "初报", 10, 100, collapsed=3)
    report(add, flood, "续报", 12, 100)  # tells what has changed only
    assert found(ledger, CODE) == []
    final = report(add, flood, "核报", 20, None, loss=100, collapsed=0)
    (concern,) = found(ledger, CODE)
    assert ids(concern)[0] == final
    assert first in ids(concern)
    assert "受灾人口" in concern.message
    assert "倒塌" not in concern.message
    cure(ledger, CODE, "没有填的补0")
    assert found(ledger, CODE) == []


def test_the_total_of_the_county(ledger: Ledger, add: Add, flood: int) -> None:
    for area, people in (("盖洋镇", 100), ("夏阳乡", 200)):
        report(add, flood, "初报", 10, people, area=area, loss=1_000_000)
    own = report(add, flood, "初报", 10, None, area="县直", loss=800_000)
    assert found(ledger, CODE) == []
    ledger.edit("disaster_loss", own, {"affected": 300})
    (concern,) = found(ledger, CODE)
    assert ids(concern) == [own, own - 2, own - 1]
    assert "300人" in concern.message
    cure(ledger, CODE, "删除县直的 1 条")
    assert found(ledger, CODE) == []


FLOODS: list[tuple[bool, dict[str, Any]]] = [
    (True, {"record_date": date(6, 15), "end_date": date(6, 20)}),
    (True, {"record_date": date(6, 19), "end_date": date(6, 22)}),
    (True, {"record_date": date(6, 12)}),
    (True, {"record_date": date(6, 1), "name": "“6.9-6.18”"}),
    (False, {"record_date": date(6, 21), "end_date": date(6, 23)}),
    (False, {"record_date": date(6, 12), "type": "森林火灾"}),
]


def test_a_flood_entered_twice(ledger: Ledger, add: Add, flood: int) -> None:
    for twice, values in FLOODS:
        other = add("disaster_event", **values)
        told = [ids(concern) for concern in found(ledger, CODE)]
        assert [set(pair) for pair in told] == ([{flood, other}] if twice else []), values
        ledger.delete("disaster_event", [other])


def test_making_one_flood_of_two(ledger: Ledger, add: Add, flood: int) -> None:
    other = add("disaster_event", record_date=date(6, 15), end_date=date(6, 20))
    for area in ("盖洋镇", "夏阳乡"):
        report(add, flood, "初报", 10, 10, area=area)
    moved = report(add, other, "核报", 20, 30)
    called = add("meeting", event=f"disaster_event:{other}")
    cure(ledger, CODE, "并为一个过程")
    assert alive(ledger, "disaster_event") == [flood]
    ref = f"disaster_event:{flood}"
    assert ledger.get("disaster_loss", moved).values["event"] == ref
    assert ledger.get("meeting", called).values["event"] == ref
    kept = ledger.get("disaster_event", flood).values
    assert (kept["end_date"], kept["name"]) == (date(6, 20), "6.9-6.20")
    assert found(ledger, CODE) == []
    ledger.undo()
    assert ledger.get("meeting", called).values["event"] == f"disaster_event:{other}"


def test_one_loss_under_floods_of_two_sorts(ledger: Ledger, add: Add, flood: int) -> None:
    storm = add("disaster_event", type="台风", record_date=date(6, 17), end_date=date(6, 20))
    report(add, flood, "核报", 20, 120, loss=9_000_000)
    assert found(ledger, CODE) == []
    later = report(add, storm, "核报", 21, 120, loss=9_000_000)
    (concern,) = found(ledger, CODE)
    assert "盖洋镇的灾情数一模一样" in concern.message
    ledger.edit("disaster_loss", later, {"affected": 90})
    (concern,) = found(ledger, CODE)
    assert "盖洋镇在两个过程里都报了灾情" in concern.message
    assert concern.records[:2] == (("disaster_event", flood), ("disaster_event", storm))
