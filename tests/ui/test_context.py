"""What is changed is told though the dialog that asked for it was closed meanwhile."""

from __future__ import annotations

import pytest
import shiboken6
from PySide6.QtWidgets import QDialog

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ui import ask
from tests.ui.small import rest


def _change(_ledger: object) -> Changes:
    return Changes("改了一条")


def _refuse(_ledger: object) -> Changes:
    raise UserError("改不了", "", "")


@pytest.mark.parametrize("work", [_change, _refuse])
def test_an_owner_that_is_gone_is_not_called_and_the_change_or_refusal_is_told(context, monkeypatch, work):
    heard, called, told = [], [], []
    context.changed.connect(lambda changes: heard.append(changes.sentence))
    monkeypatch.setattr(ask, "show_error", lambda error, *_: told.append(error.title))
    dialog = QDialog()
    context.write(work, owner=dialog, done=called.append, failed=called.append)
    shiboken6.delete(dialog)  # before any answer: `deleteLater` might come after it
    rest(context.worker)
    assert not called
    assert (heard, told) == ((["改了一条"], []) if work is _change else ([], ["改不了"]))
