"""The application: Chinese throughout, our fonts, our look."""

from __future__ import annotations

import re
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLabel, QTreeView

from mingxi_desktop.ui import app_setup, theme


def test_qt_speaks_chinese_and_discard_means_not_saving(app, qtbot) -> None:
    buttons = QDialogButtonBox()
    qtbot.addWidget(buttons)
    kinds = QDialogButtonBox.StandardButton
    texts = [buttons.addButton(kind).text() for kind in (kinds.Save, kinds.Discard, kinds.Cancel)]
    assert texts == ["保存", "不保存", "取消"]
    assert QLocale().monthName(6) == "六月"
    assert QCoreApplication.translate("QMessageBox", "Show Details...") == "显示详情…"


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has its own dialog, and says itself what files are"
)
def test_the_dialog_for_files_where_the_system_has_none_is_chinese(app, qtbot, tmp_path) -> None:
    (tmp_path / "乡镇报表").mkdir()
    (tmp_path / "表.xlsx").touch()
    dialog = QFileDialog(None, "选择", str(tmp_path))
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    dialog.show()
    table = dialog.findChild(QTreeView)
    qtbot.waitUntil(lambda: table.model().rowCount(table.rootIndex()) == 2)
    words = [part.text() for part in dialog.findChildren(QLabel)]
    words += [str(table.model().index(row, 2, table.rootIndex()).data()) for row in range(2)]
    assert len(words) == 5
    assert [word for word in words if not re.search(r"[\u4e00-\u9fff]", word)] == []


def test_own_texts_stay_as_they_are(app) -> None:
    assert QCoreApplication.translate("Form", "隐患") == "隐患"


def test_set_up_twice_changes_nothing(app) -> None:
    again = app_setup.make_application(appearance="light")
    assert again is app
    assert again.palette().color(QPalette.ColorRole.Highlight).name().upper() == theme.LIGHT.accent
    assert again.applicationDisplayName() == "明溪应急台账"


def test_chinese_is_drawn_with_a_chinese_font(app, qtbot) -> None:
    label = QLabel("隐患")
    qtbot.addWidget(label)
    assert QFontInfo(label.font()).pixelSize() == theme.TEXT
    assert set(label.font().families()) >= {"Microsoft YaHei UI", "Noto Sans SC"}


@pytest.mark.qt_log_ignore("Failed to create DirectWrite face")  # Windows says so too
def test_a_file_that_is_no_font_is_logged(app, tmp_path, caplog) -> None:
    file = tmp_path / "x.otf"
    file.write_bytes(b"no font")
    assert app_setup.register_fonts([file]) == []
    assert "font file" in caplog.text
