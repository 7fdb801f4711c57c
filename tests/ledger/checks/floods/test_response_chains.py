"""Notices and changes of level that were entered as responses of their own."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from tests.ledger.checks.looked import alive, cure, found, ids
from tests.ledger.conftest import Add
from tests.ledger.measured import date, printed

CODE = "response_chains"


def at(day: int, hour: int = 8) -> datetime.datetime:
    return datetime.datetime(2024, 6, day, hour)


def chain(
    add: Add, start: datetime.datetime, end: datetime.datetime | None, level: str = "", **more: Any
) -> int:
    steps = [{"action": "启动", "level": level, "at": start, "doc_no": f"{start:%d}号"}]
    if end is not None:
        steps.append({"action": "终止", "level": level, "at": end})
    children = {"response_step": steps} if level else {}
    return add("response", start_at=start, end_at=end, **{"area": "县直", **more}, **children)


def test_changes_of_level_become_steps_of_the_first(ledger: Ledger, add: Add) -> None:
    rows = [
        chain(add, at(9), at(13, 17), "Ⅳ"),
        chain(add, at(13, 17), at(17, 9), "Ⅲ"),
        chain(add, at(17, 10), at(19), "Ⅳ"),
    ]
    chain(add, at(17, 10), at(18), "Ⅳ", type="防台风")  # two types may run at once
    later = chain(add, at(25), at(26), "Ⅳ")
    (concern,) = found(ledger, CODE)
    assert ids(concern) == rows
    assert "3次" in concern.message
    assert printed(ledger, "responses_started")[0] == 5
    cure(ledger, CODE, "并入前一次响应")
    assert later in alive(ledger, "response")
    assert printed(ledger, "responses_started")[0] == 3
    assert ledger.get("response", rows[0]).values["end_at"] == at(19)
    steps = [row.values for row in ledger.children("response", rows[0])["response_step"]]
    assert [
        (step["action"], step["level"], step["at"]) for step in sorted(steps, key=lambda one: one["at"])
    ] == [
        ("启动", "Ⅳ", at(9)),
        ("提升", "Ⅲ", at(13, 17)),
        ("降低", "Ⅳ", at(17, 10)),
        ("终止", "Ⅳ", at(19)),
    ]
    assert found(ledger, CODE) == []
    ledger.undo()
    assert ids(found(ledger, CODE)[0]) == rows


def test_the_last_one_still_running(ledger: Ledger, add: Add) -> None:
    first = chain(add, at(9), at(13), "Ⅳ")
    chain(add, at(13), None, "Ⅳ")  # a notice: nothing has changed
    cure(ledger, CODE, "并入前一次响应")
    assert ledger.get("response", first).values["end_at"] is None
    assert len(ledger.children("response", first)["response_step"]) == 1


def test_a_second_one_in_the_same_flood(ledger: Ledger, add: Add) -> None:
    event = f"disaster_event:{add('disaster_event', end_date=date(6, 18))}"
    rows = [chain(add, at(9), at(11), event=event), chain(add, at(14), at(16), event=event)]
    assert ids(found(ledger, CODE)[0]) == rows


def test_the_countys_response_entered_for_townships(ledger: Ledger, add: Add) -> None:
    main = chain(add, at(9), at(13), "Ⅳ")
    again = [chain(add, at(9, hour), at(13), area=area) for hour, area in ((10, "盖洋镇"), (20, "夏阳乡"))]
    chain(add, at(9), at(13), type="防台风", area="盖洋镇")
    chain(add, at(20), at(22), area="盖洋镇")
    (concern,) = found(ledger, CODE)
    assert ids(concern) == [*again, main]
    assert "盖洋镇" in concern.message
    cure(ledger, CODE, "删除 2 条")
    assert found(ledger, CODE) == []
    assert main in alive(ledger, "response")


def test_one_notice_entered_by_each_township(ledger: Ledger, add: Add) -> None:
    rows = [chain(add, at(9), at(13), area=area) for area in ("盖洋镇", "夏阳乡", "胡坊镇")]
    (concern,) = found(ledger, CODE)
    assert sorted(ids(concern)) == rows


def test_what_the_ledger_refuses_needs_no_check(ledger: Ledger, add: Add) -> None:
    chain(add, at(9), None, "Ⅳ")
    with pytest.raises(UserError, match="还没有终止"):
        chain(add, at(13), at(15), "Ⅲ")
    with pytest.raises(UserError, match="第一步要是“启动”"):
        add(
            "response",
            start_at=at(1),
            end_at=at(2),
            response_step=[{"action": "提升", "level": "Ⅲ", "at": at(1)}],
        )
