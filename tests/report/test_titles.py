import pytest

from mingxi_desktop.report.titles import split, title_ends


def lines(title: str, measure: float = 442.0) -> list[str]:
    def width(start: int, end: int) -> float:
        return sum(12.0 if char.isascii() else 21.7 for char in title[start:end])

    return split(title, title_ends(title, width, measure))


@pytest.mark.parametrize(
    "wanted",
    [
        ("指标溯源",),
        ("明溪县应急管理局2024年6月工作月报",),
        ("明溪县应急管理局2024年度", "法治政府建设情况报告"),
        ("明溪县应急管理局2024年", "工作总结和2025年工作思路"),
        ("关于6.9-6.18暴雨洪涝", "防范应对工作情况的报告"),
        ("明溪县应急管理局关于二〇二四年度", "安全生产和防灾减灾救灾工作情况的报告"),
    ],
)
def test_a_title_goes_on_between_words(wanted):
    assert lines("".join(wanted)) == list(wanted)


def test_a_title_of_many_lines_has_as_few_as_fit():
    title = "明溪县防汛抗旱指挥部办公室关于防汛抗旱抗台风工作情况的总结报告" * 2
    found = lines(title)
    assert "".join(found) == title
    assert len(found) == 4


def test_what_cannot_be_parted_stays_whole():
    assert lines("A" * 80) == ["A" * 80]
    assert lines("") == [""]
