"""Attaching files to records (佐证材料) and taking them off again: one transaction and history entry each."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from mingxi_desktop.domain.fields import Field, Finding, Kind
from mingxi_desktop.domain.records import Attachment, Changes, Record
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.writing.files import finished
from mingxi_desktop.ledger import filing
from mingxi_desktop.ledger.filing import Copy
from mingxi_desktop.ledger.writing import Writer
from mingxi_desktop.storage.attachments import AttachedRow
from mingxi_desktop.storage.neighbours import year_of
from mingxi_desktop.storage.schema import files_field

SAME_CONTENT = "I_SAME_CONTENT"
"""Code of the findings about files whose content is there already."""
_MOST_SHOWN = 20
_MOST_NAMED = 3
_CHECK = "用【工具 → 检查数据完整性】看看还缺哪些；找到原来的文件，重新添加就能补回。"


class Attacher:
    """The attachments of the records of one ledger."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._rows = writer.rows.attachments
        self._ledger = writer.store.path

    def of(self, kind: Kind, number: int) -> list[Attachment]:
        """What is attached to a record, in the order of attaching; UserError when there is no such record."""
        self._writer.record(kind, number)
        return [self._attachment(row) for row in self._rows.of(kind.name, [number]).get(number, [])]

    def examine(self, paths: Sequence[Path]) -> list[str]:
        """The names these files would be attached under; UserError for the first that cannot be."""
        return [filing.examine(path, self._ledger) for path in paths]

    def attach(self, kind: Kind, number: int, paths: Sequence[Path]) -> tuple[Changes, int]:
        """Copy files into the attachment folder and note them at the record: all of them or none.

        What the record has already is passed over; a copy that went missing is put back that way. Findings
        of the changes say what was passed over, and which other records have the same content.
        """
        record, field = self._alive(kind, number)
        names = self.examine(paths)
        copies = [filing.put_in(path, self._ledger) for path in paths]
        fresh, back, passed = self._new(kind, number, names, copies)
        added = [*back, *(name for name, _ in fresh)]
        if not added:
            replaced = [name for name, copy in zip(names, copies, strict=True) if copy.new]
            return self._nothing_new(kind, record, replaced)
        sentence = f"添加佐证材料 {_listed(added)}（{self._titled(kind, record)}）"
        with self._writer.change(sentence) as change_set:
            for name, copy in fresh:
                self._rows.add(kind.name, number, name, copy.sha256, copy.size)
            ever = self._rows.ever(kind.name, number)
            kept = tuple(row.name for row in ever if not row.removed or row.name in back)
            self._set(kind, record, field, kept, change_set)
        messages = (*passed, *self._elsewhere(kind, number, copies))
        told = tuple(Finding(field.name, message, "info", SAME_CONTENT) for message in messages)
        changed = ((kind.name, number),)
        return Changes(sentence, changed=changed, fields=(field.name,), findings=told), change_set

    def _elsewhere(self, kind: Kind, number: int, copies: Sequence[Copy]) -> Iterator[str]:
        """Other records that show the same picture or paper as evidence."""
        digests = list(dict.fromkeys(copy.sha256 for copy in copies))
        kinds, rows = self._writer.store.schema.kinds, self._writer.rows
        told = 0
        for row in self._rows.same(digests):
            other = kinds.get(row.kind)
            own = (row.kind, row.record) == (kind.name, number)
            if other is None or own or told == _MOST_NAMED or rows.trashed(other, [row.record]):
                continue
            told += 1
            title = rows.titles.name(f"{row.kind}:{row.record}")
            yield f"“{row.name}”也附在{other.label} {title} 上，请核对是不是放错了记录"

    def _new(
        self, kind: Kind, number: int, names: Sequence[str], copies: Sequence[Copy]
    ) -> tuple[list[tuple[str, Copy]], list[str], list[str]]:
        """What of these the record has not got: (names with copies to note, names taken off before).

        And a sentence on each that it has already.
        """
        ever = self._rows.ever(kind.name, number)
        there = {self._place(row): row.name for row in ever if not row.removed}
        off = {(row.name, self._place(row)) for row in ever if row.removed}
        taken = {row.name for row in ever}
        fresh: list[tuple[str, Copy]] = []
        back: list[str] = []
        passed: list[str] = []
        for name, copy in zip(names, copies, strict=True):
            if copy.place in there:
                kept = there[copy.place]
                same = "这条记录里已经有了" if kept == name else f"和“{kept}”内容相同"
                passed.append(f"“{name}”{same}，没有重复添加")
                continue
            there[copy.place] = name
            if (name, copy.place) in off:
                back.append(name)
            else:
                fresh.append((free_name(name, taken), copy))
                taken.add(fresh[-1][0])
        return fresh, back, passed

    def detach(self, kind: Kind, number: int, attachment: int) -> tuple[Changes, int]:
        """Take a file off a record.  The copy stays: the history, the trash and undo need it."""
        record, field = self._alive(kind, number)
        rows = self._rows.of(kind.name, [number]).get(number, [])
        gone = next((row for row in rows if row.id == attachment), None)
        if gone is None:
            raise UserError(
                "这个佐证材料已经不在这条记录里了", self._titled(kind, record), "重新打开这条记录看看。"
            )
        sentence = f"移除佐证材料 {gone.name}（{self._titled(kind, record)}）"
        with self._writer.change(sentence) as change_set:
            names = tuple(row.name for row in rows if row is not gone)
            self._set(kind, record, field, names, change_set)
        return Changes(sentence, changed=((kind.name, number),), fields=(field.name,)), change_set

    def to_open(self, kind: Kind, number: int, name: str) -> Path:
        """The copy behind a name, fit to be handed to the PC's program; UserError when it is not."""
        row = next(
            (row for row in self._rows.of(kind.name, [number]).get(number, []) if row.name == name), None
        )
        if row is None:
            raise UserError(f"“{name}”已经不在这条记录里了", "", "重新打开这条记录看看。")
        place = self._place(row)
        if not place.is_file():
            raise UserError(f"佐证材料“{name}”不见了", f"应在：{place}", _CHECK)
        inside = place.resolve().is_relative_to(filing.folder_of(self._ledger).resolve())
        if not inside or filing.suffix_of(name) in filing.PROGRAMS:
            raise UserError(
                f"“{name}”不是本程序存的佐证材料，没有打开", f"文件：{place}", "请让维护人员看看。"
            )
        return place

    def problems(self) -> list[str]:
        """Copies that are missing or changed, as Chinese sentences.  Reads every copy."""
        found: list[str] = []
        known: dict[Path, str] = {}
        for row in self._rows.all():
            try:
                place = self._place(row)
            except UserError as error:
                found.append(error.title)
                continue
            if place not in known:
                known[place] = filing.fault_of(place, row.sha256)
            if known[place]:
                kind = self._writer.store.schema.kinds.get(row.kind)
                whose = f"{kind.label if kind else row.kind} #{row.record}"
                where = place.relative_to(self._ledger.parent).as_posix()
                found.append(f"{whose} 的佐证材料“{row.name}”{known[place]}：{where}")
        hidden = len(found) - _MOST_SHOWN
        return found if hidden <= 0 else [*found[:_MOST_SHOWN], f"另有{hidden}个佐证材料有类似问题"]

    def _set(self, kind: Kind, record: Record, field: Field, names: tuple[str, ...], change_set: int) -> None:
        year = year_of(kind, record.values)
        self._writer.rows.change(kind, record, year, {field.name: names}, change_set)

    def _nothing_new(self, kind: Kind, record: Record, replaced: list[str]) -> tuple[Changes, int]:
        if not replaced:
            raise UserError(
                "这些文件这条记录里都有了，没有再添加",
                self._titled(kind, record),
                "要换新的，请选另外的文件。",
            )
        return Changes(f"补回佐证材料 {_listed(replaced)}（{self._titled(kind, record)}）"), 0

    def _alive(self, kind: Kind, number: int) -> tuple[Record, Field]:
        field = files_field(kind)
        if field is None:
            raise UserError(f"{kind.label}没有佐证材料", "", "请加到所属的记录里。")
        return self._writer.alive(kind, [number])[0], field

    def _titled(self, kind: Kind, record: Record) -> str:
        return f"{kind.label} {self._writer.rows.title(kind, record)}"

    def _place(self, row: AttachedRow) -> Path:
        return filing.place_of(self._ledger, row.sha256, row.name)

    def _attachment(self, row: AttachedRow) -> Attachment:
        return Attachment(row.id, row.name, row.size, row.at, row.sha256, self._place(row))


def save_as(source: Path, target: Path) -> None:
    """Write a copy of an attachment somewhere else; UserError leaves what was there before."""
    with finished(target) as part:
        shutil.copyfile(source, part)


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, with a number where the record has such a name already."""
    found, number = name, 1
    path = Path(name)
    while found in taken:
        number += 1
        found = f"{path.stem} ({number}){path.suffix}"
    return found


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} 等{len(names)}个"
