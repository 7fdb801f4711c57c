"""The annual report from a ledger: its wording, numbers, charts and annex as one document, and as a file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from mingxi_desktop.domain.indicators import Period
from mingxi_desktop.domain.references import AREA
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.writing.files import save
from mingxi_desktop.ledger.facade import DEFAULT_BUREAU, Ledger
from mingxi_desktop.ledger.figures import drawn_charts
from mingxi_desktop.ledger.narrating import own_template
from mingxi_desktop.report import annual, fonts, pdf, word
from mingxi_desktop.report.annex import annex as annex_of
from mingxi_desktop.report.annual import Annual
from mingxi_desktop.report.facts import Facts
from mingxi_desktop.report.model import (
    Attachment,
    Document,
    Paragraph,
    indicator_ids,
    indicator_runs,
)
from mingxi_desktop.report.template import ChartPlace
from mingxi_desktop.report.text import to_text

DRAFT = "草稿"
_SENTENCE = re.compile(r"[^。]*。?")


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


def annual_report(
    ledger: Ledger,
    year: int,
    as_of: datetime.date | None = None,
    *,
    annex: bool = False,
    full_annex: bool = False,
    draft: bool = False,
    bundled_fonts: bool = False,
    pictures: bool = False,
) -> Annual:
    """The report of a year up to a cut-off date, and its warnings.

    annex: with the trace annex; full_annex: with every record in it.  pictures: charts also as PNG, for
    Word.  UserError where the clerk's own wording has faults.
    """
    template = own_template(ledger, year)
    values = {value.indicator.id: value for value in ledger.indicators(year, as_of)}
    names = [
        block.name for section in template.sections for block in section.body if isinstance(block, ChartPlace)
    ]
    ui_font = fonts.ui_font_file(bundled_fonts or _bundled(ledger))
    drawn = drawn_charts(ledger, names, year, as_of, ui_font, pictures=pictures)
    facts = _facts(ledger, year, as_of, DRAFT if draft else "")
    report = annual.build(template, values, drawn, facts)
    if not annex and not full_annex:
        return report
    attachment = trace_annex(ledger, report.document, year, as_of, full=full_annex)
    return annual.build(template, values, drawn, facts, (attachment,))


def document(
    ledger: Ledger, year: int, as_of: datetime.date | None = None, *, annex: bool = False, draft: bool = False
) -> Document:
    """The report alone, as the document model."""
    return annual_report(ledger, year, as_of, annex=annex, draft=draft).document


def rendered(
    ledger: Ledger, year: int, as_of: datetime.date | None = None, *, annex: bool = False, draft: bool = False
) -> tuple[Annual, pdf.Rendered]:
    """The report and its pages, for the preview; the very PDF that is saved and printed."""
    report = annual_report(ledger, year, as_of, annex=annex, draft=draft)
    return report, pdf.render(report.document, fonts.resolve(bundled_only=_bundled(ledger)))


def write(
    ledger: Ledger,
    year: int,
    path: Path,
    *,
    annex: bool = False,
    full_annex: bool = False,
    as_of: datetime.date | None = None,
    bundled_fonts: bool = False,
    draft: bool = False,
) -> ReportResult:
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
    report = annual_report(
        ledger,
        year,
        as_of,
        annex=annex,
        full_annex=full_annex,
        draft=draft,
        bundled_fonts=bundled_fonts,
        pictures=path.suffix.lower() == ".docx",
    )
    made = maker(report.document, bundled_fonts or _bundled(ledger))
    save(path, made.data)
    warnings = (*report.warnings, *made.warnings)
    return ReportResult(path, made.pages, len(indicator_ids(report.document)), warnings, made.rendered)


def trace_annex(
    ledger: Ledger, report: Document, year: int, as_of: datetime.date | None = None, *, full: bool = False
) -> Attachment:
    """The annex that proves every number of a report, in the order in which they appear."""
    areas = [entry.name for entry in ledger.entries(AREA, active_only=False)]
    return annex_of(
        [ledger.trace(name, year, as_of) for name in indicator_ids(report)], areas=areas, full=full
    )


def trace_sentences(report: Document, indicator: str) -> tuple[str, ...]:
    """The sentences of a report's text that show an indicator, in order."""
    found: list[str] = []
    for block in report.blocks:
        if not isinstance(block, Paragraph) or not any(run.indicator == indicator for run in block.runs):
            continue
        spots, start = [], 0
        for run in block.runs:
            if run.indicator == indicator:
                spots.append(start)
            start += len(run.text)
        sentences = _SENTENCE.finditer(block.text)
        found += [s[0].strip() for s in sentences if any(s.start() <= spot < s.end() for spot in spots)]
    return tuple(found)


def places(report: Document) -> Mapping[str, int]:
    """Indicator → how many times the report's text shows its value."""
    counted: dict[str, int] = {}
    for run in indicator_runs(report):
        if run.aspect == "value":
            counted[run.indicator] = counted.get(run.indicator, 0) + 1
    return counted


@dataclass(frozen=True, slots=True)
class _Made:
    """A report in the bytes of one format."""

    data: bytes
    pages: int = 0
    warnings: tuple[str, ...] = ()
    rendered: pdf.Rendered | None = None


def _bundled(ledger: Ledger) -> bool:
    """Whether the settings want the delivered fonts alone."""
    return ledger.setting(FONTS) == BUNDLED


def _as_pdf(report: Document, bundled_fonts: bool) -> _Made:
    done = pdf.render(report, fonts.resolve(bundled_only=bundled_fonts))
    warnings = (*done.warnings, *(f"没有一种字体有“{item.char}”字，印成了〓" for item in done.missing))
    return _Made(done.pdf, done.pages, warnings, done)


def _as_text(report: Document, _bundled_fonts: bool) -> _Made:
    # Windows' own editor takes UTF-8 for sure only with the mark, and shows line feeds alone on one line in old ones.
    return _Made(to_text(report).replace("\n", "\r\n").encode("utf-8-sig"))


def _as_word(report: Document, bundled_fonts: bool) -> _Made:
    # Word breaks the pages itself; ours are what it comes to, give or take one.
    pages = pdf.render(report, fonts.resolve(bundled_only=bundled_fonts)).pages
    return _Made(word.to_docx(report), pages)


_MAKERS: Mapping[str, Callable[[Document, bool], _Made]] = MappingProxyType(
    {".pdf": _as_pdf, ".docx": _as_word, ".txt": _as_text}
)


def _facts(ledger: Ledger, year: int, as_of: datetime.date | None, mark: str) -> Facts:
    bureau = ledger.setting("bureau") or DEFAULT_BUREAU
    return Facts(
        bureau=bureau,
        year=year,
        as_of=Period.of(year, as_of).as_of,
        signer=ledger.setting("signer") or bureau,
        sign_date=_sign_date(ledger.setting("report.sign_date")),
        sealed=ledger.setting("report.sealed", "1") != "0",
        mark=mark,
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
