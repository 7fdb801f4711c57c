"""Plain tables of texts."""

from __future__ import annotations

from mingxi_desktop.ui.listing import Line, ListColumn, Listing


def test_columns_of_short_texts_leave_their_room_to_the_one_without_a_width(app, qtbot) -> None:
    listing = Listing("名单", (ListColumn("名称", 200), ListColumn("别的写法"), ListColumn("说明", 90)))
    qtbot.addWidget(listing)
    listing.resize(600, 200)
    listing.show()
    metrics = listing.fontMetrics()
    listing.set_lines([Line(("雪峰镇", "雪峰、雪峰镇人民政府", "")), Line(("县直", "县级", ""))])
    listing.tighten(0, 2)
    name, other, note = (listing.columnWidth(place) for place in range(3))
    assert metrics.horizontalAdvance("雪峰镇") < name < 90
    assert metrics.horizontalAdvance("说明") < note < 90
    assert name + other + note == listing.viewport().width()
    listing.set_lines([Line(("明溪县" * 20, "", "说明" * 20))])
    listing.tighten(0, 2)
    assert (listing.columnWidth(0), listing.columnWidth(2)) == (200, 90), "never wider than declared"
