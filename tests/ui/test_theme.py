"""Colours: readable everywhere, in both themes."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPalette

from mingxi_desktop import paths
from mingxi_desktop.ui import icons, style, theme

Role = QPalette.ColorRole
BOTH = pytest.mark.parametrize("of", [theme.LIGHT, theme.DARK], ids=lambda of: of.name)


def test_contrast_of_known_colours() -> None:
    assert theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert theme.contrast("#1F6FB2", "#FFFFFF") == pytest.approx(5.28, abs=0.01)


@BOTH
def test_every_text_is_readable_on_every_ground_it_may_stand_on(of: theme.Theme) -> None:
    for ground, texts in theme.TEXT_ON.items():
        for text in texts:
            ratio = theme.contrast(of.color(text), of.color(ground))
            assert ratio >= 4.5, f"{text} on {ground}: {ratio:.2f}"


@BOTH
@pytest.mark.parametrize("group", list(QPalette.ColorGroup)[:3], ids=lambda group: group.name)
def test_the_palette_is_readable_selected_rows_included(app, of: theme.Theme, group) -> None:
    made = theme.palette(of)
    for text, ground in (
        (Role.WindowText, Role.Window),
        (Role.Text, Role.Base),
        (Role.Text, Role.AlternateBase),
        (Role.PlaceholderText, Role.Base),
        (Role.ButtonText, Role.Button),
        (Role.HighlightedText, Role.Highlight),
        (Role.ToolTipText, Role.ToolTipBase),
        (Role.Link, Role.Base),
    ):
        ratio = theme.contrast(made.color(group, text), made.color(group, ground))
        assert ratio >= 4.5, f"{text.name} on {ground.name}: {ratio:.2f}"


@BOTH
def test_the_style_sheet_has_no_colours_of_its_own(app, of: theme.Theme) -> None:
    source = (paths.resources() / "styles" / "app.qss").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b(?=[^\]]*;)", source)
    filled = style.sheet(of)
    assert "$" not in filled.replace("$name", "")
    assert of.accent in filled


def test_how_numbers_are_sorted_is_seen_above_their_heading(app, qtbot) -> None:
    from PySide6.QtWidgets import QTableWidget, QTableWidgetItem

    table = QTableWidget(1, 1)
    qtbot.addWidget(table)
    heading = QTableWidgetItem("发现数")
    heading.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    table.setHorizontalHeaderItem(0, heading)
    header = table.horizontalHeader()
    header.setFixedHeight(32)
    header.setSortIndicatorShown(True)
    table.show()
    shapes = []
    for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
        header.setSortIndicator(0, order)
        above = (header.height() - header.fontMetrics().height()) // 2
        image = header.viewport().grab(QRect(0, 0, header.sectionSize(0) - 1, above)).toImage()
        places = [(x, y) for x in range(image.width()) for y in range(image.height())]
        shapes.append({place for place in places if image.pixelColor(*place) != image.pixelColor(0, 0)})
    assert all(len(shape) >= 6 for shape in shapes)
    assert shapes[0] != shapes[1]


def test_changing_the_theme_repaints_icons(app, qtbot) -> None:
    from PySide6.QtWidgets import QPushButton

    button = QPushButton("新增")
    qtbot.addWidget(button)
    icons.give(button, "add")

    def darkest() -> int:
        image = button.icon().pixmap(18, 18).toImage()
        seen = [image.pixelColor(x, y) for x in range(18) for y in range(18)]
        return min(color.lightness() for color in seen if color.alpha() > 200)

    light = darkest()
    style.apply(app, "dark")
    assert darkest() > light + 100
    style.apply(app, "light")
    assert darkest() == light


def test_all_icons_draw_in_one_weight(app) -> None:
    assert len(icons.names()) >= 30
    for name in icons.names():
        source = (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        assert 'stroke-width="1.6"' in source
        assert "currentColor" in source
        image = icons.pixmap(name, "accent", 24, 1.5).toImage()
        assert image.width() == 36
        assert any(image.pixelColor(x, y).alpha() > 128 for x in range(36) for y in range(36)), name


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_an_icon_is_drawn_for_the_screen_it_is_on(app, ratio: float) -> None:
    drawn = icons.icon("add").pixmap(QSize(16, 16), ratio)
    assert drawn.devicePixelRatio() == ratio
    assert drawn.toImage() == icons.pixmap("add", size=16, ratio=ratio).toImage()
    assert drawn.width() == round(16 * ratio)
