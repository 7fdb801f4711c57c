"""What every record has: 人/地/时/来源 (who, where, when, from which file)."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from mingxi_desktop.domain.declare import choice, code, date, memo, ref
from mingxi_desktop.domain.fields import Field, FieldType

FIRST_DAY = datetime.date(2000, 1, 1)
"""Records before this day are taken for typing errors."""

ITEMISED, AGGREGATE = "逐条", "汇总"
COUNTY = "县直"

RECORD_DATE = date(
    "record_date",
    "日期",
    required=True,
    column=True,
    help="事情发生的日期，决定记录计入哪一年",
    synonyms=("时间", "登记日期", "填报日期", "发生日期", "月份"),
)
AREA = ref(
    "area",
    "乡镇",
    "area",
    required=True,
    column=True,
    filter=True,
    width=10,
    help="发生地：哪个乡镇；县级部门的选“县直”",
    synonyms=(
        "乡镇（县直）",
        "乡镇/县直",
        "所属乡镇",
        "所在乡镇",
        "属地",
        "属地乡镇",
        "乡（镇）",
        "区域",
        "辖区",
    ),
)
REPORTER = ref(
    "reporter",
    "填报单位",
    "org",
    help="报来这条记录的单位",
    synonyms=("报送单位", "上报单位", "报告单位", "填报部门"),
)
GRANULARITY = choice(
    "granularity",
    "记录粒度",
    "granularity",
    required=True,
    default=ITEMISED,
    width=8,
    help="一件事一条记“逐条”；一行是一批事情的合计，记“汇总”",
    synonyms=("粒度",),
)
APPROX = choice(
    "approx",
    "约数",
    "approx",
    default="准确",
    width=8,
    help="原表写“400余”“60以上”的，数填400、60，这里选“余”“以上”",
)
SOURCE = code(
    "source_ref", "来源", auto=True, width=24, max_length=400, help="来源文件、工作表和行号，由导入填写"
)
EVIDENCE = Field("evidence", "佐证材料", FieldType.FILES, help="照片、扫描件、通知，存入数据文件夹")
NOTE = memo("note", "备注", synonyms=("说明", "备 注"))


def common_fields(*, approx: bool = False, **changes: dict[str, Any]) -> tuple[Field, ...]:
    """The fields of every kind; `changes` gives other settings for one of them by its name."""
    fields = (
        RECORD_DATE,
        AREA,
        REPORTER,
        GRANULARITY,
        *((APPROX,) if approx else ()),
        SOURCE,
        EVIDENCE,
        NOTE,
    )
    return tuple(replace(field, **changes.get(field.name, {})) for field in fields)


def child_fields(*own: str, approx: bool = False) -> tuple[Field, ...]:
    """The common fields of a child table: taken from the parent, but for the names in `own`."""
    always_own = {"source_ref", "evidence", "note", "approx", *own}
    return tuple(
        field
        if field.name in always_own
        else replace(field, inherited=True, required=False, column=False, filter=False, synonyms=())
        for field in common_fields(approx=approx)
    )
