"""专项行动 and the yearly total of hazards: whether a campaign's numbers belong to it is set, never guessed.

What is delivered stands with the vocabulary; what the clerk sets lies in a list of its own, an entry for each
campaign that she decided on, so that the history knows of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import StrEnum

from mingxi_desktop.domain.references import Entry
from mingxi_desktop.domain.vocabulary import delivered

LIST, VOCABULARY = "campaign", "campaign"
"""The reference list of the settings, and the vocabulary of the campaigns' names."""
_KEY = "in_total"
_INSIDE, _BESIDE = "in_total", "beside_total"
"""The marked subsets of the delivered vocabulary."""

Find = Callable[[str], Entry | None]
"""Name of a campaign → its entry in the list of settings, if it has one."""


class Counting(StrEnum):
    """Whether the hazards of a campaign are counted in the yearly total."""

    INSIDE = "是"
    BESIDE = "否"
    OPEN = "未定"

    @property
    def words(self) -> str:
        """Whether its hazards count in the yearly total, as a part of a sentence: 计入, 不计入."""
        return {Counting.INSIDE: "计入", Counting.BESIDE: "不计入"}.get(self, "没有定是否计入")

    @property
    def flag(self) -> bool | None:
        """What `in_total` of its hazards is; None where nothing is set."""
        return {Counting.INSIDE: True, Counting.BESIDE: False}.get(self)


def delivered_setting(campaign: str) -> Counting:
    """What is set for a campaign until the clerk sets something else."""
    marked = delivered()[VOCABULARY].marked
    if campaign in marked[_INSIDE]:
        return Counting.INSIDE
    return Counting.BESIDE if campaign in marked[_BESIDE] else Counting.OPEN


def setting(campaign: str, find: Find) -> Counting:
    """What is set for a campaign."""
    entry = find(campaign)
    if entry is None or _KEY not in entry.extra:
        return delivered_setting(campaign)
    return Counting(entry.extra[_KEY])


def together(settings: Iterable[Counting]) -> Counting:
    """What holds for a hazard of several campaigns: one that is beside the total keeps it out."""
    found = set(settings)
    if Counting.BESIDE in found:
        return Counting.BESIDE
    return Counting.INSIDE if found == {Counting.INSIDE} else Counting.OPEN


def flag_of(campaigns: Iterable[str], find: Find) -> bool | None:
    """What `in_total` of a hazard of these campaigns is; None where nothing decides it."""
    return together(setting(campaign, find) for campaign in campaigns).flag


def decided(campaign: str, counting: Counting, find: Find) -> Entry:
    """The entry of a campaign with another setting; its id is 0 where there is none yet."""
    entry = find(campaign) or Entry(LIST, campaign)
    return replace(entry, extra={**entry.extra, _KEY: counting.value})
