from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.ledger.intake import nil

NOTHING = (
    "无 / 零报告 零报 零报告（6月） 未发现 没有发现 未发现问题 本月未发现隐患 5月份无隐患 六月份未发生事故 "
    "无新增隐患 未排查出隐患 暂无隐患 暂未发现隐患 经排查，未发现安全隐患。 现场检查未发现问题 零隐患 本月无 "
    "本季度无 无安全隐患 无重大隐患 未发现明显隐患 未见异常 未发现隐患，一切正常 未发现违法违规行为 "
    "未发现安全隐患和问题"
).split()
SOMETHING = (
    "隐患 1号楼 未装护栏 无台账 无证上岗 无人值守 无应急预案 无安全出口标识 无隐患排查记录 无问题清单 "
    "无消防安全培训 没有护栏 未发现台账记录 未发现特种作业证 未见检查记录 未落实 未检查 未开展应急演练 "
    "未组织安全培训 零星用电不规范 0号罐渗漏 安全隐患 未发现隐患，但灭火器过期 无重大隐患，存在灭火器过期 "
    "有异常 检查情况 正常"
).split()
NOT_HELD = (
    "未开展 本月未开展演练 未组织应急演练 本月未召开 本月未召开会议 本月无行政处罚案件 无案件 未举办 "
    "本月无培训 无 零报告"
).split()
HELD = "应急演练 无脚本演练 无人机培训 零距离宣传 未成年人防溺水宣传 会议 正常 无偿献血活动".split()


@pytest.mark.parametrize("text", NOTHING)
def test_words_for_nothing_found(text):
    assert nil.says_nothing(text)


@pytest.mark.parametrize("text", SOMETHING)
def test_words_for_something_found(text):
    assert not nil.says_nothing(text)


@pytest.mark.parametrize("text", ["未培训", "未演练", "未开展应急演练", "未组织培训"])
def test_what_was_not_held_may_be_an_offence(text):
    assert nil.says_nothing(text, "title")
    assert not nil.says_nothing(text, "cause")
    assert not nil.says_nothing(text)


def test_what_was_not_held_is_none():
    assert [text for text in NOT_HELD if not nil.says_nothing(text, "title")] == []
    assert [text for text in HELD if nil.says_nothing(text, "title")] == []


@given(st.lists(st.sampled_from([*NOTHING, *SOMETHING, "", None])))
def test_whether_one_of_many_texts_says_nothing(texts: list[str | None]):
    assert nil.one_says_nothing(texts) == any(map(nil.says_nothing, texts))
