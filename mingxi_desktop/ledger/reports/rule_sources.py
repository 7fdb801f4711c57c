"""Where the delivered annual report says an indicator: its sentence, for the page of the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from mingxi_desktop.domain.indicator_book import delivered_book
from mingxi_desktop.ledger.reports.narrating import TEMPLATES, delivered_template
from mingxi_desktop.ledger.reports.order import ANNUAL
from mingxi_desktop.report.template import Aspect, Place, Template, Wording

_CLAUSES = re.compile(r"[^。；：，]+")
_FACTS = {"span": "全年", "year": "某", "last_year": "上", "next_year": "次"}
"""How the facts of a report stand in a sentence that is of no year."""


def sentences() -> Mapping[str, str]:
    """Indicator → the clause of the first delivered report that prints its value; others have none.

    Where it is not the annual report, it is named behind.
    """
    found: dict[str, str] = {}
    for name in sorted(TEMPLATES, key=lambda name: name != ANNUAL):
        template = delivered_template(name)
        for indicator, clause in _clauses(template):
            where = "" if name == ANNUAL else f"（{template.label}）"
            found.setdefault(indicator, f"“{clause}”{where}")
    return found


def _clauses(template: Template) -> Iterator[tuple[str, str]]:
    for section in template.sections:
        for block in section.body:
            for sentence in block if isinstance(block, tuple) else ():
                for _, wording in sentence.branches:
                    yield from _of_wording(wording)


def _of_wording(wording: Wording) -> Iterator[tuple[str, str]]:
    text = "".join(piece if isinstance(piece, str) else _shown(piece) for piece in wording)
    for piece in wording:
        if isinstance(piece, Place) and piece.aspect is Aspect.VALUE and not piece.fact:
            shown = _shown(piece)
            if shown:
                yield (
                    piece.name,
                    next(clause[0] for clause in _CLAUSES.finditer(text) if shown in clause[0]).strip(),
                )


def _shown(place: Place) -> str:
    """A place in the sentence: 〔排查问题隐患数〕; what is printed beside a number is left out."""
    if place.fact:
        return _FACTS.get(place.name, "")
    known = delivered_book().by_id.get(place.name)
    return f"〔{known.label}〕" if known is not None and place.aspect is Aspect.VALUE else ""
