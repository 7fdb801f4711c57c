"""The same thing stored twice: single records, files sent again, corrected files."""

from __future__ import annotations

import datetime
from array import array

import pytest

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks.twice import found_again, recorded_twice, same_words, twins_found
from mingxi_desktop.ledger.checks.twice.same_words import document, stem
from tests.ledger.checks.sent import TOTAL, scope_of, sent
from tests.ledger.conftest import DAY, day


def seen(ledger: Ledger) -> list[Concern]:
    """What the check finds in 2024."""
    return list(recorded_twice.find(scope_of(ledger)))


def test_typed_twice_with_other_signs_and_width(ledger: Ledger, add) -> None:
    one = add("hazard", place="甲木业", description="2处配电箱未接地，线路老化")
    two = add("hazard", place="甲木业", description=" ２处配电箱未接地, 线路老化。")
    add("hazard", place="甲木业", description="3处配电箱未接地，线路老化")
    add("hazard", place="乙木业", description="2处配电箱未接地，线路老化")
    add("hazard", place="甲木业", description="2处配电箱未接地，线路老化", record_date=day(1))
    (concern,) = seen(ledger)
    assert concern.records == (("hazard", one), ("hazard", two))
    assert concern.message == (
        "盖洋镇2024年6月9日的隐患（甲木业、“2处配电箱未接地，线路老化”）登记了2次（#1、#2），会算2遍"
    )


@pytest.mark.parametrize(
    ("kind", "same", "other"),
    [
        ("inspection", {"leader": "王局", "enterprises": ("甲厂", "乙厂")}, {"enterprises": ("甲厂",)}),
        ("inspection", {"staff": 5}, {"staff": 6}),
        ("enforcement_case", {"decision_date": DAY}, {"case_no": "明应急罚〔2024〕9号", "cause": "超量储存"}),
        ("meeting", {"topic": "防汛部署"}, {"topic": "台风部署"}),
        ("activity", {"title": "咨询日", "participants": 30}, {"participants": 45}),
        ("accident", {"deaths": 1}, {"deaths": 0, "field": "工贸"}),
        ("fund", {"amount": 900, "doc_no": "闽财〔2024〕8号"}, {"doc_no": "闽财〔2024〕9号"}),
    ],
)
def test_each_ledger_by_what_its_records_are(ledger: Ledger, add, kind, same, other) -> None:
    first, second = (add(kind, **same) for _ in range(2))
    add(kind, **{**same, **other})
    assert [concern.records for concern in seen(ledger)] == [((kind, first), (kind, second))]


def test_goods_to_the_same_receiver_under_two_numbers(ledger: Ledger, add) -> None:
    lines = [{"item": "棉被", "quantity": 40}, {"item": "帐篷", "quantity": 2}]
    one = add("supply_movement", doc_no="DB2024-001", supply_line=lines)
    two = add("supply_movement", doc_no="DB2024-007", supply_line=lines[::-1])
    add("supply_movement", doc_no="DB2024-008", supply_line=lines[:1])
    assert [concern.records for concern in seen(ledger)] == [
        (("supply_movement", one), ("supply_movement", two))
    ]


def test_a_line_twice_on_one_slip(ledger: Ledger, add) -> None:
    lines = [
        {"item": "棉被", "quantity": 40},
        {"item": "棉被", "quantity": 40},
        {"item": "帐篷", "quantity": 2},
    ]
    slip = add("supply_movement", supply_line=lines)
    (concern,) = seen(ledger)
    assert concern.records[2] == ("supply_movement", slip)
    assert "棉被" in concern.message
    (cure,) = recorded_twice.cures(scope_of(ledger), concern)
    ledger.checks.cure(cure)
    assert len(ledger.children("supply_movement", slip)["supply_line"]) == 2


