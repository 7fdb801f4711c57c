"""Which township a text means."""

import pytest

from mingxi_desktop.domain.county import DELIVERED
from mingxi_desktop.domain.parse import Parsed, ParseError
from mingxi_desktop.domain.parse.places import Places, core_name, names_all_townships, names_county

PLACES = Places(
    DELIVERED,
    ("盖洋镇", "城关乡", "夏坊乡"),
    (
        ("雷西村委会", "盖洋镇"),
        ("新村村委会", "盖洋镇"),
        ("新村居委会", "城关乡"),
        ("官坊回族村民委员会", "夏坊乡"),
    ),
)


@pytest.mark.parametrize(
    "text", ["盖洋镇", "盖洋", "盖洋镇政府", "明溪县盖洋镇", "福建省三明市明溪县盖洋镇人民政府"]
)
def test_a_township_by_its_names(text):
    assert PLACES.township(text) == Parsed("盖洋镇")
    assert PLACES.alone(text) == "盖洋镇"


@pytest.mark.parametrize(
    "text", ["盖洋镇（红旗村）", "雷西村", "雷西", "盖洋雷西村", "雷西村三组", "盖洋镇应急办", "新村村委会"]
)
def test_what_lies_in_a_township_stands_for_it_and_is_said(text):
    assert PLACES.township(text) == Parsed("盖洋镇", f"“{text}”按“盖洋镇”")
    assert PLACES.alone(text) is None


def test_a_community_is_no_village():
    assert PLACES.township("新村社区").value == "城关乡"
    assert PLACES.township("官坊村").value == "夏坊乡"
    with pytest.raises(ParseError, match="在城关乡、盖洋镇都有") as caught:
        PLACES.township("新村")
    assert caught.value.code == "E_AMBIGUOUS"


@pytest.mark.parametrize("text", ["盖洋镇、城关乡", "盖洋、城关", "盖洋和城关", "盖洋镇雷西村、城关乡新村"])
def test_several_townships_are_to_be_parted(text):
    with pytest.raises(ParseError, match="盖洋镇、城关乡") as caught:
        PLACES.township(text)
    assert caught.value.code == "E_COMPOUND"


@pytest.mark.parametrize("text", ["除盖洋镇外", "非盖洋镇", "盖洋镇等3个乡镇", "盖洋镇以外"])
def test_texts_that_mean_others_too(text):
    with pytest.raises(ParseError, match="说的不是一个乡镇") as caught:
        PLACES.township(text)
    assert caught.value.code == "E_COMPOUND"


@pytest.mark.parametrize("text", ["火星", "盖", "洋镇", "中心小学"])
def test_an_unknown_place(text):
    assert PLACES.township(text) == Parsed(None)


def test_offices():
    assert PLACES.office("明溪县盖洋镇党委政府") == PLACES.office("盖洋镇应急管理站") == "盖洋镇"
    assert PLACES.office("盖洋镇中心小学") is None
    assert core_name("明溪县应急管理局", DELIVERED) == core_name("县应急管理局", DELIVERED) == "应急管理局"


def test_the_county():
    assert all(names_county(text, DELIVERED) for text in ("全县", "县本级", "县直单位", "各乡镇", "明溪县"))
    assert not any(names_county(text, DELIVERED) for text in ("盖洋镇", "县医院", "明溪县医院"))
    assert names_all_townships("各乡（镇）")
    assert not names_all_townships("县直")
