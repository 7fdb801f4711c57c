from __future__ import annotations

import pytest

from mingxi_desktop.domain import kinds
from mingxi_desktop.exchange.recognising.personal import is_personal_header
from mingxi_desktop.exchange.recognising.targets import importable


@pytest.mark.parametrize(
    "header",
    [
        "身份证号", "身份证号码", "公民身份号码", "证件号码", "联系电话", "电话", "手机", "手机号码", "负责人联系电话",
        "联系人及电话", "电话/手机", "联系方式", "家庭住址", "现住址", "户籍地址", "银行卡号", "银行账号", "一卡通账号",
        "出生年月", "出生日期", "签名", "签字", "领取人签字", "姓名", "学员姓名", "户主姓名", "户主", "性别", "年龄",
        "联 系\n电 话", "联系电话：", "* 姓名", "姓名（必填）", "法定代表人", "联系电话1", "电话（手机）", "操作证号",
    ],
)  # fmt: skip
def test_headers_of_personal_data(header):
    assert is_personal_header(header)


@pytest.mark.parametrize(
    "header",
    [
        "整改责任人", "责任人", "带队领导", "主持人", "经办人", "检查人员", "授课人", "地点", "地址", "乡镇",
        "手机短信（条）", "接听电话", "电话抽查次数", "电话（次）", "受灾户数", "签到人数", "签订协议日期",
        "转移人员", "受灾人口",
        "参会人员", "统一社会信用代码", "案号", "文号", "当事人", "单位名称", "身份证明材料", "备注",
        "", "家属安置人数",
    ],
)  # fmt: skip
def test_headers_of_other_data(header):
    assert not is_personal_header(header)


def test_no_header_of_a_ledger_is_personal():
    for kind in kinds.ALL:
        for item in kind.fields:
            if importable(item):
                assert not [header for header in item.headers if is_personal_header(header)], item.name
