"""What the texts over one column mean for a ledger, before its neighbours are looked at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType
from mingxi_desktop.domain.units import SCALED
from mingxi_desktop.exchange.recognising.layout import Facets, Role
from mingxi_desktop.exchange.recognising.meaning_counts import COUNTING, COUNTS
from mingxi_desktop.exchange.recognising.meaning_facets import completed
from mingxi_desktop.exchange.recognising.meaning_lexicon import (
    LAST,
    MEANINGS,
    Entry,
    Lexicon,
    fits,
    is_unit_key,
)
from mingxi_desktop.exchange.recognising.meaning_steps import step_target
from mingxi_desktop.exchange.recognising.meaning_text import (
    GENERIC,
    GROUP,
    LISTED,
    LONGEST,
    QUALIFIERS,
    Path,
    Text,
    is_total,
    path_of,
    without_earlier,
)
from mingxi_desktop.exchange.recognising.personal import is_personal_header
from mingxi_desktop.exchange.recognising.targets import PARENT_HEADER, UID_HEADER, Target, is_number_header
from mingxi_desktop.exchange.writing.returned_plan import REASON_HEADER

_CHOSEN = (FieldType.CHOICE, FieldType.MULTI, FieldType.BOOL)
_MOST_KNOWN = 20_000
_CONTEXT: Mapping[str, str] = {
    "hazard": "安全生产|安全|生产|事故|隐患|问题|排查|治理|检查|整治|落实|重大",
    "inspection": "安全生产|安全|生产|执法|检查|帮扶|督导|督查|专项|联合|行动|监督",
    "enforcement_case": "行政处罚|行政|处罚|案件|执法|违法|安全生产",
    "response": "应急响应|应急|响应|防汛|预警|抗旱|防台风",
    "response_tally": "防汛|灾害|因灾|全县",
    "meeting": "会议|工作|安全|防汛|学法|培训|调度|会商|述法|本次",
    "disaster_loss": "因灾|灾害|灾情|自然灾害|造成",
    "disaster_event": "灾害|过程|天气",
    "supply_movement": "救灾物资|应急物资|物资|救灾|应急|防汛|储备|装备",
    "fund": "资金|救灾|专项|补助|上级|项目|财政",
    "activity": "应急演练|活动|培训|演练|宣传|应急|安全生产|安全|教育|宣教",
    "rescue_team": "应急救援队伍|应急救援|救援队伍|救援队|队伍|救援|应急",
    "facility": "设施|阵地|避灾点|避难场所|场所|应急|宣教|站点|项目",
    "accident": "生产安全|安全生产|事故|安全|生产|火灾",
}
_ENDINGS: Mapping[str, str] = {
    "number": r"(?:总)?(?:数量|数目|数|总数|合计|总计|总量|情况|统计)",
    "people": r"(?:总)?(?:人数|人次|人员数|数量|数|人口数|人口|总数|情况)",
    "money": r"(?:总)?(?:金额|额|数额|数|合计|总计|情况)",
    "date": r"(?:日期|时间|年月日|年月|日)",
    "long": r"(?:情况|内容|说明|描述|信息|概况|明细|详情)",
    "word": r"(?:情况|名称)",
    "text": r"(?:名称|全称|及名称|姓名)",
}
_JOINTS = re.compile(r"[/、和及与或]")
_COUNTED_BY_WORDS = frozenset({"hazard", "accident", "response_tally"})
"""Ledgers where a number may be named by its word alone: 发现重大隐患, 较大事故."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The meaning of one column.

    rank: LAST for what is not known word for word.  bare: the facet words that the text is nothing but.
    part: it begins with 其中.  total: it says that it sums.  rate: a rate or a comparison, never a field.
    names: fields it may mean, where it has two meanings.
    """

    role: Role = Role.UNKNOWN
    target: Target | None = None
    unit: str = ""
    facets: Facets = ()
    rank: int = LAST
    bare: Facets = ()
    part: bool = False
    total: bool = False
    rate: bool = False
    names: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether nothing at all is known of it."""
        return self.role is Role.UNKNOWN and not (self.bare or self.names or self.total or self.target)

    @property
    def numeric(self) -> bool:
        """Whether it fills a number."""
        return self.target is not None and self.target.field.type in NUMERIC


def read_column(lexicon: Lexicon, parts: tuple[str, ...]) -> Reading:
    """What a column means by its texts from top to bottom; the same texts are looked at once."""
    known = lexicon.known.get(parts)
    if isinstance(known, Reading):
        return known
    if len(lexicon.known) > _MOST_KNOWN:
        lexicon.known.clear()
    found = lexicon.known[parts] = _read(lexicon, parts)
    return found


