"""The register of enterprises and places: which names may be one, and making them one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType
from typing import Any

from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.domain.names import normal_name
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.references import AREA, ENTERPRISE, LABELS, ORG, VILLAGE, Entry
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import likeness, listing
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.ledger.supplies import Supplies
from mingxi_desktop.ledger.undoing import Undoer
from mingxi_desktop.ledger.writing import Pairs, Writer
from mingxi_desktop.storage import entries, links
from mingxi_desktop.storage.neighbours import year_of
from mingxi_desktop.storage.reference_store import MERGED
from mingxi_desktop.storage.store import Store

MERGING: Mapping[str, str] = MappingProxyType({ENTERPRISE: "企业", ORG: "单位"})
"""The lists whose names can be merged, and what the sentences call them."""
_ENDING = re.compile(r"(?:社区居民|回族村民|村民|村|居)(?:委会|委员会)$|街道$|[镇乡]$")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name of a group.  uses: how many records that are not in the trash have it."""

    entry: Entry
    uses: int


@dataclass(frozen=True, slots=True)
class Alike:
    """Names that may be one, the most used first.  reason: why they may be."""

    reason: str
    spellings: tuple[Spelling, ...]


Group = tuple[str, list[Entry]]
"""(why they may be one, the entries)."""


@guarded
class Register:
    """Looks after the names of one ledger file.  supplies: the register of the store."""

    def __init__(self, store: Store, writer: Writer, undoer: Undoer) -> None:
        self._store = store
        self._writer = writer
        self._undoer = undoer
        self.supplies = Supplies(store, writer, undoer)
        self._grouped: dict[tuple[str, bool], tuple[Sequence[Any], list[Group]]] = {}

    def alike(self, listed: str) -> list[Alike]:
        """Groups of names in a list that may be one, the surest first; at most 500."""
        groups = self.groups(listed)
        uses = self.uses([entry for _, found in groups for entry in found])
        return [Alike(reason, _ranked(found, uses)) for reason, found in groups]

    def groups(self, listed: str, *, sure: bool = False) -> list[Group]:
        """The same without uses, kept until the lists change; it must not be changed.

        sure: of names one character apart only long ones that begin and end alike.
        """
        known = self._store.references.all(listed, active_only=False)
        places, townships = self._places(VILLAGE, AREA), self._places(AREA)
        asked = (known, places, self._store.county)
        kept = self._grouped.get((listed, sure))
        # Entries that did not change are the very same objects, so that comparing thousands takes no time.
        if kept is None or kept[0] != asked:
            by_id = {entry.id: entry for entry in known}
            every = likeness.groups(known, places, townships, county=self._store.county, sure=sure)
            found = islice(every, likeness.MOST)
            made = [(reason, [by_id[number] for number in numbers]) for reason, numbers in found]
            kept = self._grouped[listed, sure] = asked, made
        return kept[1]

    def spellings(self, refs: Sequence[str]) -> tuple[Spelling, ...]:
        """The named entries with their uses, the most used first."""
        found = [self._entry(ref) for ref in refs]
        return _ranked(found, self.uses(found))

    def uses(self, found: Sequence[Entry]) -> dict[int, int]:
        """Entry's number → how many records that are not in the trash name it; entries of one list."""
        counted = {entry.ref: 0 for entry in found}
        for pointer in links.pointers(self._store.schema, found[0].list) if found else ():
            for ref, number in links.uses(self._store, pointer, list(counted)).items():
                counted[ref] += number
        return {entry.id: counted[entry.ref] for entry in found}

    def save(self, entry: Entry) -> Changes:
        """Store a new or changed entry of a reference list; one that is renamed is known by its old name too."""
        entry = _known_as_before(self._store.references.get(entry.ref), entry)
        entry = listing.checked(self._store.references, entry)
        with self._writer.change(f"登记 {entry.name}"):
            self._store.references.save(entry)
            self._writer.rows.titles.clear()
        return Changes(f"登记 {entry.name}", lists=(entry.list,))

    def merge(self, kept: str, gone: Sequence[str]) -> Changes:
        """One entry takes the place of others in all records, also those in the trash; their names become aliases.

        UserError where the entries cannot be one.  Undo brings the entries and the references back.
        """
        keep = self._entry(kept)
        names = "、".join(self._entry(ref).name for ref in dict.fromkeys(gone) if ref != kept)
        sentence = f"合并{MERGING.get(keep.list, '')}名称 {keep.name}←{names}"
        with self._writer.change(sentence) as change_set:
            changes = self.merged(kept, gone, change_set)
        self._undoer.note(change_set, sentence)
        return replace(changes, sentence=sentence)

    def merged(self, kept: str, gone: Sequence[str], change_set: int) -> Changes:
        """The same inside a change."""
        keep = self._entry(kept)
        others = [self._entry(ref) for ref in dict.fromkeys(gone) if ref != kept]
        _check(keep, others)
        folded = [
            replace(entry, active=False, extra={**entry.extra, MERGED: str(keep.id)}) for entry in others
        ]
        self._revise([*folded, _grown(keep, others)], change_set)
        changed = self._point_to(keep, others, change_set)
        return Changes("", changed=tuple(changed), lists=(keep.list,))

    def keep_apart(self, refs: Sequence[str]) -> Changes:
        """Remember that these names are not one, so that they are not offered again."""
        found = [self._entry(ref) for ref in dict.fromkeys(refs)]
        sentence = f"登记不是同一家 {'、'.join(entry.name for entry in found)}"
        with self._writer.change(sentence) as change_set:
            self._revise(said_apart(found), change_set)
        self._undoer.note(change_set, sentence)
        return Changes(sentence, lists=(found[0].list,))

    def _entry(self, ref: str) -> Entry:
        entry = self._store.references.get(ref)
        if entry is None or MERGED in entry.extra:
            raise UserError(
                "这个名称已经不在名单里了，没有合并", entry.name if entry else "", "重新查找后再试。"
            )
        return entry

    def _revise(self, revised: Sequence[Entry], change_set: int) -> None:
        entries.revise(self._store, self._writer.journal, revised, change_set)

    def _point_to(self, keep: Entry, others: Sequence[Entry], change_set: int) -> Pairs:
        """Inside a change: whatever points to the others points to the one kept."""
        gone = {entry.ref for entry in others}
        changed: Pairs = []
        fields: dict[str, list[links.Pointer]] = {}
        for pointer in links.pointers(self._store.schema, keep.list):
            fields.setdefault(pointer.kind.name, []).append(pointer)
        for pointers in fields.values():
            kind = pointers[0].kind
            found = {
                number for pointer in pointers for number in links.holders(self._store, pointer, sorted(gone))
            }
            for record in self._writer.rows.each(kind, sorted(found)):
                values = _pointed(kind, record.values, gone, keep.ref)
                self._writer.rows.change(kind, record, year_of(kind, record.values), values, change_set)
                changed.append((kind.name, record.id))
        return changed

    def _places(self, *lists: str) -> tuple[str, ...]:
        """The townships and villages without their endings, by which names differ that look alike."""
        references = self._store.references
        found = {
            _ENDING.sub("", entry.name)
            for listed in lists
            for entry in references.all(listed, active_only=False)
        }
        return tuple(sorted(name for name in found if len(name) > 1))


