"""What a record's row does not say in a column of its own but still says: area, receiver, type, granularity."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from mingxi_desktop.domain.abreast import Abreast
from mingxi_desktop.domain.fields import NUMERIC, Field, FieldType
from mingxi_desktop.domain.kinds.common import AGGREGATE, COUNTY
from mingxi_desktop.domain.names import fold_width
from mingxi_desktop.domain.personal import withhold
from mingxi_desktop.domain.query import Query
from mingxi_desktop.domain.records import Record
from mingxi_desktop.domain.references import AREA, ORG
from mingxi_desktop.exchange.recognising.plan import Notice, PlanRow, Skipped
from mingxi_desktop.ledger.intake.facts import Context
from mingxi_desktop.ledger.intake.nil import FOUND, TELLING, one_says_nothing, says_nothing
from mingxi_desktop.ledger.intake.part import VENUE, label_of
from mingxi_desktop.ledger.intake.rows import ReadRow, RowReader, texts_of
from mingxi_desktop.ledger.intake.words import level_of_heading, one_word, words_in
from mingxi_desktop.patterns import pattern

_MAX_TITLE = 60
_WHERE = pattern("地点|地址|位置")
_RECTIFIED = "quantity_rectified"
_STEM = 2
"""Characters of a word that a name has of it where it means that too: 安全生产暨防汛工作会."""
_BROUGHT_IN = ("购入", "接收调入")
_NAMES = ("name", "title", "place", VENUE, "topic", "party", "enterprises")
_STILL = datetime.timedelta(days=3)


class Filler:
    """Completes the records of one table; what it assumed is said once for the table."""

    def __init__(self, rows: RowReader, context: Context) -> None:
        self._rows = rows
        self._context = context
        self._kind = rows.kind
        self._told: dict[str, list[int]] = {}
        self._missing = [
            item
            for item in self._kind.fields
            if item.type is FieldType.CHOICE and item.required and item.default is None
        ]
        self._words: dict[str, Mapping[str, str]] = {
            item.name: words_in(rows.ledger, item) for item in self._missing
        }
        self._found: dict[tuple[str, str], str | None] = {}
        self._noted: set[str] = set()
        quantity = self._kind.quantity
        counts = bool(quantity) and self._kind.field(quantity).required
        self._counts = quantity if counts else ""
        self._reports = quantity if counts and (self._kind.field(quantity).minimum or 0) >= 1 else ""
        self._has = {item.name for item in self._kind.fields}
        self._placed = "event" in self._has and self._kind.field("event").required
        self._said = [item.name for item in self._kind.fields if item.required and item.long]
        self._tells = next((name for name in TELLING if name in self._has), "")
        self._numbers = [item.name for item in self._kind.fields if item.type in NUMERIC]

    @cached_property
    def _areas(self) -> dict[str, str]:
        """Names of townships → reference, and 县直."""
        entries = self._rows.ledger.entries(AREA)
        return {entry.name: entry.ref for entry in entries}

    @cached_property
    def _homes(self) -> dict[str, str]:
        """Reference of a reporter → reference of its area."""
        county = self._areas.get(COUNTY, "")
        towns = [(name, ref) for name, ref in self._areas.items() if name != COUNTY]
        return {
            entry.ref: next((ref for name, ref in towns if entry.name.startswith(name)), county)
            for entry in self._rows.ledger.entries(ORG)
        }

    def fill(self, row: ReadRow, *, done: bool | None = None) -> None:
        """Complete one record in place.  done: whether the row says that everything found is put right."""
        if _RECTIFIED in self._has and row.values.get(_RECTIFIED) is None:
            self._rectified(row, done)
        if row.plan.section and "level" in self._has:
            self._level(row)
        if "area" in self._has:
            if row.plan.section:
                self._section(row)
            if not row.values.get("area"):
                self._area(row)
        for item in self._missing:
            if not row.values.get(item.name):
                self._choice(row, item)
            elif item.name in self._context.guessed:
                self._named_otherwise(row, item)
        if self._placed and not row.values.get("event"):
            self._event(row)
        if row.values.get("type") == "调拨" and "receiver" in self._has and not row.values.get("receiver"):
            row.values["receiver"] = row.values.get("area")
        if self._context.aggregate:
            self._aggregate(row)

    def is_complete(self, rows: Sequence[PlanRow], said: Abreast) -> bool:
        """Whether it is plain that `fill` does nothing for any of the rows, and that none `is_nothing`.

        said: what they say, with what holds for the whole table.
        """
        whole = self._context.aggregate or self._context.values.get("granularity") == AGGREGATE
        named = self._context.guessed and self._tells not in ("", FOUND)
        if whole or named or any(row.section for row in rows):
            return False
        needed = [item.name for item in self._missing]
        needed += ["area"] if "area" in self._has else []
        needed += ["event"] if self._placed else []
        if not all(all(said.column(name)) for name in needed) or AGGREGATE in said.column("granularity"):
            return False
        if _RECTIFIED in self._has and any(said.column("rectified_date")) and None in said.column(_RECTIFIED):
            return False
        if "receiver" in self._has and "调拨" in said.column("type"):
            return False
        if not self._reports:
            return True
        texts = said.column(self._said[0]) if self._said else ()
        return bool(texts) and not one_says_nothing(texts)

    def is_nothing(self, row: ReadRow, zero: Collection[str], strokes: Collection[str] = ()) -> bool:
        """Whether the row reports that there was nothing: then it is left out, and listed so.

        zero: names of the numbers that it says are 0.  strokes: of those in whose place is a sign for nothing.
        """
        name = self._counts if strokes else self._reports
        if not name:
            return False
        quantity = row.values.get(name)
        text = str(row.values.get(self._tells) or "")
        said = "" if self._context.aggregate and text == self._context.about[:_MAX_TITLE] else text
        if (quantity and not (said and quantity == 1)) or (said and not says_nothing(said, self._tells)):
            return False
        if not said and name not in zero and name not in strokes:
            return False
        if self._counts_other(row, name, said):
            return False
        more = "；数量写的是1，请核对" if quantity else ""
        self._rows.skipped.append(Skipped(row.plan.number, f"零报告（写明没有），不记为记录{more}"))
        return True

    def _counts_other(self, row: ReadRow, name: str, said: str) -> bool:
        """Whether the row has another number than the one that is 0: what was found before is put right now.

        What is put right of hazards that the text says there are none of is no number.
        """
        mute = (name, _RECTIFIED) if said else (name,)
        return any(row.values.get(item) for item in self._numbers if item not in mute)

    def _section(self, row: ReadRow) -> None:
        """A heading across the table names the township of the rows below it, before any title does."""
        if self._rows.column_for("area") is not None:
            return
        named = [ref for name, ref in self._areas.items() if name in row.plan.section and name != COUNTY]
        if len(named) == 1:
            row.values["area"] = named[0]
            self._tell("area", "没有乡镇一列，按小标题记乡镇", row)

    def _level(self, row: ReadRow) -> None:
        """A heading across the table names the level of the rows below it."""
        if self._rows.column_for("level") is not None:
            return
        found = level_of_heading(self._levels, fold_width(row.plan.section))
        if found is not None and row.values.get("level") != found:
            row.values["level"] = found
            self._tell("level", "没有“隐患等级”一列，按小标题记等级", row)

    @cached_property
    def _levels(self) -> Mapping[str, str]:
        return words_in(self._rows.ledger, self._kind.field("level"))

    def _area(self, row: ReadRow) -> None:
        values = row.values
        home = self._homes.get(str(values.get("reporter") or ""), "")
        receiver = str(values.get("receiver") or "")
        if receiver.startswith(f"{AREA}:"):
            values["area"] = receiver
        elif receiver in self._homes:
            values["area"] = self._homes[receiver]
        elif home:
            values["area"] = home
            self._tell("area", "没有乡镇，按填报单位记乡镇（县级部门记县直）", row)
        elif (town := self._named_town(row)) is not None:
            values["area"] = town
            self._tell("area", "没有乡镇一列，按名称、地点里写的乡镇记", row)
        elif self._kind.county or self._kind.name == "manual_entry" or values.get("type") in _BROUGHT_IN:
            values["area"] = self._areas.get(COUNTY)
            self._tell("area", f"没有写乡镇，记为{COUNTY}", row)

    def _named_town(self, row: ReadRow) -> str | None:
        """The one township whose full name stands in what the row names: 雪峰镇综合应急救援队, or in where it was."""
        texts = [
            cell
            for column, cell in row.plan.cells
            if isinstance(cell, str) and column.target and column.target.name in _NAMES
        ]
        texts += [
            cell for column, cell in row.plan.others if isinstance(cell, str) and _WHERE.search(column.header)
        ]
        towns = {
            ref for name, ref in self._areas.items() if name != COUNTY and any(name in text for text in texts)
        }
        return towns.pop() if len(towns) == 1 else None

    def _rectified(self, row: ReadRow, done: bool | None) -> None:
        """How many are put right where no column counts them: all with a date of completion, or as said."""
        values = row.values
        dated = done is None and values.get("rectified_date") is not None
        if not done and not dated:
            return
        quantity = self._kind.field(self._kind.quantity)
        values[_RECTIFIED] = values.get(quantity.name) or quantity.default
        if dated:
            self._tell(_RECTIFIED, "写了整改完成日期、没有写已整改数，按全部已整改记", row)

    @cached_property
    def _events(self) -> list[Record]:
        ledger = self._rows.ledger
        return ledger.records("disaster_event", ledger.ids(Query("disaster_event")))

    def _event(self, row: ReadRow) -> None:
        """The ledger's only event in whose days the row's date lies."""
        day = row.values.get("record_date")
        if day is None:
            return
        near = [event for event in self._events if _covers(event, day)]
        if len(near) == 1:
            row.values["event"] = f"disaster_event:{near[0].id}"
            name = near[0].values["name"]
            self._tell("event", f"没有写灾害过程，按日期记到“{name}”", row)

    def _choice(self, row: ReadRow, item: Field) -> None:
        """The one word of the vocabulary that the row uses anywhere."""
        texts = "\n".join(texts_of(row.plan))
        key = (item.name, texts)
        if key not in self._found:
            self._found[key] = one_word(self._words[item.name], texts)
        word = self._found[key]
        if word is not None:
            row.values[item.name] = word
            lacks = "没有填" if self._rows.column_for(item.name) else "没有"
            said = f"{lacks}“{item.label}”" + ("" if lacks == "没有填" else "一列")
            self._tell(item.name, f"{said}，按每行的内容判断，请核对", row)

    def _named_otherwise(self, row: ReadRow, item: Field) -> None:
        """The word that what the row is called has, where the title has another: 防汛部署会 among 安全生产会议."""
        text = str(row.values.get(self._tells) or "") if self._tells != FOUND else ""
        word = one_word(self._words[item.name], text) if text and not self._context.aggregate else None
        titled = str(row.values[item.name])
        if word not in (None, titled) and titled[:_STEM] not in text:
            row.values[item.name] = word
            self._tell(item.name, f"名称里写的“{item.label}”和标题不一样，按名称记，请核对", row)

    def _aggregate(self, row: ReadRow) -> None:
        """A row of totals says of itself that it is one; texts that it cannot have come from the title."""
        values = row.values
        values["granularity"] = AGGREGATE
        label = withhold(label_of(row.plan))[0]
        if label and "note" in self._has:
            values["note"] = "\n".join(filter(None, (label, values.get("note"))))
            self._noted.add(label.partition("：")[0])
        for item in self._kind.fields:
            if item.type is FieldType.TEXT and item.required and not item.auto and not values.get(item.name):
                values[item.name] = self._context.about[:_MAX_TITLE]

    def _tell(self, name: str, sentence: str, row: ReadRow) -> None:
        self._told.setdefault(f"{name}\n{sentence}", []).append(row.plan.number)

    def of_columns(self, notices: Sequence[Notice]) -> list[Notice]:
        """What was said of the columns before their rows were read: one that went to the remarks is not left out."""
        return [
            replace(notice, message=f"列“{notice.column}”没有对应的字段，写进了备注")
            if notice.code == "W_COLUMN_IGNORED" and notice.column in self._noted
            else notice
            for notice in notices
        ]

    def say(self) -> None:
        """The sentences on what was assumed, each with how many rows it is about."""
        for key, rows in self._told.items():
            name, _, sentence = key.partition("\n")
            code = "W_AREA_ASSUMED" if name == "area" else "W_FROM_ROW"
            text = f"{sentence}（{len(rows)}行，从第{rows[0]}行起）"
            self._rows.notices.append(Notice(code, text, 0, ""))


def _covers(event: Record, day: datetime.date) -> bool:
    """Whether a day lies in the days of an event, or on the three after it, when its reports still come."""
    first, last = event.values["record_date"], event.values.get("end_date") or event.values["record_date"]
    return bool(first <= day <= last + _STILL)
