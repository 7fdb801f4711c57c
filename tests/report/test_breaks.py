from itertools import pairwise

import pytest

from mingxi_desktop.report.breaks import NO_END, NO_START, breaks, clean, divisible


def pieces(text: str) -> list[str]:
    """The text cut wherever a line may begin."""
    starts = [0, *(place for place, allowed in enumerate(breaks(text)) if allowed), len(text)]
    return [text[start:end] for start, end in pairwise(starts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("隐患1683条", ["隐", "患", "1683", "条"]),
        ("率99.76%；", ["率", "99.76%；"]),
        ("款76.026万元。", ["款", "76.026万元。"]),
        ("在2025年1月23日", ["在", "2025年", "1月", "23日"]),
        ("约400余人", ["约400余", "人"]),
        ("超1，683人", ["超", "1，", "683", "人"]),
        ("达９９．７６％", ["达", "９９．７６％"]),
        ("自2022—2024年", ["自", "2022—2024年"]),
        ("“格美”来", ["“格", "美”", "来"]),
        ("（一）甲", ["（一）", "甲"]),
        ("完——了……吗", ["完——", "了……", "吗"]),
        ("A&B公司", ["A&B", "公", "司"]),
        ("to be 是", ["to ", "be ", "是"]),
    ],
)
def test_what_stays_together(text, expected):
    assert pieces(text) == expected


@pytest.mark.parametrize("sign", sorted(NO_START - set("%,.;:?!)]}")))
def test_no_line_begins_with_a_closing_sign(sign):
    assert not breaks(f"字{sign}字")[1]


@pytest.mark.parametrize("sign", sorted(NO_END))
def test_no_line_ends_with_an_opening_sign(sign):
    assert not breaks(f"字{sign}字")[2]


def test_long_words_may_be_divided_but_no_number():
    places = divisible("见http://a.example/report2024")
    assert any(places)
    assert not any(places[-3:])
    assert not any(divisible("1234567890123456789"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲\t乙\r\n丙", "甲乙丙"),
        ("report\n2024", "report 2024"),
        ("甲\x00\x07\x1b乙", "甲乙"),
        ("零\u200b宽\u202e转\ufeff", "零宽转"),
        ("<img src='/etc/hostname'/>&amp;", "<img src='/etc/hostname'/>&amp;"),
        ("孤\ud800代", "孤代"),
        ("𬭎㙟", "𬭎㙟"),
    ],
)
def test_text_is_made_fit_to_print(text, expected):
    assert clean(text) == expected
