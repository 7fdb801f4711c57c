"""One file for a successor: a zip with a checked backup, the attachments, and everything readable without the program.

A package is opened by its list (清单.json) alone: only what stands there, under the names the program gives
itself, with the size and SHA-256 that stand there, is ever taken out.  Names in the zip lead nowhere.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from mingxi_desktop import __version__
from mingxi_desktop.errors import UserError, disk_fault, is_full
from mingxi_desktop.ledger import filing, placing
from mingxi_desktop.storage import cipher

SUFFIX = ".zip"
_FORMAT, _VERSION = "mingxi-handover", 1
LIST = "清单.json"
"""What tells our packages from other archives."""
_LEDGER, _GUIDE, _READABLE = "台账.mxbak", "说明.txt", "可读"
_MOST_FILES, _MOST_LIST = 200_000, 64 << 20
_MOST_LEDGER = 8 << 30
_MOST_RATIO, _RATIO_FROM = 200, 10_000_000
_SPARE = 64 << 20
"""Bytes left free on the disk after everything was taken out."""
_BLOCK = 1 << 20
_FAT = (1 << 32) - 1
"""The largest file on a stick as they are sold: FAT32."""
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError, RuntimeError,
)  # fmt: skip
"""What reading a damaged zip raises: names that are no text and places outside the file are ValueErrors."""
_PLAIN = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_ATTACHED = re.compile(rf"{filing.FOLDER}/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})(\.[a-z0-9]{{1,10}})?")

Told = Callable[[int, int], None]


def write(
    target: Path,
    backup: Path,
    ledger: Path,
    attached: Iterable[tuple[str, str]],
    papers: Iterable[Path],
    told: Told = lambda _done, _total: None,
) -> list[str]:
    """Write a package; Chinese sentences on attachments that are missing.  UserError leaves nothing behind.

    backup: a checked copy of the ledger file `ledger`, beside which the attachments lie.  attached: (SHA-256,
    name) of each.  papers: what can be read without the program.
    """
    admit(target)
    papers = list(papers)
    places = {_inside(sha256, name): (sha256, name) for sha256, name in attached}
    part = placing.part_of(target)
    missing: list[str] = []
    try:
        with zipfile.ZipFile(part, "x", zipfile.ZIP_DEFLATED) as out:
            package = _Package(out, told, _sizes(ledger, places.values()) + _size_of(backup, *papers))
            package.put(backup, _LEDGER)
            for paper in papers:
                package.put(paper, f"{_READABLE}/{paper.name}")
            for inside, (sha256, name) in places.items():
                place = filing.place_of(ledger, sha256, name)
                fault = filing.fault_of(place, sha256)
                if fault:
                    missing.append(f"佐证材料“{name}”{fault}")
                else:
                    package.put(place, inside)
            number = len(places) - len(missing)
            encrypted = cipher.encrypted(backup)
            guide = _guide(ledger, number, [paper.name for paper in papers], missing, encrypted=encrypted)
            package.say(_GUIDE, guide.encode("utf-8-sig"))
            said = {"format": _FORMAT, "version": _VERSION, "program": __version__, "files": package.listed}
            out.writestr(LIST, json.dumps(said, ensure_ascii=False, indent=1).encode("utf-8"))
        placing.settle(part, target)
    except OSError as error:
        raise _unwritten(target, part, error) from error
    finally:
        with suppress(OSError):
            part.unlink()
    return missing


def admit(target: Path) -> None:
    """UserError where no package can be written under a name: there is one, or the folder refuses."""
    if target.exists():
        raise UserError("交接包已经存在，没有覆盖", f"文件：{target}", "换一个文件名。")
    part = placing.part_of(target)
    try:
        part.touch()
        part.unlink()
    except OSError as error:
        raise _unwritten(target, part, error) from error


def _unwritten(target: Path, part: Path, error: OSError) -> UserError:
    with suppress(OSError):
        if is_full(error) and part.stat().st_size > _FAT - _BLOCK:
            hint = "U盘按 FAT32 格式化的，放不下 4GB 以上的文件：换一个盘，或把它格式化成 exFAT 再试。"
            return UserError("交接包没有写成", f"文件：{target}（太大，这个盘放不下）", hint)
    return disk_fault("交接包没有写成", target, error, "换一个有写权限、有空间的文件夹。")


def is_package(path: Path) -> bool:
    """Whether a file begins like a zip; whether it is a package of ours shows when it is opened."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def take_out_ledger(package: Path, target: Path) -> None:
    """The ledger of a package as a new file; UserError where the package is foreign, spoilt or too large."""
    with _opened(package) as (file, listed):
        if _LEDGER not in listed:
            raise _spoilt(package, "里面没有台账")
        _check_room(target.parent, sum(item["size"] for item in listed.values()))
        _take(package, file, listed[_LEDGER], target)


