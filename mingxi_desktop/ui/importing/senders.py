"""Who has sent what: one line for each table, and the townships from which nothing has come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mingxi_desktop.ledger.intake.result import Preview, SheetPreview
from mingxi_desktop.ui.importing.told import fault, ledger_of, remark, table_name
from mingxi_desktop.ui.listing import Line, ListColumn, Listing
from mingxi_desktop.ui.shapes import label

_COLUMNS = (
    ListColumn("填报单位", 110),
    ListColumn("文件", 190),
    ListColumn("表", 90, optional=True),
    ListColumn("台账", 110),
    ListColumn("期间", 168),
    ListColumn("可导入", 64, right=True),
    ListColumn("有错", 52, right=True),
    ListColumn("已有", 52, right=True),
    ListColumn("说明", optional=True),
)
_NOTHING = "没有收到"


class SendersPart(QWidget):
    """The overall table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = Listing("谁报了什么", _COLUMNS, parent=self)
        self._said = label(role="muted")
        self._said.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self._said)

    def show_preview(self, found: Preview, areas: Sequence[Sequence[str]]) -> None:
        """Show who sent what.  areas: the townships, each with its other spellings."""
        lines = [_line(place, sheet) for place, sheet in enumerate(found.sheets)]
        absent = missing(found, areas)
        lines += [
            Line(
                (name, "—", "—", labels or "—", "—", "", "", "", _NOTHING), None, {0: "warning", 8: "warning"}
            )
            for name, labels in absent
        ]
        self.table.set_lines(lines, keep=False)
        none = [name for name, labels in absent if not labels]
        self._said.setText(
            f"没有收到的：{'、'.join(none)}。" if none else "各乡镇都有报来的。" if areas else ""
        )


def missing(found: Preview, areas: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """(township, ledgers of which it sent nothing while others did); "" for one that sent nothing at all."""
    sent: dict[str, set[str]] = {}
    for sheet in found.sheets:
        if sheet.taken and sheet.kind and not fault(sheet):
            sent.setdefault(ledger_of(sheet), set()).update(_senders(sheet, areas))
    everything = {name for names in sent.values() for name in names}
    made = []
    for names in areas:
        name = names[0]
        lacking = [ledger for ledger, who in sent.items() if len(who) > 1 and name not in who]
        if name not in everything:
            made.append((name, ""))
        elif lacking:
            made.append((name, "、".join(lacking)))
    return made


def _senders(sheet: SheetPreview, areas: Sequence[Sequence[str]]) -> set[str]:
    named = {*sheet.areas, sheet.reporter}
    return {names[0] for names in areas if not named.isdisjoint(names)}


def _line(place: int, sheet: SheetPreview) -> Line:
    wrong, ready = len(sheet.rejected), len(sheet.rows) + len(sheet.chosen) + sheet.attached
    counted = f"{ready if sheet.taken else 0:,}", f"{wrong:,}", f"{len(sheet.doubtful):,}"
    texts = (
        sheet.reporter or "、".join(sheet.areas) or "—",
        sheet.path.name,
        table_name(sheet),
        ledger_of(sheet) or "—",
        _period(sheet),
        *(("—",) * len(counted) if fault(sheet) else counted),
        remark(sheet),
    )
    return Line(
        texts,
        place,
        {
            **({6: "error"} if wrong and not fault(sheet) else {}),
            **({8: "error" if sheet.taken else "muted"} if fault(sheet) else {}),
        },
    )


def _period(sheet: SheetPreview) -> str:
    if sheet.first is None or sheet.last is None:
        return "—"
    if sheet.first == sheet.last:
        return sheet.first.isoformat()
    return f"{sheet.first.isoformat()}～{sheet.last.isoformat()}"
