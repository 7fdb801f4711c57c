"""Rows, records and headings: each row says what it is, and each record knows its row."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.ledger.sections import Heading, Sectioned
from mingxi_desktop.ui.table.layout import Layout

TOTAL = Heading(0, (), "合计", 0, 0)


def grouped(counts: list[list[int]]) -> Sectioned:
    """Two levels of groups of these sizes over ids 100, 101 …"""
    headings, start = [], 0
    for outer, inner in enumerate(counts):
        headings.append(Heading(0, (outer,), str(outer), start, sum(inner)))
        for number, count in enumerate(inner):
            headings.append(Heading(1, (outer, number), f"{outer}.{number}", start, count))
            start += count
    return Sectioned(array("q", range(100, 100 + start)), tuple(headings))


@given(
    st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=3), min_size=1, max_size=4),
    st.sets(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=5),
    st.sets(st.integers(0, 3), max_size=2),
)
def test_rows_agree_with_a_list_made_by_hand(counts, inner, outer) -> None:
    found = grouped(counts)
    closed = {*inner, *((one,) for one in outer)}
    layout = Layout(found, TOTAL, closed)
    rows: list[object] = []
    for one in found.headings:
        if one.level and one.keys[:1] in closed:
            continue
        rows.append(one)
        if one.level == 1 and one.keys not in closed:
            rows += found.ids[one.start : one.end]
    rows.append(TOTAL)
    assert len(layout) == len(rows)
    for row, what in enumerate(rows):
        if isinstance(what, Heading):
            assert (layout.heading(row), layout.place(row)) == (what, -1)
        else:
            assert layout.heading(row) is None
            assert layout.ids[layout.place(row)] == what
            assert layout.row_at(what) == row
    shown = [what for what in rows if not isinstance(what, Heading)]
    assert [id for id in found.ids if layout.row_at(id) < 0] == [id for id in found.ids if id not in shown]
    for first in range(len(rows)):
        for last in range(first, len(rows)):
            wanted = [what for what in rows[first : last + 1] if not isinstance(what, Heading)]
            assert list(layout.ids_between(first, last)) == wanted


def test_a_plain_list_has_a_row_for_each_record() -> None:
    layout = Layout(Sectioned(array("q", [7, 5, 9])), TOTAL)
    assert (len(layout), layout.place(2), layout.place(3), layout.heading(0)) == (3, 2, -1, None)
    assert (layout.row_at(5), layout.row_at(4), list(layout.ids_between(1, 2))) == (1, -1, [5, 9])


def test_nothing_at_all() -> None:
    assert len(Layout()) == 0
    assert list(Layout().ids_between(0, 5)) == []


def test_a_hidden_record_names_the_groups_to_open() -> None:
    layout = Layout(grouped([[2], [1, 1]]), TOTAL, {(1,), (1, 1)})
    assert layout.row_at(103) == -1
    assert layout.groups_of(103) == {(1,), (1, 1)}
    layout.close(layout.closed - layout.groups_of(103))
    assert layout.row_at(103) == 8
