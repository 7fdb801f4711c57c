"""Pages are loaded before they are wanted, and not on the thread that the clerk waits for."""

from __future__ import annotations

import importlib
import threading

import pytest

from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.loading_ahead import PAGES, LoadingAhead


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
    qtbot.waitUntil(lambda: len(loaded) == len(PAGES) and not context.worker.busy)
    assert loaded == [(f"mingxi_desktop.ui.pages.{page}", False) for page in PAGES]
