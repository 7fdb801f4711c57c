"""A report of our own to set in type: long paragraphs with numbers, headings, a table, a chart, attachments."""

from __future__ import annotations

from mingxi_desktop.charts import draw
from mingxi_desktop.charts.data import ChartData, ChartKind, Series
from mingxi_desktop.charts.scene import drawing_of
from mingxi_desktop.charts.style import Look
from mingxi_desktop.report import fonts
from mingxi_desktop.report.model import (
    Attachment,
    Chart,
    Document,
    Gap,
    Paragraph,
    Run,
    Signature,
    Style,
    Table,
    paragraph,
)

TEXT = (
    "坚持人民至上、生命至上，统筹发展和安全，压紧压实安全生产责任，扎实推进治本攻坚三年行动，"
    "全力防范化解重大安全风险，全县安全生产形势总体平稳，自然灾害应对有力有序。"
)


def make_chart(height_mm: float = 80.0) -> Chart:
    found = (112, 160, 131, 138, 152, 110, 139, 153, 107, 124, 131, 112)
    mended = (111, 160, 131, 138, 151, 109, 138, 153, 106, 118, 131, 111)
    data = ChartData(
        "hazards_by_month",
        "",
        ChartKind.GROUPED,
        tuple(f"{month}月" for month in range(1, 13)),
        (Series("发现（条）", found), Series("整改（条）", mended)),
    )
    look = Look(title=False, height=height_mm)
    return Chart(
        data.name,
        "图1 各月隐患发现（实心）与整改（斜纹）",
        draw.png(data, fonts.ui_font_file(bundled_only=True), 300, look),
        height_mm,
        "全年发现1683条，整改1679条。",
        drawing_of(data, look),
    )


def make_document(chart: Chart) -> Document:
    hazards = Run("1683", "hazards_found")
    rate = Run("99.76%", "hazard_rectification_rate")
    fine = Run("76.026万元", "fines")
    blocks = (
        Paragraph((Run("县委、县政府："),), Style.ADDRESSEE),
        paragraph("2024年，" + TEXT + "现将一年来的工作总结如下。"),
        paragraph("一、主要举措和成效", style=Style.H1),
        Paragraph(
            (
                Run("（一）加大执法力度，整治重点领域隐患。", role="kai"),
                Run("全年排查问题隐患"),
                hazards,
                Run("条，已整改"),
                Run("1679", "hazards_rectified"),
                Run("条，整改率"),
                rate,
                Run("；作出行政处罚195次，罚款"),
                fine,
                Run("。应对“6.9—6.18”强降雨和3号台风“格美”，启动应急响应4次，转移群众3028人。" + TEXT),
            ),
            Style.H2,
        ),
        paragraph("1. 开展专项整治", style=Style.H3),
        paragraph(TEXT * 3, "生命通道行动发现并拆改门窗障碍物1155处，", "对15家设置防盗网的场所立案。"),
        chart,
        paragraph("（二）强化预警，提升防灾能力", style=Style.H2),
        *[paragraph(f"{number}是" + TEXT * 2) for number in "一二三四五"],
        paragraph("二、存在的不足", style=Style.H1),
        paragraph("各乡镇排查情况见下表。"),
        Table(
            ("序号", "乡镇", "隐患名称", "发现", "整改", "来源"),
            tuple(
                (
                    str(row + 1),
                    ("雪峰镇", "盖洋镇", "胡坊镇")[row % 3],
                    "厂房二层安全出口被杂物占用，疏散指示标志损坏" if row % 4 == 0 else "消防通道堵塞",
                    (Run(str(100 + row), "hazards_found"),),
                    str(90 + row),
                    "隐患排查台账.xlsx",
                )
                for row in range(60)
            ),
            (8, 14, 44, 10, 10, 26),
            caption="表1 各乡镇隐患排查情况",
            aligns=("center", "center", "left", "right", "right", "left"),
        ),
        paragraph(TEXT),
        Gap(),
        paragraph("特此报告。"),
        Signature("明溪县应急管理局", "2025年1月23日"),
    )
    attachments = (
        Attachment(1, "溯源附件", (paragraph(TEXT), paragraph("一、口径", style=Style.H1), paragraph(TEXT))),
        Attachment(2, "图表", (chart,)),
    )
    return Document(
        "明溪县应急管理局2024年度工作总结",
        blocks,
        subject="年度总结",
        author="明溪县应急管理局",
        attachments=attachments,
    )
