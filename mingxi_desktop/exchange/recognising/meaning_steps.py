"""Columns that tell the steps of a response: 启动（Ⅳ）, 升Ⅲ, 提升至Ⅱ级时间, 升降级情况."""

from __future__ import annotations

import re

from mingxi_desktop.domain import kinds
from mingxi_desktop.exchange.recognising.targets import Target

_CHILD = "response_step"
_LEVELS = {
    **dict.fromkeys(("ⅳ", "iv", "四", "4"), "Ⅳ"), **dict.fromkeys(("ⅲ", "iii", "三", "3"), "Ⅲ"),
    **dict.fromkeys(("ⅱ", "ii", "二", "2"), "Ⅱ"), **dict.fromkeys(("ⅰ", "i", "一", "1"), "Ⅰ"),
}  # fmt: skip
_LEVEL = r"(?P<level>ⅳ|ⅲ|ⅱ|ⅰ|iv|iii|ii|i|四|三|二|一|[1-4])级?"
_ACTIONS = (
    ("启动", r"启动|首次启动"),
    ("提升", r"提升|升级|升格|上调|提高|升"),
    ("降低", r"降低|降级|下调|降格|降"),
    ("终止", r"终止|结束|解除|终结"),
)
_NOUN = r"(?:应急)?(?:响应)?"
_END = r"(?:的)?(?:时间|日期|时刻)?"
_PATTERNS = tuple(
    (action, re.compile(pattern))
    for action, verb in _ACTIONS
    for pattern in (
        rf"{_NOUN}(?:{verb})(?:时间|日期)?(?:至|到|为|成)?{_NOUN}\(?{_LEVEL}\)?{_NOUN}{_END}",
        rf"{_NOUN}\(?{_LEVEL}\)?{_NOUN}(?:{verb}){_NOUN}{_END}",
    )
)
_OPEN = tuple((action, re.compile(rf"{_NOUN}(?:{verb}){_NOUN}{_END}")) for action, verb in _ACTIONS[1:3])
_STORY = re.compile(
    r"(?:响应)?(?:级别|等级)?(?:调整|变更|变化|升降级|升降|调级|升级降级|升/降级|变动|升降级变化)(?:响应)?(?:级别|等级)?"
    r"(?:的)?(?:时间|日期|情况|过程|记录|说明|及时间|时间及级别|级别及时间|情况及时间)?"
)
_LEVEL_HEADS = frozenset(
    (
        "响应级别 响应等级 级别 等级 启动级别 应急响应级别 启动响应级别 应急响应等级 启动等级 响应启动级别 "
        "响应级别(启动时) 初始级别"
    ).split()
)

_NOTICE_HEADS = frozenset(
    "文号 通知文号 启动文号 响应文号 发文字号 文件号 启动通知文号 文件文号 启动响应文号".split()
)


def step_target(key: str) -> Target | None:
    """What a column of a response table tells of its steps; None if it tells none."""
    child = kinds.kind_of(_CHILD)
    if key in _LEVEL_HEADS:
        return Target(child.field("level"), _CHILD, (("action", "启动"),))
    if key in _NOTICE_HEADS:
        return Target(child.field("doc_no"), _CHILD, (("action", "启动"),))
    for action, pattern in _PATTERNS:
        match = pattern.fullmatch(key)
        if match:
            return Target(child.field("at"), _CHILD, (("action", action), ("level", _LEVELS[match["level"]])))
    for action, pattern in _OPEN:
        if pattern.fullmatch(key):
            return Target(child.field("at"), _CHILD, (("action", action),))
    if _STORY.fullmatch(key):
        return Target(child.field("at"), _CHILD, (("action", ""),))
    return None
