"""Findings where the records are: in the table, above the form, among what is to be done today."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from mingxi_desktop.ledger.todos import URGENT
from mingxi_desktop.ui.checking.accept import AcceptDialog
from mingxi_desktop.ui.checking.concerns import Concerns
from mingxi_desktop.ui.dialogs.manual import page_for
from tests.ui.small import rest


def ledger_page(window, kind: str = "hazard"):
    window.go(f"drafts:{kind}")
    rest(window.context.worker)
    return window.ledger_tab().current


def head(page, record: int, role: int = Qt.ItemDataRole.ToolTipRole) -> str | None:
    return page.model.headerData(page.model.row_of(record), Qt.Orientation.Vertical, role)


def test_records_with_findings_are_marked_and_told_of(window, concerns) -> None:
    page = ledger_page(window)
    assert page.table.verticalHeader().isVisible()
    assert head(page, 1) == "疑似重复：盖洋镇和雪峰镇2024年6月的两条隐患是一条，合计会多算12条"
    assert head(page, 5) is None
    asked = window.context.worker.run
    window.context.worker.run = lambda *_, **__: pytest.fail("a mark must cost nothing while scrolling")
    page.table.verticalHeader().viewport().grab()
    window.context.worker.run = asked
    page.group_by(("area",))
    rest(window.context.worker)
    assert head(page, 1), "in groups, too"
    movements = ledger_page(window, "supply_movement")
    assert head(movements, 1).startswith("有误："), "a finding about a line is its movement's"
    window.context.set_year(2023)
    assert not page.table.verticalHeader().isVisible(), "the marks of one year are not those of another"


def test_the_chip_shows_only_those_and_follows(window, concerns) -> None:
    page = ledger_page(window)
    chip = page._marks.chip
    assert chip.text() == "有疑点 4"
    chip.click()
    rest(window.context.worker)
    assert sorted(page.model.ids) == [1, 2, 3, 4]
    window.context.write(lambda ledger: ledger.delete("hazard", [3]), owner=window)
    rest(window.context.worker)
    concerns.look()
    rest(window.context.worker)
    assert sorted(page.model.ids) == [1, 2, 4]
    chip.click()
    rest(window.context.worker)
    assert len(page.model.ids) == 4


def test_the_strip_above_the_form_leads_to_the_finding(window, concerns, monkeypatch) -> None:
    page = ledger_page(window)
    page.show_record(2)
    rest(window.context.worker)
    shown = page.panel.concerns
    assert shown.isVisible()
    assert "盖洋镇和雪峰镇" in "".join(label.text() for label in shown.findChildren(QLabel))
    asked = []
    looked = []
    monkeypatch.setattr(AcceptDialog, "exec", lambda dialog: asked.append(dialog._concern.code) or 1)
    accept = next(one for one in shown.findChildren(QPushButton) if one.text() == "接受…")
    with monkeypatch.context() as patch:
        patch.setattr(concerns, "look", looked.append)
        accept.click()
    assert asked == ["twins"]
    assert looked, "the strip goes at once, not some seconds later"
    next(one for one in shown.findChildren(QPushButton) if one.text() == "处理…").click()
    rest(window.context.worker)
    assert window.checks_page().tree.current.code == "twins"
    page.show_record(5)
    window.go("drafts:hazard")
    rest(window.context.worker)
    assert shown.isHidden()


def test_today_tells_of_them_in_one_line(window, concerns) -> None:
    today = window.page("概览").today
    rest(window.context.worker)
    assert today._late[0].severity == URGENT
    assert today._late[0].sentence == "核对发现 2 处疑点：库存对不上 1 处、同一条录了两遍 1 处"
    door = next(
        one for one in today.findChildren(QPushButton) if one.accessibleName().startswith("处理：核对发现")
    )
    door.click()
    assert window.checks_page() is not None


def test_they_are_looked_for_behind_everything_else(window, qtbot) -> None:
    """The first page is there before the first look; a change is followed by another one, after a while."""
    concerns = Concerns.of(window.context)
    window.open_tab("概览")
    rest(window.context.worker)
    assert concerns.looking or concerns.now is not None
    qtbot.waitUntil(lambda: concerns.now is not None)
    assert len(concerns.now.looked.open) == 4
    window.context.write(lambda ledger: ledger.delete("hazard", [2]), owner=window)
    rest(window.context.worker)
    qtbot.waitUntil(lambda: len(concerns.now.looked.open) == 3)


def test_f1_tells_of_the_part_in_front_wherever_the_focus_is(window) -> None:
    tab = window.page("概览")
    for part, page in (("今天", "01a"), ("核对", "01b"), ("报送", "01c"), ("期限", "01d")):
        tab.open(part)
        tab._pills[part].setFocus()
        assert page_for(window).startswith(page)
