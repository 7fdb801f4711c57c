"""The annual report put together: typed numbers, conditions, and nothing claimed that is not certain."""

from __future__ import annotations

import csv
import datetime
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from mingxi_desktop import paths
from mingxi_desktop.domain.indicator_data import by_id
from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.report import annual
from mingxi_desktop.report.facts import Facts
from mingxi_desktop.report.model import Chart, Paragraph, Run, Signature, Style, Table, indicator_runs
from mingxi_desktop.report.template import Span, Vocabulary
from mingxi_desktop.report.template_text import load, parse

PUBLISHED = Path(__file__).parents[1] / "data" / "indicators_2024.csv"
CHARTS = ("hazards_by_month", "hazards_by_industry", "evacuees_by_event", "activities_by_type")
NAMES = {
    "publicity_bases": ("归化公园", "实验小学", "欧侨广场"),
    "rescue_agreements": ("甲救援队", "乙救援队"),
    "chemical_drill": ("危化品事故应急演练",),
}
FACTS = Facts("明溪县应急管理局", 2024, datetime.date(2024, 12, 31))
FLOOD = Facts(
    "局",
    2024,
    datetime.date(2024, 7, 2),
    covers=Span.EVENT,
    start=datetime.date(2024, 6, 28),
    event="6.28",
    end=datetime.date(2024, 7, 2),
    told_on=datetime.date(2024, 7, 9),
)


def published() -> dict[str, IndicatorValue]:
    """The published values as the ledger would hand them out."""
    values = {}
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = row["value"]
            value = Decimal(text) if text.replace(".", "").isdigit() else text
            name = row["indicator"]
            values[name] = IndicatorValue(by_id()[name], value, row["as_printed"], 1, NAMES.get(name, ()))
    return values


def delivered():
    return load(paths.resources() / "reports" / "annual.txt", Vocabulary(by_id(), CHARTS))


def small(text: str, values: dict[str, IndicatorValue]) -> annual.Annual:
    """A report with one section of these lines."""
    template, faults = parse(f"标题：{{bureau}}{{year}}年报告\n[a]\n{text}", Vocabulary(by_id(), CHARTS))
    assert not faults
    return annual.build(template, values, {}, FACTS)


def said(report: annual.Annual) -> str:
    return "\n".join(block.text for block in report.document.blocks if isinstance(block, Paragraph))


def test_all_published_places_are_typed_runs_in_order():
    report = annual.build(delivered(), published(), {}, FACTS)
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        wanted = [(row["indicator"], row["as_printed"]) for row in csv.DictReader(file)]
    shown = [(run.indicator, run.text) for run in indicator_runs(report.document) if run.aspect == "value"]
    assert shown == wanted
    assert report.warnings == ()
    assert annual.UNVERIFIED not in said(report)


def test_headings_signature_and_title():
    document = annual.build(delivered(), published(), {}, FACTS).document
    styles = [
        (b.style, b.text) for b in document.blocks if isinstance(b, Paragraph) and b.style is not Style.BODY
    ]
    assert [style for style, _ in styles] == [Style.H1, *[Style.H2] * 6, Style.H1, Style.H1, Style.H1]
    assert document.title == "明溪县应急管理局2024年度法治政府建设情况报告"
    assert document.blocks[-1] == Signature("明溪县应急管理局", "2025年1月23日")
    assert document.subtitle == ""


@pytest.mark.parametrize(
    ("set_to", "expected"),
    [
        (datetime.date(2025, 2, 6), "2025年2月6日"),
        (datetime.date(2024, 1, 20), "2025年1月23日"),
        (None, "2025年1月23日"),
    ],
)
def test_a_signing_date_before_the_cut_off_is_last_years(set_to, expected):
    assert small("好", {}).document.blocks[-1].date_text == "2025年1月23日"
    facts = replace(FACTS, sign_date=set_to)
    day = facts.signed_on
    assert f"{day.year}年{day.month}月{day.day}日" == expected


def test_an_earlier_cut_off_date_is_named():
    facts = replace(FACTS, as_of=datetime.date(2024, 6, 30))
    assert annual.build(delivered(), published(), {}, facts).document.subtitle == "（数据截至2024年6月30日）"


def test_runs_know_indicator_and_aspect():
    values = published()
    values["hazards_found"] = replace(
        values["hazards_found"], last_year=1502, last_year_text="1502", change=Decimal(181)
    )
    report = small(
        "排查{hazards_found}条{hazards_found.change}，上年{hazards_found.last_year}条，{publicity_bases.names}。",
        values,
    )
    block = report.document.blocks[0]
    assert [run for run in block.runs if run.indicator] == [
        Run("1683", "hazards_found"),
        Run("同比增长12.05%", "hazards_found", "change"),
        Run("1502", "hazards_found", "last_year"),
        Run("归化公园、实验小学、欧侨广场", "publicity_bases", "names"),
    ]
    assert block.text == "排查1683条，同比增长12.05%，上年1502条，归化公园、实验小学、欧侨广场。"


def test_wording_of_one_place_and_of_a_rise():
    values = published()
    values["hazards_found"] = replace(values["hazards_found"], last_year=1502, change=Decimal(181))
    report = small("若上升 hazards_found：增加到{hazards_found:yu:100}条。\n否则：没有增加。", values)
    assert said(report) == "增加到1600余条。"
    values["hazards_found"] = replace(values["hazards_found"], change=Decimal(-1))
    assert said(small("若上升 hazards_found：多。\n否则若下降 hazards_found：少。", values)) == "少。"
    values["hazards_found"] = replace(values["hazards_found"], last_year=None, change=None)
    assert (
        said(small("若上升 hazards_found：多。\n否则若下降 hazards_found：少。\n否则：不知。", values))
        == "不知。"
    )


