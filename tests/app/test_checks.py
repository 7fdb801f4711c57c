"""checks as a person or a program calls it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger.checks import running
from mingxi_desktop.ledger.checks.check import Check, Cure, Edit, Scope

from .conftest import HAZARD, Run

CHECKS = ("checks", "--year", 2024)


def _find(scope: Scope) -> Iterable[Concern]:
    found = scope.ledger.records("hazard", scope.ledger.ids(Query("hazard", year=scope.year)))
    many = [record.id for record in found if record.values["quantity_found"] > 10]
    for number in many:
        yield Concern("many", Severity.WARNING, "发现数太大", (("hazard", number),))


def _cures(_scope: Scope, concern: Concern) -> Sequence[Cure]:
    return (Cure("改成1", "发现数改成1", (Edit("hazard", {concern.records[0][1]: {"quantity_found": 1}}),)),)


@pytest.fixture(autouse=True)
def year(on: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A ledger with one finding."""
    monkeypatch.setattr(running, "every", lambda: (Check("many", "太多", "", ("hazard",), _find, _cures),))
    assert on("add", "hazard", *HAZARD, "quantity_found=11").code == 0
    return on


def test_the_findings_as_a_document_and_as_text(year: Run) -> None:
    (found,) = year(*CHECKS).json
    assert set(found) >= {"code", "severity", "message", "records"}
    assert (found["code"], found["severity"]) == ("many", "warning")
    assert found["records"] == [{"kind": "hazard", "id": 1}]
    assert year("checks", "--year", 2023).json == []


def test_accept_with_a_reason_and_take_it_back(year: Run) -> None:
    key = year(*CHECKS).json[0]["key"]
    assert year(*CHECKS, "--accept", key[:8]).code == 1
    assert year(*CHECKS, "--accept", key[:8], "--reason", "现场清点过").json["key"] == key
    assert year(*CHECKS).json == []
    (accepted,) = year(*CHECKS, "--accepted").json
    assert (accepted["reason"], accepted["by"]) == ("现场清点过", "李四")
    assert year(*CHECKS, "--withdraw", key[:8]).code == 0
    assert len(year(*CHECKS).json) == 1


def test_cures_are_listed_and_carried_out(year: Run) -> None:
    key = year(*CHECKS).json[0]["key"]
    assert [way["label"] for way in year(*CHECKS, "--cures", key).json] == ["改成1"]
    assert year(*CHECKS, "--cure", key, "--way", 2).code == 1
    assert year(*CHECKS, "--cure", key).code == 0
    assert year(*CHECKS).json == []


def test_a_key_that_names_nothing_is_told(year: Run) -> None:
    for key in ("123456", "12"):
        answer = year(*CHECKS, "--cures", key)
        assert answer.code == 1
        assert key in answer.json["error"]
