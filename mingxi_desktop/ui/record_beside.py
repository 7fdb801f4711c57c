"""A record beside its table: the form, and under its fields what lies around the record."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.made_later import MadeLater
from mingxi_desktop.ui.record_panel import RecordPanel
from mingxi_desktop.ui.related import Related
from mingxi_desktop.ui.turns import Making


def panel_later(context: Context, kind: Kind, parent: QWidget) -> MadeLater[RecordPanel]:
    """The panel, made in turns of its own: its many inputs come after the table."""

    def steps(place: QWidget) -> Making[RecordPanel]:
        panel = RecordPanel(context, kind, place, later=True)
        yield from panel.making
        related = Related(context, kind, panel)
        related.new_wanted.connect(context.new_wanted)
        panel.set_related(related)
        return panel

    return MadeLater(steps, parent)
