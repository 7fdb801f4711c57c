"""Numbers of drafts matched by the words around them, and judged."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

import pytest

from mingxi_desktop.domain.indicators import Aggregate, Indicator, IndicatorValue
from mingxi_desktop.report.proofreading.cues import Known
from mingxi_desktop.report.proofreading.match import proofread
from mingxi_desktop.report.proofreading.model import Checked, Draft, Verdict
from tests.report.proofreading import marked_drafts, measure
from tests.report.proofreading.marked_drafts import ABOVE, BUREAU, PLACES, YEAR, known

DRAFTS = ("annual", "letter", "compared", "altered", "phrases", "briefing", "speech")


@pytest.fixture(scope="module")
def records() -> list[Known]:
    return known()


def read(text: str, records: list[Known]) -> list[Checked]:
    return list(proofread(Draft(text), records, year=YEAR, bureau=BUREAU, places=PLACES, above=ABOVE))


def told(text: str, records: list[Known]) -> list[tuple[str, str, Verdict]]:
    """(number, indicator, verdict) of each."""
    return [(item.amount.text, item.indicator, item.verdict) for item in read(text, records)]


@pytest.mark.parametrize("name", DRAFTS)
def test_placed_figures_are_matched_without_false_alarms(name, records):
    text, notes = marked_drafts.draft(name)
    made = measure.outcome(text, notes, read(text, records))
    assert len(made.missed) <= made.placed // 40, made.missed
    assert made.alarms == []
    assert made.wrong == []


@pytest.mark.parametrize("name", DRAFTS)
def test_altered_numbers_are_reported_and_still_known(name, records):
    """All of a draft's numbers at once: the match does not look at values."""
    text, notes = marked_drafts.draft(name)
    chance = random.Random(7)
    before = read(text, records)
    parts, at, places = [], 0, []
    for note in (note for note in notes if note.placed and not note.true):
        other = measure.altered(note.text, chance)
        if other == note.text or (len(other) < 2 and other in "一二三四五六七八九"):
            continue
        parts += [text[at : note.start], other]
        places.append((note, sum(map(len, parts)) - len(other), other))
        at = note.end
    after = read("".join([*parts, text[at:]]), records)
    unlike, unseen = [], []
    for note, start, other in places:
        met = measure.on(after, start, start + len(other))
        same = {item.indicator for item in measure.on(before, note.start, note.end)}
        unlike += [note.indicator for item in met[:1] if item.indicator not in same]
        if not any(item.verdict in measure.ALARMS for item in met):
            unseen.append((note.indicator, note.text, other))
    assert unlike == []
    assert len(unseen) <= len(places) // 25, unseen


def test_reasons_are_sentences_for_the_clerk(records):
    wrong, right, rate = read("排查问题隐患1682条，已整改1679条，整改率达98.5%。", records)
    assert (
        wrong.reason
        == "草稿写1682条，台账为1683条（排查问题隐患数）；隐患整改率写98.5%，按1679÷1682应为99.82%"
    )
    assert (wrong.expected, wrong.label) == ("1683条", "排查问题隐患数")
    assert right.reason == "与台账一致（已整改隐患数）"
    assert rate.verdict is Verdict.DIFFERS


def test_last_year_is_held_against_last_year(records):
    now, before, other = read("排查隐患1683条（去年1502条），比上年增加181条。", records)
    assert (now.verdict, before.verdict, other.verdict) == (Verdict.AGREES, Verdict.AGREES, Verdict.UNKNOWN)
    (wrong,) = read("去年共下拨自然灾害救灾资金112万元。", records)
    assert wrong.reason == "草稿写112万元，台账上年为118万元（下拨救灾资金）"


