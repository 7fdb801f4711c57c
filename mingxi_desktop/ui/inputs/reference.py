"""Inputs of references: one entry of a list or one record, or several; candidates come from the ledger."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mingxi_desktop.domain.references import GROWING
from mingxi_desktop.ui.inputs.asking import Asking
from mingxi_desktop.ui.inputs.popup import Row
from mingxi_desktop.ui.inputs.sources import Candidates
from mingxi_desktop.ui.inputs.suggest import SuggestInput, apart, beginning_first


class RefInput(SuggestInput):
    """The name of an entry or record. What was picked from the list is remembered with its reference."""

    def make_editor(self) -> QWidget:
        self._references: dict[str, str] = {}
        self._asking = Asking(
            lambda query, done: self.sources.fetch(self.field, apart(query), done), self._found, self
        )
        return super().make_editor()

    def ask_for(self, query: str) -> None:
        self._asking.ask(query)

    def takes_new(self) -> bool:
        return any(target in GROWING for target in self.field.targets)

    def set_text(self, text: str) -> None:
        self._asking.forget()
        self._references.clear()
        super().set_text(text)

    def finish(self) -> None:
        self._asking.forget()
        super().finish()

    def chosen(self, row: Row) -> None:
        self._references[row.text] = row.data

    def references(self) -> tuple[str, ...]:
        """The references ("list:id") of the names that were picked and still stand there; () if any was typed."""
        names = self.words() if self.multiple else [self.text()]
        found = [self._references.get(name, "") for name in names]
        return tuple(found) if found and all(found) else ()

    def _found(self, found: Candidates, query: str) -> None:
        order = {
            name: place for place, name in enumerate(beginning_first([name for _, name in found], query))
        }
        rows = [Row(name, reference, self.ticks(name)) for reference, name in found]
        self.offer(sorted(rows, key=lambda row: order[row.text]), query)


class MultiRefInput(RefInput):
    """Several names, with 、 between them."""

    multiple = True
