from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.report import fonts, grid
from mingxi_desktop.report.breaks import NO_END, NO_START, breaks
from mingxi_desktop.report.letters import Text, Typesetter
from mingxi_desktop.report.lines import balanced, compose
from mingxi_desktop.report.model import Run

SETTER = Typesetter(fonts.resolve(bundled_only=True))
NEARLY = 0.02
REPORT_LIKE = st.lists(
    st.one_of(
        st.text("应急管理工作安全生产责任落实", min_size=1, max_size=30),
        st.sampled_from(["，", "。", "；", "、", "”", "“", "（", "）", "——", "……", "％", " "]),
        st.sampled_from(["1683", "99.76%", "76.026万元", "2024年", "400余", "A&B", "GB/T 9704-2012", "3号"]),
    ),
    max_size=60,
).map("".join)


def text(chars: str, role: str = "body", size: float = grid.BODY_SIZE) -> Text:
    return SETTER.text([Run(chars)], [role], size)


def ink_end(line):
    """Where the line's last letter may have black at the most."""
    letter = line.letters[-1]
    natural = letter.natural * letter.stretch
    return line.places[-1] + min(
        letter.shift + natural, letter.width - (0 if letter.opens else letter.squeeze)
    )


def test_a_line_of_chinese_alone_has_28_characters_in_their_cells():
    lines = compose(text("应急管理工作事关人民群众" * 10), grid.WIDTH)
    assert [len(line.letters) for line in lines] == [28, 28, 28, 28, 8]
    assert lines[0].places == pytest.approx([cell * grid.CELL for cell in range(28)])


def test_the_first_line_is_indented_by_two_characters():
    first, second = compose(text("应" * 54), grid.WIDTH, 2 * grid.CELL)
    assert (len(first.letters), len(second.letters)) == (26, 28)
    assert first.places[0] == pytest.approx(2 * grid.CELL)


def test_a_comma_that_would_begin_a_line_is_taken_into_the_line_before():
    first, second = compose(text("应" * 28 + "，" + "急" * 5), grid.WIDTH)
    assert first.text == "应" * 28 + "，"
    assert second.text == "急" * 5
    assert ink_end(first) <= grid.WIDTH + NEARLY


def test_a_line_with_a_number_is_spread_to_the_full_measure():
    first = compose(
        text("全年排查问题隐患1683条，已整改1679条，整改率99.76%；作出行政处罚195次"), grid.WIDTH
    )[0]
    assert first.width == pytest.approx(grid.WIDTH, abs=NEARLY)
    digits = [place for place, letter in enumerate(first.letters) if letter.char.isdigit()]
    for place, after in pairwise(digits):
        if after == place + 1:
            letter = first.letters[place]
            assert first.places[after] - first.places[place] == pytest.approx(letter.width)


def test_a_number_too_long_for_the_rest_of_a_line_goes_to_the_next_whole():
    lines = compose(text("应" * 26 + "76.026万元"), grid.WIDTH)
    assert [line.text for line in lines] == ["应" * 26, "76.026万元"]


def test_a_word_wider_than_the_measure_is_broken_after_all():
    lines = compose(text("1" * 200), grid.WIDTH)
    assert "".join(line.text for line in lines) == "1" * 200
    assert all(line.width <= grid.WIDTH + NEARLY for line in lines)


def test_a_title_of_two_lines_is_balanced():
    lines = balanced(
        text("明溪县应急管理局关于二〇二四年度安全生产和防灾减灾救灾工作情况的报告", "title", 22), grid.WIDTH
    )
    assert len(lines) == 2
    assert abs(len(lines[0].letters) - len(lines[1].letters)) <= 2


@given(REPORT_LIKE)
def test_nothing_is_lost_and_the_rules_hold(chars):
    words = text(chars)
    lines = compose(words, grid.WIDTH, 2 * grid.CELL)
    assert "".join(line.text for line in lines).replace(" ", "") == words.chars.replace(" ", "")
    legal = breaks(words.chars)
    start = 0
    for line, after in pairwise(lines):
        assert after.text[0] not in NO_START or not any(legal[start + 1 : start + len(line.text) + 1])
        assert line.text[-1] not in NO_END or not any(legal[start + 1 : start + len(line.text) + 1])
        start = words.chars.index(after.text, start + len(line.text))
    for line in lines:
        assert line.width <= grid.WIDTH + NEARLY
        assert all(place >= -grid.CELL / 2 for place in line.places)
        assert all(left < right for left, right in pairwise(line.places))


@given(REPORT_LIKE, st.floats(30, 120))
def test_narrow_cells_hold_their_text(chars, measure):
    words = text(chars, "song", 9)
    for line in compose(words, measure, justify=False):
        assert line.width <= measure + NEARLY or len(line.letters) == 1
