"""The same relief, money, case or activity on both sides of a New Year."""

from __future__ import annotations

import datetime

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.twice import over_new_year
from tests.ledger.checks.sent import scope_of

OLD, NEW = datetime.date(2023, 12, 20), datetime.date(2024, 1, 8)


def seen(ledger: Ledger, year: int = 2024) -> list[Concern]:
    """What the check finds in a year."""
    return list(over_new_year.find(scope_of(ledger, year)))


def test_winter_relief_in_both_years(ledger: Ledger, add) -> None:
    quilts = [{"item": "棉被", "quantity": 100}]
    one = add("supply_movement", record_date=OLD, doc_no="DB-061", supply_line=quilts)
    two = add("supply_movement", record_date=NEW, supply_line=quilts)
    add("supply_movement", record_date=NEW, doc_no="DB-001", supply_line=[{"item": "棉被", "quantity": 90}])
    add("supply_movement", record_date=NEW, type="发放", doc_no="F-1", supply_line=quilts)
    (concern,) = seen(ledger)
    assert concern.records == (("supply_movement", two), ("supply_movement", one))
    assert concern.message.startswith("盖洋镇的物资收发（调拨，DB-061，棉被100床）")
    assert seen(ledger, 2023) == [concern]
    assert seen(ledger, 2022) == seen(ledger, 2025) == []
    keep_old, keep_new = over_new_year.cures(scope_of(ledger), concern)
    assert (keep_old.label[:7], keep_new.label[:7]) == ("留下2023年", "留下2024年")
    ledger.checks.cure(keep_old)
    assert seen(ledger) == []
    assert ledger.get("supply_movement", two).deleted_at


def test_one_document_in_two_years(ledger: Ledger, add) -> None:
    add(
        "fund",
        record_date=datetime.date(2023, 10, 3),
        amount=500,
        doc_no="闽财建指〔2023〕27号",
        purpose="其他",
    )
    add(
        "fund",
        record_date=datetime.date(2024, 3, 3),
        amount=500,
        doc_no="闽财建指[2023]27号",
        purpose="防汛物资",
    )
    add("fund", record_date=NEW, amount=700, doc_no="闽财建指〔2023〕27号")
    add("enforcement_case", record_date=OLD, case_no="明应急罚〔2023〕40号")
    add("enforcement_case", record_date=OLD, decision_date=NEW, case_no="明应急罚〔2023〕40号")
    assert [concern.records[0][0] for concern in seen(ledger)] == ["fund", "enforcement_case"]


def test_what_comes_back_every_month_is_no_repetition(ledger: Ledger, add) -> None:
    for year, month in ((2023, 11), (2023, 12), (2024, 1)):
        add("fund", record_date=datetime.date(year, month, 25), direction="投入", amount=8600)
        add("activity", record_date=datetime.date(year, month, 28), title=f"{month}月宣传", participants=30)
    assert seen(ledger) == []
    add("activity", record_date=NEW, title="12月宣传", participants=30)
    assert len(seen(ledger)) == 1
