"""More hazards: ticks instead of words, cards, summaries beside details, rectified in words."""

from __future__ import annotations

from typing import Any

from tests.corpus.books import sheets, xlsx
from tests.corpus.expect import Case, Want
from tests.corpus.rows import AREAS, HEAD, day, line, lines, pick, record, records

SIX = lines(6)
PLAIN = Want(records(SIX))
_NO_AREA = [name for name in HEAD if name != "乡镇"]
_WORDS = ["乡镇", "排查日期", "单位或地点", "隐患内容", "隐患等级", "发现数量", "整改情况"]
_TICKS = ["乡镇", "排查日期", "单位或地点", "隐患内容", "一般隐患", "重大隐患"]


def _bare(number: int, **more: Any) -> dict[str, Any]:
    """A record as far as a sheet without the later columns can say."""
    names = ("record_date", "area", "place", "description", "level", "quantity_found")
    return {name: record(line(number))[name] for name in names} | more


def _words() -> bytes:
    said = ["已整改", "未整改", "整改中", "部分整改"]
    rows = [[*pick([line(n)], *_WORDS[:6])[0], word] for n, word in enumerate(said, 1)]
    return xlsx([_WORDS, *rows])


def _worded() -> Want:
    maybe = {
        2: [_bare(1, quantity_rectified=line(1)[6])],
        3: [_bare(2, quantity_rectified=0)],
        4: [_bare(3, quantity_rectified=0)],
        5: [],
    }
    return Want([], maybe=maybe)


def _ticks() -> bytes:
    marks = [("√", None), (None, "√"), ("√", "√"), (None, None)]
    return xlsx([_TICKS, *([*pick([line(n)], *_TICKS[:4])[0], *mark] for n, mark in enumerate(marks, 1))])


def _ticked() -> Want:
    one = {name: value for name, value in _bare(1).items() if name != "quantity_found"}
    two = {name: value for name, value in _bare(2).items() if name != "quantity_found"}
    return Want([], maybe={2: [one | {"level": "一般"}], 3: [two | {"level": "重大"}], 4: [], 5: []})


def _card() -> bytes:
    return xlsx(
        [
            ["安全生产隐患登记卡"],
            ["排查日期", "2024-6-9", "乡镇", "盖洋镇"],
            ["单位或地点", "宏盛木业", "隐患等级", "一般"],
            ["隐患内容", "灭火器过期", None, None],
            ["发现数量", 1, "已整改数量", 0],
        ]
    )


_CARD = dict(
    record_date="2024-06-09",
    area="盖洋镇",
    place="宏盛木业",
    description="灭火器过期",
    level="一般",
    quantity_found=1,
    quantity_rectified=0,
)


def _of_june(place: int) -> list[Any]:
    first = 1 + 2 * place
    later = {"整改期限": None, "整改完成日期": None}
    return [line(n, 排查日期=day(6, n), 发现数量=1, 已整改数量=1, **later) for n in (first, first + 1)]


def _with_summary() -> bytes:
    summary = [["乡镇", "发现隐患数", "已整改数"], *([area, 2, 2] for area in AREAS[:3])]
    named: dict[str, Any] = {"汇总": [["2024年6月汇总表"], *summary, ["合计", 6, 6]]}
    for n, area in enumerate(AREAS[:3]):
        named[area] = [_NO_AREA, *pick(_of_june(n), *_NO_AREA)]
    return sheets(named)


def _details() -> list[Any]:
    return [record(row, area=area) for n, area in enumerate(AREAS[:3]) for row in _of_june(n)]


def _two_ledgers() -> bytes:
    other = [
        ["序号", "检查日期", "乡镇", "检查类型", "被检查单位"],
        [1, "2024-06-11", "盖洋镇", "执法检查", "明发厂"],
    ]
    return sheets({"隐患": [HEAD, *SIX], "检查": other})


