"""Carrying out a cure: its steps in one change set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger.checks.check import Children, Cure, Edit, Entries, Names, Step, Trash
from mingxi_desktop.ledger.register import Register
from mingxi_desktop.ledger.writing import Writer, together
from mingxi_desktop.storage import entries


def carry_out(writer: Writer, register: Register, cure: Cure) -> tuple[Changes, int]:
    """All steps in order, or none; (changes, change set).  UserError where a record refuses its new values."""
    with writer.change(cure.sentence) as change_set:
        done = [_done(writer, register, step, change_set) for step in cure.steps]
    return replace(together(Changes(cure.sentence), *done), fields=()), change_set


def _done(writer: Writer, register: Register, step: Step, change_set: int) -> Changes:
    match step:
        case Edit(kind, values):
            return _edited(writer, writer.store.schema.kinds[kind], values, change_set)
        case Trash(kind, ids):
            declared = writer.store.schema.kinds[kind]
            gone = writer.put_away(declared, writer.alive(declared, ids), change_set)
            return Changes("", removed=tuple(gone))
        case Children(kind, number, rows):
            total = Changes("")
            for name, items in rows.items():
                child = writer.store.schema.kinds[name]
                done = writer.put_children(writer.store.schema.kinds[kind], number, child, items, change_set)
                total = together(total, done)
            return total
        case Names(kept, gone):
            return register.merged(kept, gone, change_set)
        case Entries(revised):
            entries.revise(writer.store, writer.journal, revised, change_set)
            return Changes("", lists=tuple(dict.fromkeys(entry.list for entry in revised)))


def _edited(
    writer: Writer, kind: Kind, values: Mapping[int, Mapping[str, object]], change_set: int
) -> Changes:
    done = [
        writer.update(kind, record, values[record.id], change_set)
        for record in writer.alive(kind, list(values))
    ]
    return together(Changes(""), *done)
