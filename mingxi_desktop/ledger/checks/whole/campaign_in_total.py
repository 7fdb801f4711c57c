"""Trap: the rows of a campaign inside or outside the yearly total of hazards, against what is set for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from mingxi_desktop.domain import campaigns as rules
from mingxi_desktop.domain.campaigns import Counting
from mingxi_desktop.domain.concerns import Concern, Severity
from mingxi_desktop.domain.references import Entry
from mingxi_desktop.ledger.checks.check import Check, Cure, Edit, Entries, Scope
from mingxi_desktop.storage.checks import campaign_in_total as reading
from mingxi_desktop.storage.checks.campaign_in_total import Group, Row

CODE = "campaign_in_total"
_ASTRAY, _OPEN, _UNNAMED, _LEFT_OUT = "astray", "open", "unnamed", "left_out"
"""Sorts of findings: against the setting; no setting; campaign not written; not counted without a campaign."""
_MOST_NAMED = 3


def find(scope: Scope) -> Iterator[Concern]:
    """A concern for each campaign whose rows are not as it is set, or for which nothing is set."""
    groups = reading.groups(scope.store.schema, scope.year)
    asked: dict[tuple[str, str], list[Group]] = defaultdict(list)
    homes = _homes(scope)
    for group in groups:
        key = _key(scope, group, homes)
        if key is not None:
            asked[key].append(group)
    for (sort, campaign), alike in sorted(asked.items()):
        rows = reading.rows(scope.store.schema, scope.year, alike)
        if sort == _LEFT_OUT:  # whoever leaves one out for another reason writes it down
            rows = [row for row in rows if not row.note]
        if rows:
            yield _TOLD[sort](scope, campaign, rows)


def cures(scope: Scope, concern: Concern) -> Sequence[Cure]:
    """All inside or all outside, as it is set first; a missing campaign is written."""
    sort, _, campaign = concern.subject.partition(":")
    ids = [number for _, number in concern.records]
    if sort == _LEFT_OUT:
        edit = Edit("hazard", {key: {"in_total": True} for key in ids})
        return (Cure(f"计入 {len(ids)} 条", f"把没有写专项行动的 {len(ids)} 条隐患计入总数", (edit,)),)
    flag = _setting(scope, campaign).flag
    if sort == _UNNAMED:
        values = {"campaign": (campaign,), **({} if flag is None else {"in_total": flag})}
        edit = Edit("hazard", dict.fromkeys(ids, values))
        return (Cure("补写专项行动", f"给 {len(ids)} 条隐患补写专项行动“{campaign}”", (edit,)),)
    first = Counting.INSIDE if flag is None or flag else Counting.BESIDE
    other = Counting.BESIDE if first is Counting.INSIDE else Counting.INSIDE
    return _all(scope, campaign, first), _all(scope, campaign, other)


def _key(scope: Scope, group: Group, homes: Mapping[str, str]) -> tuple[str, str] | None:
    """(sort of finding, campaign) of hazards that are not as they should be; None where they are."""
    if not group.campaigns:
        home = homes.get(group.category or "")
        if home:
            return _UNNAMED, home
        return None if group.counted else (_LEFT_OUT, "")
    settings = {campaign: _setting(scope, campaign) for campaign in group.campaigns}
    wanted = rules.together(settings.values())
    if wanted is Counting.OPEN:
        return _OPEN, _first(settings, Counting.OPEN)
    return None if wanted.flag == group.counted else (_ASTRAY, _first(settings, wanted))


def _first(settings: Mapping[str, Counting], counting: Counting) -> str:
    """The campaign that decides."""
    return next(campaign for campaign, one in settings.items() if one is counting)


def _setting(scope: Scope, campaign: str) -> Counting:
    return rules.setting(campaign, _entries(scope))


def _entries(scope: Scope) -> rules.Find:
    return partial(scope.store.references.find, rules.LIST)


def _homes(scope: Scope) -> dict[str, str]:
    """Category → the one campaign whose numbers are told with it, by the definitions of the indicators."""
    found: dict[str, set[str]] = defaultdict(set)
    for indicator in scope.ledger.definitions.book.indicators:
        where = indicator.where or {}
        campaigns = where.get("campaign", ())
        if indicator.kind == "hazard" and len(campaigns) == 1 and isinstance(campaigns[0], str):
            for category in where.get("category", ()):
                if isinstance(category, str) and not category.startswith(("~", "@")):
                    found[category].add(campaigns[0])
    return {category: next(iter(campaigns)) for category, campaigns in found.items() if len(campaigns) == 1}


def _astray(scope: Scope, campaign: str, rows: Sequence[Row]) -> Concern:
    setting = _setting(scope, campaign)
    quantity, inside = _quantity(rows), setting is Counting.INSIDE
    effect = f"少算{quantity}条" if inside else f"多算{quantity}条，这{quantity}条在专项里又统计一遍"
    message = (
        f"专项行动“{campaign}”定为{setting.words}全年隐患总数，但{_where(scope, rows)}有{len(rows)}条记录"
        f"（数量{quantity}）选了{'不计入' if inside else '计入'}，全年隐患总数因此{effect}：改成一致，或另定它是否计入"
    )
    return _concern(_ASTRAY, campaign, message, rows, (setting.value, quantity))


def _open(scope: Scope, campaign: str, rows: Sequence[Row]) -> Concern:
    inside = [row for row in rows if row.counted]
    outside = [row for row in rows if not row.counted]
    parts = [
        f"{len(some)}条记录（数量{_quantity(some)}）{word}"
        for some, word in ((inside, "现在计入"), (outside, "现在不计入"))
        if some
    ]
    message = (
        f"专项行动“{campaign}”还没有定是否计入全年隐患总数：{_where(scope, rows)}的{'，'.join(parts)}；"
        "请定下来，它的隐患一律照办"
    )
    return _concern(_OPEN, campaign, message, rows, (_quantity(inside), _quantity(outside)))


def _unnamed(scope: Scope, campaign: str, rows: Sequence[Row]) -> Concern:
    quantity = _quantity(rows)
    message = (
        f"{_where(scope, rows)}有{len(rows)}条记录（数量{quantity}）的隐患类别属于专项行动“{campaign}”，却没有写"
        f"专项行动：专项的数少{quantity}，全年隐患总数也没有按它的规定算；补写专项行动"
    )
    return _concern(_UNNAMED, campaign, message, rows, (quantity,))


def _left_out(scope: Scope, _campaign: str, rows: Sequence[Row]) -> Concern:
    quantity = _quantity(rows)
    message = (
        f"{_where(scope, rows)}有{len(rows)}条隐患（数量{quantity}）选了不计入总数，却没有写是哪个专项行动："
        f"这{quantity}条哪里都没有统计；补写专项行动，或改为计入"
    )
    return _concern(_LEFT_OUT, "", message, rows, (quantity,))


_TOLD = {_ASTRAY: _astray, _OPEN: _open, _UNNAMED: _unnamed, _LEFT_OUT: _left_out}


def _concern(
    sort: str, campaign: str, message: str, rows: Sequence[Row], facts: tuple[str | int, ...]
) -> Concern:
    records = tuple(("hazard", row.id) for row in rows)
    return Concern(CODE, Severity.WARNING, message, records, f"{sort}:{campaign}", facts)


def _quantity(rows: Sequence[Row]) -> int:
    return sum(row.found for row in rows)


def _where(scope: Scope, rows: Sequence[Row]) -> str:
    """盖洋镇、雪峰镇等4个乡镇2024年6月; the months from the first to the last."""
    names = list(dict.fromkeys(_area(scope, row.area) for row in rows))
    more = f"等{len(names)}个乡镇" if len(names) > _MOST_NAMED else ""
    first, last = rows[0].day, rows[-1].day
    months = f"{first.month}月" if first.month == last.month else f"{first.month}至{last.month}月"
    return f"{'、'.join(names[:_MOST_NAMED])}{more}{first.year}年{months}"


def _area(scope: Scope, ref: str) -> str:
    entry: Entry | None = scope.store.references.get(ref)
    return entry.name if entry else "（未填乡镇）"


def _all(scope: Scope, campaign: str, counting: Counting) -> Cure:
    """All rows of the campaign as `counting` says, and the setting with them."""
    ids = _others(scope, campaign, counting)
    done = f"{'全部计入' if counting is Counting.INSIDE else '全部不计入'}"
    steps: list[Edit | Entries] = []
    if ids:
        steps.append(Edit("hazard", {key: {"in_total": counting.flag} for key in ids}))
    if _setting(scope, campaign) is not counting:
        steps.append(Entries((rules.decided(campaign, counting, _entries(scope)),)))
    return Cure(
        f"{done}（改 {len(ids)} 条）" if ids else done,
        f"专项行动“{campaign}”定为{counting.words}全年隐患总数，{scope.year}年改 {len(ids)} 条记录",
        tuple(steps),
    )


def _others(scope: Scope, campaign: str, counting: Counting) -> list[int]:
    """The rows of the campaign that are not so yet, but for those that another campaign keeps outside."""
    wrong = []
    for group in reading.groups(scope.store.schema, scope.year):
        if campaign not in group.campaigns or group.counted is counting.flag:
            continue
        beside = [_setting(scope, other) for other in group.campaigns if other != campaign]
        if counting is Counting.BESIDE or Counting.BESIDE not in beside:
            wrong.append(group)
    return [row.id for row in reading.rows(scope.store.schema, scope.year, wrong)] if wrong else []


CHECK = Check(
    code=CODE,
    label="专项行动计入总数",
    about="一个专项行动的隐患要么都计入全年隐患总数，要么都不计入；定一次，一律照办，报告里的总数才说得清。",
    kinds=("hazard",),
    find=find,
    cures=cures,
)
