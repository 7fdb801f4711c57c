"""Filter chips: which a ledger has, and the months they mean."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain.kinds import ALL, kind_of
from mingxi_desktop.domain.query import Query, Range
from mingxi_desktop.ui.filters import MONTH, FilterChip, filter_fields, month_range
from tests.ui.small import rest


def test_area_and_month_come_first() -> None:
    assert filter_fields(kind_of("hazard"))[:2] == ["area", MONTH]
    assert MONTH not in filter_fields(kind_of("rescue_team")), "what is there has no month"
    for kind in ALL:
        names = filter_fields(kind)
        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("year", "months", "low", "high"),
    [
        (2024, (2,), "2024-02-01", "2024-02-29"),
        (2023, (2,), "2023-02-01", "2023-02-28"),
        (2024, (12,), "2024-12-01", "2024-12-31"),
        (2024, (9, 7), "2024-07-01", "2024-09-30"),
    ],
)
def test_months_end_on_their_last_day(year, months, low, high) -> None:
    days = (datetime.date.fromisoformat(low), datetime.date.fromisoformat(high))
    assert month_range(year, months) == Range(*days)


def test_a_chip_says_what_it_filters_also_to_those_who_hear(context, shown) -> None:
    chip = FilterChip(context, kind_of("hazard"), "level")
    shown(chip, 160, 30)
    assert chip.accessibleName() == "按隐患等级筛选：隐患等级"
    chip.set_query(Query("hazard", where=(("level", ("重大", "一般", "较大")),)))
    rest(context.worker)
    assert chip.text() == "隐患等级：重大、一般 等3项"
    assert chip.property("active") is True
    chip.set_query(Query("hazard"))
    assert chip.text() == "隐患等级"
    assert chip.property("active") is False


def test_a_menu_of_no_records_says_so(context, shown) -> None:
    chip = FilterChip(context, kind_of("hazard"), "area")
    shown(chip, 160, 30)
    chip.set_query(Query("hazard", year=1999))
    chip._ask()
    rest(context.worker)
    actions = [action for action in chip.menu().actions() if not action.isSeparator()]
    assert [(action.text(), action.isEnabled()) for action in actions] == [
        ("全部", True),
        ("没有记录", False),
    ]


def test_words_with_an_ampersand_stay_words(context, shown) -> None:
    chip = FilterChip(context, kind_of("hazard"), "area")
    shown(chip, 160, 30)
    chip._fill([("area:1", "甲&乙", 3)])
    assert chip.menu().actions()[-1].text() == "甲&&乙\t3"
