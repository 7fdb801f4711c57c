"""Finding records by Chinese, pinyin and initials; display width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.texts import all_heard, heard, matches, needles, search_text, search_texts, wide_len


@pytest.mark.parametrize(
    "query",
    [
        "盖洋", "洋", "gaiyang", "gyz", "GYZ", "ｇｙｚ", "盖洋 jyz", "gai洋", "jiayouzhan gyz",
        "盖y镇", "洋z", "g洋镇", "盖yz", "abc", "ＡＢＣ", "iv", "Ⅳ", "",
    ],
)  # fmt: skip
def test_found(query):
    assert matches(query, search_text(["盖洋镇", "ABC加油站", "Ⅳ级"]))


@pytest.mark.parametrize("query", ["雪峰", "gyc", "盖洋 雪峰", "洋镇加", "盖x镇", "z洋"])
def test_not_found(query):
    assert not matches(query, search_text(["盖洋镇", "ABC加油站"]))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("银行", "yinhang"), ("行业领域", "hyly"), ("重庆", "chongqing"), ("厦门", "xm"), ("长汀县", "changting"),
        ("整改率", "zgl"), ("曾华", "zenghua"), ("曾华", "zh"), ("会计", "kuaiji"), ("绿化", "lvhua"),
        ("绿化", "lühua"),
        ("西安", "xi'an"), ("加油站（盖洋）", "jiayouzhangaiyang"),
    ],
)  # fmt: skip
def test_words_read_otherwise_than_their_characters(text, query):
    assert matches(query, search_text([text]))


def test_the_search_text_itself():
    assert search_text(["盖洋镇", "A-1", ""]) == "盖洋镇 a-1 gaiyangzhen gyz geyangzhen"


@given(st.lists(st.text(alphabet="盖洋镇银行长汀重庆单曾Σ、。，Ⅳ①ABab1（）.  ", max_size=12), max_size=8))
def test_texts_heard_together_are_heard_as_each_alone(texts):
    assert all_heard(texts) == [heard(text) for text in texts]


@given(st.lists(st.tuples(*[st.text(alphabet="盖洋单曾Ab1。 ", max_size=5)] * 3), min_size=1, max_size=5))
def test_texts_put_together_at_once_are_as_each_alone(rows):
    one, two, three = ([row[place] for row in rows] for place in range(3))
    for columns in ([one, two, three], [one], [["A1"] * len(rows), ["b"] * len(rows), three]):
        alone = list(map(search_text, zip(*columns, strict=True)))
        assert search_texts(columns) == alone


def test_half_typed_pinyin_is_a_needle_of_its_own():
    assert needles("gai洋") == ["gai", "洋"]
    assert needles("LED灯") == ["led灯"]
    assert needles("1号a座 100%") == ["1号a座", "100%"]


@given(st.text(alphabet="盖洋镇雪峰ABab1（）. ", max_size=12))
def test_every_word_of_a_text_finds_it(text):
    search = search_text([text])
    assert all(matches(word, search) for word in text.split())


def test_width():
    assert wide_len("abc") == 3
    assert wide_len("盖洋“a”") == 9
    assert wide_len("e\u0301\u200b") == 1
