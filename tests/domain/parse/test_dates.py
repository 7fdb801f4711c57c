"""Days and moments in every form clerks use; one meaning is taken, two are asked."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingxi_desktop.domain.parse import Parsed, ParseError, parse_date, parse_datetime

JUNE_9 = dt.date(2024, 6, 9)
_days = st.dates(dt.date(2000, 1, 1), dt.date(2050, 12, 31))
_CHINESE = "〇一二三四五六七八九"


def _spell(number):
    """A number below 100 in Chinese."""
    tens, ones = divmod(number, 10)
    return (_CHINESE[tens] if tens > 1 else "") + ("十" if tens else "") + (_CHINESE[ones] if ones else "")


@pytest.mark.parametrize(
    "raw",
    [
        "2024年6月9日", "2024.6.9", "2024/6/9", "2024-06-09", "2024-6-9", "20240609", "二〇二四年六月九日",
        "二○二四年六月九日", "２０２４年６月９日", "２０２４－０６－０９", "2024年06月09日 星期日", "2024-6-9 8:30",
        "2024.06.09上午", "2024、6、9", "2024年6月9号", "2024. 6. 9", "2024 6 9", "2024.6.9.", "2024年6月9日（周日）",
        "2024-06-09 00:00:00", "2024-06-09T08:00", "2024年6.9", "2024.6月9日", "2024.6.9 9:00-11:30", "'2024-06-09",
        "\ufeff2024年 6 月 9 日\u3000", "2024\\6\\9", "2024。6。9", "2024/6/9/", "20240609 0800", "202406090800",
        "2024.6.9起",        "2024年6月9日夜", "截至2024年6月9日12时", "2024.6.9已完成", "Jun 9, 2024", "9 June 2024",
        20240609, 20240609.0, JUNE_9, dt.datetime(2024, 6, 9, 8, 30),
        dt.datetime(2024, 6, 8, 23, 59, 59, 999_900),
    ],
)  # fmt: skip
def test_a_whole_date_needs_no_assumption(raw):
    assert parse_date(raw, serials=True) == Parsed(JUNE_9)


@pytest.mark.parametrize(
    "raw",
    ["6月9日", "6.9", "6-9", "6/9", "06-09", "六月九日", "今年6月9日", "6.9 20:00", "6月9日8时", "6·9", 6.9],
)
def test_a_missing_year_is_taken_from_outside_and_said(raw):
    assert parse_date(raw, year=2024) == Parsed(JUNE_9, "没有年份，按2024年")
    with pytest.raises(ParseError, match="没有年份") as caught:
        parse_date(raw)
    assert caught.value.code == "E_YEAR_MISSING"


@pytest.mark.parametrize("raw", ["24.6.9", "24年6月9日", "240609", "9-Jun-24"])
def test_a_short_year_is_said(raw):
    assert parse_date(raw, year=2023) == Parsed(JUNE_9, "年份只写了两位，按2024年")


@pytest.mark.parametrize("raw", ["24/06/09", "24-6-9", "24.6.9", "24、06、09", "24 06 09", "24/6/9 8:00"])
@pytest.mark.parametrize("year", [2023, 2024, 2025, None])
def test_three_short_numbers_begin_with_the_year_if_it_is_one(raw, year):
    assert parse_date(raw, year=year) == Parsed(JUNE_9, "年份只写了两位，按2024年")


@pytest.mark.parametrize(
    ("raw", "year"),
    [
        ("03/04/05", 2024), ("03-04-05", 2024), ("03.04.05", 2024), ("030405", 2024), ("12/06/09", 2024),
        ("12.06.09", None), ("06/09/24", 2024), ("10.01.24", 2024), ("25/12/24", 2024), ("24-12-25", 2025),
        ("24/12/25", None), ("31/12/24", 2024), ("03/04/05-03/04/06", 2024),
    ],
)  # fmt: skip
def test_three_short_numbers_with_two_readings_are_asked(raw, year):
    with pytest.raises(ParseError, match=r"可能是.*也可能是") as caught:
        parse_date(raw, year=year)
    assert caught.value.code == "E_AMBIGUOUS"


@pytest.mark.parametrize(
    ("raw", "day", "said"),
    [
        ("24/12/25", (2024, 12, 25), "年份只写了两位，按2024年"),
        ("24.12.25", (2024, 12, 25), "年份只写了两位，按2024年"),
        ("25.12.24", (2025, 12, 24), "年份只写了两位，按2025年"),
        ("05/05/05", (2005, 5, 5), "年份只写了两位，按2005年"),
        ("06/13/24", (2024, 6, 13), "年份写在最后，只写了两位，按2024年"),
        ("24/06/09-06/11", (2024, 6, 9), "年份只写了两位，按2024年；写的是一段时间，取开始日期"),
    ],
)
def test_three_short_numbers_with_one_reading_are_taken_and_said(raw, day, said):
    parsed = parse_date(raw, year=2024)
    assert (parsed.value, parsed.assumed) == (dt.date(*day), said)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2024年6月", (6, 30)), ("2024.6", (6, 30)), ("2024-06", (6, 30)), ("202406", (6, 30)), ("6月份", (6, 30)),
        ("2024年2月", (2, 29)), ("2024年底前", (12, 31)), ("年底", (12, 31)), ("6月底前", (6, 30)),
        ("第二季度", (6, 30)), ("2024年二季度", (6, 30)), ("上半年", (6, 30)), ("6月中旬", (6, 20)),
        ("6月30日前", (6, 30)),
    ],
)  # fmt: skip
def test_a_stretch_stands_for_its_last_day_and_says_so(raw, day):
    parsed = parse_date(raw, year=2024)
    assert parsed.value == dt.date(2024, *day)
    assert "按" in parsed.assumed


@pytest.mark.parametrize("raw", [45452, 45452.0, "45452", 45452.75])
def test_day_numbers_only_where_they_may_be(raw):
    assert parse_date(raw, serials=True).value == JUNE_9
    assert "日期序号" in parse_date(raw, serials=True).assumed
    with pytest.raises(ParseError):
        parse_date(raw, year=2024)


def test_the_1904_system():
    assert parse_date(45452 - 1462, serials=True, date1904=True).value == JUNE_9


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("2024-02-30", "E_DATE_IMPOSSIBLE"),
        ("2024-13-01", "E_DATE_IMPOSSIBLE"),
        ("2024年6月31日", "E_DATE_IMPOSSIBLE"),
        ("2024.6.0", "E_DATE_IMPOSSIBLE"),
        (20240230, "E_DATE_IMPOSSIBLE"),
        ("3024-06-09", "E_DATE_IMPOSSIBLE"),
        ("6/9/2024", "E_AMBIGUOUS"),
        ("06-09-24", "E_AMBIGUOUS"),
        ("201206", "E_AMBIGUOUS"),
        ("24/06/31", "E_DATE_IMPOSSIBLE"),
        ("24/13/09", "E_DATE_IMPOSSIBLE"),
        ("06.13.20", "E_DATE_IMPOSSIBLE"),
        (6.1, "E_AMBIGUOUS"),
        (2024.1, "E_AMBIGUOUS"),
        ("6月前", "E_AMBIGUOUS"),
        ("13日-6月11日", "E_COMPOUND"),
        ("6.11-6.9", "E_DATE_IMPOSSIBLE"),
        ("Jun-24", "E_AMBIGUOUS"),
        ("24-Jun", "E_AMBIGUOUS"),
        ("月底前", "E_DATE"),
        ("五月初五(农历)", "E_DATE"),
        ("周一", "E_DATE"),
        ("9月9时", "E_DATE"),
        ("20240609时", "E_DATE"),
        ("20248", "E_DATE"),
        ("6月9日、6月11日", "E_COMPOUND"),
        ("春节前", "E_DATE"),
        ("2024年", "E_DATE"),
        (2024, "E_DATE"),
        (1683, "E_DATE"),
        ("24日", "E_DATE"),
        ("未统计", "E_DATE"),
        ("/", "E_DATE"),
        ("#VALUE!", "E_CELL_ERROR"),
        (True, "E_DATE"),
        (float("nan"), "E_DATE"),
        (dt.time(8), "E_DATE"),
        (dt.date(1899, 12, 31), "E_DATE_IMPOSSIBLE"),
    ],
)
def test_what_is_no_one_day_is_refused(raw, code):
    with pytest.raises(ParseError, match=r"[\u4e00-\u9fff]") as caught:
        parse_date(raw, year=2024, serials=True)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("raw", "first", "last"),
    [
        ("6.9-6.11", 9, 11),
        ("6月9日-11日", 9, 11),
        ("2024年6月9日至11日", 9, 11),
        ("2024.6.9-11", 9, 11),
        ("2024年6月9日8时-6月11日12时", 9, 11),
    ],
)
def test_of_a_stretch_of_days_the_first_is_meant_or_for_a_deadline_the_last(raw, first, last):
    parsed = parse_date(raw, year=2024)
    assert parsed.value == dt.date(2024, 6, first)
    assert "取开始日期" in parsed.assumed
    parsed = parse_date(raw, year=2024, end=True)
    assert parsed.value == dt.date(2024, 6, last)
    assert "取结束日期" in parsed.assumed


def test_a_stretch_of_months_is_its_last_day():
    assert parse_date("1-6月", year=2024).value == dt.date(2024, 6, 30)
    assert "没有写明日" in parse_date("2024年1-6月").assumed


@pytest.mark.parametrize("raw", ["2019", "2019年", 2019, 2019.0])
def test_a_year_alone_only_where_it_may_be(raw):
    assert parse_date(raw, whole_year=True) == Parsed(dt.date(2019, 12, 31), "没有写明日，按2019年12月31日")
    with pytest.raises(ParseError, match="只有年份"):
        parse_date(raw, year=2024)


@pytest.mark.parametrize(("raw", "day"), [(2.3, (2, 3)), (6.4, (6, 4)), (6.09, (6, 9)), (2024.2, (2, 29))])
def test_a_number_with_one_reading_is_no_riddle(raw, day):
    assert parse_date(raw, year=2024).value == dt.date(2024, *day)


def test_two_readings_are_both_named():
    with pytest.raises(ParseError, match="可能是2024年6月9日，也可能是2024年9月6日"):
        parse_date("6/9/2024")
    with pytest.raises(ParseError, match="可能是2024年6月，也可能是6月24日"):
        parse_date("Jun-24")


def test_words_around_a_date_are_said_where_they_matter():
    assert parse_date("2024.6.9（已整改）") == Parsed(JUNE_9, "括号里的“已整改”没有计入")
    assert parse_date("2024年6月9日左右") == Parsed(JUNE_9, "写的是“左右”，按当天")
    assert parse_date("2024年6月9日前完成") == Parsed(JUNE_9, "写的是“前”，按当天")


def test_an_impossible_day_says_how_long_the_month_is():
    with pytest.raises(ValueError, match="2024年2月只有29天"):
        parse_date("2024-02-30")


@given(_days)
def test_every_day_reads_back(day):
    year, month, number = day.year, day.month, day.day
    digits = "".join(_CHINESE[int(digit)] for digit in str(year))
    for text in (
        f"{year}.{month}.{number}", f"{year}年{month}月{number}日", f"{day:%Y%m%d}", f"{day:%Y/%m/%d} 08:05",
        f"{digits}年{_spell(month)}月{_spell(number)}日",
    ):  # fmt: skip
        assert parse_date(text, serials=True) == Parsed(day)
    assert parse_date(f"{month}.{number}", year=year).value == day
    assert parse_date((day - dt.date(1899, 12, 30)).days, serials=True).value == day


@given(st.text(alphabet="0123456789年月日.-/ 二十:时上午前底季度旬", max_size=14))
def test_any_text_gives_a_day_or_a_sentence(text):
    for parse in (parse_date, parse_datetime):
        try:
            parsed = parse(text, year=2024, serials=True)
        except ParseError:
            continue
        assert parsed.value is None or 1900 <= parsed.value.year <= 2101


@pytest.mark.parametrize(
    ("raw", "moment", "assumed"),
    [
        ("6月9日8时", (9, 8, 0), "没有年份，按2024年"),
        ("6.13 20:00", (13, 20, 0), "没有年份，按2024年"),
        ("2024-06-09 08:00", (9, 8, 0), ""),
        ("2024-06-09 08:00:30", (9, 8, 0), ""),
        ("2024年6月13日17时30分", (13, 17, 30), ""),
        ("2024年6月9日下午3点半", (9, 15, 30), ""),
        ("2024年6月9日晚8时", (9, 20, 0), ""),
        ("2024年6月19日24时", (20, 0, 0), "24时按次日0时"),
        ("2024.6.9", (9, 0, 0), "没有时刻，按0时"),
        ("2024.6.9上午", (9, 0, 0), "没有时刻，按0时"),
        ("2024.6.9 9:00-11:30", (9, 9, 0), "写的是一段时间，取开始时刻"),
        ("2024年6月9日20时至10日8时", (9, 20, 0), "写的是一段时间，取开始日期"),
        ("2024-06-09 08:00 PM", (9, 20, 0), ""),
        ("20240609083000", (9, 8, 30), ""),
        (dt.datetime(2024, 6, 9, 7, 59, 59, 999_700), (9, 8, 0), ""),
        (dt.date(2024, 6, 9), (9, 0, 0), "没有时刻，按0时"),
        (45452.354166666664, (9, 8, 30), "“45452.3541666667”是Excel的日期序号，按2024-06-09 08:30"),
    ],
)
def test_moments(raw, moment, assumed):
    day, hour, minute = moment
    expected = dt.datetime(2024, 6, day, hour, minute)
    assert parse_datetime(raw, year=2024, serials=True) == Parsed(expected, assumed)


@pytest.mark.parametrize("raw", ["8时", "6月9日25时", "6月9日8:75", "6月13日17时升Ⅲ级", "/", True, 45452])
def test_what_is_no_moment_is_refused(raw):
    with pytest.raises(ParseError):
        parse_datetime(raw, year=2024)


def test_the_end_of_a_stretch_of_hours():
    parsed = parse_datetime("2024年6月9日20时至10日8时", end=True)
    assert parsed.value == dt.datetime(2024, 6, 10, 8)


@given(st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2050, 12, 31)))
def test_every_minute_reads_back(moment):
    minute = moment.replace(second=0, microsecond=0)
    for text in (f"{minute:%Y-%m-%d %H:%M}", f"{minute:%Y年%m月%d日%H时%M分}", minute.isoformat()):
        assert parse_datetime(text) == Parsed(minute)
