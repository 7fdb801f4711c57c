"""A ledger in which every text that can be typed or imported holds what another program would take for more."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.indicators import Aggregate, Indicator
from mingxi_desktop.domain.kinds import ALL
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.references import AREA, ENTERPRISE, ITEM, ORG, Entry
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, demo

MARK = "甲&乙"
"""Stands in each of the texts; as a mnemonic its & would be gone."""
TEXTS = (
    f"<b>{MARK}</b>{{year}}%(x)s",
    f"=HYPERLINK(A1)<i>{MARK}</i>",
    f"&lt;{MARK}<br/>$\\frac{{1}}{{2}}$",
    f"@SUM(A1)<para>{MARK}\u202e\u200b",
    f"＝1+1<u>{MARK}</u>../../x",
    f"-2+3<img src='file:///etc/hostname'>{MARK}",
)
BEFORE = ("<b>", "<i>", "&lt;", "<para>", "<u>", "hostname'>")
"""What stands before the mark in each of them."""
_EACH = 4
_LISTS = (AREA, ORG, ENTERPRISE, ITEM)


def make(path: Path, *, year: int = demo.PUBLISHED_YEAR) -> dict[str, int]:
    """The demonstration year with hostile texts in it; how many fields of each kind took one."""
    demo.build(path, year, f"明溪{TEXTS[0]}局")
    with Ledger.open(path, operator=TEXTS[1]) as ledger:
        taken = {kind.name: _harm(ledger, kind) for kind in ALL}
        for name in _LISTS:
            for place, entry in enumerate(ledger.entries(name)[:_EACH]):
                ledger.save_entry(_renamed(entry, place))
        ledger.definitions.save(_indicator(), new=True)
        evidence = path.parent / f"{MARK}<b>佐证.txt".replace("<b>", "＜b＞")
        evidence.write_text("佐证", encoding="utf-8")
        (first,) = ledger.ids(Query("hazard"))[:1]
        ledger.attach("hazard", first, [evidence])
    return taken


def _renamed(entry: Entry, place: int) -> Entry:
    from dataclasses import replace

    return replace(entry, name=f"{entry.name}{TEXTS[place % len(TEXTS)]}"[:60])


def _indicator() -> Indicator:
    return Indicator("xfyh", f"<b>{MARK}</b>数", "hazard", Aggregate.SUM, "条", fields=("quantity_found",))


def _harm(ledger: Ledger, kind: Kind) -> int:
    taken = 0
    for id in ledger.ids(Query(kind.name))[:_EACH] if not kind.parent else ():
        values = {
            field.name: _text(field, place + id) for place, field in enumerate(kind.fields) if _free(field)
        }
        # Codes and the like have a form of their own, and one refused text refuses all.
        taken += _edited(ledger, kind.name, id, values) or sum(
            _edited(ledger, kind.name, id, {name: text}) for name, text in values.items()
        )
    return taken


def _free(field: Field) -> bool:
    return field.type is FieldType.TEXT and not field.choices and field.editable


def _text(field: Field, place: int) -> str:
    return TEXTS[place % len(TEXTS)][: field.max_length]


def _edited(ledger: Ledger, kind: str, id: int, values: Mapping[str, Any]) -> int:
    """How many values the ledger takes: all or none."""
    try:
        ledger.edit(kind, id, values)
    except UserError:
        return 0
    return len(values)
