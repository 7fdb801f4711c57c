"""The names of the parts of the first tab and of the last, as their small tabs show them."""

TODAY, CHECKS, REPORTING, DEADLINES = "今天", "核对", "报送", "期限"
BODY, WORDING, INDICATORS, CHARTS, PROOFREADING, FROZEN = "正文", "文字", "指标", "图表", "校稿", "定稿"
