"""A hazard's form follows what is set for its campaigns: 计入总数 is filled in until somebody touches it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from mingxi_desktop.domain import campaigns as rules
from mingxi_desktop.domain.campaigns import Counting
from mingxi_desktop.domain.parse import split_multi
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.references import CHOICE_PREFIX
from mingxi_desktop.ledger import campaigns
from mingxi_desktop.ui.binder import RecordForm
from mingxi_desktop.ui.context import Context

_LISTS = frozenset({rules.LIST, CHOICE_PREFIX + rules.VOCABULARY})


class CampaignTotal(QObject):
    """Looks after 计入总数 of one form; of a ledger without campaigns in a total it does nothing."""

    def __init__(self, context: Context, form: RecordForm, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._form = form
        self._known: dict[str, Counting] = {}
        self._given = ""
        """What was filled in last; "" once somebody has answered."""
        if {"campaign", "in_total"} <= form.inputs.keys():
            form.inputs["campaign"].value_changed.connect(self._chosen)
            form.inputs["in_total"].value_changed.connect(self._answered)
            context.changed.connect(self._changed)
            self._read()

    def _read(self) -> None:
        self._context.read(campaigns.settings, done=self._arrived, owner=self)

    def _arrived(self, known: dict[str, Counting]) -> None:
        self._known = known

    def _changed(self, changes: Changes) -> None:
        if not _LISTS.isdisjoint(changes.lists):
            self._read()

    def _answered(self, _text: str) -> None:
        self._given = ""

    def _chosen(self, text: str) -> None:
        """Fill in what is set for the campaigns; while a name is still being typed there is nothing to say."""
        answer = self._form.inputs["in_total"]
        names = [name for name in split_multi(text) if name in self._known]
        counting = rules.together(self._known[name] for name in names)
        untouched = "in_total" not in self._form.changed() or answer.text() == self._given
        if not names or counting is Counting.OPEN or not untouched:
            return
        if answer.text() != counting.value:
            self._given = counting.value
            answer.set_text(counting.value)
            decisive = next(name for name in names if self._known[name] is counting)
            answer.set_error(f"“{decisive}”定为{counting.words}全年隐患总数", "info")
