"""The indicators of a ledger: those delivered, the clerk's own, and delivered ones in another wording.

A definition is data and is checked like a delivered one before it is kept; from then on it is used by
templates, charts, tables and proofreading alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from mingxi_desktop.domain.indicator_book import IndicatorBook, delivered_book, sound_book
from mingxi_desktop.domain.indicator_data import DefinitionError, from_table, to_table
from mingxi_desktop.domain.indicators import Indicator, Period, Trace
from mingxi_desktop.domain.references import ITEM
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.storage.definitions import DefinitionTable
from mingxi_desktop.storage.store import Store

if TYPE_CHECKING:
    from mingxi_desktop.domain.records import Changes
    from mingxi_desktop.ledger.definition_checks import Checks
    from mingxi_desktop.ledger.definition_files import Incoming
    from mingxi_desktop.ledger.undoing import Undoer
    from mingxi_desktop.ledger.writing import Writer

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Unusable:
    """A definition in the file that cannot be used: of a field that is gone, or damaged.  reason: Chinese."""

    id: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What somebody who defines an indicator needs at hand.

    taken: ids that a new indicator cannot have.  units: of the supplies, by name.  groups: of the supplies.
    """

    book: IndicatorBook
    unusable: tuple[Unusable, ...]
    taken: frozenset[str]
    units: Mapping[str, str]
    groups: tuple[str, ...]


