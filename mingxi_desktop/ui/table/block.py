"""What is done to all selected cells of a ledger's table at once, and what they add up to."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from mingxi_desktop.domain.fields import NUMERIC, FieldType, Kind
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.show import show
from mingxi_desktop.ledger import Ledger, cells, clipboard
from mingxi_desktop.ledger.blocks import Summed
from mingxi_desktop.ledger.clipboard import Block as Texts
from mingxi_desktop.ui import ask, icons
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Job, Priority
from mingxi_desktop.ui.table.pasting import cells_of
from mingxi_desktop.ui.table.selection import Block
from mingxi_desktop.ui.table.view import LedgerTable

_SUMMED_AT_MOST = 100_000
_AT_MOST = 5_000
"""Records changed in one go: each is checked like one typed by hand, and other work waits for it."""


class BlockEditing(QObject):
    """The commands for selected cells, with their keys and their place in the table's menu."""

    summed = Signal(str)
    """Count, sum and average of the selected numbers, for the status bar; "" where there is nothing to add."""

    def __init__(self, table: LedgerTable, context: Context, kind: Kind, parent: QWidget) -> None:
        """parent: what dialogs belong to."""
        super().__init__(parent)
        self._table = table
        self._context = context
        self._kind = kind
        self._window = parent
        self._summing: Job | None = None
        self._edit = self._action("修改\tF2", "edit", table.edit_current)
        self._many = self._action("批量修改…", "", self.change_many)
        self._fill = self._action("向下填充", "", self.fill_down, "Ctrl+D")
        self._clear = self._action("清空单元格", "", self.clear_cells, "Backspace")
        self._paste = self._action("粘贴到所选单元格…", "", self.paste_cells, "Ctrl+Shift+V")
        table.menu_wanted.connect(self._menu)
        table.said.connect(context.said)
        table.selection_changed.connect(self._selected)

    # the commands

    def change_many(self) -> None:
        """Change one field of the selected records."""
        from mingxi_desktop.ui.dialogs.change_many import ChangeManyDialog

        if self._can():
            ids, field = self._table.selected_ids(), self._table.current_field()
            ChangeManyDialog(self._context, self._kind, ids, field, self._window).exec()

    def fill_down(self) -> None:
        """Give the first selected row's values to those below it; a single row takes them from above."""
        if not self._can():
            return
        blocks = self._table.selected_cells()
        if len(blocks) > 1:
            self._context.said.emit("只能在一片相连的单元格里向下填充")
            return
        ids, names = blocks[0].ids, [field.name for field in blocks[0].fields]
        if len(ids) == 1:
            above = self._table.id_above()
            if above is None:
                self._context.said.emit("这是第一行，上面没有可以重复的内容")
                return
            ids = array("q", (above, *ids))
        self._store(
            cells.fill, self._kind.name, ids[0], ids[1:], names, nothing="与上面的内容一样，没有要改的"
        )

    def clear_cells(self) -> None:
        """Empty the selected cells."""
        if not self._can():
            return
        many: dict[int, list[str]] = {}
        for block in self._table.selected_cells():
            names = [field.name for field in block.fields if cells.changeable(self._kind, field)]
            for number in block.ids if names else ():
                many.setdefault(number, []).extend(names)
        count = sum(len(names) for names in many.values())
        if not count:
            self._context.said.emit("选中的列由程序算出，不能清空")
        elif len(many) == 1 or ask.question(
            f"清空 {len(many):,} 条{self._kind.label}的 {count:,} 格？",
            "记录本身还在；清空后也可以撤消。",
            yes=f"清空 {count:,} 格",
            parent=self._window,
            danger=True,
        ):
            self._store(cells.empty, self._kind.name, many, nothing="这些单元格本来就是空的")

    def paste_cells(self) -> None:
        """Put the block on the clipboard over the selected cells, after a look at what it would change."""
        found = cells_of(QGuiApplication.clipboard().mimeData())
        if found is None:
            self._context.said.emit("剪贴板是空的：先复制一个或一片单元格")
        elif self._can():
            data, html = found
            self._context.read(_read, data, html, done=self._place, owner=self, priority=Priority.VISIBLE)

    def _place(self, texts: Texts) -> None:
        from mingxi_desktop.ui.dialogs.paste_cells import PasteDialog

        blocks = self._table.selected_cells()
        if not (texts and blocks):
            self._context.said.emit("剪贴板里没有内容")
            return
        if len(texts) > _AT_MOST:
            self._context.said.emit(f"一次最多粘贴 {_AT_MOST:,} 行；更多的请按 Ctrl+V 导入")
            return
        placed = self._everywhere(texts[0][0], blocks) if _single(texts) else self._from_corner(texts, blocks)
        if any(placed.texts.values()):
            PasteDialog(self._context, self._kind, placed, self._window).exec()
        else:
            self._context.said.emit("选中的列由程序算出，不能粘贴")

    def _everywhere(self, text: str, blocks: Sequence[Block]) -> clipboard.Placed:
        """One text for all selected cells."""
        many: dict[int, dict[str, str]] = {}
        for block in blocks:
            names = [field.name for field in block.fields if cells.changeable(self._kind, field)]
            for number in block.ids:
                many.setdefault(number, {}).update(dict.fromkeys(names, text))
        return clipboard.Placed(many, ())

    def _from_corner(self, texts: Texts, blocks: Sequence[Block]) -> clipboard.Placed:
        """From the first selected cell on; from the cursor where the selection is scattered."""
        one = len(blocks) == 1
        size = (len(blocks[0].ids), len(blocks[0].fields)) if one else (1, 1)
        first = blocks[0].fields[0] if one else self._table.current_field()
        shown = self._table.columns.shown()
        columns = shown[shown.index(first) :] if first in shown else shown
        number = None if one else self._table.current_id()
        rows = self._table.ids_from(number or blocks[0].ids[0], max(len(texts), size[0]))
        return clipboard.placed(texts, self._kind, rows, columns, size)

    # the sums

    def _selected(self, count: int) -> None:
        if self._summing is not None:
            self._summing.cancel()
        blocks = [
            (block.ids, [field.name for field in block.fields if field.type in NUMERIC])
            for block in (self._table.selected_cells() if 1 < count <= _SUMMED_AT_MOST else ())
        ]
        if any(names for _, names in blocks):
            self._summing = self._context.read(
                _sums, self._kind.name, blocks, done=self._tell, owner=self, priority=Priority.VISIBLE
            )
        else:
            self.summed.emit("")

    def _tell(self, found: list[Summed]) -> None:
        self.summed.emit(in_words(found))

    # inside

    def _action(self, text: str, icon: str, do: Callable[[], None], keys: str = "") -> QAction:
        made = QAction(text, self)
        made.triggered.connect(lambda _=False: do())
        if icon:
            icons.give(made, icon)
        if keys:
            # Only of the table itself: while a cell is edited its keys are the editor's.
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            made.setShortcutVisibleInContextMenu(True)
            self._table.addAction(made)
        return made

    def _menu(self, menu: QMenu) -> None:
        before = menu.actions()[0]
        changing = (self._edit, self._many, self._fill, self._clear, self._paste)
        menu.insertActions(before, changing)
        menu.insertSeparator(before)
        chosen = bool(self._table.selected_cells()) and self._table.can_edit()
        for action in changing:
            action.setEnabled(chosen)

    def _can(self) -> bool:
        """Whether the selected cells can be changed; says so if not."""
        count = len(self._table.selected_ids())
        refusal = (
            "这里的记录不能改"
            if not self._table.can_edit()
            else "先选中要改的单元格"
            if not count
            else f"选中了 {count:,} 条，一次最多改 {_AT_MOST:,} 条；请先筛选，再分几次改"
            if count > _AT_MOST
            else ""
        )
        if refusal:
            self._context.said.emit(refusal)
        return not refusal

    def _store(self, fn: Callable[..., Changes | None], *args: object, nothing: str) -> None:
        """Change records; nothing: what to say where there was nothing to change."""

        def done(changes: Changes | None) -> None:
            if changes is None:
                self._context.said.emit(nothing)
            else:
                self._context.changed.emit(changes)
                self._context.said.emit(f"已保存：{changes.sentence}")

        self._context.read(fn, *args, done=done, owner=self)


