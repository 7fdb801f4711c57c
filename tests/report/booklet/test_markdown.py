"""The manual's Markdown is understood whole: no mark is left in the words, no word is lost."""

from __future__ import annotations

import pytest

from mingxi_desktop.report.booklet.markdown import Grid, Heading, Picture, Span, Words, blocks, spans

PAGE = """# 开始

第一行
接着写 mxdb
file。看[导入](04-import.md)，**点 `add`**。

- 一条
  还是这条
  - 里面的
1. 数着的

![图](pictures/a.png)
| 甲 | 乙 |
| --- | --- |
| a\\|b | **c** |
## 二
"""


def test_a_page_in_its_blocks() -> None:
    assert list(blocks(PAGE)) == [
        Heading(1, (Span("开始"),)),
        Words(
            (
                Span("第一行接着写 mxdb file。看"),
                Span("导入", link="04-import.md"),
                Span("，"),
                Span("点 ", heavy=True),
                Span("add", heavy=True, typed=True),
                Span("。"),
            )
        ),
        Words((Span("一条还是这条"),), "•"),
        Words((Span("里面的"),), "•", depth=1),
        Words((Span("数着的"),), "1."),
        Picture("pictures/a.png", "图"),
        Grid(((Span("甲"),), (Span("乙"),)), (((Span("a|b"),), (Span("c", heavy=True),)),)),
        Heading(2, (Span("二"),)),
    ]


@pytest.mark.parametrize("text", ["", "a*b", r"\*\*", "【文件 → 打印】", "5 < 6", "[没有链接]"])
def test_what_is_no_mark_stays(text: str) -> None:
    assert "".join(span.text for span in spans(text)) == text.replace("\\", "")
