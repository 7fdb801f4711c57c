"""Where the form stands when another record comes into it."""

from __future__ import annotations

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ui.record_panel import RecordPanel
from tests.ui.small import rest


def test_a_new_record_begins_at_the_top_and_others_keep_their_place(context, shown, qtbot) -> None:
    made = RecordPanel(context, kind_of("hazard"))
    shown(made, 520, 320)
    made.show_record(1)
    rest(context.worker)
    bar = made.form._scroll.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1)
    bar.setValue(bar.maximum() // 2)
    place = bar.value()
    assert place > 0
    made.show_record(2)
    rest(context.worker)
    assert bar.value() == place
    made.form.inputs["record_date"].editor.setFocus()
    bar.setValue(place)
    made.start_new()
    rest(context.worker)
    assert bar.value() == 0