def _known_as_before(before: Entry | None, entry: Entry) -> Entry:
    """The entry with the name it had among its spellings: indicators name it so, and files will go on to."""
    if before is None or before.list not in LABELS or before.name == entry.name:
        return entry
    name = normal_name(entry.name)
    spellings = {normal_name(other): other for other in (*entry.aliases, before.name)}
    return replace(entry, aliases=tuple(other for key, other in spellings.items() if key != name))


def said_apart(found: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries, each with the word that it is none of the others."""
    numbers = {str(entry.id) for entry in found}
    return tuple(_set_apart(entry, numbers - {str(entry.id)}) for entry in found)


def _pointed(kind: Kind, values: Mapping[str, Any], gone: set[str], kept: str) -> dict[str, Any]:
    """The fields that named one that is gone, naming the one kept; in a list only once."""
    found: dict[str, Any] = {}
    for field in kind.fields:
        value = values.get(field.name)
        if field.type is FieldType.REF and value in gone:
            found[field.name] = kept
        elif field.type is FieldType.MULTI_REF and value and gone.intersection(value):
            found[field.name] = tuple(dict.fromkeys(kept if ref in gone else ref for ref in value))
    return found


def _check(keep: Entry, others: Sequence[Entry]) -> None:
    if not others:
        raise UserError("只选了一个名称，没有合并", keep.name, "至少选两个名称。")
    if keep.list not in MERGING or any(entry.list != keep.list for entry in others):
        raise UserError("这个名单里的名称不能合并", keep.name, "能合并的是企业/场所和单位。")
    codes = {likeness.code(entry) for entry in (keep, *others)} - {""}
    if len(codes) > 1:
        raise UserError(
            "统一社会信用代码不同，是两家企业，没有合并",
            "，".join(f"{entry.name} {entry.code}" for entry in (keep, *others) if entry.code),
            "如果代码登记错了，先在名单里改正再合并。",
        )


def _grown(keep: Entry, others: Sequence[Entry]) -> Entry:
    """The entry kept, with the names and the code of the others."""
    names = [name for entry in others for name in (entry.name, *entry.aliases)]
    aliases = tuple(name for name in dict.fromkeys((*keep.aliases, *names)) if name != keep.name)
    code = keep.code or next((entry.code for entry in others if entry.code), "")
    known = set().union(*(likeness.apart(entry) for entry in others)) - {str(keep.id)}
    return _set_apart(replace(keep, aliases=aliases, code=code), known)


def _set_apart(entry: Entry, numbers: set[str]) -> Entry:
    """The entry, with more that it is said not to be."""
    known = likeness.apart(entry) | numbers
    if not known:
        return entry
    return replace(entry, extra={**entry.extra, likeness.APART: "|".join(sorted(known, key=int))})


def _ranked(found: Sequence[Entry], uses: Mapping[int, int]) -> tuple[Spelling, ...]:
    """The most used first, then the one that was there first."""
    ordered = sorted(found, key=lambda entry: (-uses[entry.id], entry.id))
    return tuple(Spelling(entry, uses[entry.id]) for entry in ordered)
