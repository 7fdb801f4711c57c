"""Typed text to values: what is said of a text that is none."""

from __future__ import annotations

import pytest

from mingxi_desktop.ledger import Ledger


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("record_date", "6月9日"),
        ("area", "火星"),
        ("field", "航天"),
        ("campaign", "没有的行动"),
        ("quantity_found", "很多"),
        ("rectify_fund", "一笔钱"),
        ("in_total", "也许"),
    ],
)
def test_a_fault_names_the_text_once(ledger: Ledger, name: str, text: str) -> None:
    values, (finding,) = ledger.parse("hazard", {name: text})
    assert (finding.field, finding.severity, values) == (name, "error", {})
    assert finding.message.startswith(f"“{text}”")
    assert finding.message.count(f"“{text}”") == 1


def test_a_township_is_known_as_a_reporter_by_its_bare_name(ledger: Ledger) -> None:
    values, findings = ledger.parse("hazard", {"reporter": "夏坊乡", "area": "夏坊乡"})
    assert findings == []
    shown = {name: ledger.show("hazard", name, value) for name, value in values.items()}
    assert shown == {"reporter": "夏坊乡人民政府", "area": "夏坊乡"}
