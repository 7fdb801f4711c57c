"""溯源附件: the annex that proves every number of the report by its rule, its records and their files."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingxi_desktop.domain.concerns import Acceptance
from mingxi_desktop.domain.indicators import Aggregate, Contribution, IndicatorValue, Trace
from mingxi_desktop.domain.wording import plain
from mingxi_desktop.report.facts import date_text
from mingxi_desktop.report.model import Attachment, Block, Cell, Paragraph, Run, Style, Table, paragraph
from mingxi_desktop.report.source_files import TYPED_IN, SourceFiles

TITLE = "指标溯源"
ITEMISED = 12
"""Up to so many records are listed one by one; more are added up by township and month."""
NO_AREA = "（未填）"
_MONTHS = range(1, 13)
_WITHOUT_UNIT = ("%", "日期", "日期区间", "号")
"""Units that the printed value brings along or that are none."""
_SMALL, _SMALLER = 9.0, 8.0
_DAY = len("2024-06-09")
"""Of a date with a time only the day is shown."""
_HASH_GROUP = 8


@dataclass(frozen=True, slots=True)
class Basis:
    """What the numbers were computed from, so that nobody need take the annex's word for it.

    as_of: the cut-off date.  records: how many the whole ledger holds.  history_hash: of the last entry
    of its chain of changes, in hex.
    """

    as_of: datetime.date
    records: int
    history_hash: str


def annex(
    traces: Sequence[Trace],
    *,
    areas: Sequence[str] = (),
    full: bool = False,
    number: int = 0,
    basis: Basis | None = None,
    accepted: Sequence[Acceptance] = (),
) -> Attachment:
    """The annex for these indicators in this order.

    areas: the townships in the order in which they are listed.  full: every record in a row of its own,
    however many there are.  basis: the state of the ledger, named at the annex's head.  accepted: findings of
    the checks that hold and were explained.
    """
    files = SourceFiles(traces, areas)
    added_up = f"记录超过{ITEMISED}条的按乡镇和月份汇总，来源文件写编号，编号见表三；"
    blocks: list[Block] = [
        paragraph(
            "报告正文的每一个数均由台账记录按下列口径算出。表一是本次计算的依据，表二列出全部指标，"
            f"其后逐项列出口径、记录和来源文件；{'' if full else added_up}原始文件和佐证材料存于台账备查。"
        ),
        *_basis(traces, files, basis),
        _overview(traces, files),
    ]
    places = {trace.value.indicator.id: place for place, trace in enumerate(traces, start=1)}
    for place, trace in enumerate(traces, start=1):
        blocks += _Proof(place, trace, places, files, areas, full).blocks()
    if len(files):
        blocks.append(files.table("表三　来源文件", _SMALL))
    if accepted:
        blocks += _explained(accepted, "表四" if len(files) else "表三")
    return Attachment(number, TITLE, tuple(blocks))


def value_text(value: IndicatorValue) -> str:
    """The printed value with its unit word: 1683条, 76.026万元, 99.76%; a dash where there is none."""
    if value.value is None:
        return "—"
    unit = value.indicator.unit
    if value.value == 0:
        return f"0{'' if unit in _WITHOUT_UNIT and unit != '%' else unit}"
    return value.text if unit in _WITHOUT_UNIT else f"{value.text}{unit}"


def _basis(traces: Sequence[Trace], files: SourceFiles, basis: Basis | None) -> Iterator[Block]:
    """What was counted, up to when, out of how much, and the seal of the history."""
    used = {(record.kind, record.id) for trace in traces for record in trace.records}
    rows: list[tuple[Cell, ...]] = [
        ("指标", f"{len(traces)}个"),
        ("所依据的记录", f"{len(used)}条（一条记录可以用于几个指标），来源文件{len(files)}个"),
    ]
    if basis is not None:
        seal = basis.history_hash
        groups = (seal[start : start + _HASH_GROUP] for start in range(0, len(seal), _HASH_GROUP))
        rows = [
            ("截止日期", date_text(basis.as_of)),
            ("台账记录总数", f"{basis.records}条"),
            *rows,
            ("变更历史校验值", " ".join(groups)),
        ]
    yield Table(
        header=("项目", "内容"),
        rows=tuple(rows),
        widths=(30, 126),
        caption="表一　计算依据",
        aligns=("left", "left"),
        size=_SMALL,
    )
    if basis is not None:
        yield paragraph(
            "注：台账的每次变更都记下前一次的校验值；此前的任何一次变更被改动，校验值都会不同。",
            style=Style.NOTE,
        )


def _overview(traces: Sequence[Trace], files: SourceFiles) -> Table:
    rows = tuple(
        (
            str(place),
            trace.value.indicator.label,
            (Run(value_text(trace.value), trace.value.indicator.id),),
            str(trace.value.records),
            str(files.count(trace.records)),
            _last_year(trace.value),
        )
        for place, trace in enumerate(traces, start=1)
    )
    return Table(
        header=("序号", "指标", "数值", "记录数", "文件数", "上年"),
        rows=rows,
        widths=(12, 60, 32, 16, 14, 22),
        caption="表二　指标一览",
        aligns=("center", "left", "right", "right", "right", "right"),
        size=_SMALL,
    )


def _last_year(value: IndicatorValue) -> Cell:
    if not value.last_year_text:
        return "—"
    return (Run(value.last_year_text, value.indicator.id, "last_year"),)


@dataclass(frozen=True, slots=True)
class _Proof:
    """Heading, rule and records of one indicator."""

    place: int
    trace: Trace
    places: dict[str, int]
    files: SourceFiles
    areas: Sequence[str]
    full: bool

    def blocks(self) -> Iterator[Block]:
        """The blocks in order."""
        value, records = self.trace.value, self.trace.records
        shown = Run(value_text(value), value.indicator.id)
        yield Paragraph((Run(f"{self.place}. {value.indicator.label}："), shown), Style.H3)
        elsewhere = self._elsewhere()
        yield paragraph(
            f"{self.trace.rule.rstrip('。')}。记录{len(records)}条，{self._sources()}。",
            f"记录见第{elsewhere[0]}项和第{elsewhere[1]}项。" if elsewhere else "",
            f"待核：{value.problem}。" if value.problem else "",
            style=Style.NOTE,
        )
        if not records or elsewhere:
            return
        if self.full or len(records) <= ITEMISED:
            yield _records(records)
        else:
            yield self._by_area_and_month()

    def _elsewhere(self) -> tuple[int, int] | None:
        """Where the two indicators that a ratio is made of are proved, if both are."""
        indicator = self.trace.value.indicator
        if indicator.aggregate is not Aggregate.RATIO:
            return None
        of, per = self.places.get(indicator.of), self.places.get(indicator.per)
        return (of, per) if of and per else None

    def _sources(self) -> str:
        count = self.files.count(self.trace.records)
        return f"来源文件{count}个" if count else TYPED_IN

    def _by_area_and_month(self) -> Table:
        """Townships down, months across: what was added, or how many records where nothing is; the files."""
        records = self.trace.records
        adds = any(record.contributes is not None for record in records)
        cells: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
        by_area: dict[str, list[Contribution]] = defaultdict(list)
        for record in records:
            area = record.area or NO_AREA
            cells[area, _month(record.date)] += (record.contributes or Decimal(0)) if adds else Decimal(1)
            by_area[area].append(record)
        months = [month for month in (*_MONTHS, 0) if any(key[1] == month for key in cells)]
        areas = _in_order(by_area, self.areas)
        rows = [
            (
                area,
                *(_cell(cells, area, month) for month in months),
                _total(cells, [area], months),
                self.files.numbers(by_area[area]),
            )
            for area in areas
        ]
        sums = (_total(cells, areas, [month]) for month in months)
        rows.append(("合计", *sums, _total(cells, areas, months), ""))
        return Table(
            header=("乡镇", *(f"{month}月" if month else "无日期" for month in months), "合计", "来源文件"),
            rows=tuple(rows),
            widths=(16, *(9.2 for _ in months), 13, max(17, 127 - 9.2 * len(months)) if months else 17),
            aligns=("center", *("right" for _ in months), "right", "left"),
            size=_SMALLER,
        )


def _records(records: Sequence[Contribution]) -> Table:
    """One row a record; what it adds where something is added up."""
    adds = any(record.contributes is not None for record in records)
    rows: list[tuple[Cell, ...]] = []
    for record in records:
        day = record.date[:_DAY]
        what = record.title.removesuffix(record.date).removesuffix(day).strip() or record.title
        what += f"（{record.remark}）" if record.remark else ""
        added = (_number(record.contributes),) if adds else ()
        rows.append((day, record.area, what, *added, record.source or TYPED_IN))
    if adds:
        total = sum((record.contributes or Decimal(0) for record in records), Decimal(0))
        rows.append(("合计", "", f"{len(records)}条记录", _number(total), ""))
    return Table(
        header=("日期", "乡镇", "记录", *(("计入",) if adds else ()), "来源"),
        rows=tuple(rows),
        widths=(18, 12, 40, *((11,) if adds else ()), 75),
        aligns=("center", "center", "left", *(("right",) if adds else ()), "left"),
        size=_SMALLER,
    )


def _explained(accepted: Sequence[Acceptance], number: str) -> Iterator[Block]:
    """What the checks found and somebody explained: each with its reason, who gave it and when."""
    yield Paragraph((Run("已说明的疑点"),), Style.H3)
    yield paragraph(
        "以下各条是台账核对时发现、经办人逐条说明了理由的，所涉记录至今没有变动。", style=Style.NOTE
    )
    rows = tuple(
        (str(place), one.message, one.reason, one.by, one.at[:_DAY])
        for place, one in enumerate(accepted, start=1)
    )
    yield Table(
        header=("序号", "核对发现", "说明的理由", "说明人", "日期"),
        rows=rows,
        widths=(10, 70, 42, 15, 19),
        caption=f"{number}　核对发现和说明的理由",
        aligns=("center", "left", "left", "center", "center"),
        size=_SMALL,
    )


def _cell(cells: dict[tuple[str, int], Decimal], area: str, month: int) -> str:
    return plain(cells[area, month]) if (area, month) in cells else ""


def _total(cells: dict[tuple[str, int], Decimal], areas: Iterable[str], months: Sequence[int]) -> str:
    wanted = set(areas)
    return plain(sum((v for (a, m), v in cells.items() if a in wanted and m in months), Decimal(0)))


def _number(amount: Decimal | None) -> str:
    return "" if amount is None else plain(amount)


def _month(date: str) -> int:
    """Month of an ISO date; 0 where there is none."""
    return int(date[5:7]) if date[5:7].isdigit() else 0


def _in_order(areas: Iterable[str], order: Sequence[str]) -> list[str]:
    """As in `order`, then others as they appear, those without an area last."""
    rank = {area: place for place, area in enumerate(order)}
    return sorted(areas, key=lambda area: (area == NO_AREA, rank.get(area, len(rank))))
