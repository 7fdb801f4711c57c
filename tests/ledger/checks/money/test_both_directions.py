"""争取 and 下拨 of the same money, and one sum from two hands."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from mingxi_desktop.domain.indicators import Aggregate, Indicator
from mingxi_desktop.ledger import Ledger
from tests.ledger.checks.looked import alive, cure, found, ids
from tests.ledger.conftest import Add

CODE = "both_directions"
RELIEF = "自然灾害救灾"
WAN = 1_000_000


def money(add: Add, direction: str, amount: int, day: int = 5, **more: Any) -> int:
    """A sum in 万元 of July."""
    values = {"purpose": RELIEF, "area": "县直", "record_date": datetime.date(2024, 7, day), **more}
    return add("fund", direction=direction, amount=amount * WAN, **values)


def test_paid_out_as_it_was_won(ledger: Ledger, add: Add) -> None:
    paid = money(add, "下拨", 135, 28, area="盖洋镇", doc_no="明财综〔2024〕9号")
    won = money(add, "争取", 135, doc_no="闽财建指〔2024〕7号")
    money(add, "下拨", 135, purpose="其他", area="盖洋镇")
    (concern,) = found(ledger, CODE)
    assert ids(concern) == [paid, won]
    assert concern.message == (
        "2024年7月5日争取的135万元（自然灾害救灾，闽财建指〔2024〕7号）和7月28日下拨盖洋镇的135万元"
        "（自然灾害救灾，明财综〔2024〕9号）是同一笔钱的两个方向，下拨没有写上级项目，相加会算两遍"
    )
    before = {one.indicator.id: one.value for one in ledger.indicators(2024)}
    assert cure(ledger, CODE, "关联为同一笔钱") == "关联资金：1笔的上级项目写它的来源，各方向的总数不变"
    assert ledger.get("fund", paid).values["parent"] == f"fund:{won}"
    assert found(ledger, CODE) == []
    assert {one.indicator.id: one.value for one in ledger.indicators(2024)} == before


def test_the_cure_says_which_indicator_would_lose_what_is_linked(ledger: Ledger, add: Add) -> None:
    where = {"direction": ("下拨",), "parent": (None,)}
    own = Indicator("xb", "下拨总数", "fund", Aggregate.SUM, "万元", fields=("amount",), where=where)
    ledger.definitions.save(own, new=True)
    money(add, "争取", 5)
    money(add, "下拨", 5)
    assert "指标“下拨总数”只算没有上级项目的" in cure(ledger, CODE, "关联为同一笔钱")


def test_paid_out_in_several_sums_of_one_document(ledger: Ledger, add: Add) -> None:
    won = money(add, "争取", 135, doc_no="闽财建指〔2024〕7号")
    paid = [
        money(add, "下拨", 100, area="盖洋镇", doc_no="闽财建指[2024]7号"),
        money(add, "下拨", 35, area="胡坊镇", doc_no="闽财建指（2024）7号", purpose="其他"),
    ]
    (concern,) = found(ledger, CODE)
    assert ids(concern) == [*paid, won]
    cure(ledger, CODE, "关联为同一笔钱")
    assert found(ledger, CODE) == []


def test_a_township_takes_what_the_county_pays_for_a_grant(ledger: Ledger, add: Add) -> None:
    paid = money(add, "下拨", 5, 1, area="盖洋镇")
    taken = money(add, "争取", 5, 6, area="盖洋镇")
    money(add, "争取", 5, 6, area="胡坊镇")
    (concern,) = found(ledger, CODE)
    assert ids(concern) == [taken, paid]
    assert "争取总额会多算5万元" in concern.message
    cure(ledger, CODE, "删除重复的 1 条")
    assert taken not in alive(ledger, "fund")


@pytest.mark.parametrize(
    ("direction", "first", "second"),
    [
        ("争取", {}, {"day": 20, "area": "盖洋镇"}),
        ("争取", {"doc_no": "闽财〔2024〕7号"}, {"area": "盖洋镇", "doc_no": "闽财[2024]7号", "purpose": "其他"}),
        ("下拨", {"area": "盖洋镇", "reporter": "明溪县应急管理局"},
         {"area": "盖洋镇", "reporter": "盖洋镇人民政府", "day": 9}),
    ],
)  # fmt: skip
def test_one_sum_from_county_and_township(
    ledger: Ledger, add: Add, direction: str, first: Any, second: Any
) -> None:
    kept, again = money(add, direction, 5, **first), money(add, direction, 5, **second)
    assert [ids(one) for one in found(ledger, CODE)] == [[again, kept]]


def test_spent_under_the_document_of_the_grant(ledger: Ledger, add: Add) -> None:
    won = money(add, "争取", 5, doc_no="闽财〔2024〕7号")
    spent = money(add, "投入", 5, purpose="宣教阵地", doc_no="闽财〔2024〕7号")
    money(add, "投入", 5, purpose=RELIEF)
    assert [ids(one) for one in found(ledger, CODE)] == [[spent, won]]


def test_sums_of_their_own_are_no_finding(ledger: Ledger, add: Add) -> None:
    won = money(add, "争取", 50)
    money(add, "下拨", 50, area="盖洋镇", parent=f"fund:{won}")
    for area in ("盖洋镇", "胡坊镇", "夏阳乡"):
        money(add, "下拨", 4, area=area, doc_no="明财综〔2024〕9号")
    money(add, "争取", 8)
    money(add, "争取", 8, doc_no="闽财〔2024〕8号", day=25)
    money(add, "争取", 8, doc_no="闽财〔2024〕9号", day=9)
    assert found(ledger, CODE) == []
