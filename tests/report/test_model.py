from mingxi_desktop.report.model import (
    Attachment,
    Document,
    Paragraph,
    Run,
    Style,
    Table,
    headings,
    indicator_ids,
    indicator_runs,
    paragraph,
)


def test_a_number_stays_typed_in_text_tables_and_attachments():
    number, cell, annexed = Run("1683", "found"), Run("99.76%", "rate"), Run("1683", "found", "last_year")
    document = Document(
        "题",
        (paragraph("共", number, "条"), Table(("率",), (((cell,),),), (1,))),
        attachments=(Attachment(1, "附", (paragraph(annexed),)),),
    )
    assert list(indicator_runs(document)) == [number, cell, annexed]
    assert indicator_ids(document) == ("found", "rate")


def test_a_heading_may_run_into_its_text():
    running = Paragraph(
        (Run("（三）加大执法力度。", role="kai"), Run("全年"), Run("1683", "found")), Style.H2
    )
    assert running.runs_in
    assert running.heading == "（三）加大执法力度"
    assert running.roles() == ("kai", "body", "body")


def test_a_heading_of_its_own_keeps_the_typeface_of_its_style():
    heading = paragraph("一、主要举措", "和成效", style=Style.H1)
    assert not heading.runs_in
    assert heading.heading == "一、主要举措和成效"
    assert heading.roles() == ("hei", "hei")


def test_third_level_headings_run_in_by_an_explicit_role():
    running = Paragraph((Run("1. 开展整治。", role="body"), Run("全年")), Style.H3)
    assert running.heading == "1. 开展整治"
    assert running.roles() == ("body", "body")


def test_headings_with_their_levels():
    blocks = (paragraph("一、甲", style=Style.H1), paragraph("文"), paragraph("（一）乙", style=Style.H2))
    assert list(headings(blocks)) == [(1, "一、甲"), (2, "（一）乙")]