def test_tables_are_numbered_and_referred_to():
    table = Table(("乡镇", "数"), (("盖洋镇", (Run("3", "hazards_found"),)),), (1, 1), "各乡镇情况")
    template, faults = parse(
        "标题：报告\n[a]\n见{hazards_by_month.table}。\n若有 hazards_by_industry.table：没有。\n"
        "表：hazards_by_month\n表：hazards_by_industry",
        Vocabulary(by_id(), CHARTS),
    )
    assert not faults
    note = Paragraph((Run("注"),), Style.NOTE)
    document = annual.build(
        template, published(), {}, FACTS, tables={"hazards_by_month": (table, note)}
    ).document
    text, shown, below, _ = document.blocks
    assert text.text == "见表1。"
    assert shown.caption == "表1　各乡镇情况"
    assert below == note


@pytest.mark.parametrize(
    ("facts", "span", "cut_off", "signed"),
    [
        (Facts("局", 2024, datetime.date(2024, 6, 30), covers=Span.HALF), "上半年", "", (2024, 6, 30)),
        (
            Facts("局", 2024, datetime.date(2024, 5, 31), covers=Span.HALF),
            "1至5月",
            "2024年5月31日",
            (2024, 5, 31),
        ),
        (Facts("局", 2024, datetime.date(2024, 6, 30), covers=Span.MONTH), "6月", "", (2024, 6, 30)),
        (
            Facts("局", 2024, datetime.date(2024, 6, 9), covers=Span.MONTH),
            "6月1日至9日",
            "2024年6月9日",
            (2024, 6, 9),
        ),
        (FLOOD, "6月28日至7月2日", "", (2024, 7, 9)),
        (replace(FLOOD, end=None, told_on=None), "6月28日以来", "2024年7月2日", (2024, 7, 2)),
        (FACTS, "全年", "", (2025, 1, 23)),
        (replace(FACTS, sign_date=datetime.date(2025, 2, 1)), "全年", "", (2025, 2, 1)),
    ],
)
def test_what_a_report_says_of_its_days(facts, span, cut_off, signed):
    assert facts.span == span
    assert facts.cut_off == (f"（数据截至{cut_off}）" if cut_off else "")
    assert facts.signed_on == datetime.date(*signed)


CASUALTIES = "若为零 flood_casualties：实现{flood_casualties}伤亡。\n否则：伤亡{flood_casualties}人。"


@pytest.mark.parametrize(
    ("value", "text", "problem", "expected", "warned"),
    [
        (0, "零", "", "实现零伤亡。", 0),
        (3, "3", "", "伤亡3人。", 0),
        (None, "", "夏坊乡没有报齐", "伤亡〔待核〕人。", 1),
        (0, "零", "夏坊乡没有报齐", "伤亡〔待核〕人。", 1),
    ],
)
def test_no_casualties_only_when_all_have_reported(value, text, problem, expected, warned):
    given = IndicatorValue(by_id()["flood_casualties"], value, text, 9, problem=problem)
    report = small(CASUALTIES, {"flood_casualties": given})
    assert said(report) == expected
    assert len(report.warnings) == warned
    assert all("夏坊乡没有报齐" in sentence for sentence in report.warnings)


def test_a_zero_without_any_record_is_not_claimed():
    given = IndicatorValue(by_id()["flood_casualties"], 0, "零", 0)
    report = small(CASUALTIES, {"flood_casualties": given})
    assert said(report) == "伤亡〔待核〕人。"
    assert report.warnings == ("防汛伤亡人数：没有记录",)
    assert report.spoken_of == {"防汛伤亡人数：没有记录": "flood_casualties"}


def test_equal_wording_only_when_equal():
    values = published()
    text = "若相等 major_hazards_found、major_hazards_rectified：清零。\n否则：余下正在整改。"
    assert said(small(text, values)) == "清零。"
    values["major_hazards_rectified"] = replace(
        values["major_hazards_rectified"], value=Decimal(72), text="72"
    )
    assert said(small(text, values)) == "余下正在整改。"


def test_indicators_that_must_agree_are_warned_about_once():
    values = published()
    values["relief_funds_won"] = replace(values["relief_funds_won"], value=Decimal(130), text="130")
    warnings = annual.build(delivered(), values, {}, FACTS).warnings
    assert len(warnings) == 1
    assert "135万元" in warnings[0]
    assert "130万元" in warnings[0]


def test_a_year_without_records_claims_nothing():
    values = {name: IndicatorValue(item, None, "", 0, problem="没有记录") for name, item in by_id().items()}
    report = annual.build(delivered(), values, {}, FACTS)
    shown = [run for run in indicator_runs(report.document) if run.aspect != "change"]
    assert {run.text for run in shown} == {annual.UNVERIFIED}
    assert "零伤亡" not in said(report)
    assert "台风" not in said(report)
    assert any("排查问题隐患数" in sentence for sentence in report.warnings)
    assert len(set(report.warnings)) == len(report.warnings)


def test_text_of_records_is_never_read_as_a_place():
    values = published()
    values["publicity_bases"] = replace(values["publicity_bases"], names=("{hazards_found}", "<b>甲</b>&"))
    assert said(small("{publicity_bases.names}", values)) == "{hazards_found}、<b>甲</b>&"


def test_charts_are_numbered_in_order_and_missing_ones_left_out():
    charts = {name: Chart(name, f"{name}的图", b"%PDF", b"", 60.0) for name in CHARTS[2:]}
    report = annual.build(delivered(), published(), charts, FACTS)
    captions = [block.caption for block in report.document.blocks if isinstance(block, Chart)]
    assert "见图1。" in said(report)
    assert "附图" not in said(report)
    assert captions == [f"图{n}　{name}的图" for n, name in enumerate(CHARTS[2:], start=1)]
