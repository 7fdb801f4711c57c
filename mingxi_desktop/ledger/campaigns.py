"""专项行动 and the yearly total of hazards: what is set for each, how its rows stand, and setting it."""

from __future__ import annotations

from dataclasses import dataclass

from mingxi_desktop.domain import campaigns as rules
from mingxi_desktop.domain.campaigns import Counting
from mingxi_desktop.domain.kinds import kind_of
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Changes
from mingxi_desktop.ledger.checks.check import Cure, Edit, Entries, Step
from mingxi_desktop.ledger.facade import Ledger


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign, what is set for it, and how its hazards of a year stand.

    inside, beside: (records, found) that are counted in the total and that are not.  astray: how many records
    are not as it is set.
    """

    name: str
    counting: Counting
    inside: tuple[int, int] = (0, 0)
    beside: tuple[int, int] = (0, 0)
    astray: int = 0


def settings(ledger: Ledger) -> dict[str, Counting]:
    """Each campaign that a hazard may name → whether it is counted."""
    find = _find(ledger)
    return {name: rules.setting(name, find) for name in ledger.choices(kind_of("hazard").field("campaign"))}


def overview(ledger: Ledger, year: int) -> list[Campaign]:
    """Every campaign with its hazards of a year, in the order of the vocabulary."""
    known = settings(ledger)
    found = {name: Campaign(name, counting) for name, counting in known.items()}
    rows = ledger.grouped(Query("hazard", year=year), ("campaign", "in_total"), ("count", "quantity_found"))
    for names, counted, records, quantity in rows:
        wanted = rules.together(known.get(name, Counting.OPEN) for name in names or ()).flag
        for name in names or ():
            if name in found:
                astray = records if wanted is not None and wanted != counted else 0
                found[name] = _more(found[name], records, quantity, astray, counted=bool(counted))
    return list(found.values())


def decide(ledger: Ledger, name: str, counting: Counting) -> Changes:
    """Set whether a campaign is counted; its rows stay as they are."""
    entry = rules.decided(name, counting, _find(ledger))
    return ledger.checks.cure(
        Cure("", f"专项行动“{name}”定为{counting.words}全年隐患总数", (Entries((entry,)),))
    )


def align(ledger: Ledger, name: str, year: int) -> Changes:
    """Make the hazards of a campaign in a year as it is set for them."""
    known = settings(ledger)
    steps: list[Step] = []
    for flag in (True, False):
        query = Query("hazard", year=year, where=(("campaign", (name,)), ("in_total", (not flag,))))
        many = {
            record.id: {"in_total": flag}
            for record in ledger.records("hazard", ledger.ids(query))
            if rules.together(known.get(one, Counting.OPEN) for one in record.values["campaign"]).flag is flag
        }
        steps += [Edit("hazard", many)] if many else []
    number = sum(len(step.values) for step in steps if isinstance(step, Edit))
    sentence = f"{year}年专项行动“{name}”的 {number} 条隐患改为和规定一致"
    return ledger.checks.cure(Cure("", sentence, tuple(steps)))


def _find(ledger: Ledger) -> rules.Find:
    return {entry.name: entry for entry in ledger.entries(rules.LIST, active_only=False)}.get


def _more(one: Campaign, records: int, quantity: int, astray: int, *, counted: bool) -> Campaign:
    """With more rows."""
    inside, beside = one.inside, one.beside
    if counted:
        inside = (inside[0] + records, inside[1] + quantity)
    else:
        beside = (beside[0] + records, beside[1] + quantity)
    return Campaign(one.name, one.counting, inside, beside, one.astray + astray)
