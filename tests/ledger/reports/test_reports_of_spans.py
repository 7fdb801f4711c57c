"""The year's summary, the half year, the monthly brief and the report of one flood, from a ledger."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from mingxi_desktop.domain.query import Query
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.reports import reporting
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.report.annual import UNVERIFIED
from mingxi_desktop.report.model import Paragraph, Signature
from tests.ledger.conftest import Add


@pytest.fixture(autouse=True)
def _only_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing takes longer than all the rest, and is tested elsewhere."""
    monkeypatch.setattr(reporting, "drawn_charts", lambda *_, **__: {})


def text_of(ledger: Ledger, template: str, **wanted: Any) -> str:
    """Title and paragraphs of a report of 2024."""
    report = reporting.make(ledger, Order(2024, template=template, **wanted)).document
    return "\n".join([report.title, *(block.text for block in report.blocks if isinstance(block, Paragraph))])


@pytest.fixture
def flood(ledger: Ledger, add: Add) -> int:
    """A flood at the end of June in two townships, and what belongs to the same days."""
    event = add("disaster_event", record_date=day(6, 28), end_date=day(7, 2))
    of_it = {"event": f"disaster_event:{event}"}
    start, end = datetime.datetime(2024, 6, 28, 8), datetime.datetime(2024, 7, 2, 18)
    steps = [("启动", "Ⅳ", start), ("提升", "Ⅲ", datetime.datetime(2024, 6, 30, 9)), ("终止", "Ⅲ", end)]
    rows = [{"action": action, "level": level, "at": at} for action, level, at in steps]
    add("response", start_at=start, end_at=end, response_step=rows, **of_it)
    nobody = {"deaths": 0, "missing": 0, "injured": 0}
    for entry in ledger.entries("area"):
        if entry.name != "县直":
            for on, moved in ((day(6, 29), 10), (day(7, 1), 25)):
                add("response_tally", area=entry.name, record_date=on, basis="累计", evacuees=moved, cadres=moved * 2,
                    **of_it, **nobody)  # fmt: skip
    for stage, on, affected in (("初报", day(6, 30), 300), ("核报", day(7, 20), 280)):
        add(
            "disaster_loss",
            stage=stage,
            record_date=on,
            affected=affected,
            loss=76_026_000,
            collapsed=0,
            **of_it,
        )
    lines = [{"item": "棉被", "quantity": 20}]
    add("supply_movement", record_date=day(7, 3), beneficiaries=40, supply_line=lines, **of_it)
    add("hazard", record_date=day(6, 5), quantity_found=4, quantity_rectified=3)
    add("hazard", record_date=datetime.date(2023, 6, 5), quantity_found=2, quantity_rectified=2)
    return event


def day(month: int, number: int) -> datetime.date:
    return datetime.date(2024, month, number)


def test_a_month_has_what_was_new_in_it(ledger: Ledger, flood: int) -> None:
    june, july = text_of(ledger, "monthly", month=6), text_of(ledger, "monthly", month=7)
    assert june.startswith("明溪县应急管理局2024年6月工作月报\n6月，")
    assert "6月全县排查问题隐患4条，同比增长100%，已整改3条，整改率75%。" in june
    assert "“6.28-7.2”强降雨过程，启动应急响应1次，提升响应级别1次。" in june
    assert "下沉一线干部180人，转移群众90人。各乡镇均报告没有人员伤亡。" in june
    assert "受灾人口300人，直接经济损失76.026万元。" in june
    assert "救灾物资" not in june
    assert "7月没有登记排查出的问题隐患。" in july
    assert "下沉一线干部270人，转移群众135人。" in july
    assert "受灾人口" not in july
    assert "7月向乡镇调拨救灾物资1批次，棉被20床，救助群众40人。" in july
    assert UNVERIFIED not in june + july
    assert "6月1日至15日" in text_of(ledger, "monthly", month=6, as_of=day(6, 15))


