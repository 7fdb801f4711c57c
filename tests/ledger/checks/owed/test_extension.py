"""延期: the day that holds, extensions that came too late, and too many of them."""

from __future__ import annotations

from typing import Any

from mingxi_desktop.domain.concerns import Severity
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.owed.extension import CHECK
from tests.ledger.conftest import Add, day


def _steps(*steps: tuple[int, int]) -> list[dict[str, Any]]:
    return [{"action": "延期", "record_date": day(at), "new_due": day(due)} for at, due in steps]


def _scope(ledger: Ledger) -> Scope:
    return Scope(ledger, ledger._store, 2024, day(100))


def _found(ledger: Ledger) -> list[Any]:
    return list(CHECK.find(_scope(ledger)))


def test_another_day_than_the_last_extension_says_and_its_cure(ledger: Ledger, add: Add) -> None:
    add("hazard", due_date=day(30), hazard_step=_steps((5, 30)), description="乙")
    number = add("hazard", due_date=day(40), hazard_step=_steps((5, 30), (25, 40)))
    assert not _found(ledger)
    ledger.edit("hazard", number, {"due_date": day(10)})
    (found,) = _found(ledger)
    assert found.severity is Severity.ERROR
    assert found.records == (("hazard", number),)
    assert found.message == (
        "盖洋镇2024年有1条隐患的整改期限和最后一次延期的新期限不一样，按哪一天算逾期说不清："
        "2024-0002（限6月19日，延到7月19日）"
    )
    (cure,) = CHECK.cures(_scope(ledger), found)
    ledger.checks.cure(cure)
    assert ledger.get("hazard", number).values["due_date"] == day(40)
    ledger.undo()
    assert ledger.get("hazard", number).values["due_date"] == day(10)


def test_put_off_after_the_day_had_passed(ledger: Ledger, add: Add) -> None:
    second = add("hazard", due_date=day(40), hazard_step=_steps((5, 20), (22, 40)))
    # Of the first extension it is the history that knows which day held before.
    first = add("hazard", due_date=day(10), description="乙")
    ledger.edit("hazard", first, {"due_date": day(30)})
    add("hazard_step", hazard=f"hazard:{first}", **_steps((12, 30))[0])
    (found,) = _found(ledger)
    assert found.severity is Severity.INFO
    assert found.records == (("hazard", second), ("hazard", first))
    assert "过了期限才登记延期" in found.message
    assert "2024-0001（7月1日才延到7月19日）" in found.message


def test_put_off_again_and_again(ledger: Ledger, add: Add) -> None:
    number = add("hazard", due_date=day(50), hazard_step=_steps((5, 20), (15, 35), (30, 50)))
    (found,) = _found(ledger)
    assert found.records == (("hazard", number),)
    assert found.message.endswith("请核对是不是一直没有整改：2024-0001（延了3次）")
