"""Tables on paper: every row once and in order, the header on each page, nothing cut, nothing outside the margins."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import NamedTuple

import pypdfium2
import pytest

from mingxi_desktop.report.table_pages.model import READABLE, SIZES, Column, Look, Section, Table
from mingxi_desktop.report.table_pages.press import TablePress
from mingxi_desktop.report.table_pages.sheet import ABOVE, BELOW, BESIDE, FOOT

WORDS = "配电箱未接地，疏散通道堆放杂物；责令2024年6月30日前整改到位（约谈企业负责人）。"
COLUMNS = (
    Column("编号", width=80),
    Column("单位/场所", width=150),
    Column("隐患描述", width=220),
    Column("罚款", "元", 90, right=True),
)


class Char(NamedTuple):
    """A character on a page and its box from the page's bottom left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


def row(number: int, words: int = 1) -> tuple[str, ...]:
    return (f"2024-{number:04d}", f"第{number}厂", WORDS * words, f"{number * 1234:,}")


def table(rows, columns=COLUMNS, **more) -> Table:
    return Table(
        "2024年隐患台账",
        "乡镇：盖洋镇；搜索“消防”",
        "明溪县应急管理局",
        "打印日期：2024-12-31",
        columns,
        rows,
        **more,
    )


@pytest.fixture
def made(bundled):
    """The pages of a table, each as its characters."""

    def make(given: Table, look: Look = Look()):  # noqa: B008
        printed = TablePress(given, bundled).render(look)
        return printed, characters(printed.rendered.pdf)

    return make


def characters(pdf: bytes) -> list[list[Char]]:
    document = pypdfium2.PdfDocument(pdf)
    pages = []
    for sheet in document:
        words = sheet.get_textpage()
        text = words.get_text_range()
        pages.append([Char(text[n], *words.get_charbox(n)) for n in range(len(text)) if text[n].strip()])
        words.close()
        sheet.close()
    document.close()
    return pages


def text(page: list[Char]) -> str:
    return "".join(char.text for char in page)


@pytest.mark.parametrize("look", [Look(), Look(landscape=False), Look(paper="A3", size=SIZES["大"])])
def test_every_row_is_there_once_in_order_under_the_header_and_within_the_margins(made, look) -> None:
    rows = [row(number, 1 + number % 4) for number in range(1, 121)]
    printed, pages = made(table(rows, totals={3: "8,959,000"}), look)
    assert printed.rendered.pages == len(pages) > 1
    assert not printed.rendered.warnings
    assert text(pages[0]).startswith("2024年隐患台账乡镇：盖洋镇；搜索“消防”明溪县应急管理局")
    whole = "".join(text(page) for page in pages)
    places = [whole.index(code) for code, *_ in rows]
    assert places == sorted(places)
    assert whole.count(WORDS) == sum(1 + number % 4 for number in range(1, 121))
    assert all(whole.count(code) == 1 for code, *_ in rows)
    assert whole.count("合计8,959,000") == 1
    width, height = look.page
    for number, page in enumerate(pages, 1):
        said = text(page)
        for column in COLUMNS:
            assert column.header in said
        assert f"第{number}页共{len(pages)}页" in said
        feet = [char for char in page if char.bottom < BELOW]
        assert all(char.bottom > FOOT - 4 for char in feet)
        assert all(BESIDE <= char.left <= char.right <= width - BESIDE for char in page)
        assert all(char.top <= height - ABOVE for char in page)
        # No row is parted: its last cell stands on the page of its first one.
        assert all((code in said) == (money in said) for code, _, _, money in rows[2:])


def test_numbers_stand_at_the_right_and_texts_at_the_left(made) -> None:
    _, (page,) = made(table([("甲", "乙", "短", "1"), ("甲甲", "乙乙", "也短", "1,234,567.5")]))
    found = text(page)
    short, long = found.index("短1甲甲") + 1, found.index("1,234,567.5") + len("1,234,567.5") - 1
    assert page[short].right == pytest.approx(page[long].right, abs=0.6)
    assert page[found.index("甲乙短")].left == pytest.approx(page[found.index("甲甲乙乙")].left, abs=0.6)


def test_long_texts_wrap_within_their_column(made) -> None:
    long = "https://www.example.gov.cn/a/very/long/address/without/any/blank/in/it/at/all/2024/06/index.html"
    columns = [Column(f"列{number}", width=60) for number in range(9)]
    rows = [(WORDS, long, "1,234,567,890.12", *"丙丁戊己庚辛")]
    printed, (page,) = made(table(rows, columns), Look(landscape=False))
    said = text(page)
    assert WORDS in said
    assert long in said
    assert "1,234,567,890.12" in said
    number = page[said.index("1,234,567") : said.index("890.12") + 6]
    assert max(char.bottom for char in number) - min(char.bottom for char in number) < printed.size / 2
    after = page[said.index("丙丁")].left
    assert all(char.right < after for char in number)