def _read(lexicon: Lexicon, parts: tuple[str, ...]) -> Reading:
    path = path_of(parts)
    if not path.whole or len(path.whole) > LONGEST:
        return Reading(unit=path.unit)
    fixed = _fixed(path)
    if fixed is not None:
        return replace(fixed, unit=path.unit)
    if path.earlier:
        left = tuple(rest for rest in map(without_earlier, path.keys) if rest)
        texts = tuple(Text(rest, "", "", rest) for rest in left)
        found = _meant(lexicon, Path(texts, path.unit)) if left else Reading()
        return replace(found, role=Role.EARLIER, unit=path.unit)
    found = _meant(lexicon, path)
    if found.role is Role.UNKNOWN and not found.bare and not found.total:
        if path.rate:
            return replace(found, rate=True)
        if any(map(is_personal_header, {path.whole, path.keys[-1]})):
            return replace(found, role=Role.PERSONAL)
    return found


def _fixed(path: Path) -> Reading | None:
    """The columns that are the same in every ledger."""
    for key in {path.keys[-1], path.whole}:
        if is_number_header(key):
            return Reading(Role.NUMBER, rank=0)
        if key == UID_HEADER:
            return Reading(Role.UID, rank=0)
        if key == PARENT_HEADER:
            return Reading(Role.PARENT, rank=0)
        if key == REASON_HEADER:
            return Reading(Role.COMPUTED, rank=0)
    return None


def _meant(lexicon: Lexicon, path: Path) -> Reading:
    """The meaning of a path of texts."""
    base = Reading(unit=path.unit, part=path.part)
    last = path.keys[-1]
    if not path.part and lexicon.kind.name == "response":
        step = step_target(path.whole) or step_target(last)
        if step is not None:
            return replace(base, role=Role.FIELD, target=step, rank=1)
    names = MEANINGS.get(lexicon.kind.name, {})
    for key, rank in path.spellings:
        if key in names:
            return replace(base, names=names[key], rank=LAST, total=is_total(key))
        entry = _exact(lexicon, key, path.unit)
        if entry is not None and (rank < LISTED or entry.target.field.type in _CHOSEN):
            return _taken(lexicon, base, entry, path.whole, entry.rank + rank)
    if path.rate or (is_unit_key(last) and lexicon.kind.name == "supply_movement"):
        return base
    return _composed(lexicon, base, path)


def _exact(lexicon: Lexicon, key: str, unit: str) -> Entry | None:
    """What the ledger knows word for word, with the unit as the text's ending where that tells more."""
    endings = (f"{key}{unit}数", f"{key}{unit}") if unit else ()
    for spelled in (*endings, key):
        entry = lexicon.exact.get(spelled)
        if entry is not None and (spelled != key or _fits(entry.target, unit)):
            return entry
    return None


def _fits(target: Target, unit: str) -> bool:
    if target.second is not None and "/" not in unit:
        return fits(target.field, unit)
    if target.child:
        return target.field.type in NUMERIC or not unit
    base = SCALED.get(unit)
    if base is not None:
        unit = base[1]
    return fits(target.field, unit) if target.second is None else True


def _taken(lexicon: Lexicon, base: Reading, entry: Entry, whole: str, rank: int) -> Reading:
    facets: Facets = ()
    item = entry.target.field
    if item.type in NUMERIC and not entry.target.sets:
        facets = completed(lexicon.kind, lexicon.words.inside(whole, item.name)[0])
    return replace(base, role=entry.role, target=entry.target, facets=facets, rank=rank)


def _composed(lexicon: Lexicon, base: Reading, path: Path) -> Reading:
    """A header put together of known words and of words that change nothing."""
    kept = [key for key in path.kept if key]
    if not kept:
        return replace(base, total=any(map(is_total, path.keys)))
    upper = Path(path.texts[:-1], path.unit)
    if is_total(path.keys[-1]):
        found = _meant(lexicon, upper) if upper.texts else Reading()
        return replace(found, unit=path.unit, total=True, part=base.part)
    if len(kept) > 1 and kept[-1] in kept[-2]:
        return _meant(lexicon, upper)  # 受灾 under 农作物受灾面积
    bare = lexicon.words.bare(kept[-1])
    if bare and len(kept) == 1:
        return replace(base, bare=bare)
    if upper.texts and (bare or not path.kept[-1]):
        worded = _by_word(lexicon, base, upper, bare)
        if worded is not None:
            return worded
    joined = _joined(lexicon, base, path)
    if joined is not None:
        return joined
    for start in range(len(kept)):
        if start and not path.may_stand_alone(len(path.texts) - len(kept) + start):
            continue
        text = "".join(kept[start:])
        known = _counted(lexicon, base, text, path.unit) or _segmented(lexicon, base, text, path.unit)
        if known is not None:
            return known
    return base


