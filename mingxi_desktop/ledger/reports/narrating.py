"""The wording of the reports in a ledger: the delivered templates with the clerk's own texts in them.

A text of the clerk's is kept for a year (a month, a flood) and carried over to those after it, section by
section, so that a section nobody touched follows the program.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from mingxi_desktop import paths
from mingxi_desktop.domain.indicator_book import delivered_book
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import charting
from mingxi_desktop.ledger.core import Core
from mingxi_desktop.ledger.reports.order import ANNUAL, Order
from mingxi_desktop.report import template_text
from mingxi_desktop.report.template import (
    ChartPlace,
    Head,
    Section,
    TablePlace,
    Template,
    Vocabulary,
    written,
)
from mingxi_desktop.report.template_lines import Fault

TEMPLATES = (ANNUAL, "summary", "half", "monthly", "flood")
"""The delivered templates, by the names of their files."""
TITLE = "#title"
"""Stands for the title among section ids."""
_HEADING, _SECTIONS = "#heading", "#sections"
_OWN, _EMPTY = "own", "\n"
"""Ids of sections that the clerk adds; a text that was emptied, which is not the delivered one."""


@dataclass(frozen=True, slots=True)
class SectionDraft:
    """A section as it is edited.  id: "" for one that is not kept yet.  heading: one line, "" for none."""

    id: str
    heading: str
    text: str
    narrative: bool = True


@dataclass(frozen=True, slots=True)
class WordingDraft:
    """A report's wording as it is edited, places written as {indicator}."""

    title: str
    sections: tuple[SectionDraft, ...]


@dataclass(frozen=True, slots=True)
class OwnWording:
    """The wording of a report and where it comes from.

    now: as it would print.  delivered: as the program brings it.  carried: section id → the year (month,
    event) that its text was written for, where that is an earlier one.  own: ids of sections that the clerk
    has worded or added.
    """

    template: str
    label: str
    now: WordingDraft
    delivered: WordingDraft
    carried: Mapping[str, int]
    own: frozenset[str]


def vocabulary(ledger: Core) -> Vocabulary:
    """The names of indicators and charts that a wording may use."""
    book = ledger.definitions.book
    labels = {indicator.label: indicator.id for indicator in book.indicators}
    return Vocabulary(book.by_id, charting.names(book), labels)


@cache
def delivered_template(name: str = ANNUAL) -> Template:
    """The wording that comes with the program; UserError where there is no template of that name."""
    if name not in TEMPLATES:
        known = "、".join(f"{one}（{delivered_template(one).label}）" for one in TEMPLATES)
        raise UserError(f"没有叫“{name}”的报告模板", "", f"可用的模板：{known}")
    book = delivered_book()
    return template_text.load(_file_of(name), Vocabulary(book.by_id, charting.names(book)))


@cache
def delivered_head(name: str) -> Head:
    """What one of `TEMPLATES` says of itself, without reading the whole of it."""
    return template_text.load_head(_file_of(name))


def _file_of(name: str) -> Path:
    return paths.resources() / "reports" / f"{name}.txt"


def own_template(ledger: Core, order: Order, draft: WordingDraft | None = None) -> Template:
    """The wording of a report; UserError names section and line where the clerk's text has faults.

    draft: a wording that is not kept yet, in place of the one that is.
    """
    wording = own_wording(ledger, order).now if draft is None else draft
    template, faults = _template(ledger, order, wording)
    if faults:
        raise _fault_error(wording, faults)
    return template


def own_wording(ledger: Core, order: Order) -> OwnWording:
    """The wording of a report, for editing."""
    template = delivered_template(order.template)
    delivered = _draft(template)
    kept = _kept(ledger, order)
    carried, own = {}, set[str]()
    when = _when(order)

    def text(key: str, otherwise: str, id: str) -> str:
        of, own_text = kept.get(key, (when, ""))
        if not own_text:
            return otherwise
        own.add(id)
        if of != when:
            carried[id] = of
        return own_text.strip()

    title = text(TITLE, delivered.title, TITLE)
    known = {section.id: section for section in delivered.sections}
    ids = kept.get(_SECTIONS, (when, ""))[1].split() or list(known)
    sections = []
    for id in ids:
        section = known.get(id) or SectionDraft(id, "", "")
        heading = text(id + _HEADING, section.heading, id)
        sections.append(replace(section, heading=heading, text=text(id, section.text, id)))
    return OwnWording(
        order.template,
        template.label,
        WordingDraft(title, tuple(sections)),
        delivered,
        carried,
        frozenset(own),
    )


def check(ledger: Core, order: Order, draft: WordingDraft) -> list[Fault]:
    """What is wrong with a wording: section id (TITLE for the title), line (0 for the heading), place."""
    return _template(ledger, order, draft)[1]