def take_out_attachments(package: Path, ledger: Path) -> tuple[str, ...]:
    """Put the attachments that are not yet beside a ledger file there; the names of all in the package that is damaged.

    Everything in it is held against its list; the ledger has been.  UserError as above, and where the disk refuses.
    """
    damaged = []
    with _opened(package) as (file, listed), tempfile.TemporaryDirectory() as folder:
        for name, item in listed.items():
            if name == _LEDGER:
                continue
            found = _ATTACHED.fullmatch(name)
            wanted = found is not None and not (ledger.parent / name).exists()
            out = Path(folder) / f"x{Path(name).suffix if found else ''}"
            if not _came_out(package, file, item, out if wanted else None):
                damaged.append(name)
            elif wanted:
                filing.put_in(out, ledger)
            out.unlink(missing_ok=True)
    return tuple(damaged)


@contextmanager
def looked_into(package: Path) -> Iterator[Path]:
    """The ledger of a package, in a folder that goes at the end."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / _LEDGER
        take_out_ledger(package, target)
        yield target


# inside


class _Package:
    """A zip that is being written.  listed: its list so far.  told: bytes packed, of so many."""

    def __init__(self, out: zipfile.ZipFile, told: Told, total: int) -> None:
        self._out, self._told, self._total = out, told, total
        self._done = 0
        self.listed: list[dict[str, Any]] = []

    def put(self, path: Path, name: str) -> None:
        """Pack a file; read once, so that what the list says is what was packed."""
        digest, size = hashlib.sha256(), 0
        entry = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
        entry.compress_type = self._out.compression
        with path.open("rb") as file, self._out.open(entry, "w") as out:
            while block := file.read(_BLOCK):
                digest.update(block)
                size += len(block)
                out.write(block)
                self._done += len(block)
                self._told(min(self._done, self._total), self._total)
        self.listed.append({"name": name, "size": size, "sha256": digest.hexdigest()})

    def say(self, name: str, data: bytes) -> None:
        """Pack what is in memory."""
        self._out.writestr(name, data)
        self.listed.append({"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()})


def _sizes(ledger: Path, attached: Iterable[tuple[str, str]]) -> int:
    return _size_of(*(filing.place_of(ledger, sha256, name) for sha256, name in attached))


def _size_of(*paths: Path) -> int:
    """Bytes of all files that are there."""
    return sum(path.stat().st_size for path in paths if path.is_file())


def _inside(sha256: str, name: str) -> str:
    return f"{filing.FOLDER}/{sha256[:2]}/{sha256}{filing.suffix_of(name)}"


@contextmanager
def _opened(package: Path) -> Iterator[tuple[zipfile.ZipFile, Mapping[str, dict[str, Any]]]]:
    """The zip and its list by name, once both prove to be ours; damage that shows later is a UserError too."""
    try:
        with zipfile.ZipFile(package) as file:
            entries = file.infolist()
            if len(entries) > _MOST_FILES:
                raise _spoilt(package, f"里面有{len(entries)}个文件")
            by_name = {entry.filename: entry for entry in entries}
            if LIST not in by_name:
                raise UserError(
                    "这个压缩包不是交接包，没有打开",
                    f"文件：{package}",
                    "请选用【文件 → 制作交接包】做的文件；别的压缩包先解压，再选里面的备份。",
                )
            if len(by_name) != len(entries):
                raise _spoilt(package, "有重名的文件")
            for entry in entries:
                _check_entry(package, entry)
            yield file, _listed(package, file, by_name)
    except _BROKEN as error:
        raise _spoilt(package, "压缩包坏了") from error
    except OSError as error:
        where = error.filename if is_full(error) and error.filename else package
        raise disk_fault("交接包没有打开", where, error, "先拷到电脑里，再打开。") from error


def _check_entry(package: Path, entry: zipfile.ZipInfo) -> None:
    parts = entry.filename.split("/")
    if (
        entry.filename.startswith("/")
        or "\\" in entry.orig_filename
        or ":" in entry.filename
        or ".." in parts
    ):
        raise _spoilt(package, f"文件名“{entry.filename[:80]}”会通到别处")
    if entry.flag_bits & 1 or entry.compress_type not in _PLAIN:
        raise _spoilt(package, f"“{entry.filename}”加了密或用了别的压缩法")
    packed = max(entry.compress_size, 1)
    if entry.file_size > _RATIO_FROM and entry.file_size / packed > _MOST_RATIO:
        raise _spoilt(package, f"“{entry.filename}”解压后大得不正常")


def _listed(
    package: Path, file: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]
) -> dict[str, dict[str, Any]]:
    """The lines of the list by name, each with its entry in the zip."""
    if entries[LIST].file_size > _MOST_LIST:
        raise _spoilt(package, "清单太大")
    try:
        said = json.loads(file.read(LIST))
        if said["format"] != _FORMAT:
            raise _spoilt(package, "清单不是交接包的")
        if int(said["version"]) > _VERSION:
            raise UserError(
                "交接包是新版本的程序做的，没有打开", f"文件：{package}", "请安装新版本的程序后再打开。"
            )
        listed = {
            str(item["name"]): {
                "name": str(item["name"]), "size": int(item["size"]), "sha256": str(item["sha256"]),
            }
            for item in said["files"]
        }  # fmt: skip
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _spoilt(package, "清单读不懂") from error
    for name, item in listed.items():
        most = _MOST_LEDGER if name == _LEDGER else filing.MOST_BYTES if _ATTACHED.fullmatch(name) else None
        size = cast("int", item["size"])
        if name == _LEDGER and (name not in entries or entries[name].file_size != size):
            raise _spoilt(package, f"“{name}”和清单对不上")
        if most is not None and size > most:
            raise _spoilt(package, f"“{name}”太大")
    return listed


def _take(package: Path, file: zipfile.ZipFile, item: Mapping[str, Any], target: Path) -> None:
    """One file out of the package, never more bytes of it than the list says."""

    def check(size: int) -> None:
        if size > item["size"]:
            raise _spoilt(package, f"“{item['name']}”比清单上写的大")

    with file.open(item["name"]) as stream:
        digest = placing.pour(cast("BinaryIO", stream), target, check)
    if digest != item["sha256"]:
        raise _spoilt(package, f"“{item['name']}”和清单对不上")


def _came_out(package: Path, file: zipfile.ZipFile, item: Mapping[str, Any], target: Path | None) -> bool:
    """Whether a file in the package is as the list says; it is taken out on the way, where a target is given."""
    digest = hashlib.sha256()
    try:
        if target is not None:
            _take(package, file, item, target)
            return Path(str(item["name"])).stem == str(item["sha256"])
        with file.open(item["name"]) as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    except (*_BROKEN, KeyError, UserError):
        return False
    return digest.hexdigest() == str(item["sha256"])


def _check_room(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if size + _SPARE > free:
        raise UserError(
            "磁盘放不下交接包里的内容",
            f"要 {size / 1_000_000:,.0f} MB，{folder} 所在的盘只剩 {free / 1_000_000:,.0f} MB",
            "清理这个盘上的其他文件再试。",
        )


def _spoilt(package: Path, why: str) -> UserError:
    return UserError(
        "交接包有问题，没有打开",
        f"文件：{package}（{why}）",
        "当前台账没有改动。请重新拷一份，或重做交接包。",
    )


def _guide(ledger: Path, attached: int, papers: list[str], missing: list[str], *, encrypted: bool) -> str:
    """What is in the package, for whom, and how to open it."""
    lines = [
        f"明溪应急台账 交接包　　{datetime.date.today():%Y年%m月%d日} 由 {ledger.name} 制作",
        "",
        "给接手这份台账的人；自己换电脑也用它。",
        "",
        "一、里面有什么",
        f"{_LEDGER}　　全部记录、名单、设置、变更历史和定稿的一份备份，做好后重新打开检查过。要用程序打开。",
        f"{filing.FOLDER}　　佐证材料 {attached} 个，文件名是内容的校验码；程序里显示原来的名字。",
        f"{_READABLE}　　不装程序也能看（Excel、WPS、PDF 阅读器）：",
        *(f"　　{name}" for name in papers or ["（没有）"]),
        f"{LIST}　　每个文件的大小和校验码，程序据此核对，请不要改动。",
        "",
        "二、在另一台电脑上接着用",
        "1. 把这个压缩包拷到那台电脑上，不要解压，装好“明溪应急台账”。",
        "2. 打开程序，点“从备份恢复…”，选这个压缩包。",
        "3. 程序核对以后做成一份台账，佐证材料一起放好。操作人和外观在“工具 → 设置”里重新设。",
        "4. 接手的人看一看最近的记录和数字；没有问题，原来的电脑就不要再录入了，免得成了两份。",
        "",
        *(_ENCRYPTED if encrypted else ()),
        "包里有单位的内部资料和个人信息，请当面移交，用完妥善保管。",
    ]
    if missing:
        lines += ["", "做交接包时就缺的：", *missing]
    return "\r\n".join(lines) + "\r\n"


_ENCRYPTED = (
    f"三、台账是加密的（{_LEDGER}）",
    "打开要输入口令，忘了就输入打印的恢复码；两样都没有，谁也打不开。口令请当面告诉，不要写在纸上一起放。",
    f"“{filing.FOLDER}”和“{_READABLE}”里的文件没有加密，拿到这个包的人都能看。全部台账的表格和变更历史因此没有放进来。",
    "",
)
