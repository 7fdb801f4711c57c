"""The whole window."""

from __future__ import annotations

from tests.ui.small import rest


def test_opens(window) -> None:
    assert window.years.currentData() == 2024
    for tab in window._tabs:
        window.open_tab(tab)
        rest(window.context.worker, 20)
