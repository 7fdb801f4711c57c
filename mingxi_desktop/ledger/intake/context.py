"""What a sheet says outside its table: year, place, unit, reporter, and facts that have no column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from mingxi_desktop.domain.fields import Field, FieldType, Kind
from mingxi_desktop.domain.names import fold_width
from mingxi_desktop.domain.references import AREA, COUNTY_AREA, ORG
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.recognising.layout import Layout, Role, is_of_totals
from mingxi_desktop.exchange.recognising.plan import Notice
from mingxi_desktop.ledger.intake.event import find_event
from mingxi_desktop.ledger.intake.facts import Context
from mingxi_desktop.ledger.intake.period import find_report_day, find_span, is_running_total
from mingxi_desktop.ledger.intake.words import level_said, one_word, words_in
from mingxi_desktop.patterns import pattern

if TYPE_CHECKING:
    from mingxi_desktop.ledger.facade import Ledger

_YEAR = pattern(r"(?<!\d)(20\d\d)(?:年|(?=[.\-/]))")
_REPORTER = pattern(
    r"(?:填报|报送|上报|报告|编制|填表|制表|统计)(?:单位|部门|机关)(?:\((?:盖?公?章|签章|盖章)\))?:\s*([^()\s:]+)"
)
_SAYS_WHO = pattern(r"(?:填报|报送|上报|报告|编制|填表|制表|统计)(?:单位|部门|机关|日期|时间)[^:]{0,6}:")
_UNIT = pattern(r"单位:?\s*[(]?[^\n:]{0,16}?(千元|万元|亿元|元)|[(](千元|万元|亿元)[)]")
_SOME_YEAR = 2024
"""A leap year, in which every day that has no year can be read."""
_LAND = pattern(r"单位:?[^\n]{0,12}亩")
_PLAIN_SHEET = pattern(r"(?:sheet|工作表|表|页)\s*\d*", re.IGNORECASE)
_PARTS = pattern(r"[\n,，;；。]")
_SOURCES = ("工作表名", "标题", "文件名", "选定的填报单位")
_HARM = ("deaths", "injured")
_SLIGHT = ("slight", "slight_rooms")
_SEVERAL_SORTS = pattern("(?:培训|演练|宣传教育|宣传|宣教)[、和及与/暨]?(?:培训|演练|宣传|宣教)")
"""A title of activities of several sorts: 培训演练台账.  Each row says which it is."""
_TITLE = pattern("[表册]|台账|清单|情况|统计|汇总|名单|记录|明细|一览|报告|月报|日报|快报")
"""What a title has; 盖洋镇人民政府 and 2024.5.31 beside 填报单位 and 填报日期 are none."""
_SAYS_HOW_MUCH = pattern("一般|轻")
_TITLE_WORDS = ("level", "field", "campaign")
"""Fields with a default of which a title may say something else: 重大隐患台账."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a table comes from.  lines: titles above it, below: lines under it; given_*: what the user said."""

    lines: tuple[str, ...]
    sheet: str
    stem: str
    below: tuple[str, ...] = ()
    given_year: int | None = None
    given_reporter: str = ""
    given_unit: str = ""
    given_values: Mapping[str, str] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[str, ...]:
        """The texts that may hold a fact about the whole table, the nearest first."""
        sheet = "" if _PLAIN_SHEET.fullmatch(self.sheet) else self.sheet
        return tuple(
            fold_width(text) for text in ("\n".join(self.lines), sheet, self.stem, "\n".join(self.below))
        )

    @property
    def all_texts(self) -> str:
        """Titles, sheet and file as one text."""
        return "\n".join(self.sources[:3])


def context_of(ledger: Ledger, kind: Kind, layout: Layout, around: Surroundings) -> Context:
    """Gather what holds for the whole table.  UserError for a value of the user's that cannot be read."""
    unknown = [column.header for column in layout.columns if column.role is Role.UNKNOWN]
    heads = [header for header in unknown if _SAYS_WHO.search(fold_width(header))]
    around = replace(around, lines=(*around.lines, *heads))
    text = around.all_texts
    titled = _only(_YEAR.findall(text), int)
    context = Context(titled or around.given_year, titled=titled)
    context.aggregate = is_aggregate(kind, layout)
    context.about = _about(kind, around)
    titles = fold_width("\n".join(around.lines))
    units = (unit[1] or unit[2] for unit in _UNIT.finditer(titles))
    context.land_unit = "亩" if _LAND.search(titles) else ""
    context.money_unit = around.given_unit or _only(units)  # 万元 in one line, 元 in another: nobody knows
    _given(ledger, kind, around, context)
    named = {name for facets in layout.groups for name, _ in facets}
    missing = [item for item in kind.fields if layout.column_of(item.name) is None and item.name not in named]
    for item in missing:
        if item.name in context.values:
            continue
        if item.name == "area":
            _area(ledger, kind, around, context)
        elif item.name == "reporter":
            _reporter(ledger, kind, around, context)
        elif item.name == "event":
            find_event(ledger, item, text, context)
        elif item.name in (kind.date, "record_date"):
            _date(kind, item, around, context)
        elif _of_title(item):
            _choice(ledger, item, text, context)
    _say_aggregate(kind, text, context)
    _say_taken(kind, layout, context)
    return context


