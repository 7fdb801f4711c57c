"""The State Council's notice as it is pasted from a web page."""

from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.domain.parse.holiday_notice import read_notice
from mingxi_desktop.domain.workdays import delivered_years

_OF_2026 = """国务院办公厅关于2026年部分节假日安排的通知
  一、元旦:1月1日(周四)至3日(周六)放假调休,共3天。1月4日(周日)上班。

  二、春节:2月15日(农历腊月二十八、周日)至23日(农历正月初七、周一)放假调休,共9天。2月14日(周六)、2月28日(周六)上班。
  三、清明节:4月4日(周六)至6日(周一)放假,共3天。
  四、劳动节:5月1日(周五)至5日(周二)放假调休,共5天。5月9日(周六)上班。
  五、端午节:6月19日(周五)至21日(周日)放假,共3天。
  六、中秋节:9月25日(周五)至27日(周日)放假,共3天。
  七、国庆节:10月1日(周四)至7日(周三)放假调休,共7天。9月20日(周日)、10月10日(周六)上班。
  鼓励单位和个人结合落实带薪年休假等制度,实际形成较长假期。
  2025年11月4日"""
_OF_2023 = (
    "国办发明电〔2022〕16号各省： 经国务院批准，现将2023年元旦、春节放假调休日期的具体安排通知如下。"
    "一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。"
    "二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。"
    "三、清明节：4月5日放假，共1天。"
    "四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。"
    "五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。"
    "六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。"
)


@pytest.mark.parametrize(("year", "text"), [(2026, _OF_2026), (2023, _OF_2023)])
def test_a_notice_says_what_was_delivered(year: int, text: str) -> None:
    found = read_notice(text, 1999)
    assert found is not None
    assert (found.year, found.off, found.on) == (
        year,
        delivered_years()[year].off,
        delivered_years()[year].on,
    )
    assert found.source == (
        "国办发明电〔2022〕16号" if year == 2023 else "国务院办公厅关于2026年部分节假日安排的通知"
    )


def test_a_part_of_a_notice_is_of_the_year_at_hand() -> None:
    found = read_notice("三、清明节：4月5日放假。", 2027)
    assert found is not None
    assert (found.year, found.off[0].first) == (2027, datetime.date(2027, 4, 5))


def test_other_text_is_no_notice() -> None:
    assert read_notice("请各乡镇于6月5日前报送隐患台账。", 2027) is None
    with pytest.raises(ValueError, match="day is out of range"):
        read_notice("一、元旦：2月30日放假。", 2027)