def _joined(lexicon: Lexicon, base: Reading, path: Path) -> Reading | None:
    """Several names of one field in one header: 处罚事由/违法行为类型."""
    parts = [part for part in _JOINTS.split(path.whole) if part not in GENERIC]
    found = [_exact(lexicon, part, path.unit) for part in parts]
    names = {entry.target.name if entry else "" for entry in found}
    if len(names) == 1 and found[0] is not None and _JOINTS.search(path.whole):
        return _taken(lexicon, base, found[0], path.whole, LAST)
    return None


def _by_word(lexicon: Lexicon, base: Reading, upper: Path, bare: Facets) -> Reading | None:
    """A number whose lowest text is a facet word, or nothing that changes its meaning."""
    found = _meant(lexicon, upper)
    if found.numeric and found.role is Role.FIELD and found.target:
        if not bare:
            return replace(found, unit=base.unit)
        facets = [pair for pair in bare if found.target.field.name in lexicon.words.numbers[pair[0]]]
        if len(facets) == 1:
            joined = tuple(sorted({**dict(found.facets), **dict(facets)}.items()))
            return replace(found, unit=base.unit, facets=completed(lexicon.kind, joined))
    if not bare:
        return None
    group = found.role is Role.UNKNOWN and all(GROUP.search(key) for key in upper.keys)
    return replace(base, bare=bare if group else ())


def _counted(lexicon: Lexicon, base: Reading, text: str, unit: str) -> Reading | None:
    """A number named by a compound: 排查出安全隐患数."""
    if text in GENERIC:
        return None
    found: list[tuple[Field, Facets]] = []
    for name, pattern in COUNTS.get(lexicon.kind.name, ()):
        item = lexicon.kind.field(name)
        facets, rest = lexicon.words.inside(text, name)
        counts = bool(unit) or base.part or COUNTING.search(text) is not None
        counts = counts or (bool(facets) and lexicon.kind.name in _COUNTED_BY_WORDS)
        named = (
            pattern.fullmatch(text) or (rest and pattern.fullmatch(rest)) or _is_named(lexicon, item, rest)
        )
        if counts and fits(item, unit) and named:
            found.append((item, facets))
    if len(found) != 1:
        return None
    item, facets = found[0]
    return replace(base, role=Role.FIELD, target=Target(item), facets=completed(lexicon.kind, facets))


def _is_named(lexicon: Lexicon, item: Field, rest: str) -> bool:
    entry = lexicon.exact.get(rest)
    return entry is not None and entry.target.field is item and not entry.target.child


def _segmented(lexicon: Lexicon, base: Reading, text: str, unit: str) -> Reading | None:
    """A known header inside words that change nothing; the longest, if it is the only one."""
    longest = 0
    found: dict[str, tuple[Entry, Facets]] = {}
    for start, end in lexicon.cores(text):
        if end - start < longest:
            break
        entry = lexicon.exact[text[start:end]]
        if entry.target.second or not _fits(entry.target, unit):
            continue
        item = entry.target.field
        before, after = text[:start], text[end:]
        facets: Facets = ()
        if item.type in NUMERIC and not entry.target.sets:
            facets, before, after = _without_facets(lexicon, item, before, after)
        if _context(lexicon.kind.name).fullmatch(before) and _ending(item).fullmatch(after):
            longest = end - start
            found[entry.target.name] = entry, facets
    if len(found) != 1:
        return None
    ((entry, facets),) = found.values()
    facets = completed(lexicon.kind, facets)
    return replace(base, role=entry.role, target=entry.target, facets=facets, rank=LAST)


def _without_facets(lexicon: Lexicon, item: Field, before: str, after: str) -> tuple[Facets, str, str]:
    first, before = lexicon.words.inside(before, item.name)
    second, after = lexicon.words.inside(after, item.name)
    return tuple(sorted({**dict(first), **dict(second)}.items())), before, after


@lru_cache(maxsize=64)
def _context(kind: str) -> re.Pattern[str]:
    words = _CONTEXT.get(kind, "")
    return re.compile(rf"(?:{words or '的'}|的|及|各|{QUALIFIERS})*")


@lru_cache(maxsize=512)
def _ending(item: Field) -> re.Pattern[str]:
    """What may follow the name of a field without changing what it is."""
    if item.type is FieldType.MONEY:
        name = "money"
    elif item.type in NUMERIC:
        name = "people" if item.unit in ("人", "人次") else "number"
    elif item.type in (FieldType.DATE, FieldType.DATETIME):
        name = "date"
    elif item.type in (FieldType.CHOICE, FieldType.MULTI):
        name = "word"
    else:
        name = "long" if item.long else "text"
    return re.compile(rf"(?:{_ENDINGS[name]}|{QUALIFIERS})*")
