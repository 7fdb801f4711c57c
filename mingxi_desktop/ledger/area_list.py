"""A county's townships and villages as a clerk has them: typed, pasted, or in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mingxi_desktop.domain.names import fold_width, tidy
from mingxi_desktop.errors import UserError
from mingxi_desktop.exchange.cells import cell_text
from mingxi_desktop.exchange.reading.child import ReadingProcess
from mingxi_desktop.exchange.reading.read import file_bytes, read_sheets
from mingxi_desktop.exchange.reading.refusal import RefusedError
from mingxi_desktop.patterns import pattern

_CODE = pattern(r"\d{6,12}")
_TOWNSHIP = pattern(r"[\u4e00-\u9fff]{1,18}(?:镇|乡|街道|街道办事处|苏木)")
_LIKE_ONE = pattern(r"[\u4e00-\u9fff]{2,18}(?:开发区|园区|农场|林场|茶场|管委会)")
"""Stands in the townships' column beside them; elsewhere it may be a village."""
_VILLAGE = pattern(r"[\u4e00-\u9fff0-9()·]{2,30}")
_ENDS = pattern(r"(?:村|社区|居|委会|委员会|场|园区?)$")
_PARTS = pattern(r"[:、,;\s]+")
_HEADING = pattern(
    r"(?:所属|所在|所辖)?(?:乡镇|镇乡|镇街|乡镇[/、]?\(?街道\)?|乡\(镇\)|街道|镇|乡)(?:名称|名)?|序号|编号|.*代码.*"
    r"|.*(?:名单|一览|名录|区划|情况|统计).*"
)
_NO_ROW = pattern(r"(?:合计|总计|小计|共计|说明|备注|注:|填报|制表).*")
_MOST = 3_000
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Village:
    """A village or community.  township: the name of the one it lies in."""

    name: str
    township: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class AreaList:
    """Townships as (name, official code or "") and villages, in order; faults: sentences on what cannot be read."""

    townships: tuple[tuple[str, str], ...] = ()
    villages: tuple[Village, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The list as it is typed: 云峰镇：东山村、西山村."""
        lines = []
        for name, _ in self.townships:
            inside = "、".join(one.name for one in self.villages if one.township == name)
            lines.append(f"{name}：{inside}" if inside else name)
        return "\n".join(lines)


def from_text(text: str) -> AreaList:
    """A township a line, its villages behind it: 云峰镇：东山村、西山村; also columns copied from a spreadsheet."""
    return _read((number, line.split("\t")) for number, line in enumerate(text.splitlines(), 1))


def from_file(path: Path) -> AreaList:
    """The first sheet of a spreadsheet with such columns: 乡镇, 村（社区）, 代码.  UserError where there is none."""
    try:
        with ReadingProcess() as process:
            sheets = read_sheets(file_bytes(path), process)
    except RefusedError as error:
        raise UserError("名单没有读成", f"{path.name}：{error.message}", "名单没有改动。") from error
    first = next((one.rows for one in sheets if not one.hidden), [])
    found = _read((number, [cell_text(cell) for cell in row]) for number, row in enumerate(first, 1))
    if not found.townships:
        raise UserError(
            "表里没有读到乡镇", f"文件：{path}", "表要有“乡镇”一列，有村居的再加“村（社区）”一列，每行一个。"
        )
    return found


def _read(rows: Iterable[tuple[int, Sequence[str]]]) -> AreaList:
    reader = _Reader()
    for number, cells in rows:
        reader.take(number, [tidy(fold_width(cell)) for cell in cells])
        if len(reader.villages) > _MOST:
            reader.faults.append(f"村居多于 {_MOST:,} 个，不像一个县的名单")
            break
    return AreaList(tuple(reader.townships.items()), tuple(reader.villages.values()), tuple(reader.faults))


class _Reader:
    """Goes down the rows: a village lies in the township before it, in its own row or in one above."""

    def __init__(self) -> None:
        self.townships: dict[str, str] = {}
        self.villages: dict[tuple[str, str], Village] = {}
        self.faults: list[str] = []
        self._last = ""

    def take(self, number: int, cells: Sequence[str]) -> None:
        """One row; blank ones, titles, headers and totals hold nothing."""
        words = [cell for cell in cells if cell and not cell.isdigit()]
        if not words or _NO_ROW.fullmatch(words[0]) or (not self.townships and _HEADING.fullmatch(words[0])):
            return
        code = next((cell for cell in cells if _CODE.fullmatch(cell)), "")
        names = [name for word in words for name in _PARTS.split(word) if name]
        alone = len(names) == 1
        if _LIKE_ONE.fullmatch(names[0]):
            self._begin(names.pop(0), "" if names else code)
        for name in names:
            if _TOWNSHIP.fullmatch(name):
                self._begin(name, code if name == names[-1] else "")
            elif not self._last or not _VILLAGE.fullmatch(name) or (alone and not _ENDS.search(name)):
                why = "看不出是乡镇还是村居，请写全称" if self._last else "前面没有写是哪个乡镇"
                self.faults.append(f"第{number}行：“{name[:_SHOWN]}”{why}")
                return
            else:
                one = Village(name, self._last, code if name == names[-1] else "")
                self.villages.setdefault((self._last, name), one)

    def _begin(self, name: str, code: str) -> None:
        self._last = name
        self.townships.setdefault(name, code)
