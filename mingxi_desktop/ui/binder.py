"""A form for one record: shows texts, gives texts, says beside each field what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from mingxi_desktop.domain.fields import FieldType, Finding, Kind
from mingxi_desktop.ui import form_builder, form_rules, style, theme
from mingxi_desktop.ui.inputs import Input, RefInput, Sources
from mingxi_desktop.ui.inputs.message import Message
from mingxi_desktop.ui.scrolling import UprightScroll
from mingxi_desktop.ui.sections import Sections
from mingxi_desktop.ui.table.child import ChildTable
from mingxi_desktop.ui.table.child_model import RowTexts
from mingxi_desktop.ui.table.status import marked, role_of

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

    def __init__(
        self, kind: Kind, sources: Sources, parent: QWidget | None = None, *, drawn: bool = True
    ) -> None:
        super().__init__(parent)
        self.kind = kind
        self._shown: dict[str, str] = {}
        self._all = False
        self._findings: dict[str, list[Finding]] = {}
        built = form_builder.build(kind, sources, self, drawn=drawn)
        self.inputs: dict[str, Input] = built.inputs
        self.tables: dict[str, ChildTable] = built.children
        self._labels = built.labels
        self._derived = QLabel(self)
        self._derived.setTextFormat(Qt.TextFormat.PlainText)
        self._derived.setWordWrap(True)
        self._derived.hide()
        self._general = Message(self)
        self._lay_out(built.sections)
        self._connect(form_rules.deciders(kind.name))
        self._show_what_matters()

    # texts

    def texts(self) -> dict[str, str]:
        """Field → text as it stands there, for all fields a person types; attachments apart."""
        return {name: shown.text() for name, shown in self.inputs.items() if not self._is_files(name)}

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """Field → references, for the reference fields whose names were picked from the list."""
        return {
            name: found
            for name, shown in self.inputs.items()
            if isinstance(shown, RefInput) and (found := shown.references())
        }

    def set_record(
        self, shown: Mapping[str, str], children: Mapping[str, Sequence[Any]] | None = None
    ) -> None:
        """Show a record as it is stored (`Record.shown`), or the defaults of a new one.

        children: rows of child tables by kind: `Record`s, or mappings of texts for new rows; None empties them.
        """
        self._shown = {name: shown.get(name, "") for name in self.inputs}
        for name, widget in self.inputs.items():
            widget.set_text(self._shown[name])
        # An input may bring a text into its normal form; that is no change by the user.
        self._shown = {name: widget.text() for name, widget in self.inputs.items()}
        for name, table in self.tables.items():
            table.set_rows((children or {}).get(name, ()))
        self.clear_findings()
        self._show_derived(shown)

    def changed(self) -> set[str]:
        """Names of the fields (and child kinds) that differ from what `set_record` showed."""
        fields = {name for name, text in self.texts().items() if text != self._shown.get(name, "")}
        return fields | {name for name, table in self.tables.items() if table.changed()}

    def child_rows(self) -> dict[str, list[RowTexts]]:
        """Child kind → its rows as texts, each with its id (None for a new one)."""
        return {name: table.rows() for name, table in self.tables.items()}

    # findings

    def set_findings(self, findings: Sequence[Finding]) -> None:
        """Say beside the fields what is wrong; what belongs to no shown field is said on top."""
        self._findings = {}
        for finding in findings:
            self._findings.setdefault(finding.field, []).append(finding)
        for name, widget in self.inputs.items():
            message, severity = _joined(self._findings.get(name, ()))
            widget.set_error(message, severity)
        others = [finding for finding in findings if finding.field not in self.inputs]
        self._general.say(*_joined(others))
        self._show_what_matters()

    def clear_findings(self) -> None:
        """Nothing is wrong."""
        self.set_findings(())

    def focus_first(self, name: str = "") -> None:
        """Put the focus into a field; without a name into the first with an error, else the first."""
        faulty = [key for key, widget in self.inputs.items() if widget.severity in ("error", "entry")]
        target = self.inputs.get(name) or self.inputs[(faulty or list(self.inputs))[0]]
        self._go(target)

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

    def _lay_out(self, sections: list[QWidget]) -> None:
        content = QWidget()
        style.set_state(content, "plain", value=True)
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.HALF, theme.HALF, theme.GAP, theme.GAP)
        column.setSpacing(theme.GAP)
        self.sections = Sections(sections, content)
        for part in (self._derived, self._general, self.sections):
            column.addWidget(part)
        column.addStretch(1)
        self._scroll = UprightScroll(self)
        self._scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        ordered: list[QWidget] = [*self.inputs.values()]
        for first, second in pairwise(ordered):
            QWidget.setTabOrder(first, second)

    def _connect(self, deciders: frozenset[str]) -> None:
        for name, widget in self.inputs.items():
            widget.value_changed.connect(self.edited)
            widget.left.connect(lambda name=name: self.left.emit(name))
            widget.entered.connect(lambda widget=widget: self._enter(widget))
            if name in deciders:
                widget.value_changed.connect(self._show_what_matters)
            widget.editor.installEventFilter(self)
        for name, table in self.tables.items():
            table.edited.connect(self.edited)
            table.edited.connect(lambda name=name: self.left.emit(name))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._scroll.ensureWidgetVisible(watched, 0, theme.INPUT_HEIGHT)
        return super().eventFilter(watched, event)

    def _enter(self, widget: Input) -> None:
        following = list(self.inputs.values())
        following = following[following.index(widget) + 1 :]
        target = next((one for one in following if one.isVisible() and one.isEnabled()), None)
        if target is None:
            self.last_entered.emit()
        else:
            self._go(target)

    def _go(self, target: Input) -> None:
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(target)

    def _show_what_matters(self) -> None:
        texts = self.texts()
        for name, widget in self.inputs.items():
            shown = self._all or name in self._findings or form_rules.matters(self.kind.name, name, texts)
            if shown is widget.isHidden():
                _set_row_visible(widget, self._labels[name], shown)

    def _show_derived(self, shown: Mapping[str, str]) -> None:
        derived = [field for field in self.kind.fields if field.type is FieldType.DERIVED]
        parts = [f"{field.label}：{marked(shown[field.name])}" for field in derived if shown.get(field.name)]
        self._derived.setText("　".join(parts))
        roles = [role_of(field, shown.get(field.name, "")) for field in derived]
        style.set_state(self._derived, "state", next((role for role in _LOUDEST if role in roles), ""))
        self._derived.setVisible(bool(parts))

    def _is_files(self, name: str) -> bool:
        return form_builder.is_attachment(self.kind.field(name))


def _joined(findings: Sequence[Finding]) -> tuple[str, str]:
    """All messages in one line, and the worst severity."""
    if not findings:
        return "", "info"
    worst = min((finding.severity for finding in findings), key=_ORDER.index)
    messages = dict.fromkeys(finding.message for finding in findings)
    return "；".join(messages), worst


def _set_row_visible(widget: Input, label: QLabel, shown: bool) -> None:
    """Show or hide a field with its label; its row closes up."""
    label.setVisible(shown)
    widget.setVisible(shown)
    parent = widget.parentWidget()
    for rows in parent.findChildren(QFormLayout) if parent is not None else ():
        if rows.indexOf(widget) >= 0:
            rows.setRowVisible(widget, shown)
