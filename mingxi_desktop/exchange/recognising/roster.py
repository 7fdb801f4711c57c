"""Lists of people (sign-in sheets, name lists of trainees, of evacuated people): counted, never taken in.

What leaves this module is how many people a list has, in which places, and what its title and header say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mingxi_desktop.domain.personal import masked
from mingxi_desktop.exchange.cells import Cell, Row, Sheet, cell_text, is_empty
from mingxi_desktop.exchange.recognising.number_rows import plain
from mingxi_desktop.exchange.recognising.roster_head import ListHead, NameColumns, list_heads, names_people
from mingxi_desktop.exchange.recognising.rows import is_apart
from mingxi_desktop.patterns import pattern

_SPLIT = pattern(r"[、,;/]")
_ADDED = pattern(r"\(.*?\)|[\d*]+$")
_PLAIN_NAME = pattern(r"[\u3400-\u9fffA-Za-z·•.]{1,30}")
_BLANKS = ("无", "缺", "/", "—", "-", "空", "以下空白")
_LONGEST_ALONE = 5
_LISTED = 5
_FEWEST = 2
_TITLE_CELLS = 1
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Roster:
    """A list of people on a sheet.

    title: the texts above its header.  top, bottom: first and last header row; end: the row after its last,
    all 0-based.  people: how many different people it lists; of a list of households their members.
    rows: sheet rows, 1-based, with people.  columns: its header texts.  area_header, by_area: the column of
    townships, villages or units, and how many people each of them has.  notes: what was assumed, in Chinese.
    """

    title: tuple[str, ...]
    top: int
    bottom: int
    end: int
    people: int
    rows: tuple[int, ...]
    columns: tuple[str, ...]
    area_header: str = ""
    by_area: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Doubts:
    """Sheet rows, 1-based, whose name cannot be read, and those whose household is of unknown size."""

    unread: list[int] = field(default_factory=list)
    uncounted: list[int] = field(default_factory=list)

    def notes(self, members: str) -> list[str]:
        """The sentences.  members: header of the column with the sizes of households."""
        notes = [f"{_rows(self.unread)}的姓名看不懂或者没有填，没有计入"] if self.unread else []
        return [
            *notes,
            *([f"{_rows(self.uncounted)}的“{members}”没有写整数，按1人计"] if self.uncounted else []),
        ]


def _rows(numbers: Sequence[int]) -> str:
    some = "、".join(map(str, numbers[:_LISTED]))
    return f"第{some}行" if len(numbers) <= _LISTED else f"第{some}等{len(numbers)}行"


def find_roster(sheet: Sheet) -> tuple[Roster, ...]:
    """The lists of people on a sheet, from top to bottom; a header that is repeated goes on with its list."""
    heads = list(list_heads(sheet))
    starts = [_titles_begin(sheet, head, before) for head, before in zip(heads, [None, *heads], strict=False)]
    ends = [*starts[1:], len(sheet.rows)]
    found = (_read(sheet, head, start, end) for head, start, end in zip(heads, starts, ends, strict=False))
    return tuple(roster for roster in found if roster.people)


@dataclass(slots=True)
class _Person:
    """A row's person while counting.  members: people of the household.  whole: all cells but the name."""

    row: int
    name: str
    number: str
    whole: tuple[str, ...]
    area: str
    members: int


def _read(sheet: Sheet, head: ListHead, start: int, end: int) -> Roster:
    doubts = _Doubts()
    people = [
        person
        for index in range(head.bottom + 1, end)
        if not _is_apart(sheet.rows[index])
        for block in head.blocks
        for person in _people(sheet, index, block, doubts)
    ]
    first = head.blocks[0]
    notes = doubts.notes("" if first.members is None else head.headers[first.members])
    kept = _different(people, notes)
    total = sum(person.members for person in kept)
    if first.members is not None and total != len(kept):
        notes.append(f"每行是一户，人数按“{head.headers[first.members]}”相加，共{len(kept)}户")
    by_area: Counter[str] = Counter()
    for person in kept:
        by_area[person.area] += person.members
    return Roster(
        title=tuple(_titles(sheet, start, head.top)),
        top=head.top,
        bottom=head.bottom,
        end=end,
        people=total,
        rows=tuple(dict.fromkeys(person.row for person in people)),
        columns=tuple(head.headers[column] for column in sorted(head.headers)),
        area_header="" if first.area is None else head.headers[first.area],
        by_area=() if first.area is None else tuple(by_area.items()),
        notes=tuple(notes),
    )


