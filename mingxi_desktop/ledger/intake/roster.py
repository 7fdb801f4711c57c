"""A list of people becomes counts: participants of a training, evacuated people by township, members of a team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.fields import FieldType, Kind
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.names import fold_width
from mingxi_desktop.domain.parse import ParseError
from mingxi_desktop.domain.references import AREA
from mingxi_desktop.exchange.cells import Sheet
from mingxi_desktop.exchange.recognising.layout import Layout
from mingxi_desktop.exchange.recognising.plan import Notice, Plan, PlanRow
from mingxi_desktop.exchange.recognising.roster import Roster
from mingxi_desktop.ledger.intake.cells import CellReader
from mingxi_desktop.ledger.intake.context import Surroundings, context_of
from mingxi_desktop.ledger.intake.known import Known
from mingxi_desktop.ledger.intake.records import RecordReader
from mingxi_desktop.ledger.intake.result import SheetPreview
from mingxi_desktop.ledger.intake.table import TakenTable, sort_out

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

COUNTED: Mapping[str, str] = MappingProxyType(
    {
        "response_tally": "evacuees",
        "rescue_team": "headcount",
        "activity": "participants",
        "meeting": "attendance",
    }
)
"""Ledger → the field that a list of people counts for."""
_MAX_TITLE = 60
_ABOUT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "response_tally": ("转移", "避险", "安置"),
        "rescue_team": ("队员", "队伍", "应急队", "救援队", "扑火队"),
        "activity": ("培训", "演练", "宣传", "考试", "参训"),
        "meeting": ("会议", "签到", "学法"),
    }
)


def ledger_of(roster: Roster, sheet: Sheet, stem: str, wanted: str) -> str:
    """The ledger whose number the list gives: the wanted one, or the one that its titles speak of; "" if none."""
    if wanted:
        return wanted if wanted in COUNTED else ""
    about = fold_width("\n".join((*roster.title, sheet.name, stem)))
    return next((kind for kind, words in _ABOUT.items() if any(word in about for word in words)), "")


def layout_of(roster: Roster, kind: str) -> Layout:
    """A layout without columns: nothing of the list is read but how long it is."""
    return Layout(kind, roster.top, roster.bottom, roster.end, (), roster.title, 0.0)


def take_roster(
    ledger: Ledger, sheet: Sheet, roster: Roster, around: Surroundings, known: Known, shown: SheetPreview
) -> TakenTable:
    """The records of a list of people; what there is to say goes to `shown`."""
    kind = kind_of(shown.kind)
    layout = layout_of(roster, kind.name)
    plan = Plan(sheet, layout)
    context = context_of(ledger, kind, layout, around)
    reader = RecordReader(ledger, kind, plan, context)
    number = roster.rows[0] if roster.rows else roster.bottom + 2
    named = {
        item.name: context.about[:_MAX_TITLE]
        for item in kind.fields
        if item.type is FieldType.TEXT and item.required and not item.auto
    }
    counts = [{**named, **count} for count in _counts(ledger, kind, roster)]
    rows = [reader.record(PlanRow(number), values) for values in counts] if roster.people else []
    shown.read = len(roster.rows)
    said = f"是人员名单：只记人数（{roster.people}人），姓名、证件号、电话等没有导入"
    shown.warnings += [Notice("W_ROSTER", said), *(Notice("W_ROSTER", note) for note in roster.notes)]
    return sort_out(ledger, kind, rows, reader, context, known, shown)


def _counts(ledger: Ledger, kind: Kind, roster: Roster) -> Iterator[dict[str, Any]]:
    """Values of the records: one for each township where the list has a column of them and all are known."""
    name = COUNTED[kind.name]
    cells = CellReader(ledger)
    if kind.name != "response_tally" or not roster.by_area:
        yield {name: roster.people}
        return
    found: dict[Any, int] = {}
    try:
        for text, people in roster.by_area:
            area = cells.read(kind, kind.field(AREA), text).value
            found[area] = found.get(area, 0) + people
    except ParseError:
        yield {name: roster.people}
        return
    yield from ({name: people, "area": area} for area, people in found.items())
