"""What stands in an empty table."""

from __future__ import annotations

import pytest

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger.elsewhere import Held
from mingxi_desktop.ui.pages import no_records
from mingxi_desktop.ui.pages.ledger import LedgerPage
from tests.ui.small import rest

KIND, QUERY = kind_of("hazard"), Query("hazard", year=2026)
YEARS = ((2025, 1683), (2024, 2), (2023, 3), (2022, 4))


def said(held: Held, *, narrowed: bool = False) -> str:
    return no_records.words(KIND, QUERY, held, narrowed=narrowed)


def test_a_ledger_without_records_says_what_belongs_in_it() -> None:
    assert said(Held(2026)).startswith(f"没有隐患记录。\n{KIND.help}\n")


def test_records_of_other_years_are_named_the_newest_first() -> None:
    first = said(Held(2026, 0, YEARS)).splitlines()[0]
    assert (
        first
        == "2026 年没有隐患记录；2025 年有 1,683 条，2024 年有 2 条，2023 年有 3 条。换年度在窗口右上角。"
    )


def test_what_was_counted_for_another_year_is_not_said() -> None:
    assert said(Held(2025, 0, YEARS)) == said(Held(2026))


@pytest.mark.parametrize("held", [Held(2026), Held(2026, 0, YEARS), Held(2026, 5)])
def test_a_search_that_finds_nothing_can_be_cleared(held: Held) -> None:
    assert "清除条件" in said(held, narrowed=True)


@pytest.fixture
def page(context, shown):
    """The hazards' page in a year without any; those of the tests are of 2024."""
    context.set_year(2031)
    made = LedgerPage(context, KIND)
    made.refresh()
    return shown(made)


def test_an_empty_year_says_where_the_records_are(page, context) -> None:
    assert page.table._empty.startswith("2031 年没有隐患记录；2024 年有 5 条，2023 年有 1 条。")
    context.set_year(2024)
    rest(context.worker)
    assert page._held == Held(2024, 5)


def test_a_search_is_told_apart_from_an_empty_year(page, context) -> None:
    page.search.setText("没有这样的")
    page._search()
    rest(context.worker)
    assert "清除条件" in page.table._empty
    page.clear_filters()
    rest(context.worker)
    assert page.table._empty.startswith("2031 年没有隐患记录")
