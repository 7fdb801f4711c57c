"""What is in a ledger file and what its numbers are: all that charts, checks and reports ask of it.

The facade (`facade.Ledger`) is made of three layers, so that no part has to know the whole: this one; the checks,
which reports ask for what was accepted (`checked.Checked`); frozen reports, imports and the file itself on top.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.references import CHOICE_PREFIX, Entry
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.ledger.rooms import Rooms

if TYPE_CHECKING:  # whatever else is needed is loaded where it is used: see `rooms`
    from mingxi_desktop.domain.fields import Field, Finding, Kind
    from mingxi_desktop.domain.indicators import IndicatorValue, Period, Trace
    from mingxi_desktop.domain.query import Query
    from mingxi_desktop.domain.records import Attachment, Batch, Changes, Child, HistoryEntry, Record
    from mingxi_desktop.ledger.plain_values import Outcome, Source
    from mingxi_desktop.ledger.stock_sheet import StockRow
    from mingxi_desktop.storage.forms import Chosen, Take


@guarded
class Core(Rooms):
    """Records, lists and indicators of an open ledger file."""

    @property
    def path(self) -> Path:
        """The ledger file."""
        return self._store.path

    # settings and lists

    def setting(self, key: str, default: str = "") -> str:
        """A setting kept in the ledger file, `default` where it was never set."""
        return self._store.setting(key, default)

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting in the ledger file, at once and without a step of undo."""
        with self._store.writing():
            self._store.set_setting(key, value)

    def entries(self, list_name: str, *, active_only: bool = True) -> list[Entry]:
        """The entries of a reference list in the order they came; without those no longer offered, if not asked for."""
        return self._store.references.all(list_name, active_only=active_only)

    def choices(self, field: Field) -> tuple[str, ...]:
        """The words a choice field offers: delivered ones and the clerk's own."""
        return self._parser.choices(field.choices)

    def add_choice(self, vocabulary: str, word: str) -> Changes:
        """Add a word of the clerk's own to a vocabulary."""
        return self.save_entry(Entry(CHOICE_PREFIX + vocabulary, word))

    def save_entry(self, entry: Entry) -> Changes:
        """Store a new or changed entry of a reference list."""
        return self.register.save(entry)

    def candidates(self, field: Field, text: str = "", limit: int = 20) -> list[tuple[str, str]]:
        """(reference, name) of what a REF field may point to, by name, alias, pinyin or initials."""
        return self._measurer.candidates(field, text, limit)

    # values and text

    def parse(
        self, kind: str, texts: Mapping[str, Any], *, year: int | None = None
    ) -> tuple[dict[str, Any], list[Finding]]:
        """Typed text → values; what does not parse or was assumed as findings."""
        return self._parser.parse(self._kind(kind), texts, year)

    def read(self, kind: Kind, field: Field, text: Any, source: Source) -> Outcome:
        """One filled text or cell → value, or why it is none."""
        return self._parser.outcome(kind, field, text, source)

    def show(self, kind: str, field_name: str, value: Any) -> str:
        """Value → Chinese text."""
        from mingxi_desktop.domain.show import show

        return show(self._kind(kind).field(field_name), value, self._rows.titles.name)

    def check(
        self, kind: str, values: Mapping[str, Any], *, record: int | None = None, importing: bool = False
    ) -> list[Finding]:
        """What is wrong with a record, errors and warnings; defaults are filled in first."""
        from mingxi_desktop.ledger import prepare

        declared = self._kind(kind)
        stored = self._writer.record(declared, record) if record is not None else None
        base = {**stored.values, **values} if stored else values
        parent = self._writer.parent_values(declared, base)
        full = prepare.complete(self._store, declared, base, parent)
        return self._checker.check(
            declared, self._writer.with_code(declared, full), stored, importing=importing
        )

    def check_new(self, kind: str, many: Sequence[Mapping[str, Any]]) -> list[list[Finding]]:
        """What is wrong with records that an import would add, a list for each of them."""
        return self._writer.check_new(self._kind(kind), many)

    def completed(self, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values by field with what the program fills in: defaults, a date from another one, the county's area."""
        from mingxi_desktop.ledger import prepare

        return prepare.complete(self._store, self._kind(kind), values, None)

    # records

    def add(
        self, kind: str, values: Mapping[str, Any], *, children: Mapping[str, Sequence[Child]] | None = None
    ) -> Changes:
        """Store a new record; UserError (with `field`) when it is refused."""
        return self._noted(*self._writer.add(self._kind(kind), values, children or {}))

    def edit(
        self,
        kind: str,
        id: int,
        values: Mapping[str, Any],
        *,
        children: Mapping[str, Sequence[Child]] | None = None,
    ) -> Changes:
        """Change some fields of a record; with children: these rows are all there are from now on."""
        return self._noted(*self._writer.edit(self._kind(kind), id, values, children or {}))

    def edit_each(self, kind: str, many: Mapping[int, Mapping[str, Any]], doing: str = "修改") -> Changes:
        """Values of their own for each of several records, all or none.  doing: the verb of the sentence."""
        return self._noted(*self._writer.edit_each(self._kind(kind), many, doing))

    def delete(self, kind: str, ids: Sequence[int]) -> Changes:
        """Move records and their children to the trash; many of them only after a backup."""
        self.backups.before_many(len(ids))
        return self._noted(*self._writer.delete(self._kind(kind), ids))

    def restore(self, kind: str, ids: Sequence[int]) -> Changes:
        """Take records back from the trash."""
        return self._noted(*self._writer.restore(self._kind(kind), ids))

    def get(self, kind: str, id: int) -> Record:
        """One record; UserError when there is none."""
        return self._writer.record(self._kind(kind), id)

    def children(self, kind: str, id: int) -> dict[str, list[Record]]:
        """The rows of a record's child tables by child kind."""
        return self._rows.children(self._kind(kind), [id])

    def ids(self, query: Query) -> array[int]:
        """The ids of the records meant, in order."""
        from mingxi_desktop.storage import select

        return select.ids(self._store.schema, query)

    def count(self, query: Query) -> int:
        """How many records are meant."""
        from mingxi_desktop.storage import select

        return select.count(self._store.schema, query)

    def records(self, kind: str, ids: Sequence[int]) -> list[Record]:
        """Records by id, in this order."""
        return self._rows.load(self._kind(kind), ids)

    def scan(self, kind: str, names: Sequence[str], take: Take, chosen: Chosen | None = None) -> None:
        """Show `take` (id, values in the form of the file) of every record chosen, without loading it."""
        from mingxi_desktop.storage import forms

        forms.scan(self._store.schema, self._kind(kind), names, take, chosen or forms.ALL)

    def ids_of_uids(self, kind: str, uids: Sequence[str]) -> dict[str, tuple[int, bool]]:
        """uid → (id, whether the record is in the trash), for those that are there."""
        from mingxi_desktop.storage import forms

        return forms.ids_of_uids(self._store.schema, self._kind(kind), uids)

    def title(self, kind: str, id: int) -> str:
        """How a record is named in sentences."""
        return self._rows.titles.name(f"{kind}:{id}")

    def totals(self, kind: str, ids: Sequence[int]) -> dict[str, int | Decimal]:
        """Sums by name of the fields with total=True over these records; money in 分."""
        from mingxi_desktop.storage import grouping

        return grouping.totals(self._store.schema, self._kind(kind), ids)

    def years(self) -> list[int]:
        """The years that have records, newest first."""
        from mingxi_desktop.storage import grouping

        return grouping.years(self._store.schema)

    def facet(self, query: Query, field: str) -> list[tuple[Any, int]]:
        """(value, how many records have it), most frequent first."""
        from mingxi_desktop.storage import grouping

        return grouping.facet(self._store.schema, query, field)

    def grouped(self, query: Query, by: Sequence[str], sums: Sequence[str]) -> list[tuple[Any, ...]]:
        """Rows of (group values…, sums…).  by: field names or "month"; sums: field names or "count"."""
        from mingxi_desktop.storage import grouping

        return grouping.grouped(self._store.schema, query, by, sums)

    def counts(self, year: int | None = None) -> dict[str, int]:
        """Name of each kind → how many records it has in a year, all years for None; without the trash."""
        from mingxi_desktop.domain.query import Query

        return {name: self.count(Query(name, year=year)) for name in self._store.schema.kinds}

    def history(self, kind: str, id: int) -> list[HistoryEntry]:
        """What happened to a record, oldest first, in shown text."""
        from mingxi_desktop.ledger.telling import history_of

        record = self.get(kind, id)
        return history_of(self._kind(kind), record, self._journal, self._rows)

    # attachments (佐证材料)

    def attachments(self, kind: str, id: int) -> list[Attachment]:
        """The files attached to a record, in the order of attaching."""
        return self._attacher.of(self._kind(kind), id)

    def attach(self, kind: str, id: int, paths: Sequence[Path]) -> Changes:
        """Copy files into the attachment folder and attach them to a record, all or none."""
        return self._noted(*self._attacher.attach(self._kind(kind), id, paths))

    def detach(self, kind: str, id: int, attachment_id: int) -> Changes:
        """Take a file off a record; the copy in the attachment folder stays."""
        return self._noted(*self._attacher.detach(self._kind(kind), id, attachment_id))

    def attachment_file(self, kind: str, id: int, name: str) -> Path:
        """The copy behind the name of an attachment, to be opened; UserError when it is missing."""
        return self._attacher.to_open(self._kind(kind), id, name)

    def attachment_names(self, paths: Sequence[Path]) -> list[str]:
        """The names these files would be attached under; UserError for the first that cannot be attached."""
        return self._attacher.examine(paths)

    # where they came from

    def batches(self) -> list[Batch]:
        """All import batches, newest first."""
        return self._batches.all()

    def ids_from(self, kind: str, source: str, days: tuple[date, date]) -> list[int]:
        """The records of these days that an import brought from a file and sheet: "盖洋镇.xlsx · 表1"."""
        return self._batches.from_source(self._kind(kind), source, days)

    def seen_file(self, sha256: str) -> Batch | None:
        """The batch that already brought a file of this content."""
        return self._batches.seen(sha256)

    # indicators

    def indicators(
        self, year: int, as_of: date | None = None, only: Sequence[str] = ()
    ) -> list[IndicatorValue]:
        """Every indicator of the year up to the cut-off date, or only some, last year beside it."""
        from mingxi_desktop.domain.indicators import Period

        return self._measurer.indicators(Period.of(year, as_of), only)

    def measure(self, period: Period, only: Sequence[str] = ()) -> list[IndicatorValue]:
        """The same of any span: a month, one flood."""
        return self._measurer.indicators(period, only)

    def trace(self, indicator_id: str, year: int, as_of: date | None = None) -> Trace:
        """The rule of an indicator and the records behind its number; UserError if unknown."""
        from mingxi_desktop.domain.indicators import Period

        return self.prove(indicator_id, Period.of(year, as_of))

    def prove(self, indicator_id: str, period: Period) -> Trace:
        """The same of any span."""
        return self._measurer.traces([indicator_id], period)[0]

    def prove_all(self, ids: Sequence[str], period: Period) -> list[Trace]:
        """The same of several at once, in this order."""
        return self._measurer.traces(ids, period)

    def stock(self, as_of: date | None = None) -> list[StockRow]:
        """What the store holds of each supply on a day, derived from the movements, and whether it is enough."""
        return self._measurer.stock(as_of)

    def history_hash(self) -> str:
        """The hash of the history's last entry, in hex."""
        return self._journal.tail_hash()