def _area_groups() -> bytes:
    """The township as a line of its own above its rows."""
    rows: list[Any] = [["隐患台账"], _NO_AREA]
    for area, group in (("盖洋镇", SIX[:3]), ("夏坊乡", SIX[3:])):
        rows += [[area], *pick(group, *_NO_AREA)]
    return xlsx(rows)


def _grouped() -> list[Any]:
    return [record(row, area="盖洋镇" if n < 3 else "夏坊乡") for n, row in enumerate(SIX)]


def _vertical() -> bytes:
    """Header in the first column, every hazard a column."""
    return xlsx([list(column) for column in zip(*[HEAD, *SIX], strict=True)])


def _two_due_columns() -> bytes:
    rows = [[*row[:9], "2024-12-31", *row[9:]] for row in SIX]
    return xlsx([[*HEAD[:9], "整改期限", *HEAD[9:]], *rows])


CASES = [
    Case(
        "a_rectified_words.xlsx",
        "hazard",
        "已整改, 未整改, 部分整改 in words",
        _words,
        _worded(),
        also=[Want([_bare(n) for n in (1, 2, 3, 4)], warn=["整改情况"]), Want()],
    ),
    Case("a_level_ticks.xlsx", "hazard", "√ in a column for each level", _ticks, _ticked(), also=[Want()]),
    Case(
        "a_card.xlsx",
        "hazard",
        "a card: labels beside their values",
        _card,
        Want([_CARD]),
        also=[Want(), Want([], bad=[3, 4, 5])],
    ),
    Case(
        "a_summary_and_details.xlsx",
        "hazard",
        "totals on the first sheet, their rows on the others",
        _with_summary,
        Want(_details(), warn=["汇总"]),
        also=[Want(_details(), bad=[3, 4, 5])],
    ),
    Case(
        "a_two_ledgers_sheets.xlsx",
        "hazard",
        "hazards and inspections on two sheets",
        _two_ledgers,
        Want(records(SIX), warn=["检查"]),
    ),
    Case(
        "a_area_lines.xlsx",
        "hazard",
        "the township as a line of its own",
        _area_groups,
        Want(_grouped()),
        also=[
            Want(),
            Want([], bad=[3, *range(4, 7), 7, *range(8, 11)]),
            Want([], bad=[*range(4, 7), *range(8, 11)]),
        ],
    ),
    Case("a_vertical.xlsx", "hazard", "header in the first column", _vertical, PLAIN, also=[Want()]),
    Case(
        "a_field_twice.xlsx",
        "hazard",
        "整改期限 twice with different dates",
        _two_due_columns,
        Want(code="E_DUPLICATE_HEADERS"),
        also=[Want([], bad=range(2, 8)), Want(records(SIX), warn=["整改期限"])],
    ),
    Case(
        "a_same_title_above.xlsx",
        "hazard",
        "title lines that hold header words",
        lambda: xlsx([["乡镇 隐患内容 整改期限 情况统计"], ["请填写：排查日期、隐患等级"], HEAD, *SIX]),
        PLAIN,
    ),
    Case(
        "a_required_marks.xlsx",
        "hazard",
        "* and 必填 in the header",
        lambda: xlsx(
            [
                [
                    "序号",
                    "*排查日期",
                    "乡镇（必填）",
                    "单位或地点",
                    "隐患内容*",
                    "隐患等级【必填】",
                    "发现数量(条)",
                    "已整改数量：",
                    *HEAD[8:],
                ],
                *SIX,
            ]
        ),
        PLAIN,
    ),
    Case(
        "a_numbered_header.xlsx",
        "hazard",
        "numbers before the header texts",
        lambda: xlsx([[f"{n}.{name}" if n else name for n, name in enumerate(HEAD)], *SIX]),
        PLAIN,
    ),
    Case(
        "a_vertical_writing.xlsx",
        "hazard",
        "header texts written downwards with breaks",
        lambda: xlsx([["\n".join(name) for name in HEAD], *SIX]),
        PLAIN,
    ),
]
