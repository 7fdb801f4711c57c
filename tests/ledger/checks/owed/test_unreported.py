"""应报未报: one finding for a duty and month, of floods one for each, each whole by itself."""

from __future__ import annotations

import datetime

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.duties import DELIVERED, Duty
from mingxi_desktop.domain.periods import Often
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.owed.unreported import CHECK, MOST
from tests.ledger.conftest import DAY, day

D = datetime.date
DUE = D(2024, 7, 5)


def find(ledger: Ledger, year: int = 2024, today: D = DUE) -> list[Concern]:
    return list(CHECK.find(Scope(ledger, ledger._store, year, today)))


def said(ledger: Ledger, today: D = DUE) -> list[str]:
    return [concern.message for concern in find(ledger, 2024, today)]


def all_but(ledger: Ledger, add, month: int, names: tuple[str, ...]) -> None:
    """Records of a month from all townships but these."""
    for entry in ledger.entries("area"):
        if entry.name not in (*names, "县直"):
            add("hazard", area=entry.name, record_date=D(2024, month, 2), description=f"{month}{entry.name}")


def test_a_month_names_who_is_missing(ledger: Ledger, add) -> None:
    for month in range(1, 7):
        all_but(ledger, add, month, ("盖洋镇", "夏阳乡") if month == 6 else ())
    (found,) = find(ledger)
    assert found.message == "隐患2024年6月未报：盖洋镇、夏阳乡（7月5日应报）"
    assert (found.severity, found.subject, found.target) == (Severity.INFO, "hazard:2024-06", "remind:hazard")
    assert find(ledger, today=D(2024, 7, 4)) == [], "not due yet"
    town = next(entry.ref for entry in ledger.entries("area") if entry.name == "盖洋镇")
    ledger.zeros.register(ledger.zeros.grid("hazard", 2024, DUE), [(town, 5)])
    (left,) = find(ledger)
    assert left.message.startswith("隐患2024年6月未报：夏阳乡（")
    assert left.key != found.key, "what was accepted was another finding"


def test_nothing_is_told_of_years_before_the_ledger(ledger: Ledger, add) -> None:
    assert find(ledger) == []
    add("hazard", record_date=D(2023, 12, 1))
    assert find(ledger, 2022) == []
    assert said(ledger)[0] == "隐患2024年1月未报：9个乡镇都没有报（2月5日应报）"
    december = find(ledger, 2023, D(2024, 3, 1))[-1].message
    assert december.endswith("（2024年1月5日应报）")


def test_a_flood_is_one_finding(ledger: Ledger, add) -> None:
    ledger.zeros.keep(DELIVERED[1:])
    event = f"disaster_event:{add('disaster_event', area='县直', end_date=day(4))}"
    missing = {"盖洋镇": (1, 2, 3), "沙溪乡": (4,)}
    for entry in ledger.entries("area"):
        for number in range(5):
            if entry.name != "县直" and number not in missing.get(entry.name, ()):
                add("response_tally", event=event, area=entry.name, record_date=day(number), evacuees=0)
    assert said(ledger) == [
        "2024年6.9-6.13暴雨洪涝响应统计未报：盖洋镇6月10日至12日；沙溪乡6月13日（6月11日至6月14日应报）"
    ]
    assert said(ledger, DAY) == []


def test_many_periods_are_folded(ledger: Ledger, add) -> None:
    weeks = Duty("hazard", "hazard", Often.WEEK, "周报", first=D(2024, 6, 3), last=D(2024, 6, 23), days=2)
    ledger.zeros.keep([weeks])
    assert said(ledger) == ["周报2024年6月未报：9个乡镇都没有报6.3–6.23共3周（6月11日至6月25日应报）"]
    kinds = ("hazard", "inspection", "activity")
    ledger.zeros.keep([Duty(kind, kind, Often.MONTH) for kind in kinds])
    for kind in kinds:
        add(kind, record_date=D(2023, 1, 2))
    found = find(ledger, 2024, D(2025, 2, 1))
    assert len(found) == len(kinds) <= MOST
    assert found[0].message == ("隐患2024年未报：9个乡镇都没有报1月至12月（2月5日至2025年1月5日应报）")
