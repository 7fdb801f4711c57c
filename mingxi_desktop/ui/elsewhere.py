"""The record in the form is changed elsewhere: undone, imported, deleted. Nothing typed is lost over that."""

from __future__ import annotations

from PySide6.QtCore import QObject

from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger import forms
from mingxi_desktop.ledger.forms import Found
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.drafts import Draft
from mingxi_desktop.ui.focus import Cursor
from mingxi_desktop.ui.form_builder import is_attachment
from mingxi_desktop.ui.record_shown import RecordShown
from mingxi_desktop.ui.unfinished import joined


class Elsewhere(QObject):
    """Keeps a panel up with the ledger."""

    def __init__(self, context: Context, panel: RecordShown, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._panel = panel
        self._lost: Draft | None = None
        """What was typed into a record that went, while it stands in the form as a new one."""
        self._deleting: int | None = None
        context.changed.connect(self._changed)

    def forget(self) -> None:
        """The panel shows something else."""
        self._lost, self._deleting = None, None

    def expect_deletion(self, record: int) -> None:
        """The user deletes the record shown herself: what she typed into it goes with it."""
        self._deleting = record

    @property
    def _record(self) -> int | None:
        return self._panel.record_id if self._lost is None else self._lost.record

    def _changed(self, changes: Changes) -> None:
        panel, record = self._panel, self._record
        if record is None or panel.leaving or panel.saving.busy:
            return
        pair = panel.kind.name, record
        if pair in changes.removed:
            self._lose() if panel.dirty and self._deleting != record else panel.clear()
        elif changes.kinds & set(panel.form.tables) or pair in (*changes.changed, *changes.added):
            if not panel.dirty:
                panel.show_record(record)
            elif not self._only_files(changes):
                self._context.read(
                    forms.look, panel.kind.name, record,
                    done=self._catch_up, owner=self, failed=lambda _: None,
                )  # fmt: skip

    def _only_files(self, changes: Changes) -> bool:
        """Attachments come and go without touching what is being typed."""
        kind = self._panel.kind
        return bool(changes.fields) and all(
            kind.has(name) and is_attachment(kind.field(name)) for name in changes.fields
        )

    def _lose(self) -> None:
        """The record went while something was typed into it: what stands in the form becomes a new one."""
        panel = self._panel
        typed = panel.unfinished.draft()
        panel.show_blank({}, typed, everything=True)
        self._lost = typed
        panel.bar.tell(
            f"这条{panel.kind.label}刚才被撤消或删除了。没保存的内容还在：保存，就成为一条新记录；"
            "不要了，就点“放弃修改”。"
        )

    def _catch_up(self, found: Found) -> None:
        """The record is another now: what was typed goes over it, what was not follows it."""
        panel = self._panel
        if found[0].id != self._record or found[0].deleted_at or panel.saving.busy:
            return
        typed = panel.unfinished.draft() if panel.dirty else None
        if typed is not None and self._lost is not None:
            typed = joined(self._lost, typed)
            panel.bar.tell("")
        cursor = Cursor()
        panel.show_found(found, typed)
        cursor.put_back()
