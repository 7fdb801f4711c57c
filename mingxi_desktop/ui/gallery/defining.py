"""The editor of indicators, empty, over a delivered one and with a fault, and a file of definitions looked at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mingxi_desktop.domain.indicator_wanted import Between, Other
from mingxi_desktop.ledger.definition_files import Incoming, State
from mingxi_desktop.ui.dialogs.indicator_editor import BLANK, IndicatorEditor
from mingxi_desktop.ui.dialogs.take_in_definitions import TakeInDialog
from mingxi_desktop.ui.gallery.stage import Stage, View

_RANGED = {
    "record_date": (Between("05-01", "09-30"),),
    "area": (Other("县直"),),
    "quantity_found": (Between("10"),),
}
_CHANGED = ("hazard_rectification_rate", "township_pump_team_rate", "quilts_dispatched")


def defining(stage: Stage) -> Iterator[View]:
    """The editor of indicators in its states, and the dialogs around it."""
    window, context = stage.window, stage.window.context
    desk = stage.ask(lambda ledger: ledger.definitions.desk())
    for view in stage.dialog("新建指标", lambda: IndicatorEditor(context, desk, parent=window)):
        yield view
        editor = view.widget
        assert isinstance(editor, IndicatorEditor)
        editor.form.conditions.add_row()
        stage.settle()
        yield View("新建指标-条件", editor)
        editor.form.open_more()
        editor.save()
        stage.settle()
        yield View("新建指标-有错", editor)
        editor.form.forget()
    for id in _CHANGED:
        found = desk.book.get(id)
        yield from stage.dialog(
            f"修改指标-{found.label}",
            lambda found=found: IndicatorEditor(context, desk, found, new=False, parent=window),  # type: ignore[misc]
        )
    first, second = desk.book.indicators[:2]
    ranged = replace(BLANK, label="汛期大隐患", where=_RANGED)
    yield from stage.dialog(
        "新建指标-从到不是", lambda: IndicatorEditor(context, desk, ranged, parent=window)
    )
    file = (
        Incoming("森林火灾起数", State.NEW, "", replace(first, id="slhzqs", label="森林火灾起数")),
        Incoming(
            first.label, State.REPLACES, f"替换自带的“{first.label}”", replace(first, note="另一种口径")
        ),
        Incoming(second.label, State.SAME, "", second),
        Incoming("旧指标", State.FAULTY, "隐患没有“kind_of_hazard”这个字段"),
    )
    yield from stage.dialog("导入指标定义", lambda: TakeInDialog(context, "指标定义.json", file, window))