@guarded
class Definitions:
    """Reads and keeps the definitions of one ledger file."""

    def __init__(
        self,
        store: Store,
        writer: Writer,
        prove: Callable[[Indicator, Period, IndicatorBook], Trace],
        words: Callable[[str], Collection[str]],
        undoer: Undoer | None = None,
    ) -> None:
        """prove: value and records of an indicator of a book.  words: those of a vocabulary, own ones too.

        undoer: hears of every change.
        """
        self._store = store
        self._writer = writer
        self._table = DefinitionTable(store, writer.journal)
        self._prove = prove
        self._words = words
        self._undoer = undoer
        self._texts: dict[str, str] | None = None
        self._book = delivered_book()
        self._unusable: tuple[Unusable, ...] = ()

    @cached_property
    def _checks(self) -> Checks:
        from mingxi_desktop.ledger.definition_checks import Checks

        return Checks(self._store, self._words)

    @property
    def book(self) -> IndicatorBook:
        """All indicators of the ledger that can be used."""
        self._read()
        return self._book

    @property
    def unusable(self) -> tuple[Unusable, ...]:
        """The definitions in the file that are left out of the book."""
        self._read()
        return self._unusable

    def desk(self) -> Desk:
        """What the window needs to define an indicator."""
        items = self._store.references.all(ITEM, active_only=False)
        taken = frozenset((*self.book.by_id, *self._kept(), *self._checks.reserved()))
        units = {entry.name: entry.unit for entry in items}
        groups = dict.fromkeys(entry.group for entry in items if entry.group)
        return Desk(self.book, self.unusable, taken, MappingProxyType(units), tuple(groups))

    def check(self, indicator: Indicator, *, was: str = "", new: bool = False) -> Indicator:
        """The indicator, as it would stand in the book; UserError says what is wrong, with the key as its field.

        was: its id until now where that is another one.  new: no other may have its id.
        """
        tidied = self._checks.tidied(indicator)
        if new and (tidied.id in self.book.by_id or tidied.id in self._kept()):
            raise DefinitionError(
                tidied.label, f"编号 {tidied.id} 已经用了，换一个", key="id", indicator=tidied.id
            )
        self._together([tidied], was)
        return tidied

    def try_out(self, indicator: Indicator, period: Period, *, was: str = "") -> Trace:
        """Value and records of a definition that is not kept; UserError where it cannot be evaluated."""
        tidied = self._checks.tidied(indicator)
        book = self._together([tidied], was)
        return self._prove(book.get(tidied.id), period, book)

    def save(self, indicator: Indicator, *, was: str = "", new: bool = False) -> Changes:
        """Keep an indicator, new or changed; a delivered one as delivered is no longer one of the clerk's.

        was: its id until now where that is another one.  new: UserError where its id is taken.
        """
        renamed = bool(was) and was != indicator.id
        if renamed:
            self._may_go([was], [self.book.get(was).label])
        tidied = self.check(indicator, was=was, new=new)
        fresh = tidied.id not in self.book.by_id and not renamed
        sentence = f"{'新增' if fresh else '修改'} 指标 {tidied.label}"

        def kept(change_set: int) -> None:
            if renamed:
                self._table.remove(was, change_set)
            self._put(tidied, change_set)

        return self._changed(sentence, kept)

    def remove(self, *ids: str) -> Changes:
        """Forget own indicators, or the other wording of delivered ones, all or none.

        UserError for a delivered one, and for one that another indicator is made of.
        """
        labels = []
        for id in ids:
            found = self.book.by_id.get(id)
            if id not in self._kept():
                label = found.label if found is not None else id
                hint = "不想印它时，改报告文字即可。"
                raise UserError(f"“{label}”是程序自带的指标，不能删除", "", hint)
            labels.append(found.label if found is not None else id)
        self._may_go(ids, labels)
        delivered = all(id in delivered_book().by_id for id in ids)
        sentence = f"{'恢复自带的' if delivered else '删除'} 指标 {_named(labels)}"

        def forgotten(change_set: int) -> None:
            for id in ids:
                self._table.remove(id, change_set)

        return self._changed(sentence, forgotten)

    def export_text(self, ids: Iterable[str] = ()) -> str:
        """The clerk's own indicators, or those named, as the text of a file for another PC."""
        from mingxi_desktop.ledger.definition_files import written

        wanted = tuple(ids) or tuple(item.id for item in self._own())
        return written([self.book.get(id) for id in wanted])

    def read(self, text: str) -> tuple[Incoming, ...]:
        """What such a file would bring, indicator by indicator; UserError where it is no such file."""
        from mingxi_desktop.ledger.definition_files import incoming, tables_of

        return incoming(tables_of(text), self.book, self._own(), self._checks)

    def take_in(self, indicators: Sequence[Indicator]) -> Changes:
        """Keep indicators from a file, all or none; those of the same id are replaced."""
        tidied = [self._checks.tidied(item) for item in indicators]
        self._together(tidied)
        sentence = f"导入 指标定义 {_named([item.label for item in tidied])}（{len(tidied)}个）"

        def kept(change_set: int) -> None:
            for item in tidied:
                self._put(item, change_set)

        return self._changed(sentence, kept)

    def _changed(self, sentence: str, make: Callable[[int], None]) -> Changes:
        """One change, one step of undo.  make: carries it out, given the change set."""
        from mingxi_desktop.domain.records import Changes

        with self._writer.change(sentence) as change_set:
            make(change_set)
        if self._undoer is not None:
            self._undoer.note(change_set, sentence)
        return Changes(sentence)

    def _put(self, indicator: Indicator, change_set: int) -> None:
        if delivered_book().by_id.get(indicator.id) == indicator:
            self._table.remove(indicator.id, change_set)
        else:
            text = json.dumps(to_table(indicator), ensure_ascii=False)
            self._table.put(indicator.id, text, change_set)

    def _own(self) -> list[Indicator]:
        book = self.book
        return [item for item in book.indicators if item.id in book.own or item.id in book.changed]

    def _kept(self) -> dict[str, str]:
        self._read()
        return self._texts or {}

    def _together(self, indicators: Sequence[Indicator], was: str = "") -> IndicatorBook:
        """The book with these in it; DefinitionError where they do not fit, or another one would not any more."""
        ids = {item.id for item in indicators}
        others = [item for item in self._own() if item.id not in ids and item.id != was]
        self._checks.labels(indicators, [*delivered_book().indicators, *others])
        book, faults = sound_book(indicators, others)
        for item in indicators:
            if item.id in faults:
                raise DefinitionError(item.label, faults[item.id], indicator=item.id)
        return book

    def _may_go(self, ids: Collection[str], labels: Sequence[str]) -> None:
        """UserError where indicators that stay are made of these."""
        staying = [item for item in self._own() if item.id not in ids]
        _, faults = sound_book(staying)
        users = [item.label for item in staying if item.id in faults]
        if users:
            detail = f"用它的指标：{'、'.join(users)}"
            raise UserError(f"“{_named(labels)}”还被别的指标用着", detail, "先改好它们，再来一次。")

    def _read(self) -> None:
        """Read the table anew if it has changed: by this room, by undo, or not at all after a fault."""
        texts = self._table.all()
        if texts == self._texts:
            return
        sound: list[Indicator] = []
        unusable: list[Unusable] = []
        for id, text in texts.items():
            try:
                table = json.loads(text)
                # Words of conditions may have been stopped since; the records still have them.
                sound.append(from_table(table, id, None))
            except DefinitionError as error:
                unusable.append(Unusable(id, str(table.get("label") or id), error.sentence))
            except (ValueError, TypeError, AttributeError, RecursionError):
                unusable.append(Unusable(id, id, "定义读不出来"))
        self._book, faults = sound_book(sound)
        unusable += [Unusable(item.id, item.label, faults[item.id]) for item in sound if item.id in faults]
        self._unusable, self._texts = tuple(unusable), texts


def _named(labels: Sequence[str]) -> str:
    return "、".join(labels[:_NAMED]) + ("等" if len(labels) > _NAMED else "")
