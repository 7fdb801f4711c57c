"""Where inputs get their words and candidates from."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from PySide6.QtCore import QObject, Signal

from mingxi_desktop.domain.fields import Field, Kind
from mingxi_desktop.domain.kinds import ALL
from mingxi_desktop.domain.references import CHOICE_PREFIX
from mingxi_desktop.domain.vocabulary import delivered
from mingxi_desktop.ui.jobs import Priority, Worker

Candidates = list[tuple[str, str]]
"""(reference, name) pairs."""


class Sources(QObject):
    """What the delivered vocabularies offer; without a ledger there are no candidates."""

    changed = Signal(object)
    """A `Changes`: a word was added to a vocabulary."""

    def choices(self, field: Field) -> tuple[str, ...]:
        """The words a choice field offers now."""
        return delivered()[field.choices].values

    def add_choice(self, field: Field, word: str) -> None:
        """Add a word of the clerk's own to the field's open vocabulary."""

    def fetch(self, field: Field, text: str, done: Callable[[Candidates], None]) -> None:
        """Look up what a reference field may point to; `done` gets it later, on this thread."""
        done([])

    def previous(self, field: Field, typed: str, done: Callable[[list[str]], None]) -> None:
        """Look up what was written into a text field before; `done` gets it later, on this thread."""
        done([])

    def before(self, field: Field, record: int | None, done: Callable[[str], None]) -> None:
        """Look up what the field shows in the record entered before that one, or in the last one (None)."""
        done("")

    def year(self) -> int | None:
        """The year that dates without one belong to."""
        return None


class WorkerSources(Sources):
    """What the ledger of a worker offers.

    year: asked whenever a date without a year is read.
    """

    def __init__(self, worker: Worker, year: Callable[[], int | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._year = year
        self._words: dict[str, tuple[str, ...]] = {}
        self._new: dict[str, list[str]] = {}
        self.refresh()

    def refresh(self, lists: Collection[str] | None = None) -> None:
        """Read the vocabularies anew; `lists` (of a `Changes`): only if one of them is a vocabulary."""
        if lists is None or any(name.startswith(CHOICE_PREFIX) for name in lists):
            self._worker.run(_all_words, done=self._words.update, owner=self)

    def choices(self, field: Field) -> tuple[str, ...]:
        words = self._words.get(field.choices) or super().choices(field)
        return (*words, *(word for word in self._new.get(field.choices, ()) if word not in words))

    def add_choice(self, field: Field, word: str) -> None:
        # Offered at once; an answer that is already on its way does not know it yet.
        self._new.setdefault(field.choices, []).append(word)
        self._worker.run(_add_choice, field.choices, word, done=self._added, owner=self)

    def fetch(self, field: Field, text: str, done: Callable[[Candidates], None]) -> None:
        self._worker.run(_candidates, field, text, done=done, owner=self, priority=Priority.VISIBLE)

    def previous(self, field: Field, typed: str, done: Callable[[list[str]], None]) -> None:
        self._worker.run(_previous, field, typed, done=done, owner=self, priority=Priority.VISIBLE)

    def before(self, field: Field, record: int | None, done: Callable[[str], None]) -> None:
        self._worker.run(_before, field, record, done=done, owner=self, priority=Priority.VISIBLE)

    def year(self) -> int | None:
        return self._year()

    def _added(self, changes: Any) -> None:
        self.refresh()
        self.changed.emit(changes)


def _all_words(ledger: Any) -> dict[str, tuple[str, ...]]:
    """Vocabulary → words, with the clerk's own; read on the database thread."""
    return {field.choices: ledger.choices(field) for field in _choice_fields(ALL)}


def _choice_fields(kinds: Collection[Kind]) -> list[Field]:
    by_vocabulary = {field.choices: field for kind in kinds for field in kind.fields if field.choices}
    return list(by_vocabulary.values())


def _add_choice(ledger: Any, vocabulary: str, word: str) -> Any:
    return ledger.add_choice(vocabulary, word)


def _candidates(ledger: Any, field: Field, text: str) -> Candidates:
    return list(ledger.candidates(field, text))


def _previous(ledger: Any, field: Field, typed: str) -> list[str]:
    return list(ledger.previous.texts(field, typed))


def _before(ledger: Any, field: Field, record: int | None) -> str:
    return str(ledger.previous.shown(field, record))
