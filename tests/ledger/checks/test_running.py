"""Looking, accepting with a reason, taking that back, and cures that are one step."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

import pytest

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Child
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks import running
from mingxi_desktop.ledger.checks.check import Check, Children, Cure, Edit, Scope, Step, Trash
from mingxi_desktop.ledger.stopping import Stopped, stoppable
from tests.ledger.conftest import Add

_TODAY = datetime.date(2024, 12, 31)


def _many(scope: Scope) -> Iterable[Concern]:
    """A check for these tests: more than ten at once is suspicious."""
    for record in scope.ledger.records("hazard", scope.ledger.ids(Query("hazard", year=scope.year))):
        number = record.values["quantity_found"]
        if number > 10:
            message = f"发现数{number}太大"
            yield Concern("many", Severity.WARNING, message, (("hazard", record.id),), facts=(number,))


def _owed(_scope: Scope) -> Iterable[Concern]:
    yield Concern("owed", Severity.INFO, "还欠一份")
    yield Concern("wrong", Severity.ERROR, "数不对")


_steps: list[Step] = []


def _cures(_scope: Scope, _concern: Concern) -> Sequence[Cure]:
    return (Cure("改好", "改好这一条", tuple(_steps)),)


@pytest.fixture(autouse=True)
def checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """These checks instead of the program's own."""
    many = Check("many", "太多", "", ("hazard",), _many, _cures)
    owed = Check("owed", "欠", "", (), _owed)
    monkeypatch.setattr(running, "every", lambda: (owed, many))
    _steps.clear()


def _codes(ledger: Ledger) -> list[str]:
    return [concern.code for concern in ledger.checks.look(2024, _TODAY).open]


def test_the_worst_comes_first_and_a_change_of_the_records_is_seen(ledger: Ledger, add: Add) -> None:
    assert _codes(ledger) == ["wrong", "owed"]
    number = add("hazard", quantity_found=11)
    assert _codes(ledger) == ["wrong", "many", "owed"]
    ledger.edit("hazard", number, {"quantity_found": 10})
    assert _codes(ledger) == ["wrong", "owed"]


def test_only_checks_that_look_at_the_ledgers_in_question(ledger: Ledger, add: Add) -> None:
    add("hazard", quantity_found=11)
    assert [one.code for one in ledger.checks.find(2024, _TODAY, frozenset({"hazard"}))] == ["many"]
    assert ledger.checks.find(2024, _TODAY, frozenset({"fund"})) == []


def test_an_accepted_finding_is_silent_until_what_it_rests_on_changes(ledger: Ledger, add: Add) -> None:
    number = add("hazard", quantity_found=11)
    found = next(one for one in ledger.checks.look(2024, _TODAY).open if one.code == "many")
    ledger.checks.accept(found, 2024, " 现场\n清点过 ")
    looked = ledger.checks.look(2024, _TODAY)
    assert "many" not in [one.code for one in looked.open]
    assert [(one.code, why.reason, why.by) for one, why in looked.accepted] == [
        ("many", "现场 清点过", "张三")
    ]
    assert [one.message for one in ledger.checks.accepted(2024)] == ["发现数11太大"]

    ledger.edit("hazard", number, {"quantity_found": 12})
    assert "many" in _codes(ledger)
    assert len(ledger.checks.accepted(2024)) == 1  # what was said stays on record


def test_undo_and_redo_of_an_acceptance(ledger: Ledger, add: Add) -> None:
    add("hazard", quantity_found=11)
    found = next(one for one in ledger.checks.look(2024, _TODAY).open if one.code == "many")
    ledger.checks.accept(found, 2024, "清点过")
    ledger.undo()
    assert "many" in _codes(ledger)
    ledger.redo()
    assert "many" not in _codes(ledger)
    ledger.checks.withdraw(found.key)
    assert "many" in _codes(ledger)
    ledger.undo()
    assert ledger.checks.accepted(2024)[0].reason == "清点过"
    assert ledger.verify() == []


def test_an_acceptance_needs_a_reason_of_reasonable_length(ledger: Ledger) -> None:
    found = ledger.checks.look(2024, _TODAY).open[0]
    for reason in ("  ", "很" * (running.LONGEST_REASON + 1)):
        with pytest.raises(UserError):
            ledger.checks.accept(found, 2024, reason)
    assert ledger.checks.accepted(2024) == ()
    with pytest.raises(UserError):
        ledger.checks.withdraw(found.key)


def test_a_cure_is_one_step_and_undone_as_one(ledger: Ledger, add: Add) -> None:
    kept, gone = add("hazard", quantity_found=11), add("hazard", description="另一条", place=None)
    step = Child({"action": "下达整改", "record_date": datetime.date(2024, 6, 11)})
    _steps.extend(
        [
            Edit("hazard", {kept: {"quantity_found": 3}}),
            Children("hazard", kept, {"hazard_step": [step]}),
            Trash("hazard", (gone,)),
        ]
    )
    found = next(one for one in ledger.checks.look(2024, _TODAY).open if one.code == "many")
    (cure,) = ledger.checks.cures(found, 2024, _TODAY)
    assert cure.removes == 1
    changes = ledger.checks.cure(cure)
    assert changes.sentence == "改好这一条" == ledger.undo_sentence
    assert ledger.count(Query("hazard")) == 1
    assert len(ledger.children("hazard", kept)["hazard_step"]) == 1
    ledger.undo()
    assert ledger.count(Query("hazard")) == 2
    assert ledger.get("hazard", kept).values["quantity_found"] == 11
    assert ledger.children("hazard", kept)["hazard_step"] == []


def test_a_cure_that_a_record_refuses_changes_nothing(ledger: Ledger, add: Add) -> None:
    kept, gone = add("hazard", quantity_found=11), add("hazard", description="另一条", place=None)
    _steps.extend([Trash("hazard", (gone,)), Edit("hazard", {kept: {"quantity_found": 0}})])
    found = next(one for one in ledger.checks.look(2024, _TODAY).open if one.code == "many")
    with pytest.raises(UserError):
        ledger.checks.cure(ledger.checks.cures(found, 2024, _TODAY)[0])
    assert ledger.count(Query("hazard")) == 2


def test_a_check_that_is_stopped_tells_of_no_fault(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(scope: Scope) -> Iterable[Concern]:
        numbers = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
        scope.store.database.execute_sql(numbers).fetchall()
        return ()

    monkeypatch.setattr(running, "every", lambda: (Check("endless", "久", "", (), endless),))
    with pytest.raises(Stopped), stoppable(lambda: True):
        ledger.checks.step(2024, 0, _TODAY)
    monkeypatch.setattr(running, "every", lambda: (Check("endless", "久", "", (), _owed),))
    assert _codes(ledger) == ["wrong", "owed"], "what was stopped is not remembered"
