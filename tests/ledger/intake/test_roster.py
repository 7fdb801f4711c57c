from __future__ import annotations

import pytest

from mingxi_desktop.ledger.intake.result import Preview

HEADER = ["序号", "姓名", "单位", "身份证号", "联系电话"]
WHERE = ["序号", "姓名", "乡镇", "身份证号", "电话"]
PEOPLE = [
    [1, "张三丰", "盖洋镇", "350421199001010001", "13805980001"],
    [2, "李四光", "盖洋镇", "350421199001010002", "13805980002"],
    [3, "王五常", "胡坊镇", "350421199001010003", "13805980003"],
]
TRAINING = [["2024年6月9日盖洋镇企业负责人培训签到表"], HEADER, *PEOPLE]
EVACUEES = [["“6.9-6.18”强降雨转移人员名单（截至2024年6月13日）"], WHERE, *PEOPLE]
MEETING = [["2024年6月9日盖洋镇安全生产会议签到表"], HEADER, *PEOPLE]


def told(found):
    """Everything of an import that may be shown, but for the sheet itself."""
    for table in found.sheets:
        table.cells = None
    return repr(Preview(found.sheets))


def test_a_sign_in_sheet_of_a_training_gives_its_participants(onlooker):
    found = onlooker.read(TRAINING, kind="activity")
    assert found.faults == []
    assert found.ready("type", "participants", "area") == [("企业负责人培训", 3, "盖洋镇")]


def test_evacuated_people_are_counted_by_township(onlooker):
    found = onlooker.read(EVACUEES, kind="response_tally")
    assert found.ready("area", "evacuees") == [("盖洋镇", 2), ("胡坊镇", 1)]


def test_a_list_finds_its_ledger_by_its_title(onlooker):
    found = onlooker.read(MEETING)
    assert [table.kind for table in found.tables] == ["meeting"]
    assert found.ready("type", "attendance") == [("安全生产工作会", 3)]


@pytest.mark.parametrize("rows", [TRAINING, EVACUEES, MEETING], ids=["training", "evacuees", "meeting"])
def test_no_name_or_number_of_a_person_leaves_the_list(onlooker, rows):
    found = onlooker.read(rows)
    assert "只记人数（3人），姓名、证件号、电话等没有导入" in found.message("W_ROSTER")
    secrets = {str(cell) for _, name, _, *numbers in PEOPLE for cell in (name, *numbers)}
    assert not [secret for secret in secrets if secret in told(found.found)]


def test_a_list_that_counts_for_nothing_is_refused_with_words(onlooker):
    found = onlooker.read([["签到表"], HEADER, *PEOPLE], kind="hazard")
    assert found.faults == [(0, "", "E_OTHER_LEDGER")]
    assert "是人员名单（3人），个人信息不导入" in found.message("E_OTHER_LEDGER")


def test_what_the_record_still_needs_is_asked(onlooker):
    found = onlooker.read([["2024年6月9日盖洋镇安全培训签到表"], HEADER, *PEOPLE], kind="activity")
    assert "要填写类型" in found.message("E_REQUIRED")
    assert onlooker.read(TRAINING, kind="activity", values={"type": "从业人员培训"}).faults == []


HAZARD = ["日期", "乡镇", "隐患内容", "整改责任人", "联系电话", "备注"]
ROW = ["2024-6-9", "盖洋镇", "甲", "张三", "13805981234", "联系13805981234"]


def test_personal_data_stays_out_and_that_is_said(onlooker):
    found = onlooker.read([HAZARD, ROW], kind="hazard")
    assert found.ready("owner", "note") == [("张三", "联系138****1234")]
    assert "“联系电话”（E列）是个人信息，没有导入" in found.message("W_PERSONAL")
    assert "手机号码是个人信息，没有导入" in found.message("W_PERSONAL")


def test_personal_data_comes_in_when_it_is_wanted_and_that_is_said(onlooker):
    found = onlooker.read([HAZARD, ROW], kind="hazard", personal=True)
    assert found.ready("note") == ["联系13805981234\n联系电话：13805981234"]
    assert "按您的选择写进了备注" in found.message("W_PERSONAL")
    assert "没有导入" not in found.message("W_PERSONAL")


SINGLE = [["日期", "乡镇", "隐患内容", "发现数量"], ["2024-6-9", "盖洋镇", "甲", 1]]
STAFF = [["人员表"], ["姓名", "职务", "工资"], ["张三", "所长", 100], ["李四", "科员", 90]]


@pytest.mark.parametrize("title", [[], STAFF[:1]])
def test_rows_above_a_list_of_people_stay(onlooker, title):
    found = onlooker.read([*SINGLE, [], *title, *STAFF[1:]], kind="hazard")
    assert found.ready("description") == ["甲"]
