"""演练未做: a half-year that is over, where drills are kept by township."""

from __future__ import annotations

import datetime
from typing import Any

from mingxi_desktop.domain.references import AREA
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.owed.drills_owed import CHECK
from tests.ledger.conftest import Add

_SPRING, _AUTUMN = datetime.date(2024, 5, 9), datetime.date(2024, 11, 9)


def _found(ledger: Ledger, today: datetime.date = datetime.date(2025, 2, 1)) -> list[Any]:
    return list(CHECK.find(Scope(ledger, ledger._store, 2024, today)))


def _drill(add: Add, area: str, day: datetime.date, **more: Any) -> int:
    return add("activity", **{"type": "应急演练", "title": "演练", "area": area, "record_date": day, **more})


def test_each_township_owes_a_drill_in_each_half(ledger: Ledger, add: Add) -> None:
    names = [entry.name for entry in ledger.entries(AREA)]
    for name in names:
        _drill(add, name, _SPRING)
        if name not in ("盖洋镇", "沙溪乡"):
            _drill(add, name, _AUTUMN, title="又一次")
    _drill(add, "县直", _AUTUMN, title="全县学校", sessions=14, granularity="汇总")
    gone = _drill(add, "沙溪乡", _AUTUMN)
    ledger.delete("activity", [gone])
    assert not _found(ledger, datetime.date(2024, 12, 31)), "there is a day left"
    (found,) = _found(ledger)
    assert found.message == (
        "2024年下半年应急演练：盖洋镇、沙溪乡2个乡镇没有演练记录，每个乡镇每半年至少一次（2024-12-31到期）"
    )
    assert (found.records, found.target) == ((), "new:activity")
    ledger.deadlines.tick("drills_second", 2024, datetime.date(2025, 1, 9), "两镇合办")
    assert not _found(ledger)


def test_nothing_is_owed_where_drills_are_not_kept_by_township(ledger: Ledger, add: Add) -> None:
    for area in ("县直", "盖洋镇", "雪峰镇"):
        _drill(add, area, _AUTUMN)
    assert not _found(ledger)


def test_nothing_is_owed_of_the_time_before_the_first_record(ledger: Ledger, add: Add) -> None:
    for entry in ledger.entries(AREA):
        _drill(add, entry.name, _AUTUMN)
    assert not _found(ledger)
