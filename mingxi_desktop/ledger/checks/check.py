"""What a check is: its name, how it finds its concerns, and which cures it offers for one."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.concerns import Concern
from mingxi_desktop.domain.records import Child
from mingxi_desktop.domain.references import Entry

if TYPE_CHECKING:
    from mingxi_desktop.ledger.core import Core
    from mingxi_desktop.storage.store import Store


@dataclass(frozen=True, slots=True)
class Scope:
    """What a check looks at: the records of one year in one ledger file, as of today."""

    ledger: Core
    store: Store
    year: int
    today: datetime.date

    @property
    def first(self) -> datetime.date:
        """1 January of the year."""
        return datetime.date(self.year, 1, 1)

    @property
    def last(self) -> datetime.date:
        """31 December of the year."""
        return datetime.date(self.year, 12, 31)


@dataclass(frozen=True, slots=True)
class Edit:
    """Other values for records of one kind, by id."""

    kind: str
    values: Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Trash:
    """Records into the trash, their children along."""

    kind: str
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Children:
    """All the rows that the child tables of a record have from now on, by child kind."""

    kind: str
    id: int
    rows: Mapping[str, Sequence[Child]]


@dataclass(frozen=True, slots=True)
class Names:
    """Entries of a list that are one: references of the one kept and of those that go into it."""

    kept: str
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries of lists as they are to be; each is there already."""

    entries: tuple[Entry, ...]


Step = Edit | Trash | Children | Names | Entries


@dataclass(frozen=True, slots=True)
class Cure:
    """One action that puts a concern right: one change set, one undo step.

    label: the verb on the button (合并为一条).  sentence: what it does, said before it is done and kept in the
    history.  steps: carried out in order, all or none.  removes: whether records go to the trash.
    """

    label: str
    sentence: str
    steps: tuple[Step, ...]

    @property
    def removes(self) -> int:
        """How many records go to the trash."""
        return sum(len(step.ids) for step in self.steps if isinstance(step, Trash))

    @property
    def touches(self) -> int:
        """How many records it changes or removes, those not counted to which names are merged."""
        return self.removes + sum(len(step.values) for step in self.steps if isinstance(step, Edit))


def _none(_scope: Scope, _concern: Concern) -> Sequence[Cure]:
    return ()


@dataclass(frozen=True, slots=True)
class Check:
    """One sort of finding.

    code: in JSON.  label: its name on the screen (汇总与逐条并存).  about: one sentence on why it matters and
    what to do.  kinds: the ledgers whose records it looks at, the child tables among them; () for what is
    not about records.  find: everything it finds in the scope, the worst first.
    """

    code: str
    label: str
    about: str
    kinds: tuple[str, ...]
    find: Callable[[Scope], Iterable[Concern]]
    cures: Callable[[Scope, Concern], Sequence[Cure]] = _none