@pytest.mark.parametrize(
    "text",
    [
        "全市共排查隐患1683条，整改1679条。",
        "2025年，计划排查隐患1683条，整改率达99.76%。",
        "四、下一步工作打算\n排查隐患1683条，调拨棉被800床。",
        "盖洋镇排查隐患1683条，整改1679条。",
        "一季度排查隐患1683条。",
        "6月份，全县排查隐患1683条。",
        "明溪县应急管理局2024年上半年工作总结\n排查隐患1683条。",
        "2020年以来累计排查隐患1683条。",
        "在危险化学品领域排查隐患1683条。",
        "购置帐篷20顶、棉被800床。",
        "2024年各行业领域隐患排查情况：消防隐患1683条、工贸1679条。",
        "全年检查企业500家，发现隐患1683条。",
        "关于6.9-6.18暴雨洪涝防范应对工作情况的报告\n转移群众3028人，调拨棉被800床。",
        "明溪县应急管理局2024年6月工作月报\n排查隐患1683条。",
        "明溪县水利局2024年度工作总结\n排查隐患1683条，调拨棉被800床。",
        "明溪县盖洋镇人民政府2024年度工作总结\n排查隐患1683条。",
        "棉被、毛毯、大衣分别为800床、100件。",
        "向乡镇调拨60件雨衣、5床凉席。现有棉被800床。",
        "现有执法人员43名，组织全局63名干部参加旁听庭审。",
        "全年平均每个乡镇调拨棉被800床。",
        "隐患还有1683条未整改。",
        "围绕防灾减灾日，5月16日、6月19日开展集中活动。",
        "隐患同比增加1683条，每个乡镇平均调拨棉被800床。",
        "新购展板15块，签订合同4份，下乡9次，慰问困难户39户。",
    ],
)
def test_numbers_that_are_not_the_years_totals_are_never_agreed_to(text, records):
    assert {verdict for _, _, verdict in told(text, records)} == {Verdict.UNKNOWN}


def test_another_countys_report_is_not_agreed_to(records):
    text, _ = marked_drafts.draft("annual")
    foreign = text.replace("明溪县", "永安市").replace("明溪", "永安")
    met = read(foreign, records)
    assert {item.verdict for item in met} <= {Verdict.UNKNOWN, Verdict.CONTRADICTS}
    assert any(item.reason == "草稿像是永安市的，不与本台账核对" for item in met)


def test_a_report_of_the_year_before_is_held_against_that_year(records):
    text = "明溪县应急管理局2023年工作总结\n全年排查隐患1502条，整改1683条，2022年排查隐患1502条。"
    assert [verdict for _, _, verdict in told(text, records)] == [
        Verdict.AGREES,
        Verdict.DIFFERS,
        Verdict.UNKNOWN,
    ]


def test_one_number_may_say_two_things(records):
    assert told("排查整改重大事故隐患73条。", records) == [
        ("73", "major_hazards_found", Verdict.AGREES),
        ("73", "major_hazards_rectified", Verdict.AGREES),
    ]


def test_what_is_named_instead_of_counted(records):
    text = "建成城区特勤消防站，与雄鹰救援队、红土地救援队签订装备使用协议。"
    assert told(text, records) == [
        ("城区特勤消防站", "special_fire_stations", Verdict.AGREES),
        ("雄鹰救援队、红土地救援队", "rescue_agreements", Verdict.AGREES),
    ]


@pytest.mark.parametrize(
    ("text", "number", "why"),
    [
        ("甲物资3件、乙物资4件，共计8件。", "8", "前面各项相加是7件，这里写8件"),
        ("共走访220家，其中工贸320家。", "320", "“其中”的320家多于前面的220家"),
    ],
)
def test_what_contradicts_itself_without_an_indicator(text, number, why, records):
    (met,) = [item for item in read(text, records) if item.verdict is Verdict.CONTRADICTS]
    assert (met.amount.text, met.reason) == (number, why)


def test_contradictions_where_the_records_say_nothing(records):
    silent = [replace(item, value=replace(item.value, value=None)) for item in records]
    funds = "争取各类资金831.16万元，其中自然灾害救灾资金935万元。"
    text = f"排查隐患1500条，整改1600条。{funds}\n调拨棉被800床。\n调拨棉被820床。"
    met = {item.amount.text: item for item in read(text, silent)}
    assert {item.verdict for item in met.values()} == {Verdict.CONTRADICTS}
    assert met["1600"].reason == "已整改隐患数1600条多于排查问题隐患数1500条"
    assert met["820"].reason == "本稿的调拨棉被一处写800床，一处写820床"