def _say_taken(kind: Kind, layout: Layout, context: Context) -> None:
    """What the header leaves open and is taken in one way all the same."""
    if kind.name == "inspection" and layout.column_of("times") is None and not layout.groups:
        context.notices.append(Notice("W_TIMES_ASSUMED", "表里没有“检查次数”一列，每行按1次记，请核对"))
    if kind.name == "accident":
        labels = [kind.field(name).label for name in _HARM if not _is_said(name, layout, context)]
        if labels:
            said = f"表里没有{''.join(f'“{label}”' for label in labels)}一列，都按0记，请核对"
            context.notices.append(Notice("W_HARM_ASSUMED", said))
    if kind.name == "disaster_loss":
        for column in layout.columns:
            name = column.target.plain_name if column.target else ""
            if name in _SLIGHT and not _SAYS_HOW_MUCH.search(column.header):
                said = f"“{column.header}”没有写严重损坏还是一般损坏，按一般损坏记，请核对"
                context.notices.append(Notice("W_SLIGHT_ASSUMED", said, 0, column.header))


def _is_said(name: str, layout: Layout, context: Context) -> bool:
    seconds = {
        column.target.second.name for column in layout.columns if column.target and column.target.second
    }
    return name in seconds or layout.column_of(name) is not None or context.values.get(name) is not None


def _of_title(item: Field) -> bool:
    """Whether a title may say the field's word: it is needed, or the default may be wrong."""
    needed = item.type is FieldType.CHOICE and item.required and item.default is None
    return needed or (item.name in _TITLE_WORDS and bool(item.choices))


def is_aggregate(kind: Kind, layout: Layout) -> bool:
    """Whether a row is a total of things that are recorded one by one otherwise."""
    if not is_of_totals(layout) or kind.field(kind.quantity).default != 1 or layout.column_of("granularity"):
        return False
    return layout.column_of(kind.quantity) is not None or bool(layout.groups)


def _about(kind: Kind, around: Surroundings) -> str:
    lines = [line for line in around.lines if len(line) > 3 and ":" not in fold_width(line)]
    titles = [line for line in lines if _TITLE.search(line)] or [
        line for line in lines if not line[0].isdigit()
    ]
    return max(titles or lines, key=len, default="") or f"{kind.label}汇总"


def _say_aggregate(kind: Kind, text: str, context: Context) -> None:
    if context.aggregate:
        said = "每行是一批的合计，按“汇总”记录；没有的名称、描述用表的标题"
        context.notices.append(Notice("W_BATCH_ROWS", said))
    context.running = is_running_total(text)
    if context.running:
        if kind.has("basis"):
            context.notices.append(Notice("W_CUMULATIVE", "是累计数：同一过程同一乡镇只取最后一期，不相加"))
        else:
            said = "标题写的是累计数，请核对：如果以前各期已经导入过，再导入会重复计算"
            context.notices.append(Notice("W_CUMULATIVE", said))


def _given(ledger: Ledger, kind: Kind, around: Surroundings, context: Context) -> None:
    """What the user says of the whole table goes before everything else."""
    texts = {name: text for name, text in around.given_values.items() if kind.has(name) and text.strip()}
    if not texts:
        return
    values, findings = ledger.parse(kind.name, texts, year=context.year)
    wrong = next((finding for finding in findings if finding.severity == "error"), None)
    if wrong is not None:
        label = kind.field(wrong.field).label
        raise UserError(
            f"给整张表填的“{label}”读不懂", wrong.message, "改好以后再读一次。", field=wrong.field
        )
    context.values.update(values)


def _only(found: Iterable[Any], convert: Any = lambda value: value) -> Any:
    """The one value that was found; None if there is none or more than one."""
    values = {convert(value) for value in found}
    return values.pop() if len(values) == 1 else None


