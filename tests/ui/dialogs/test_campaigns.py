"""Whether campaigns are counted: seen and set in a dialog, followed by the form until somebody answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ledger import Ledger, campaigns
from mingxi_desktop.ui.binder import RecordForm
from mingxi_desktop.ui.campaign_total import CampaignTotal
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.dialogs.campaigns import CampaignsDialog
from tests.ui.dialogs.test_batches import hazard

_BESIDE, _INSIDE = "生命通道·拆窗破网", "大排查大整治"
On = Callable[..., Any]


def bring(ledger: Ledger) -> None:
    """Three hazards of a campaign, one of them counted against what is set."""
    for place, more in (("甲厂", {}), ("乙厂", {}), ("丙厂", {"in_total": True})):
        ledger.add("hazard", {**hazard(place, 5), "granularity": "汇总", "campaign": (_BESIDE,), **more})


def line(dialog: CampaignsDialog, name: str) -> tuple[str, ...]:
    return next(one.texts for one in dialog.table.lines.lines if one.key == name)


def test_a_campaign_is_decided_on_and_its_rows_follow(
    real: Context, settle: Callable[[], None], on_ledger: On, qtbot: Any
) -> None:
    real.set_year(2024)
    on_ledger(bring)
    dialog = CampaignsDialog(real)
    qtbot.addWidget(dialog)
    settle()
    assert line(dialog, _BESIDE) == (_BESIDE, "否", "1 条，数量 5", "2 条，数量 10", "▲ 1 条不一致")
    assert line(dialog, _INSIDE)[1:] == ("是", "—", "—", "没有记录")
    row = [one.key for one in dialog.table.lines.lines].index(_BESIDE)
    dialog.table.selectRow(row)
    assert not dialog.beside.isEnabled()
    dialog.inside.click()
    settle()
    assert line(dialog, _BESIDE)[1:] == ("是", "1 条，数量 5", "2 条，数量 10", "▲ 2 条不一致")
    assert dialog.align.text() == "改为一致 2 条"
    dialog.align.click()
    settle()
    assert line(dialog, _BESIDE)[2:] == ("3 条，数量 15", "—", "✓ 一致")
    on_ledger(lambda ledger: (ledger.undo(), ledger.undo()))
    known = on_ledger(campaigns.settings)
    assert known[_BESIDE] == "否"
    dialog.reject()


@pytest.fixture
def form(real: Context, settle: Callable[[], None], qtbot: Any) -> RecordForm:
    """A form of a new hazard that follows the settings."""
    made = RecordForm(kind_of("hazard"), real.sources)
    qtbot.addWidget(made)
    made.set_record({"in_total": "是"})
    CampaignTotal(real, made, made)
    settle()
    return made


def choose(form: RecordForm, text: str) -> None:
    form.inputs["campaign"].set_text(text)
    form.inputs["campaign"].changed_by_user()


def test_the_form_fills_in_what_is_set_until_somebody_answers(form: RecordForm) -> None:
    answer = form.inputs["in_total"]
    choose(form, "生命")
    assert answer.text() == "是"
    choose(form, _BESIDE)
    assert answer.text() == "否"
    assert answer.error == f"“{_BESIDE}”定为不计入全年隐患总数"
    choose(form, _INSIDE)
    assert answer.text() == "是"
    answer.set_text("否")
    answer.changed_by_user()
    choose(form, f"{_INSIDE}、治本攻坚三年行动")
    assert answer.text() == "否"
