"""The editor on its own, with numbers that are made up."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from mingxi_desktop.domain.indicator_book import delivered_book
from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.ledger import chart_titles, charting
from mingxi_desktop.ledger.reports.narrating import SectionDraft, WordingDraft
from mingxi_desktop.report.facts import Facts
from mingxi_desktop.report.template import Vocabulary
from mingxi_desktop.ui.wording.editor import WordingEdit
from mingxi_desktop.ui.wording.faces import Faces, Known

NUMBERS = {"hazards_found": 1683, "hazards_rectified": 1679, "penalties": 195}
_HAZARDS = "排查{hazards_found}条。\n若相等 hazards_found、hazards_rectified：全部整改。\n否则：正在整改。"
_CHARTS = "见{hazards_by_month}。\n\n图：hazards_by_month\n\n处罚{penalties}次。"
SHORT = WordingDraft(
    "{bureau}{year}年度报告",
    (
        SectionDraft("opening", "", "{year}年工作如下。"),
        SectionDraft("one", "（一）隐患排查", _HAZARDS),
        SectionDraft("two", "（二）图表", _CHARTS),
    ),
)


def value(id: str, number: int) -> IndicatorValue:
    return IndicatorValue(
        delivered_book().get(id),
        number,
        str(number),
        3,
        last_year=1502,
        last_year_text="1502",
        change=Decimal(number - 1502),
    )


@pytest.fixture
def known() -> Known:
    book = delivered_book()
    labels = {indicator.label: indicator.id for indicator in book.indicators}
    return Known(
        Vocabulary(book.by_id, charting.names(book), labels),
        book,
        {id: value(id, number) for id, number in NUMBERS.items()},
        Facts("明溪县应急管理局", 2024, datetime.date(2024, 12, 31)),
        charts=chart_titles.TITLES,
    )


@pytest.fixture
def edit(app, qtbot, known) -> WordingEdit:
    made = WordingEdit()
    qtbot.addWidget(made)
    made.set_faces(Faces(known))
    made.load(SHORT)
    made.finish()
    made.resize(600, 500)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made
    made.hide()


@pytest.fixture
def draft(edit):
    """What the editor holds, as it would be kept."""

    def read() -> WordingDraft:
        written = edit.written()
        found = written.draft({section.key: section.key for section in written.sections})
        sections = tuple(replace(one, narrative=True) for one in found.sections)
        return replace(found, sections=sections)

    return read
