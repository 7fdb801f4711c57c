"""溯源附件: the annex that proves every number of the report by its rule and its records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from mingxi_desktop.domain.indicators import Aggregate, Contribution, IndicatorValue, Trace
from mingxi_desktop.domain.wording import plain
from mingxi_desktop.report.model import Attachment, Block, Cell, Paragraph, Run, Style, Table, paragraph

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


def annex(
    traces: Sequence[Trace], *, areas: Sequence[str] = (), full: bool = False, number: int = 0
) -> Attachment:
    """The annex for these indicators in this order.

    areas: the townships in the order in which they are listed.  full: every record in a row of its own,
    however many there are.
    """
    blocks: list[Block] = [
        paragraph(
            "报告正文的每一个数均由台账记录按下列口径算出。表一列出全部指标，其后逐项列出口径和记录；"
            f"{'' if full else f'记录超过{ITEMISED}条的按乡镇和月份汇总，'}原始记录和佐证材料存于台账备查。"
        ),
        _overview(traces),
    ]
    for place, trace in enumerate(traces, start=1):
        blocks += _proof(place, trace, areas, full=full)
    return Attachment(number, TITLE, tuple(blocks))


def value_text(value: IndicatorValue) -> str:
    """The printed value with its unit word: 1683条, 76.026万元, 99.76%; a dash where there is none."""
    if value.value is None:
        return "—"
    unit = value.indicator.unit
    if value.value == 0:
        return f"0{'' if unit in _WITHOUT_UNIT and unit != '%' else unit}"
    return value.text if unit in _WITHOUT_UNIT else f"{value.text}{unit}"


def _overview(traces: Sequence[Trace]) -> Table:
    rows = tuple(
        (
            str(place),
            trace.value.indicator.label,
            (Run(value_text(trace.value), trace.value.indicator.id),),
            str(trace.value.records),
            _last_year(trace.value),
        )
        for place, trace in enumerate(traces, start=1)
    )
    return Table(
        header=("序号", "指标", "数值", "记录数", "上年"),
        rows=rows,
        widths=(12, 66, 36, 18, 24),
        caption="表一　指标一览",
        aligns=("center", "left", "right", "right", "right"),
        size=_SMALL,
    )


def _last_year(value: IndicatorValue) -> Cell:
    if not value.last_year_text:
        return "—"
    return (Run(value.last_year_text, value.indicator.id, "last_year"),)


def _proof(place: int, trace: Trace, areas: Sequence[str], *, full: bool) -> Iterator[Block]:
    """Heading, rule and records of one indicator."""
    value = trace.value
    shown = Run(value_text(value), value.indicator.id)
    yield Paragraph((Run(f"{place}. {value.indicator.label}："), shown), Style.H3)
    problem = f"待核：{value.problem}。" if value.problem else ""
    yield paragraph(f"{trace.rule.rstrip('。')}。记录{len(trace.records)}条。{problem}", style=Style.NOTE)
    if not trace.records or value.indicator.aggregate is Aggregate.RATIO:
        return  # the records of a ratio stand with the two indicators that it is made of
    if full or len(trace.records) <= ITEMISED:
        yield _records(trace.records)
    else:
        yield _by_area_and_month(trace.records, areas)


def _records(records: Sequence[Contribution]) -> Table:
    """One row a record; what it adds where something is added up."""
    adds = any(record.contributes is not None for record in records)
    rows: list[tuple[Cell, ...]] = []
    for record in records:
        what = f"{record.title}（{record.remark}）" if record.remark else record.title
        added = (_number(record.contributes),) if adds else ()
        rows.append((record.date[:_DAY], record.area, what, *added, record.source))
    if adds:
        total = sum((record.contributes or Decimal(0) for record in records), Decimal(0))
        rows.append(("合计", "", f"{len(records)}条", _number(total), ""))
    return Table(
        header=("日期", "乡镇", "记录", *(("计入",) if adds else ()), "来源"),
        rows=tuple(rows),
        widths=(22, 18, 50, *((16,) if adds else ()), 50),
        aligns=("center", "center", "left", *(("right",) if adds else ()), "left"),
        size=_SMALL,
    )


def _by_area_and_month(records: Sequence[Contribution], order: Sequence[str]) -> Table:
    """Townships down, months across: what was added, or how many records where nothing is."""
    adds = any(record.contributes is not None for record in records)
    cells: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for record in records:
        amount = (record.contributes or Decimal(0)) if adds else Decimal(1)
        cells[record.area or NO_AREA, _month(record.date)] += amount
    areas = _in_order((record.area or NO_AREA for record in records), order)
    months = [month for month in (*_MONTHS, 0) if any(key[1] == month for key in cells)]
    rows = [
        (area, *(_cell(cells, area, month) for month in months), _total(cells, [area], months))
        for area in areas
    ]
    sums = (_total(cells, areas, [month]) for month in months)
    rows.append(("合计", *sums, _total(cells, areas, months)))
    return Table(
        header=("乡镇", *(f"{month}月" if month else "无日期" for month in months), "合计"),
        rows=tuple(rows),
        widths=(18, *(10 for _ in months), 15),
        aligns=("center", *("right" for _ in months), "right"),
        size=_SMALLER,
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
    """Each once: as in `order`, then others as they appear, those without an area last."""
    found = list(dict.fromkeys(areas))
    rank = {area: place for place, area in enumerate(order)}
    return sorted(found, key=lambda area: (area == NO_AREA, rank.get(area, len(rank))))
