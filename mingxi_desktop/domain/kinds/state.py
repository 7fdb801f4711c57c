"""State ledgers: rescue teams and facilities, counted as at a date."""

from __future__ import annotations

from mingxi_desktop.domain.declare import choice, count, date, text
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds.common import common_fields
from mingxi_desktop.domain.rules import not_before

_REGISTERED = {"auto": True, "column": False, "help": "登记的日期，不写就取成立（建成）日期"}

RESCUE_TEAM = Kind(
    name="rescue_team",
    label="救援队伍",
    tab="力量与其他",
    words=("队伍", "救援队"),
    title=("name",),
    quantity="teams",
    date="from_date",
    key=("name", "type", "area"),
    fields=(
        *common_fields(record_date=_REGISTERED)[:1],
        text("name", "名称", required=True, column=True, width=24, synonyms=("队伍名称",)),
        choice(
            "type",
            "类型",
            "team_type",
            required=True,
            column=True,
            filter=True,
            synonyms=("队伍类型", "类别"),
        ),
        common_fields()[1],
        count(
            "teams",
            "支数",
            "支",
            required=True,
            minimum=1,
            default=1,
            column=True,
            synonyms=("队伍数", "队伍支数"),
        ),
        count(
            "headcount", "人数", "人", required=True, column=True, synonyms=("总人数", "队员人数", "队伍人数")
        ),
        date("from_date", "成立日期", required=True, column=True, synonyms=("成立时间", "组建时间")),
        date("to_date", "撤销日期", synonyms=("解散日期",)),
        date(
            "agreement_date",
            "协议日期",
            column=True,
            help="签订装备使用协议的日期",
            synonyms=("签订协议日期",),
        ),
        *common_fields(approx=True)[2:],
    ),
    rules=(
        not_before("to_date", "from_date", "撤销日期不能早于成立日期"),
        not_before("agreement_date", "from_date", "协议日期早于成立日期，请核对", "warning"),
    ),
    help="某一天有几支队伍：成立日期在那天或之前、还没有撤销的都算。",
)

FACILITY = Kind(
    name="facility",
    label="阵地设施",
    tab="力量与其他",
    words=("阵地", "设施", "避灾点情况", "消防站", "场所情况", "避难场所"),
    title=("name",),
    quantity="count",
    date="from_date",
    key=("name", "type", "area"),
    fields=(
        *common_fields(record_date=_REGISTERED)[:1],
        text(
            "name",
            "名称",
            required=True,
            column=True,
            width=24,
            synonyms=("设施名称", "阵地名称", "避灾点名称"),
        ),
        choice("type", "类型", "facility_type", required=True, column=True, filter=True, synonyms=("类别",)),
        common_fields()[1],
        count("count", "数量", "处", required=True, minimum=1, default=1, column=True, synonyms=("个数",)),
        date("from_date", "建成日期", required=True, column=True, synonyms=("建成时间", "启用日期")),
        date("to_date", "停用日期", synonyms=("停用时间",)),
        text("project", "项目", column=True, help="如 五个一百", synonyms=("所属项目",)),
        *common_fields(approx=True)[2:],
    ),
    rules=(not_before("to_date", "from_date", "停用日期不能早于建成日期"),),
    help="宣教阵地、消防站、避灾点等，按某一天还在用的计算。",
)
