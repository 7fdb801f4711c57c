"""Modules are imported as without PySide, which would read the source of each."""

from __future__ import annotations

import builtins
from functools import partial

import pytest

from mingxi_desktop.ui import plain_imports


def test_import_statements_are_pythons_own_again(monkeypatch: pytest.MonkeyPatch) -> None:
    original = getattr(builtins, "__orig_import__")  # noqa: B009 - PySide's name for Python's own
    # As PySide leaves it; for the tests it is Python's own already.
    monkeypatch.setattr(builtins, "__import__", partial(original))
    plain_imports.restore()
    assert builtins.__import__ is original
    plain_imports.restore()
    assert builtins.__import__ is original


def test_a_pyside_that_takes_no_place_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    now = builtins.__import__
    monkeypatch.delattr(builtins, "__orig_import__")
    plain_imports.restore()
    assert builtins.__import__ is now
