"""Checking what stands in a record's form while it is filled in, and storing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from mingxi_desktop.domain.fields import Finding
from mingxi_desktop.ledger import forms
from mingxi_desktop.ledger.forms import Entered, Saved
from mingxi_desktop.ui.binder import RecordForm
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Job

_CHECK_AFTER = 250
"""Milliseconds after a field was left before the record is checked."""
_REFUSED = "没有保存：请改正标出的地方"
_NOT_STORED = "没有保存：内容还在右边的表单里，可以再按 Ctrl+S"

_MISSING = ("E_REQUIRED", "E_NEEDED")
"""Findings that a form on its way to being filled in always has."""


class RecordSaving(QObject):
    """Sends the texts of a form to the ledger and says beside the fields what came of it.

    record: the stored record that the form shows.  new: whether it shows one that is not stored yet.
    """

    stored = Signal(object, object)
    """The `Saved` of a form that was stored, and the texts that were sent: more may have been typed since."""

    def __init__(self, context: Context, form: RecordForm, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._form = form
        self._checking: Job | None = None
        self.record: int | None = None
        self.new = False
        self.busy = False
        self._refused = False
        self.then: Callable[[], object] | None = None
        """What is done once the form under way is stored."""
        self._timer = QTimer(self, singleShot=True, interval=_CHECK_AFTER)
        self._timer.timeout.connect(self.check)
        self._saying = False
        form.left.connect(self._left)

    def turn_to(self, record: int | None, *, new: bool = False) -> None:
        """The form shows this record now, a new one, or none."""
        self.record, self.new, self._refused = record, new, False

    def check(self) -> None:
        """Say what is wrong with what stands in the form; nothing is stored."""
        if self._checking is not None:
            self._checking.cancel()
        if not self._form.isHidden():
            texts, chosen, rows = self._entered(self._form.texts())
            self._checking = self._context.read(
                forms.enter, self._form.kind.name, self.record, texts, chosen, rows, self._context.year,
                done=self._say, owner=self, failed=lambda _: None,
            )  # fmt: skip

    def store(self, then: Callable[[], object] | None = None) -> None:
        """Store the form; findings are shown beside the fields, nothing typed is lost.  then: see there."""
        self.busy, self.then = True, then
        # What the ledger says to it counts, not what a check from before would say after that.
        self._timer.stop()
        if self._checking is not None:
            self._checking.cancel()
        sent = self._form.texts()
        texts, chosen, rows = self._entered(sent)
        self._context.worker.run(
            forms.save, self._form.kind.name, self.record, texts, chosen, rows, self._context.year,
            done=lambda saved: self._answered(saved, sent), owner=self, ended=self._ended,
        )  # fmt: skip

    def take_then(self) -> Callable[[], object] | None:
        """What was to be done once it is stored; nothing from now on."""
        then, self.then = self.then, None
        return then

    def hold(self, name: str, text: str, message: str) -> None:
        """Put a text that could not be stored into its field, and what is wrong with it beside it.

        message: "" when nothing is wrong with the text.
        """
        self._form.inputs[name].set_text(text)
        self._form.inputs[name].set_error(message)
        self._form.focus_first(name)
        self.check()
        self._context.said.emit(_REFUSED if message else _NOT_STORED)

    def _left(self, _name: str) -> None:
        """What is left because something is said about it is not checked again: that would unsay it."""
        if not self._saying:
            self._timer.start()

    def _answered(self, saved: Saved, sent: Mapping[str, str]) -> None:
        if saved.changes is None or saved.found is None:
            self._say_all(saved.entered)
            return
        self.busy = False
        if forms.is_worth_remembering(saved):  # before whatever comes next asks for a blank form
            self._context.worker.run(forms.remember, saved, failed=lambda _: None)
        self.stored.emit(saved, sent)

    def _ended(self) -> None:
        self.busy, self.then = False, None

    def _entered(
        self, texts: Mapping[str, str]
    ) -> tuple[Mapping[str, str], dict[str, tuple[str, ...]], dict[str, Any]]:
        """(texts, chosen references, child rows): all of a new record, of a stored one what changed.

        texts: what stands in the form.
        """
        changed = self._form.changed()
        if not self.new:
            texts = {name: text for name, text in texts.items() if name in changed}
        rows = {
            name: [(line.id, line.texts) for line in lines]
            for name, lines in self._form.child_rows().items()
            if self.new or name in changed
        }
        return texts, self._form.chosen(), rows

    def _say(self, entered: Entered) -> None:
        """While it is being filled in, what is only missing still is no fault; once it was refused, it is."""
        touched = self._form.changed()

        def early(item: Finding, *, new: bool) -> bool:
            return new and not self._refused and item.code in _MISSING

        worth = [
            item for item in entered.findings if not (early(item, new=self.new) and item.field not in touched)
        ]
        rows = {
            name: {row: [item for item in found if not early(item, new=True)] for row, found in lines.items()}
            for name, lines in entered.rows.items()
        }
        self._mark(worth, rows)
        self._form.set_notes(entered.notes)

    def _mark(self, findings: Sequence[Finding], rows: Mapping[str, Mapping[int, Sequence[Finding]]]) -> None:
        self._saying = True
        self._form.set_findings(findings)
        for name, table in self._form.tables.items():
            table.set_findings(rows.get(name, {}))
        self._saying = False

    def _say_all(self, entered: Entered) -> None:
        self._refused = True
        self._mark(entered.findings, entered.rows)
        self._saying = True
        self._form.focus_first()
        self._saying = False
        self._context.said.emit(_REFUSED)