def _people(sheet: Sheet, index: int, block: NameColumns, doubts: _Doubts) -> Iterator[_Person]:
    """Whom a row lists in one set of columns; rows that cannot be read are noted."""
    row = sheet.rows[index]
    cell = _at(row, block.name)
    whole = tuple(plain(_at(row, column)) for column in block.others if column != block.name)
    text = plain(cell)
    if not any(whole) and len(text) > _LONGEST_ALONE:
        return  # a heading
    if not text or text in _BLANKS:
        if block.number is not None and plain(_at(row, block.number)):
            doubts.unread.append(index + 1)
        return
    names = [_ADDED.sub("", part) for part in _SPLIT.split(text) if part]
    if not isinstance(cell, str) or not all(map(_PLAIN_NAME.fullmatch, names)):
        doubts.unread.append(index + 1)
        return
    if any(map(names_people, names)):
        return  # the header again
    alone = len(names) == 1
    number = plain(_at(row, block.number)) if alone else ""
    area = masked(plain(_filled_down(sheet, index, block.area)))
    members = _whole_number(_at(row, block.members)) if alone else 1
    if members is None and block.members is not None:
        doubts.uncounted.append(index + 1)
    for name in names:
        yield _Person(index + 1, name, number, whole, area, members or 1)


def _different(people: Sequence[_Person], notes: list[str]) -> list[_Person]:
    """Each person once: the same ID number, or the same row, is the same person."""
    kept: dict[tuple[str, ...], _Person] = {}
    for person in people:
        told = sum(map(bool, person.whole)) >= _FEWEST
        own = (person.name, *person.whole) if told else (str(len(kept)), person.name)
        kept.setdefault((person.number,) if person.number else own, person)
    again = len(people) - len(kept)
    if again:
        notes.append(f"有{again}行重复（同一个人），只计一次")
    same = sum(1 for count in Counter(person.name for person in kept.values()).values() if count > 1)
    if same:
        notes.append(f"有{same}个姓名重复，其他内容不同，按不同的人计")
    return list(kept.values())


def _whole_number(cell: Cell) -> int | None:
    """The people of a household; None where that is not said."""
    text = plain(cell).rstrip("人口")
    return int(text) if text.isdecimal() and len(text) <= _DIGITS and not isinstance(cell, bool) else None


def _is_apart(row: Row) -> bool:
    filled = [cell for cell in row if not is_empty(cell)]
    return not filled or is_apart(filled)


def _filled_down(sheet: Sheet, index: int, column: int | None) -> Cell:
    """A cell, or what a cell merged over it says."""
    if column is None:
        return None
    for area in sheet.merged:
        if area.top <= index <= area.bottom and area.left <= column <= area.right:
            return _at(sheet.rows[area.top], area.left)
    return _at(sheet.rows[index], column)


def _titles_begin(sheet: Sheet, head: ListHead, before: ListHead | None) -> int:
    """The first row of what stands over a header: rows with one text each."""
    first = 0 if before is None else before.bottom + 1
    start = head.top
    while (
        start > first and len([cell for cell in sheet.rows[start - 1] if not is_empty(cell)]) <= _TITLE_CELLS
    ):
        start -= 1
    return start


def _titles(sheet: Sheet, start: int, top: int) -> Iterator[str]:
    """The texts over a header, without numbers of people."""
    for row in sheet.rows[start:top]:
        for cell in row:
            if not is_empty(cell):
                yield masked(cell_text(cell).strip())


def _at(row: Row, column: int | None) -> Cell:
    return row[column] if column is not None and column < len(row) else None
