"""响应: those that were never ended, and those of which nothing was tallied."""

from __future__ import annotations

import datetime
from typing import Any

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.check import Check, Scope
from mingxi_desktop.ledger.checks.owed import response_open, response_without_tally
from tests.ledger.conftest import NOON, Add, day

_HOUR = datetime.timedelta(hours=1)


def _found(ledger: Ledger, check: Check, days: int = 400) -> list[Any]:
    return list(check.find(Scope(ledger, ledger._store, 2024, day(days))))


def test_a_response_that_was_never_ended(ledger: Ledger, add: Add) -> None:
    event = add("disaster_event", name="6.9", end_date=day(3))
    open_one = add("response", event=f"disaster_event:{event}")
    add("response", type="抗旱", end_at=NOON + 99 * _HOUR)
    assert not _found(ledger, response_open.CHECK, 4)
    (found,) = _found(ledger, response_open.CHECK, 5)
    assert found.records == (("response", open_one),)
    assert found.message == (
        "2024年6月9日启动的防暴雨响应已有5天还没有登记终止，灾害过程“6.9”已于2024-06-12结束"
    )
    drought = add("response", type="低温雨雪", start_at=NOON + 24 * _HOUR)
    assert [one.records for one in _found(ledger, response_open.CHECK, 16)] == [(("response", open_one),)]
    assert (("response", drought),) in [one.records for one in _found(ledger, response_open.CHECK, 17)]


def test_a_flood_response_without_tallies(ledger: Ledger, add: Add) -> None:
    event = f"disaster_event:{add('disaster_event', name='6.9', end_date=day(3))}"
    other = f"disaster_event:{add('disaster_event', name='7.1', record_date=day(22))}"
    add("response_tally", event=other, evacuees=3)
    ended = {"end_at": NOON + 48 * _HOUR}
    number = add("response", event=event, **ended)
    add("response", event=other, start_at=NOON + 22 * 24 * _HOUR, end_at=NOON + 600 * _HOUR)
    add("response", type="森林防火", event=event, **ended)
    (found,) = _found(ledger, response_without_tally.CHECK)
    assert found.records == (("response", number),)
    assert found.message == (
        "2024年6月9日启动的防暴雨响应（6.9）一条响应统计也没有，下沉干部、转移群众这些数就少了这一次"
    )
    add("response_tally", event=event, evacuees=0)
    assert not _found(ledger, response_without_tally.CHECK)


def test_of_an_open_response_something_is_tallied_every_day(ledger: Ledger, add: Add) -> None:
    event = f"disaster_event:{add('disaster_event', name='6.9')}"
    number = add("response", event=event)
    add("response_tally", event=event, record_date=day(1), evacuees=3)
    assert not _found(ledger, response_without_tally.CHECK, 2)
    (found,) = _found(ledger, response_without_tally.CHECK, 3)
    assert found.records == (("response", number),)
    assert "最近一次统计是6月10日，之后没有再报" in found.message
    assert not _found(ledger, response_without_tally.CHECK, 60), "that it was not ended is said already"


def test_a_township_has_tallies_of_its_own_and_a_response_without_event_those_of_its_days(
    ledger: Ledger, add: Add
) -> None:
    event = f"disaster_event:{add('disaster_event', name='6.9')}"
    ended = {"end_at": NOON + 48 * _HOUR}
    own = add("response", event=event, area="雪峰镇", **ended)
    loose = add("response", type="防台风", **ended)
    assert not _found(ledger, response_without_tally.CHECK), "no tallies are kept in this ledger"
    other = f"disaster_event:{add('disaster_event', name='7.1', record_date=day(22))}"
    add("response_tally", event=other, record_date=day(22), evacuees=3)
    found = _found(ledger, response_without_tally.CHECK)
    assert [one.records for one in found] == [(("response", own),), (("response", loose),)]
    assert "没有写是哪次灾害过程，这些天也没有响应统计" in found[1].message
    add("response_tally", event=event, area="盖洋镇", evacuees=3)
    (found_one,) = _found(ledger, response_without_tally.CHECK)
    assert found_one.records == (("response", own),)
