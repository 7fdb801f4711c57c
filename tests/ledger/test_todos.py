"""What needs doing today: each thing with its records or its action, the most urgent first."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from mingxi_desktop.domain.references import Entry
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.fixed_deadlines import standing
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.ledger.safekeeping.backup_names import LAST_BACKUP, NUMBER, SECOND_BACKUP, SECOND_PLACE
from mingxi_desktop.ledger.stock_sheet import State
from mingxi_desktop.ledger.todos import (
    CALM,
    GOOD,
    SOON,
    URGENT,
    Todo,
    note_check,
    todos,
)

TODAY = datetime.date(2024, 7, 1)


def seen(
    ledger: Ledger, today: datetime.date = TODAY, year: int = 2024, extra: Sequence[Todo] = ()
) -> list[Todo]:
    """What there is to do, with the grids of everything that is owed."""
    return todos(ledger, year, today, list(ledger.zeros.grids(year, today)), extra)


def todo(found: list[Todo], part: str) -> Todo:
    named = [item for item in found if part in item.sentence]
    assert len(named) == 1, found
    return named[0]


def none(found: list[Todo], part: str) -> bool:
    return not [item for item in found if part in item.sentence]


def test_overdue_rectification_leads_to_its_records_of_all_years(ledger: Ledger, add) -> None:
    add("hazard", due_date=datetime.date(2024, 6, 20), quantity_found=3)
    late = add("hazard", record_date=datetime.date(2023, 12, 1), due_date=datetime.date(2023, 12, 31),
               area="雪峰镇", description="乙")  # fmt: skip
    add("hazard", due_date=datetime.date(2024, 6, 10), description="丙", quantity_rectified=1)
    found = todo(seen(ledger), "逾期")
    assert found.severity == URGENT
    assert found.sentence.startswith("2 条隐患整改逾期，最久 183 天")
    assert "雪峰镇 1" in found.sentence
    assert found.query is not None
    ids = list(ledger.ids(found.query))
    assert len(ids) == 2
    assert ids[0] == late, "the one that waits longest comes first"


def test_major_hazards_with_gaps_until_they_are_closed(ledger: Ledger, add) -> None:
    gap = add("hazard", level="重大", owner="厂长", plan="移出", due_date=datetime.date(2027, 7, 9))
    add(
        "hazard", level="重大", owner="厂长", plan="移出", due_date=datetime.date(2027, 7, 9), rectify_fund=100,
        emergency_plan="有", description="乙",
    )  # fmt: skip
    found = todo(seen(ledger), "五落实")
    assert found.sentence == "1 条重大隐患“五落实”不全，缺资金、预案"
    assert found.query is not None
    assert list(ledger.ids(found.query)) == [gap]
    ledger.edit("hazard", gap, {"quantity_rectified": 1, "rectified_date": datetime.date(2024, 6, 30)})
    assert none(seen(ledger), "五落实")


def test_who_has_not_reported_is_said_latest_month_first(ledger: Ledger, add) -> None:
    add("hazard", record_date=datetime.date(2024, 1, 2))
    found = todo(seen(ledger, datetime.date(2024, 4, 5)), "未报")
    assert found.sentence == (
        "隐患未报：3月雪峰镇、盖洋镇、胡坊镇等 9 个乡镇；2月雪峰镇、盖洋镇、胡坊镇等 9 个乡镇；另有 1 期"
    )
    assert (found.severity, found.target) == (SOON, "remind:hazard")
    assert none(seen(ledger, datetime.date(2024, 2, 4)), "未报")


def test_a_response_without_an_end_and_what_its_tallies_lack_are_one_line(ledger: Ledger, add) -> None:
    at = datetime.datetime(2024, 6, 29, 8)
    steps = [
        {"action": "启动", "level": "Ⅳ", "at": at},
        {"action": "提升", "level": "Ⅲ", "at": at + datetime.timedelta(hours=2)},
    ]
    event = add("disaster_event", record_date=at.date(), name="6.29")
    number = add("response", start_at=at, event=f"disaster_event:{event}", response_step=steps)
    plain = "防暴雨Ⅲ级响应 2024 年 6 月 29 日启动，尚未终止"
    found = todo(todos(ledger, 2024, TODAY, []), "尚未终止")
    assert found.sentence == f"{plain}；一条响应统计也没有"
    assert found.query is not None
    assert list(ledger.ids(found.query)) == [number]
    add("response_tally", record_date=datetime.date(2024, 6, 30), event=f"disaster_event:{event}", evacuees=3)
    assert todo(todos(ledger, 2024, TODAY, []), "尚未终止").sentence == plain
    later = todo(todos(ledger, 2024, datetime.date(2024, 7, 3), []), "尚未终止").sentence
    assert later == f"{plain}；最近一次统计是6月30日，之后没有再报"
    twice = seen(ledger, datetime.date(2024, 7, 3))
    assert todo(twice, "统计未报")
    assert todo(twice, "尚未终止").sentence == plain, "who owes tallies is told in a line of its own"


def test_a_rectification_that_nobody_has_looked_at(ledger: Ledger, add) -> None:
    reported = {"action": "整改反馈", "record_date": datetime.date(2024, 6, 20)}
    number = add("hazard", quantity_rectified=1, hazard_step=[reported])
    assert none(seen(ledger, datetime.date(2024, 6, 30)), "复查"), "ten days are allowed"
    found = todo(seen(ledger), "复查")
    assert found.sentence == "1 条隐患报了整改反馈，过了 10 天还没有复查，最久等了 11 天"
    assert found.query is not None
    assert list(ledger.ids(found.query)) == [number]


def test_township_drills_are_called_to_mind_before_the_half_year_ends(ledger: Ledger, add) -> None:
    for area in ("盖洋镇", "雪峰镇", "沙溪乡"):
        add("activity", type="应急演练", area=area, title="演练", record_date=datetime.date(2024, 5, 9))
    assert none(seen(ledger, datetime.date(2024, 6, 14)), "演练")
    found = todo(seen(ledger, datetime.date(2024, 6, 15)), "演练")
    assert found.sentence == (
        "上半年应急演练（2024年）6 月 30 日到期，还有 15 天：胡坊镇、瀚仙镇、城关乡等 6 个乡镇还没有"
    )
    assert (found.severity, found.target) == (SOON, "deadlines")


def test_stock_below_its_floor_and_below_nothing(ledger: Ledger, add) -> None:
    quilt = next(entry for entry in ledger.entries("item") if entry.name == "棉被")
    floor = int(quilt.extra["floor"])
    for entry in ledger.entries("item"):
        if entry.id != quilt.id:
            ledger.save_entry(replace(entry, extra={**entry.extra, "floor": ""}))
    for kind, number in (("购入", floor + 10), ("调拨", 5)):
        add("supply_movement", type=kind, supply_line=[{"item": quilt.ref, "quantity": number}])
    assert none(seen(ledger), "库存")
    add("supply_movement", type="调拨", doc_no="2", supply_line=[{"item": quilt.ref, "quantity": 7}])
    found = todo(seen(ledger), "棉被")
    assert found.sentence == f"库存低于下限：棉被 {floor - 2} 床（下限 {floor}）"
    assert (found.query, found.target) == (None, "stock:wanting")
    add("supply_movement", type="调拨", doc_no="3", supply_line=[{"item": quilt.ref, "quantity": floor}])
    found = todo(seen(ledger), "棉被")
    assert found.sentence.startswith("库存少于零：棉被 -2 床；")
    assert found.query is not None
    assert ledger.count(found.query) == 4
    ledger.save_entry(Entry("item", "棉被", id=quilt.id, extra={**quilt.extra, "floor": ""}))
    assert not none(seen(ledger), "棉被"), "less than nothing is wrong without a floor too"


def test_what_never_came_in_is_said_as_the_stock_sheet_says_it(ledger: Ledger, add) -> None:
    items = {entry.name: entry.ref for entry in ledger.entries("item")}
    add("supply_movement", type="调拨", supply_line=[{"item": items["方便面"], "quantity": 1}])
    assert none(seen(ledger), "低于下限"), "no store is kept"
    add("supply_movement", type="购入", supply_line=[{"item": items["方便面"], "quantity": 9}])
    short = [row.entry.name for row in ledger.stock(TODAY) if row.state is State.SHORT]
    assert "帐篷" in short
    found = todo(seen(ledger), "低于下限")
    assert found.sentence.startswith("库存低于下限：棉被 0 床（下限 100）、")
    assert found.sentence.endswith(f"等 {len(short)} 样")


def test_when_the_report_is_due(ledger: Ledger, add) -> None:
    assert none(seen(ledger, datetime.date(2025, 1, 1)), "年度总结"), "there is nothing to report on"
    add("hazard", quantity_rectified=1)
    assert none(seen(ledger, datetime.date(2024, 12, 30)), "年度总结")
    calm = todo(seen(ledger, datetime.date(2024, 12, 31)), "年度总结")
    assert (calm.severity, calm.target) == (CALM, "report")
    assert "还有 60 天" in calm.sentence
    assert todo(seen(ledger, datetime.date(2025, 2, 27)), "还有 2 天").severity == SOON
    late = todo(seen(ledger, datetime.date(2026, 2, 28)), "年度总结")
    assert late.severity == URGENT
    assert late.sentence.endswith("3 月 1 日到期，已过 364 天")
    assert none(seen(ledger, datetime.date(2026, 3, 1)), "年度总结"), "when the next is due, nobody is told"


def test_the_last_backup_and_the_second_place(ledger: Ledger) -> None:
    assert todo(seen(ledger), "没有做过备份").target == "backup"
    ledger.set_setting(LAST_BACKUP, "2024-06-30 09:00:00")
    assert todo(seen(ledger), "1 天前").severity == GOOD
    assert todo(seen(ledger, datetime.date(2024, 7, 20)), "20 天前").severity == SOON
    ledger.set_setting(SECOND_PLACE, "E:\\备份")
    assert todo(seen(ledger), "第二份备份：还没有做过").severity == SOON
    ledger.set_setting(SECOND_BACKUP, "2024-06-28 09:00:00")
    assert todo(seen(ledger), "第二份备份：3 天前").severity == GOOD


def test_a_ledger_restored_from_its_backup_says_when_that_was_made(ledger: Ledger) -> None:
    ledger.backups.make()
    for noted in (LAST_BACKUP, NUMBER):  # as in the copy, which was made before it was noted
        ledger.set_setting(noted, "")
    assert todo(seen(ledger, datetime.date.today()), "最近备份").severity == GOOD


def test_a_failed_check_stays_until_one_passes(ledger: Ledger) -> None:
    note_check(ledger, ["隐患 #3 在程序之外被改动过", "另一处"])
    found = todo(seen(ledger), "检查发现 2 处问题：隐患 #3")
    assert (found.severity, found.target) == (URGENT, "verify")
    note_check(ledger, [])
    assert none(seen(ledger), "检查发现")


def test_the_most_urgent_comes_first_also_of_what_is_known_elsewhere(ledger: Ledger, add) -> None:
    add("hazard", due_date=datetime.date(2024, 6, 20))
    draft = Todo(SOON, "隐患有 1 条没有填完", "接着填", target="new:hazard")
    found = seen(ledger, datetime.date(2025, 1, 1), extra=[draft])
    assert draft in found
    ranks = [(URGENT, SOON, CALM, GOOD).index(item.severity) for item in found]
    assert ranks == sorted(ranks)
    assert {ranks[0], ranks[-1]} == {0, 2}


def test_a_signed_report_is_no_longer_due_but_what_changed_since_is_told(ledger: Ledger, add) -> None:
    day = datetime.date(2024, 12, 1)
    number = add("hazard", quantity_found=3)
    ledger.frozen.freeze(Order(2024, bundled_fonts=True), by="张三", despite=True)
    done = todo(seen(ledger, day), "年度报告已定稿")
    assert done.severity == GOOD
    assert done.target == "freeze"
    january = datetime.date(2025, 1, 15)
    assert none(seen(ledger, january), "年度总结")
    (kept,) = [one for one in standing(ledger, january) if one.deadline.id == "annual_report"]
    assert kept.done is not None
    assert kept.done.note == "张三 定稿"
    ledger.delete("hazard", [number])
    later = todo(seen(ledger, day), "年度报告已定稿")
    assert later.severity == SOON
    assert "个数变了" in later.sentence
