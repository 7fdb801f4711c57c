"""What becomes of a cell typed into a ledger's table when the world does not let it be stored."""

from __future__ import annotations

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import forms
from mingxi_desktop.ui.pages.ledger import LedgerPage
from tests.ui.small import rest


def test_a_full_disk_is_told_and_the_text_is_kept(context, shown, answers, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise UserError("磁盘满了，没有保存", "", "先清理这个盘上的其他文件再试。")

    page = LedgerPage(context, kind_of("hazard"))
    page.refresh()
    shown(page)
    page.table.go_to(2)
    rest(context.worker)
    monkeypatch.setattr(forms, "change_cell", full)
    heard: list[str] = []
    context.said.connect(heard.append)
    page.model.setData(page.model.index(page.model.row_of(2), page.model.column_of("owner")), "张三")
    rest(context.worker)
    assert [error.title for error in answers.told] == ["磁盘满了，没有保存"]
    answers.told.clear()
    assert page.panel.dirty
    assert page.panel.form.inputs["owner"].text() == "张三"
    assert not page.panel.form.inputs["owner"].error
    assert "标出的地方" not in heard[-1]
    page.panel.revert()
    rest(context.worker)
