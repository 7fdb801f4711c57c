"""The wordings that come with the program read well whatever the year has, lacks, or knows only in part."""

from __future__ import annotations

import datetime
import random
import re
from decimal import Decimal

import pytest

from mingxi_desktop.domain.indicator_data import definitions
from mingxi_desktop.domain.indicators import Indicator, IndicatorValue
from mingxi_desktop.ledger.reports.narrating import TEMPLATES, delivered_head, delivered_template
from mingxi_desktop.report import annual
from mingxi_desktop.report.facts import Facts
from mingxi_desktop.report.model import Chart, Document, Paragraph, Style, Table
from mingxi_desktop.report.template import ChartPlace, Head, Span, TablePlace

OWN = tuple(name for name in TEMPLATES if name != "annual")
TRIES = 60
_STUMBLES = re.compile(r"[，。；、：（]{2,}|[，、；：（]）|^[，。；、：）]|[，；、：（]$|\{|\}|  ")


def built(name: str, values: dict[str, IndicatorValue], *, drawn: bool = True) -> Document:
    """A delivered report with these values; with all its charts and tables, or without any."""
    template = delivered_template(name)
    blocks = [block for section in template.sections for block in section.body]
    charts = {block.name: chart(block.name) for block in blocks if isinstance(block, ChartPlace) and drawn}
    tables = {
        block.key: (Table(("甲",), (("乙",),), (1.0,), "表"), None)
        for block in blocks
        if isinstance(block, TablePlace) and drawn
    }
    day = datetime.date(2024, 6, 30)
    whole = template.span is Span.YEAR
    facts = Facts(
        bureau="明溪县应急管理局",
        year=2024,
        as_of=day.replace(month=12, day=31) if whole else day,
        covers=template.span,
        start=day.replace(day=9) if template.span is Span.EVENT else None,
        event="3号台风“格美”",
    )
    return annual.build(template, values, charts, facts, tables=tables).document


def chart(name: str) -> Chart:
    return Chart(name=name, caption="图", png=b"", height_mm=10, description="")


def value(indicator: Indicator, number: int | None, records: int, last: int | None = None) -> IndicatorValue:
    """As a ledger gives it.  number: None for no value, 0 without records for a ledger without such an entry."""
    return IndicatorValue(
        indicator=indicator,
        value=number,
        text="" if number is None else str(number),
        records=records,
        names=("甲",) if number else (),
        last_year=last,
        last_year_text="" if last is None else str(last),
        change=None if number is None or last is None else Decimal(number - last),
        problem="没有记录" if number is None else "",
    )


def drawn_lots(seed: int) -> dict[str, IndicatorValue]:
    """Every indicator as a lot has it: missing, nothing, nothing that was reported as such, or something."""
    lots = random.Random(seed)
    sure = lots.random()
    found = {}
    for indicator in definitions():
        number, records = (
            lots.choice(((None, 0), (0, 0), (0, 2))) if lots.random() > sure else (lots.randint(1, 9), 3)
        )
        found[indicator.id] = value(indicator, number, records, lots.choice((None, 0, 5)))
    return found


def stumbles(report: Document) -> list[str]:
    """Paragraphs with double or hanging punctuation, headings without a text below, and braces left over."""
    paragraphs = [block for block in report.blocks if isinstance(block, Paragraph)]
    found = [block.text for block in paragraphs if not block.text.strip() or _STUMBLES.search(block.text)]
    found += [
        block.text for block in paragraphs if block.style is Style.BODY and not block.text.endswith("。")
    ]
    for block, following in zip(report.blocks, report.blocks[1:], strict=False):
        heading = isinstance(block, Paragraph) and block.style in (Style.H1, Style.H2)
        level_down = isinstance(following, Paragraph) and following.style in (Style.BODY, Style.H2)
        if heading and not level_down:
            found.append(f"“{block.text}”下面没有文字")
    return found


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_wording_stumbles_over_what_is_missing(name):
    for seed in range(TRIES):
        assert stumbles(built(name, drawn_lots(seed), drawn=seed % 2 == 0)) == [], seed


@pytest.mark.parametrize("name", OWN)
def test_a_ledger_without_records_claims_nothing_and_has_nothing_to_be_checked(name):
    nothing = {item.id: value(item, None, 0) for item in definitions()}
    text = "".join(block.text for block in built(name, nothing).blocks if isinstance(block, Paragraph))
    assert annual.UNVERIFIED not in text
    assert not re.search(r"零伤亡|没有人员|全部整改", text)


@pytest.mark.parametrize("name", OWN)
def test_no_number_is_typed_into_a_wording(name):
    for section in delivered_template(name).sections:
        for block in section.body:
            for sentence in block if isinstance(block, tuple) else ():
                for _, wording in sentence.branches:
                    assert not re.search(r"\d", "".join(piece for piece in wording if isinstance(piece, str)))


def test_no_casualties_are_claimed_only_where_all_have_said_so():
    known = {item.id: value(item, 5, 3) for item in definitions()}
    casualties = known["flood_casualties"].indicator
    known["flood_casualties"] = value(casualties, 0, 9)
    assert "伤亡" in flood_text(known)
    known["flood_casualties"] = IndicatorValue(casualties, None, "", 8, problem="夏坊乡没有报齐防汛伤亡人数")
    text = flood_text(known)
    assert "均报告没有人员" not in text
    assert annual.UNVERIFIED in text


def flood_text(values: dict[str, IndicatorValue]) -> str:
    return "".join(block.text for block in built("flood", values).blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_a_template_says_of_itself_is_known_without_reading_it(name: str) -> None:
    whole = delivered_template(name)
    assert delivered_head(name) == Head(whole.label, whole.span)
