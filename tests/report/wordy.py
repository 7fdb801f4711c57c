"""A report as hard to set as a year can make it: long sections, names and numbers, tables, charts in a row."""

from __future__ import annotations

from collections.abc import Iterable

from mingxi_desktop.report.model import (
    Attachment,
    Block,
    Chart,
    Document,
    Run,
    Signature,
    Style,
    Table,
    paragraph,
)

OPENING = (
    "一是突出政治引领。把学习贯彻习近平法治思想作为首要政治任务，列入党委会议“第一议题”和理论学习中心组学习计划，"
    "组织干部职工学习宪法和《安全生产法》《突发事件应对法》《行政处罚法》等法律法规，筑牢依法履职的思想根基；"
    "二是坚持“党政同责、一岗双责、齐抓共管、失职追责”——逐级签订责任书，厘清行业监管、属地管理（含村、社区）边界……"
)
FIGURES = (
    "全年排查问题隐患",
    "条，同比增长12.05%，已整改",
    "条，整改率达99.76%，罚款1,234.567万元；乡级水泵队建队率达60%以上，投入140余万元，近1700人参加，见图1、图2；转移群众",
    "人，有效应对“6.9—6.18”强降雨，2022—2024年连续3年完成任务。",
)
TEAMS = "、".join(f"明溪县瀚仙镇石珩村民兵应急综合救援大队第{number}分队（㙟堉）" for number in range(1, 9))
SIGNED = Signature("明溪县应急管理局", "2025年1月23日")


def numbers(start: int) -> list[Run]:
    """Three numbers of seven digits, and one that is rounded."""
    return [Run(str(start + step * 1_111_111), f"number_{step}") for step in range(3)]


def figures(start: int) -> Block:
    """A paragraph of numbers and long names."""
    parts: list[str | Run] = []
    for text, number in zip(FIGURES, [*numbers(start), None], strict=True):
        parts += [text] if number is None else [text, number]
    return paragraph(*parts, "组建", Run(TEAMS, "teams", "names"), "等", Run(f"{start}余", "yu"), "支队伍。")


def table(rows: int = 60) -> Table:
    """A long table with a sum below it."""
    places = "厂房二层安全出口被杂物占用，疏散指示标志损坏", "消防通道堵塞"
    body = tuple(
        (str(row + 1), "雪峰镇", places[row % 4 > 0], (Run(str(1_000_000 + row), "row"),), "76.026%")
        for row in range(rows)
    )
    return Table(
        ("序号", "乡镇", "隐患名称", "发现（条）", "整改率"),
        (*body, ("合计", "", "", "60001770", "99.76%")),
        (8, 14, 44, 16, 16),
        "表1　各乡镇隐患排查情况",
        ("center", "center", "left", "right", "right"),
    )


def wordy(charts: Iterable[Chart], times: int = 5) -> Document:
    """The report.  times: how many times as long as usual its sections are."""
    charts = tuple(charts)
    blocks: list[Block] = [paragraph("一、主要举措和成效", style=Style.H1)]
    for number in range(1, 7):
        blocks.append(paragraph(f"（{'一二三四五六'[number - 1]}）压紧压实责任，健全体系", style=Style.H2))
        blocks.append(paragraph(OPENING * times))
        blocks.append(figures(1_234_567 * number))
        if number % 2:
            blocks += charts
    blocks += [
        paragraph("二、存在的不足和原因", style=Style.H1),
        paragraph("各乡镇排查整改情况见表1。"),
        table(),
        paragraph("注：整改情况统计到2024年12月31日，未填的为没有报送。", style=Style.NOTE),
        paragraph(OPENING * times),
        SIGNED,
    ]
    attachments = (
        Attachment(
            1,
            "各乡镇安全生产和防灾减灾救灾工作情况一览表及有关说明材料汇编（2024年度）",
            (figures(7_654_321), *charts),
        ),
        Attachment(2, "图表", (paragraph("一、说明", style=Style.H1), paragraph(OPENING))),
    )
    return Document("明溪县应急管理局2024年度法治政府建设情况报告", tuple(blocks), attachments=attachments)