def test_a_row_higher_than_a_page_goes_on_on_the_next(made) -> None:
    rows = [row(1), row(2, 150), row(3)]
    _, pages = made(table(rows))
    assert len(pages) > 2
    body = "".join(text(page) for page in pages)
    for part in ("2024年隐患台账第", "打印日期：2024-12-31", "编号单位/场所隐患描述罚款（元）"):
        body = body.replace(part, "")
    assert sum(text(page).count("责令") for page in pages) == 152
    assert body.index("2024-0001") < body.index("2024-0002") < body.index("2024-0003")


def test_groups_have_headings_with_subtotals_that_go_on_and_never_stand_alone(made) -> None:
    rows = [row(number) for number in range(1, 91)]
    sections = (
        Section("盖洋镇", 0, 60, 0, {3: "111"}),
        Section("一般", 0, 57, 1, {3: "99"}),
        Section("重大", 57, 3, 1, {3: "12"}),
        Section("沙溪乡", 60, 30, 0, {3: "222"}, closed=True),
        Section("一般", 60, 30, 1, {3: "222"}),
    )
    _, pages = made(table(rows, sections=sections, totals={3: "333"}))
    whole = "".join(text(page) for page in pages)
    assert "盖洋镇（60条）111" in whole
    assert "一般（57条）99" in whole
    assert "沙溪乡（30条）222合计333" in whole
    _, (page,) = made(replace(table(rows[:3], sections=(Section("甲", 0, 3),)), counted="处"))
    assert "甲（3处）" in text(page)
    assert "2024-0061" not in whole
    assert all(f"2024-{number:04d}" in whole for number in range(1, 61))
    assert "盖洋镇·一般（续）2024-" in text(pages[1])
    for size in (20, 21, 22, 23, 24, 25, 26):
        given = table(rows[: size + 1], sections=(Section("甲", 0, size), Section("乙", size, 1)))
        for page in made(given)[1]:
            assert not text(page).split("2024年隐患台账第")[0].endswith("条）")


def test_a_label_without_room_beside_a_sum_stands_above_it(made) -> None:
    columns = [Column("数量", width=30, right=True), *COLUMNS]
    rows = [(str(number), *row(number)) for number in range(3)]
    sections = (Section("很长的一组的名称", 0, 3, 0, {0: "3"}),)
    _, (page,) = made(table(rows, columns, sections=sections, totals={0: "3"}))
    assert "很长的一组的名称（3条）3" in text(page)


def test_fitting_makes_the_type_smaller_and_says_when_it_is_too_small(made) -> None:
    def of(count: int, look: Look = Look()):  # noqa: B008
        columns = [Column(f"第{number}列", width=80) for number in range(count)]
        return made(table([("2024-06-09",) * count] * 3, columns), look)[0]

    assert of(9).size == SIZES["中"]
    assert READABLE < of(18).size < SIZES["中"]
    small = of(30)
    assert small.size < READABLE
    assert small.left_out == ()
    (said,) = small.rendered.warnings
    assert f"{small.size:.1f} 磅" in said
    assert "用 A3 纸" in said
    assert "横向" not in said
    assert not of(27, Look(paper="A3")).rendered.warnings
    assert "改成横向" in of(30, Look(landscape=False)).rendered.warnings[0]


def test_columns_that_find_no_room_at_a_size_are_named_on_screen_and_on_paper(made) -> None:
    columns = [Column(f"第{number}列", width=80) for number in range(20)]
    printed, pages = made(table([("2024-06-09",) * 20], columns), Look(size=SIZES["大"]))
    assert printed.size == SIZES["大"]
    names = "、".join(printed.left_out)
    assert names.endswith("第18列、第19列")
    assert names in printed.rendered.warnings[0]
    assert f"未印{len(printed.left_out)}列：{names}" in text(pages[0])
    assert text(pages[0]).count("2024-06-09") == 20 - len(printed.left_out)


def test_texts_are_literal_and_the_same_table_gives_the_same_bytes(bundled, made) -> None:
    rows = [("<b>粗</b>", "&amp;%s{x}", "第一行\n第二行\t（完）", "\u200b12")]
    given = table(rows)
    printed, (page,) = made(given)
    assert "<b>粗</b>&amp;%s{x}第一行第二行（完）12" in text(page)
    lines = {char.text: char.bottom for char in page}
    assert lines["一"] - lines["二"] > printed.size
    assert TablePress(given, bundled).render(Look()).rendered.pdf == printed.rendered.pdf


def test_progress_is_told_and_can_stop_the_work(bundled) -> None:
    class Stopped(Exception):  # noqa: N818
        pass

    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) == 4:
            raise Stopped

    press = TablePress(table([row(number) for number in range(2_000)]), bundled)
    with pytest.raises(Stopped):
        press.render(Look(), progress)
    press.render(Look(), lambda *now: told.append(now))
    assert all(before[0] <= after[0] for before, after in itertools.pairwise(told[4:]))
    assert {total for _, total in told} == {6_000}
