"""Columns of a sheet that hold personal data and nothing else."""

from __future__ import annotations

import re

from mingxi_desktop.domain.names import header_key

_NUMBERS = re.compile(
    r"身份证(?!明)|身份号码|证件号|护照号|(?:操作|作业|资格|驾驶|从业)证号|联系方式|联络方式|微信号?$|qq号?$|"
    r"(?:电话|手机|座机|固话)(?:号码?)?\d?(?:\(.*\))?$|^(?:联系)?(?:电话|手机)(?:号码?)?(?:及|和|与|或|/)|"
    r"银行卡|银行[账帐][号户]|卡号|一卡通|社保卡|开户行|收款[账帐][号户]"
)
_PEOPLE = re.compile(
    r"姓名|户主|^(?:学员|参训人|申请人|签收人|监护人|家属|受助人|死者|伤者|法定代表人|法人代表?)$|^联[系络][人员]|"
    r"签名|签字|签到$|签收$|手印|(?:现|家庭|居|常)住(?:地|所|住?址|地址)|住址|家庭地址|户籍|户口|"
    r"^出生|生日$|^(?:性别|年龄|民族|籍贯|政治面貌|文化程度|学历|健康状况|血型)(?:\(.*\))?$"
)
_COUNTS = re.compile(
    r"(?:人数|户数|次数|数量|数|人次|率|日期|时间)$|(?:接听|接到|拨打|受理|调度|抽查|督查|热线).*电话"
)


def is_personal_header(header: str) -> bool:
    """Whether a column with this header holds personal data: ID numbers, telephones, names of private people.

    Those who answer for something (责任人, 带队领导, 主持人) are part of the record, and no such data.
    """
    key, unit = header_key(header)
    if unit or (_COUNTS.search(key) and not key.startswith("出生")):
        return False
    return _NUMBERS.search(key) is not None or _PEOPLE.search(key) is not None
