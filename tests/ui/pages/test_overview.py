"""概览: every line, card, cell and bar is a door."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from mingxi_desktop.ui.chart_view import ChartView
from mingxi_desktop.ui.pages.overview import IndicatorCard
from tests.ui.small import rest


@pytest.fixture
def page(window):
    return window.page("概览")


def texts(page) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def door(page, name: str) -> QPushButton:
    found = [one for one in page.findChildren(QPushButton) if name in one.accessibleName()]
    assert len(found) == 1, [one.accessibleName() for one in page.findChildren(QPushButton)]
    return found[0]


def test_a_to_do_leads_to_its_records(window, page) -> None:
    assert "1 条重大隐患缺“应急预案”" in texts(page)
    door(page, "补填").click()
    rest(window.context.worker)
    assert window.tab == "隐患排查"
    assert list(window.ledger_tab().current.model.ids) == [4]


def test_a_to_do_about_stock_leads_to_the_movements(window, page) -> None:
    door(page, "查看：棉被").click()
    rest(window.context.worker)
    assert window.ledger_tab().current.kind.name == "supply_movement"
    assert list(window.ledger_tab().current.model.ids) == [1]


def test_backup_from_the_to_do(window, page) -> None:
    door(page, "备份：").click()
    rest(window.context.worker)
    assert "最近备份" in texts(page)


def test_a_cell_of_the_grid_leads_to_the_month(window, page) -> None:
    door(page, "盖洋镇7月隐患 1 条").click()
    rest(window.context.worker)
    front = window.ledger_tab().current
    assert list(front.model.ids) == [3]
    chips = [chip.text() for chip in front.chips]
    assert "乡镇：盖洋镇" in chips
    assert "月份：7月" in chips


def test_a_card_opens_its_proof_and_the_proof_its_record(window, page, monkeypatch) -> None:
    from mingxi_desktop.ui.dialogs.indicator import IndicatorDialog

    shown = []

    def instead(dialog) -> int:
        dialog.show()
        rest(window.context.worker)
        shown.append(dialog.proof._value.text())
        assert dialog.proof._model.rowCount() == 5
        table = dialog.proof._table
        table.setCurrentIndex(dialog.proof._model.index(0, 0))
        QTest.keyClick(table, Qt.Key.Key_Return)
        assert not dialog.isVisible()
        return 1

    monkeypatch.setattr(IndicatorDialog, "exec", instead)
    cards = page.findChildren(IndicatorCard)
    found = next(card for card in cards if card._id == "hazards_found")
    assert "46 条" in found.accessibleName()
    assert "去年 30" in found.accessibleName()
    found.click()
    rest(window.context.worker)
    assert shown == ["46 条"]
    assert window.tab == "隐患排查"
    assert window.ledger_tab().current.panel.record_id is not None


def test_a_bar_leads_to_its_records(window, page) -> None:
    view = page.findChildren(ChartView)[0]
    view.grab()
    box, _, _ = max(view._bars, key=lambda bar: bar[0].height())
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    rest(window.context.worker)
    assert window.tab == "隐患排查"
    assert 1 <= len(window.ledger_tab().current.model.ids) < 5


def test_a_bar_by_keys(window, page) -> None:
    view = page.findChildren(ChartView)[0]
    view.setFocus()
    view.grab()
    june = next(number for number, (_, series, place) in enumerate(view._bars) if (series, place) == (0, 5))
    for _ in range(june + 1):
        QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Return)
    rest(window.context.worker)
    assert list(window.ledger_tab().current.model.ids) in ([1, 2], [2, 1])


def test_an_empty_year_offers_two_ways_to_begin(window, page) -> None:
    window.context.set_year(2019)
    rest(window.context.worker)
    assert "2019 年还没有记录" in texts(page)
    door(page, "登记第一条隐患").click()
    rest(window.context.worker)
    assert window.ledger_tab().current.panel._title.text() == "新增隐患"
    window.open_tab("概览")
    rest(window.context.worker)
    door(page, "导入乡镇报来的表").click()
    rest(window.context.worker)
    assert window._pages["import"].isVisible()


def test_numbers_follow_the_records(window, page) -> None:
    window.context.write(lambda ledger: ledger.edit("hazard", 1, {"quantity_found": 112}), owner=window)
    rest(window.context.worker)
    assert "146 条" in texts(page)
