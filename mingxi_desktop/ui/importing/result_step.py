"""Step 4: what was imported and what was not, and what can be done with it."""

from __future__ import annotations

from collections import Counter
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.ledger.intake.imported import ImportResult
from mingxi_desktop.ledger.intake.result import Choice, Doubtful, Preview, SheetPreview
from mingxi_desktop.ui import style
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.flow import flow
from mingxi_desktop.ui.importing.after import AfterPart
from mingxi_desktop.ui.importing.digest import BLANK, DOUBTS, SIGNS, passed_over, short
from mingxi_desktop.ui.importing.split import stacked
from mingxi_desktop.ui.importing.told import UNTICKED, fault, remark, sheet_name
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import button, card, label, toggle
from mingxi_desktop.ui.turns import Making

_TABLES = (
    ListColumn("文件", 200),
    ListColumn("表 / 台账", 150),
    ListColumn("新增", 64, right=True),
    ListColumn("替换", 56, right=True),
    ListColumn("有错", 56, right=True),
    ListColumn("已有未导入", 84, right=True),
    ListColumn("跳过的行", 72, right=True),
    ListColumn("说明"),
)
_LEAST, _ALIKE = 100, 3
_REASONS = (ListColumn("没有导入", 96), ListColumn("多少", 72, right=True), ListColumn("原因"))
_ERROR, _KNOWN, _SKIPPED = f"{SIGNS['错误']} 有错", f"{SIGNS['已有']} 已有", f"{SIGNS['跳过']} 跳过"
_ROLES = {_ERROR: "error", _KNOWN: "accent_text", _SKIPPED: "muted"}


DONE, CONCERNS = range(2)
_PARTS = ("导入结果", "疑点")


