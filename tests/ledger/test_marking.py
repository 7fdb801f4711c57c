"""Marks of records that an import brings: they say what lies in the file, though it is not read back for them."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain.records import BatchFile, IncomingRow
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.storage import marks
from tests.ledger.conftest import DAY, filled

FILE = BatchFile("盖洋镇.xlsx", "表1", "hazard", 3, "ab" * 32)
EXTENSION = {"action": "延期", "record_date": DAY, "new_due": DAY + datetime.timedelta(30)}


def hazards(ledger: Ledger, number: int) -> list[IncomingRow]:
    """So many rows, of which the first one is put off as soon as it is there."""
    said = {"record_date": DAY, "area": "盖洋镇", "field": "消防", "due_date": DAY}
    values = [
        filled(ledger, "hazard", {**said, "description": f"配电箱“{n}”\t未接地"}) for n in range(number)
    ]
    steps = [{"hazard_step": [filled(ledger, "hazard_step", EXTENSION)]}, *[{}] * (number - 1)]
    return [
        IncomingRow("hazard", one, "盖洋镇.xlsx", place, children)
        for place, (one, children) in enumerate(zip(values, steps, strict=True), 3)
    ]


@pytest.mark.parametrize("portion", [2, 4096])
def test_records_that_come_and_change_in_one_import_are_marked_as_they_lie(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    monkeypatch.setattr(marks, "_PART", portion)
    ledger.store(hazards(ledger, 3), [FILE], sentence="导入 隐患")
    assert ledger.get("hazard", 1).values["due_date"] == EXTENSION["new_due"]
    assert [list(ledger._store.marks.wrong(kind)) for kind in ("hazard", "hazard_step")] == [[], []]
    assert ledger.verify() == []
