"""What the facade is made of: each part made, and its modules loaded, when it is first wanted.

A file has to be open before its window shows, so that a fault is told in time; the rest can come later.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from mingxi_desktop.errors import UserError
from mingxi_desktop.storage.store import Store

if TYPE_CHECKING:
    from mingxi_desktop.domain.fields import Kind
    from mingxi_desktop.domain.records import Changes
    from mingxi_desktop.ledger.attaching import Attacher
    from mingxi_desktop.ledger.blocks import Blocks
    from mingxi_desktop.ledger.checking import Checker
    from mingxi_desktop.ledger.deadlines import Deadlines
    from mingxi_desktop.ledger.defining import Definitions
    from mingxi_desktop.ledger.duties.state import ZeroReports
    from mingxi_desktop.ledger.going_back import Past
    from mingxi_desktop.ledger.home import Home
    from mingxi_desktop.ledger.lists import Lists
    from mingxi_desktop.ledger.measuring import Measurer
    from mingxi_desktop.ledger.names import NameFinder
    from mingxi_desktop.ledger.noting import Notebook
    from mingxi_desktop.ledger.parsing import Parser
    from mingxi_desktop.ledger.preferences import Preferences
    from mingxi_desktop.ledger.previous import Previous
    from mingxi_desktop.ledger.register import Register
    from mingxi_desktop.ledger.relations import Relations
    from mingxi_desktop.ledger.remarking import Remarking
    from mingxi_desktop.ledger.reports.wordings import Wordings
    from mingxi_desktop.ledger.safekeeping.backups import Backups
    from mingxi_desktop.ledger.sealing import Sealing
    from mingxi_desktop.ledger.undoing import Undoer
    from mingxi_desktop.ledger.writing import Writer
    from mingxi_desktop.storage.batches import Batches
    from mingxi_desktop.storage.journal import Journal
    from mingxi_desktop.storage.remembered import Remembered
    from mingxi_desktop.storage.rows import Rows


class _Later:
    """Stands for a part until something else of it than what is known already is asked for.

    Rooms that are mostly read from are given it: what changes records takes longest to load.
    """

    def __init__(self, make: Callable[[], Any], **known: Any) -> None:
        self.__dict__.update(known)
        self._make = make

    def __getattr__(self, name: str) -> Any:
        return getattr(self._make(), name)


class Rooms:
    """The parts of the facade; those without an underscore are the facade's own further rooms."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def notes(self) -> Notebook:
        """Totals of years without records."""
        from mingxi_desktop.ledger.noting import Notebook

        return Notebook(self._store, self._later_writer, self._later_undoer, lambda: self.definitions.book)

    @cached_property
    def wordings(self) -> Wordings:
        """The clerk's wording of the reports."""
        from mingxi_desktop.ledger.reports.wordings import Wordings

        return Wordings(self._store, self._writer)

    @cached_property
    def definitions(self) -> Definitions:
        """The indicators, delivered and own."""
        from mingxi_desktop.ledger.defining import Definitions

        return Definitions(
            self._store,
            self._later_writer,
            self._measurer.prove,
            lambda name: self._parser.choices(name),  # noqa: PLW0108 - made when it is asked
            self._later_undoer,
        )

    @cached_property
    def preferences(self) -> Preferences:
        """What the clerk set for this ledger."""
        from mingxi_desktop.ledger.preferences import Preferences

        return Preferences(self._store, lambda: self.home)

    @cached_property
    def home(self) -> Home:
        """The county, its townships and villages, and its bureau."""
        from mingxi_desktop.ledger.home import Home

        return Home(self._store, self._writer)

    @cached_property
    def zeros(self) -> ZeroReports:
        """Zero reports: nothing to report is an answer too."""
        from mingxi_desktop.ledger.duties.state import ZeroReports

        return ZeroReports(self._store, self._later_writer, self._later_undoer)

    @cached_property
    def sealing(self) -> Sealing:
        """The seal of the file."""
        from mingxi_desktop.ledger.sealing import Sealing

        return Sealing(self._store)

    @cached_property
    def backups(self) -> Backups:
        """Backups of the file."""
        from mingxi_desktop.ledger.safekeeping.backups import Backups

        return Backups(self._store)

    @cached_property
    def deadlines(self) -> Deadlines:
        """Holidays, deadlines and what was done."""
        from mingxi_desktop.ledger.deadlines import Deadlines

        return Deadlines(self._later_writer, self._later_undoer)

    @cached_property
    def previous(self) -> Previous:
        """What was entered before."""
        from mingxi_desktop.ledger.previous import Previous

        return Previous(self._store, self._rows)

    @cached_property
    def relations(self) -> Relations:
        """Links between records, both ways."""
        from mingxi_desktop.ledger.relations import Relations

        return Relations(self._store, self._rows, self._names)

    @cached_property
    def remarks(self) -> Remarking:
        """What was done with the ledger and changed no record: exports of personal data, its password."""
        from mingxi_desktop.ledger.remarking import Remarking

        return Remarking(self._store, lambda: self._writer)

    @cached_property
    def register(self) -> Register:
        """The reference lists and their upkeep."""
        from mingxi_desktop.ledger.register import Register

        return Register(self._store, self._writer, self._undoer)

    @cached_property
    def lists(self) -> Lists:
        """Lists of records in parts."""
        from mingxi_desktop.ledger.lists import Lists

        return Lists(self._store)

    @cached_property
    def blocks(self) -> Blocks:
        """Cells changed in blocks."""
        from mingxi_desktop.ledger.blocks import Blocks

        return Blocks(self._store, self._writer)

    @cached_property
    def past(self) -> Past:
        """Earlier states and going back to them."""
        from mingxi_desktop.ledger.going_back import Past

        return Past(self._store, self._writer, self._noted)

    @cached_property
    def remembered(self) -> Remembered:
        """What was worked out from the file and still holds."""
        from mingxi_desktop.storage.remembered import Remembered

        return Remembered(self._store.database)

    @cached_property
    def _journal(self) -> Journal:
        from mingxi_desktop.storage.journal import Journal

        return Journal(self._store.schema)

    @cached_property
    def _rows(self) -> Rows:
        from mingxi_desktop.storage.rows import Rows

        return Rows(self._store, self._journal)

    @cached_property
    def _batches(self) -> Batches:
        from mingxi_desktop.storage.batches import Batches

        return Batches(self._store)

    @cached_property
    def _names(self) -> NameFinder:
        from mingxi_desktop.ledger.names import NameFinder

        return NameFinder(self._store, self._rows.titles)

    @cached_property
    def _parser(self) -> Parser:
        from mingxi_desktop.ledger.parsing import Parser

        return Parser(self._store, self._names)

    @cached_property
    def _checker(self) -> Checker:
        from mingxi_desktop.ledger.checking import Checker

        return Checker(self._store, self._parser, self._names)

    @cached_property
    def _writer(self) -> Writer:
        from mingxi_desktop.ledger.writing import Writer

        return Writer(self._store, self._rows, self._journal, self._checker, self._names)

    @cached_property
    def _undoer(self) -> Undoer:
        from mingxi_desktop.ledger.undoing import Undoer

        return Undoer(self._writer, self._batches)

    @property
    def _later_writer(self) -> Writer:
        return cast("Writer", _Later(lambda: self._writer, store=self._store, journal=self._journal))

    @property
    def _later_undoer(self) -> Undoer:
        return cast("Undoer", _Later(lambda: self._undoer))

    @cached_property
    def _attacher(self) -> Attacher:
        from mingxi_desktop.ledger.attaching import Attacher

        return Attacher(self._writer)

    @cached_property
    def _measurer(self) -> Measurer:
        from mingxi_desktop.ledger.measuring import Measurer
        from mingxi_desktop.storage.notes import Notes

        rows = cast("Rows", _Later(lambda: self._rows))
        return Measurer(self._store, rows, Notes(self._store), lambda: self.definitions.book, self.remembered)

    def _noted(self, changes: Changes, change_set: int) -> Changes:
        """The changes, once undo knows of them."""
        if changes.added or changes.changed or changes.removed:
            self._undoer.note(change_set, changes.sentence)
        return changes

    def _kind(self, name: str) -> Kind:
        kind = self._store.schema.kinds.get(name)
        if kind is None:
            known = "、".join(f"{kind.name}（{kind.label}）" for kind in self._store.schema.kinds.values())
            raise UserError(f"没有叫“{name}”的台账", "", f"可用的台账：{known}")
        return kind
