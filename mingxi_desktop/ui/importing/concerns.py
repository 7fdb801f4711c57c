"""What would be counted twice or contradict itself if the rows came in, and leaving rows out because of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.domain.concerns import Severity
from mingxi_desktop.ledger.checks.ahead import Coming, leave_out
from mingxi_desktop.ledger.concern_list import RecordLine
from mingxi_desktop.ledger.intake.arrivals import Origin
from mingxi_desktop.ui import theme
from mingxi_desktop.ui.checking.look import LOOKS
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.importing.digest import rows_text
from mingxi_desktop.ui.importing.rows_table import one_line
from mingxi_desktop.ui.importing.split import stacked
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, label, without_mnemonic

_CONCERNS = (
    ListColumn("程度", 84),
    ListColumn("疑点"),
    ListColumn("涉及", 170, optional=True),
    ListColumn("处理", 76),
)
_RECORDS = (
    ListColumn("在哪里", 190),
    ListColumn("内容"),
    ListColumn("日期", 92),
    ListColumn("乡镇", 76, optional=True),
    ListColumn("数量", 64, right=True),
)
_SIGNS = {Severity.ERROR: "▲", Severity.WARNING: "◆", Severity.INFO: "○"}
_LEAST = 92
_BETWEEN = " ｜ "
"""Between the cells of a row. A blank would make one number of the ends of two, and that may be somebody's."""
_NO_ROWS = "这一处不是哪一行的事；导入以后在“核对”里看。"
NOTHING = "没有发现会重复计数或前后矛盾的。"


class ConcernsPart(QWidget):
    """The concerns, under them the rows and records of one, and the buttons that decide."""

    decided = Signal()
    """Rows are left out: there is less to import."""
    row_wanted = Signal(object)
    """Show this `Origin` in its sheet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taken: set[tuple[str, str]] = set()
        self._found: Sequence[Coming] = ()
        both = stacked(0.44, self)
        self.table = Listing("疑点", _CONCERNS, parent=both)
        self.table.current_changed.connect(self._show)
        self.records = Listing("涉及的行和记录", _RECORDS, several=True, parent=both)
        self.records.opened.connect(self._go)
        self.records.chosen_changed.connect(self._mark)
        self._full, self._later = label(), label(role="muted")
        for text, name in ((self._full, "疑点全文"), (self._later, "导入以后可以怎么处理")):
            text.setWordWrap(True)
            text.setAccessibleName(name)
        self.look = button("看这一行(&J)", lambda: self._go(self.records.current()), tip="到表里看这一行")
        self.leave = button("不导入(&X)", self._leave_out)
        self.take = button("仍然导入(&L)", self._take, tip="不是重复，照样导入；以后可以在“核对”里写明理由")
        self.table.setMinimumHeight(_LEAST)
        self.records.setMinimumHeight(_LEAST)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.HALF)
        column.addWidget(both, 1)
        column.addWidget(self._full)
        column.addWidget(self._later)
        column.addLayout(flow([self.look, self.leave, self.take], []))
        self.tell(NOTHING)

    @property
    def open(self) -> int:
        """How many there are of which nobody has said that the rows come in all the same."""
        return sum(_mark_of(one) not in self._taken for one in self._found)

    def forget(self) -> None:
        """Other files: what was decided is of no account any more."""
        self._taken.clear()
        self.tell(NOTHING)

    def tell(self, text: str) -> None:
        """Show no concerns, and why there are none."""
        self._found = ()
        self.table.set_empty_text(text)
        self._fill()

    def wait(self, text: str) -> None:
        """Others are on their way; those that are shown stay until then."""
        self.table.set_empty_text(text)

    def show_concerns(self, found: Sequence[Coming]) -> None:
        """Show what the checks say of the rows."""
        self._found = found
        self.table.set_empty_text(NOTHING)
        self._fill()

    # inside

    def _fill(self) -> None:
        lines = [
            _line(place, one, taken=_mark_of(one) in self._taken) for place, one in enumerate(self._found)
        ]
        self.table.set_lines(lines)

    def _current(self) -> Coming | None:
        place = self.table.current()
        return self._found[place] if place is not None else None

    def _show(self, _place: int | None) -> None:
        one = self._current()
        self._full.setText(one.message if one is not None else "")
        cures = "；".join(cure.sentence for cure in one.cures) if one is not None else ""
        self._later.setText(f"仍然导入的，在结果页还可以：{cures}" if cures else "")
        self._later.setVisible(bool(cures))
        self.records.set_empty_text(_NO_ROWS if one is not None else "")
        self.records.set_lines([_record(line, one) for line in one.lines] if one else [], keep=False)
        self._mark()

    def _chosen(self) -> list[Origin]:
        return list(dict.fromkeys(origin for origin in self.records.chosen() if origin and origin.row))

    def _mark(self) -> None:
        one, rows = self._current(), self._chosen()
        self.leave.setText(f"不导入选中的 {len(rows):,} 行(&X)" if rows else "不导入(&X)")
        self.leave.setAccessibleName(without_mnemonic(self.leave.text()))
        self.leave.setEnabled(bool(rows))
        self.look.setEnabled(len(rows) == 1)
        self.take.setEnabled(one is not None and _mark_of(one) not in self._taken)

    def _go(self, origin: Origin | None) -> None:
        if origin is not None and origin.row:
            self.row_wanted.emit(origin)

    def _leave_out(self) -> None:
        one = self._current()
        if one is not None:
            leave_out(one, self._chosen())
            self.decided.emit()

    def _take(self) -> None:
        one = self._current()
        if one is not None:
            self._taken.add(_mark_of(one))
            self._fill()
            self._mark()
            self.table.setFocus()


def signed(severity: Severity) -> tuple[str, str]:
    """Sign and word of a severity, and its colour."""
    return f"{_SIGNS[severity]} {severity.label}", LOOKS[severity][1]


def _mark_of(one: Coming) -> tuple[str, str]:
    """What a concern is recognised by when the rows are looked at again."""
    return one.concern.code, one.message


def _line(place: int, one: Coming, *, taken: bool) -> Line:
    text, role = signed(one.concern.severity)
    texts = (text, one.message, _involved(one), "仍然导入" if taken else "")
    return Line(texts, place, {0: role, 3: "muted"})


def _involved(one: Coming) -> str:
    """盖洋镇.xlsx 3、5 行，台账 2 条; or 3 个文件 5 行."""
    files = list(dict.fromkeys(origin.table.path.name for origin in one.origins))
    numbers = sorted({origin.row for origin in one.origins})
    parts = [f"{files[0]} {rows_text(numbers)} 行"] if len(files) == 1 else []
    if len(files) > 1:
        parts.append(f"{len(files):,} 个文件 {len(one.origins):,} 行")
    if one.there:
        parts.append(f"台账 {len(one.there):,} 条")
    return "，".join(parts)


def _record(line: RecordLine, one: Coming) -> Line:
    """A row with its cells: the number of its record is not certain yet; or a record by its name."""
    origin = one.came.get((line.kind, line.id))
    place = origin.place if origin is not None else f"台账 {line.label} #{line.id}"
    said = (_cells(origin) if origin is not None else "") or line.name
    texts = (place, said, line.date, line.area, line.quantity)
    return Line(texts, origin, {} if origin is not None else dict.fromkeys(range(len(texts)), "muted"))


def _cells(origin: Origin) -> str:
    rows = origin.table.cells.rows if origin.table.cells is not None else []
    cells = rows[origin.row - 1] if 0 < origin.row <= len(rows) else []
    return _BETWEEN.join(filter(None, (one_line(cells, place) for place in range(len(cells)))))
