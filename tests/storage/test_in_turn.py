from __future__ import annotations

import pytest

from mingxi_desktop.domain.query import Query
from mingxi_desktop.storage import in_turn


@pytest.mark.parametrize(
    ("sort", "descending"), [((), True), ((("record_date", True),), True), ((("record_date", False),), False)]
)
def test_records_come_by_day_and_by_number_however_they_were_found(sort, descending):
    found = [(20240105, 7), (20240301, 2), (0, 4), (20240105, 3), (20240105, 9), (0, 1), (20240301, 5)]
    numbers = [(day << 32) + record for day, record in found]
    assert list(in_turn.ids(Query("hazard", sort=sort), numbers)) == [
        record for _, record in sorted(found, reverse=descending)
    ]


def test_nothing_found_is_an_empty_list():
    assert list(in_turn.ids(Query("hazard"), [])) == []
