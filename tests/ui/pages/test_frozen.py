"""定稿: from the empty page over a frozen version to what changed since, and its withdrawal."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog

from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.ui import printing
from mingxi_desktop.ui.dialogs.freeze import FreezeDialog
from mingxi_desktop.ui.dialogs.withdraw import WithdrawDialog
from mingxi_desktop.ui.pages.frozen import FrozenPage
from tests.ledger.unprinted import set_no_pages
from tests.ui import small


@pytest.fixture(autouse=True)
def unprinted(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for pages that nobody looks at."""
    set_no_pages(monkeypatch)


def freeze(ledger) -> int:
    return ledger.frozen.freeze(Order(small.YEAR), by="张三", despite=True).id


@pytest.fixture
def on(context):
    """Do fn(ledger, *args) on the ledger's thread and give its answer."""

    def run(fn, *args):
        answers = []
        context.read(fn, *args, done=answers.append, owner=context)
        small.rest(context.worker, 30)
        return answers[0]

    return run


@pytest.fixture
def executed(monkeypatch):
    """Dialogs that were opened, each answered by its entry: dialog class → what is done with it."""
    answers = {}

    def run(dialog: QDialog) -> int:
        accepted: list[bool] = []
        dialog.accepted.connect(lambda: accepted.append(True))
        dialog.show()
        answers[type(dialog)](dialog)
        return len(accepted)

    for kind in (FreezeDialog, WithdrawDialog):
        monkeypatch.setattr(kind, "exec", run)
    return answers


def names(page: FrozenPage) -> list[str]:
    return [line.texts[0] for line in page.table.lines.lines]


def test_a_report_is_frozen_and_withdrawn_from_the_page(context, shown, executed):
    page = shown(FrozenPage(context))
    assert "还没有定稿" in page._name.text()
    assert page._freeze.isVisible()
    assert not page._open.isVisible()

    def sign(dialog: FreezeDialog) -> None:
        small.rest(context.worker, 30)
        dialog.by.setText("张三")
        assert not dialog.go.isEnabled(), "numbers are still open"
        assert "〔待核〕" in dialog.open_ones.text()
        dialog.despite.setChecked(True)
        dialog.go.click()
        dialog.reject()
        assert dialog.isVisible(), "what cannot be stopped does not look as if it were"
        small.rest(context.worker, 30)

    executed[FreezeDialog] = sign
    page.freeze()
    small.rest(context.worker, 30)
    assert names(page) == ["第1版（有效）"]
    assert "张三），之后没有变化" in page._state.text()
    assert not page._freeze.isVisible()
    assert "没有变化" in page.changes.table._empty

    def withdraw(dialog: WithdrawDialog) -> None:
        assert not dialog.go.isEnabled()
        dialog.why.setText("报错")
        dialog.go.click()
        small.rest(context.worker, 30)

    executed[WithdrawDialog] = withdraw
    page._withdraw.click()
    small.rest(context.worker, 30)
    assert names(page) == ["第1版（已撤回）"]
    assert "撤回：报错" in page._facts.text()
    assert page._freeze.text() == "重新定稿…"
    assert not page._withdraw.isVisible()

    def again(dialog: FreezeDialog) -> None:
        small.rest(context.worker, 30)
        assert dialog.by.text() == "张三", "the PC remembers who signed"
        dialog.despite.setChecked(True)
        assert not dialog.go.isEnabled(), "why there is another version must be said"
        dialog.note.setText("更正")
        assert dialog.go.isEnabled()
        dialog.reject()

    executed[FreezeDialog] = again
    page.freeze()


def test_what_changed_is_listed_with_its_records_and_the_version_can_be_had(
    context, shown, on, qtbot, monkeypatch, answers, tmp_path
):
    on(freeze)
    page = shown(FrozenPage(context))
    small.rest(context.worker, 30)
    context.changed.emit(on(lambda ledger: ledger.edit("hazard", 1, {"quantity_found": 13})))
    small.rest(context.worker, 30)
    assert "之后有" in page._state.text()
    line = page.changes.table.lines.lines[0]
    assert line.texts[:4] == ("排查问题隐患数", "46", "47", "+1")
    (cause,) = page.changes.causes.lines.lines
    assert cause.texts[1] == "计入 12→13"
    assert cause.texts[3] == "张三"
    with qtbot.waitSignal(context.record_wanted) as wanted:
        page.changes.causes.opened.emit(page.changes.causes.current())
    assert wanted.args == ["hazard", 1]
    opened = []
    monkeypatch.setattr(printing, "open_outside", lambda pdf, name, _: opened.append((pdf[:4], name)))
    page._open.click()
    small.rest(context.worker)
    assert opened == [(b"%PDF", "2024年法治政府建设年度报告第1版.pdf")]
    for name in ("定稿.pdf", "定稿.txt"):
        answers.file = tmp_path / name
        page.save()
        small.rest(context.worker)
    assert (tmp_path / "定稿.pdf").read_bytes().startswith(b"%PDF")
    assert "隐患" in (tmp_path / "定稿.txt").read_text(encoding="utf-8-sig")
