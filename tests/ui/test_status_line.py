"""The status bar: what has been saved stays to be read, other remarks go after a while."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMainWindow

from mingxi_desktop.ui.status_line import StatusLine


@pytest.fixture
def line(app, qtbot) -> StatusLine:
    window = QMainWindow()
    qtbot.addWidget(window)
    made = StatusLine(window.statusBar())
    made.window = window
    return made


def test_a_remark_goes_after_a_while_and_what_was_saved_stays(line) -> None:
    line.tell("已复制 3 行")
    assert line.news.text() == "已复制 3 行"
    assert line._fading.isActive()
    line.tell("已保存：修改 隐患 2024-0001")
    assert not line._fading.isActive()
    line.tell("已备份")
    line._fading.timeout.emit()
    assert line.news.text() == ""


def test_what_a_page_says_of_itself_can_be_read_where_it_does_not_fit(line) -> None:
    line.say("显示 5 / 共 5 条 <b>")
    assert line.page.text() == line.page.toolTip() == "显示 5 / 共 5 条 <b>"
    line.say("")
    assert line.page.text() == line.page.toolTip() == ""
