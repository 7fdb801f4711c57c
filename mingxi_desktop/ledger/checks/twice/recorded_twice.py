"""Trap: the same thing stored twice: typed twice, typed and imported, a file imported again or corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from mingxi_desktop.domain.concerns import Concern, Ref, Severity
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.ledger.checks import saying
from mingxi_desktop.ledger.checks.check import Check, Cure, Scope, Trash
from mingxi_desktop.ledger.checks.twice.merging import one_kept
from mingxi_desktop.ledger.checks.twice.same_words import words
from mingxi_desktop.ledger.checks.twice.sent_again import Pair, corrected, in_common, moved
from mingxi_desktop.ledger.checks.twice.twin_rules import RULES
from mingxi_desktop.ledger.checks.twice.twins_found import TYPED, Group, groups, of_one_document
from mingxi_desktop.storage.checks.origins import Origin, origins_of

CODE = "recorded_twice"
_FILES = "files:"


def find(scope: Scope) -> Sequence[Concern]:
    """A concern for each pair of files that bring the same, and for each single thing that lies there twice."""
    return scope.ledger.remembered.get((CODE, scope.year), lambda: _found(scope))


def told(scope: Scope) -> frozenset[Ref]:
    """The records of files sent twice, so that no other check tells of them one by one."""
    files = (concern for concern in find(scope) if concern.subject.startswith(_FILES))
    return frozenset(ref for concern in files for ref in concern.records)


def together(scope: Scope, kind: str) -> list[frozenset[int]]:
    """The records of one ledger that each concern is about."""
    found = [frozenset(number for name, number in one.records if name == kind) for one in find(scope)]
    return [ids for ids in found if ids]


def cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    """Keep one of them; of two files what one of them brought."""
    kind = scope.store.schema.kinds[concern.records[0][0]]
    ids = [number for name, number in concern.records if name == kind.name]
    if not concern.subject.startswith(_FILES):
        return (one_kept(scope, kind, ids),)
    origins = origins_of(scope.store.schema, kind, ids)
    by_origin: dict[Origin, list[int]] = defaultdict(list)
    for number in ids:
        by_origin[origins.get(number, TYPED)].append(number)
    found = []
    for gone in sorted(by_origin):
        kept = [origin for origin in by_origin if origin != gone]
        lost = tuple(by_origin[gone])
        stays = "、".join(_named(origin) for origin in kept)
        sentence = f"只保留{stays}的{kind.label}，{_named(gone)}的 {len(lost)} 条移入回收站"
        found.append(
            Cure(f"只保留{stays}的（{len(lost)} 条移入回收站）", sentence, (Trash(kind.name, lost),))
        )
    return found


def _found(scope: Scope) -> Sequence[Concern]:
    try:
        return tuple(_find(scope))
    finally:
        words.cache_clear()  # thousands of descriptions, of no use until the records change


def _find(scope: Scope) -> Iterator[Concern]:
    of_sheets: list[Pair] = []
    single: list[Group] = []
    for rule in RULES:
        kind = scope.store.schema.kinds[rule.kind]
        found = list(groups(scope, rule))
        pairs = in_common(scope, kind, found) + moved(scope, rule)
        of_sheets += pairs
        told = {number for pair in pairs for number in pair.ids}
        single += [group for group in found if any(twin.id not in told for twin in group.twins)]
    seen = {frozenset((group.rule.kind, twin.id) for twin in group.twins) for group in single}
    single += [
        group
        for group in of_one_document(scope)
        if frozenset((group.rule.kind, twin.id) for twin in group.twins) not in seen
    ]
    of_sheets += corrected(scope, of_sheets)
    yield from (_of_files(scope, pair) for pair in of_sheets)
    yield from _singles(scope, single)


def _of_files(scope: Scope, pair: Pair) -> Concern:
    first = scope.ledger.records(pair.kind.name, pair.ids[:1])[0]
    where = f"{first.shown.get('area', '')}{first.values['record_date']:%Y年}{first.values['record_date'].month}月"
    counted = [f"{pair.same}条相同"] if pair.same else []
    counted += [f"{pair.other}条{pair.how}"] if pair.other else []
    counted += [f"{pair.reworded}条改写过"] if pair.reworded else []
    what = "、".join(counted) or "是改过的同一份表"
    if pair.earlier.sheet == pair.later.sheet:
        names = f"{_named(pair.earlier)}导入了两次（批次{pair.earlier.batch}、{pair.later.batch}），"
    else:
        names = f"{_named(pair.earlier)}和{_named(pair.later)}"
    message = f"{names}里的{pair.kind.label}（{where}）{what}，像是同一份表报了两次，相加会算两遍"
    records = tuple((pair.kind.name, number) for number in pair.ids)
    sheets = ":".join(f"{origin.batch}:{origin.sheet}" for origin in (pair.earlier, pair.later))
    subject = f"{_FILES}{pair.kind.name}:{sheets}"
    return Concern(CODE, Severity.WARNING, message, records, subject, (pair.same, pair.other, pair.reworded))


def _singles(scope: Scope, found: Sequence[Group]) -> Iterator[Concern]:
    by_kind: dict[str, list[Group]] = defaultdict(list)
    for group in found:
        by_kind[group.rule.kind].append(group)
    for name, alike in by_kind.items():
        kind = scope.store.schema.kinds[name]
        firsts = scope.ledger.records(name, [group.twins[0].id for group in alike])
        shown = {record.id: record.shown for record in firsts}
        for group in alike:
            yield _single(kind, group, shown[group.twins[0].id])


def _single(kind: Kind, group: Group, shown: Mapping[str, str]) -> Concern:
    rule = group.rule
    parts = [_shown(kind, name, shown) for name in rule.same if name not in _SAID]
    parts += [f"“{saying.short(shown[name])}”" for name in rule.texts if shown.get(name)]
    what = "、".join(part for part in parts if part)
    day = saying.day(shown["record_date"]) if shown.get("record_date") else ""
    ids = [twin.id for twin in group.twins]
    where = f"{shown.get('area', '')}{day}的{kind.label}{f'（{what}）' if what else ''}"
    origins = dict.fromkeys(_named(twin.origin) for twin in group.twins)
    source = f"，分别是{'、'.join(origins)}" if len(origins) > 1 else ""
    if group.same:
        message = f"{where}登记了{len(ids)}次（{saying.numbers(ids)}{source}），会算{len(ids)}遍"
    else:
        told = _differing(kind, group)
        which = f"{saying.numbers(ids)}{source}；{told}"
        message = f"{where}有{len(ids)}个数（{which}），像是更正以后又登记了一次，会都算进去"
    records = [(kind.name, number) for number in ids]
    if kind.parent:
        records.append((kind.parent_kind, group.twins[0].values[kind.parent]))
    facts = tuple(str(twin.values.get(name)) for twin in group.twins for name in rule.numbers)
    return Concern(CODE, Severity.WARNING, message, tuple(records), kind.name, facts)


def _shown(kind: Kind, name: str, shown: Mapping[str, str]) -> str:
    text = shown.get(name, "")
    return f"{saying.short(text)}{kind.field(name).unit}" if text else ""


_SAID = frozenset({"record_date", "area", "granularity", "in_total", "movement", "activity", "parent"})


def _differing(kind: Kind, group: Group) -> str:
    name = next(name for name in group.rule.numbers if len({twin.values[name] for twin in group.twins}) > 1)
    return f"{kind.field(name).label}{'、'.join(str(twin.values[name]) for twin in group.twins)}"


def _named(origin: Origin) -> str:
    return f"“{origin.file}”" if origin.file else "手工登记" if origin == TYPED else f"批次{origin.batch}"


CHECK = Check(
    code=CODE,
    label="重复登记",
    about="同一件事、同一份表只算一次：留一条（一份），其余移入回收站。",
    kinds=tuple(rule.kind for rule in RULES),
    find=find,
    cures=cures,
)
