"""The small ledger with the checks of `small_checks` and no others."""

from __future__ import annotations

import pytest

from mingxi_desktop.ledger.checks import running
from mingxi_desktop.ui.checking.concerns import Concerns
from tests.ui.checking import small_checks
from tests.ui.small import rest


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(running, "every", lambda: small_checks.ALL)


@pytest.fixture
def concerns(window):
    """The findings of the window, read."""
    found = Concerns.of(window.context)
    found.look()
    rest(window.context.worker)
    return found


@pytest.fixture
def page(window, concerns):
    """The page 核对, in front, the first finding's card read."""
    window.go("checks")
    rest(window.context.worker)
    return window.checks_page()
