"""The clerk's wording: kept section by section, carried over, given back, and refused where it has faults."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.reports import narrating, reporting
from mingxi_desktop.ledger.reports.narrating import TITLE, SectionDraft, WordingDraft
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.report.model import Paragraph, Style

ORDER = Order(2024)


def with_text(draft: WordingDraft, id: str, **other: str) -> WordingDraft:
    """The wording with another text or heading of a section."""
    return replace(
        draft,
        sections=tuple(replace(one, **other) if one.id == id else one for one in draft.sections),
    )


def now(ledger: Ledger, order: Order = ORDER) -> WordingDraft:
    return narrating.own_wording(ledger, order).now


def text_of(ledger: Ledger, order: Order = ORDER) -> str:
    report = reporting.make(ledger, order).document
    return "\n".join([report.title, *(one.text for one in report.blocks if isinstance(one, Paragraph))])


def test_what_was_written_is_printed_carried_over_and_given_back(ledger: Ledger) -> None:
    draft = with_text(now(ledger, Order(2023)), "plan", text="明年接着干{year}。", heading="五、打算")
    changes = narrating.save(ledger, Order(2023), replace(draft, title="{year}年报告"))
    assert changes is not None
    assert "2023年" in changes.sentence
    said = text_of(ledger)
    assert said.startswith("2024年报告\n")
    assert "五、打算\n明年接着干2024。" in said
    wording = narrating.own_wording(ledger, ORDER)
    assert wording.own == {"plan", TITLE}
    assert wording.carried == {"plan": 2023, TITLE: 2023}
    assert narrating.own_wording(ledger, Order(2022)).own == frozenset()
    narrating.save(ledger, ORDER, wording.delivered)
    assert narrating.own_wording(ledger, ORDER).own == frozenset()
    assert narrating.own_wording(ledger, Order(2025)).own == frozenset(), "2024 is what 2025 follows"
    assert narrating.own_wording(ledger, Order(2023)).own == {"plan", TITLE}
    assert narrating.save(ledger, ORDER, wording.delivered) is None, "nothing to do"


def test_sections_are_added_moved_and_taken_out(ledger: Ledger) -> None:
    before = now(ledger)
    fresh = SectionDraft("", "五、{bureau}附记", "另有隐患{排查问题隐患数}条。\n# 不是注释")
    kept = tuple(one for one in before.sections if one.id != "shortcomings")
    narrating.save(ledger, ORDER, replace(before, sections=(fresh, *kept)))
    after = now(ledger, Order(2025))
    assert [one.id for one in after.sections] == ["own1", *(one.id for one in kept)]
    assert after.sections[0].text == fresh.text
    said = text_of(ledger)
    assert "五、明溪县应急管理局附记\n另有隐患〔待核〕条。# 不是注释" in said
    assert "三、存在的不足" not in said
    another = replace(after, sections=(*after.sections, SectionDraft("", "六、再记", "二")))
    narrating.save(ledger, ORDER, another)
    assert now(ledger).sections[-1].id == "own2"
    assert "法治政府建设年度报告“五、{bureau}附记”" in narrating.uses(ledger, "hazards_found")


def test_an_emptied_text_is_not_the_delivered_one(ledger: Ledger) -> None:
    narrating.save(ledger, ORDER, with_text(now(ledger), "study", text="", heading=""))
    section = next(one for one in now(ledger).sections if one.id == "study")
    assert (section.text, section.heading) == ("", "")


def test_faults_are_told_at_their_place_and_nothing_is_kept(ledger: Ledger) -> None:
    draft = with_text(now(ledger), "plan", text="第一行\n有{wrong}条", heading="四、{nosuch}")
    found = [(one.section, one.line, one.start, one.end) for one in narrating.check(ledger, ORDER, draft)]
    assert found == [("plan", 0, 2, 10), ("plan", 2, 1, 8)]
    with pytest.raises(UserError, match="四、") as caught:
        narrating.save(ledger, ORDER, draft)
    assert "第2行" in caught.value.detail
    assert now(ledger) == narrating.own_wording(ledger, ORDER).delivered
    empty = narrating.check(ledger, ORDER, replace(draft, title=" ", sections=()))
    assert [(one.section, one.message) for one in empty] == [(TITLE, "标题还空着")]


def test_each_template_and_month_has_words_of_its_own(ledger: Ledger) -> None:
    june = Order(2024, template="monthly", month=6)
    draft = now(ledger, june)
    narrating.save(ledger, june, replace(draft, title="六月的月报"))
    assert now(ledger, replace(june, month=7)).title == "六月的月报"
    assert now(ledger, replace(june, year=2025, month=1)).title == "六月的月报"
    assert now(ledger, replace(june, month=5)).title == draft.title
    assert now(ledger).title == narrating.own_wording(ledger, ORDER).delivered.title


def test_a_wording_that_is_not_kept_can_be_looked_at(ledger: Ledger) -> None:
    draft = with_text(now(ledger), "opening", text="还没存")
    report = reporting.make(ledger, ORDER, draft).document
    body = next(one for one in report.blocks if isinstance(one, Paragraph) and one.style is Style.BODY)
    assert body.text == "还没存"
    assert "还没存" not in text_of(ledger)


def test_unknown_templates_are_refused(ledger: Ledger) -> None:
    with pytest.raises(UserError, match="没有叫“weekly”") as caught:
        reporting.make(ledger, Order(2024, template="weekly"))
    assert "月报" in caught.value.hint
    for order in (Order(2024, template="monthly"), Order(2024, template="flood")):
        with pytest.raises(UserError, match="还没有选"):
            reporting.make(ledger, order)
