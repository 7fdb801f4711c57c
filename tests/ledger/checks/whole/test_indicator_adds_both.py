"""Own indicators that add both legs of goods or both directions of money."""

from __future__ import annotations

import datetime
from dataclasses import replace

from mingxi_desktop.domain.indicator_wanted import Other
from mingxi_desktop.domain.indicators import Aggregate, Indicator
from mingxi_desktop.ledger import Ledger
from tests.ledger.checks.looked import found
from tests.ledger.conftest import Add

CODE = "indicator_adds_both"
PEOPLE = Indicator("qzrs", "救助人数", "supply_movement", Aggregate.SUM, "人", fields=("beneficiaries",))
QUILTS = Indicator(
    "bszs", "棉被总数", "supply_line", Aggregate.SUM, "床", fields=("quantity",),
    where={"item": ("棉被",), "parent.type": ("调拨", "发放")},
)  # fmt: skip
MONEY = Indicator(
    "zjzs", "资金总数", "fund", Aggregate.SUM, "万元", fields=("amount",),
    where={"direction": ("争取", "下拨")},
)  # fmt: skip


def test_what_the_conditions_let_in(ledger: Ledger, add: Add) -> None:
    assert found(ledger, CODE) == []
    for indicator in (PEOPLE, QUILTS, MONEY):
        ledger.definitions.save(indicator, new=True)
    assert [one.target for one in found(ledger, CODE)] == ["indicator:bszs", "indicator:zjzs"]
    assert found(ledger, CODE)[0].message == (
        "指标“棉被总数”把调拨和发放加在一起，同一批物资会算两遍；请在它的条件里只选“调拨”或只选“发放”"
    )
    for kind in ("调拨", "发放"):
        add("supply_movement", type=kind, beneficiaries=4, record_date=datetime.date(2024, 6, 9))
    assert [one.subject for one in found(ledger, CODE)] == ["qzrs", "bszs", "zjzs"]
    ledger.definitions.save(replace(QUILTS, where={"item": ("棉被",), "parent.type": ("发放",)}))
    ledger.definitions.save(replace(MONEY, whole=True))
    ledger.definitions.save(replace(PEOPLE, where={"dispatch": (None,)}))
    assert found(ledger, CODE) == []


def test_what_conditions_rule_out(ledger: Ledger, add: Add) -> None:
    for kind in ("调拨", "发放"):
        add("supply_movement", type=kind, beneficiaries=4, record_date=datetime.date(2024, 6, 9))
    for word, concerns in (("发放", 0), ("调拨", 0), ("报废", 1)):
        ledger.definitions.save(replace(PEOPLE, where={"type": (Other(word),)}))
        assert len(found(ledger, CODE)) == concerns, word
