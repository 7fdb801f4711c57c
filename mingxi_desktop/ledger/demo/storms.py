"""The storms of the demonstration years: when, how bad, and the chains of responses to them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from mingxi_desktop.ledger.demo.plan import Plan

Hour = tuple[int, int, int]
"""Month, day, hour."""


@dataclass(frozen=True, slots=True)
class Storm:
    """One event.  `first` and `last` as (month, day); loss: 万元 over the whole county, 0 for none."""

    name: str
    type: str
    first: tuple[int, int]
    last: tuple[int, int]
    cadres: int
    evacuees: int
    loss: int
    typhoon: str = ""

    def day(self, year: int, *, end: bool = False) -> datetime.date:
        """Its first day in a year, or its last one."""
        return datetime.date(year, *(self.last if end else self.first))


@dataclass(frozen=True, slots=True)
class Chain:
    """One response to the storm of that name: steps as (action, level, when, number of the notice)."""

    storm: str
    type: str
    steps: tuple[tuple[str, str, Hour, int], ...]


_THIS = (
    Storm("6.9-6.18", "暴雨洪涝", (6, 9), (6, 18), 3720, 2188, 1860),
    Storm("台风“格美”", "台风", (7, 23), (7, 28), 1708, 640, 240, typhoon="3号“格美”"),
    Storm("8.21-8.23", "暴雨洪涝", (8, 21), (8, 23), 635, 200, 0),
)
_LAST = (
    Storm("6.20-6.25", "暴雨洪涝", (6, 20), (6, 25), 2890, 1560, 1120),
    Storm("台风“杜苏芮”", "台风", (7, 27), (7, 30), 1730, 812, 310, typhoon="5号“杜苏芮”"),
    Storm("9.4-9.6", "暴雨洪涝", (9, 4), (9, 6), 620, 214, 0),
)
# On 24 July two types run together: the typhoon chain is raised and the rainstorm chain starts by one notice.
_THIS_CHAINS = (
    Chain(
        "6.9-6.18",
        "防暴雨",
        (
            ("启动", "Ⅳ", (6, 9, 8), 6),
            ("提升", "Ⅲ", (6, 13, 17), 7),
            ("降低", "Ⅳ", (6, 17, 9), 8),
            ("终止", "Ⅳ", (6, 19, 12), 9),
        ),
    ),
    Chain(
        "台风“格美”",
        "防台风",
        (
            ("启动", "Ⅳ", (7, 23, 9), 10),
            ("提升", "Ⅲ", (7, 24, 17), 11),
            ("降低", "Ⅳ", (7, 26, 18), 12),
            ("终止", "Ⅳ", (7, 27, 18), 13),
        ),
    ),
    Chain("台风“格美”", "防暴雨", (("启动", "Ⅳ", (7, 24, 17), 11), ("终止", "Ⅳ", (7, 28, 18), 14))),
    Chain("8.21-8.23", "防暴雨", (("启动", "Ⅳ", (8, 21, 9), 15), ("终止", "Ⅳ", (8, 23, 18), 16))),
)
_LAST_CHAINS = (
    Chain(
        "6.20-6.25",
        "防暴雨",
        (("启动", "Ⅳ", (6, 20, 10), 4), ("提升", "Ⅲ", (6, 22, 15), 5), ("终止", "Ⅲ", (6, 26, 9), 6)),
    ),
    Chain(
        "台风“杜苏芮”",
        "防台风",
        (("启动", "Ⅳ", (7, 27, 9), 8), ("提升", "Ⅲ", (7, 28, 8), 9), ("终止", "Ⅲ", (7, 30, 18), 10)),
    ),
    Chain("9.4-9.6", "防暴雨", (("启动", "Ⅳ", (9, 4, 17), 12), ("终止", "Ⅳ", (9, 6, 18), 13))),
)

_STORMS: Mapping[str, tuple[Storm, ...]] = {"this": _THIS, "last": _LAST}
_CHAINS: Mapping[str, tuple[Chain, ...]] = {"this": _THIS_CHAINS, "last": _LAST_CHAINS}


def storms(plan: Plan) -> tuple[Storm, ...]:
    """The storms of the year, in order."""
    return _STORMS[plan.name]


def chains(plan: Plan) -> tuple[Chain, ...]:
    """The responses of the year, in order."""
    return _CHAINS[plan.name]


def main_storm(plan: Plan) -> Storm:
    """The one for which relief went out."""
    return _STORMS[plan.name][0]
