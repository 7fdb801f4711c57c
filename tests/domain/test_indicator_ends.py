"""The ends of a range as clerks type them, and as the editor shows them."""

from __future__ import annotations

import pytest

from mingxi_desktop.domain.indicator_ends import end_of
from mingxi_desktop.domain.indicator_wanted import shown_end
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.parse import ParseError

HAZARD = kind_of("hazard")


@pytest.mark.parametrize(
    ("name", "typed", "end", "shown"),
    [
        ("due_date", "2024年6月9日", "2024-06-09", "2024-06-09"),
        ("due_date", "6.9", "06-09", "6月9日"),
        ("due_date", "2月29日", "02-29", "2月29日"),
        ("due_date", " ", "", ""),
        ("quantity_found", "１,０００条", "1000", "1000"),
        ("rectify_fund", "1.5万元", "15000", "15000"),
        ("rectify_fund", "0.50", "0.5", "0.5"),
    ],
)
def test_ends_as_clerks_type_them(name: str, typed: str, end: str, shown: str) -> None:
    field = HAZARD.field(name)
    assert end_of(field, typed) == end
    assert shown_end(field, end) == shown
    assert end_of(field, shown) == end


def test_what_is_no_end() -> None:
    with pytest.raises(ParseError):
        end_of(HAZARD.field("due_date"), "不久")
