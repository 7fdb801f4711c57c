"""The first page read in one go: cards that can be chosen, the grid, whether there is anything yet."""

from __future__ import annotations

import datetime

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.overview import CARDS, KEY_INDICATORS, MOST_CARDS, chosen_cards, overview

TODAY = datetime.date(2024, 7, 1)


def test_an_empty_ledger_and_an_empty_year(ledger: Ledger, add) -> None:
    seen = overview(ledger, 2024, TODAY)
    assert (seen.records, seen.ever) == (False, False)
    assert [card.indicator.id for card in seen.cards] == list(KEY_INDICATORS)
    assert all(card.last_year is None for card in seen.cards)
    add("fund", record_date=datetime.date(2023, 6, 1), amount=100)
    seen = overview(ledger, 2024, TODAY)
    assert (seen.records, seen.ever) == (False, True)
    assert overview(ledger, 2023, TODAY).records


def test_cards_have_last_year_beside_them(ledger: Ledger, add) -> None:
    add("hazard", quantity_found=12)
    add("hazard", quantity_found=10, record_date=datetime.date(2023, 6, 1), description="乙")
    card = overview(ledger, 2024, TODAY).cards[0]
    assert (card.value, card.last_year, card.change) == (12, 10, 2)


def test_cards_are_chosen_in_an_order_of_ones_own(ledger: Ledger) -> None:
    ledger.set_setting(CARDS, "drills,不知道,drills,funds_won")
    assert [card.indicator.id for card in overview(ledger, 2024, TODAY).cards] == ["drills", "funds_won"]
    assert chosen_cards("", ("drills",)) == chosen_cards("不知道", ("drills",)) == KEY_INDICATORS
    many = [card.indicator.id for card in ledger.indicators(2024)]
    assert len(chosen_cards(",".join(many), many)) == MOST_CARDS


def test_the_grid_of_another_ledger_can_be_asked_for(ledger: Ledger, add) -> None:
    add("activity", area="盖洋镇", record_date=datetime.date(2024, 3, 1))
    grid = overview(ledger, 2024, TODAY, kind="activity").reporting
    row = next(row for row in grid.rows if row.name == "盖洋镇")
    assert (grid.duty.kind, row.cells[2].records, grid.owed) == ("activity", 1, False)
