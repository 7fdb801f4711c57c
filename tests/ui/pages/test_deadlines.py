"""期限: what is shown, filtered, opened and ticked."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mingxi_desktop.domain.deadlines import Deadline
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui.dialogs.deadline_done import DoneDialog
from mingxi_desktop.ui.pages.deadlines import DeadlinesPage
from tests.ui.small import put, rest

_TODAY = datetime.date.today()


def _build(ledger: Ledger) -> None:
    """One overdue hazard, one that is due in three days, and a deadline of today to be ticked."""
    for text, days in (("过期", -3), ("快了", 3)):
        due = (_TODAY + datetime.timedelta(days)).isoformat()
        found = (_TODAY - datetime.timedelta(30)).isoformat()
        texts = {
            "record_date": found,
            "area": "盖洋镇",
            "description": text,
            "field": "消防",
            "due_date": due,
        }
        put(ledger, "hazard", texts)
    for id in ("winter_relief", "drills_first", "drills_second", "annual_report"):
        ledger.deadlines.switch(id, active=False)
    ledger.deadlines.keep(Deadline("", "考核材料", _TODAY.month, _TODAY.day))


@pytest.fixture
def page(context, shown) -> DeadlinesPage:
    context.worker.run(_build)
    return shown(DeadlinesPage(context))


def _states(page: DeadlinesPage) -> list[str]:
    return [line.texts[0] for line in page.table.lines.lines]


def test_lines_by_day_with_word_sign_and_days(page: DeadlinesPage) -> None:
    assert _states(page) == ["▲ 逾期", "● 今天到期", "○ 快到期"]
    days = [line.texts[2] for line in page.table.lines.lines]
    assert days == ["已过 3 天", "就是今天", "还有 3 天"]
    page.choices["逾期"].click()
    assert _states(page) == ["▲ 逾期"]
    page.choices["全部"].click()
    page.sorts.setCurrentIndex(page.sorts.findText("期限"))
    page.sorts.activated.emit(0)
    assert [line.texts[4] for line in page.table.lines.lines] == [f"考核材料（{_TODAY.year}年）"]


def test_a_line_leads_to_its_records(page: DeadlinesPage, context, qtbot) -> None:
    with qtbot.waitSignal(page.records_wanted) as wanted:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    found: list[Any] = []
    context.read(_descriptions, wanted.args[0], done=found.append, owner=page)
    rest(context.worker)
    assert found == [["过期"]]


def _descriptions(ledger: Ledger, query: Any) -> list[str]:
    return [record.values["description"] for record in ledger.records("hazard", ledger.ids(query))]


def test_a_deadline_is_ticked_and_that_is_taken_back(
    page: DeadlinesPage, context, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.table.selectRow(1)
    assert page._tick.isVisibleTo(page)
    assert not page._open.isVisibleTo(page)
    tried: list[str] = []

    def fill(dialog: DoneDialog) -> int:
        dialog.day.set_text("昨天吧")
        dialog.save()
        tried.append(dialog.fault.text())
        dialog.day.set_text(_TODAY.isoformat())
        dialog.note.setText("已报市局")
        dialog.save()
        rest(context.worker)
        return 1

    monkeypatch.setattr(DoneDialog, "exec", fill)
    page._tick.click()
    rest(context.worker)
    assert "不是日期" in tried[0]
    assert _states(page)[-1] == "✓ 已办"
    assert page.table.lines.lines[-1].texts[7].endswith("张三：已报市局")
    page.table.selectRow(2)
    assert page._untick.isVisibleTo(page)
    page._untick.click()
    rest(context.worker)
    assert _states(page)[1] == "● 今天到期"


def test_with_nothing_due_the_page_says_what_it_is_for(real, shown, settle) -> None:
    page = shown(DeadlinesPage(real))
    settle()
    assert page.table.lines.lines == []
    assert "今后 30 天也没有到期的" in page.table._empty
    assert not page._open.isEnabled()
    said: list[str] = []
    page.status.connect(said.append)
    page.say()
    assert said == ["逾期 0 项　今后 30 天到期 0 项"]
