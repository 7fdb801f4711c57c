"""Checking what stands in a record's form while it is filled in, and storing it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from mingxi_desktop.domain.fields import Finding, Kind
from mingxi_desktop.domain.records import Changes, Record
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import forms
from mingxi_desktop.ledger.forms import Entered, Found, Saved
from mingxi_desktop.ui.binder import RecordForm
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.jobs import Job, Priority

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

    stored = Signal(object, object, object)
    """The `Changes` of a form that was stored, the record as it is now, and the texts that were sent.

    More may have been typed since.
    """
    unread = Signal(object)
    """A `UserError`: the form was stored, but the record could not be read again."""

    def __init__(self, context: Context, form: RecordForm, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._form = form
        self._checking: Job | None = None
        self._reading: Job | None = None
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
            standing = self._form.texts()
            texts, chosen, rows = self._entered(standing, self._form.changed(standing))
            self._checking = self._context.read(
                forms.enter, self._form.kind.name, self.record, texts, chosen, rows, self._context.year,
                done=self._say, owner=self, failed=lambda _: None,
            )  # fmt: skip

    def store(
        self, sent: Mapping[str, str], changed: Collection[str], then: Callable[[], object] | None = None
    ) -> None:
        """Store the form; findings are shown beside the fields, nothing typed is lost.

        sent: the texts that stand in it.  changed: as `RecordForm.changed` has them.  then: see there.
        """
        self.busy, self.then = True, then
        # What the ledger says to it counts, not what a check from before would say after that.
        self._timer.stop()
        if self._checking is not None:
            self._checking.cancel()
        texts, chosen, rows = self._entered(sent, changed)
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
        changes = saved.changes
        if changes is None:
            self._say_all(saved.entered)
            return
        self._context.said.emit(_saved(changes))
        self._reading = self._context.worker.run(
            forms.look, self._form.kind.name, saved.id, owner=self, priority=Priority.VISIBLE,
            done=lambda found: self._read(saved, changes, found, sent),
            failed=lambda error: self._not_read(changes, error), ended=self._ended,
        )  # fmt: skip

    def _read(self, saved: Saved, changes: Changes, found: Found, sent: Mapping[str, str]) -> None:
        self.busy = False
        record = found[0]
        if where := _in_another_year(self._form.kind, record, self._context.year):
            self._context.said.emit(_saved(changes) + where)
        if forms.is_worth_remembering(saved):  # before whatever comes next asks for a blank form
            self._context.worker.run(forms.remember, saved, record, failed=lambda _: None)
        self.stored.emit(changes, found, sent)

    def _not_read(self, changes: Changes, error: UserError) -> None:
        self.unread.emit(error)
        self._context.changed.emit(changes)

    def _ended(self) -> None:
        if self._reading is None or self._reading.finished:
            self.busy, self.then = False, None

    def _entered(
        self, texts: Mapping[str, str], changed: Collection[str]
    ) -> tuple[Mapping[str, str], dict[str, tuple[str, ...]], dict[str, Any]]:
        """(texts, chosen references, child rows): all of a new record, of a stored one what changed.

        texts, changed: what stands in the form, and which of it differs from what was shown.
        """
        if not self.new:
            texts = {name: text for name, text in texts.items() if name in changed}
        rows = {
            name: [(line.id, line.texts) for line in table.rows()]
            for name, table in self._form.tables.items()
            if self.new or name in changed
        }
        return texts, self._form.chosen(texts), rows

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


def _saved(changes: Changes) -> str:
    return f"已保存：{changes.sentence}"


def _in_another_year(kind: Kind, record: Record, shown: int) -> str:
    """Where a record is that the table beside the form does not list: it is of another year."""
    day = record.values.get(kind.date)
    if kind.state or day is None or day.year == shown:
        return ""
    return f"（{day.year} 年的，右上角换到 {day.year} 年看）"