def test_one_flood_is_reported_as_a_whole(ledger: Ledger, flood: int) -> None:
    text = text_of(ledger, "flood", event=flood)
    assert "从6月28日起，县防指启动应急响应1次，最高达到Ⅲ级；根据雨情汛情发展，提升响应级别1次。" in text
    assert "目前应急响应均已终止。" in text
    assert "转移群众225人，妥善做好安置和生活保障" in text
    assert "调拨救灾物资1批次，棉被20床，救助受灾群众40人。" in text
    assert "受灾人口280人，直接经济损失76.026万元。没有房屋倒塌。" in text
    assert "实现了人员零伤亡" in text
    assert UNVERIFIED not in text
    then = text_of(ledger, "flood", event=flood, as_of=day(6, 30))
    assert "转移群众90人" in then
    assert "受灾人口300人" in then
    assert "备足备好救灾物资" in then


def test_nobody_is_said_to_be_safe_before_all_townships_have_reported(ledger: Ledger, flood: int) -> None:
    township = ledger.entries("area")[0].ref
    ledger.delete("response_tally", ledger.ids(Query("response_tally", where=(("area", (township,)),))))
    found = reporting.make(ledger, Order(2024, template="flood", event=flood))
    assert any("没有报齐防汛伤亡人数" in warning for warning in found.warnings)
    assert "零伤亡" not in text_of(ledger, "flood", event=flood)


def test_half_a_year_and_the_whole(ledger: Ledger, flood: int) -> None:
    half, whole = text_of(ledger, "half"), text_of(ledger, "summary")
    assert half.startswith("明溪县应急管理局2024年上半年工作总结和下半年工作安排\n")
    assert "上半年排查问题隐患4条，同比增长100%，已整改3条" in half
    assert "转移群众90人" in half
    assert whole.startswith("明溪县应急管理局2024年工作总结和2025年工作思路\n")
    assert "转移群众225人" in whole
    assert "受灾人口280人，直接经济损失76.026万元。" in whole
    assert UNVERIFIED not in half + whole


@pytest.mark.parametrize(
    ("template", "month", "cut_off", "rectified", "signed"),
    [
        ("monthly", 6, day(7, 4), "排查问题隐患4条，同比增长100%，已整改4条", "2024年7月4日"),
        ("half", 0, day(7, 5), "排查问题隐患4条，同比增长100%，已整改4条", "2024年7月5日"),
        (
            "annual",
            0,
            datetime.date(2025, 2, 10),
            "排查问题隐患12条，同比增长500%，已整改8条",
            "2025年2月10日",
        ),
    ],
)
def test_a_later_cut_off_date_counts_what_was_put_right_since(
    template: str, month: int, cut_off: datetime.date, rectified: str, signed: str, ledger: Ledger, add: Add
) -> None:
    for found, done in (
        (day(6, 5), day(7, 4)),
        (day(12, 30), datetime.date(2025, 2, 1)),
        (day(12, 31), datetime.date(2025, 2, 11)),
    ):
        add("hazard", record_date=found, rectified_date=done, quantity_found=4, quantity_rectified=4)
    add("hazard", record_date=datetime.date(2023, 6, 5), quantity_found=2, quantity_rectified=2)
    order = Order(2024, template=template, month=month, as_of=cut_off)
    report = reporting.make(ledger, order).document
    assert rectified in "\n".join(block.text for block in report.blocks if isinstance(block, Paragraph))
    assert report.subtitle == ""
    signature = report.blocks[-1]
    assert isinstance(signature, Signature)
    assert signature.date_text == signed


def test_a_flood_that_is_gone_or_of_another_year_is_refused(ledger: Ledger, flood: int) -> None:
    with pytest.raises(UserError, match="不是2023年的"):
        reporting.make(ledger, Order(2023, template="flood", event=flood))
    with pytest.raises(UserError, match="那时还没有开始"):
        reporting.make(ledger, Order(2024, template="flood", event=flood, as_of=day(6, 1)))
    version = ledger.frozen.freeze(
        Order(2024, template="flood", event=flood, bundled_fonts=True), by="张三", despite=True
    )
    ledger.delete("disaster_event", [flood])
    with pytest.raises(UserError, match="已经删除"):
        reporting.make(ledger, Order(2024, template="flood", event=flood))
    assert ledger.frozen.changes(version.id) == [], "what was frozen is compared all the same"


def test_a_flood_that_is_not_over(ledger: Ledger, flood: int) -> None:
    ledger.edit("disaster_event", flood, {"end_date": None})
    assert "6月28日以来" in text_of(ledger, "flood", event=flood)
