import pytest

from mingxi_desktop.report import grid
from mingxi_desktop.report.model import Run, Table, paragraph
from tests.report import measure

HEADER = ("序号", "乡镇", "隐患")


def table(count: int, text: str = "消防通道堵塞", **more) -> Table:
    rows = tuple((str(row + 1), "雪峰镇", text) for row in range(count))
    return Table(HEADER, rows, (1, 2, 6), **more)


def texts(result):
    return [measure.page_text(result.pdf, page) for page in range(1, result.pages + 1)]


def test_the_header_is_repeated_on_every_page(set_text):
    result = set_text(paragraph("如下。"), table(60, caption="表1 隐患清单"))
    assert result.pages == 3
    for text in texts(result):
        assert "序号" in text
        assert "隐患" in text
    assert sum(text.count("表1 隐患清单") for text in texts(result)) == 1


def test_no_row_is_lost_or_told_twice(set_text):
    text = "\n".join(texts(set_text(table(100))))
    assert text.count("雪峰镇") == 100


def test_a_table_is_as_wide_as_the_type_area_and_stays_in_it(set_text):
    mask = measure.ink(set_text(table(60)).pdf, 1)
    left, right = measure.sides(mask, 30, 263)
    assert left == pytest.approx(28, abs=0.5)
    assert right == pytest.approx(184, abs=0.3)
    assert measure.bands(mask)[-1][1] <= 262.5


def test_long_texts_wrap_within_their_column(set_text):
    result = set_text(table(3, "厂房二层安全出口被杂物占用，" * 8))
    assert measure.sides(measure.ink(result.pdf, 1), 30, 263)[1] <= 184.3
    assert "".join(texts(result)).replace("\n", "").count("厂房二层安全出口被杂物占用") >= 3


def test_a_row_higher_than_a_page_is_parted(set_text):
    result = set_text(table(2, "厂房二层安全出口被杂物占用，" * 200))
    assert result.pages > 2
    together = "".join(texts(result)).replace("\n", "")
    assert together.count("厂") == 400
    assert all("乡镇" in text for text in texts(result))


def test_the_caption_stays_with_the_first_rows(set_text):
    for before in (19, 20, 21, 22):
        result = set_text(*[paragraph("短句。")] * before, table(3, caption="表1 隐患清单"))
        page = next(text for text in texts(result) if "表1" in text)
        assert page.count("雪峰镇") >= 2


def test_columns_grow_for_their_numbers(set_text):
    dates = Table(("日期", "隐患"), (("2024-06-18", "消防通道堵塞"),), (1, 20))
    result = set_text(dates)
    assert "2024-06-18" in texts(result)[0]
    assert not result.warnings


def test_a_number_without_room_is_named(set_text):
    narrow = Table(tuple("甲乙丙丁戊己庚辛壬癸"), (("12345678901234",) * 10,), (1,) * 10, caption="表2")
    warnings = set_text(narrow).warnings
    assert len(warnings) == 10
    assert "表2" in warnings[0]
    assert "“甲”列太窄" in warnings[0]


def test_text_after_a_table_is_on_the_grid_again(set_text):
    result = set_text(table(3), paragraph("应急管理"))
    top, bottom = measure.bands(measure.ink(result.pdf, 1))[-1]
    line = ((top + bottom) / 2 - 37 - grid.CELL / grid.MM / 2) / (grid.PITCH / grid.MM)
    assert line == pytest.approx(round(line), abs=0.08)


def test_a_table_without_rows_shows_its_header(set_text):
    assert "乡镇" in texts(set_text(Table(HEADER, (), (1, 2, 6))))[0]


def test_numbers_in_cells_have_spots(set_text):
    result = set_text(Table(("数",), (((Run("1683", "found"), Run("条")),),), (1,)))
    [spot] = result.spots
    assert (spot.indicator, spot.text) == ("found", "1683")


def test_rows_must_have_all_columns(set_text):
    with pytest.raises(ValueError, match="2 cells in a table of 3"):
        set_text(Table(HEADER, (("1", "雪峰镇"),), (1, 2, 6)))
