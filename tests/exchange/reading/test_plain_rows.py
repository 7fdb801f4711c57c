from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.exchange.reading import limits
from mingxi_desktop.exchange.reading.extent import Budget, Extent
from mingxi_desktop.exchange.reading.grid import Grid, Room
from mingxi_desktop.exchange.reading.guard import guard
from mingxi_desktop.exchange.reading.plain_rows import PlainRows
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.exchange.reading.sniff import Format
from tests.exchange.workbooks import raw_xlsx, sheet_xml

_PLAIN = (
    '<row r="{0}" spans="1:2"><c r="A{0}"><v>1</v></c><c r="B{0}" s="1" t="s"><v>0</v></c><c r="C{0}"/></row>'
)
_EMPTY = '<row r="{0}"><c r="A{0}" s="1"/></row>'
_INLINE = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>甲 &amp; 乙</t></is></c></row>'
_CLOSER = [
    '<row r="{0}" hidden="1"><c r="A{0}"><v>1</v></c></row>',
    '<row r="{0}"><c r="A{0}" t="e"><v>#N/A</v></c></row>',
    '<row r="{0}"><c r="A{0}"><f>B1</f></c></row>',
    '<row r="{0}"><c r="A{0}"><v><!-- x -->1</v></c></row>',
    '<row r="{0}"><c s="1" r="A{0}"><v>1</v></c></row>',
    '<row r="{0}"><c><v>1</v></c></row>',
    '<row r="{0}"/>',
    '<row r="{0}"><c r="A{0}" s="7"><v>1</v></c></row>',
    '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="B{0}"><x/><v>1</v></c></row>',
]


def taken(xml: str, size: int, *, going: bool = False) -> tuple[str, list[tuple[int, list[int], int]]]:
    """(what is left of the XML, the runs of rows that were skipped) when it comes in pieces of this size.

    going: it may be a grid.
    """
    left: list[bytes] = []
    skipped: list[tuple[int, list[int], int]] = []
    checked: list[bytes] = []
    skip = lambda row, columns, cells: skipped.append((row, [*columns], cells))  # noqa: E731
    rows = PlainRows(left.append, skip, ["7"], checked.append, Grid("", Room(), going=going))
    data = xml.encode()
    for at in range(0, len(data), size):
        rows.piece(data[at : at + size])
    rows.end()
    return b"".join(left).decode(), skipped


@given(
    st.lists(st.sampled_from([_PLAIN, _EMPTY, _INLINE, *_CLOSER]), max_size=12),
    st.integers(1, 300),
    st.booleans(),
)
def test_only_plain_rows_are_taken_out_however_the_pieces_fall(rows: list[str], size: int, going: bool):
    made = [(row, row.format(number)) for number, row in enumerate(rows, 1)]
    left, skipped = taken(sheet_xml("".join(row for _, row in made)), size, going=going)
    assert all(row in left for kind, row in made if kind in _CLOSER)
    assert left.startswith(sheet_xml("").partition("</")[0])
    assert left.endswith("</worksheet>")
    wanted = {
        n: (1, 2) if row == _PLAIN else (0, 1) for n, row in enumerate(rows) if row in (_PLAIN, _INLINE)
    }
    for first, columns, cells in skipped:
        found = [wanted[first + more] for more in range(len(columns))]
        assert (columns, cells) == ([column for column, _ in found], sum(number for _, number in found))


def test_plain_rows_of_one_piece_are_taken_together():
    rows = "".join((_PLAIN if number % 2 else _INLINE).format(number) for number in range(1, 8))
    left, skipped = taken(sheet_xml(rows), 1_000_000)
    assert left == sheet_xml("")
    assert skipped == [(0, [1, 0, 1, 0, 1, 0, 1], 11)]


def test_a_run_of_rows_reaches_as_far_as_its_rows_do():
    one, run = Extent("隐患", Budget()), Extent("隐患", Budget())
    one.reach(0, 3)
    run.reach(0, 3)
    columns = [2, 7, 5]
    for more, column in enumerate(columns):
        one.reach(1 + more, column)
    run.reach_down(1, columns)
    for extent in (one, run):
        extent.reach(3, 9)  # the last of them goes on: it is not another row
    assert vars(one) | {"_budget": None} == vars(run) | {"_budget": None}
    assert vars(one._budget) == vars(run._budget)


def test_it_is_said_which_cell_of_a_run_lies_too_far_away():
    with pytest.raises(RefusedError) as refused:
        Extent("", Budget()).reach_down(1, [2, 7, limits.MAX_COLUMNS, 1])
    assert (refused.value.code, refused.value.detail) == ("E_TOO_MANY_COLUMNS", "IW4")


@given(st.lists(st.sampled_from([_PLAIN, _EMPTY, _INLINE, *_CLOSER]), max_size=12))
def test_the_notes_are_the_same_as_without_the_short_cut(rows: list[str]):
    xml = sheet_xml("".join(row.format(number) for number, row in enumerate(rows, 1)))
    (fast,) = guard(raw_xlsx(xml), Format.ZIP)
    (slow,) = guard(raw_xlsx(xml.replace('<c r="', '<c  r="').replace("<row ", "<row  ")), Format.ZIP)
    assert fast == slow
