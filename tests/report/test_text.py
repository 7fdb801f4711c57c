from mingxi_desktop.report.model import (
    Attachment,
    Chart,
    Document,
    Paragraph,
    Run,
    Signature,
    Style,
    Table,
    paragraph,
)
from mingxi_desktop.report.text import to_text
from mingxi_desktop.texts import wide_len

CHART = Chart("c", "图1 各月隐患", b"", 80, "全年1683条。")


def test_a_report_reads_well_as_plain_text():
    document = Document(
        "年度工作总结",
        (
            Paragraph((Run("县政府："),), Style.ADDRESSEE),
            paragraph("一、主要举措", style=Style.H1),
            Paragraph(
                (Run("（一）执法。", role="kai"), Run("隐患"), Run("1683", "found"), Run("条。")), Style.H2
            ),
            CHART,
            Signature("应急管理局", "2025年1月23日"),
        ),
        attachments=(Attachment(1, "溯源", (paragraph("口径\n如下\x07。"),)), Attachment(2, "图表", ())),
    )
    assert to_text(document).splitlines() == [
        "                      年度工作总结",
        "",
        "县政府：",
        "　　一、主要举措",
        "　　（一）执法。隐患1683条。",
        "",
        "                    ［图1 各月隐患］",
        "                      全年1683条。",
        "",
        "",
        "　　附件：1. 溯源",
        "　　　　　2. 图表",
        "",
        "                                    应急管理局",
        "                                   2025年1月23日",
        "",
        "",
        "附件1",
        "",
        "                          溯源",
        "",
        "　　口径如下。",
        "",
        "",
        "附件2",
        "",
        "                          图表",
        "",
    ]


def test_columns_of_a_table_stand_below_each_other():
    table = Table(
        ("乡镇", "隐患名称", "数"),
        (("雪峰镇", "消防通道堵塞" * 6, (Run("1683", "found"),)), ("盖洋", "LED灯箱", "9")),
        (1, 1, 1),
        caption="表1",
        aligns=("left", "left", "right"),
    )
    lines = [line for line in to_text(Document("", (table,))).splitlines() if line]
    assert lines[0] == "表1"
    assert lines[2] == "乡镇    隐患名称                            数"
    assert lines[4].endswith("1683")
    assert lines[-2].endswith("   9")
    assert len({wide_len(line) for line in (lines[1], lines[2], lines[4], lines[-2])}) == 1
    assert "".join(lines).count("堵塞") == 6
