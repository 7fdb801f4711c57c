"""Ways to count and conditions in a clerk's words; the wordings that an indicator can be given."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mingxi_desktop.domain import indicator_where, wording
from mingxi_desktop.domain.indicator_book import fresh_id
from mingxi_desktop.domain.indicator_data import definitions
from mingxi_desktop.domain.indicator_rules import check_indicator
from mingxi_desktop.domain.indicator_ways import (
    PERCENT,
    WITH_FIELD,
    Way,
    aggregate_of,
    fields_for,
    hint,
    sample,
    summable,
    unit_for,
    way_of,
    ways,
    wordings_for,
    words,
)
from mingxi_desktop.domain.indicator_where import Ask, Row, rows, where_of
from mingxi_desktop.domain.indicators import Indicator
from mingxi_desktop.domain.kinds import ALL, kind_of
from mingxi_desktop.domain.rule_words import rule_sentence


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_every_way_offered_is_one_that_can_be_evaluated(kind) -> None:
    for way in ways(kind):
        fields = fields_for(kind, way)[:1]
        assert bool(fields) == (way in WITH_FIELD)
        for rule, said in wordings_for(way, fields):
            made = Indicator(
                "x", "试", kind.name, aggregate_of(way), unit_for(way, fields) or "件", rule,
                fields=tuple(field.name for field in fields),
                pick=summable(kind)[0].name if way is Way.PICK else "",
                target="target.x" if way in PERCENT - {Way.RATIO} else "",
                of="hazards_rectified" if way is Way.RATIO else "",
                per="hazards_found" if way is Way.RATIO else "",
            )  # fmt: skip
            check_indicator(made)
            assert way_of(made) is way
            assert sample(rule, way, None, made.unit)
            assert said
            assert words(way, kind)
            assert hint(way)


def test_conditions_of_delivered_indicators_are_rows_and_come_back() -> None:
    for indicator in definitions():
        kind = kind_of(indicator.kind)
        found = rows(kind, indicator.where)
        assert (where_of(kind, found) or {}) == (indicator.where or {})
        offered = dict(indicator_where.choices(kind))
        assert all(row.name in offered for row in found)
        assert all(row.ask in indicator_where.asks_of(kind, row.name) for row in found)


def test_rows_of_one_field_are_alternatives_and_read_well() -> None:
    hazard = kind_of("hazard")
    given = (
        Row("description", Ask.HOLDS, ("灯", "箱")),
        Row("description", Ask.IS, ("堵塞",)),
        Row("due_date", Ask.EMPTY),
        Row("in_total", Ask.IS, ("否",)),
    )
    where = where_of(hazard, given)
    assert where == {"description": ("~灯", "~箱", "堵塞"), "due_date": (None,), "in_total": (False,)}
    made = Indicator(
        "x", "试", "hazard", aggregate_of(Way.SUM), "条", fields=("quantity_found",), where=where
    )
    sentence = rule_sentence(made)
    assert "隐患描述为“堵塞”或含“灯”或“箱”，没有填整改期限，计入总数为“否”" in sentence
    assert where_of(hazard, ()) is None


@pytest.mark.parametrize(
    ("value", "rule", "approx", "text"),
    [
        (1683, "yu", "", "1683余"),
        (0, "yu", "余", "0"),
        (1683, "near:100", "", "近1700"),
        (1612, "near:100", "", "1600余"),
        (1700, "near:100", "", "1700"),
        (1700, "near:100", "约", "1700余"),
        (26, "near:100", "余", "26余"),
        (1683, "about:100", "", "约1700"),
        (1700, "about:100", "", "1700"),
        (1700, "about:100", "余", "约1700"),
        (0, "about:10", "余", "0"),
        (Decimal("76.026"), "round:2", "", "76.03"),
        (Decimal("76.5"), "round:0", "", "77"),
    ],
)
def test_more_wordings(value, rule, approx, text) -> None:
    wording.check_rule(rule)
    assert wording.printed(value, "条", rule, approx) == text


@pytest.mark.parametrize("rule", ["near", "near:0", "about:", "round:5", "yu:", "yu:0"])
def test_what_is_no_wording(rule) -> None:
    with pytest.raises(ValueError, match="措辞"):
        wording.check_rule(rule)


def test_ids_are_initials_and_never_clash() -> None:
    assert fresh_id("森林火灾起数", ()) == "slhzqs"
    assert fresh_id("森林火灾起数", {"slhzqs", "slhzqs2"}) == "slhzqs3"
    assert fresh_id("5月16日ABC", ()) == "y16rabc"
    assert fresh_id("！？", ()) == "zb"
