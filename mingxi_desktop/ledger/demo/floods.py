"""Events, responses, what townships reported during them, and the losses."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mingxi_desktop.domain.kinds.response_tally import CUMULATIVE, INCREMENT
from mingxi_desktop.domain.records import Named
from mingxi_desktop.ledger.demo.chance import Chance, later
from mingxi_desktop.ledger.demo.places import WEIGHTS, townships
from mingxi_desktop.ledger.demo.plan import Plan
from mingxi_desktop.ledger.demo.sheets import (
    BUREAU,
    COUNTY,
    FEN,
    Delivery,
    Draft,
    draft,
    government,
    sent,
    taken_in,
    typed,
)
from mingxi_desktop.ledger.demo.storms import Storm, chains, storms

_NOTICE = "明汛电〔{year}〕{number}号"
_WAN = 10_000
_STAGES = ("初报", "续报", "核报")
_STAGE_SHARES = (0.6, 0.85, 1.0)


def events(plan: Plan) -> Iterator[Delivery]:
    """The events and responses, typed on duty."""
    for storm in storms(plan):
        event = draft(
            "disaster_event",
            storm.day(plan.year),
            COUNTY,
            name=storm.name,
            type=storm.type,
            typhoon=storm.typhoon or None,
            end_date=storm.day(plan.year, end=True),
            granularity="逐条",
            reporter=BUREAU,
        )
        yield typed(f"新增 灾害过程 {storm.name}", [event])
    for chain in chains(plan):
        steps: list[dict[str, Any]] = [
            {
                "action": action,
                "level": level,
                "at": datetime.datetime(plan.year, *when),
                "doc_no": _NOTICE.format(year=plan.year, number=number),
            }
            for action, level, when, number in chain.steps
        ]
        start, end = steps[0]["at"], steps[-1]["at"]
        response = draft(
            "response",
            start.date(),
            COUNTY,
            event=Named(chain.storm),
            type=chain.type,
            start_at=start,
            end_at=end,
            granularity="逐条",
            reporter=BUREAU,
            children={"response_step": steps},
        )
        yield typed(f"新增 应急响应 {chain.type}{start:%m-%d}", [response])


def tallies(plan: Plan) -> Iterator[Delivery]:
    """The daily reports of every township: of some the day's own figures, of others running totals."""
    chance = Chance(f"tallies {plan.name}")
    for storm in storms(plan):
        weights = [WEIGHTS[area] for area in townships()]
        cadres = chance.split(storm.cadres, weights, least=6)
        evacuees = chance.split(storm.evacuees, weights, least=2)
        files = []
        for number, area in enumerate(townships()):
            basis = CUMULATIVE if number % 3 == 1 else INCREMENT
            rows = _daily(plan, storm, area, basis, (cadres[number], evacuees[number]), chance)
            title = f"{area}{plan.year}年防汛日报（{storm.first[0]}月{storm.first[1]}日起）.xlsx"
            files.append(sent(title, "防汛日报", rows))
        yield taken_in(f"导入 {storm.name}防汛日报（{len(files)}个文件）", *files)


def losses(plan: Plan) -> Iterator[Delivery]:
    """Losses of the storms that cost something: first, next and final report of each township."""
    chance = Chance(f"losses {plan.name}")
    for storm in storms(plan):
        if not storm.loss:
            continue
        areas = townships()[1:] if storm.loss < 1000 else townships()
        shares = chance.split(storm.loss, [WEIGHTS[area] for area in areas], least=4)
        files = []
        for number, stage in enumerate(_STAGES):
            day = later(storm.day(plan.year, end=True), (-2, 1, 9)[number])
            rows = [
                _loss(storm, stage, day, area, share)
                for area, share in zip(areas, shares, strict=True)
                # Small losses are settled in the first report.
                if number == 0 or share >= 40
            ]
            files.append(sent(f"灾情统计表（{storm.name}{stage}）.xlsx", "灾情", rows))
        yield taken_in(f"导入 {storm.name}灾情统计表", *files)


def _daily(
    plan: Plan, storm: Storm, area: str, basis: str, totals: tuple[int, int], chance: Chance
) -> list[Draft]:
    """Rows that come to `totals` (cadres, evacuees), by adding them up or by the last one."""
    first, last = storm.day(plan.year), storm.day(plan.year, end=True)
    days = [later(first, number) for number in range((last - first).days + 1)]
    heavy = [1.0 + (3.0 if 3 <= number <= 6 else 0.0) for number in range(len(days))]
    cadres, evacuees = (chance.split(total, heavy) for total in totals)
    rows = []
    for number, day in enumerate(days):
        running = basis == CUMULATIVE
        values: dict[str, Any] = {
            "event": Named(storm.name),
            "basis": basis,
            "cadres": sum(cadres[: number + 1]) if running else cadres[number],
            "evacuees": sum(evacuees[: number + 1]) if running else evacuees[number],
            "deaths": 0,
            "missing": 0,
            "injured": 0,
            "granularity": "汇总",
            "reporter": government(area),
        }
        rows.append(draft("response_tally", day, area, **values))
    return rows


def _loss(storm: Storm, stage: str, day: datetime.date, area: str, share: int) -> Draft:
    """share: 万元 of the final report; everything else follows from it."""
    known = _STAGE_SHARES[_STAGES.index(stage)]
    amount = int(share * known)
    crops = Decimal(amount) * Decimal("0.32")
    return draft(
        "disaster_loss",
        day,
        area,
        event=Named(storm.name),
        stage=stage,
        affected=amount * 9,
        relocated=amount * 9 // 8,
        collapsed=amount // 60,
        collapsed_rooms=amount // 60 * 3,
        severe=amount // 40,
        severe_rooms=amount // 40 * 2,
        slight=amount // 12,
        slight_rooms=amount // 12 * 3,
        crops=crops,
        crops_lost=(crops / 8).quantize(Decimal("0.01")),
        loss=amount * _WAN * FEN,
        granularity="汇总",
        reporter=government(area),
    )