class ResultStep(QWidget):
    """The counts, and the doors: the records, taking the import back, the next import."""

    records_wanted = Signal(str)
    """Show the imported records of this ledger."""
    undo_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame = card(self)
        self.count = label(role="figure")
        self.told = label(role="muted")
        self.told.setWordWrap(True)
        self.records = button("查看这些记录(&K)", self._show_records, icon="view")
        self.undo = button("撤销本次导入(&U)", self.undo_wanted.emit, icon="undo")
        self.again = button("再导入(&A)", self.again_wanted.emit, icon="import", tip="再导入别的文件")
        self._kinds: list[str] = []
        frame.column.addLayout(flow([self.count], [self.records, self.undo, self.again]))
        frame.column.addWidget(self.told)
        self.switches = [toggle(name, "pill", partial(self.open, place)) for place, name in enumerate(_PARTS)]
        frame.column.addLayout(flow([*self.switches], []))
        # Tab comes to things in the order in which they got their parent: what stands above goes first.
        self.stack = QStackedWidget(frame)
        tables = stacked(0.56, self.stack)
        self.table = Listing("导入结果", _TABLES, parent=tables)
        self.reasons = Listing("没有导入的原因", _REASONS, parent=tables)
        self.reasons.set_empty_text("每一行都导入了。")
        for made in (self.table, self.reasons):
            made.setMinimumHeight(_LEAST)
        self.stack.addWidget(tables)
        frame.column.addWidget(self.stack, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.parts: tuple[QWidget, ...] = (self.records, self.table, self.reasons)
        self.count_concerns(0)
        self.open(DONE)

    def add_concerns(self, after: AfterPart) -> None:
        """What the checks say of the import, shown in the place of its tables; made inside `stack`."""
        self.after = after
        self.stack.addWidget(after)
        self.parts = (*self.parts, after)

    def open(self, part: int) -> None:
        """Show DONE or CONCERNS."""
        for place, made in enumerate(self.switches):
            made.setChecked(place == part)
        self.stack.setCurrentIndex(part)

    def count_concerns(self, count: int) -> None:
        """So many concerns are there about the import."""
        for place, made in enumerate(self.switches):
            made.setText(f"{_PARTS[CONCERNS]} {count:,}" if place == CONCERNS and count else _PARTS[place])
            made.setAccessibleName(made.text())
            made.setShortcut(QKeySequence(f"Alt+{place + 1}"))
            made.setToolTip(f"Alt+{place + 1}")

    def show_result(self, found: Preview, result: ImportResult) -> None:
        """Show what an import did."""
        stored = result.changes is not None
        self.count.setText(_counted(found) if stored else "没有导入")
        faults = [
            (sheet.key, item.row)
            for sheet in found.sheets
            if sheet.taken
            for item in sheet.rejected
            if item.row
        ]
        lines = len(set(faults))
        parts = (
            [f"导入批次 {result.batch}，以后也能在“数据 → 导入记录”里撤销"]
            if stored
            else [result.reason or "没有可以导入的记录"]
        )
        if faults:
            places = f"（{len(faults):,} 处）" if len(faults) > lines else ""
            parts.append(f"{lines:,} 行有错{places}没有导入，可生成退回文件交填报单位改正后再导入")
        self.told.setText("；".join(part.rstrip("。") for part in parts) + "。")
        self.table.set_lines(
            [_line(place, sheet, stored=stored) for place, sheet in enumerate(found.sheets)], keep=False
        )
        self.reasons.set_lines(_reasons(found), keep=False)
        self._kinds = list(found.kinds) if stored else []
        self._offer(found)
        for made in (self.records, self.undo):
            made.setEnabled(stored)

    def show_taken_back(self, sentence: str) -> None:
        """The import was taken back."""
        self.count.setText("已撤销本次导入")
        self.told.setText(f"{sentence}。")
        for made in (self.records, self.undo):
            made.setEnabled(False)
        self.again.setFocus()

    # inside

    def _offer(self, found: Preview) -> None:
        """One ledger: the button leads there; several: it lists them."""
        old = self.records.menu()
        self.records.setMenu(None)  # type: ignore[arg-type]
        if old is not None:
            old.deleteLater()
        several = len(self._kinds) > 1
        style.set_state(self.records, "menu", several)
        if not several:
            return
        menu = QMenu(self.records)
        for number, kind in enumerate(self._kinds, 1):
            count = sum(
                len(sheet.rows) + len(sheet.chosen)
                for sheet in found.sheets
                if sheet.taken and sheet.kind == kind
            )
            action = menu.addAction(f"{kind_of(kind).label} {count:,} 条(&{number})")
            action.triggered.connect(lambda _=False, kind=kind: self.records_wanted.emit(kind))
        self.records.setMenu(menu)

    def _show_records(self) -> None:
        if len(self._kinds) == 1:
            self.records_wanted.emit(self._kinds[0])


def steps(context: Context, place: QWidget) -> Making[ResultStep]:
    """Makes it, at the end of the page, with its concerns."""
    made = ResultStep(place)
    yield
    made.add_concerns(AfterPart(context, made.stack))
    return made


def _counted(found: Preview) -> str:
    chosen = [item for sheet in found.sheets if sheet.taken for item in sheet.chosen]
    replaced = sum(item.choice is Choice.REPLACE for item in chosen)
    text = f"已导入 {found.ready:,} 条"
    return f"{text}（其中替换 {replaced:,} 条）" if replaced else text


def _left(sheet: SheetPreview) -> list[Doubtful]:
    return [item for item in sheet.doubtful if item.choice is Choice.SKIP]


def _line(place: int, sheet: SheetPreview, *, stored: bool) -> Line:
    replaced = sum(item.choice is Choice.REPLACE for item in sheet.chosen)
    added = len(sheet.rows) + sheet.attached + len(sheet.chosen) - replaced
    done = stored and sheet.taken
    wrong = len(sheet.rejected)
    numbers = (
        added if done else 0,
        replaced if done else 0,
        wrong,
        len(_left(sheet)),
        len(passed_over(sheet)),
    )
    counted = ("—",) * len(numbers) if fault(sheet) else tuple(f"{number:,}" for number in numbers)
    texts = (sheet.path.name, sheet_name(sheet), *counted, remark(sheet))
    return Line(texts, place, {4: "error"} if wrong and not fault(sheet) else {})


def _faults(sheet: SheetPreview) -> Counter[str]:
    """How often there was which fault; of those that differ in the value only, the first stands for all."""
    groups: dict[tuple[str, str], Counter[str]] = {}
    for item in sheet.rejected:
        groups.setdefault((item.code, item.column), Counter())[short(sheet, item.message)] += 1
    counts: Counter[str] = Counter()
    for texts in groups.values():
        if len(texts) > _ALIKE:
            counts[f"{next(iter(texts))}（各处的值不同，这是第一处）"] += texts.total()
        else:
            counts.update(texts)
    return counts


def _reasons(found: Preview) -> list[Line]:
    """Why rows were left out, equal reasons together, the most frequent first."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for sheet in found.sheets:
        whole = fault(sheet)
        if not sheet.taken or whole:
            counts[(_ERROR, "张表", whole) if sheet.taken else (_SKIPPED, "张表", whole or UNTICKED)] += 1
            continue
        counts.update({(_ERROR, "处", text): count for text, count in _faults(sheet).items()})
        for doubtful in _left(sheet):
            counts[_KNOWN, "条", f"{DOUBTS[doubtful.doubt]}，按“不导入”处理"] += 1
        for item in passed_over(sheet):
            counts[_SKIPPED, "行", "空行" if item.reason == BLANK else item.reason] += 1
    order = list(_ROLES)
    ranked = sorted(counts.items(), key=lambda pair: (order.index(pair[0][0]), -pair[1]))
    return [
        Line((word, f"{count:,} {unit}", text), (word, text), {0: _ROLES[word]})
        for (word, unit, text), count in ranked[:500]
    ]
