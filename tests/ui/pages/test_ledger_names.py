"""A table follows what its records only point to: list entries, records of other ledgers, and the day."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui.pages.ledger import LedgerPage
from tests.ui.small import rest

Texts = Callable[[LedgerPage, str], set[str]]


@pytest.fixture
def texts(context) -> Texts:
    """What a column shows, once all that was asked for has come."""

    def shown_in(page: LedgerPage, name: str) -> set[str]:
        page.table.viewport().repaint()
        rest(context.worker)
        rows = range(page.model.rowCount())
        return {str(page.model.index(row, page.model.column_of(name)).data()) for row in rows}

    return shown_in


def page_of(context, shown, kind: str) -> LedgerPage:
    made = LedgerPage(context, kind_of(kind))
    made.refresh()
    shown(made)
    return made


def renamed(ledger: Ledger) -> Changes:
    town = next(entry for entry in ledger.entries("area") if entry.name == "盖洋镇")
    return ledger.save_entry(replace(town, name="盖洋新镇"))


def sent_to_a_flood(ledger: Ledger) -> Changes:
    day = datetime.date(2024, 6, 9)
    ((_, event),) = ledger.add("disaster_event", {"record_date": day, "type": "暴雨洪涝"}).added
    return ledger.edit("supply_movement", 1, {"event": f"disaster_event:{event}"})


def begun_later(ledger: Ledger) -> Changes:
    return ledger.edit("disaster_event", 1, {"record_date": datetime.date(2024, 6, 20)})


def test_an_entry_has_another_name(context, shown, texts) -> None:
    page = page_of(context, shown, "hazard")
    assert "盖洋镇" in texts(page, "area")
    context.write(renamed, owner=page)
    rest(context.worker)
    assert {"盖洋镇", "盖洋新镇"} & texts(page, "area") == {"盖洋新镇"}


def test_a_record_pointed_to_has_another_title(context, shown, texts) -> None:
    page = page_of(context, shown, "supply_movement")
    context.write(sent_to_a_flood, owner=page)
    rest(context.worker)
    (before,) = texts(page, "event")
    assert "6.9" in before
    context.write(begun_later, owner=page)
    rest(context.worker)
    (after,) = texts(page, "event")
    assert "6.20" in after
