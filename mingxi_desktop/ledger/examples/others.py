"""Example files of other ledgers, and files that are none of ours."""

from __future__ import annotations

from pathlib import Path

from mingxi_desktop.domain.county import area_office
from mingxi_desktop.exchange.writing.files import save
from mingxi_desktop.exchange.writing.plain_book import PlainCell, PlainSheet, write_plain
from mingxi_desktop.ledger.examples.example import Example, Promise
from mingxi_desktop.ledger.examples.hazards import Setting


def others(at: Setting) -> list[Example]:
    """Two ledgers in one workbook, a table that is no ledger, and a file that cannot be read."""
    return [
        Example(
            f"10 {at.towns[1]}演练和检查.xlsx",
            "一个文件两张表，属于两个台账，自动分开；演练的参加人数写成“120人”。",
            Promise(4),
            lambda path: _two_ledgers(path, at),
        ),
        Example(
            "11 通讯录.xlsx",
            "不是台账的表：认不出属于哪个台账，不会硬塞进去。",
            Promise(faults=1, says=("没有找到任何一本台账的表头",)),
            _contacts,
        ),
        Example(
            "12 没有传完的表.xlsx",
            "传到一半断了的文件，打不开：点名说明，不影响别的文件。",
            Promise(faults=1, says=("文件已损坏",)),
            lambda path: _cut_off(path, at),
        ),
    ]


def _two_ledgers(path: Path, at: Setting) -> None:
    office = area_office(at.towns[1])
    drills: list[list[PlainCell]] = [
        ["日期", "乡镇", "演练名称", "演练类型", "参加人数", "组织单位"],
        [at.day(5, 12), at.towns[1], "地震应急疏散演练", "地震", "120人", office],
        [at.day(6, 8), at.towns[1], "山洪灾害避险转移演练", "防汛", "86人", office],
    ]
    inspections: list[list[PlainCell]] = [
        ["检查日期", "乡镇", "被检查单位", "检查次数", "检查组人数", "发现隐患数"],
        [at.day(6, 5), at.towns[1], "宏发机砖厂", 1, 3, 2],
        [at.day(6, 14), at.towns[1], "平安幼儿园", 1, 2, 2],
    ]
    write_plain(path, [PlainSheet("应急演练", drills), PlainSheet("检查帮扶", inspections)])


def _contacts(path: Path) -> None:
    rows = [["科室", "房间", "爱好"], ["办公室", "201", "钓鱼"], ["法规股", "305", "书法"]]
    write_plain(path, [PlainSheet("通讯录", rows)])


def _cut_off(path: Path, at: Setting) -> None:
    _two_ledgers(path, at)
    data = path.read_bytes()
    save(path, data[: len(data) // 2])