def test_document_numbers_that_differ_in_form_only(ledger: Ledger, add) -> None:
    one = add("enforcement_case", case_no="明应急罚〔2024〕5号", cause="甲")
    two = add("enforcement_case", case_no="明应急罚[2024]05号", cause="乙", record_date=day(9))
    (concern,) = seen(ledger)
    assert {number for _, number in concern.records} == {one, two}
    assert document("DB2024-001") == document("ＤＢ2024—1")
    assert document("DB2024-001") != document("DB2024-010")


def test_a_team_entered_anew_each_year_is_two_while_both_are_in_force(ledger: Ledger, add) -> None:
    old = add("rescue_team", name="蓝盾救援队", from_date=datetime.date(2022, 1, 1))
    new = add("rescue_team", name="蓝盾 救援队", from_date=datetime.date(2024, 1, 1), headcount=30)
    assert [concern.records for concern in seen(ledger)] == [(("rescue_team", old), ("rescue_team", new))]
    ledger.edit("rescue_team", old, {"to_date": datetime.date(2023, 12, 31)})
    assert seen(ledger) == []


def test_a_file_imported_again_is_one_finding(ledger: Ledger, add) -> None:
    rows = [{"description": f"隐患之{number}", "place": "甲厂"} for number in ("甲", "乙", "丙", "丁")]
    first = sent(ledger, "盖洋镇6月隐患.xlsx", rows)
    again = sent(ledger, "盖洋镇6月隐患(1).xlsx", rows)
    (concern,) = seen(ledger)
    assert {number for _, number in concern.records} == {*first, *again}
    assert "“盖洋镇6月隐患.xlsx”和“盖洋镇6月隐患(1).xlsx”" in concern.message
    assert "4条相同" in concern.message
    earlier, later = recorded_twice.cures(scope_of(ledger), concern)
    assert "只保留“盖洋镇6月隐患(1).xlsx”" in earlier.label
    ledger.checks.cure(earlier)
    assert seen(ledger) == []
    assert [bool(ledger.get("hazard", number).deleted_at) for number in (first[0], again[0])] == [True, False]
    assert later.removes == 4


def test_a_corrected_file_is_one_finding_that_names_both(ledger: Ledger, add) -> None:
    def table(numbers: dict[str, int]) -> list[dict[str, object]]:
        return [{"area": area, "description": "隐患数", "quantity_found": found, **TOTAL}
                for area, found in numbers.items()]  # fmt: skip

    sent(ledger, "6月隐患汇总.xlsx", table({"盖洋镇": 15, "雪峰镇": 20, "胡坊镇": 7}))
    sent(ledger, "6月隐患汇总（更正）.xlsx", table({"盖洋镇": 17, "雪峰镇": 20, "胡坊镇": 7}))
    (concern,) = seen(ledger)
    assert "2条相同、1条数不同" in concern.message
    assert len(concern.records) == 6


def test_a_corrected_file_of_which_no_row_is_the_same(ledger: Ledger, add) -> None:
    sent(ledger, "盖洋镇6月隐患.xlsx", [{"description": "堆放杂物"}, {"description": "线路老化"}])
    sent(ledger, "盖洋镇6月隐患-修改后.xlsx", [{"description": "通道堵塞"}, {"description": "未接地"}])
    sent(ledger, "盖洋镇7月隐患-修改.xlsx", [{"description": "别的", "record_date": day(40)}])
    (concern,) = seen(ledger)
    assert len(concern.records) == 4
    assert stem("盖洋镇6月隐患-修改后.xlsx")[0] == stem("盖洋镇６月隐患.xls")[0]
    assert stem("整改情况.xlsx") == ("整改情况", False)


def test_a_file_sent_again_with_other_days(ledger: Ledger, add) -> None:
    words = ("配电箱未接地", "货架无限载", "通道堵塞", "叉车无证")
    sent(ledger, "六月.xlsx", [{"description": text, "place": "甲厂"} for text in words])
    sent(
        ledger,
        "隐患2.xlsx",
        [{"description": text, "place": "甲厂", "record_date": day(2)} for text in words],
    )
    (concern,) = seen(ledger)
    assert "4条日期不同、内容相同" in concern.message
    assert list(found_again.find(scope_of(ledger))) == [], "told once"


