"""Whose ledger it is: the county by its name, its townships and villages, its bureau."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mingxi_desktop.domain.county import COUNTY, County, area_office
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.domain.references import (
    AREA,
    COUNTY_AREA,
    ORG,
    VILLAGE,
    Entry,
    area_entries,
    county_aliases,
    office_entries,
)
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger.area_list import AreaList
from mingxi_desktop.ledger.guarding import guarded
from mingxi_desktop.ledger.writing import Writer
from mingxi_desktop.storage.store import Store


@dataclass(frozen=True, slots=True)
class AreaChanges:
    """What a list of townships and villages would do to the ledger's own, and to the offices of the townships.

    added: entries that are new.  again: that are there and not in use.  stopped: in use and not in the list.
    """

    added: tuple[Entry, ...]
    again: tuple[Entry, ...]
    stopped: tuple[Entry, ...]


@guarded
class Home:
    """The county of one ledger file."""

    def __init__(self, store: Store, writer: Writer) -> None:
        self._store = store
        self._writer = writer

    @property
    def county(self) -> County:
        """The county that the settings of the ledger name."""
        return self._store.county

    @property
    def bureau(self) -> str:
        """Who prints the reports: the name that was set, else the usual one."""
        return self._store.setting("bureau") or self.county.bureau

    def rename(self, county: County) -> Changes:
        """Another county: 县直 answers to its name, and offices and spellings with the old name have the new one."""
        before = self.county
        sentence = f"县（市、区）改为 {county.name}"
        references = self._store.references
        with self._writer.change(sentence):
            for entry in [*references.all(AREA, active_only=False), *references.all(ORG, active_only=False)]:
                renamed = _renamed(entry, before, county)
                if renamed != entry:
                    references.save(renamed)
            self._writer.rows.titles.clear()
            self._store.set_setting(COUNTY, county.whole)
        return Changes(sentence, lists=(AREA, ORG))

    def compared(self, wanted: AreaList) -> AreaChanges:
        """What taking a list in would do."""
        references = self._store.references
        offices = office_entries(self.county, (name for name, _ in wanted.townships))
        every = [
            *area_entries(self.county, wanted.townships),
            *(Entry(VILLAGE, one.name, code=one.code, parent=one.township) for one in wanted.villages),
            *offices,
        ]
        known = {
            _key(entry): entry
            for listed in (AREA, VILLAGE, ORG)
            for entry in references.all(listed, active_only=False)
        }
        added = tuple(entry for entry in every if _key(entry) not in known)
        there = [known[_key(entry)] for entry in every if _key(entry) in known]
        kept = {entry.id for entry in there}
        gone = {entry.name for entry in references.all(AREA) if entry.id not in kept} - {COUNTY_AREA}
        gone_offices = {area_office(name) for name in gone}
        stopped = tuple(
            entry
            for entry in known.values()
            if entry.active
            and entry.id not in kept
            and entry.name != COUNTY_AREA
            and (entry.list != ORG or entry.name in gone_offices)
        )
        return AreaChanges(added, tuple(entry for entry in there if not entry.active), stopped)

    def take_in(self, wanted: AreaList, *, only: bool = False) -> Changes:
        """Add the townships and villages of a list; only: no others are offered for new records from now on.

        UserError where the list has faults; records and what they point to stay as they are.
        """
        if wanted.faults:
            raise UserError("名单里有读不懂的行，没有存", "；".join(wanted.faults[:3]), "改好再来一次。")
        found = self.compared(wanted)
        sentence = f"登记 {len(wanted.townships)} 个乡镇、{len(wanted.villages)} 个村居"
        references = self._store.references
        with self._writer.change(sentence):
            for entry in found.added:
                references.save(entry)
            for entry in found.again:
                references.save(replace(entry, active=True))
            for entry in found.stopped if only else ():
                references.save(replace(entry, active=False))
            self._writer.rows.titles.clear()
        return Changes(sentence, lists=(AREA, VILLAGE, ORG))


def _key(entry: Entry) -> tuple[str, ...]:
    """By what an entry of a list is known for the one that is there: villages of two townships may share a name."""
    return (entry.list, entry.name, entry.parent)


def _renamed(entry: Entry, before: County, now: County) -> Entry:
    """The entry with the new county's name wherever it began with the old one's."""
    if entry.list == AREA and entry.name == COUNTY_AREA:
        gone = county_aliases(before)
        own = [alias for alias in entry.aliases if alias not in gone]
        return replace(entry, aliases=tuple(dict.fromkeys((*own, *county_aliases(now)))))
    name = _begun(entry.name, before.name, now.name)
    aliases = [_begun(alias, before.name, now.name) for alias in entry.aliases]
    if entry.list == ORG:
        aliases = [_begun(alias, before.short, now.short) for alias in aliases]
        if name != entry.name:
            aliases = [_begun(alias, before.level, now.level) for alias in aliases]
    return replace(entry, name=name, aliases=tuple(dict.fromkeys(aliases)))


def _begun(text: str, before: str, now: str) -> str:
    return now + text.removeprefix(before) if text.startswith(before) else text
