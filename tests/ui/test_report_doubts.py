"""The list of what must be looked into before a report is signed."""

from __future__ import annotations

import pytest

from mingxi_desktop.ui.report_doubts import ReportDoubts

SENTENCES = ("应急演练次数：没有记录", "拨付资金与争取资金相差 5 万元", "调拨棉被：没有记录")
SPOKEN_OF = {SENTENCES[0]: "drills", SENTENCES[2]: "quilts"}


@pytest.fixture
def doubts(qtbot):
    made = ReportDoubts()
    qtbot.addWidget(made)
    made.went = []
    made.chosen.connect(made.went.append)
    return made


def test_a_line_leads_to_the_number_that_it_speaks_of(doubts) -> None:
    doubts.show_doubts(SENTENCES, SPOKEN_OF)
    assert not doubts.isHidden()
    assert len(doubts) == 3
    assert doubts._title.text() == "▲ 3 处待核"
    for row in range(3):
        doubts.lines.itemClicked.emit(doubts.lines.item(row))
    assert doubts.went == ["drills", "quilts"]


def test_without_doubts_there_is_no_list(doubts) -> None:
    doubts.show_doubts(SENTENCES, SPOKEN_OF)
    doubts.show_doubts((), {})
    assert doubts.isHidden()
    assert len(doubts) == 0