def test_a_correction_of_which_the_import_knew_all_rows_but_one(ledger: Ledger, add) -> None:
    first = sent(ledger, "六月.xlsx", [{"description": text, "place": place} for text, place in
                                     (("配电箱未接地", "甲厂"), ("货架无限载", "乙厂"))])  # fmt: skip
    (again,) = sent(ledger, "六月（更正）.xlsx", [{"description": "配电箱没有接地", "place": "甲厂"}])
    sent(ledger, "六月（修改）.xlsx", [{"description": "新增一条", "place": "丁厂"}])
    (concern,) = seen(ledger)
    assert {number for _, number in concern.records} == {first[0], again}


def test_files_of_the_same_name_for_other_weeks_are_no_repetition(ledger: Ledger, add) -> None:
    for week in range(4):
        sent(ledger, "隐患周报.xlsx", [{"description": "周报", "quantity_found": 3 + week,
                                    "record_date": day(7 * week - 8), **TOTAL}])  # fmt: skip
    assert seen(ledger) == []


def test_typed_and_imported_and_what_only_one_has(ledger: Ledger, add) -> None:
    done = {"owner": "厂长", "quantity_rectified": 1, "rectified_date": day(5)}
    typed = add("hazard", place="甲厂", description="未接地", **done)
    (came,) = sent(ledger, "盖洋镇.xlsx", [{"place": "甲厂", "description": "未接地", "note": "照片已存"}])
    case = add("enforcement_case", hazard=f"hazard:{came}")
    (concern,) = seen(ledger)
    assert "手工登记、“盖洋镇.xlsx”" in concern.message
    (cure,) = recorded_twice.cures(scope_of(ledger), concern)
    ledger.checks.cure(cure)
    kept = ledger.get("hazard", typed)
    assert (kept.values["note"], kept.values["owner"]) == ("照片已存", "厂长")
    assert ledger.get("hazard", came).deleted_at
    assert ledger.get("enforcement_case", case).values["hazard"] == f"hazard:{typed}"
    assert seen(ledger) == []


def test_the_place_left_out_in_one(ledger: Ledger, add) -> None:
    one = add("hazard", place="甲厂", description="三号车间行车限位失灵")
    two = add("hazard", description="三号车间行车限位失灵")
    add("hazard", description="三号车间行车限位失灵", area="雪峰镇")
    assert [concern.records for concern in seen(ledger)] == [(("hazard", one), ("hazard", two))]


def test_one_total_under_two_names(ledger: Ledger, add) -> None:
    """Typed after a call, then imported under the title of the file."""
    typed = add("hazard", description="六月隐患", quantity_found=15, **TOTAL)
    (came,) = sent(ledger, "盖洋镇.xlsx", [{"description": "排查统计", "quantity_found": 15, **TOTAL}])
    (concern,) = seen(ledger)
    assert {number for _, number in concern.records} == {typed, came}


def test_of_very_many_marks_those_that_repeat_are_found_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    marks = array("q", [*range(-50, 50), 7, -7, 7])
    for part in (1_000, 10):
        monkeypatch.setattr(same_words, "_PART", part)
        assert same_words.repeated(marks) == {7, -7}


def test_of_many_at_one_place_and_day_only_those_said_alike_are_read(
    ledger: Ledger, add, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twins_found, "_MANY", 1)
    one = add("hazard", place="甲木业", description="2处配电箱未接地，线路老化")
    add("hazard", place="甲木业", description="3处配电箱未接地，线路老化")
    two = add("hazard", place="甲木业", description=" ２处配电箱未接地, 线路老化。")
    assert [concern.records for concern in seen(ledger)] == [(("hazard", one), ("hazard", two))]
