"""Normal forms of text, names and headers."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.domain.names import fold_width, header_key, normal_name, tidy, tidy_all, valid_uscc


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("\u3000雪峰镇\u3000", "雪峰镇"),
        ("盖洋镇\xa0", "盖洋镇"),
        ("\u200b宏盛木业\ufeff", "宏盛木业"),
        ("回车\r\n换行", "回车\n换行"),
        ("制表\t符", "制表\t符"),
        ("控\x00制\x07符", "控制符"),
        ("ＡＢＣ加油站", "ＡＢＣ加油站"),
        ("中 间", "中 间"),
        ("a\ud800b", "ab"),
    ],
)
def test_text_is_stored_tidy(raw, stored):
    assert tidy(raw) == stored


@given(st.text())
def test_tidy_text_stays_as_it_is(text):
    once = tidy(text)
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")


def test_width():
    assert fold_width("ＡＢＣ１２３（％）　，￥") == "ABC123(%) ,¥"


def test_names_of_the_same_enterprise_are_equal():
    assert normal_name("宏盛木业有限公司") == normal_name("宏盛木业")
    assert normal_name("明溪（福建）木业有限责任公司") == normal_name("明溪(福建) 木业有限公司")
    assert normal_name("ＡＢＣ加油站") == normal_name("abc加油站")


def test_names_of_different_enterprises_are_not():
    assert normal_name("明溪县宾馆") != normal_name("宾馆")
    assert normal_name("宏盛木业股份有限公司") != normal_name("宏盛木业有限公司")
    assert normal_name("有限公司")


def test_credit_codes():
    assert valid_uscc("91330100799655058B")
    assert valid_uscc(" ９１３３０１００７９９６５５０５８b ")
    assert not valid_uscc("91330100799655058C")
    assert not valid_uscc("91330100799655085B")
    assert not valid_uscc("9133010079965505")
    assert not valid_uscc("")


@given(st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_character_in_a_credit_code_is_noticed(place, sign):
    code = "91330100799655058B"
    changed = code[:place] + sign + code[place + 1 :]
    assert valid_uscc(changed) == (changed == code)


@pytest.mark.parametrize(
    ("header", "key", "unit"),
    [
        ("序 号", "序号", ""),
        ("排查\n日期", "排查日期", ""),
        ("乡\u3000镇", "乡镇", ""),
        ("发现数量\n（条）", "发现数量", "条"),
        ("其中：已整改(项)", "其中已整改", "项"),
        ("整改率(%)", "整改率", "%"),
        ("罚款金额（元）", "罚款金额", "元"),
        ("金额(单位：万元)", "金额", "万元"),
        ("倒房（户/间）", "倒房", "户/间"),
        ("启动（Ⅳ）", "启动(ⅳ)", ""),
        ("企业（场所）名称", "企业(场所)名称", ""),
        ("*日期(必填)", "日期", ""),
        ("1.名称：", "名称", ""),
        ("（元）", "(元)", ""),
        ("", "", ""),
    ],
)
def test_headers(header, key, unit):
    assert header_key(header) == (key, unit)


@given(st.lists(st.text(max_size=6)))
def test_texts_are_tidied_together_as_one_by_one(texts):
    assert tidy_all(texts) == [tidy(text) for text in texts]


@pytest.mark.parametrize("texts", [["甲 ", " 乙"], ["e", "\u0301"], ["e\u0301", "甲"], ["甲\n", "乙"], []])
def test_texts_of_a_column_are_tidied_as_one_by_one(texts):
    assert tidy_all(texts) == [tidy(text) for text in texts]


@given(st.text(max_size=12))
def test_blanks_around_a_header_change_nothing(text):
    assert header_key(f"  {text} ") == header_key(text)


@given(st.text(max_size=12))
def test_a_header_key_is_its_own_key(text):
    key, _ = header_key(text)
    assert fold_width(key) == key
