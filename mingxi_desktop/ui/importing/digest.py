"""What there is to say of a table, put together on the database thread: the window only shows it."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter

from mingxi_desktop.exchange.cells import is_empty, shown
from mingxi_desktop.exchange.recognising.plan import Skipped
from mingxi_desktop.ledger.intake.result import DOUBT_CODES, Doubt, Preview, SheetPreview

ERROR, DOUBT, HINT, SKIP = "错误", "已有", "提示", "跳过"
SIGNS = {ERROR: "▲", DOUBT: "◆", HINT: "○", SKIP: "·"}
ROLES = {ERROR: "error", DOUBT: "accent_text", HINT: "warning", SKIP: "muted"}
DOUBTS = {
    Doubt.SAME: "已有",
    Doubt.FILE: "重复",
    Doubt.CHANGED: "有改动",
    Doubt.PARTS: "合计重复",
    Doubt.TWICE: "疑点",
}
BLANK = "空行"
_PLACE = re.compile(r"^(?:工作表“[^”]*”)?(?:第\d+行)?(?:“[^”]*”（[A-Z]+\d+）)?[：，]")
_ROWS = attrgetter("rows")
_LISTED, _ALIKE, _MOST = 3, 5, 1_000
IGNORED = "W_COLUMN_IGNORED"
_HERE = {
    "确实需要请在导入时勾选": "确实需要请在第 1 步打勾",
    "要导入请指定它对应的字段": "要导入请在第 2 步给它选字段",
    "请指定哪一列是它，或给整张表填一个值": "请在第 2 步指定哪一列是它，或给整张表填一个值",
    "确实要导入请指定这张表": "确实要导入请在第 2 步给这张表打勾",
    "请指定后再导入": "请在第 2 步选好再导入",
    "请在表头写明单位或导入时选定": "请在表头写明单位，或在第 1 步选金额单位",
    "确实不重复的请选择也导入": "确实不重复的请选“另加一条”",
    "确实是两件事的，请选择也导入": "确实是两件事的，请选“另加一条”",
    "或者指定表头对应的字段，也可以先导出导入模板照着填": "或者在第 2 步选台账和表头所在的行",
}


@dataclass(frozen=True, slots=True)
class Message:
    """One line of what is said; the same of several rows is one line.

    rows: 1-based, none for the table as a whole.  index: 0-based column, -1 for rows as a whole.
    """

    severity: str
    rows: tuple[int, ...]
    index: int
    column: str
    value: str
    text: str

    @property
    def row(self) -> int:
        """The first row; 0 for the table as a whole."""
        return self.rows[0] if self.rows else 0

    @property
    def where(self) -> str:
        """The rows in words."""
        return rows_text(self.rows)


@dataclass(slots=True)
class Told:
    """messages: faults first, then what was assumed, then what was left out.

    marks: (row, column) → (severity, text).  words: row → what becomes of it, where that is not simply to be
    taken in.  filled: the rows with content below the header.  noted: those with something to say.
    """

    messages: list[Message] = field(default_factory=list)
    marks: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)
    filled: array[int] = field(default_factory=lambda: array("l"))
    noted: array[int] = field(default_factory=lambda: array("l"))

    def place_of(self, row: int, *, noted: bool) -> int:
        """The place of a row among those shown; -1 if it is not."""
        rows = self.noted if noted else self.filled
        place = bisect_left(rows, row)
        return place if place < len(rows) and rows[place] == row else -1


def digest(found: Preview) -> list[Told]:
    """For each table of a preview what there is to say of it."""
    return [told(sheet) for sheet in found.sheets]


def told(sheet: SheetPreview) -> Told:
    """What there is to say of a table."""
    made = Told()
    faults = [
        _Part(f.code, f.row, f.index, f.column, f.value, short(sheet, f.message)) for f in sheet.rejected
    ]
    hints = _hints(sheet)
    _mark(made, sheet, faults, hints)
    made.messages = [
        *_grouped(ERROR, faults, loosely=False),
        *_grouped(HINT, _together(sheet, hints), loosely=True),
        *_left_out(sheet),
    ]
    made.filled = _filled(sheet)
    noted = {row for row, word in made.words.items() if word != SKIP}
    made.noted = array("l", [row for row in made.filled if row in noted])
    return made


def on_step(step: int, text: str) -> str:
    """What is said of a table, for someone who is on that step (from 0): 请在第 2 步选台账 → 请在这里选台账."""
    return text.replace(f"在第 {step + 1} 步", "在这里")


def short(sheet: SheetPreview, text: str) -> str:
    """Without the place, which stands in columns of its own; what to do as it is done in the window."""
    text = in_window(text)
    cut = _PLACE.sub("", text, count=1)
    if cut != text:
        return cut
    for start in (f"{sheet.path.name}：", f"{sheet.path.name}里", f"工作表“{sheet.sheet}”"):
        text = text.removeprefix(start)
    return text


def in_window(text: str) -> str:
    """What to do, as it is done in the window."""
    for elsewhere, here in _HERE.items():
        text = text.replace(elsewhere, here)
    return text


def passed_over(sheet: SheetPreview) -> list[Skipped]:
    """The rows that are no data (totals, notes, blank ones); those in doubt are a matter of their own."""
    if not sheet.skipped:
        return []
    doubtful = {item.row for item in sheet.skipped}.intersection(
        chain.from_iterable(map(_ROWS, sheet.doubtful))
    )
    return [item for item in sheet.skipped if item.row not in doubtful]


def rows_text(rows: Sequence[int]) -> str:
    """第 3、5 行 as 3、5; many as 3–40 or 3 等 28 行."""
    if len(rows) <= _LISTED:
        return "、".join(map(str, rows))
    if rows[-1] - rows[0] == len(rows) - 1:
        return f"{rows[0]}–{rows[-1]}"
    return f"{rows[0]} 等 {len(rows):,} 行"


# inside


@dataclass(frozen=True, slots=True)
class _Part:
    """One fault or notice before the like ones are put together."""

    code: str
    row: int
    index: int
    column: str
    value: str
    text: str


def _hints(sheet: SheetPreview) -> list[_Part]:
    places = {column.header: column.index for column in reversed(sheet.columns)}
    doubts = {(item.rows[0], item.message) for item in sheet.doubtful if item.rows}
    found = []
    for notice in sheet.warnings:
        if notice.row and (notice.code in DOUBT_CODES or (notice.row, notice.message) in doubts):
            continue
        index = places.get(notice.column, -1)
        value = _cell(sheet, notice.row, index)
        found.append(
            _Part(notice.code, notice.row, index, notice.column, value, short(sheet, notice.message))
        )
    return found


def _together(sheet: SheetPreview, hints: list[_Part]) -> list[_Part]:
    """Many columns that mean nothing here are one message."""
    said = ignored(sheet)
    if not said:
        return hints
    rest = [part for part in hints if part.code != IGNORED or not part.column]
    return [_Part(IGNORED, 0, -1, "", "", f"{said}；要导入请在第 2 步给它们选字段"), *rest]


def ignored(sheet: SheetPreview) -> str:
    """The columns that nobody could make sense of in one sentence, if they are several; else ""."""
    found = [notice.column for notice in sheet.warnings if notice.code == IGNORED and notice.column]
    if len(found) < 2:
        return ""
    names = list(dict.fromkeys(found))
    more = " 等" if len(names) > _LISTED else ""
    return f"{len(found):,} 列不认得，没有导入（{'、'.join(names[:_LISTED])}{more}）"


def _mark(made: Told, sheet: SheetPreview, faults: Iterable[_Part], hints: Iterable[_Part]) -> None:
    for item in passed_over(sheet):
        made.words[item.row] = SKIP
        made.marks[item.row, -1] = (SKIP, item.reason)
    for severity, parts in ((HINT, hints), (ERROR, faults)):
        for part in parts:
            if part.row:
                made.words[part.row] = severity
                made.marks[part.row, part.index] = (severity, part.text)
        if severity == HINT:
            for doubtful in sheet.doubtful:
                for row in doubtful.rows:
                    made.words[row] = DOUBTS[doubtful.doubt]
                    made.marks[row, -1] = (DOUBT, doubtful.message)


def _grouped(severity: str, parts: Sequence[_Part], *, loosely: bool) -> list[Message]:
    """Equal messages as one line; loosely: also those that differ in the value, when they are many."""
    alike: dict[tuple[str, int, str], int] = {}
    if loosely:
        for part in parts:
            key = (part.code, part.index, part.column)
            alike[key] = alike.get(key, 0) + (part.row > 0)
    groups: dict[tuple[str, int, str, str], list[_Part]] = {}
    for part in parts:
        loose = part.row and alike.get((part.code, part.index, part.column), 0) > _ALIKE
        groups.setdefault((part.code, part.index, part.column, "" if loose else part.text), []).append(part)
    made = sorted((_message(severity, group) for group in groups.values()), key=lambda m: (m.row, m.index))
    if len(made) > _MOST:
        rest = f"另有 {len(made) - _MOST:,} 条没有列在这里；生成退回文件，里面每一处都标出来"
        made[_MOST:] = [Message(severity, (), -1, "", "", rest)]
    return made


def _message(severity: str, group: Sequence[_Part]) -> Message:
    first = group[0]
    rows = tuple(sorted({part.row for part in group if part.row}))
    same = all(part.text == first.text for part in group)
    value = first.value if all(part.value == first.value for part in group) else f"{first.value} 等"
    text = first.text if same else f"{first.text}；同类的共 {len(group):,} 处"
    return Message(severity, rows, first.index, first.column, value, text)


def _left_out(sheet: SheetPreview) -> list[Message]:
    groups: dict[str, list[int]] = {}
    for item in passed_over(sheet):
        groups.setdefault(item.reason, []).append(item.row)
    return [Message(SKIP, tuple(sorted(rows)), -1, "", "", reason) for reason, rows in groups.items()]


def _filled(sheet: SheetPreview) -> array[int]:
    if sheet.cells is None:
        return array("l")
    last = min(sheet.last_row or len(sheet.cells.rows), len(sheet.cells.rows))
    first = sheet.last_header_row or sheet.header_row
    rows = sheet.cells.rows
    return array("l", [row for row in range(first + 1, last + 1) if not all(map(is_empty, rows[row - 1]))])


def _cell(sheet: SheetPreview, row: int, index: int) -> str:
    if sheet.cells is None or not row or index < 0 or row > len(sheet.cells.rows):
        return ""
    cells = sheet.cells.rows[row - 1]
    return shown(cells[index]) if index < len(cells) else ""