def in_words(found: Sequence[Summed]) -> str:
    """计数 25　合计 1,683 条　平均 67.3; of several columns the sum of each."""
    filled = [one for one in found if one.count]
    if len(filled) == 1:
        one = filled[0]
        step = Decimal(1) if one.field.type is FieldType.MONEY else Decimal("0.1")
        mean = show(one.field, _whole(one.average.quantize(step, ROUND_HALF_UP)), str)
        return f"计数 {one.count:,}　合计 {_amount(one)}　平均 {mean}"
    return "　".join(f"{one.field.label}合计 {_amount(one)}" for one in filled)


def _amount(summed: Summed) -> str:
    field = summed.field
    unit = "元" if field.type is FieldType.MONEY else field.unit
    return f"{show(field, summed.total, str)} {unit}".rstrip()


def _whole(number: Decimal) -> Decimal | int:
    return int(number) if number == int(number) else number


def _single(texts: Texts) -> bool:
    return len(texts) == len(texts[0]) == 1


def _read(_ledger: Ledger, data: bytes, html: bool) -> Texts:
    return clipboard.read_block(data, html=html)


def _sums(ledger: Ledger, kind: str, blocks: Sequence[tuple[Sequence[int], Sequence[str]]]) -> list[Summed]:
    """The blocks added up by field."""
    found: dict[str, Summed] = {}
    for ids, names in blocks:
        for one in ledger.blocks.sums(kind, ids, names):
            before = found.get(one.field.name, Summed(one.field, 0, 0))
            found[one.field.name] = Summed(one.field, before.count + one.count, before.total + one.total)
    return list(found.values())
