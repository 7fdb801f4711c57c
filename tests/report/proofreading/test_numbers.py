"""The numbers of a text: which there are, what they say, and which figures are none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.report.proofreading.numbers import Shape, find


@pytest.mark.parametrize(
    ("text", "written", "value", "unit", "rough"),
    [
        ("排查1683条。", "1683", 1683, "条", ""),
        ("排查１，６８３条。", "１，６８３", 1683, "条", ""),
        ("转移3,028人", "3,028", 3028, "人", ""),
        ("整改率９９．７６％。", "９９．７６％", "99.76", "%", ""),
        ("排查一千六百八十三条", "一千六百八十三", 1683, "条", ""),
        ("签约两支队伍", "两", 2, "支", ""),
        ("队伍百余支", "百余", 100, "支", "least"),
        ("参训两千一百余人", "两千一百余", 2100, "人", "least"),
        ("救助400余人", "400余", 400, "人", "least"),
        ("救助400人以上", "400", 400, "人", "least"),
        ("建队率60%以上，", "60%以上", 60, "%", "least"),
        ("建队率在六成以上", "六成以上", 60, "%", "least"),
        ("建队率百分之九十九点七六", "百分之九十九点七六", "99.76", "%", ""),
        ("排查近1700条", "近1700", 1700, "条", "about"),
        ("占70%左右。", "70%左右", 70, "%", "about"),
        ("发放2.7万余份", "2.7万余", 27000, "份", "least"),
        ("参与1.8万人次", "1.8万", 18000, "人次", ""),
        ("罚款76.026万元", "76.026", "76.026", "万元", ""),
        ("投入140余万元", "140余", 140, "万元", "least"),
        ("争取8,311,600元", "8,311,600", 8311600, "元", ""),
        ("灭火器具九十台（套）", "九十", 90, "台套", ""),
        ("上升0.63个百分点", "0.63", "0.63", "百分点", ""),
        ("演练十二场", "十二", 12, "场", ""),
    ],
)
def test_counts(text, written, value, unit, rough):
    found = [item.amount for item in find(text)]
    assert [(item.text, item.value, item.unit) for item in found][-1:] == [(written, Decimal(value), unit)]
    assert (found[-1].least, found[-1].about) == (rough == "least", rough == "about")
    assert text[found[-1].start : found[-1].end] == written


@pytest.mark.parametrize(
    ("text", "written", "value", "shape"),
    [
        ("于5月12日举办", "5月12日", "05-12", Shape.DAY),
        ("于十月二十二日举行", "十月二十二日", "10-22", Shape.DAY),
        ("2025年1月20日", "2025年1月20日", "2025-01-20", Shape.DAY),
        ("5月32日宣传", "5月32日", "05-32", Shape.DAY),
        ("“6.9-6.18”强降雨", "6.9-6.18", "06-09..06-18", Shape.DAYS),
        ("6月9日至18日强降雨", "6月9日至18日", "06-09..06-18", Shape.DAYS),
        ("6月9日—6月18日", "6月9日—6月18日", "06-09..06-18", Shape.DAYS),
        ("第3号台风“格美”", "3号台风“格美”", None, Shape.TYPHOON),
        ("台风“格美”（2024年第3号）", "台风“格美”（2024年第3号）", None, Shape.TYPHOON),
        ("实现零伤亡", "零", Decimal(0), Shape.ZERO),
        ("目标是“零死亡”", "零", Decimal(0), Shape.ZERO),
        ("无一伤亡", "无一", Decimal(0), Shape.ZERO),
        ("每班3至5人", "3至5", None, Shape.NONE),
        ("占比不到8%", "8%", Decimal(8), Shape.NONE),
    ],
)
def test_days_names_and_what_can_be_held_against_nothing(text, written, value, shape):
    assert [(item.amount.text, item.amount.value, item.shape) for item in find(text)] == [
        (written, value, shape)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "一是压实责任。（三）加大力度，列入“第一议题”，第三季度，2024年度，《条例》（2021—2025年）",
        "明汛电〔2024〕11号，第九条，“五个一百”工程，“三管三必须”，治本攻坚三年行动，“三项制度”、“五落实”",
        "一岗双责，24小时值守、二十四小时值班，见图3、附件1，119消防日，党的二十大，“八五”普法，统一部署，进一步，老百姓，千方百计，万一",
        "1.责任压实。\n2、排查。\n（3）整改。\n联系电话13800000000，0598-2812345，“123”机制，1+2+9任务",
    ],
)
def test_figures_that_count_nothing_are_left_out(text):
    assert [item.amount.text for item in find(text)] == []


@given(
    st.text(alphabet="0123456789一二三百千万余多近约%.,，、。 年月日号台风条人元“”（）零-—至", max_size=40)
)
def test_any_text_is_read_and_numbers_do_not_overlap(text):
    found = find(text)
    assert all(text[item.amount.start : item.amount.end] == item.amount.text for item in found)
    places = [place for item in found for place in (item.amount.start, item.amount.end)]
    assert places == sorted(places)