def test_the_clerks_own_indicator_is_known_by_its_label(records):
    own = Indicator("own", "救生衣调拨数", "supply_line", Aggregate.SUM, "件", where={"item": ("救生衣",)})
    mine = [*records, Known(IndicatorValue(own, Decimal(60), "60", 1))]
    assert told("向乡镇调拨棉被800床、救生衣60件。", mine)[1] == ("60", "own", Verdict.AGREES)
    assert told("向乡镇调拨棉被800床、救生衣61件。", mine)[1] == ("61", "own", Verdict.DIFFERS)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("调拨棉被、毛毯分别为800床、100件。", ["quilts_dispatched", "blankets_dispatched"]),
        ("向灾区送达800床棉被、60件雨衣、390件大衣。", ["quilts_dispatched", "", "coats_dispatched"]),
        ("135万元救灾款下拨到位。", ["relief_funds_paid"]),
        ("县防指四度启动应急响应。", ["responses_started"]),
        ("“五个一百”连续第三年完成。", ["safety_project_years"]),
        ("安全生产工作会议开了七回，县领导带队督查九趟。", ["safety_meetings", "leader_inspections"]),
        ("另外争取防寒物资经费30万元。", ["winter_supplies_funds"]),
        ("防汛中无一人伤亡，伤亡人数为0。", ["flood_casualties", "flood_casualties"]),
        ("组织企业负责人培训49场，累计2097人。", ["manager_training_sessions", "manager_training_people"]),
        ("同两家社会救援队签署装备使用协议。", ["rescue_agreements"]),
        ("建成一座特勤消防站。", ["special_fire_stations"]),
        (
            "在5月12日防灾减灾日、5月16日、6月19日几个集中宣传日开展活动。",
            ["publicity_day_disaster", "publicity_day_may16", "publicity_day_jun19"],
        ),
    ],
)
def test_wording_of_many_kinds(text, meant, records):
    assert [indicator for _, indicator, _ in told(text, records)] == meant
    assert Verdict.DIFFERS not in {verdict for _, _, verdict in told(text, records)}


def test_what_the_yearly_report_does_not_show_is_no_alarm(records):
    other = Indicator("law_checks", "执法检查次数", "law_check", Aggregate.COUNT, "次")
    mine = [*records, Known(IndicatorValue(other, Decimal(30), "30", 1), beside=True)]
    (far,) = read("组织开展检查，对各类企业实施执法监督31次。", mine)
    assert (far.verdict, far.indicator) == (Verdict.UNKNOWN, "")
    (near,) = read("开展执法检查31次。", mine)
    assert (near.verdict, near.indicator) == (Verdict.UNKNOWN, "law_checks")
    assert near.reason.startswith("台账的“执法检查次数”为30次，草稿写31次；")
    assert told("开展执法检查30次。", mine) == [("30", "law_checks", Verdict.AGREES)]


def test_years_of_a_table(records):
    cells = [
        "指标",
        "单位",
        "2023年",
        "2024年",
        "排查问题隐患数",
        "条",
        "1502",
        "1683",
        "整改率",
        "%",
        "99.2%",
        "99.77%",
    ]
    met = read("\n".join([*cells, ""]), records)
    assert [item.verdict for item in met] == [Verdict.AGREES] * 3 + [Verdict.DIFFERS]
    assert met[0].reason.startswith("与台账上年")


def test_the_trace_annex_is_not_read(records):
    assert told("排查隐患1683条。\n　　附件：指标溯源\n\n　　指标溯源\n排查隐患21条。", records) == [
        ("1683", "hazards_found", Verdict.AGREES)
    ]


def test_cells_of_a_table(records):
    text = "指标\n单位\n数值\n排查问题隐患数\n条\n1683\n隐患整改率\n%\n99.76\n"
    assert told(text, records) == [
        ("1683", "hazards_found", Verdict.AGREES),
        ("99.76", "hazard_rectification_rate", Verdict.AGREES),
    ]


@pytest.mark.parametrize(
    "text", ["", "\n\n", "（（1683", "）1683条（", "其中" * 40 + "3条", "%" * 50, "1" * 400 + "条"]
)
def test_odd_texts_are_read_to_the_end(text, records):
    assert all(item.verdict is not Verdict.AGREES for item in read(text, records))


def test_a_last_year_that_may_be_this_one_is_left_to_the_clerk(records):
    found = {item.amount.text: item for item in read("去年排查隐患1683条，上年整改率为99.2%。", records)}
    assert found["1683"].verdict is Verdict.UNKNOWN
    assert "指哪一年看不准" in found["1683"].reason
    (wrong,) = read("去年排查隐患1682条。", records)
    assert wrong.verdict is Verdict.DIFFERS, "neither this year's nor last year's"
