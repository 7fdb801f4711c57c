"""The names of the parts of the last tab, as their small tabs show them."""

BODY, WORDING, INDICATORS, CHARTS, PROOFREADING, FROZEN = "正文", "文字", "指标", "图表", "校稿", "定稿"
