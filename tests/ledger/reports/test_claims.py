"""What a report may claim: nothing that its numbers do not bear out, in any template or in the clerk's own words."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from mingxi_desktop.ledger import Ledger
from mingxi_desktop.ledger.checks import running
from mingxi_desktop.ledger.checks.whole import agreeing
from mingxi_desktop.ledger.reports import narrating, reporting
from mingxi_desktop.ledger.reports.order import Order
from mingxi_desktop.report.annual import Annual
from mingxi_desktop.report.model import Paragraph, Table, block_runs, cell_runs
from mingxi_desktop.report.template import Span
from tests.ledger.conftest import Add, day
from tests.ledger.unprinted import draw_nothing

_CLAIMS = ("全部整改", "实现动态清零", "应改尽改", "应拆尽拆", "排查整改问题", "零伤亡")


@pytest.fixture
def filled(ledger: Ledger, add: Add, monkeypatch: pytest.MonkeyPatch) -> int:
    """Hazards of every sort and a flood on which all have reported nobody hurt; all is put right.  The event."""
    draw_nothing(monkeypatch)
    done = {
        "granularity": "汇总",
        "quantity_found": 5,
        "quantity_rectified": 5,
        "owner": "张三",
        "plan": "停用",
    }
    add("hazard", **done, level="重大")
    add("hazard", **done, campaign=("生命通道·拆窗破网",), category="门窗障碍物", description="防盗网")
    add("hazard", **done, campaign=("户外广告和招牌",), description="招牌松动")
    event = add("disaster_event", end_date=day(2))
    for entry in ledger.entries("area"):
        if entry.name != "县直":
            values = {"event": f"disaster_event:{event}", "area": entry.name}
            add("response_tally", **values, evacuees=3, deaths=0, missing=0, injured=0)
    return event


def order(template: str, event: int) -> Order:
    more = {Span.MONTH: {"month": 6}, Span.EVENT: {"event": event}}
    return Order(2024, template=template, **more.get(narrating.delivered_template(template).span, {}))


def text_of(report: Annual) -> str:
    return "\n".join(block.text for block in report.document.blocks if isinstance(block, Paragraph))


def test_no_template_claims_what_the_numbers_do_not_bear_out(ledger: Ledger, filled: int) -> None:
    before = text_of(reporting.make(ledger, Order(2024)))
    assert all(claim in before for claim in ("全部整改", "实现动态清零", "应拆尽拆", "零伤亡"))
    # One of each is left, and one township has not told of its injured.
    for number in (1, 2, 3):
        ledger.edit("hazard", number, {"quantity_rectified": 4})
    ledger.edit("response_tally", 1, {"injured": None})
    for template in narrating.TEMPLATES:
        report = reporting.make(ledger, order(template, filled))
        assert not [claim for claim in _CLAIMS if claim in text_of(report)]
        assert not [sentence for sentence in report.warnings if "报告写着" in sentence]


def test_the_clerks_own_words_are_held_against_the_numbers(ledger: Ledger, filled: int) -> None:
    asked = Order(2024)
    wording = narrating.own_wording(ledger, asked).now
    own = (
        "全年排查整改问题隐患{hazards_found}条，确保隐患全部整改。重大隐患{major_hazards_found}条，均已整改。"
        "实现了零伤亡。发生事故没有人员伤亡。"
    )
    sections = tuple(
        replace(section, text=own) if section.id == "enforcement" else section for section in wording.sections
    )
    draft = replace(wording, sections=sections)
    assert not [one for one in reporting.make(ledger, asked, draft).warnings if "报告写着" in one]
    ledger.edit("hazard", 1, {"quantity_rectified": 4})
    ledger.edit("response_tally", 1, {"injured": None})
    told = [one for one in reporting.make(ledger, asked, draft).warnings if "报告写着" in one]
    assert len(told) == 3
    assert "“全年排查整改问题隐患10条”" in told[0]
    assert "“均已整改”" in told[1]
    assert "“零伤亡”" in told[2]


def test_a_difference_that_is_explained_is_printed_instead_of_warned_about(
    ledger: Ledger, filled: int, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "every", lambda: (agreeing.CHECK,))
    for direction, amount in (("争取", 500_000_00), ("下拨", 420_000_00)):
        add("fund", direction=direction, purpose="自然灾害救灾", amount=amount)
    asked = Order(2024, annex=True)
    assert any("应当一致" in one for one in reporting.make(ledger, Order(2024)).warnings)

    concern = next(one for one in ledger.checks.look(2024).open if one.code == agreeing.CODE)
    ledger.checks.accept(concern, 2024, "8万元结转下年")
    report = reporting.make(ledger, asked)
    assert not any("应当一致" in one for one in report.warnings)
    text = printed(report.document.attachments[0].blocks)
    assert "已说明的疑点" in text
    assert f"1 {concern.message} 8万元结转下年 张三 {datetime.date.today()}" in text

    # More money, another difference: the explanation holds no longer.
    add("fund", direction="争取", purpose="自然灾害救灾", amount=1_000_00)
    report = reporting.make(ledger, asked)
    assert any("应当一致" in one for one in report.warnings)
    assert "已说明的疑点" not in printed(report.document.attachments[0].blocks)


def printed(blocks: tuple[object, ...]) -> str:
    lines = []
    for block in blocks:
        if isinstance(block, Table):
            lines += [
                " ".join("".join(run.text for run in cell_runs(cell)) for cell in row) for row in block.rows
            ]
        elif isinstance(block, Paragraph):
            lines.append("".join(run.text for run in block_runs(block)))
    return "\n".join(lines)
