"""Reports from a ledger: wording, numbers, charts, tables and annex as one document, and as a file."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.domain.references import AREA
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.writing.files import save
from mingxi_desktop.ledger.checked import Checked
from mingxi_desktop.ledger.reports import claims
from mingxi_desktop.ledger.reports.narrating import WordingDraft, delivered_template, own_template
from mingxi_desktop.ledger.reports.order import Covered, Order, check, covered
from mingxi_desktop.ledger.reports.report_tables import report_tables
from mingxi_desktop.ledger.reports.reporting_charts import drawn_charts
from mingxi_desktop.report import annual, fonts, pdf
from mingxi_desktop.report.annex import Basis
from mingxi_desktop.report.annex import annex as annex_of
from mingxi_desktop.report.annual import Annual
from mingxi_desktop.report.facts import Facts
from mingxi_desktop.report.model import (
    Attachment,
    Document,
    indicator_ids,
    indicator_runs,
)
from mingxi_desktop.report.template import ChartPlace, TablePlace
from mingxi_desktop.report.text import to_text

DRAFT = "草稿"


PRINTED = 16
"""Digits of the history's last hash at the foot of each page: `verify --printed` finds the state it was."""
FONTS, BUNDLED = "report.fonts", "bundled"
"""Setting: with BUNDLED reports are set in the delivered fonts alone, the same on every PC."""


@dataclass(frozen=True, slots=True)
class ReportResult:
    """What was written.

    indicators: how many different ones the report shows.  warnings: Chinese sentences, to be looked into
    before signing.  rendered: pages, numbers and outline of a PDF; None for other formats.
    """

    path: Path
    pages: int
    indicators: int
    warnings: tuple[str, ...]
    rendered: pdf.Rendered | None


def make(ledger: Checked, order: Order, draft: WordingDraft | None = None) -> Annual:
    """The report that is ordered, and its warnings.

    draft: a wording that is not kept yet.  UserError where the clerk's own wording has faults, and where
    the order does not say what it needs.
    """
    template = own_template(ledger, order, draft)
    found = covered(ledger, order, template.span)
    check(ledger, order, found)
    values = {value.indicator.id: value for value in ledger.measure(found.period)}
    blocks = [block for section in template.sections for block in section.body]
    names = [block.name for block in blocks if isinstance(block, ChartPlace)]
    ui_font = fonts.ui_font_file(order.bundled_fonts or _bundled(ledger))
    drawn = drawn_charts(ledger, names, found.period, ui_font, pictures=order.pictures)
    tables = report_tables(ledger, [block for block in blocks if isinstance(block, TablePlace)], found.period)
    facts = facts_of(ledger, found, DRAFT if order.draft else "")
    report = annual.build(template, values, drawn, facts, tables=tables)
    warnings = claims.checked(
        report.warnings, report.document, values, claims.explained(ledger, found.period.year)
    )
    if not order.annex and not order.full_annex:
        return replace(report, warnings=warnings)
    attachment = trace_annex(ledger, report.document, found.period, full=order.full_annex)
    whole = annual.build(template, values, drawn, facts, (attachment,), tables)
    return replace(whole, warnings=warnings)


def rendered(ledger: Checked, order: Order, draft: WordingDraft | None = None) -> tuple[Annual, pdf.Rendered]:
    """The report and its pages, for the preview; the very PDF that is saved and printed."""
    report = make(ledger, order, draft)
    resolved = fonts.resolve(bundled_only=order.bundled_fonts or _bundled(ledger))
    return report, pdf.render(report.document, resolved)


def write(ledger: Checked, order: Order, path: Path) -> ReportResult:
    """Write the report as .pdf, .docx or .txt; the file appears whole or not at all.

    UserError for another ending, and where the file cannot be written.
    """
    maker = _MAKERS.get(path.suffix.lower())
    if maker is None:
        raise UserError(
            f"不能把报告存成“{path.suffix or path.name}”",
            f"文件：{path}",
            f"请把文件名的结尾改成{'、'.join(_MAKERS)}。",
        )
    report = make(ledger, replace(order, pictures=path.suffix.lower() == ".docx"))
    made = maker(report.document, order.bundled_fonts or _bundled(ledger))
    save(path, made.data)
    warnings = (*report.warnings, *made.warnings)
    return ReportResult(path, made.pages, len(indicator_ids(report.document)), warnings, made.rendered)


