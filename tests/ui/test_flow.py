"""The row of buttons that breaks where it must, and measures anew when something in it changes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton, QWidget

from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.shapes import thousands, thousands_within, without_mnemonic


@pytest.fixture
def row(app, qtbot) -> tuple[QWidget, list[QPushButton]]:
    holder = QWidget()
    qtbot.addWidget(holder)
    buttons = [QPushButton(text, holder) for text in ("导入", "导出", "打印", "回收站")]
    holder.setLayout(flow(buttons[:3], buttons[3:]))
    holder.resize(900, 100)
    holder.show()
    return holder, buttons


def heights(buttons: list[QPushButton]) -> list[int]:
    QCoreApplication.processEvents()
    return sorted({button.y() for button in buttons if button.isVisible()})


def test_one_line_where_there_is_room_and_more_where_not(row) -> None:
    holder, buttons = row
    assert len(heights(buttons)) == 1
    assert buttons[3].geometry().right() == holder.width() - 1
    holder.resize(buttons[0].width() * 2 + 20, 200)
    assert len(heights(buttons)) > 1


def test_what_was_measured_does_not_outlive_a_change(row) -> None:
    holder, buttons = row
    holder.resize(sum(button.width() for button in buttons) + 30, 100)
    assert len(heights(buttons)) == 1
    buttons[0].setText("导入乡镇报来的表")
    assert len(heights(buttons)) == 2
    buttons[1].hide()
    buttons[0].setText("导入")
    assert len(heights(buttons)) == 1
    assert buttons[2].x() < buttons[1].geometry().right() + buttons[1].width()


def test_numbers_and_texts_for_the_screen() -> None:
    assert [thousands(text) for text in ("1502", "+2503.5", "-1200", "99.76%", "745")] == [
        "1,502", "+2,503.5", "-1,200", "99.76%", "745",
    ]  # fmt: skip
    assert thousands("2024-06-09..2024-06-18") == "2024-06-09..2024-06-18"
    assert thousands("2024年6月") == "2024年6月"
    assert thousands_within("2023年15020条，上升12.0512%") == "2023年15,020条，上升12.0512%"
    assert thousands_within("2023年2024.5万元，2024年为零") == "2023年2,024.5万元，2024年为零"
    assert without_mnemonic("文件(&F)") == "文件"
