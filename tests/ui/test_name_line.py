"""Names of files are as long as people like; the window is not."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.ui.name_line import NameLine

LONG = f"关于报送2024年6月份{'安全生产隐患排查整治' * 8}情况的报告.xlsx"


def test_a_long_name_makes_no_window_wide(app, qtbot) -> None:
    window = QWidget()
    line = NameLine("title")
    QVBoxLayout(window).addWidget(line)
    qtbot.addWidget(window)
    window.show()
    line.setText(LONG)
    window.resize(300, 60)
    qtbot.waitUntil(lambda: line.width() < 300)
    assert window.minimumSizeHint().width() < 200
    assert line.text() == line.toolTip() == LONG
    line.setText("盖洋镇.xlsx")
    assert not line.toolTip()
