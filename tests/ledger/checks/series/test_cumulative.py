"""Running totals that are added together, in every ledger in which a clerk meets them."""

from __future__ import annotations

from typing import Any

import pytest

from mingxi_desktop.domain.concerns import Severity
from mingxi_desktop.ledger import Ledger
from tests.ledger.checks.looked import alive, cure, found, ids
from tests.ledger.conftest import Add
from tests.ledger.measured import date, printed, tally

CODE = "cumulative_added"


def days(
    add: Add, event: int, area: str, people: list[int], basis: str = "当日新增", **more: Any
) -> list[int]:
    return [
        tally(add, event, area, 9 + number, basis, evacuees=count, **more)
        for number, count in enumerate(people)
    ]


@pytest.fixture
def flood(add: Add) -> int:
    return add("disaster_event", end_date=date(6, 18))


def test_running_totals_marked_as_new_are_found_and_become_running_totals(
    ledger: Ledger, add: Add, flood: int
) -> None:
    rows = days(add, flood, "盖洋镇", [100, 180, 260], deaths=0)
    days(add, flood, "夏阳乡", [100, 40, 160])
    days(add, flood, "胡坊镇", [20, 22, 23])  # new every day, and hardly more
    days(add, flood, "沙溪乡", [0, 5, 12])
    (concern,) = found(ledger, CODE)
    assert ids(concern) == rows
    assert "盖洋镇" in concern.message
    assert "540人" in concern.message
    assert "260人" in concern.message
    assert printed(ledger, "people_evacuated")[0] == 540 + 300 + 65 + 17
    cure(ledger, CODE, "改为累计")
    assert printed(ledger, "people_evacuated")[0] == 260 + 300 + 65 + 17
    assert found(ledger, CODE) == []
    ledger.undo()
    assert len(found(ledger, CODE)) == 1


def test_two_reports_are_enough_where_one_says_so(ledger: Ledger, add: Add, flood: int) -> None:
    days(add, flood, "盖洋镇", [100, 130])
    assert found(ledger, CODE) == []
    days(add, flood, "夏阳乡", [12, 132], note="截至当日18时")
    (concern,) = found(ledger, CODE)
    assert "夏阳乡" in concern.message


def test_both_bases_at_once(ledger: Ledger, add: Add, flood: int) -> None:
    new = days(add, flood, "盖洋镇", [10, 20])
    total = tally(add, flood, "盖洋镇", 12, "累计", evacuees=150)
    (concern,) = found(ledger, CODE)
    assert ids(concern) == [*new, total]
    assert "30人" in concern.message
    assert "150人" in concern.message
    cure(ledger, CODE, "只留累计")
    assert alive(ledger, "response_tally") == [total]


def test_a_running_total_that_falls_contradicts_itself(ledger: Ledger, add: Add, flood: int) -> None:
    first, second = days(add, flood, "盖洋镇", [0, 0], "累计", cadres=30)
    ledger.edit("response_tally", second, {"cadres": 12})
    (concern,) = found(ledger, CODE)
    assert concern.severity is Severity.ERROR
    assert ids(concern) == [second, first]
    assert "6月10日" in concern.message
    ledger.edit("response_tally", second, {"note": "一部分干部已返回"})
    assert found(ledger, CODE) == []


def test_the_total_of_the_county_beside_its_townships(ledger: Ledger, add: Add, flood: int) -> None:
    days(add, flood, "盖洋镇", [100, 40])
    tally(add, flood, "夏阳乡", 9, "累计", evacuees=60)
    own = tally(add, flood, "县直", 9, "累计", evacuees=0, cadres=20)
    assert found(ledger, CODE) == []
    ledger.edit("response_tally", own, {"evacuees": 200})
    (concern,) = found(ledger, CODE)
    assert ids(concern)[0] == own
    assert len(ids(concern)) == 4, "what the townships reported is named behind it"
    cure(ledger, CODE, "删除县直的 1 条")
    assert found(ledger, CODE) == []


SHEETS: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("hazard", {"description": "截至{day}累计排查隐患"}, ("quantity_found", "quantity_rectified")),
    ("hazard", {"description": "隐患", "note": "1-{month}月", "granularity": "汇总"}, ("quantity_found",)),
    ("hazard", {"description": "隐患", "granularity": "汇总", "source_ref": "盖洋镇（截至{day}）.xlsx · 表1 · 第3行"},
     ("quantity_found",)),
    ("inspection", {"granularity": "汇总", "note": "今年以来累计"}, ("times",)),
    ("meeting", {"area": "盖洋镇", "topic": "累计召开会议", "granularity": "汇总"}, ("times",)),
    ("activity", {"area": "盖洋镇", "title": "1-{month}月宣传", "granularity": "汇总"}, ("sessions",)),
    ("accident", {"granularity": "汇总", "note": "1—{month}月"}, ("cases",)),
    ("fund", {"area": "盖洋镇", "note": "截至{day}累计争取"}, ("amount",)),
    ("enforcement_case", {"granularity": "汇总", "cause": "截至{day}累计处罚"}, ("cases",)),
]  # fmt: skip


