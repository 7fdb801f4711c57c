from __future__ import annotations

import datetime

import pytest

from mingxi_desktop.ledger.intake.period import find_report_day, find_span, is_running_total
from tests.exchange.recognising.sheets import made_of


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024年6月隐患", "2024-06-01", "2024-06-30"),
        ("2024年2月隐患", "2024-02-01", "2024-02-29"),
        ("2024年6月份隐患", "2024-06-01", "2024-06-30"),
        ("6月隐患", "2024-06-01", "2024-06-30"),
        ("二〇二四年六月隐患", "2024-06-01", "2024-06-30"),
        ("2024.6", "2024-06-01", "2024-06-30"),
        ("202406隐患", "2024-06-01", "2024-06-30"),
        ("2024年第二季度隐患", "2024-04-01", "2024-06-30"),
        ("2024年上半年隐患", "2024-01-01", "2024-06-30"),
        ("2024年1-6月隐患", "2024-01-01", "2024-06-30"),
        ("2024年6月1日-6月30日隐患", "2024-06-01", "2024-06-30"),
        ("2024年6月9日—11日隐患", "2024-06-09", "2024-06-11"),
        ("6.1-6.30隐患", "2024-06-01", "2024-06-30"),
        ("2024年6月9日隐患", "2024-06-09", "2024-06-09"),
        ("2024-6-9隐患", "2024-06-09", "2024-06-09"),
        ("盖洋镇20240613隐患", "2024-06-13", "2024-06-13"),
        ("截至2024年6月13日18时隐患", "2024-06-13", "2024-06-13"),
        ("截止6.13转移情况", "2024-06-13", "2024-06-13"),
    ],
)
def test_days_and_periods_of_titles(text, first, last):
    span = find_span(text, 2024)
    assert (span.first, span.last) == (day(first), day(last))


@pytest.mark.parametrize(
    "text",
    ["隐患台账", "2024年隐患", "2024年度隐患", "2024年5月、6月隐患", "“6.9-6.18”强降雨", "第13805981234号"],
)
def test_titles_that_name_no_or_two_periods(text):
    assert find_span(text, 2024) is None


def test_a_month_without_a_year_is_none():
    assert find_span("6月隐患", None) is None


def test_the_day_of_the_report_does_not_hide_the_period():
    text = "2024年6月隐患 填报日期:2024年7月2日"
    assert find_span(text, None).last == day("2024-06-30")
    assert find_report_day(text, None).last == day("2024-07-02")


@pytest.mark.parametrize("text", ["截至6月13日", "累计转移", "2024年1-6月", "1—12月"])
def test_titles_of_running_totals(text):
    assert is_running_total(text)


@pytest.mark.parametrize("text", ["2024年6月", "第二季度", "11-12月", "4-6月"])
def test_titles_of_one_period(text):
    assert not is_running_total(text)


# what it does to a table


def dated(onlooker, title, sheet="Sheet1", name="表.xlsx", below=()):
    rows = [[title], ["乡镇", "隐患内容"], ["盖洋镇", "甲"], *below]
    return onlooker.read(made_of(rows, sheet), name=name, kind="hazard")


@pytest.mark.parametrize(
    ("title", "sheet", "name"),
    [
        ("2024年6月隐患", "Sheet1", "表.xlsx"),
        ("隐患", "2024.6", "表.xlsx"),
        ("隐患", "Sheet1", "盖洋镇2024年6月隐患.xlsx"),
        ("隐患", "Sheet1", "202406隐患.xlsx"),
    ],
    ids=["title", "sheet", "file", "digits"],
)
def test_rows_without_a_date_get_the_last_day_of_the_month_and_that_is_said(onlooker, title, sheet, name):
    found = dated(onlooker, title, sheet, name)
    assert found.ready("record_date") == ["2024-06-30"]
    assert "没有写明日，按最后一天" in found.message("W_MONTH_AS_LAST_DAY")


@pytest.mark.parametrize(("sheet", "name"), [("6月", "表.xlsx"), ("Sheet1", "2024年6月.xlsx")])
def test_names_of_different_months_are_asked(onlooker, sheet, name):
    found = dated(onlooker, "2024年5月隐患", sheet, name)
    assert found.ready("record_date") == []
    assert "（2024-05-31、2024-06-30），没有按它们记日期" in found.message("W_DATE_CONFLICT")


@pytest.mark.parametrize(("year", "days"), [(None, []), (2024, ["2024-06-13"])])
def test_a_day_of_the_title_that_has_no_year_asks_for_it(onlooker, year, days):
    rows = [["隐患统计表（截至6月13日18时）"], ["乡镇", "发现数量"], ["盖洋镇", 2]]
    found = onlooker.read(rows, kind="hazard", year=year)
    assert found.ready("record_date") == days
    assert ("W_YEAR_MISSING" in found.codes) == (not days)


def test_the_day_of_the_report_is_the_last_resort(onlooker):
    found = dated(onlooker, "隐患台账", below=[["填报日期：2024年7月2日"]])
    assert found.ready("record_date") == ["2024-07-02"]


def test_the_period_goes_before_the_day_of_the_report(onlooker):
    rows = [["2024年6月隐患汇总", None, "填报日期：2024年7月2日"], ["乡镇", "发现数量"], ["盖洋镇", 2]]
    assert onlooker.read(rows, kind="hazard").ready("record_date") == ["2024-06-30"]


def test_a_column_of_dates_goes_before_the_title(onlooker):
    rows = [["2024年6月隐患"], ["日期", "乡镇", "隐患内容"], ["2024-5-9", "盖洋镇", "甲"]]
    assert onlooker.read(rows, kind="hazard").ready("record_date") == ["2024-05-09"]
