"""应急响应: one chain from 启动 to 终止 of one type in one area."""

from __future__ import annotations

from collections.abc import Sequence

from mingxi_desktop.domain.declare import choice, code, derived, moment, ref
from mingxi_desktop.domain.fields import Finding, Kind, Values
from mingxi_desktop.domain.kinds.common import child_fields, common_fields

LEVELS = ("Ⅳ", "Ⅲ", "Ⅱ", "Ⅰ")
"""From the lowest level to the highest."""


def _order(values: Values) -> Finding | None:
    start, end = values.get("start_at"), values.get("end_at")
    if start is not None and end is not None and end <= start:
        return Finding("end_at", "终止时间要晚于启动时间", "error", "E_ORDER")
    return None


RESPONSE = Kind(
    name="response",
    label="应急响应",
    tab="防汛响应",
    words=("响应",),
    county=True,
    title=("type", "start_at"),
    date="start_at",
    key=("type", "area", "start_at"),
    fields=(
        *common_fields(record_date={"auto": True, "column": False, "help": "不写就取启动时间的日期"})[:1],
        ref("event", "灾害过程", "disaster_event", column=True, synonyms=("过程", "名称")),
        choice(
            "type", "响应类型", "response_type", required=True, column=True, filter=True, synonyms=("类型",)
        ),
        common_fields()[1],
        moment("start_at", "启动时间", required=True, column=True, synonyms=("启动", "启动日期", "开始时间")),
        moment("end_at", "终止时间", column=True, synonyms=("结束", "结束时间", "终止", "解除时间")),
        derived("top_level", "最高级别", column=True, width=9, synonyms=("响应级别", "级别")),
        derived("status", "状态", column=True, width=9),
        *common_fields()[2:],
    ),
    rules=(_order,),
    help="从启动到终止是一次响应；中间升级、降级都记在“响应变更”里，不另算次数。",
)

RESPONSE_STEP = Kind(
    name="response_step",
    label="响应变更",
    tab="防汛响应",
    parent="response",
    title=("response", "action", "level"),
    key=("response", "action", "at"),
    fields=(
        ref("response", "应急响应", "response", required=True, column=True),
        choice("action", "动作", "response_action", required=True, column=True, width=8),
        choice(
            "level", "级别", "response_level", required=True, column=True, width=8, synonyms=("响应级别",)
        ),
        moment("at", "时间", required=True, column=True),
        code("doc_no", "文号", column=True, width=22, help="如 明汛电〔2024〕11号", synonyms=("通知文号",)),
        *child_fields(),
    ),
    help="启动、提升、降低、终止各一行，时间依次往后。",
)


def chain_findings(steps: Sequence[Values]) -> list[Finding]:
    """What is wrong with the steps of one response, in the order of their time.

    The first is 启动, the last may be 终止 and nothing follows it; 提升 raises, 降低 lowers the level.
    """
    found: list[Finding] = []
    level = -1
    for number, step in enumerate(steps):
        action, rank = step["action"], LEVELS.index(step["level"])
        if (number == 0) != (action == "启动"):
            found.append(Finding("action", "第一步要是“启动”，“启动”只能有一次", "error", "E_CHAIN"))
        elif action == "提升" and rank <= level:
            found.append(Finding("level", f"“提升”后的级别要高于{LEVELS[level]}级", "error", "E_CHAIN"))
        elif action == "降低" and rank >= level:
            found.append(Finding("level", f"“降低”后的级别要低于{LEVELS[level]}级", "error", "E_CHAIN"))
        if number and steps[number - 1]["action"] == "终止":
            found.append(Finding("action", "“终止”之后不能再有变更", "error", "E_CHAIN"))
        if number and step["at"] <= steps[number - 1]["at"]:
            found.append(Finding("at", "时间要比上一步晚", "error", "E_CHAIN"))
        level = rank
    return found


def top_level(levels: list[str]) -> str:
    """The highest of the levels; empty when there is none."""
    return max(levels, key=LEVELS.index, default="")
