"""Records in groups: order, counts and subtotals agree with the records themselves."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mingxi_desktop.domain.kinds import ALL, kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger import sections
from mingxi_desktop.ledger.sections import groupable, sectioned
from tests.ui import small


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    from mingxi_desktop.ledger import Ledger

    path = tmp_path_factory.mktemp("sections") / "small.mxdb"
    small.build(path)
    with Ledger.open(path) as opened:
        yield opened


def test_groups_follow_the_list_of_areas_and_carry_sums(ledger) -> None:
    found = sectioned(ledger, Query("hazard", year=2024), ("area",))
    told = [(one.label, one.start, one.count, one.totals["quantity_found"]) for one in found.headings]
    assert told == [
        ("雪峰镇", 0, 1, "5"),
        ("盖洋镇", 1, 2, "20"),
        ("瀚仙镇", 3, 1, "20"),
        ("沙溪乡", 4, 1, "1"),
    ]
    assert [record.shown["area"] for record in ledger.records("hazard", found.ids)] == [
        "雪峰镇", "盖洋镇", "盖洋镇", "瀚仙镇", "沙溪乡",
    ]  # fmt: skip


def test_groups_within_groups(ledger) -> None:
    found = sectioned(ledger, Query("hazard", year=2024), ("level", "month"))
    told = [
        (one.level, one.label, one.start, one.end, one.totals["quantity_found"]) for one in found.headings
    ]
    assert told == [
        (0, "一般", 0, 4, "45"), (1, "6月", 0, 2, "17"), (1, "7月", 2, 3, "8"), (1, "11月", 3, 4, "20"),
        (0, "重大", 4, 5, "1"), (1, "7月", 4, 5, "1"),
    ]  # fmt: skip
    whole = sections.grand_total(ledger, Query("hazard", year=2024), 5)
    assert (whole.count, whole.totals["quantity_found"]) == (5, "46")


@pytest.mark.parametrize("kind", [kind.name for kind in ALL if not kind.parent])
def test_whatever_a_ledger_can_be_grouped_by_splits_it_without_remainder(ledger, kind) -> None:
    query = Query(kind)
    for name, _ in groupable(kind_of(kind)):
        found = sectioned(ledger, query, (name,))
        assert sorted(found.ids) == sorted(ledger.ids(query))
        assert sum(one.count for one in found.headings) == len(found.ids)
        for one in found.headings:
            records = ledger.records(kind, found.ids[one.start : one.end])
            if name != sections.MONTH:
                assert {record.values.get(name) for record in records} == {one.keys[0]}
            for field in sections.summed(kind_of(kind)):
                total = sum((Decimal(record.values.get(field.name) or 0) for record in records), Decimal(0))
                shown = Decimal(one.totals[field.name].replace(",", ""))
                assert shown == total / (100 if field.type == "money" else 1)
