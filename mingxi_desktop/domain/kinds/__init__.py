"""All kinds of records, one declaration each."""

from __future__ import annotations

from mingxi_desktop.domain.fields import Field, Kind
from mingxi_desktop.domain.kinds.accident import ACCIDENT
from mingxi_desktop.domain.kinds.activity import ACTIVITY, ACTIVITY_OUTPUT
from mingxi_desktop.domain.kinds.disaster import DISASTER_EVENT, DISASTER_LOSS
from mingxi_desktop.domain.kinds.enforcement_case import ENFORCEMENT_CASE
from mingxi_desktop.domain.kinds.fund import FUND
from mingxi_desktop.domain.kinds.hazard import HAZARD, HAZARD_STEP
from mingxi_desktop.domain.kinds.inspection import INSPECTION
from mingxi_desktop.domain.kinds.manual_entry import MANUAL_ENTRY
from mingxi_desktop.domain.kinds.meeting import MEETING
from mingxi_desktop.domain.kinds.response import RESPONSE, RESPONSE_STEP
from mingxi_desktop.domain.kinds.response_tally import RESPONSE_TALLY
from mingxi_desktop.domain.kinds.state import FACILITY, RESCUE_TEAM
from mingxi_desktop.domain.kinds.supply import SUPPLY_LINE, SUPPLY_MOVEMENT

ALL: tuple[Kind, ...] = (
    HAZARD,
    HAZARD_STEP,
    INSPECTION,
    ENFORCEMENT_CASE,
    DISASTER_EVENT,
    RESPONSE,
    RESPONSE_STEP,
    RESPONSE_TALLY,
    MEETING,
    DISASTER_LOSS,
    SUPPLY_MOVEMENT,
    SUPPLY_LINE,
    FUND,
    ACTIVITY,
    ACTIVITY_OUTPUT,
    RESCUE_TEAM,
    FACILITY,
    ACCIDENT,
    MANUAL_ENTRY,
)
"""In the order of the tabs; a child table follows its ledger."""

TABS = ("概览", "隐患排查", "防汛响应", "救灾调拨", "培训演练", "力量与其他", "年度总结")

_BY_NAME = {kind.name: kind for kind in ALL}
_BY_FIELD = {field: kind for kind in ALL for field in kind.fields}


def kind_of(name: str) -> Kind:
    """The kind of that name; KeyError if there is none."""
    return _BY_NAME[name]


def kind_of_field(field: Field) -> Kind:
    """The kind a field belongs to: to one, since it equals only itself. KeyError if to none."""
    return _BY_FIELD[field]


def names() -> tuple[str, ...]:
    """The names of all kinds, in order."""
    return tuple(_BY_NAME)


def children_of(name: str) -> tuple[Kind, ...]:
    """The child tables of a ledger."""
    return tuple(kind for kind in ALL if kind.parent and kind.parent_kind == name)


def of_tab(tab: str) -> tuple[Kind, ...]:
    """The ledgers (not child tables) that a tab shows."""
    return tuple(kind for kind in ALL if kind.tab == tab and not kind.parent)
