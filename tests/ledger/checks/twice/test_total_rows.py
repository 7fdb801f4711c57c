"""Rows of totals among the records."""

from __future__ import annotations

import pytest

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.twice import total_rows
from mingxi_desktop.ledger.checks.twice.total_words import TotalWords, months
from tests.ledger.checks.sent import TOTAL, scope_of, sent
from tests.ledger.conftest import day


def seen(ledger: Ledger) -> list[Concern]:
    """What the check finds in 2024."""
    return list(total_rows.find(scope_of(ledger)))


@pytest.mark.parametrize(
    "text",
    ["合计", "合　计", "总计：", "盖洋镇小计", "盖洋合计", "6月合计", "全县合计", "合计15条", "以上合计", "累计合计",
     "一、小计", "1-6月隐患合计", "2024年第二季度总计", "隐患总数", "本月共计（条）"],
)  # fmt: skip
def test_what_a_total_calls_itself(text: str) -> None:
    assert TotalWords(["盖洋镇", "县直"]).says(text)


@pytest.mark.parametrize(
    "text",
    [
        "合计机械厂",
        "总计算机房未接地",
        "盖洋镇6月隐患汇总",
        "统计员未到岗",
        "门窗障碍物（当期合计）",
        "设计缺陷",
        "",
    ],
)
def test_what_is_no_name_of_a_total(text: str) -> None:
    assert not TotalWords(["盖洋镇", "县直"]).says(text)


def test_the_months_of_a_total() -> None:
    assert months("1-6月合计", 6) == range(1, 7)
    assert months("第二季度", 6) == range(4, 7)
    assert months("6月汇总", 6) == range(6, 7)


def test_a_single_record_named_total(ledger: Ledger, add) -> None:
    by_place = add("hazard", place="合计", description="各类隐患", quantity_found=9)
    by_text = add("hazard", description="合 计", quantity_found=9, area="雪峰镇")
    other = add("activity", title="小计", record_date=day(2), area="盖洋镇")
    found = seen(ledger)
    assert {ref for concern in found for ref in concern.records} == {
        ("hazard", by_place), ("hazard", by_text), ("activity", other),
    }  # fmt: skip
    assert found[0].message.startswith("盖洋镇2024年6月的隐患里有1条是合计行“合计”（#1，数量9条），")


def test_a_total_that_stands_alone_is_a_record(ledger: Ledger, add) -> None:
    """The manual has townships' totals entered as 汇总; only beside what it sums it counts twice."""
    add("hazard", description="6月合计", quantity_found=15, **TOTAL)
    add("hazard", description="6月合计", quantity_found=9, area="雪峰镇", **TOTAL)
    assert seen(ledger) == []
    add("hazard", description="第一周", quantity_found=4, record_date=day(-5), **TOTAL)
    assert len(seen(ledger)) == 1


def test_the_last_row_of_a_sheet_that_is_its_sum(ledger: Ledger, add) -> None:
    rows = [{"area": area, "quantity_found": number, "description": "隐患", **TOTAL}
            for area, number in (("盖洋镇", 4), ("雪峰镇", 3), ("胡坊镇", 2), ("县直", 9))]  # fmt: skip
    *_, total = sent(ledger, "全县6月.xlsx", rows)
    (concern,) = seen(ledger)
    assert concern.records == (("hazard", total),)
    assert "来自“全县6月.xlsx”" in concern.message
    gone, beside = total_rows.cures(scope_of(ledger), concern)
    assert (gone.removes, beside.removes) == (1, 0)
    ledger.checks.cure(gone)
    assert seen(ledger) == []


def test_a_month_that_is_the_sum_of_its_weeks(ledger: Ledger, add) -> None:
    for week, number in enumerate((5, 7, 3)):
        add(
            "hazard", record_date=day(7 * week - 7), description=f"第{week}周", quantity_found=number, **TOTAL
        )
    month = add("hazard", record_date=day(20), description="6月", quantity_found=15, **TOTAL)
    assert [concern.records for concern in seen(ledger)] == [(("hazard", month),)]
    ledger.edit("hazard", month, {"quantity_found": 16})
    assert seen(ledger) == []
