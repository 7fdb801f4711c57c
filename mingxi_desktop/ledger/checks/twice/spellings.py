"""One enterprise (or office) under several spellings: distinct counts count it more than once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mingxi_desktop.domain import alike, kinds
from mingxi_desktop.domain.concerns import Concern, Ref, Severity
from mingxi_desktop.domain.county import County
from mingxi_desktop.domain.references import ENTERPRISE, ORG, Entry
from mingxi_desktop.ledger.checks.check import Check, Cure, Entries, Names, Scope
from mingxi_desktop.ledger.likeness import ONE_APART, SAME_BUT_PLACE, SAME_CORE
from mingxi_desktop.ledger.register import Group, said_apart
from mingxi_desktop.storage.checks.spellings import Used, records, used

CODE = "enterprise_spellings"
_MOST = 200
_NAMED = 4
_LONG = 6
_TELLING_CORE = 4
"""So long a name says which enterprise is meant even without the place before it."""
_CALLED: Mapping[str, tuple[str, str, str]] = {
    ENTERPRISE: ("同一家企业", "企业数会多算", "家"),
    ORG: ("同一个单位", "单位数会多算", "个"),
}


def _find(scope: Scope) -> Iterator[Concern]:
    for listed in (ENTERPRISE, ORG):
        groups = scope.ledger.register.groups(listed, sure=True)
        groups = [group for group in groups if _is_believed(group, scope.store.county)]
        refs = list(dict.fromkeys(entry.ref for _, found in groups for entry in found))
        uses = used(scope.store, listed, refs, scope.year)
        for reason, found in groups:
            there = [entry for entry in found if entry.ref in uses]
            if reason == SAME_BUT_PLACE or (reason == ONE_APART and _is_short(there, scope.store.county)):
                there = _in_one_place(there, uses, scope.store.county)
            there.sort(key=lambda entry: (-uses[entry.ref].of_year, -uses[entry.ref].of_others, entry.id))
            if len(there) > 1 and uses[there[0].ref].of_year:
                yield _told(scope, reason, there, uses)


def _is_believed(group: Group, county: County) -> bool:
    """Whether a clerk would take the names for one: 三明宾馆 is not 明溪宾馆, nor the city's office the county's."""
    reason, found = group
    if reason != SAME_CORE:
        return True
    short = len(alike.core(found[0].name, county.places)) < _TELLING_CORE or found[0].list == ORG
    return not short or len({_level(entry.name, county) for entry in found} - {""}) < 2


def _level(name: str, county: County) -> str:
    """Whose name stands before it: the county's, the city's, the province's or none."""
    return next((place for place in county.shorts if place in name), "")


def _in_one_place(there: Sequence[Entry], uses: Mapping[str, Used], county: County) -> list[Entry]:
    """The shortest name, and of the others those that the same areas use."""
    first = min(there, key=lambda entry: len(alike.core(entry.name, county.places)), default=None)
    areas = uses[first.ref].areas if first is not None else set()
    return [entry for entry in there if entry is first or areas & uses[entry.ref].areas]


def _is_short(there: Sequence[Entry], county: County) -> bool:
    """Whether such names may well differ in one character and be two."""
    return min((len(alike.core(entry.name, county.places)) for entry in there), default=0) < _LONG


def _told(scope: Scope, reason: str, there: Sequence[Entry], uses: Mapping[str, Used]) -> Concern:
    same, more, word = _CALLED[there[0].list]
    named = "、".join(f"“{entry.name}”{_times(scope, uses[entry.ref])}" for entry in there[:_NAMED])
    others = f"等{len(there)}种" if len(there) > _NAMED else ""
    of_year = [entry for entry in there if uses[entry.ref].of_year]
    effect = (
        f"{more}{len(of_year) - 1}{word}"
        if len(of_year) > 1
        else f"和往年一起算时{more}{len(there) - 1}{word}"
    )
    return Concern(
        CODE,
        Severity.WARNING,
        f"{named}{others}像是{same}的不同写法（{reason}），{effect}",
        tuple(_records(scope, of_year)),
        "+".join(sorted(entry.ref for entry in there)),
        tuple(f"{entry.name}:{entry.code}" for entry in there),
    )


def _times(scope: Scope, one: Used) -> str:
    return f"（{scope.year}年{one.of_year}条）" if one.of_year else f"（往年{one.of_others}条）"


def _records(scope: Scope, of_year: Sequence[Entry]) -> list[Ref]:
    """Those of the rarest spelling first, and of each at least some."""
    found: list[Ref] = []
    share = max(1, _MOST // len(of_year))
    for entry in reversed(of_year):
        found += records(scope.store, entry.list, entry.ref, scope.year, share)
    return list(dict.fromkeys(found))[:_MOST]


def _cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    entries = [entry for ref in concern.subject.split("+") if (entry := scope.store.references.get(ref))]
    if len(entries) < 2:
        return ()
    uses = used(scope.store, entries[0].list, [entry.ref for entry in entries], scope.year)
    entries.sort(
        key=lambda entry: (not entry.code, -uses.get(entry.ref, Used()).times, -len(entry.name), entry.id)
    )
    kept, *gone = entries
    names = "".join(f"“{entry.name}”" for entry in gone)
    apart = "".join(f"“{entry.name}”" for entry in entries)
    merged = f"把{names}并入“{kept.name}”，以后哪种写法都认作这一家"
    return (
        Cure(f"合并为“{kept.name}”", merged, (_merged(kept, gone),)),
        Cure("不是同一家", f"记下{apart}不是同一家，以后不再提示", (Entries(said_apart(entries)),)),
    )


def _merged(kept: Entry, gone: Sequence[Entry]) -> Names:
    return Names(kept.ref, tuple(entry.ref for entry in gone))


CHECK = Check(
    CODE,
    "同一家企业有几种写法",
    "同一家企业写成几个名称，按名称去重时会多算；合并以后，各种写法都认作同一家。",
    kinds.names(),
    _find,
    _cures,
)
