"""The dialogs about records: the first ones of the first ledger."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QDialog

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.references import ENTERPRISE
from mingxi_desktop.ledger import Ledger, clipboard
from mingxi_desktop.ledger.going_back import Moment
from mingxi_desktop.ui import icons
from mingxi_desktop.ui.dialogs.change_many import ChangeManyDialog
from mingxi_desktop.ui.dialogs.enterprise import EnterpriseDialog
from mingxi_desktop.ui.dialogs.going_back import GoingBackDialog
from mingxi_desktop.ui.dialogs.history import HistoryDialog
from mingxi_desktop.ui.dialogs.paste_cells import PasteDialog
from mingxi_desktop.ui.dialogs.preview import PreviewDialog
from mingxi_desktop.ui.dialogs.print_table import PrintTableDialog
from mingxi_desktop.ui.dialogs.twin import TwinDialog
from mingxi_desktop.ui.gallery.stage import Stage, View
from mingxi_desktop.ui.gallery.tabs import open_first

_KIND = "hazard"
_MANY = 3


def about_records(stage: Stage) -> Iterator[View]:
    """The dialogs; none if the ledger is empty."""
    page = open_first(stage)
    ids = list(page.model.ids[:_MANY])
    if not ids:
        return
    window, context, kind, first = stage.window, stage.window.context, kind_of(_KIND), ids[0]
    columns = [(field.name, 90.0) for field in page.table.columns.shown()]
    pasted = {number: {"area": "盖洋镇", "quantity_found": "五条"} for number in ids}
    texts = {"area": "盖洋镇", "description": "配电箱未接地"}
    moment, firm = stage.ask(_moment, first), stage.ask(_firm)
    makers: list[tuple[str, Callable[[], QDialog]]] = [
        ("历史", lambda: HistoryDialog(context, _KIND, first, window)),
        ("回到这时", lambda: GoingBackDialog(context, _KIND, first, moment, window)),
        ("批量修改", lambda: ChangeManyDialog(context, kind, ids, kind.field("area"), window)),
        (
            "粘贴到单元格",
            lambda: PasteDialog(context, kind, clipboard.Placed(pasted, ("多出来的 2 列没有贴",)), window),
        ),
        ("打印表格", lambda: PrintTableDialog(context, page.query, columns, "隐患台账", parent=window)),
        ("可能重复", lambda: TwinDialog(context, _KIND, first, texts, window)),
    ]
    if firm:
        makers.append(("企业", lambda: EnterpriseDialog(context, firm, window)))
    for name, make in makers:
        yield from stage.dialog(name, make)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "现场照片.png"
        icons.pixmap("hazard", size=256).save(str(file))
        files = {file.name: file}
        yield from stage.dialog(
            "佐证材料", lambda: PreviewDialog(context, files, file.name, print, print, window)
        )


def _moment(ledger: Ledger, record: int) -> Moment:
    return ledger.past.moments(_KIND, record)[-1]


def _firm(ledger: Ledger) -> str:
    """The first enterprise of the list, "" if there is none."""
    return next((entry.ref for entry in ledger.entries(ENTERPRISE)), "")