def period_of(ledger: Checked, order: Order) -> Period:
    """The days that an order covers; UserError where it lacks the month or the event."""
    return covered(ledger, order, delivered_template(order.template).span).period


def title_of(ledger: Checked, order: Order) -> str:
    """The title of a report, for the name of its file."""
    template = own_template(ledger, order)
    facts = facts_of(ledger, covered(ledger, order, template.span))
    return "".join(
        piece if isinstance(piece, str) else facts.texts.get(piece.name, "") for piece in template.title
    )


def trace_annex(ledger: Checked, report: Document, period: Period, *, full: bool = False) -> Attachment:
    """The annex that proves every number of a report, in the order in which they appear."""
    areas = [entry.name for entry in ledger.entries(AREA, active_only=False)]
    basis = Basis(period.cut_off, sum(ledger.counts().values()), ledger.history_hash())
    traces = ledger.prove_all(indicator_ids(report), period)
    accepted = [acceptance for _, acceptance in claims.explained(ledger, period.year)]
    return annex_of(traces, areas=areas, full=full, basis=basis, accepted=accepted)


def places(report: Document) -> Mapping[str, int]:
    """Indicator → how many times the report's text shows its value."""
    counted: dict[str, int] = {}
    for run in indicator_runs(report):
        if run.aspect == "value":
            counted[run.indicator] = counted.get(run.indicator, 0) + 1
    return counted


def facts_of(ledger: Checked, found: Covered, mark: str = "") -> Facts:
    """What a report says of itself; UserError where the set day of signing is none."""
    bureau = ledger.home.bureau
    return Facts(
        bureau=bureau,
        year=found.period.year,
        as_of=found.period.as_of,
        signer=ledger.setting("signer") or bureau,
        sign_date=_sign_date(ledger.setting("report.sign_date")),
        sealed=ledger.setting("report.sealed", "1") != "0",
        mark=mark,
        covers=found.span,
        start=found.period.start,
        event=found.event,
        end=found.end,
        told_on=found.told_on or found.period.followed,
        imprint=f"台账变更历史校验值 {ledger.history_hash()[:PRINTED]}",
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """A report in the bytes of one format."""

    data: bytes
    pages: int = 0
    warnings: tuple[str, ...] = ()
    rendered: pdf.Rendered | None = None


def _bundled(ledger: Checked) -> bool:
    """Whether the settings want the delivered fonts alone."""
    return ledger.setting(FONTS) == BUNDLED


def _as_pdf(report: Document, bundled_fonts: bool) -> _Made:
    done = pdf.render(report, fonts.resolve(bundled_only=bundled_fonts))
    unprinted = [f"没有一种字体有“{item.char}”字（“{item.context}”），印成了〓" for item in done.missing]
    warnings = (*done.warnings, *unprinted)
    return _Made(done.pdf, done.pages, warnings, done)


def _as_text(report: Document, _bundled_fonts: bool) -> _Made:
    # Windows' own editor takes UTF-8 for sure only with the mark, and shows line feeds alone on one line in old ones.
    return _Made(to_text(report).replace("\n", "\r\n").encode("utf-8-sig"))


def _as_word(report: Document, bundled_fonts: bool) -> _Made:
    from mingxi_desktop.report import word

    # Word breaks the pages itself; ours are what it comes to, give or take one.
    done = pdf.render(report, fonts.resolve(bundled_only=bundled_fonts))
    return _Made(word.to_docx(done.settled), done.pages, done.warnings)


_MAKERS: Mapping[str, Callable[[Document, bool], _Made]] = MappingProxyType(
    {".pdf": _as_pdf, ".docx": _as_word, ".txt": _as_text}
)


def _sign_date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        raise UserError(
            f"成文日期“{text}”不是日期",
            "设置项：report.sign_date",
            "请写成2025-01-23这样，或留空（次年1月23日）。",
        ) from None
