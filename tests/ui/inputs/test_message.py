"""What is said beside an input takes the room it needs, and no more."""

from __future__ import annotations

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ui.inputs import Sources, make_input


def test_a_short_message_takes_one_line_whatever_was_said_before(app, qtbot) -> None:
    made = make_input(kind_of("hazard").field("record_date"), Sources())
    qtbot.addWidget(made)
    made.resize(280, 120)
    made.show()
    two = 2 * made.fontMetrics().lineSpacing() - 4
    made.set_error("“6-31”没有这一天，2024年6月只有30天，请写这个月里的一天")
    qtbot.waitUntil(lambda: made._message._text.height() > two)
    made.set_error("没有年份，按2024年", "info")
    qtbot.waitUntil(lambda: made._message._text.height() < two)
