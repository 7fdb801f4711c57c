"""The least that an import into a ledger can be: this one workbook, by a program that knows it beforehand.

Nothing is recognised: which column is which, what its cells look like and what holds for all rows is written here.
What is kept of the promises is what the file itself shows afterwards: guarded reading in a process of its own, ids of
lists, codes, search texts, states, history, marks, indexes, the seal; and the checks of the benchmark's base.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.bench.sheets import FIELDS, HEADERS, LEVELS, TOWNS

_YEAR, _RUN = 2024, 10_000
_SHEET, _FIRST = "隐患", 2
_DAY, _TOWN, _PLACE, _SAID, _LEVEL, _FIELD, _FOUND, _DONE, _OWNER, _DUE = range(1, 11)


def bare(book: Path, folder: Path) -> None:
    """The workbook into a new ledger, columns at a time."""
    from mingxi_desktop.domain.records import BatchFile
    from mingxi_desktop.exchange.reading.child import ReadingProcess
    from mingxi_desktop.exchange.reading.read import read_sheets
    from mingxi_desktop.ledger import Ledger
    from mingxi_desktop.ledger.collecting import no_collecting
    from mingxi_desktop.storage.batches import Batches
    from mingxi_desktop.storage.filling import filling

    path = folder / "bare.mxdb"
    path.unlink(missing_ok=True)
    data = book.read_bytes()
    with no_collecting(), Ledger.create(path) as ledger:
        with ReadingProcess() as process:
            [sheet] = read_sheets(data, process)
        rows = sheet.rows[1:]
        columns = list(zip(*rows, strict=True))[: len(HEADERS)]
        _check(columns)
        writer = ledger._writer
        kind = writer.store.schema.kinds["hazard"]
        sentence = f"导入 隐患 {len(rows)} 条（{book.name}）"
        with writer.change(sentence) as change_set:
            sha256 = hashlib.sha256(data).hexdigest()
            file = BatchFile(book.name, _SHEET, kind.name, len(rows), sha256)
            batch = Batches(writer.store).open(sentence, [file], len(rows), change_set)
            whole = _whole(writer, columns, book.name)
            with filling(writer.store.schema, kind, len(rows)):
                for start in range(0, len(rows), _RUN):
                    _store_run(writer, kind, whole, slice(start, start + _RUN), change_set, batch)


def _check(columns: Sequence[Sequence[Any]]) -> None:
    """What the benchmark's base looks at, a column at a time; duplicates as well."""
    for place in (_DAY, _TOWN, _PLACE, _SAID):
        if None in columns[place] or "" in columns[place]:
            raise SystemExit(f"not complete: {HEADERS[place]}")
    for place in (_DAY, _DUE):
        if not {datetime.date, datetime.datetime}.issuperset(map(type, columns[place])):
            raise SystemExit(f"no dates: {HEADERS[place]}")
    known = {_TOWN: TOWNS, _LEVEL: LEVELS, _FIELD: FIELDS}
    if any(not set(columns[place]) <= set(words) for place, words in known.items()):
        raise SystemExit("unknown word")
    found, done = columns[_FOUND], columns[_DONE]
    if min(found) < 1 or min(done) < 0 or any(more > all_ for more, all_ in zip(done, found, strict=True)):
        raise SystemExit("no number")
    keys = set(zip(columns[_DAY], columns[_TOWN], columns[_PLACE], columns[_SAID], strict=True))
    if len(keys) < len(found):
        raise SystemExit("twice the same")


def _whole(writer: Any, columns: Sequence[Sequence[Any]], book: str) -> dict[str, list[Any]]:
    """By field the values of all records, each different cell turned into one once."""
    references, number = writer.store.references, len(columns[_DAY])

    def each(place: int, make: Any) -> list[Any]:
        made = {cell: make(cell) for cell in dict.fromkeys(columns[place])}
        return list(map(made.__getitem__, columns[place]))

    def day(cell: Any) -> datetime.date:
        return cell.date() if isinstance(cell, datetime.datetime) else cell

    with references.adding():
        places = each(_PLACE, lambda cell: references.find_or_add("enterprise", cell)[0].ref)
    sources = f"{book} · {_SHEET} · 第%d行"
    return {
        "code": [f"{_YEAR}-{at:04d}" for at in range(1, number + 1)],
        "record_date": each(_DAY, day),
        "area": each(_TOWN, lambda cell: references.find("area", cell).ref),
        "place": places,
        "field": list(columns[_FIELD]),
        "description": list(columns[_SAID]),
        "level": list(columns[_LEVEL]),
        "quantity_found": each(_FOUND, int),
        "quantity_rectified": each(_DONE, int),
        "in_total": [True] * number,
        "owner": list(columns[_OWNER]),
        "due_date": each(_DUE, day),
        "supervision": ["无"] * number,
        "granularity": ["逐条"] * number,
        "source_ref": [sources % row for row in range(_FIRST, number + _FIRST)],
    }


def _store_run(
    writer: Any, kind: Any, whole: dict[str, list[Any]], run: slice, change_set: int, batch: int
) -> None:
    from mingxi_desktop.domain.abreast import Abreast

    part = {name: column[run] for name, column in whole.items()}
    number = len(part["code"])
    writer.rows.insert_all(kind, [_YEAR] * number, Abreast(number, part), change_set, batch)
