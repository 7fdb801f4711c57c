"""Drafts whose numbers are marked with what they stand for, and the records they are held against.

[[1683|hazards_found]] stands for that indicator; a third part says last_year, change or part (no number of this
year's total), a fourth the true value where the draft is wrong, a fifth the indicator whose wrong value the number,
right in itself, stands against.  [[35]] stands for none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from mingxi_desktop.domain.indicator_data import definitions
from mingxi_desktop.domain.indicators import IndicatorValue
from mingxi_desktop.domain.wording import printed
from mingxi_desktop.report.proofreading.cues import Known

FOLDER = Path(__file__).parent / "drafts"
YEAR = 2024
BUREAU = "明溪县应急管理局"
ABOVE = ("福建省", "三明市")
PLACES = ("雪峰镇", "盖洋镇", "胡坊镇", "瀚仙镇", "城关乡", "沙溪乡", "夏阳乡", "枫溪乡", "夏坊乡")
_MARK = re.compile(r"\[\[([^\]|]*)((?:\|[^\]|]*)*)\]\]")

# id: this year's exact value, last year's
_NUMBERS = """
safety_meetings 7 6 · leader_inspections 9 8 · hazards_found 1683 1502 · hazards_rectified 1679 1490
hazard_rectification_rate 99.762329 99.2 · penalties 195 171 · fines 76.026 68.345 · manager_training_sessions 49 43
manager_training_people 2097 1836 · criteria_briefings 15 12 · criteria_briefing_people 297 246
worker_training_sessions 28 25 · worker_training_people 745 668 · assistance_visits 64 55 · assisted_enterprises 39 34
safety_publicity_people 6966 6125 · major_hazards_found 73 61 · major_hazards_rectified 73 61
window_obstacles_found 1155 982 · window_obstacles_removed 1155 982 · burglar_mesh_cases 15 11
blocked_exit_cases 5 4 · billboards_found 4 6 · billboards_rectified 4 6 · responses_started 4 3 · flood_meetings 13 11
township_calls 10 8 · cadres_deployed 6063 5240 · people_evacuated 3028 2586 · flood_casualties 0 0
county_pump_team_rate 100 100 · township_pump_team_rate 66.666667 50 · quilts_dispatched 800 620
coats_dispatched 390 345 · down_jackets_dispatched 333 280 · heaters_dispatched 272 230 · blankets_dispatched 100 110
people_relieved 400 345 · relief_funds_paid 135 118 · enforcement_terminals 3 2 · depot_funds 96 78
firefighting_tools 90 76 · flood_supplies_value 58.9 48.134 · protective_kits 500 430 · kayaks 30 24 · radios 10 8
winter_supplies_funds 30 26 · funds_won 831.16 679.14 · relief_funds_won 135 118 · leaflets 27053 23460
banners 1399 1216 · fire_publicity_vehicles 6033 5485 · publicity_messages 36637 31240
chemical_drill_departments 23 19 · chemical_drill_enterprises 21 18 · chemical_drill_people 200 176
officer_training_sessions 43 37 · officer_training_people 2100 1842 · joint_enforcements 116 101 · drills 119 104
drill_people 20000 17460 · safety_project_years 3 2 · publicity_base_investment 140 130 · publicity_bases 3 2
rescue_agreements 2 1 · special_fire_stations 1 0 · township_rescue_teams 9 9 · militia_rescue_teams 10 9
volunteer_rescue_teams 100 88 · rescuers 1753 1603
"""
_DAYS = {
    "rainstorm_event": ("2024-06-09..2024-06-18", "6.9-6.18"),
    "typhoon_event": ("3", "3号台风“格美”"),
    "publicity_day_disaster": ("2024-05-12", "5月12日"),
    "publicity_day_may16": ("2024-05-16", "5月16日"),
    "publicity_day_jun19": ("2024-06-19", "6月19日"),
    "chemical_drill": ("2024-10-22", "10月22日"),
}
_ROUGH = frozenset(
    ("people_relieved", "protective_kits", "leaflets", "banners", "publicity_messages", "chemical_drill_people",
     "officer_training_people", "drill_people", "publicity_base_investment", "volunteer_rescue_teams")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """A number of a draft: what it stands for ("" for nothing), and the other parts of its mark."""

    start: int
    end: int
    text: str
    indicator: str = ""
    aspect: str = ""
    true: str = ""
    conflict: str = ""

    @property
    def placed(self) -> bool:
        """Whether it is this year's value of an indicator."""
        return bool(self.indicator) and not self.aspect


def unmarked(marked: str) -> tuple[str, list[Note]]:
    """The text without its marks, and what they say."""
    parts: list[str] = []
    notes: list[Note] = []
    length = at = 0
    for match in _MARK.finditer(marked):
        parts += [marked[at : match.start()], match[1]]
        length += match.start() - at
        said = (match[2].split("|")[1:] + [""] * 4)[:4]
        notes.append(Note(length, length + len(match[1]), match[1], *said))
        length += len(match[1])
        at = match.end()
    return "".join([*parts, marked[at:]]), notes


def draft(name: str) -> tuple[str, list[Note]]:
    """One of the drafts by name: annual, letter, compared, altered, phrases."""
    return unmarked((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))


def known() -> list[Known]:
    """The delivered indicators that the drafts speak of, with their values."""
    numbers = {}
    for item in _NUMBERS.replace("\n", "·").split("·"):
        if item.strip():
            id, now, before = item.split()
            numbers[id] = (Decimal(now), Decimal(before))
    found = []
    for indicator in definitions():
        if indicator.id in _DAYS:
            value, text = _DAYS[indicator.id]
            found.append(Known(IndicatorValue(indicator, value, text, 1)))
        elif indicator.id in numbers:
            now, before = numbers[indicator.id]
            approx = "余" if indicator.id in _ROUGH else ""
            value = IndicatorValue(
                indicator=indicator,
                value=now,
                text=printed(now, indicator.unit, indicator.wording, approx),
                records=1,
                approx=approx,
                last_year=before,
                last_year_text=printed(before, indicator.unit, indicator.wording),
                exactly=now,
            )
            found.append(Known(value))
    return found
