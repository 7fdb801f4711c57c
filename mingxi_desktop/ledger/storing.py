"""Storing an import: all its records in one transaction, one batch, one undo step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mingxi_desktop.domain.fields import Finding, Kind
from mingxi_desktop.domain.records import BatchFile, Changes, IncomingRow
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.writing import Pairs, Writer
from mingxi_desktop.storage.batches import Batches
from mingxi_desktop.storage.neighbours import check_set, year_of


def store(
    writer: Writer, batches: Batches, rows: Sequence[IncomingRow], files: Sequence[BatchFile], sentence: str
) -> tuple[Changes, int]:
    """Store the rows and their children; (changes with the batch's id, change set).

    UserError naming sheet and row when one is refused; then nothing is stored.
    """
    added: Pairs = []
    findings: list[Finding] = []
    lists: dict[str, None] = {}
    with writer.change(sentence) as change_set, writer.checker.importing() as twins:
        batch = batches.open(sentence, files, len(rows), change_set)
        for group in _runs(rows):
            kind = writer.store.schema.kinds[group[0].kind]
            ready: list[tuple[int, dict[str, Any]]] = []
            for row in group:
                full, said, grown = _settled(writer, kind, _with_source(row), row)
                findings += said
                lists |= dict.fromkeys(grown)
                twins.note(kind, full)
                ready.append((year_of(kind, full), full))
            ids = writer.rows.insert_many(kind, ready, change_set, batch)
            added += [(kind.name, number) for number in ids]
            for number, row in zip(ids, group, strict=True):
                added += _children(writer, kind, number, row, change_set, batch)
    changes = Changes(sentence, added=tuple(added), findings=tuple(findings), lists=tuple(lists), batch=batch)
    return changes, change_set


def _runs(rows: Sequence[IncomingRow]) -> list[list[IncomingRow]]:
    """Rows of one kind that follow each other, so that they are written together.

    Kinds whose records are checked against each other go one by one.
    """
    runs: list[list[IncomingRow]] = []
    alone = {"response", "response_step", "hazard_step", "fund", "response_tally"}
    for row in rows:
        if runs and runs[-1][0].kind == row.kind and row.kind not in alone and len(runs[-1]) < 2_000:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _settled(
    writer: Writer, kind: Kind, values: Mapping[str, Any], row: IncomingRow
) -> tuple[dict[str, Any], list[Finding], tuple[str, ...]]:
    try:
        return writer.settled(kind, values, importing=True)
    except UserError as error:
        where = f"{row.sheet} 第{row.row}行，{error.detail}" if row.row else error.detail
        raise UserError(error.title, where, error.hint, field=error.field) from error


def _with_source(row: IncomingRow) -> Mapping[str, Any]:
    if row.values.get("source_ref") or not row.sheet:
        return row.values
    return {**row.values, "source_ref": f"{row.sheet} · 第{row.row}行" if row.row else row.sheet}


def _children(
    writer: Writer, kind: Kind, number: int, row: IncomingRow, change_set: int, batch: int
) -> Pairs:
    added: Pairs = []
    source = _with_source(row).get("source_ref")
    for name, items in row.children.items():
        child_kind = writer.store.schema.kinds[name]
        for item in items:
            values = {"source_ref": source, **item, child_kind.parent: f"{kind.name}:{number}"}
            added += writer.insert(child_kind, values, change_set, batch, importing=True, in_set=True)[3]
        wrong = check_set(writer.store, child_kind, number)
        if wrong:
            raise UserError(
                wrong[0].message, f"{row.sheet} 第{row.row}行的{child_kind.label}", "改正后再导入。"
            )
    return added
