"""What an input shows is what the ledger will read: the same words, the same assumptions."""

from __future__ import annotations

import pytest

from mingxi_desktop.domain.kinds import ALL, kind_of
from mingxi_desktop.ui.inputs.reading import READABLE, Reading, read


@pytest.mark.parametrize(
    ("kind", "name", "typed", "shown"),
    [
        ("hazard", "due_date", "2024.6.9-6.11", Reading("2024-06-11", "写的是一段时间，取结束日期")),
        ("hazard", "rectified_date", "整改中", Reading("", "“整改中”不是日期，按没有填")),
        ("hazard", "quantity_found", "12个", Reading("12")),
        ("disaster_loss", "crops", "30亩", Reading("2", "30亩按2公顷（15亩=1公顷）")),
        ("facility", "from_date", "2021年", Reading("2021-12-31", "没有写明日，按2021年12月31日")),
    ],
)
def test_a_field_is_read_as_the_ledger_reads_it(kind, name, typed, shown) -> None:
    assert read(kind_of(kind).field(name), typed, 2024) == shown


@pytest.mark.parametrize("typed", ["亿" * 3000, "9" * 5000, "3\u202e5"], ids=["numerals", "digits", "turned"])
def test_every_field_objects_to_what_is_no_value(typed) -> None:
    for kind in ALL:
        for field in kind.fields:
            if field.type in READABLE:
                reading = read(field, typed, 2024)
                assert (reading.text, reading.severity) == (typed, "error")
