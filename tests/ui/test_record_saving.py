"""What is said and shown once a form is stored: 已保存 as soon as the disk has it, everything else after that."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, forms
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.record_panel import RecordPanel
from tests.ui.small import rest

Make = Callable[..., RecordPanel]


@pytest.fixture
def panel(context, shown) -> Make:
    def make(record: int | None = None) -> RecordPanel:
        made = RecordPanel(context, kind_of("hazard"))
        shown(made, 520, 760)
        if record is None:
            made.start_new({"area": "盖洋镇", "field": "消防"})
        else:
            made.show_record(record)
        rest(context.worker)
        return made

    return make


def fill(panel: RecordPanel, name: str, text: str) -> None:
    panel.form.inputs[name].set_text(text)
    panel.form.inputs[name].changed_by_user()


def said(context: Context) -> list[str]:
    """What the status bar is given from now on."""
    heard: list[str] = []
    context.said.connect(heard.append)
    return heard


def stored(context: Context) -> int:
    counted: list[int] = []

    def count(ledger: Ledger) -> int:
        return ledger.count(Query("hazard"))

    context.worker.run(count, done=counted.append)
    rest(context.worker)
    return counted[0]


def test_a_record_of_another_year_is_said_to_be_there(panel: Make, context: Context) -> None:
    context.set_year(2024)
    made = panel(1)
    fill(made, "record_date", "2023-06-09")
    heard = said(context)
    made.save()
    rest(context.worker)
    assert heard[-1].endswith("（2023 年的，右上角换到 2023 年看）")


def test_it_is_said_to_be_stored_before_it_is_read_again(
    panel: Make, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = panel(1)
    fill(made, "description", "通道堵塞")
    done: list[str] = []
    context.said.connect(lambda sentence: done.append(sentence[:3]))
    look = forms.look

    def watched(ledger: Ledger, kind: str, record: int) -> forms.Found:
        done.append("read")
        return look(ledger, kind, record)

    monkeypatch.setattr(forms, "look", watched)
    made.save()
    rest(context.worker)
    assert done[:2] == ["已保存", "read"]
    assert not made.dirty


def test_what_is_stored_and_cannot_be_read_again_is_not_stored_twice(
    panel: Make, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = panel()
    fill(made, "description", "通道堵塞")
    before = stored(context)

    def fault(*_: object) -> None:
        raise UserError("读写台账文件出错")

    monkeypatch.setattr(forms, "look", fault)
    heard = said(context)
    for _ in range(2):
        made.save()
        rest(context.worker)
    assert [sentence[:3] for sentence in heard] == ["已保存", "读写台"]
    assert not made.saving.busy
    assert stored(context) == before + 1
