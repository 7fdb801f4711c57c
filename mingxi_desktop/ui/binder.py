"""A form for one record: shows texts, gives texts, says beside each field what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QFormLayout, QLabel, QVBoxLayout, QWidget

from mingxi_desktop.domain.fields import FieldType, Finding, Kind
from mingxi_desktop.ledger.running import Note
from mingxi_desktop.ui import focus, form_builder, form_order, form_rules, style, theme
from mingxi_desktop.ui.inputs import Input, RefInput, Sources
from mingxi_desktop.ui.inputs.message import Message
from mingxi_desktop.ui.scrolling import UprightScroll
from mingxi_desktop.ui.sections import Sections
from mingxi_desktop.ui.table.child import ChildTable
from mingxi_desktop.ui.table.child_model import FAULTS
from mingxi_desktop.ui.table.status import marked, role_of
from mingxi_desktop.ui.turns import Making, at_once

_ORDER = ("error", "entry", "warning", "info")
"""Severities, the worst first."""
_LOUDEST = ("error", "warning", "ok")


class RecordForm(QWidget):
    """The fields of a kind with its child tables. It holds texts only; reading and checking is the ledger's.

    tables: the child tables by kind name.  inputs: the inputs by field name.
    """

    edited = Signal()
    """The user changed something."""
    left = Signal(str)
    """A field was left: the time to check the record. The field's name, or a child table's."""
    last_entered = Signal()
    """Enter was pressed in the last field."""
    record_wanted = Signal(str, int)
    """Kind and id of a record that looks like this one: it is to be shown without losing what was typed."""

    def __init__(
        self,
        kind: Kind,
        sources: Sources,
        parent: QWidget | None = None,
        *,
        drawn: bool = True,
        later: bool = False,
    ) -> None:
        """drawn: from its drawing, where there is one.  later: nothing is there before `making` has come to its end."""
        super().__init__(parent)
        self.kind = kind
        self._sources = sources
        self._record: int | None = None
        self._shown: dict[str, str] = {}
        self._all = False
        self._findings: dict[str, list[Finding]] = {}
        self.making = self._make(drawn=drawn)
        if not later:
            at_once(self.making)

    def _make(self, *, drawn: bool) -> Making[None]:
        kind = self.kind
        self._scroll = UprightScroll(self)
        content = QWidget(self._scroll.viewport())
        style.set_state(content, "plain", value=True)
        self.sections = Sections(content)
        built = yield from form_builder.build(kind, self._sources, self.sections, drawn=drawn)
        self.inputs: dict[str, Input] = built.inputs
        self._typed = {
            name: shown
            for name, shown in built.inputs.items()
            if not form_builder.is_attachment(kind.field(name))
        }
        self.tables: dict[str, ChildTable] = built.children
        self._labels = built.labels
        self._derived = QLabel(content)
        self._derived.setTextFormat(Qt.TextFormat.PlainText)
        self._derived.setWordWrap(True)
        self._derived.hide()
        self._general = Message(content)
        self._general.record_wanted.connect(self.record_wanted)
        self._progress = form_order.progress_line(kind, built)
        self._lay_out(content, built.sections)
        yield
        self._order = form_order.in_order(built)
        form_order.chain(self._order)
        yield
        self._connect(form_rules.deciders(kind))
        yield
        self._show_what_matters()

    # texts

    def texts(self) -> dict[str, str]:
        """Field → text as it stands there, for all fields a person types; attachments apart."""
        return {name: shown.text() for name, shown in self._typed.items()}

    def chosen(self, names: Iterable[str] | None = None) -> dict[str, tuple[str, ...]]:
        """Field → references, for the reference fields whose names were picked from the list.  names: these only."""
        return {
            name: found
            for name in (self.inputs if names is None else names)
            if isinstance(shown := self.inputs[name], RefInput) and (found := shown.references())
        }

    def set_record(
        self,
        shown: Mapping[str, str],
        children: Mapping[str, Sequence[Any]] | None = None,
        *,
        record: int | None = None,
    ) -> None:
        """Show a record as it is stored (`Record.shown`), or the defaults of a new one.

        children: rows of child tables by kind: `Record`s, or mappings of texts for new rows; None empties them.
        record: its id: Ctrl+D repeats what was entered before it; None for a new one.
        """
        self._record = record
        self._shown = {name: shown.get(name, "") for name in self.inputs}
        for name, widget in self.inputs.items():
            widget.set_text(self._shown[name])
        # An input may bring a text into its normal form; that is no change by the user.
        self._shown = {name: widget.text() for name, widget in self.inputs.items()}
        for name, table in self.tables.items():
            table.set_rows((children or {}).get(name, ()))
        self.clear_findings()
        self._show_derived(shown)
        if record is None:
            # A new one begins at its top; from record to record the same fields stay in view, to be compared.
            self._scroll.verticalScrollBar().setValue(0)

    def changed(self, texts: Mapping[str, str] | None = None) -> set[str]:
        """Names of the fields (and child kinds) that differ from what `set_record` showed.

        texts: what stands in the form, where it has just been read.
        """
        standing = self.texts() if texts is None else texts
        fields = {name for name, text in standing.items() if text != self._shown.get(name, "")}
        return fields | {name for name, table in self.tables.items() if table.changed()}

    # findings

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Say beside the fields what is wrong; what belongs to no shown field is said on top."""
        self._findings = {}
        checklist = self.kind.checklist
        if checklist is not None:
            # The line of the checklist says it, as things stand now.
            findings = [finding for finding in findings if finding.code != checklist.code]
        for finding in findings:
            self._findings.setdefault(finding.field, []).append(finding)
        for name, widget in self.inputs.items():
            widget.set_error(*_joined(self._findings.get(name, ())))
        others = [finding for finding in findings if finding.field not in self.inputs]
        self._general.say(*_joined(others))
        self._show_what_matters()

    def set_notes(self, notes: Mapping[str, Note]) -> None:
        """What the ledger makes of the rows of the child tables, by kind."""
        for name, table in self.tables.items():
            note = notes.get(name, Note(""))
            table.set_note(note.text, note.state)

    def clear_findings(self) -> None:
        """Nothing is wrong."""
        self.set_findings(())

    def focus_first(self, name: str = "") -> None:
        """Put the focus into a field; without one that is shown into the first with an error, else the first."""
        faulty = [key for key, widget in self.inputs.items() if widget.severity in FAULTS]
        if name in self.inputs and self.is_shown(name):
            self._go(self.inputs[name])
            return
        if not faulty and any(table.go_to_fault() for table in self.tables.values()):
            return
        # What the program numbers by itself is no place to begin typing.
        by_hand = [key for key in self.inputs if not self.kind.field(key).auto]
        self._go(self.inputs[(faulty or by_hand)[0]])

    def finish_typing(self) -> None:
        """What is still being typed into a field or a cell counts, as if it had been left.

        Without the focus going to and fro, where no input method has to be told: that is drawn while the ledger saves.
        """
        focused = QApplication.focusWidget()
        around = focused.parentWidget() if focused is not None else None
        while around is not None and not isinstance(around, Input):
            around = around.parentWidget()
        if isinstance(around, Input) and around in self.inputs.values() and not around.composing:
            around.finish()
        else:
            focus.finish_typing(self)

    # look

    def show_all(self, everything: bool) -> None:
        """Show also the fields that do not matter for this record."""
        self._all = everything
        self._show_what_matters()

    def set_read_only(self, read_only: bool) -> None:
        """Let the record be read and copied only."""
        for widget in self.inputs.values():
            widget.set_read_only(read_only)
        for table in self.tables.values():
            table.set_read_only(read_only)

    def is_shown(self, name: str) -> bool:
        """Whether the field matters now."""
        return not self.inputs[name].isHidden()

    # inside

    def _lay_out(self, content: QWidget, sections: list[QWidget]) -> None:
        self.sections.hold(sections)
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.HALF, theme.HALF, theme.GAP, theme.GAP)
        column.setSpacing(theme.GAP)
        for part in (self._derived, self._general, self.sections):
            column.addWidget(part)
        column.addStretch(1)
        self._scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def _connect(self, deciders: frozenset[str]) -> None:
        for name, widget in self.inputs.items():
            widget.value_changed.connect(self.edited)
            widget.left.connect(lambda name=name: self.left.emit(name))
            widget.entered.connect(lambda widget=widget: self._enter(widget))
            widget.repeat_wanted.connect(lambda widget=widget: self._repeat(widget))
            widget.record_wanted.connect(self.record_wanted)
            if name in deciders:
                widget.value_changed.connect(self._show_what_matters)
            if self.kind.checklist is not None and name in self.kind.checklist.points:
                widget.value_changed.connect(self._show_progress)
            widget.editor.installEventFilter(self)
        for name, table in self.tables.items():
            table.edited.connect(self.edited)
            table.edited.connect(lambda name=name: self.left.emit(name))
            table.entered.connect(lambda table=table: self._enter(table))
            table.moved.connect(lambda table=table: QTimer.singleShot(0, table, lambda: self._see(table)))
            table.view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.gotFocus() and isinstance(watched, QWidget):
            self._scroll.ensureWidgetVisible(watched, 0, theme.INPUT_HEIGHT)
        return super().eventFilter(watched, event)

    def _enter(self, widget: Input | ChildTable) -> None:
        """Enter goes on to the next field that is filled by hand, or to the rows of a child table."""
        following = self._order[self._order.index(widget) + 1 :]
        target = next((one for one in following if one.isVisible() and form_order.takes_typing(one)), None)
        if target is None:
            self.last_entered.emit()
        elif isinstance(target, ChildTable):
            self._scroll.ensureWidgetVisible(target)
            target.enter()
        else:
            self._go(target)

    def _see(self, table: ChildTable) -> None:
        """Scroll to a table and what is said under it; of one higher than the form, to its cursor."""
        if table.height() <= self._scroll.viewport().height():
            self._scroll.ensureWidgetVisible(table, 0, 0)
        else:
            cell = table.view.visualRect(table.view.currentIndex())
            content = self._scroll.widget()
            at = (
                table.view.viewport().mapTo(content, cell.bottomLeft())
                if content is not None
                else cell.topLeft()
            )
            self._scroll.ensureVisible(at.x(), at.y(), 0, 2 * theme.ROW_HEIGHT)

    def _repeat(self, widget: Input) -> None:
        """Ctrl+D: what the record entered before has in this field."""

        def done(text: str) -> None:
            if not text:
                widget.set_error("前一条没有填这一项", "info")
            elif text != widget.text():
                widget.set_text(text)
                widget.changed_by_user()

        if widget.field.name in self._typed:
            self._sources.before(widget.field, self._record, done)

    def _go(self, target: Input) -> None:
        target.setFocus(Qt.FocusReason.TabFocusReason)
        # Later: what has just been said beside the fields has its room only then.
        QTimer.singleShot(0, target, lambda: self._scroll.ensureWidgetVisible(target))

    def _show_what_matters(self) -> None:
        texts = self.texts()
        for name, widget in self.inputs.items():
            shown = self._all or name in self._findings or form_rules.matters(self.kind.field(name), texts)
            if shown is widget.isHidden():
                _set_row_visible(widget, self._labels[name], shown)
        self._show_progress()

    def _show_progress(self) -> None:
        """五落实：还缺 资金、预案."""
        if self._progress is not None:
            text, settled = form_rules.progress(self.kind, self.texts())
            self._progress.setText(f"{'✓' if settled else '▲'} {text}" if text else "")
            style.set_state(self._progress, "state", "ok" if settled else "warning")
            self._progress.setVisible(bool(text))

    def _show_derived(self, shown: Mapping[str, str]) -> None:
        derived = [field for field in self.kind.fields if field.type is FieldType.DERIVED]
        parts = [f"{field.label}：{marked(shown[field.name])}" for field in derived if shown.get(field.name)]
        self._derived.setText("　".join(parts))
        roles = [role_of(field, shown.get(field.name, "")) for field in derived]
        style.set_state(self._derived, "state", next((role for role in _LOUDEST if role in roles), ""))
        self._derived.setVisible(bool(parts))


def _joined(findings: Sequence[Finding]) -> tuple[str, str, tuple[str, int] | None]:
    """All messages in one line, the worst severity, and a record that one of them speaks of."""
    if not findings:
        return "", "info", None
    worst = min((finding.severity for finding in findings), key=_ORDER.index)
    messages = dict.fromkeys(finding.message for finding in findings)
    record = next((finding.record for finding in findings if finding.record is not None), None)
    return "；".join(messages), worst, record


def _set_row_visible(widget: Input, label: QLabel, shown: bool) -> None:
    """Show or hide a field with its label; its row closes up."""
    label.setVisible(shown)
    widget.setVisible(shown)
    parent = widget.parentWidget()
    for rows in parent.findChildren(QFormLayout) if parent is not None else ():
        if rows.indexOf(widget) >= 0:
            rows.setRowVisible(widget, shown)
