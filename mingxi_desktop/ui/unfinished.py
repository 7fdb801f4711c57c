"""What is typed into a record's form and not saved: noted as a draft, and put into the form again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QChildEvent, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.records import Record
from mingxi_desktop.ui import drafts
from mingxi_desktop.ui.binder import RecordForm
from mingxi_desktop.ui.context import Context
from mingxi_desktop.ui.drafts import Draft, Rows
from mingxi_desktop.ui.evidence import Evidence
from mingxi_desktop.ui.inputs import Input, RefInput
from mingxi_desktop.ui.inputs.popup import Row
from mingxi_desktop.ui.table.child import ChildTable

_EDIT = Qt.ItemDataRole.EditRole
_NOTED_AFTER = 400
"""Milliseconds after the first key that is not noted yet; what follows until then is noted along."""
_LOOKED_AFTER, _AGAIN = 1_000, 10_000
"""Milliseconds until it is looked whether the disk has taken a draft, and between two tries where it has not."""


class Unfinished(QObject):
    """Watches a form: what differs from the record shown is noted, and forgotten when nothing does any more."""

    typed = Signal()
    """A cell of a child table is being typed into."""

    def __init__(self, context: Context, form: RecordForm, evidence: Evidence, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._form = form
        self._evidence = evidence
        self._record: Record | None = None
        self._title = ""
        self._texts: Mapping[str, str] = {}
        self._rows: Mapping[str, Rows] = {}
        self._place: Path | None = None
        self._timer = QTimer(self, singleShot=True, interval=_NOTED_AFTER)
        self._timer.timeout.connect(self._note)
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self._look)
        for table in form.tables.values():
            table.view.viewport().installEventFilter(self)

    @property
    def place(self) -> Path | None:
        """The draft of what is being typed now."""
        return self._place

    @property
    def there(self) -> bool:
        """Whether anything differs from the record shown; a cell that is still open counts."""
        return bool(self._form.changed()) or self.beside

    @property
    def beside(self) -> bool:
        """Whether something waits that no field and no row has yet: files, a cell that is still open."""
        return self._evidence.waiting or bool(self._open_tables())

    def note_now(self) -> None:
        """Have the draft written at once, where there is anything to be noted."""
        if self.there:
            self._timer.stop()
            self._note()

    def turn_to(self, record: Record | None, title: str) -> None:
        """The form shows this record as it is stored (None: a new one); what differs from now on was typed."""
        self._record, self._title = record, title
        self._texts = self._form.texts()
        self._rows = self._all_rows()

    def touched(self, *, dirty: bool) -> None:
        """The form was typed into, or shows something else: the draft is to follow within half a second."""
        if dirty:
            if not self._timer.isActive():
                self._timer.start()
            return
        self._timer.stop()
        if self._place is not None:
            drafts.discard(self._place)
            self._place = None

    def rows(self) -> Mapping[str, Rows]:
        """Name of each child table → its rows as they stand, what is being typed into an open cell along."""
        return self._all_rows()

    def put_since(self, sent: Mapping[str, Rows], now: Mapping[str, Rows]) -> None:
        """What was typed into the child tables while the form was stored, over what they show now.

        sent, now: their rows as they were stored, and as they stood when that was done.
        """
        for name, table in self._form.tables.items():
            before, after = _said(sent[name]), _said(now[name])
            if before != after:
                _set_rows(table, _numbered(before, after, _said(_rows(table))))

    def adopt(self, draft: Draft) -> None:
        """Go on with a draft of an earlier day: it is the one of what stands in the form now."""
        self._place = draft.place

    def set_aside(self) -> Draft:
        """Leave what stands in the form as a draft to go on with later; the form may show something else."""
        self._timer.stop()
        self._note()
        draft, self._place = replace(self.draft(), place=self._place), None
        self._evidence.leave_waiting()
        return draft

    def draft(self) -> Draft:
        """What stands in the form."""
        record = self._record
        texts, rows = self._form.texts(), self._all_rows()
        changed = self._form.changed(texts) | set(self._open_tables())
        return Draft(
            kind=self._form.kind.name,
            record=record.id if record else None,
            uid=record.uid if record else "",
            updated_at=record.updated_at if record else "",
            title=self._title,
            texts=texts,
            rows=rows,
            before={name: self._texts.get(name, "") for name in texts if name in changed},
            rows_before={name: self._rows.get(name, ()) for name in rows if name in changed},
            chosen=self._form.chosen(),
            files=tuple(str(path) for path in self._evidence.waiting_files),
        )

    def put_back(self, draft: Draft, *, everything: bool = False) -> None:
        """Put a draft into the form over what it shows, as if it had just been typed.

        everything: also what the draft did not change, because the record it was of is no more.
        """
        for name in draft.texts if everything else draft.before:
            if name in self._form.inputs:
                _set(self._form.inputs[name], draft.texts[name], draft.chosen.get(name, ()))
        for name in draft.rows if everything else draft.rows_before:
            if name in self._form.tables:
                rows = draft.rows[name]
                lines = tuple((None, texts) for _, texts in rows) if everything else rows
                _set_rows(self._form.tables[name], lines)
        self._form.clear_findings()
        if draft.files:
            self._evidence.add_again([Path(file) for file in draft.files])

    def differences(self, draft: Draft) -> list[str]:
        """Where the record was changed after the draft was begun, in words; before `put_back`."""
        found = []
        for name, before in draft.before.items():
            now, typed = self._texts.get(name), draft.texts[name]
            if now is not None and now not in (before, typed):
                label = self._form.kind.field(name).label
                found.append(f"{label}：现在是“{now or '空'}”，您填的是“{typed or '空'}”")
        for name, before_rows in draft.rows_before.items():
            if name in self._rows and self._rows[name] not in (before_rows, draft.rows[name]):
                found.append(f"“{kind_of(name).label}”的行也改过，表里是您填的行")
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ChildPolished and isinstance(event, QChildEvent):
            editor = event.child()
            if isinstance(editor, Input):
                editor.value_changed.connect(self.typed)
        return super().eventFilter(watched, event)

    def _note(self) -> None:
        if self._place is None:
            self._place = drafts.new_place(self._context.path, self._form.kind.name)
        drafts.keep(self.draft(), self._place)
        if not self._later.isActive():
            self._later.start(_LOOKED_AFTER)

    def _look(self) -> None:
        """What the disk refuses is said once, and tried again until it is there."""
        if fault := drafts.fault():
            self._context.said.emit(
                f"▲ 草稿没有存下来（{fault}）：内容还在表单里，腾出空间后尽快保存；程序会再试"
            )
        if drafts.again():
            self._later.start(_AGAIN)

    def _open_tables(self) -> list[str]:
        """Child tables in which a cell is open and holds something else than before."""
        return [name for name, table in self._form.tables.items() if _open_cell(table) is not None]

    def _all_rows(self) -> dict[str, Rows]:
        return {name: _rows(table) for name, table in self._form.tables.items()}


def joined(lost: Draft, now: Draft) -> Draft:
    """What was typed into a record that went, and into the form since, for the record that has come back."""

    def same(name: str) -> bool:
        return [texts for _, texts in lost.rows.get(name, ())] == [texts for _, texts in now.rows[name]]

    since = {name: lost.texts[name] for name, text in now.texts.items() if text != lost.texts.get(name, text)}
    rows = {name: lost.rows[name] if same(name) else lines for name, lines in now.rows.items()}
    rows_since = {name: lost.rows.get(name, ()) for name in rows if not same(name)}
    return replace(
        now,
        rows=rows,
        before={**since, **lost.before},
        rows_before={**rows_since, **lost.rows_before},
    )


def _said(rows: Rows) -> Rows:
    """The rows without their empty cells, of which not every table knows."""
    return tuple((number, {name: text for name, text in texts.items() if text}) for number, texts in rows)


def _numbered(sent: Rows, now: Rows, stored: Rows) -> Rows:
    """The rows of now, with the numbers of those that were sent and are stored by now.

    New ones are stored in the order in which they were sent.
    """
    known, there = dict(stored), {number for number, _ in sent}
    fresh = [number for number, _ in stored if number not in there]
    waiting = list(zip(fresh, (texts for number, texts in sent if number is None), strict=False))
    found: list[tuple[int | None, Mapping[str, str]]] = []
    for number, texts in now:
        same = (number, texts) in sent
        if number is None and same:
            number = next((one for one, said in waiting if said == texts), None)
            waiting = [one for one in waiting if one[0] != number]
        found.append((number, known.get(number, texts) if same else texts))
    left = [number for number, _ in waiting]
    return tuple((left.pop(0) if left and number is None else number, texts) for number, texts in found)


def _open_cell(table: ChildTable) -> tuple[int, str, str] | None:
    """(place, field, text) of the cell being typed into; None where its text is the one in the table."""
    view = table.view
    if view.state() != QAbstractItemView.State.EditingState:
        return None
    index = view.currentIndex()
    editor = view.indexWidget(index)
    if not isinstance(editor, Input) or editor.text() == str(table.model.data(index, _EDIT) or ""):
        return None
    return index.row(), table.model.columns[index.column()].name, editor.text()


def _rows(table: ChildTable) -> Rows:
    """The rows as they stand, what is being typed into an open cell along."""
    cell = _open_cell(table)
    kept = table.rows()
    if cell is None:
        return tuple((line.id, line.texts) for line in kept)
    found: list[tuple[int | None, Mapping[str, str]]] = []
    for place in range(table.model.rowCount()):
        texts = _row_texts(table, place)
        known = bool(kept) and kept[0].texts == texts
        number = kept.pop(0).id if known else None
        if place == cell[0]:
            texts[cell[1]] = cell[2]
        if known or place == cell[0]:
            found.append((number, texts))
    return tuple(found)


def _row_texts(table: ChildTable, place: int) -> dict[str, str]:
    model = table.model
    return {
        field.name: str(model.data(model.index(place, column), _EDIT) or "")
        for column, field in enumerate(model.columns)
    }


def _set(one: Input, text: str, references: Sequence[str]) -> None:
    one.set_text(text)
    if isinstance(one, RefInput) and references:
        names = one.words() if one.multiple else [one.text()]
        for name, reference in zip(names, references, strict=False):
            one.chosen(Row(name, reference))


def _set_rows(table: ChildTable, rows: Rows) -> None:
    """Make the table hold these rows as typed ones; rows that are stored no more become new ones."""
    model = table.model
    stored = [line.id for line in table.rows()]
    wanted = {number: texts for number, texts in rows if number in stored and number is not None}
    for place in reversed(range(len(stored))):
        if stored[place] not in wanted:
            model.remove(place)
    kept = [number for number in stored if number is not None and number in wanted]
    for place, number in enumerate(kept):
        for column, field in enumerate(model.columns):
            model.setData(model.index(place, column), wanted[number].get(field.name, ""))
    for known, texts in rows:
        if known not in wanted:
            model.add({field.name: texts.get(field.name, "") for field in model.columns})
