"""Pages, what saves, and the templates are loaded before they are wanted, and behind the window."""

from __future__ import annotations

import importlib
import threading

import pytest

from mingxi_desktop.ledger.reports import narrating
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.loading_ahead import DEEDS, PAGES, LoadingAhead


def test_each_page_is_loaded_in_turn_behind_the_window(
    context: Context, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[tuple[str, bool]] = []
    real = importlib.import_module

    def note(name: str) -> object:
        loaded.append((name, threading.current_thread() is threading.main_thread()))
        return real(name)

    monkeypatch.setattr(importlib, "import_module", note)
    LoadingAhead(context, rest=0)
    read: list[str] = []
    monkeypatch.setattr(narrating, "delivered_template", read.append)
    qtbot.waitUntil(lambda: len(read) == len(narrating.TEMPLATES) and not context.worker.busy)
    parts = [*(f"pages.{page}" for page in PAGES), *DEEDS]
    wanted = ["mingxi_desktop.ledger.undoing", *(f"mingxi_desktop.ui.{part}" for part in parts)]
    assert loaded == [(name, False) for name in wanted]
