"""Storing an import: all its records in one transaction, one batch, one undo step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from mingxi_desktop.domain.concerns import Ref
from mingxi_desktop.domain.fields import Finding, Kind
from mingxi_desktop.domain.records import BatchFile, Changes, Child, IncomingRow, Record
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.collecting import no_collecting
from mingxi_desktop.ledger.intake.forms import given, home, of_values
from mingxi_desktop.ledger.settling import RefusedRow
from mingxi_desktop.ledger.writing import Pairs, Writer
from mingxi_desktop.storage.batches import Batches
from mingxi_desktop.storage.filling import filling
from mingxi_desktop.storage.neighbours import check_set
from mingxi_desktop.storage.twins import Twins

_RUN = 10_000
"""Rows written together: what several of them say is treated once."""
_ALONE = frozenset({"response", "response_step", "hazard_step", "fund", "response_tally"})
"""Kinds whose records are checked against each other go one by one."""


class Arriving(list[IncomingRow]):
    """Rows whose sender wants to know which records they became, while that can still be taken back.

    stored: called once with record → place of its row in this list (rows of child tables are of the row of
    their record), when all are in the file but not durable yet.  keep: whether they are to stay; if not,
    nothing of it is left, and `store` raises `NotKept`.
    """

    def __init__(
        self, rows: Iterable[IncomingRow], stored: Callable[[Mapping[Ref, int]], object], *, keep: bool = True
    ) -> None:
        super().__init__(rows)
        self.stored = stored
        self.keep = keep


class NotKept(Exception):  # noqa: N818 - what was asked for, not an error
    """The rows were stored on trial only."""


def store(
    writer: Writer, batches: Batches, rows: Sequence[IncomingRow], files: Sequence[BatchFile], sentence: str
) -> tuple[Changes, int]:
    """Store the rows and their children; (changes with the batch's id, change set).

    rows: told what they became if they are `Arriving`.  UserError naming sheet and row when one is refused;
    then nothing is stored.
    """
    with no_collecting(), writer.change(sentence) as change_set, writer.settler.importing() as twins:
        batch = batches.open(sentence, files, len(rows), change_set)
        for name in dict.fromkeys(row.kind for row in rows):
            coming = [row.values for row in rows if row.kind == name]
            writer.settler.expect(twins, writer.store.schema.kinds[name], coming)
        import_ = _Import(writer, twins, change_set, batch)
        for kind_name, groups in groupby(_runs(rows), key=lambda group: group[0].kind):
            import_.take(writer.store.schema.kinds[kind_name], list(groups))
        if isinstance(rows, Arriving):
            rows.stored(import_.came)
            if not rows.keep:
                # Whatever was remembered of the file until its next change must not outlive the trial.
                writer.journal.rename(change_set, sentence)
                raise NotKept
    return import_.changes(sentence), change_set


@dataclass(slots=True)
class _Import:
    """What is stored and has been so far.

    taken: how many rows.  came: record → place of its row.
    """

    writer: Writer
    twins: Twins
    change_set: int
    batch: int
    added: Pairs = field(default_factory=list)
    changed: Pairs = field(default_factory=list)
    removed: Pairs = field(default_factory=list)
    fields: dict[str, None] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    lists: dict[str, None] = field(default_factory=dict)
    replaced: set[tuple[str, int]] = field(default_factory=set)
    taken: int = 0
    came: dict[Ref, int] = field(default_factory=dict)

    def changes(self, sentence: str) -> Changes:
        """All of it."""
        return Changes(
            sentence,
            tuple(self.added),
            tuple(dict.fromkeys(self.changed)),
            tuple(self.removed),
            tuple(self.fields),
            tuple(self.findings),
            tuple(self.lists),
            self.batch,
        )

    def take(self, kind: Kind, groups: Sequence[Sequence[IncomingRow]]) -> None:
        """Rows of one kind that follow each other; many at once where nothing asks their table meanwhile."""
        asked = kind.name in _ALONE or any(
            row.replaces or any(row.children.values()) for group in groups for row in group
        )
        schema, number = self.writer.store.schema, sum(map(len, groups))
        with nullcontext() if asked else filling(schema, kind, number):
            for group in groups:
                if group[0].replaces:
                    self.replace(kind, group)
                else:
                    self.add(kind, group)

    def add(self, kind: Kind, group: Sequence[IncomingRow]) -> None:
        """New records of one kind."""
        try:
            sources = None if kind.parent else _sources(group)
            values = [row.values for row in group] if sources else list(map(_with_source, group))
            new = self.writer.settler.settled(kind, values, importing=True, noting=True, sources=sources)
        except RefusedRow as refused:
            raise _placed(refused.error, group[refused.place]) from refused
        self.findings += new.findings
        self.lists |= dict.fromkeys(new.lists)
        ids = self.writer.rows.insert_all(kind, new.years, new.records, self.change_set, self.batch)
        refs = [(kind.name, number) for number in ids]
        self.added += refs
        self.came.update(zip(refs, range(self.taken, self.taken + len(refs)), strict=True))
        if any(row.children for row in group):
            for number, row in zip(ids, group, strict=True):
                self._add_children(kind, number, row)
                self.taken += 1
        else:
            self.taken += len(group)

    def _add_children(self, kind: Kind, number: int, row: IncomingRow) -> None:
        source = _with_source(row).get("source_ref")
        for name, items in row.children.items():
            child_kind = self.writer.store.schema.kinds[name]
            for item in items:
                values = {"source_ref": source, **item, child_kind.parent: f"{kind.name}:{number}"}
                with _at(row, child_kind):
                    done = self.writer.insert(
                        child_kind, values, self.change_set, self.batch, importing=True, in_set=True
                    )
                self.added += done[3]
                self.came |= dict.fromkeys(done[3], self.taken)
            wrong = check_set(self.writer.store, child_kind, number)
            if wrong:
                where = f"{row.sheet} 第{row.row}行的{child_kind.label}"
                raise UserError(wrong[0].message, where, "改正后再导入。")

    def replace(self, kind: Kind, group: Sequence[IncomingRow]) -> None:
        """Records that get what their rows say."""
        with _at(group[0]):
            records = self.writer.alive(kind, [row.replaces for row in group])
        by_id = {record.id: record for record in records}
        for row in group:
            if (kind.name, row.replaces) in self.replaced:
                where = f"{row.sheet} 第{row.row}行，{kind.label} #{row.replaces}"
                raise UserError("有两行要替换同一条记录，没有导入", where, "只选其中一行替换，再导入。")
            self.replaced.add((kind.name, row.replaces))
            with _at(row):
                self._replace(kind, by_id[row.replaces], row)
            self.taken += 1

    def _replace(self, kind: Kind, record: Record, row: IncomingRow) -> None:
        values = home(kind, given(kind, _with_source(row)), record)
        done = self.writer.update(kind, record, values, self.change_set, importing=True)
        self._note(done)
        self.came[kind.name, record.id] = self.taken
        self.fields |= dict.fromkeys(done.fields)
        for name, items in row.children.items():
            if items:
                child_kind = self.writer.store.schema.kinds[name]
                there = self.writer.rows.children(kind, [record.id])[name]
                source = {"source_ref": values["source_ref"]} if values.get("source_ref") else {}
                children = _matched(child_kind, [{**source, **item} for item in items], there)
                self._note(
                    self.writer.put_children(
                        kind, record.id, child_kind, children, self.change_set, self.batch
                    )
                )
        if done.changed:
            self.twins.changed(kind, record, self.writer.record(kind, record.id).values)

    def _note(self, done: Changes) -> None:
        self.added += done.added
        self.came |= dict.fromkeys((*done.added, *done.changed), self.taken)
        self.changed += done.changed
        self.removed += done.removed
        self.findings += done.findings
        self.lists |= dict.fromkeys(done.lists)


def _runs(rows: Sequence[IncomingRow]) -> list[list[IncomingRow]]:
    """Rows of one kind that follow each other, so that they are written together."""
    runs: list[list[IncomingRow]] = []
    for row in rows:
        last = runs[-1] if runs else None
        if (
            last is not None
            and last[-1].kind == row.kind
            and bool(last[-1].replaces) == bool(row.replaces)
            and row.kind not in _ALONE
            and len(last) < _RUN
        ):
            last.append(row)
        else:
            runs.append([row])
    return runs


def _matched(kind: Kind, items: Sequence[Mapping[str, Any]], there: Sequence[Record]) -> list[Child]:
    """The rows of a child table as they are to be; a row with the key of one that is there changes that one."""
    names = [name for name in kind.key if name != kind.parent and not kind.field(name).inherited]
    forms = [(name, of_values(kind.field(name))) for name in names]
    known: dict[Any, list[int]] = {}
    by_id = {record.id: record for record in there}
    for record in reversed(there):
        known.setdefault(tuple(form(record.values.get(name)) for name, form in forms), []).append(record.id)
    children = []
    for item in items:
        same = known.get(tuple(form(item.get(name)) for name, form in forms))
        number = same.pop() if same else None
        values = item if number is None else home(kind, given(kind, item), by_id[number])
        children.append(Child(values, number))
    return children


@contextmanager
def _at(row: IncomingRow, child: Kind | None = None) -> Iterator[None]:
    """A refusal says which row of which sheet was refused."""
    try:
        yield
    except UserError as error:
        raise _placed(error, row, child) from error


def _placed(error: UserError, row: IncomingRow, child: Kind | None = None) -> UserError:
    place = f"{row.sheet} 第{row.row}行" + (f"的{child.label}" if child else "")
    parts = [place, error.detail] if row.row else [error.detail]
    return UserError(error.title, "，".join(filter(None, parts)), error.hint, field=error.field)


def _sources(group: Sequence[IncomingRow]) -> list[str | None] | None:
    """Where each of the rows comes from; None where one of them says so itself."""
    if any("source_ref" in row.values for row in group):
        return None
    return [row.source or None for row in group]


def _with_source(row: IncomingRow) -> Mapping[str, Any]:
    if row.values.get("source_ref") or not row.sheet:
        return row.values
    return {**row.values, "source_ref": row.source}
