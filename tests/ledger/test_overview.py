"""The first page: what needs doing, the key numbers, who has sent what."""

from __future__ import annotations

import datetime

from mingxi_desktop.domain.references import Entry
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.overview import (
    CALM,
    GOOD,
    KEY_INDICATORS,
    SOON,
    URGENT,
    Overview,
    Todo,
    overview,
)

TODAY = datetime.date(2024, 7, 1)
DAY = datetime.date(2024, 6, 9)


def todo(seen: Overview, part: str) -> Todo:
    found = [item for item in seen.todos if part in item.sentence]
    assert len(found) == 1, seen.todos
    return found[0]


def test_an_empty_year(ledger: Ledger) -> None:
    seen = overview(ledger, 2024, TODAY)
    assert seen.records == 0
    assert [card.indicator.id for card in seen.cards] == list(KEY_INDICATORS)
    assert len(seen.reporting) == 9, "nine townships, not the county itself"
    assert all(row.months == (0,) * 12 for row in seen.reporting)
    assert todo(seen, "没有做过备份").target == "backup"


def test_overdue_rectification_leads_to_its_records(ledger: Ledger, add) -> None:
    add("hazard", due_date=datetime.date(2024, 6, 20), quantity_found=3)
    late = add("hazard", due_date=datetime.date(2024, 6, 11), area="雪峰镇", description="乙")
    add("hazard", due_date=datetime.date(2024, 6, 10), description="丙", quantity_rectified=1)
    found = todo(overview(ledger, 2024, TODAY), "逾期")
    assert found.severity == URGENT
    assert found.sentence.startswith("2 条隐患整改逾期，最久 20 天")
    assert "雪峰镇 1" in found.sentence
    assert found.query is not None
    ids = list(ledger.ids(found.query))
    assert len(ids) == 2
    assert ids[0] == late, "the one that waits longest comes first"


def test_major_hazards_with_gaps(ledger: Ledger, add) -> None:
    add("hazard", level="重大", owner="厂长", plan="移出")
    found = todo(overview(ledger, 2024, TODAY), "应急预案")
    assert found.sentence == "1 条重大隐患缺“应急预案”"
    assert found.query is not None
    assert ledger.count(found.query) == 1


def test_a_response_without_an_end(ledger: Ledger, add) -> None:
    at = datetime.datetime(2024, 6, 9, 8)
    steps = [
        {"action": "启动", "level": "Ⅳ", "at": at},
        {"action": "提升", "level": "Ⅲ", "at": at + datetime.timedelta(hours=2)},
    ]
    number = add("response", start_at=at, response_step=steps)
    found = todo(overview(ledger, 2024, TODAY), "尚未终止")
    assert found.sentence == "防暴雨Ⅲ级响应 2024 年 6 月 9 日启动，尚未终止"
    assert found.query is not None
    assert list(ledger.ids(found.query)) == [number]


def test_stock_below_its_floor(ledger: Ledger, add) -> None:
    quilt = next(entry for entry in ledger.entries("item") if entry.name == "棉被")
    floor = int(quilt.extra["floor"])
    for kind, number in (("购入", floor + 10), ("调拨", 5)):
        add("supply_movement", type=kind, supply_line=[{"item": quilt.ref, "quantity": number}])
    assert not [item for item in overview(ledger, 2024, TODAY).todos if "棉被" in item.sentence]
    add("supply_movement", type="调拨", doc_no="2", supply_line=[{"item": quilt.ref, "quantity": 7}])
    found = todo(overview(ledger, 2024, TODAY), "棉被")
    assert found.sentence == f"棉被库存 {floor - 2} 床，低于下限 {floor} 床"
    assert found.severity == SOON
    ledger.save_entry(Entry("item", "棉被", id=quilt.id, extra={**quilt.extra, "floor": ""}))
    assert not [item for item in overview(ledger, 2024, TODAY).todos if "棉被" in item.sentence]


def test_when_the_report_is_due(ledger: Ledger) -> None:
    calm = todo(overview(ledger, 2024, datetime.date(2024, 12, 1)), "年度总结")
    assert (calm.severity, calm.target) == (CALM, "report")
    assert "还有 90 天" in calm.sentence
    assert todo(overview(ledger, 2024, datetime.date(2025, 2, 27)), "还有 2 天").severity == SOON
    assert not [
        item for item in overview(ledger, 2024, datetime.date(2025, 3, 2)).todos if "3 月 1" in item.sentence
    ]


def test_the_last_backup(ledger: Ledger) -> None:
    ledger.set_setting("backup.last", "2024-06-30 09:00:00")
    assert todo(overview(ledger, 2024, TODAY), "1 天前").severity == GOOD
    assert todo(overview(ledger, 2024, datetime.date(2024, 6, 30)), "今天").severity == GOOD
    assert todo(overview(ledger, 2024, datetime.date(2024, 7, 20)), "20 天前").severity == SOON


def test_the_grid_counts_records_by_township_and_month(ledger: Ledger, add) -> None:
    add("hazard")
    add("hazard", description="乙")
    add("hazard", description="丙", record_date=datetime.date(2024, 12, 31))
    add("hazard", description="丁", record_date=datetime.date(2023, 6, 1))
    add("hazard", description="戊", area="县直")
    rows = {row.area: row.months for row in overview(ledger, 2024, TODAY).reporting}
    assert rows["盖洋镇"] == (0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 1)
    assert sum(sum(months) for months in rows.values()) == 3
    assert "县直" not in rows


def test_cards_have_last_year_beside_them(ledger: Ledger, add) -> None:
    add("hazard", quantity_found=12)
    add("hazard", quantity_found=10, record_date=datetime.date(2023, 6, 1), description="乙")
    card = overview(ledger, 2024, TODAY).cards[0]
    assert (card.value, card.last_year, card.change) == (12, 10, 2)
