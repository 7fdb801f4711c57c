"""The cells that a block would change, in a list: of which record, from what to what, or why not."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mingxi_desktop.ledger.cells import Cell, Preview
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import label

_COLUMNS = (
    ListColumn("记录"),
    ListColumn("项目", 88),
    ListColumn("原来", 120, optional=True),
    ListColumn("改成", 120),
    ListColumn("说明"),
)
_REASONS = (ListColumn("记录", 200), ListColumn("现在", 88, optional=True), ListColumn("为什么不能改"))
_MOST = 2_000
_EMPTY = "（空）"


class _Reasons(Listing):
    """A list with a line under it that says the whole reason of the line with the cursor."""

    def __init__(self, name: str, columns: tuple[ListColumn, ...], parent: QWidget | None = None) -> None:
        super().__init__(name, columns, parent=parent)
        self.why = label(role="muted")
        self.why.setWordWrap(True)
        self.current_changed.connect(lambda _: self._tell())

    def _tell(self) -> None:
        row = self.currentIndex().row()
        said = self.lines.lines[row].texts[-1] if row >= 0 else ""
        self.why.setText(said)
        self.why.setVisible(bool(said))


class CellList(_Reasons):
    """Shows all cells of a preview; what cannot be changed comes first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("要改的格子", _COLUMNS, parent)

    def show_preview(self, found: Preview) -> None:
        """List the cells that a block would change, refused ones first."""
        rest = tuple(cell for cell in found.cells if not cell.error)
        self.set_lines([_line(cell) for cell in (*found.refused, *rest)[:_MOST]])


class RefusedList(_Reasons):
    """Shows the records that do not take the value meant for all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("不能改的记录", _REASONS, parent)

    def show_preview(self, found: Preview) -> None:
        """Show its refused cells."""
        self.set_lines(
            [
                Line((cell.title, cell.old or _EMPTY, f"▲ {cell.error}"), cell.record, {2: "error"})
                for cell in found.refused[:_MOST]
            ]
        )


def told(found: Preview) -> str:
    """A preview in one sentence."""
    parts = [f"将改 {found.sound:,} 格（{len(found.values):,} 条记录）"]
    if found.refused:
        parts.append(f"▲ {len(found.refused):,} 格不能改")
    if found.same:
        parts.append(f"{found.same:,} 格本来就一样")
    more = f"，只列前 {_MOST:,} 格" if len(found.cells) > _MOST else ""
    return "，".join(parts) + more


def _line(cell: Cell) -> Line:
    said = f"▲ {cell.error}" if cell.error else cell.note
    texts = (cell.title, cell.field.label, cell.old or _EMPTY, cell.new or _EMPTY, said)
    roles = {3: "error", 4: "error"} if cell.error else {2: "muted", 4: "warning"}
    return Line(texts, (cell.record, cell.field.name), roles, said)
