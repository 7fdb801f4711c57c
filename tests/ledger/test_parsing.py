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


def test_typed_text_is_read_as_cells_are(ledger: Ledger) -> None:
    texts = {"area": "雷西村", "record_date": "2024.6.9-11", "level": "一般隐患", "quantity_found": "12处"}
    values, findings = ledger.parse("hazard", texts)
    assert ledger.show("hazard", "area", values["area"]) == "盖洋镇"
    assert (str(values["record_date"]), values["level"], values["quantity_found"]) == (
        "2024-06-09",
        "一般",
        12,
    )
    assert [(finding.field, finding.code) for finding in findings] == [
        ("record_date", "W_ASSUMED"),
        ("area", "W_ASSUMED"),
    ]


def test_only_cells_hold_day_numbers_and_signs_for_nothing(ledger: Ledger) -> None:
    values, findings = ledger.parse("hazard", {"record_date": "45452", "rectified_date": "/"})
    assert values == {}
    assert {finding.code for finding in findings} == {"E_DATE"}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("area", "盖洋镇、胡坊镇", "E_COMPOUND"),
        ("area", "火星", "E_REFERENCE"),
        ("level", "很高", "E_CHOICE"),
        ("record_date", "2024-02-30", "E_DATE_IMPOSSIBLE"),
        ("quantity_found", "12人", "E_UNIT"),
    ],
)
def test_a_fault_has_a_code(ledger: Ledger, name: str, text: str, code: str) -> None:
    _, (finding,) = ledger.parse("hazard", {name: text})
    assert (finding.severity, finding.code) == ("error", code)


def test_what_several_words_assume_is_said(ledger: Ledger) -> None:
    values, (finding,) = ledger.parse("enforcement_case", {"measure": "当场警告、罚款"})
    assert values["measure"] == ("警告", "罚款")
    assert finding.message == "“当场警告”按“警告”"
