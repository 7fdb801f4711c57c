from __future__ import annotations

import csv
from pathlib import Path

import pytest

from mingxi_desktop.domain import indicator_data, indicator_rules, kinds
from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.indicators import Aggregate, Indicator
from mingxi_desktop.domain.references import delivered_entries
from mingxi_desktop.errors import UserError

PUBLISHED = Path(__file__).parents[1] / "data" / "indicators_2024.csv"

GOOD = """
[[indicator]]
id = "quilts"
label = "调拨棉被"
kind = "supply_line"
aggregate = "sum"
fields = ["quantity"]
where = { "parent.type" = ["调拨"], item = ["棉被"], "item.group" = ["救助物资"] }
unit = "床"
"""


def test_the_published_indicators_are_delivered_as_they_were_published():
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        places = list(csv.DictReader(file))
    published = {place["indicator"]: place for place in reversed(places)}
    delivered = indicator_data.by_id()
    assert len(places) == 81
    assert set(published) <= set(delivered)
    for name, place in published.items():
        indicator = delivered[name]
        assert (indicator.label, indicator.section, indicator.unit) == (
            place["label"],
            place["section"],
            place["unit"],
        )


def test_definitions_are_read_once():
    assert indicator_data.definitions() is indicator_data.definitions()


def test_delivered_conditions_name_entries_that_exist():
    entries = delivered_entries()
    for indicator in indicator_data.definitions():
        kind = kinds.kind_of(indicator.kind)
        for name, wanted in (indicator.where or {}).items():
            field = indicator_rules.condition_field(kind, name)
            if field.type is not FieldType.REF or wanted == (None,):
                continue
            attribute = name.partition(".")[2] or "name"
            known = {getattr(entry, attribute) for entry in entries if entry.list in field.targets}
            assert set(wanted) <= known, indicator.id


def test_word_sets_and_empty_marks_are_written_out():
    assert "罚款" in indicator_data.by_id()["penalties"].where["measure"]
    assert "立案" not in indicator_data.by_id()["penalties"].where["measure"]
    assert indicator_data.by_id()["funds_won"].where["parent"] == (None,)


def read(folder: Path, text: str) -> tuple[Indicator, ...]:
    """What a folder with one file that says this gives."""
    (folder / "自编.toml").write_text(text, encoding="utf-8")
    return indicator_data.read_folder(folder)


def test_a_file_gives_its_indicators(tmp_path):
    (indicator,) = read(tmp_path, GOOD)
    assert indicator.aggregate is Aggregate.SUM
    assert indicator.where["item.group"] == ("救助物资",)
    with pytest.raises(TypeError):
        indicator.where["item"] = ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[[indicator]]", "[[indicator]", "自编.toml"),
        ("[[indicator]]", "[indicator]", "[[indicator]]"),
        ('id = "quilts"', 'id = "棉被"', "小写字母"),
        ('id = "quilts"', "", "缺少 id"),
        ('unit = "床"', 'unit = "床"\ncolour = 1', "colour"),
        ('unit = "床"', 'unit = "床"\nyears = "3"', "years"),
        ('unit = "床"', 'unit = "床"\nyears = 0', "years"),
        ('unit = "床"', 'unit = "床"\nwording = "about"', "措辞"),
        ('unit = "床"', 'unit = "床"\nagrees_with = "coats"', "coats"),
        ('unit = "床"', 'unit = "床"\nwhole = true', "上级"),
        ('unit = "床"', 'unit = "床"\ntarget = "target.quilts"', "%"),
        ('unit = "床"', 'unit = "床"\ntarget = "quilts"', "target."),
        ('unit = "床"', 'unit = "床"\nuntil = "quantity"', "不是日期"),
        ('unit = "床"', 'unit = "床"\ncomplete = true', "tally"),
        ('unit = "床"', 'unit = "万元"', "金额"),
        ('kind = "supply_line"', 'kind = "supplies"', "supplies"),
        ('kind = "supply_line"', 'kind = "hazard"', "不是明细"),
        ('fields = ["quantity"]', 'fields = "quantity"', "fields"),
        ('fields = ["quantity"]', 'fields = ["amount"]', "amount"),
        ('fields = ["quantity"]', 'fields = ["item"]', "不能相加"),
        ('fields = ["quantity"]', 'fields = ["quantity", "value"]', "金额"),
        ('aggregate = "sum"', 'aggregate = "add"', "add"),
        ('aggregate = "sum"', 'aggregate = "ratio"', "ratio"),
        ('aggregate = "sum"', 'aggregate = "state"', "state"),
        ('aggregate = "sum"', 'aggregate = "tally"', "tally"),
        ('aggregate = "sum"', 'aggregate = "count"', "count"),
        ('aggregate = "sum"', 'aggregate = "distinct"', "distinct"),
        ('aggregate = "sum"', 'aggregate = "pick"', "pick"),
        ('"parent.type" = ["调拨"]', '"parent.type" = ["送出"]', "送出"),
        ('"parent.type" = ["调拨"]', '"parent.type" = "调拨"', "一列值"),
        ('"parent.type" = ["调拨"]', '"parent.type" = []', "一列值"),
        ('"parent.type" = ["调拨"]', '"parent.type" = ["@penalties"]', "@penalties"),
        ('"parent.type" = ["调拨"]', '"parent.type" = ["~调"]', "文字字段"),
        ('"parent.type" = ["调拨"]', '"parent.type" = [true]', "类型不对"),
        ('"parent.type" = ["调拨"]', '"parent.kind" = ["调拨"]', "kind"),
        ('"item.group"', '"item.floor"', "floor"),
    ],
)
def test_faults_are_refused_with_their_place(old, new, said, tmp_path):
    assert old in GOOD
    with pytest.raises(UserError) as caught:
        read(tmp_path, GOOD.replace(old, new, 1))
    assert said in str(caught.value)
    assert "自编.toml" in str(caught.value) or "quilts" in str(caught.value)


def test_two_indicators_of_one_id_are_refused(tmp_path):
    with pytest.raises(UserError, match="指标定义有错") as caught:
        read(tmp_path, GOOD + GOOD)
    assert "quilts" in caught.value.detail
