"""The handbook names everything that is declared, and nothing in it breaks the page."""

from __future__ import annotations

import re

import pytest

from mingxi_desktop.domain.fields import FieldType
from mingxi_desktop.domain.handbook import escaped, handbook, indicator_handbook
from mingxi_desktop.domain.headings import own_headings
from mingxi_desktop.domain.indicator_data import definitions
from mingxi_desktop.domain.indicators import Aggregate, Period
from mingxi_desktop.domain.kinds import ALL, kind_of
from mingxi_desktop.domain.references import LABELS
from mingxi_desktop.domain.rule_words import rule_sentence
from mingxi_desktop.domain.vocabulary import delivered

HAZARD = kind_of("hazard")


def chapter(label: str) -> str:
    return handbook().split(f"\n## {label}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_every_field_is_in_the_chapter_of_its_ledger(kind) -> None:
    text = chapter(kind.label)
    rows = {row.split("`")[1]: row for row in text.splitlines() if "`" in row and row.startswith("| ")}
    assert set(rows) == {field.name for field in kind.fields if not field.inherited}
    for field in kind.fields:
        if field.inherited:
            assert field.label in text.partition("随主表：")[2]
            continue
        row = rows[field.name]
        assert row.startswith(f"| {escaped(field.label)} ")
        assert ("| 必填 |" in row) is (field.required and not field.auto)
        assert field.unit in row
        assert escaped(field.help.rstrip("。")) in row
        if field.choices:
            vocabulary = delivered()[field.choices]
            assert all(escaped(word) in row for word in vocabulary.values)
            assert ("可以加自己的词" in row) is vocabulary.open
    assert escaped(kind.help) in text


def test_a_field_that_points_somewhere_says_where() -> None:
    text = handbook()
    for kind in ALL:
        for field in kind.fields:
            if field.type is FieldType.REF and not field.inherited:
                names = [
                    LABELS.get(target) or next(k.label for k in ALL if k.name == target)
                    for target in field.targets
                ]
                row = next(row for row in chapter(kind.label).splitlines() if f"`{field.name}`" in row)
                assert all(escaped(name) in row for name in names)
    assert "“企业/场所”名单（没有的自动登记）" in text


def test_a_field_names_other_headers_that_mean_it() -> None:
    (row,) = (row for row in chapter("隐患").splitlines() if "`place`" in row)
    known = own_headings(HAZARD, HAZARD.field("place"))
    named = row.partition("导入也认：")[2].partition(" |")[0].split("、")
    assert len(named) == 4
    assert set(named) < set(known) - {"单位/场所"}
    (made_by_us,) = (row for row in chapter("隐患").splitlines() if "`code`" in row)
    assert "导入也认" not in made_by_us


def test_every_table_row_has_four_cells() -> None:
    for line in handbook().splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) == 5, line


def test_every_indicator_has_its_rule_and_its_way_of_printing() -> None:
    lines = indicator_handbook().splitlines()
    for indicator in definitions():
        (line,) = (line for line in lines if f"`{indicator.id}`" in line)
        assert indicator.label in line
        assert escaped(rule_sentence(indicator)) in line
        assert "印法：" in line
        assert "{0}" not in line


def test_the_rule_of_no_year_in_particular_names_no_day() -> None:
    for indicator in definitions():
        general, of_2024 = rule_sentence(indicator), rule_sentence(indicator, Period.of(2024))
        assert "2024" not in general
        assert "2024年12月31日" in of_2024
        assert "记录" in general
        if indicator.aggregate is Aggregate.RATIO:
            assert general.startswith(f"{indicator.label} = ")


def test_signs_of_markdown_are_text() -> None:
    assert escaped("a|b*c_d\n`e` [f](g) <h>") == r"a\|b\*c\_d \`e\` \[f\](g) \<h\>"
