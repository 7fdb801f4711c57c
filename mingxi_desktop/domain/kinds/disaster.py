"""灾害过程 and 灾情损失: what came over the county and what it cost."""

from __future__ import annotations

from mingxi_desktop.domain.declare import choice, count, date, decimal, money, ref, text
from mingxi_desktop.domain.fields import Kind
from mingxi_desktop.domain.kinds.common import common_fields
from mingxi_desktop.domain.rules import at_most, is_value, not_before, only_when

DISASTER_EVENT = Kind(
    name="disaster_event",
    label="灾害过程",
    tab="防汛响应",
    words=("灾害过程",),
    county=True,
    title=("name",),
    key=("name", "type", "record_date"),
    fields=(
        text(
            "name",
            "名称",
            required=True,
            auto=True,
            column=True,
            width=18,
            help="不写就按起止日期取名，如 6.9-6.18",
            synonyms=("过程名称", "灾害名称"),
        ),
        *common_fields(
            record_date={"label": "开始日期", "synonyms": ("日期", "发生时间", "开始时间", "起始日期")},
        )[:2],
        choice(
            "type",
            "灾种",
            "disaster_type",
            required=True,
            column=True,
            filter=True,
            synonyms=("灾害种类", "类型"),
        ),
        text(
            "typhoon",
            "台风编号与名称",
            column=True,
            width=18,
            when=("type", ("台风",)),
            help="如 3号“格美”；只有台风才填",
            synonyms=("台风",),
        ),
        date("end_date", "结束日期", column=True, synonyms=("结束时间", "截止日期")),
        *common_fields()[2:],
    ),
    rules=(
        not_before("end_date", "record_date", "结束日期不能早于开始日期"),
        only_when("typhoon", is_value("type", "台风"), "只有灾种是台风才填台风编号与名称"),
    ),
    help="一次强降雨、一个台风是一个过程；响应、统计、调拨、损失都挂在过程上。",
)

_ROOM = {"total": False}
DISASTER_LOSS = Kind(
    name="disaster_loss",
    label="灾情损失",
    tab="防汛响应",
    words=("灾情", "损失"),
    title=("event", "area", "stage"),
    quantity="affected",
    key=("event", "area", "stage", "record_date"),
    fields=(
        ref("event", "灾害过程", "disaster_event", required=True, column=True, synonyms=("过程", "灾害名称")),
        *common_fields(record_date={"synonyms": ("填报日期", "统计时间", "发生时间")})[:2],
        choice(
            "stage",
            "报次",
            "loss_stage",
            required=True,
            column=True,
            filter=True,
            help="同一过程同一乡镇只算最后一报：核报代替续报，续报代替初报",
            synonyms=("上报阶段",),
        ),
        count("affected", "受灾人口", "人", column=True, synonyms=("受灾人数",)),
        count(
            "relocated",
            "紧急转移安置",
            "人",
            column=True,
            synonyms=("紧急转移安置人口", "转移", "转移安置人口"),
        ),
        count("collapsed", "倒塌户数", "户", synonyms=("倒塌户", "倒房户数", "倒塌户/间")),
        count("collapsed_rooms", "倒塌间数", "间", synonyms=("倒塌房屋间数", "倒房间数")),
        count("severe", "严重损坏户数", "户", synonyms=("严重损坏户", "严重损坏户/间")),
        count("severe_rooms", "严重损坏间数", "间", synonyms=("严重损坏房屋间数",)),
        count("slight", "一般损坏户数", "户", synonyms=("一般损坏户", "一般损坏户/间")),
        count("slight_rooms", "一般损坏间数", "间", synonyms=("一般损坏房屋间数",)),
        decimal(
            "crops",
            "农作物受灾",
            "公顷",
            help="1公顷=15亩；写明是亩的自动换算成公顷",
            synonyms=("农作物受灾面积", "受灾面积"),
        ),
        decimal("crops_lost", "农作物绝收", "公顷", synonyms=("绝收面积", "农作物绝收面积")),
        money("loss", "直接经济损失", column=True, synonyms=("经济损失", "经损", "直接损失")),
        *common_fields()[2:],
    ),
    rules=(
        at_most("crops_lost", "crops", "绝收面积不能大于受灾面积"),
        at_most("relocated", "affected", "转移安置人数大于受灾人口，请核对", "warning"),
    ),
    help="按国家灾情统计制度逐报填写，同一过程同一乡镇只算最后一报。",
)
