"""What the editor asks the ledger: the wording with what its chips show, and how an unsaved one would print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, chart_titles
from mingxi_desktop.ledger.reports import narrating, reporting
from mingxi_desktop.ledger.reports.narrating import OwnWording, WordingDraft
from mingxi_desktop.ledger.reports.order import Order, covered
from mingxi_desktop.report.annual import Annual
from mingxi_desktop.report.model import Chart, Table
from mingxi_desktop.report.pdf import Rendered
from mingxi_desktop.report.template_lines import Fault
from mingxi_desktop.ui.wording.faces import Known


@dataclass(frozen=True, slots=True)
class Tried:
    """An unsaved wording tried out.  rendered: None where it has faults."""

    faults: tuple[Fault, ...]
    rendered: Rendered | None = None
    numbers: Mapping[str, str] | None = None


def read(ledger: Ledger, order: Order) -> tuple[OwnWording, Known]:
    """The wording of a report, and what its chips show."""
    return narrating.own_wording(ledger, order), known(ledger, order)


def known(ledger: Ledger, order: Order) -> Known:
    """What the chips of a report show; no values where the order does not say which month or flood."""
    names, book = narrating.vocabulary(ledger), ledger.definitions.book
    try:
        found = covered(ledger, order, narrating.delivered_template(order.template).span)
    except UserError:
        return Known(names, book, charts=chart_titles.TITLES)
    values = {value.indicator.id: value for value in ledger.measure(found.period)}
    return Known(names, book, values, reporting.facts_of(ledger, found), found.period, chart_titles.TITLES)


def check(ledger: Ledger, order: Order, draft: WordingDraft) -> list[Fault]:
    """What is wrong with a wording."""
    return narrating.check(ledger, order, draft)


def try_out(ledger: Ledger, order: Order, draft: WordingDraft) -> Tried:
    """What is wrong with an unsaved wording or, where nothing is, its pages."""
    faults = narrating.check(ledger, order, draft)
    if faults:
        return Tried(tuple(faults))
    report, rendered = reporting.rendered(ledger, order, draft)
    return Tried((), rendered, _numbers(report))


def _numbers(report: Annual) -> dict[str, str]:
    """图：name of a chart → 图1, as it stands in the report."""
    found: dict[str, str] = {}
    for block in report.document.blocks:
        if isinstance(block, Chart):
            found[f"图：{block.name}"] = block.caption.partition("　")[0]
        elif isinstance(block, Table):
            number, _, title = block.caption.partition("　")
            found |= {
                f"表：{name}": number for name, label in chart_titles.TITLES.items() if title.endswith(label)
            }
    return found
