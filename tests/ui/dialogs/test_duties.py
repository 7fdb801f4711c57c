"""The table of duties and the form for one; every step can be undone."""

from __future__ import annotations

import datetime

import pytest
import shiboken6

from mingxi_desktop.domain.duties import DELIVERED
from mingxi_desktop.domain.periods import Often
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ui.dialogs.duties import DutiesDialog
from mingxi_desktop.ui.dialogs.duty import DutyDialog
from tests.ui.audit import walk
from tests.ui.small import rest


@pytest.fixture
def dialog(context, app):
    """The table of duties."""
    made = DutiesDialog(context)
    made.show()
    rest(context.worker)
    yield made
    made.reject()
    rest(context.worker)


@pytest.fixture
def form(context, dialog):
    """A new duty being written."""
    made = DutyDialog(context, None, dialog._seen.duties, dialog._seen.offered, dialog)
    made.show()
    rest(context.worker)
    yield made
    if shiboken6.isValid(made):
        made.reject()


def duties(context, owner) -> tuple:
    found: list[tuple] = []
    context.read(lambda ledger: ledger.zeros.duties(), done=found.append, owner=owner)
    rest(context.worker)
    return found[0]


def test_a_campaign_is_written_in_the_form(context, dialog, form) -> None:
    form.often.setCurrentText("每周")
    form.campaign.setCurrentIndex(form.campaign.findData("大排查大整治"))
    form.name.setText("大排查周报")
    form.group.setCurrentText("部分乡镇")
    ref = form.who.lines.lines[1].key
    form.who.ticked.emit(ref, True)
    form.group.setCurrentText("部门")
    departments = {line.key for line in form.who.lines.lines}
    form._tick_all(on=True)
    assert all(line.ticked for line in form.who.lines.lines), "twenty departments in one click"
    assert departments <= form._ticked
    form._tick_all(on=False)
    form.group.setCurrentText("部分乡镇")
    assert [line.ticked for line in form.who.lines.lines][:3] == [False, True, False], "what was ticked stays"
    form.first.setText("6-1")
    form.last.setText("2024年8月31日")
    form.days.setText("2")
    form.workdays.setChecked(True)
    form.save()
    rest(context.worker)
    made = duties(context, dialog)[-1]
    assert (made.id, made.often, made.who, made.campaign) == ("hazard-2", Often.WEEK, (ref,), "大排查大整治")
    assert (made.first, made.last) == (datetime.date(2024, 6, 1), datetime.date(2024, 8, 31))
    assert [line.texts[0] for line in dialog.table.lines.lines][-1] == "大排查周报（大排查大整治）"
    context.write(Ledger.undo, owner=dialog)
    assert duties(context, dialog) == DELIVERED


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"days": "五"}, "天数“五”不是整数"),
        ({"first": "二月卅"}, "日期“二月卅”认不出来"),
        ({"first": "6-2", "last": "6-1"}, "“到”的日期早于“从”的日期"),
        ({"days": "5"}, "已经有同样的任务“隐患 · 每月”"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(context, form, fields, said) -> None:
    for name, text in fields.items():
        getattr(form, name).setText(text)
    form.save()
    assert said in form._message.text()
    assert duties(context, form) == DELIVERED


def test_the_form_is_as_high_as_what_it_asks(form) -> None:
    walk.at_rest()
    low = form.height()
    assert low == form._height_needed()
    form.group.setCurrentText("部分乡镇")
    walk.at_rest()
    assert form.height() == form._height_needed() > low


def test_what_is_offered_follows_the_ledger(form) -> None:
    form.kind.setCurrentIndex(form.kind.findData("disaster_loss"))
    assert [form.often.itemData(place) for place in range(form.often.count())] == [
        Often.EVENT_DAY, Often.EVENT,
    ]  # fmt: skip
    assert not form.campaign.isVisible()


def test_one_is_removed_after_a_question_and_the_delivered_come_back(context, dialog, answers) -> None:
    assert not dialog._deliver.isEnabled()
    dialog._remove.click()
    rest(context.worker)
    assert [duty.id for duty in duties(context, dialog)] == ["response_tally"]
    dialog._deliver.click()
    rest(context.worker)
    assert duties(context, dialog) == DELIVERED
    assert answers.asked == ["删除报送任务“隐患 · 每月”？", "恢复默认的报送任务？"]
