"""Where bars stand: inside the picture, in proportion, and where a click finds them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mingxi_desktop.charts.data import ChartData, ChartKind, Series, amount_text
from mingxi_desktop.charts.layout import (
    fill_of,
    height_mm,
    in_lines,
    layout_of,
    legend_of,
    shortened,
    spots,
    text_mm,
)
from mingxi_desktop.charts.style import IN_REPORT, STANDALONE, Look

MONTHS = tuple(f"{month}月" for month in range(1, 13))


def chart(kind: ChartKind, *rows: tuple, names: tuple[str, ...] = MONTHS) -> ChartData:
    series = tuple(Series(f"第{place}行", row) for place, row in enumerate(rows))
    return ChartData("example", "示例", kind, names[: len(rows[0])], series, "条")


CHARTS = [
    chart(ChartKind.GROUPED, tuple(range(100, 220, 10)), tuple(range(90, 210, 10))),
    chart(ChartKind.BAR, (5, None, 0)),
    chart(ChartKind.HBAR, (2188, 640, 200), names=("6.9-6.18暴雨洪涝", "3号台风“格美”", "8.21暴雨洪涝")),
    chart(ChartKind.HBAR, (1,), names=("非常" * 30,)),
]


@pytest.mark.parametrize("data", CHARTS)
@pytest.mark.parametrize("look", [STANDALONE, IN_REPORT, Look(width=80, height=50)])
def test_bars_stay_inside_and_keep_proportion(data, look):
    layout = layout_of(data, look)
    lengths = {}
    for series, row in enumerate(data.series):
        for category, value in enumerate(row.values):
            box = layout.bar(series, category)
            assert box.x >= 0
            assert box.y >= 0
            assert box.x + box.width <= layout.width
            assert box.y + box.height <= layout.height
            lengths[float(value or 0)] = box.width if layout.lying else box.height
    longest = max(lengths)
    for value, length in lengths.items():
        assert length == pytest.approx(lengths[longest] * value / longest)


@pytest.mark.parametrize("data", CHARTS)
def test_every_bar_has_a_spot_of_its_own(data):
    found = list(spots(data, STANDALONE))
    assert len(found) == len(data.series) * len(data.categories)
    for spot in found:
        assert 0 <= spot.left < spot.right <= 1
        assert 0 <= spot.top < spot.bottom <= 1
    for one in found:
        for other in found:
            if one is not other:
                apart = one.right <= other.left + 1e-9 or other.right <= one.left + 1e-9
                assert apart or one.bottom <= other.top + 1e-9 or other.bottom <= one.top + 1e-9


def test_lying_bars_go_from_the_top_down():
    tops = [spot.top for spot in spots(CHARTS[2], IN_REPORT)]
    assert tops == sorted(tops)


def test_labels_wider_than_their_bars_are_turned():
    assert not layout_of(CHARTS[0], IN_REPORT).turned
    wide = chart(ChartKind.GROUPED, *[(123456,) * 12] * 3)
    assert layout_of(wide, IN_REPORT).turned


def test_height_follows_the_number_of_lying_bars():
    ten = chart(ChartKind.HBAR, tuple(range(10, 0, -1)))
    assert height_mm(ten, IN_REPORT) > height_mm(CHARTS[2], IN_REPORT)
    assert height_mm(ten, Look(height=42)) == 42


def test_amounts():
    assert amount_text(None) == "—"
    assert amount_text(0) == "0"
    assert amount_text(1683) == "1683"
    assert amount_text(Decimal("76.0260")) == "76.026"
    assert amount_text(Decimal("1E+2")) == "100"


def test_long_names_are_cut_with_an_ellipsis():
    cut = shortened("很长的名称" * 10, 9, 30)
    assert cut.endswith("…")
    assert text_mm(cut, 9) <= 30


def test_series_must_fit_the_categories():
    with pytest.raises(ValueError, match="does not fit"):
        ChartData("a", "", ChartKind.BAR, ("一", "二"), (Series("", (1,)),))


def test_keys():
    data = ChartData(
        "a", "", ChartKind.BAR, ("一", "二"), (Series("", (1, 2), ("x", "y")), Series("", (1, 2)))
    )
    assert data.key(0, 1) == "y"
    assert data.key(1, 1) is None
    assert data.series[0].total == 3


def test_long_names_below_bars_are_broken_evenly():
    assert in_lines("县直", 9, 20) == ("县直",)
    assert in_lines("夏阳民族乡", 9, 11) == ("夏阳民", "族乡")
    last = in_lines("非常" * 12, 9, 9)
    assert len(last) == 4
    assert last[-1].endswith("…")


def test_what_was_entered_is_told_apart_by_a_hatch_and_a_word():
    years = ("2022年", "2023年")
    row = Series("隐患", (5, 8), apart=(0,), apart_name="期初登记")
    data = ChartData("years:a", "两年", ChartKind.BAR, years, (row,), "条")
    assert [mark.name for mark in legend_of(data)] == ["按台账记录", "期初登记"]
    fills = [STANDALONE.style.fill(fill_of(data, 0, place)) for place in (0, 1)]
    assert fills[0][1] != fills[1][1], "not by colour alone"


def test_a_chart_with_neither_unit_nor_legend_has_no_empty_row():
    with_unit = chart(ChartKind.HBAR, (1, 2))
    without = ChartData("a", "b", ChartKind.HBAR, with_unit.categories, with_unit.series)
    assert height_mm(without, STANDALONE) < height_mm(with_unit, STANDALONE)