def _area(ledger: Ledger, kind: Kind, around: Surroundings, context: Context) -> None:
    """The township named by the sheet, else by the title, the reporter, the file; else a county office."""
    towns = {
        alias: entry
        for entry in ledger.entries(AREA)
        if entry.name != COUNTY_AREA
        for alias in (entry.name, *entry.aliases)
    }
    texts = (around.sheet, "\n".join(around.lines), around.stem, around.given_reporter)
    named = [{towns[name].ref for name in towns if name in text} for text in texts]
    said_alone = {refs.copy().pop() for refs in named[:3] if len(refs) == 1}
    if len(said_alone) > 1:
        names = "、".join(ledger.show(kind.name, "area", ref) for ref in sorted(said_alone))
        said = f"工作表名、标题和文件名说的乡镇不一样（{names}），没有按它们记乡镇"
        context.notices.append(Notice("W_AREA_CONFLICT", said))
        return
    for source, refs in zip(_SOURCES, named, strict=True):
        if len(refs) == 1:
            entry = refs.copy().pop()
            shown = ledger.show(kind.name, "area", entry)
            said = f"表里没有乡镇一列，按{source}都记为“{shown}”"
            context.take("area", entry, "W_AREA_ASSUMED", said)
        if refs:
            return
    offices = _offices(ledger)
    county = next((entry for entry in ledger.entries(AREA) if entry.name == COUNTY_AREA), None)
    if county and any(name in text for text in texts for name in offices):
        said = f"表里没有乡镇一列，是县级部门报的，记为“{COUNTY_AREA}”"
        context.take("area", county.ref, "W_AREA_ASSUMED", said)


def check_reporter(ledger: Ledger, kind: Kind, name: str) -> None:
    """UserError when the reporter whom the user named is not in the list."""
    if not name or not kind.has("reporter"):
        return
    values, findings = ledger.parse(kind.name, {"reporter": name})
    if not values.get("reporter"):
        known = findings[0].message.partition("。")[2] if findings else ""
        raise UserError(f"没有这个填报单位：{name}", known, "先在名单里登记这个单位，再导入。")


def _reporter(ledger: Ledger, kind: Kind, around: Surroundings, context: Context) -> None:
    named = _REPORTER.search(fold_width("\n".join((*around.lines, *around.below))))
    name = around.given_reporter or (named[1] if named else "")
    if not name:
        return
    known = ledger.parse(kind.name, {"reporter": name})[0].get("reporter")
    if known:
        context.values["reporter"] = known
    else:
        said = f"表头写的填报单位“{name}”不在名单里，没有记填报单位"
        context.notices.append(Notice("W_REPORTER_UNKNOWN", said))


def _choice(ledger: Ledger, item: Field, text: str, context: Context) -> None:
    """A word of the vocabulary that the title uses, if it is the only one; names of offices do not count."""
    for office in sorted(_offices(ledger), key=len, reverse=True) if item.name in _TITLE_WORDS else ():
        text = text.replace(office, "")
    if item.choices == "activity_type":
        text = "\n".join(line for line in text.split("\n") if not _SEVERAL_SORTS.search(line))
    words = words_in(ledger, item)
    found = level_said(words, text) if item.name == "level" else one_word(words, text)
    if found is None or found == item.default:
        if item.name == "level":
            said = f"表里没有“{item.label}”一列，都按“{item.default}”记，请核对"
            context.notices.append(Notice("W_LEVEL_ASSUMED", said))
        return
    value = (found,) if item.type is FieldType.MULTI else found
    context.guessed.add(item.name)
    context.take(item.name, value, "W_FROM_TITLE", f"表里没有“{item.label}”一列，按标题都记为“{found}”")


def _offices(ledger: Ledger) -> set[str]:
    return {alias for entry in ledger.entries(ORG) for alias in (entry.name, *entry.aliases)}


def _date(kind: Kind, item: Field, around: Surroundings, context: Context) -> None:
    """The day or period that the title names, for the ledger's date or the record's; a state has none."""
    if kind.state or (item.name == "record_date" and (kind.date != "record_date" or item.auto)):
        return
    spans = [span for text in around.sources[:3] if (span := find_span(text, context.year)) is not None]
    if len({span.last for span in spans}) > 1:
        days = "、".join(f"{span.last}" for span in spans)
        context.notices.append(
            Notice("W_DATE_CONFLICT", f"标题、工作表名和文件名说的时间不一样（{days}），没有按它们记日期")
        )
        return
    span = spans[0] if spans else find_report_day("\n".join(around.sources), context.year)
    if span is None:
        if context.year is None and any(find_span(text, _SOME_YEAR) for text in around.sources[:3]):
            said = "标题里的日期没有写年份，没有按它记；写明是哪一年再读一次（命令行用 --year）"
            context.notices.append(Notice("W_YEAR_MISSING", said))
        return
    said = f"（{span.assumed}）" if span.assumed else ""
    code = "W_MONTH_AS_LAST_DAY" if span.first != span.last else "W_DATE_FROM_TITLE"
    context.since = span.first
    context.take(item.name, span.last, code, f"表里没有“{item.label}”一列，按标题都记为{span.last}{said}")
