"""历年对比 and 期初数: a year without records is given its number, and all of a report's in one go."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from shiboken6 import isValid

from mingxi_desktop.ledger.years import IndicatorYears
from mingxi_desktop.ui import ask
from mingxi_desktop.ui.dialogs.opening import OpeningDialog
from mingxi_desktop.ui.dialogs.openings import OpeningsDialog
from mingxi_desktop.ui.dialogs.years import YearsDialog
from mingxi_desktop.ui.openings_table import COLUMNS
from mingxi_desktop.ui.proof import IndicatorDialog, prove
from tests.ui.small import rest

VALUE, SOURCE = (
    next(place for place, column in enumerate(COLUMNS) if column.header == header)
    for header in ("期初数", "来源")
)


@pytest.fixture
def dialog(context, shows) -> YearsDialog:
    return shows(YearsDialog(context, "hazards_found", prove))


def lines(dialog: YearsDialog) -> dict[str, tuple[str, ...]]:
    return {line.texts[0]: line.texts[1:] for line in dialog.table.lines.lines}


def kept(context: Any) -> dict[str, tuple[str, str]]:
    found: list[Any] = []
    context.worker.run(lambda ledger: ledger.notes.openings(), done=found.append)
    rest(context.worker)
    return {f"{one.indicator} {one.year}": (one.value, one.source) for one in found[0]}


def enter(context: Any, year: Any, value: str, source: str) -> OpeningDialog:
    dialog = OpeningDialog(context, year[0], year[1])
    dialog.value.setText(value)
    dialog.source.setText(source)
    dialog.save()
    rest(context.worker)
    return dialog


def test_five_years_with_what_has_changed(dialog) -> None:
    found = lines(dialog)
    assert list(found) == ["2024年", "2023年", "2022年", "2021年", "2020年"]
    assert found["2024年"] == ("46", "+16", "增长53.33%", "台账记录 5 条")
    assert found["2023年"] == ("30", "—", "—", "台账记录 1 条")
    assert found["2022年"] == ("—", "—", "—", "没有记录")
    assert dialog.chart.data.categories == ("2023年", "2024年")


def test_a_year_without_records_is_given_its_number(dialog, context, monkeypatch) -> None:
    asked: list[Any] = []

    def opened(self: OpeningDialog) -> int:
        asked.append(self)
        return 0

    monkeypatch.setattr(OpeningDialog, "exec", opened)
    dialog.table.opened.emit(2022)
    assert len(asked) == 1
    opening = asked[0]
    opening.value.setText("很多")
    opening.source.setText("2022年年度总结")
    opening.save()
    rest(context.worker)
    assert "不能作排查问题隐患数的期初数" in opening._message.text()
    assert opening.value.property("state") == "error"
    opening.value.setText("24条")
    opening.save()
    rest(context.worker)
    assert kept(context) == {"hazards_found 2022": ("24", "2022年年度总结")}
    assert lines(dialog)["2022年"][0] == "24"
    assert lines(dialog)["2022年"][3] == "期初登记：2022年年度总结"
    assert lines(dialog)["2023年"][2] == "增长25%"
    assert dialog.chart.data.series[0].apart == (0,)
    assert dialog._remove.isEnabled()
    dialog._remove.click()
    rest(context.worker)
    assert kept(context) == {}
    assert lines(dialog)["2022年"][3] == "没有记录"


def test_records_count_for_more_and_it_says_so(dialog, context) -> None:
    years = dialog._years
    assert isinstance(years, IndicatorYears)
    enter(context, (years.indicator, years.years[3]), "31", "2023年年度总结")
    assert lines(dialog)["2023年"][0] == "30"
    assert lines(dialog)["2023年"][3] == "台账记录 1 条，期初数没有用"


def test_a_year_with_records_opens_its_proof(dialog, context, monkeypatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(IndicatorDialog, "exec", lambda self: bool(opened.append(self.windowTitle())))
    dialog.table.selectRow(1)
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    assert opened == ["指标溯源 · 2023年"]
    rest(context.worker)


def test_names_have_a_table_and_no_chart(context, shows) -> None:
    dialog = shows(YearsDialog(context, "rainstorm_event", prove))
    assert not dialog.chart.isVisible()
    assert "画不成图" in dialog._none.text()
    assert len(lines(dialog)) == 5


@pytest.fixture
def openings(context, shows) -> OpeningsDialog:
    return shows(OpeningsDialog(context, 2022))


def place_of(dialog: OpeningsDialog, label: str) -> int:
    table = dialog.table
    return next(place for place in range(table.rowCount()) if table.item(place, 0).text() == label)


def test_a_whole_report_is_entered_in_one_step(openings, context) -> None:
    openings.source.setText("2022年年度总结")
    for label, value in (("排查问题隐患数", "24"), ("隐患整改率", "98%"), ("防灾减灾日宣传日期", "5月12日")):
        openings.table.item(place_of(openings, label), VALUE).setText(value)
    assert openings._save.text() == "保存 3 处"
    openings.save()
    rest(context.worker)
    assert kept(context) == {
        "hazards_found 2022": ("24", "2022年年度总结"),
        "hazard_rectification_rate 2022": ("98", "2022年年度总结"),
        "publicity_day_disaster 2022": ("2022-05-12", "2022年年度总结"),
    }
    assert not openings._save.isEnabled()
    openings._only.click()
    seen = [place for place in range(openings.table.rowCount()) if not openings.table.isRowHidden(place)]
    assert len(seen) == 3


def test_enter_leads_from_the_source_to_the_first_total(openings) -> None:
    openings.source.setFocus()
    QTest.keyClick(openings.source, Qt.Key.Key_Return)
    table = openings.table
    assert openings.focusWidget() is table
    assert (table.currentRow(), table.currentColumn()) == (0, VALUE)


def test_what_is_wrong_is_said_at_its_row_and_nothing_is_stored(openings, context) -> None:
    place = place_of(openings, "排查问题隐患数")
    openings.table.item(place, VALUE).setText("24")
    openings.save()
    assert "来源还空着" in openings._message.text()
    openings.table.item(place, SOURCE).setText("2022年年度总结")
    openings.table.item(place, VALUE).setText("二十四点五")
    openings.save()
    assert "排查问题隐患数" in openings._message.text()
    assert openings.table.currentRow() == place
    assert kept(context) == {}
    openings.table.item(place, VALUE).setText("")
    openings.table.item(place, SOURCE).setText("")
    assert not openings.table.changes()


def test_typing_goes_from_row_to_row_and_del_removes(openings, context) -> None:
    table = openings.table
    openings.source.setText("2022年年度总结")
    table.setCurrentCell(0, VALUE)
    table.setFocus()
    for digits in ("6", "8"):
        QTest.keyClick(table, digits)
        QTest.keyClick(table.findChild(QLineEdit), Qt.Key.Key_Return)
        rest(context.worker)
    assert [table.item(place, VALUE).text() for place in (0, 1)] == ["6", "8"]
    assert table.currentRow() == 2
    table.selectRow(1)
    assert openings._remove.text() == "删除 1 个期初数"
    QTest.keyClick(table, Qt.Key.Key_Delete)
    assert list(table.changes()) == ["safety_meetings"]


def test_leaving_asks_for_what_is_not_saved(openings, context, answers) -> None:
    openings.source.setText("2022年年度总结")
    openings.table.item(0, VALUE).setText("6")
    openings.reject()
    assert openings.isVisible()
    assert answers.asked == ["2022年的期初数（1处）"]
    answers.leave = ask.Answer.DISCARD
    openings.reject()
    rest(context.worker)
    assert not isValid(openings)
    assert kept(context) == {}


def test_leaving_saves_when_that_is_the_answer_and_then_leaves(openings, context, answers) -> None:
    answers.leave = ask.Answer.SAVE
    openings.table.item(0, VALUE).setText("6")
    openings.reject()
    rest(context.worker)
    assert openings.isVisible(), "the source is missing"
    assert "来源还空着" in openings._message.text()
    openings.table.item(0, SOURCE).setText("2022年年度总结")
    openings.year.setCurrentIndex(openings.year.findData(2021))
    openings.year.activated.emit(openings.year.currentIndex())
    rest(context.worker)
    assert (openings.year.currentData(), openings.table.item(0, VALUE).text()) == (2021, "")
    openings.table.item(0, VALUE).setText("7")
    openings.table.item(0, SOURCE).setText("2021年年度总结")
    openings.reject()
    rest(context.worker)
    assert not isValid(openings)
    assert {key: value for key, (value, _) in kept(context).items()} == {
        "safety_meetings 2022": "6",
        "safety_meetings 2021": "7",
    }