def _sheet(
    add: Add, sheet: tuple[str, dict[str, Any], tuple[str, ...]], month: int, number: int, **more: Any
) -> int:
    kind, values, names = sheet
    said = {name: text.format(month=month, day=f"{month}月30日") for name, text in values.items()}
    return add(kind, **{**said, "record_date": date(month, 28), **dict.fromkeys(names, number), **more})


def test_rows_that_say_that_they_run_on(ledger: Ledger, add: Add) -> None:
    for sheet in SHEETS:
        kind, _, names = sheet
        rows = [
            _sheet(add, sheet, 3, 30),
            _sheet(add, sheet, 6, 55),
            _sheet(add, sheet, 6, 70, area="夏阳乡"),
        ]
        (concern,) = found(ledger, CODE)
        assert concern.records == tuple((kind, row) for row in rows[:2])
        assert "累计" in concern.message
        cure(ledger, CODE, "改成当期新增")
        assert [ledger.get(kind, row).values[names[0]] for row in rows[:2]] == [30, 25]
        ledger.undo()
        cure(ledger, CODE, "只留最后一期")
        assert alive(ledger, kind) == rows[1:]
        ledger.delete(kind, rows[1:])


def test_one_running_total_beside_the_months_it_holds(ledger: Ledger, add: Add) -> None:
    months = [add("hazard", record_date=date(month, 28), quantity_found=number, granularity="汇总")
              for month, number in ((1, 10), (2, 12), (4, 9))]  # fmt: skip
    total = add("hazard", record_date=date(3, 31), quantity_found=30, granularity="汇总", note="1-3月累计")
    (concern,) = found(ledger, CODE)
    assert ids(concern) == [total, *months[:2]]
    cure(ledger, CODE, "改成当期新增")
    assert ledger.get("hazard", total).values["quantity_found"] == 8


def test_rows_that_grow_as_only_running_totals_do(ledger: Ledger, add: Add) -> None:
    def months(area: str, figures: list[int]) -> list[int]:
        return [
            add("hazard", record_date=date(month, 28), area=area, quantity_found=number, granularity="汇总")
            for month, number in enumerate(figures, 1)
        ]

    running = months("盖洋镇", [10, 25, 40, 60])
    months("夏阳乡", [12, 25, 18, 30])
    months("胡坊镇", [20, 24, 26, 29])  # four honest months may well rise
    months("夏坊乡", [10, 24, 30])  # as three do in one series of ten
    months("雪峰镇", [10, 14, 20, 31])
    (concern,) = found(ledger, CODE)
    assert ids(concern) == running
    # Three months that rise a little say nothing; of nearly all townships at once they do.
    for area in ("沙溪乡", "枫溪乡"):
        months(area, [10, 15, 20])
    assert len(found(ledger, CODE)) == 1


def test_three_townships_whose_three_months_all_grow(ledger: Ledger, add: Add) -> None:
    for area in ("盖洋镇", "夏阳乡", "沙溪乡"):
        for month, number in enumerate((10, 15, 20), 1):
            add("inspection", record_date=date(month, 28), area=area, times=number, granularity="汇总")
    assert len(found(ledger, CODE)) == 3


def test_goods_of_sheets_that_run_on(ledger: Ledger, add: Add) -> None:
    moved = [
        add("supply_movement", record_date=date(6, day), note=f"截至6月{day}日累计调拨",
            supply_line=[{"item": "棉被", "quantity": number}])
        for day, number in ((9, 100), (16, 150))
    ]  # fmt: skip
    (concern,) = found(ledger, CODE)
    assert concern.records == tuple(("supply_movement", number) for number in moved)
    assert "棉被" in concern.message
    cure(ledger, CODE, "只留最后一期")
    assert alive(ledger, "supply_movement") == moved[1:]


def test_what_only_looks_like_it_is_left_alone(ledger: Ledger, add: Add) -> None:
    for month in (5, 6):
        add("hazard", record_date=date(month, 9), description="燃气截止阀关闭不严", quantity_found=month)
        add(
            "hazard",
            record_date=date(month, 28),
            note=f"{month}月累计",
            quantity_found=month,
            granularity="汇总",
        )
        add("inspection", record_date=date(month, 28), times=month, granularity="汇总")
    assert found(ledger, CODE) == []
