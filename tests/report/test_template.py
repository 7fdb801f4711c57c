"""The template: what it may say, what is refused with a line number, and that the delivered one is whole."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from mingxi_desktop import paths
from mingxi_desktop.domain.indicator_data import by_id
from mingxi_desktop.errors import UserError
from mingxi_desktop.report.template import (
    Aspect,
    ChartPlace,
    Condition,
    Place,
    Sentence,
    TablePlace,
    Test,
    Vocabulary,
    written,
)
from mingxi_desktop.report.template_text import load, parse, read_body, read_heading

PUBLISHED = Path(__file__).parents[1] / "data" / "indicators_2024.csv"
DELIVERED = paths.resources() / "reports" / "annual.txt"
CHARTS = ("hazards_by_month", "hazards_by_industry", "evacuees_by_event", "activities_by_type")
WORDS = Vocabulary(("found", "rectified", "bases"), ("by_month",))
SECTIONS = {
    "一(二)": "duty",
    "一(三)": "enforcement",
    "一(四)": "disaster",
    "一(五)": "publicity",
    "一(六)": "system",
}


def test_every_published_place_stands_where_the_published_report_has_it():
    template = load(DELIVERED, Vocabulary(by_id(), CHARTS))
    placed = []
    for section in template.sections:
        point = ""
        for block in section.body:
            if isinstance(block, ChartPlace):
                continue
            for sentence in block:
                wordings = [wording for _, wording in sentence.branches]
                fullest = max(
                    wordings, key=lambda wording: sum(not isinstance(piece, str) for piece in wording)
                )
                for piece in fullest:
                    if isinstance(piece, str):
                        point = (re.findall(r"(?:^|。)([一二三四五]是)", piece) or [point])[-1]
                    elif not piece.fact and piece.aspect is Aspect.VALUE:
                        placed.append((section.id, point, piece.name))
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        wanted = [
            (SECTIONS[row["section"][:4]], row["section"][4:], row["indicator"])
            for row in csv.DictReader(file)
        ]
    assert placed == wanted


def test_delivered_template_has_the_six_parts_of_the_report():
    template = load(DELIVERED, Vocabulary(by_id(), CHARTS))
    headings = [section.heading_text for section in template.sections]
    assert headings[0] == ""
    assert [text[:2] for text in headings if text[1:2] == "、"] == ["一、", "二、", "三、", "四、"]
    assert [text[:3] for text in headings if text.startswith("（")] == [f"（{n}）" for n in "一二三四五六"]
    narrative = {section.id for section in template.sections if section.narrative}
    assert narrative == {"opening", "study", "first_duty", "shortcomings", "plan"}
    assert [b.name for s in template.sections for b in s.body if isinstance(b, ChartPlace)] == list(CHARTS)


def test_no_number_is_typed_into_the_delivered_wording():
    template = load(DELIVERED, Vocabulary(by_id(), CHARTS))
    for section in template.sections:
        for block in section.body:
            for sentence in () if isinstance(block, ChartPlace) else block:
                for _, wording in sentence.branches:
                    assert not re.findall(
                        r"\d", "".join(piece for piece in wording if isinstance(piece, str))
                    )


def test_paragraphs_conditions_and_places():
    body, faults = read_body(
        "甲{found}条{found.change}，\n若相等 found、rectified：全改。\n否则若有 bases.names：{bases.names}。\n"
        "否则：乙。\n\n图：by_month\n丙",
        WORDS,
    )
    assert not faults
    first, chart, last = body
    assert isinstance(first, tuple)
    assert first[0].branches[0][1] == ("甲", Place("found"), "条", Place("found", Aspect.CHANGE), "，")
    assert [branch[0] for branch in first[1].branches] == [
        Condition(Test.EQUAL, (Place("found"), Place("rectified"))),
        Condition(Test.KNOWN, (Place("bases", Aspect.NAMES),)),
        None,
    ]
    assert chart == ChartPlace("by_month")
    assert last == (Sentence(((None, ("丙",)),)),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("共{nothing}条", "没有名为“nothing”的指标"),
        ("共{found.chart}条", "没有“.chart”"),
        ("共{found.value}条", "没有“.value”"),
        ("共{Found}条", "没有名为“Found”"),
        ("共{found条", "不是占位符"),
        ("共found}条", "不是占位符"),
        ("共{__import__('os')}条", "不是占位符"),
        ("共{found!r}条", "不是占位符"),
        ("共{found.names.x}条", "不是占位符"),
        ("若有 nothing：好", "没有名为“nothing”的指标"),
        ("若相等 found：好", "要写2个指标"),
        ("若为零 found、bases：好", "要写1个指标"),
        ("若有found：好", "条件写法不对"),
        ("否则：好", "前面没有"),
        ("图：by_year", "没有名为“by_year”的图表"),
    ],
)
def test_faults_name_the_line(line, message):
    _, faults = read_body(f"第一行。\n{line}", WORDS)
    assert [fault.line for fault in faults] == [2]
    assert message in faults[0].message


def test_otherwise_twice_is_refused():
    _, faults = read_body("若有 found：一。\n否则：二。\n否则：三。", WORDS)
    assert [(fault.line, "前面没有" in fault.message) for fault in faults] == [(3, True)]


def test_faults_of_a_file_are_told_with_their_lines(tmp_path):
    path = tmp_path / "wrong.txt"
    path.write_text(
        "标题：{bureau}报告\n多余\n[a] 一、甲\n{nothing}\n[a] 二、乙\n[B] 三、丙\n", encoding="utf-8"
    )
    with pytest.raises(UserError) as caught:
        load(path, WORDS)
    told = caught.value.detail.splitlines()
    assert [line.split("：")[0] for line in told] == ["第2行", "第4行", "第5行", "第6行"]


def test_title_is_needed():
    _, faults = parse("[a] 一、甲\n文字", WORDS)
    assert "没有“标题" in faults[0].message


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", None])
def test_unreadable_template(tmp_path, data):
    path = tmp_path / "annual.txt"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(UserError):
        load(path, WORDS)


def test_a_fault_stands_at_its_place():
    _, faults = read_body("好\n共{wrong}条", WORDS)
    assert [(fault.line, fault.start, fault.end) for fault in faults] == [(2, 1, 8)]
    wording, faults = read_heading("二、{bases.names}的{nosuch}", WORDS)
    assert wording == ("二、", Place("bases", Aspect.NAMES), "的")
    assert [(fault.line, fault.start, fault.end) for fault in faults] == [(0, 16, 24)]


def test_a_number_may_be_worded_otherwise_in_one_place():
    wording, faults = read_heading("{found:yu:100}和{found.last_year:yu:10}", WORDS)
    assert not faults
    assert wording == (Place("found", rule="yu:100"), "和", Place("found", Aspect.LAST_YEAR, "yu:10"))
    assert written(wording) == "{found:yu:100}和{found.last_year:yu:10}"
    for text in ("{found:余}", "{found.names:exact}", "{year:exact}"):
        assert len(read_heading(text, WORDS)[1]) == 1


def test_tables_and_charts_over_the_years():
    words = Vocabulary(("found", "bases"), ("by_month",), {"发现数": "found"})
    body, faults = read_body(
        "表：by_month\n历年图：发现数\n历年表：found、bases\n见{by_month.table}、{发现数}", words
    )
    assert not faults
    assert body[:3] == (TablePlace("by_month"), ChartPlace("years:found"), TablePlace("", ("found", "bases")))
    assert body[3] == (Sentence(((None, ("见", Place("by_month", Aspect.TABLE), "、", Place("found"))),)),)
    assert [fault.start for fault in read_body("历年表：found、x", words)[1]] == [10]


def test_what_is_said_of_a_rise_and_a_fall():
    body, faults = read_body("若上升 found：多了。\n否则若下降 found：少了。", WORDS)
    assert not faults
    assert [branch[0].test for branch in body[0][0].branches] == [Test.MORE, Test.LESS]


def test_own_text_has_no_comments():
    body, faults = read_body("#1井已封。", WORDS)
    assert not faults
    assert body == ((Sentence(((None, ("#1井已封。",)),)),),)
