"""What would be counted twice: told before the rows come in, put right after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.query import Query
from mingxi_desktop.ledger.checks import running
from mingxi_desktop.ledger.checks.check import Check, Cure, Scope, Trash
from mingxi_desktop.ledger.importing import Choice, Doubt
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.importing import judging, result_step
from mingxi_desktop.ui.importing.check_step import CONCERNS, DOUBTS, ROWS
from mingxi_desktop.ui.pages.import_page import CHECK, COLUMNS, RESULT
from tests.ui.pages.import_page_cases import GOOD, hazards, to_check, workbook

pytestmark = pytest.mark.usefixtures("one_child")

OTHER = [GOOD[0], "雪峰镇", "乙厂", "疏散通道堵塞", 1, 0, ""]


def _twice(scope: Scope) -> Iterable[Concern]:
    """A check for these tests: the same text is the same hazard, wherever it was found."""
    alike: dict[str, list[int]] = {}
    for record in scope.ledger.records("hazard", sorted(scope.ledger.ids(Query("hazard", year=scope.year)))):
        alike.setdefault(record.values["description"], []).append(record.id)
    for text, ids in alike.items():
        if len(ids) > 1:
            refs = tuple(("hazard", number) for number in ids)
            yield Concern("twice", Severity.WARNING, f"“{text}”记了{len(ids)}遍（#{ids[-1]}）", refs)


def _cures(_scope: Scope, concern: Concern) -> Sequence[Cure]:
    gone = tuple(number for _, number in concern.records[1:])
    return (Cure("合并", f"合并为一条，删去{len(gone)}条", (Trash("hazard", gone),)),)


@pytest.fixture(autouse=True)
def checks(monkeypatch: pytest.MonkeyPatch) -> None:
    """This check instead of the program's own."""
    check = Check("twice", "重复的隐患", "会算两遍", ("hazard",), _twice, _cures)
    monkeypatch.setattr(running, "every", lambda: (check,))
    monkeypatch.setattr(judging, "_SOON", 0)


@pytest.fixture
def twins(tmp_path):
    """The same hazard, reported by two townships, and another one."""
    return [
        workbook(tmp_path / "盖洋镇.xlsx", GOOD),
        workbook(tmp_path / "雪峰镇.xlsx", [GOOD[0], "雪峰镇", *GOOD[2:]], OTHER),
    ]


def lines(table):
    return [line.texts for line in table.lines.lines]


def test_a_concern_comes_to_the_front_before_anything_is_stored(settle, on_ledger, page, twins) -> None:
    to_check(page, settle, *twins)
    assert on_ledger(hazards) == 0
    assert [made.isChecked() for made in page.check.switches] == [False, False, True, False]
    assert page.check.switches[CONCERNS].text() == "疑点 1"
    part = page.check.concerns
    assert lines(part.table) == [
        ("◆ 疑似重复", "“应急照明损坏”记了2遍（雪峰镇.xlsx 第2行）", "2 个文件 2 行", "")
    ]
    assert [line[0] for line in lines(part.records)] == ["盖洋镇.xlsx 第2行", "雪峰镇.xlsx 第2行"]
    assert lines(part.records)[1][1] == "2024-06-09 ｜ 雪峰镇 ｜ 甲厂 ｜ 应急照明损坏 ｜ 2 ｜ 1 ｜ 乡里的话"
    assert part._later.text() == "仍然导入的，在结果页还可以：合并为一条，删去1条"
    part.records.selectRow(1)
    part.look.click()
    assert page.check.switches[ROWS].isChecked()
    assert (page.check.current().path.name, page.check.rows.current_row()) == ("雪峰镇.xlsx", 2)


def test_rows_left_out_are_not_stored_and_can_be_taken_back(qtbot, settle, on_ledger, page, twins) -> None:
    def judged() -> bool:
        return not page._judging.pending

    to_check(page, settle, *twins)
    part = page.check.concerns
    part.records.selectRow(1)
    assert part.leave.text() == "不导入选中的 1 行(&X)"
    part.leave.click()
    qtbot.waitUntil(judged)
    assert page.bars.next.text() == "导入 2 条"
    assert (page.check.switches[CONCERNS].text(), part.open) == ("疑点", 0)
    assert page.check.switches[DOUBTS].text() == "已有或重复 1"
    page.check.open(DOUBTS)
    assert page.check.doubts.items.items[0].doubt is Doubt.TWICE
    assert page.check.doubts._full.text() == "“应急照明损坏”记了2遍（雪峰镇.xlsx 第2行）"
    page.check.doubts.decide(Choice.ADD)
    qtbot.waitUntil(judged)
    assert (page.check.switches[CONCERNS].text(), part.open) == ("疑点 1", 1)
    assert page.check.switches[DOUBTS].isChecked(), "who decides is not taken elsewhere"
    page.check.doubts.decide(Choice.SKIP)
    page.forward()  # while it is being judged again
    settle()
    assert (page.step, on_ledger(hazards)) == (RESULT, 2)
    assert page.result.switches[CONCERNS - 1].text() == "疑点"


def test_nobody_hurries_past_a_concern(settle, on_ledger, page, twins) -> None:
    page.start(twins)
    settle()
    page.forward()
    settle()
    assert page.step == COLUMNS
    page.forward()
    page.forward()
    settle()
    assert (page.step, on_ledger(hazards)) == (CHECK, 0)
    assert page.check.switches[CONCERNS].isChecked()
    page.check.concerns.take.click()
    assert lines(page.check.concerns.table)[0][3] == "仍然导入"
    page.forward()
    settle()
    assert (page.step, on_ledger(hazards)) == (RESULT, 3)


def test_the_result_offers_the_cure_and_the_import_can_still_be_taken_back(
    settle, on_ledger, page, twins, monkeypatch
) -> None:
    to_check(page, settle, *twins)
    page.forward()
    settle()
    assert page.result.switches[result_step.CONCERNS].isChecked()
    assert page.result.switches[result_step.CONCERNS].text() == "疑点 1"
    assert lines(page.after.table) == [("◆ 疑似重复", "“应急照明损坏”记了2遍（#2）")]
    (cure,) = on_ledger(lambda ledger: ledger.checks.cures(page.after._found[0].concern, 2024))
    on_ledger(lambda ledger: ledger.checks.cure(cure))
    page._context.changed.emit(None)
    page.after._look()
    settle()
    assert lines(page.after.table) == []
    assert on_ledger(hazards) == 2
    monkeypatch.setattr(ask, "question", lambda *_, **__: True)
    monkeypatch.setattr("mingxi_desktop.ui.pages.import_page.TakenBackDialog.exec", lambda _: 0)
    page.undo()
    settle()
    assert page.result.switches[result_step.DONE].isChecked()
    assert on_ledger(hazards) == 0


def test_many_rows_are_judged_once_they_are_stored(settle, page, twins, monkeypatch) -> None:
    monkeypatch.setattr(judging, "MOST_ON_TRIAL", 2)
    to_check(page, settle, *twins)
    assert page.check.concerns.table._empty.startswith("有 3 条，导入以后再核对")
    page.forward()
    settle()
    assert page.step == RESULT
    assert page.result.switches[result_step.CONCERNS].text() == "疑点 1"
