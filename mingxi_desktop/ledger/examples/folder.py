"""The folder of example files, with a text that says what each shows and what the program will say."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from mingxi_desktop.domain.references import AREA, COUNTY_AREA, Entry
from mingxi_desktop.errors import UserError, disk_fault
from mingxi_desktop.exchange.writing.files import save
from mingxi_desktop.ledger.examples.example import Example
from mingxi_desktop.ledger.examples.hazards import Setting, hazards
from mingxi_desktop.ledger.examples.others import others

NAME = "示例文件"
GUIDE = "说明.txt"
_TOWNS = 6
_HEAD = (
    "示例文件：各样的乡镇报表，内容都是虚构的",
    "",
    "打开示例台账，或新建一份试用的台账，再把表拖进窗口，或按 Ctrl+I 导入。",
    "照编号的先后一个一个导入，程序说的就和下面写的一样。整个文件夹一次拖进去也行：",
    "06、07 会说和同时导入的 01 重复，这个说明会说里面没有台账的表头。",
    "试完在“数据 → 导入记录”里撤销，或删掉试用的台账。",
    "",
)


def townships(entries: Sequence[Entry]) -> list[str]:
    """The townships among the entries of reference lists."""
    return [entry.name for entry in entries if entry.list == AREA and entry.name != COUNTY_AREA]


def examples(towns: Sequence[str], year: int) -> list[Example]:
    """The files for a county's townships and a year.  UserError where it has none."""
    if not towns:
        raise UserError("还没有登记乡镇，做不出示例文件", "", "先在“工具 → 乡镇和村居”里登记，再来一次。")
    at = Setting(tuple(islice(cycle(towns), _TOWNS)), year)
    return [*hazards(at), *others(at)]


def write(towns: Sequence[str], folder: Path, year: int) -> list[Path]:
    """Write the files and the text into a folder, new or empty of them: the same towns and year, the same bytes.

    UserError where one of the names is taken or the disk refuses; a file that is there is never overwritten.
    """
    made = examples(towns, year)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_fault("示例文件写不进去", folder, error, "换一个有写权限的文件夹。") from error
    paths = [folder / name for name in (GUIDE, *(one.name for one in made))]
    taken = next((path for path in paths if path.exists()), None)
    if taken is not None:
        raise UserError(
            "文件夹里已经有同名的文件，没有写", f"文件：{taken}", "选一个空的文件夹，或换一个名字。"
        )
    for one, path in zip(made, paths[1:], strict=True):
        one.make(path)
    save(paths[0], "\r\n".join((*_HEAD, *map(_said, made))).encode("utf-8-sig"))
    return paths


def _said(one: Example) -> str:
    return f"{one.name}\r\n  看什么：{one.shows}\r\n  程序会说：{one.promise.sentence}。\r\n"
