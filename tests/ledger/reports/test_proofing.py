"""A draft against a ledger: its own records, book and townships."""

from __future__ import annotations

import datetime

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.reports import proofing
from mingxi_desktop.report.proofreading.model import Draft, Verdict


def told(ledger: Ledger, text: str, as_of: datetime.date | None = None) -> list[tuple[str, str, Verdict]]:
    checked = proofing.proofread(ledger, Draft(text), 2024, as_of)
    return [(item.amount.text, item.indicator, item.verdict) for item in checked]


def test_numbers_are_held_against_the_records_of_the_year(ledger, add):
    for year, found in ((2023, 8), (2024, 10)):
        add(
            "hazard",
            record_date=datetime.date(year, 8, 5),
            granularity="汇总",
            quantity_found=found,
            quantity_rectified=found,
        )
    assert told(ledger, "全县排查隐患10条（去年8条），整改9条；盖洋镇排查隐患10条。") == [
        ("10", "hazards_found", Verdict.AGREES),
        ("8", "hazards_found", Verdict.AGREES),
        ("9", "hazards_rectified", Verdict.DIFFERS),
        ("10", "", Verdict.UNKNOWN),
    ]
    june = datetime.date(2024, 6, 30)
    assert told(ledger, "上半年排查隐患10条。", june)[0][2] is not Verdict.AGREES


def test_what_the_yearly_report_shows_is_told_from_the_rest(ledger):
    beside = {item.value.indicator.id for item in proofing.known(ledger, 2024).known if item.beside}
    assert "law_checks" in beside
    assert "hazards_found" not in beside


def test_another_name_of_an_item_is_known(ledger, add):
    add("supply_movement", supply_line=[{"item": "取暖器", "quantity": 30}])
    assert told(ledger, "向乡镇调拨电热取暖器30台。") == [("30", "heaters_dispatched", Verdict.AGREES)]
