"""Ranges and negations that a condition may ask: as typed, as data, in words, in the editor's rows and back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from mingxi_desktop.domain.indicator_data import DefinitionError, from_table, to_table
from mingxi_desktop.domain.indicator_wanted import Between, Other, admits
from mingxi_desktop.domain.indicator_where import Ask, Row, rows, where_of
from mingxi_desktop.domain.indicators import Aggregate, Indicator
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.rule_words import rule_sentence

HAZARD = kind_of("hazard")
FOUND = Indicator("x", "试", "hazard", Aggregate.SUM, "条", fields=("quantity_found",))
ROWS = (
    Row("field", Ask.IS_NOT, ("消防", "城镇燃气")),
    Row("description", Ask.HOLDS, ("灯",)),
    Row("description", Ask.IS_NOT, ("坏灯",)),
    Row("description", Ask.LACKS, ("修好",)),
    Row("due_date", Ask.BETWEEN, ("05-01", "09-30")),
    Row("due_date", Ask.BETWEEN, ("2024-12-01", "")),
    Row("due_date", Ask.EMPTY),
    Row("quantity_found", Ask.BETWEEN, ("", "20")),
    Row("rectify_fund", Ask.BETWEEN, ("10000.5", "")),
    Row("rectified_date", Ask.FILLED),
)


def refused(where: object, name: str = "due_date") -> str:
    table = to_table(FOUND) | {"where": {name: where}}
    with pytest.raises(DefinitionError) as caught:
        from_table(table, "试")
    assert caught.value.field == f"where.{name}"
    return caught.value.sentence


def test_rows_and_data_come_back_as_they_went() -> None:
    where = where_of(HAZARD, ROWS)
    assert where is not None
    assert where["field"] == (Other("消防"), Other("城镇燃气"))
    assert where["due_date"] == (Between("05-01", "09-30"), Between("2024-12-01"), None)
    made = replace(FOUND, where=where)
    assert where_of(HAZARD, rows(HAZARD, where)) == where
    table = json.loads(json.dumps(to_table(made)))
    assert table["where"]["due_date"] == [{"from": "05-01", "to": "09-30"}, {"from": "2024-12-01"}, "@empty"]
    assert table["where"]["rectified_date"] == [{"not": "@empty"}]
    assert from_table(table, "试") == made


def test_a_set_of_words_may_be_ruled_out() -> None:
    table = {"id": "x", "label": "试", "kind": "enforcement_case", "aggregate": "sum", "unit": "次"}
    made = from_table(table | {"where": {"measure": [{"not": "@penalties"}]}}, "试")
    assert made.where is not None
    assert Other("罚款") in made.where["measure"]


def test_the_sentence_says_it_all() -> None:
    sentence = rule_sentence(replace(FOUND, where=where_of(HAZARD, ROWS)))
    for part in (
        "行业领域不是“消防”或“城镇燃气”",
        "隐患描述含“灯”，隐患描述不是“坏灯”，也不含“修好”",
        "整改期限从每年5月1日到9月30日，或者整改期限在2024年12月1日或以后，或者没有填整改期限",
        "发现数不多于20条",
        "整改资金不少于10000.5元",
        "填了整改完成日期",
    ):
        assert part in sentence, (part, sentence)
    winter = replace(
        FOUND, where={"due_date": (Between("11-01", "03-31"),), "campaign": (Other("生命通道·拆窗破网"),)}
    )
    assert "整改期限从每年11月1日到次年3月31日" in rule_sentence(winter)
    assert "专项行动不含“生命通道·拆窗破网”（没有填的也算）" in rule_sentence(winter)
    one_end = replace(
        FOUND, where={"due_date": (Between("", "06-30"),), "quantity_found": (Between("5", "9"),)}
    )
    assert "整改期限在每年6月30日或以前，发现数从5到9条" in rule_sentence(one_end)


@pytest.mark.parametrize(
    ("where", "name", "said"),
    [
        ([{"from": "2024-06-31"}], "due_date", "不是日期"),
        ([{"from": "2024-06-01", "to": "05-01"}], "due_date", "要么都写年份"),
        ([{"from": "2024-06-01", "to": "2024-05-01"}], "due_date", "写反了"),
        ([{"from": ""}], "due_date", "至少写一头"),
        ([{"from": "9", "to": "5"}], "quantity_found", "写反了"),
        ([{"from": "9.5"}], "quantity_found", "小数位数多了"),
        ([{"from": "0.001"}], "rectify_fund", "小数位数多了"),
        ([{"to": "许多"}], "quantity_found", "不是数"),
        ([{"to": "NaN"}], "quantity_found", "小数位数多了"),
        ([{"from": "5"}], "description", "不是日期也不是数"),
        ([{"not": "采矿"}], "field", "不是行业领域的选项"),
        ([{"not": "是"}], "in_total", "直接选"),
        ([{"from": 5}], "quantity_found", "看不懂"),
        ([{"nearly": "5"}], "quantity_found", "请升级程序"),
        ([{}], "quantity_found", "请升级程序"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_condition(where: object, name: str, said: str) -> None:
    assert said in refused(where, name)


def test_which_words_a_condition_lets_pass() -> None:
    assert admits(None, "调拨")
    assert admits(("调拨", "发放"), "调拨")
    assert not admits(("发放",), "调拨")
    assert not admits((Other("调拨"),), "调拨")
    assert admits((Other("发放"),), "调拨")
    assert not admits((None,), "调拨")
