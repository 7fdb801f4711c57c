"""What an import remembers of the records that are there: no more than what comes asks for, with the same findings."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from mingxi_desktop.domain.fields import Finding
from mingxi_desktop.domain.records import BatchFile, IncomingRow
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.storage.twins import Twins
from tests.ledger.conftest import Add, filled

FILE = BatchFile("盖洋镇.xlsx", "表1", "hazard", 1, "ab" * 32)
DAY = datetime.date(2024, 6, 9)


def _rows(ledger: Ledger) -> list[dict[str, Any]]:
    """One as it is there, one of another day, two that are alike, one whose code is there already."""
    said = (("一", 0), (" 二 ", 1), ("新", 2), ("新", 2), ("五", 3))
    rows = [
        {
            "record_date": DAY + datetime.timedelta(later),
            "area": "盖洋镇",
            "field": "消防",
            "description": text,
        }
        for text, later in said
    ]
    rows[1]["place"] = "一厂"
    return [filled(ledger, "hazard", row) for row in rows]


def _several(add: Add) -> None:
    for place, text in enumerate("一二三四五六七"):
        day = DAY + datetime.timedelta(place)
        add(
            "hazard",
            record_date=day,
            description=text,
            code=f"A-{place}",
            place="一厂" if text == "二" else None,
        )


def _told(ledger: Ledger) -> tuple[list[list[Finding]], tuple[Finding, ...], list[list[Finding]]]:
    """What is said of the rows before they are stored, while they are, and of a code that is there already."""
    rows = _rows(ledger)
    before = ledger.check_new("hazard", rows)
    coded = ledger.check_new("hazard", [{**rows[2], "code": code} for code in ("A-3", "B-1")])
    stored = ledger.store(
        [IncomingRow("hazard", row, "表1", 3, {}, 0) for row in rows], [FILE], sentence="导入"
    )
    return before, stored.findings, coded


def test_a_larger_ledger_is_asked_for_what_comes(
    ledger: Ledger, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    _several(add)
    read: list[int] = []
    keys_of = Twins._keys_of

    def noted(self: Twins, *told: Any) -> dict[int, int | None]:
        found = keys_of(self, *told)
        read.append(len(found))
        return found

    monkeypatch.setattr(Twins, "_keys_of", noted)
    before, stored, coded = _told(ledger)
    assert read == [2, 0, 2]  # of seven, as often as rows were looked at
    assert [[item.code for item in found] for found in before] == [["W_DUP"], ["W_DUP"], [], [], []]
    assert [item.record for item in stored] == [("hazard", 1), ("hazard", 2), None]
    assert [[item.code for item in found] for found in coded] == [["E_UNIQUE"], []]


def test_the_same_is_said_as_if_all_were_remembered(
    ledger: Ledger, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    _several(add)
    rows = [*_rows(ledger), {**_rows(ledger)[2], "code": "A-3"}]
    asked = ledger.check_new("hazard", rows)
    monkeypatch.setattr(Twins, "expect", lambda *_: None)
    assert ledger.check_new("hazard", rows) == asked


def test_of_a_smaller_ledger_all_is_remembered(ledger: Ledger, add: Add) -> None:
    add("hazard", record_date=DAY, description="一")
    assert [len(found) for found in ledger.check_new("hazard", _rows(ledger))] == [1, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("codes", "following"),
    [
        (("2024-0007", "2024-0012", "2023-0099"), "2024-0013"),
        (("2024-12x", "2024-", "2024-１２", "X2024-0500", "2024-0009999"), "2024-0001"),
    ],
)
def test_numbering_goes_on_after_the_highest_number_of_ours(
    ledger: Ledger, add: Add, codes: tuple[str, ...], following: str
) -> None:
    for code in codes:
        add("hazard", record_date=DAY, code=code)
    ledger._writer.codes.forget()
    assert ledger.get("hazard", add("hazard", record_date=DAY)).values["code"] == following
