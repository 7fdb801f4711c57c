"""Pages that several test files try out."""

from __future__ import annotations

import pytest

from mingxi_desktop.ui.pages.import_page import ImportPage


@pytest.fixture
def page(real, settle, told):
    """The import page, shown; what it tells in dialogs is noted, never waited for."""
    made = ImportPage(real)
    made.resize(1300, 650)
    made.show()
    settle()
    yield made
    made.hide()
    made.deleteLater()
    assert not told
