"""What holds for all the checks of the program together."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain.references import Entry
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks import running
from mingxi_desktop.ledger.checks.check import Scope
from mingxi_desktop.ledger.checks.every import every


@pytest.mark.parametrize("today", [datetime.date(2024, 12, 31), datetime.date(2025, 6, 30)])
def test_of_a_new_file_the_checks_of_an_import_say_nothing(ledger: Ledger, today: datetime.date) -> None:
    """So that `find` need not ask them before the first import."""
    for year in (2024, 2025):
        scope = Scope(ledger, ledger._store, year, today)
        assert not [concern for check in every() for concern in running._found(check, scope)]


def test_they_are_asked_once_anything_was_changed(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(running, "every", lambda: asked.append(1) or [])
    today = datetime.date(2024, 12, 31)
    ledger.checks.find(2024, today)
    assert not asked
    ledger.register.save(Entry("enterprise", "宏达厂"))
    ledger.checks.find(2024, today)
    assert asked
