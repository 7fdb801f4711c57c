"""Settings that the program never wrote are passed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QHeaderView

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ui.recent import recent_files
from mingxi_desktop.ui.table.columns import Columns
from mingxi_desktop.ui.wording import ranking


@pytest.mark.parametrize("odd", [5, QPoint(1, 2), {"a": 1}, [5, "", "\0"], "\0"])
def test_lists_that_are_none(settings: QSettings, tmp_path: Path, odd: object) -> None:
    for key in ("ledger/recent", ranking._KEPT):
        settings.setValue(key, odd)
    assert recent_files(settings) == []
    ranking.remember(settings, "甲")
    assert ranking.recent(settings)[0] == "甲"


def test_widths_that_are_none(app, settings: QSettings) -> None:
    fields = kind_of("hazard").fields
    header = QHeaderView(Qt.Orientation.Horizontal)
    model = QStandardItemModel(0, len(fields))
    header.setModel(model)
    columns = Columns(header, fields, settings, "hazard")
    columns.take("area:²;record_date:99999999999999999999;description:120")
    assert [field.name for field in columns.shown()] == ["description"]
