"""节假日 and 期限表: typed, pasted, stored, refused where they stand."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from shiboken6 import isValid

from mingxi_desktop.domain.deadlines import Deadline
from mingxi_desktop.domain.workdays import YearOff, delivered_years
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.dialogs.deadline_form import DeadlineForm
from mingxi_desktop.ui.dialogs.deadlines import DeadlinesDialog
from mingxi_desktop.ui.dialogs.holidays import HolidaysDialog, NoticeDialog
from mingxi_desktop.ui.holidays_table import ON
from tests.ui.small import rest

_NOTICE = "关于2027年部分节假日安排的通知 一、元旦：1月1日至3日放假，共3天。1月9日（周六）上班。"


def _years(context, dialog: Any) -> dict[int, YearOff]:
    found: list[Any] = []
    context.read(lambda ledger: ledger.deadlines.years(), done=found.append, owner=dialog)
    rest(context.worker)
    return found[0]


def test_a_year_is_read_from_the_notice(context, shows, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = shows(HolidaysDialog(context, year=2026))
    assert dialog.table.rowCount() == len(delivered_years()[2026].off) + len(delivered_years()[2026].on)
    assert not dialog._save.isEnabled()

    def paste(notice: NoticeDialog) -> bool:
        notice.text.setPlainText("各乡镇：请按时报送。")
        assert not notice._go.isEnabled()
        notice.text.setPlainText(_NOTICE)
        assert notice._told.text().startswith("认出 2027 年 1 段放假、1 天上班")
        notice.take()
        return True

    monkeypatch.setattr(NoticeDialog, "exec", paste)
    dialog.paste()
    assert [dialog.table.text(0, column) for column in range(5)] == [
        "放假", "元旦", "2027-01-01", "2027-01-03", "周五至周日，共 3 天",
    ]  # fmt: skip
    dialog.save()
    rest(context.worker)
    kept = _years(context, dialog)[2027]
    assert kept.on == (datetime.date(2027, 1, 9),)
    assert not dialog.changed


def test_what_cannot_be_is_said_and_not_stored(context, shows, answers) -> None:
    dialog = shows(HolidaysDialog(context, year=2026))
    dialog.table.add_line(ON)
    dialog.table.item(dialog.table.rowCount() - 1, 2).setText("不知道")
    assert dialog._fault.text() == "▲ 第 14 行的“起”“不知道”不是日期"
    assert not dialog._save.isEnabled()
    dialog.table.item(13, 2).setText("6-1")
    dialog.table.item(13, 3).setText("6-1")
    assert dialog._fault.text() == "▲ 2026-06-01 是周一，本来就上班，不用登记"
    answers.leave = ask.Answer.CANCEL
    dialog.reject()
    assert dialog.isVisible()
    assert answers.asked == ["2026年的节假日"]
    answers.leave = ask.Answer.DISCARD
    dialog.reject()
    rest(context.worker)
    assert not isValid(dialog)
    assert _years(context, context)[2026] == delivered_years()[2026]


def test_the_table_of_deadlines(context, shows, answers, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = shows(DeadlinesDialog(context))

    def names() -> list[str]:
        return [line.texts[0] for line in dialog.table.lines.lines]

    assert names() == ["年度总结报送", "上半年应急演练", "冬春救助", "下半年应急演练"]
    assert not dialog._deliver.isEnabled()
    dialog.switch()
    rest(context.worker)
    assert dialog.table.lines.lines[0].texts[4] == "停用"
    assert dialog._deliver.text() == "恢复原样"
    dialog.deliver()
    rest(context.worker)
    assert dialog.table.lines.lines[0].texts[4] == "在用"

    def fill(form: DeadlineForm) -> int:
        form.name.setText("考核材料")
        form.day.setText("13-1")
        form.save()
        rest(context.worker)
        assert "没有13月1日这一天" in form._fault.text()
        form.day.setText("11月5日")
        form.save()
        rest(context.worker)
        return 1

    monkeypatch.setattr(DeadlineForm, "exec", fill)
    dialog.add()
    rest(context.worker)
    assert names()[3] == "考核材料"
    dialog.table.selectRow(3)
    assert dialog._deliver.text() == "删除 1 个期限"
    dialog.deliver()
    rest(context.worker)
    assert answers.asked == ["删除期限“考核材料”？"]
    assert len(names()) == 4


def test_a_number_of_days_is_kept_when_it_is_left(context, shows) -> None:
    dialog = shows(DeadlinesDialog(context))
    box = dialog._limits["recheck"]
    for typed in ("", "0", "15"):
        box.editor.setText(typed)
        box.editor.editingFinished.emit()
    rest(context.worker)
    found: list[int] = []
    context.read(_recheck, done=found.append, owner=dialog)
    rest(context.worker)
    assert found == [15]


def _recheck(ledger: Ledger) -> int:
    return ledger.deadlines.limits()["recheck"].days


def test_a_changed_form_keeps_what_it_does_not_show(context, shows) -> None:
    drills: list[Deadline] = []
    context.read(lambda ledger: ledger.deadlines.deadline("drills_first"), done=drills.append, owner=context)
    rest(context.worker)
    form = shows(DeadlineForm(context, drills[0]))
    assert form.kind.isVisible()
    form.lead.set_days(20)
    form.save()
    rest(context.worker)
    context.read(lambda ledger: ledger.deadlines.deadline("drills_first"), done=drills.append, owner=context)
    rest(context.worker)
    assert drills[1].lead == 20
    assert drills[1].shows == drills[0].shows
