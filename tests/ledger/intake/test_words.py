from __future__ import annotations

import pytest

from mingxi_desktop.ledger.intake.words import level_of_heading, level_said, one_word

LEVELS = {"一般": "一般", "重大": "重大", "较大": "重大"}


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("2024年盖洋镇重大事故隐患台账", "重大"),
        ("重大隐患排查整治清单", "重大"),
        ("一般隐患（6月）", "一般"),
        ("重大事故隐患专项排查整治2024行动统计表", None),
        ("重大活动期间隐患排查台账", None),
        ("一般隐患和重大隐患台账", None),
        ("隐患台账", None),
    ],
)
def test_the_level_of_a_title(title, level):
    assert level_said(LEVELS, title) == level


@pytest.mark.parametrize(
    ("heading", "level"),
    [("一、重大隐患", "重大"), ("(二)一般事故隐患", "一般"), ("重大(2条)", "重大"), ("一般", "一般"),
     ("一、盖洋镇", None), ("重大活动保障", None)],
)  # fmt: skip
def test_the_level_of_a_heading(heading, level):
    assert level_of_heading(LEVELS, heading) == level


def test_the_longest_word_counts():
    assert one_word({"演练": "甲", "应急演练": "乙"}, "2024年应急演练") == "乙"
    assert one_word({"演练": "甲", "培训": "乙"}, "演练和培训") is None