def save(ledger: Core, order: Order, draft: WordingDraft) -> Changes | None:
    """Keep a wording; what equals the delivered one goes back to it.  None where nothing has changed.

    UserError with section and line where it has faults; nothing is kept then.
    """
    own_template(ledger, order, draft)
    before = own_wording(ledger, order)
    draft = _with_ids(before, draft)
    texts = _texts(draft, before.delivered)
    old = _texts(before.now, before.delivered)
    changed = {key: text for key, text in texts.items() if old.get(key, "") != text}
    if not changed:
        return None
    number = len({key.removesuffix(_HEADING) for key in changed})
    sentence = f"修改报告文字 {before.label}{_of(order)}（{number}处）"
    prefix = _prefix(order.template)
    return ledger.wordings.keep(_when(order), {prefix + key: text for key, text in changed.items()}, sentence)


def uses(ledger: Core, indicator: str) -> list[str]:
    """The sections of all reports, as they are worded last, that show an indicator."""
    found = []
    for name in TEMPLATES:
        order = Order(9999, template=name, event=99_999)  # later than any
        wording = own_wording(ledger, order)
        template, _ = _template(ledger, order, wording.now)
        found += [
            f"{wording.label}“{written(section.heading) or '开头'}”"
            for section in template.sections
            if indicator in _named(section)
        ]
    return found


def _named(section: Section) -> set[str]:
    """The indicators of a section, in text, conditions, charts and tables."""
    names = {place.name for place in section.heading if not isinstance(place, str)}
    for block in section.body:
        if isinstance(block, ChartPlace):
            names.add(block.name.partition(":")[2])
        elif isinstance(block, TablePlace):
            names |= set(block.indicators)
        else:
            for sentence in block:
                for condition, wording in sentence.branches:
                    names |= {place.name for place in wording if not isinstance(place, str)}
                    names |= {place.name for place in condition.places} if condition else set()
    return names


def _draft(template: Template) -> WordingDraft:
    sections = [
        SectionDraft(section.id, section.heading_text, section.text, section.narrative)
        for section in template.sections
    ]
    return WordingDraft(written(template.title), tuple(sections))


def _template(ledger: Core, order: Order, draft: WordingDraft) -> tuple[Template, list[Fault]]:
    delivered = delivered_template(order.template)
    words = vocabulary(ledger)
    title, faults = template_text.read_heading(draft.title, words)
    faults = [replace(fault, section=TITLE) for fault in faults]
    if not draft.title.strip():
        faults.append(Fault(0, "标题还空着", section=TITLE))
    sections = []
    for place, section in enumerate(draft.sections):
        id = section.id or f"#{place}"
        heading, wrong = template_text.read_heading(section.heading, words)
        body, more = template_text.read_body(section.text, words)
        faults += [replace(fault, section=id) for fault in (*wrong, *more)]
        sections.append(Section(id, heading, section.narrative, section.text, body))
    return replace(delivered, title=title, sections=tuple(sections)), faults


def _fault_error(draft: WordingDraft, faults: Sequence[Fault]) -> UserError:
    """The faults of the first section that has any, by line."""
    first = faults[0].section
    headings = {section.id: section.heading or "开头" for section in draft.sections}
    name = "标题" if first == TITLE else f"“{headings.get(first, '新的一节')}”"
    return template_text.fault_error(
        f"报告文字{name}里有看不懂的地方", [fault for fault in faults if fault.section == first]
    )


def _texts(draft: WordingDraft, delivered: WordingDraft) -> dict[str, str]:
    """What is to be kept of a wording, by key; "" where it is the delivered one."""
    known = {section.id: section for section in delivered.sections}
    ids = [section.id for section in draft.sections]
    texts = {
        TITLE: "" if draft.title.strip() == delivered.title else draft.title.strip(),
        _SECTIONS: "" if ids == list(known) else " ".join(ids),
    }
    for section in draft.sections:
        old = known.get(section.id, SectionDraft("", "", ""))
        heading, text = section.heading.strip(), section.text.strip()
        texts[section.id + _HEADING] = "" if heading == old.heading else heading or _EMPTY
        texts[section.id] = "" if text == old.text else text or _EMPTY
    return texts


def _with_ids(before: OwnWording, draft: WordingDraft) -> WordingDraft:
    """New sections get ids of their own."""
    taken = {section.id for one in (before.now, before.delivered, draft) for section in one.sections}
    sections = []
    number = 1
    for section in draft.sections:
        if not section.id:
            while f"{_OWN}{number}" in taken:
                number += 1
            taken.add(f"{_OWN}{number}")
            section = replace(section, id=f"{_OWN}{number}")
        sections.append(section)
    return replace(draft, sections=tuple(sections))


def _kept(ledger: Core, order: Order) -> dict[str, tuple[int, str]]:
    """The clerk's texts by key, without the template's prefix."""
    prefix = _prefix(order.template)
    keys = [key for key in ledger.wordings.keys(prefix) if prefix or "/" not in key]
    found = ledger.wordings.latest(_when(order), keys)
    return {key.removeprefix(prefix): value for key, value in found.items()}


def _prefix(template: str) -> str:
    return "" if template == ANNUAL else f"{template}/"


def _when(order: Order) -> int:
    """What a text is kept for, so that later ones are greater: the year, the month, the event."""
    if order.month:
        return order.year * 100 + order.month
    return order.year * 100_000 + order.event if order.event else order.year


def _of(order: Order) -> str:
    return f" {order.year}年{f'{order.month}月' if order.month else ''}"
