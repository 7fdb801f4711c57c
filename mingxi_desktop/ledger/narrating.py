"""The report's wording in a ledger: the delivered template with the clerk's own text of the year in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from mingxi_desktop import paths
from mingxi_desktop.domain.indicator_data import by_id
from mingxi_desktop.ledger import charting
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.report import template_text
from mingxi_desktop.report.template import Template, Vocabulary

TEMPLATE = "annual.txt"


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section as it is edited.

    text: its wording in the year.  delivered: the wording that comes with the program.
    changed: the text is the clerk's own (of this year, or carried over from an earlier one).
    """

    id: str
    heading: str
    narrative: bool
    text: str
    delivered: str
    changed: bool


def vocabulary() -> Vocabulary:
    """The names of indicators and charts that a wording may use."""
    return Vocabulary(tuple(by_id()), tuple(charting.labels()))


@cache
def delivered_template() -> Template:
    """The wording that comes with the program."""
    return template_text.load(paths.resources() / "reports" / TEMPLATE, vocabulary())


def own_template(ledger: Ledger, year: int) -> Template:
    """The wording of a year; UserError names section and line where the clerk's text has faults."""
    delivered = delivered_template()
    texts = {section.id: ledger.notes.narrative(year, section.id) for section in delivered.sections}
    return template_text.reworded(delivered, texts, vocabulary())


def sections(ledger: Ledger, year: int) -> tuple[SectionText, ...]:
    """All sections in order, for editing."""
    found = []
    for section in delivered_template().sections:
        own = ledger.notes.narrative(year, section.id).strip()
        found.append(
            SectionText(
                section.id,
                section.heading_text,
                section.narrative,
                own or section.text,
                section.text,
                bool(own),
            )
        )
    return tuple(found)


def save_section(ledger: Ledger, year: int, section_id: str, text: str) -> None:
    """Keep the wording of a section for a year; the delivered one (or nothing) goes back to it.

    UserError with line numbers where the text has faults; nothing is kept then.
    """
    delivered = delivered_template()
    own = "" if text.strip() == delivered.section(section_id).text else text.strip()
    template_text.reworded(delivered, {section_id: own}, vocabulary())
    ledger.notes.set_narrative(year, section_id, own)
