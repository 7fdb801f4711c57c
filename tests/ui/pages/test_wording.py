"""The wording of the report: edited, checked, kept, put back, never lost."""

from __future__ import annotations

import pytest

from mingxi_desktop.ledger import narrating
from mingxi_desktop.ui.ask import Answer
from mingxi_desktop.ui.pages.wording import WordingPage
from tests.ui.small import rest


@pytest.fixture
def page(context, shown):
    return shown(WordingPage(context))


def kept(context, section: str, year: int = 2024) -> str:
    found = []

    def read(ledger):
        return next(one.text for one in narrating.sections(ledger, year) if one.id == section)

    context.worker.run(read, done=found.append)
    rest(context.worker)
    return found[0]


def go(page: WordingPage, row: int) -> str:
    page.list.setCurrentRow(row)
    rest(page._context.worker)
    return page._shown


def test_sections_are_edited_and_kept(page, context) -> None:
    section = go(page, 3)
    assert page.edit.toPlainText() == kept(context, section)
    assert not page.dirty
    assert not page._save.isEnabled()
    heard = []
    page.saved.connect(lambda: heard.append(True))
    page.edit.appendPlainText("本年还开展了回头看。")
    assert page.dirty
    page._save.click()
    rest(context.worker)
    assert heard == [True]
    assert kept(context, section).endswith("本年还开展了回头看。")
    assert "本局自己写" in page._state.text()
    assert kept(context, section, 2025).endswith("本年还开展了回头看。"), "carried over to the next year"
    page._reset.click()
    assert page.edit.toPlainText() == page._sections[section].delivered
    page._save.click()
    rest(context.worker)
    assert "回头看" not in kept(context, section)
    assert "程序自带" in page._state.text()


def test_a_fault_is_shown_with_its_line_and_nothing_is_kept(page, context) -> None:
    section = go(page, 3)
    before = kept(context, section)
    page.edit.appendPlainText("全年共{no_such_number}次。")
    page.save()
    rest(context.worker)
    assert page._fault.isVisible()
    assert "no_such_number" in page._fault.text()
    assert "行" in page._fault.text()
    assert page.dirty
    assert "no_such_number" in page.edit.toPlainText()
    assert kept(context, section) == before


def test_an_indicator_is_inserted_at_the_cursor(page) -> None:
    go(page, 3)
    page.edit.setPlainText("")
    first = page._insert.menu().actions()[0].menu().actions()[0]
    first.trigger()
    assert page.edit.toPlainText().startswith("{")
    assert page.edit.toPlainText().endswith("}")


@pytest.mark.parametrize("answer", list(Answer))
def test_leaving_a_section_with_changes(page, context, answers, answer) -> None:
    first, before = go(page, 3), page.edit.toPlainText()
    page.edit.appendPlainText("新的一句。")
    answers.leave = answer
    second = go(page, 4)
    if answer is Answer.CANCEL:
        assert second == first
        assert page.edit.toPlainText().endswith("新的一句。")
        assert page.list.currentRow() == 3
        return
    assert second != first
    assert page.list.currentRow() == 4
    assert kept(context, first).endswith("新的一句。") is (answer is Answer.SAVE)
    go(page, 3)
    assert (page.edit.toPlainText() == before) is (answer is Answer.DISCARD)


def test_leaving_a_section_with_a_fault_stays_there(page, context, answers) -> None:
    first = go(page, 3)
    page.edit.appendPlainText("全年共{no_such_number}次。")
    answers.leave = Answer.SAVE
    assert go(page, 4) == first
    assert page.list.currentRow() == 3
    assert page._fault.isVisible()
    assert "no_such_number" in page.edit.toPlainText()


@pytest.mark.slow
def test_unsaved_wording_holds_the_window(window, answers) -> None:
    window.open_tab("年度总结")
    window.page("年度总结").open("文字")
    rest(window.context.worker, 60)
    wording = window.page("年度总结")._parts["文字"]
    wording.edit.appendPlainText("新的一句。")
    for leave in (
        lambda: window.open_tab("概览"),
        window.close,
        lambda: window.years.setCurrentIndex(window.years.findData(2023)),
    ):
        leave()
        rest(window.context.worker, 60)
        assert window.isVisible()
        assert window.tab == "年度总结"
        assert window.context.year == 2024
        assert wording.edit.toPlainText().endswith("新的一句。")
    assert len(answers.asked) == 3
    window.actions_by_name["save"].trigger()
    rest(window.context.worker, 60)
    assert not wording.dirty
    window.open_tab("概览")
    assert window.tab == "概览"
