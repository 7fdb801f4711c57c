"""Plain tables of texts."""

from __future__ import annotations

from PySide6.QtWidgets import QStyle

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


def test_a_number_is_never_cut(app, qtbot) -> None:
    listing = Listing(
        "表", (ListColumn("说明"), ListColumn("可导入", 60, right=True), ListColumn("行", 60, right=True))
    )
    qtbot.addWidget(listing)
    listing.resize(600, 200)
    listing.show()
    listing.set_lines([Line(("", "12", "2～9"))])
    assert (listing.columnWidth(1), listing.columnWidth(2)) == (60, 60)
    number = "1,100,000"
    listing.set_lines([Line(("", "12", "3")), Line(("", number, "2、3、4、5、6、7、8、9"))])
    room = listing.visualRect(listing.model().index(1, 1)).width() - 2 * listing.style().pixelMetric(
        QStyle.PixelMetric.PM_FocusFrameHMargin, None, listing
    )
    assert room > listing.fontMetrics().horizontalAdvance(number)
    assert listing.columnWidth(2) == 60, "a text is still cut"


def test_no_strip_is_left_where_the_column_for_the_rest_is_left_out(app, qtbot) -> None:
    columns = (
        ListColumn("日期", 52),
        ListColumn("类型", 76),
        ListColumn("对方", optional=True),
        ListColumn("出", 50),
    )
    table = Listing("收发", columns)
    qtbot.addWidget(table)
    table.set_lines([Line(("06-09", "调拨", "盖洋镇", "3"), 1)])
    table.resize(700, 200)
    table.show()
    header, width = table.horizontalHeader(), table.columnWidth(1)
    assert header.length() == table.viewport().width()
    table.resize(240, 200)
    assert table.isColumnHidden(2)
    assert header.length() == table.viewport().width()
    table.resize(700, 200)
    assert not table.isColumnHidden(2)
    assert (header.length(), table.columnWidth(1)) == (table.viewport().width(), width)
