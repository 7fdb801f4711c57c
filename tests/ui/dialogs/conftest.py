"""What tests of dialogs share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from tests.ui.small import rest


@pytest.fixture
def shows(context: Any) -> Iterator[Callable[[QDialog], Any]]:
    """Shows a dialog once it has read what it needs, and takes it away afterwards."""
    made: list[QDialog] = []

    def show(dialog: QDialog) -> QDialog:
        made.append(dialog)
        dialog.show()
        rest(context.worker)
        return dialog

    yield show
    for dialog in filter(isValid, made):
        dialog.hide()
        dialog.deleteLater()
    rest(context.worker)
