"""What needs doing today, each with the records or the action behind it, the most urgent first."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from mingxi_desktop.domain.deadlines import Proof
from mingxi_desktop.domain.kinds.hazard import FIVE_POINTS
from mingxi_desktop.domain.kinds.response import top_level
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.references import AREA, COUNTY_AREA
from mingxi_desktop.domain.stamp import now
from mingxi_desktop.ledger import fixed_deadlines, stock_sheet
from mingxi_desktop.ledger.deadline_states import Fixed, State
from mingxi_desktop.ledger.duties.grids import Reporting
from mingxi_desktop.ledger.facade import Ledger
from mingxi_desktop.ledger.safekeeping.backup_names import (
    FOLDER_SETTING,
    LAST_BACKUP,
    LAST_PROOF,
    NUMBER,
    OWNER,
    SECOND_BACKUP,
    SECOND_PLACE,
    backups_in,
    belongs,
    folder_of,
)
from mingxi_desktop.storage.frozen import has_any

URGENT, SOON, CALM, GOOD = "urgent", "soon", "calm", "good"
_ORDER = (URGENT, SOON, CALM, GOOD)
REMIND = "remind"
"""Target of a to-do: "remind:DUTY", who has not reported what a duty asks for."""
_LAST_CHECK = "verify.last"
"""Setting: when the file was checked last, how many problems there were, and the first of them."""
DEADLINES = "deadlines"
"""Target of a to-do: the page with all deadlines."""
WANTING = "stock:wanting"
"""Target of a to-do: what is wanting in the store today; what never came in has no records to show."""
_BACKUP_DAYS = 7
_URGENT_DAYS = 31
"""A deadline that is so near is to be done; one farther off is only called to mind."""
_MOST_NAMED, _MOST_PERIODS = 3, 2


@dataclass(frozen=True, slots=True)
class Todo:
    """One line of 今天要办.

    severity: "urgent", "soon", "calm" or "good".  action: the word on the link.
    query: the records behind it; None where there are none.  target: what the window is to do instead,
    as `MainWindow.go` knows it ("report", "backup" …), or "remind:DUTY".
    """

    severity: str
    sentence: str
    action: str = ""
    query: Query | None = None
    target: str = ""


def todos(
    ledger: Ledger, year: int, today: datetime.date, grids: Sequence[Reporting], extra: Sequence[Todo] = ()
) -> list[Todo]:
    """Everything to do as of today; of reports what is missing in the grids.  extra: known elsewhere."""
    found = [*_townships(ledger), *_overdue(ledger, today), *_incomplete(ledger), *_last_check(ledger)]
    found += [*_rechecks(ledger, today)]
    found += [todo for grid in grids for todo in _unreported(grid)]
    found += [*_open_responses(ledger, today, _asked_for(grids)), *_stock(ledger, today), *extra]
    found += [*_deadlines(ledger, today), *_frozen(ledger, year), *_last_backup(ledger, today)]
    return sorted(found, key=lambda todo: _ORDER.index(todo.severity))


def note_check(ledger: Ledger, problems: Sequence[str]) -> None:
    """Remember what a check of the file has found, until the next one."""
    ledger.set_setting(_LAST_CHECK, "\n".join([now(), str(len(problems)), *problems[:1]]))
    if not problems:
        ledger.set_setting(LAST_PROOF, now())


def _townships(ledger: Ledger) -> list[Todo]:
    """What comes first in a county whose townships were not delivered."""
    if any(entry.name != COUNTY_AREA for entry in ledger.entries(AREA)):
        return []
    sentence = f"{ledger.home.county.name}还没有登记乡镇和村居，导入的表认不出是哪个乡镇的"
    return [Todo(URGENT, sentence, "登记", target="areas")]


def _overdue(ledger: Ledger, today: datetime.date) -> list[Todo]:
    """Of all years: what was found last December is overdue in January too."""
    areas = sorted(ledger.deadlines.overdue(), key=lambda one: -one.number)
    if not areas:
        return []
    number, oldest = sum(one.number for one in areas), min(one.oldest for one in areas)
    named = "，".join(
        f"{ledger.show('hazard', 'area', f'area:{one.area}')} {one.number}" for one in areas[:_MOST_NAMED]
    )
    more = f"，等 {len(areas)} 个乡镇" if len(areas) > _MOST_NAMED else ""
    waited = f"最久 {(today - datetime.date.fromisoformat(oldest)).days} 天"
    query = Query("hazard", where=(("status", ("逾期",)),), sort=(("due_date", False),))
    return [Todo(URGENT, f"{number} 条隐患整改逾期，{waited}（{named}{more}）", "查看", query)]


def _incomplete(ledger: Ledger) -> list[Todo]:
    """Major hazards not yet closed that lack one of 五落实."""
    found = ledger.deadlines.incomplete()
    if not found:
        return []
    lacking = set().union(*found.values())
    words = [word for word in FIVE_POINTS.points.values() if word in lacking]
    sentence = f"{len(found)} 条重大隐患“{FIVE_POINTS.name}”不全，缺{'、'.join(words)}"
    return [Todo(URGENT, sentence, "补填", Query("hazard", ids=tuple(sorted(found))))]


def _rechecks(ledger: Ledger, today: datetime.date) -> list[Todo]:
    """Of all years: rectification was reported, and nobody has looked at it since."""
    days, rows = ledger.deadlines.rechecks(today)
    if not rows:
        return []
    waited = f"最久等了 {(today - datetime.date.fromisoformat(rows[0].fed)).days} 天"
    sentence = f"{len(rows)} 条隐患报了整改反馈，过了 {days} 天还没有复查，{waited}"
    return [Todo(SOON, sentence, "查看", Query("hazard", ids=tuple(row.id for row in rows)))]


def _last_check(ledger: Ledger) -> list[Todo]:
    at, _, rest = ledger.setting(_LAST_CHECK).partition("\n")
    number, _, first = rest.partition("\n")
    if not first:
        return []
    return [Todo(URGENT, f"{at[:16]} 检查发现 {number} 处问题：{first}", "再检查", target="verify")]


def _unreported(grid: Reporting) -> list[Todo]:
    """Who has not reported, the latest periods first."""
    missing = grid.missing_places()
    if not missing:
        return []
    parts = []
    for place, rows in list(reversed(missing.items()))[:_MOST_PERIODS]:
        names = "、".join(row.name for row in rows[:_MOST_NAMED])
        more = f"等 {len(rows)} 个{grid.unit}" if len(rows) > _MOST_NAMED else ""
        parts.append(f"{grid.periods[place].label}{names}{more}")
    rest = len(missing) - len(parts)
    more = f"；另有 {rest} 期" if rest else ""
    sentence = f"{grid.label}未报：{'；'.join(parts)}{more}"
    return [Todo(SOON, sentence, "催报名单", target=f"{REMIND}:{grid.duty.id}")]


def _asked_for(grids: Sequence[Reporting]) -> frozenset[str]:
    """The disaster events of which a line says already who has not sent tallies."""
    return frozenset(grid.event for grid in grids if grid.event and grid.missing_places())


def _open_responses(ledger: Ledger, today: datetime.date, asked_for: frozenset[str]) -> list[Todo]:
    found = []
    for one in ledger.deadlines.responses(today):
        id = one.row.id
        levels = [step.values["level"] for step in ledger.children("response", id)["response_step"]]
        level = top_level(levels)
        name = f"{one.row.type}{level}{'级' if level else ''}响应"
        start = datetime.date.fromisoformat(one.row.start[:10])
        sentence = f"{name} {start.year} 年 {start.month} 月 {start.day} 日启动，尚未终止"
        if one.untallied and f"disaster_event:{one.row.event}" not in asked_for:
            sentence += f"；{one.untallied}"
        found.append(Todo(SOON, sentence, "登记", Query("response", ids=(id,))))
    return found


def _stock(ledger: Ledger, today: datetime.date) -> list[Todo]:
    """Less than nothing (something was not entered), and less than the floor."""
    below, short = [], []
    for row in ledger.stock(today):
        words = f"{row.entry.name} {row.sums.left} {row.entry.unit}"
        if row.state is stock_sheet.State.NEGATIVE:
            below.append((row.entry.ref, words))
        elif row.state is stock_sheet.State.SHORT:
            short.append(f"{words}（下限 {row.floor}）")
    found = []
    if below:
        why = "；有入库没有登记，或以前库里就有的没有用“盘点”登记"
        query = Query("supply_line", where=(("item", tuple(ref for ref, _ in below)),))
        sentence = f"库存少于零：{_named([words for _, words in below])}{why}"
        found.append(Todo(SOON, sentence, "核对", query))
    if short:
        found.append(Todo(SOON, f"库存低于下限：{_named(short)}", "查看", target=WANTING))
    return found


def _named(words: Sequence[str]) -> str:
    """The first of several supplies, and how many there are."""
    more = f"等 {len(words)} 样" if len(words) > _MOST_NAMED else ""
    return "、".join(words[:_MOST_NAMED]) + more


def _deadlines(ledger: Ledger, today: datetime.date) -> list[Todo]:
    """The fixed deadlines that are near or have passed."""
    standing = fixed_deadlines.standing(ledger, today)
    return [_deadline(one, today) for one in standing if one.state in (State.SOON, State.OVERDUE)]


def _deadline(one: Fixed, today: datetime.date) -> Todo:
    left = (one.day - today).days
    when = f"还有 {left} 天" if left > 0 else "就是今天" if not left else f"已过 {-left} 天"
    severity = URGENT if left < 0 else SOON if left <= _URGENT_DAYS else CALM
    owing = ""
    if one.missing:
        names = "、".join(entry.name for entry in one.missing[:_MOST_NAMED])
        owing = (
            f"：{names}"
            + (f"等 {len(one.missing)} 个乡镇" if len(one.missing) > _MOST_NAMED else "")
            + "还没有"
        )
    sentence = f"{one.title}{one.day.month} 月 {one.day.day} 日到期，{when}{owing}"
    if one.deadline.proof is Proof.REPORT:
        return Todo(severity, sentence, "打开", target="report")
    return Todo(severity, sentence, "查看", target=DEADLINES)


def _frozen(ledger: Ledger, year: int) -> list[Todo]:
    """Once the report of a year is signed, what has changed since."""
    if not has_any(ledger._store, year):  # noqa: SLF001 - a part of the facade
        return []  # what reports are made of takes longer to load than the first page
    frozen = ledger.frozen.state(year)
    if frozen is None:
        return []
    severity = URGENT if frozen.fault else SOON if frozen.differs else GOOD
    return [Todo(severity, f"{year} 年度报告{frozen.sentence}", "查看", target="freeze")]


def _last_backup(ledger: Ledger, today: datetime.date) -> list[Todo]:
    last = _last_made(ledger)
    if not last:
        return [Todo(SOON, "还没有做过备份", "备份", target="backup")]
    days, when = _ago(last, today)
    sentence, oldest = f"最近备份 {last[:16]}（{when}），已检查", days
    if ledger.setting(SECOND_PLACE):
        second = ledger.setting(SECOND_BACKUP)
        there, when = _ago(second, today) if second else (_BACKUP_DAYS, "还没有做过")
        sentence, oldest = f"{sentence}；第二份备份：{when}", max(oldest, there)
    severity = GOOD if oldest < _BACKUP_DAYS else SOON
    return [Todo(severity, sentence, "备份", target="backup")]


def _last_made(ledger: Ledger) -> str:
    """When the newest backup was made; in a ledger that came out of one, only that backup tells."""
    noted, stem, owner = ledger.setting(LAST_BACKUP), ledger.path.stem, ledger.setting(OWNER)
    there = backups_in(folder_of(ledger.path, ledger.setting(FOLDER_SETTING)))
    newest = next((one for one in there if one.good and belongs(one, stem, owner)), None)
    if newest is None or f"{newest.number}" == ledger.setting(NUMBER):
        return noted
    return f"{newest.at:%Y-%m-%d %H:%M:%S}"


def _ago(at: str, today: datetime.date) -> tuple[int, str]:
    days = (today - datetime.date.fromisoformat(at[:10])).days
    if days < 0:
        return _BACKUP_DAYS, "比今天还晚，请核对电脑的日期"
    return days, f"{days} 天前" if days else "今天"
