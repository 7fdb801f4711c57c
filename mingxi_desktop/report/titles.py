"""Where a title goes on to its next line: between words, after a natural pause, in lines of about equal length."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from mingxi_desktop.patterns import pattern
from mingxi_desktop.report.breaks import breaks

_WORDS = frozenset(
    "安全 生产 安排 报告 报表 保障 暴雨 编制 标准 部署 部门 材料 措施 处置 大队 大会 档案 调拨 调度 调查 "
    "对策 发放 法规 法律 法治 防范 防洪 防汛 防灾 防御 方案 分析 风险 公告 公开 工程 工作 攻坚 管理 贯彻 "
    "规定 规范 规划 洪涝 化解 化工 汇编 汇报 会议 火灾 基层 基础 计划 季度 检查 减灾 建设 健全 教育 紧急 "
    "经验 精神 救援 救灾 救助 决定 开展 抗旱 抗灾 矿山 联合 领导 履行 落实 排查 培训 评估 评价 普法 "
    "企业 强降 情况 全面 任务 森林 设施 社会 申报 实施 实绩 事故 事件 水利 水库 思路 思想 台风 体系 提升 "
    "通报 通告 通知 统计 推进 推动 完善 物资 消防 乡镇 乡村 项目 效能 协同 行动 行业 行政 宣传 宣贯 学习 "
    "压实 演练 严格 要点 要求 一览 依法 依据 意见 隐患 应对 应急 应用 预案 预警 灾害 责任 增强 整改 整治 "
    "政府 政务 政策 执法 执行 值班 职责 制度 治理 治本 质量 中心 重大 重点 主要 专报 专项 专题 资金 自然 "
    "综合 总结 组织 年度 上半 下半 半年 年半 月报 季报 年报 人民 委员 员会 办公 公室 局长 旱指 指挥 挥部 "
    "理局 灾后 重建 恢复 雨洪 强风 寒潮 低温 冰冻 雨雪 干旱 地质".split()
)
"""Pairs of characters that belong to one word; only those that titles of an emergency bureau are made of."""
_PAUSES = frozenset("局厅委办部会处室站所队院的年月日度、，：")
"""A line ends well after one of these …"""
_JOINTS = frozenset("和与及暨并")
"""… and begins well with one of these."""
_PARTED, _PAUSE, _UNEVEN = 1000.0, 12.0, 1.0
"""Costs of parting a word; what a good place saves; of a line, for each tenth by which it is off the mean."""


_PLACE = pattern(r"[\u4e00-\u9fff]{2,12}?[县市区旗](?=应急|安全|人民|防|减灾)")
"""The county that a title begins with, whose name is not parted."""


def title_ends(text: str, width: Callable[[int, int], float], measure: float) -> list[int]:
    """Where the lines of a clean title end, the last at its own end: as few as fit, parted as well as can be.

    width: of the characters from one place to another.  A title that has no legal place to be parted is
    left as it is.
    """
    legal = [place for place, allowed in enumerate(breaks(text)) if allowed]
    places = [0, *legal, len(text)]
    for count in range(1, len(places)):
        found = _best(text, places, width, measure, count)
        if found:
            return found
    return [len(text)]


def _best(
    text: str, places: list[int], width: Callable[[int, int], float], measure: float, count: int
) -> list[int]:
    """The cheapest ends of so many lines; none where they do not fit."""
    mean = width(0, len(text)) / count
    ways: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for _line in range(count):
        longer: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, ends) in ways.items():
            for end in places:
                wide = width(start, end) if end > start else measure + 1
                if end <= start or wide > measure:
                    continue
                total = cost + _UNEVEN * (10 * (wide - mean) / mean) ** 2 + _cost(text, end)
                if end not in longer or total < longer[end][0]:
                    longer[end] = (total, [*ends, end])
        ways = longer
    return ways.get(len(text), (0.0, []))[1]


def _cost(text: str, end: int) -> float:
    """Of a line that ends there."""
    if end == len(text):
        return 0.0
    good = text[end - 1] in _PAUSES or text[end] in _JOINTS
    place = _PLACE.match(text)
    parted = text[end - 1 : end + 1] in _WORDS or (place is not None and end < place.end())
    return _PARTED * parted - _PAUSE * good


def split(text: str, ends: list[int]) -> list[str]:
    """The text cut behind each place of `ends`, without blanks at the cuts."""
    return [text[start:end].strip() for start, end in pairwise((0, *ends))]
