"""Whether the program's own files are as they were built: a list of their hashes lies among them.

It notices what goes wrong on office PCs: a half-copied folder, a file that an anti-virus program took away, an old
file left by an update, a changed line. It is no signature: whoever can write these files can write the list, too.

The list is made with the wheel, in the form of sha256sum, which can check it as well (`sha256sum -c
resources/files.sha256`); a checkout has none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

LIST = "resources/files.sha256"
"""Where the list lies, from the package's folder."""
_PACKAGE = Path(__file__).resolve().parent
_CODE = frozenset({".py", ".pyc", ".pyd", ".pyw", ".so", ".dll"})
"""Endings of what Python would take for a part of the program."""
_CACHE = "__pycache__"
_TOLD = 3


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found.  listed: files in the list, 0 where there is none.  The others: names, in order.

    extra: code that the list does not know.
    """

    listed: int
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong; so it is with a checkout."""
        return not self.problems()

    def problems(self) -> list[str]:
        """A sentence for each file that is not as it was built."""
        return [
            *(f"文件没有了或读不出：{name}" for name in self.missing),
            *(f"文件被改动过：{name}" for name in self.changed),
            *(f"多了程序文件：{name}" for name in self.extra),
        ]

    def sentence(self) -> str:
        """All of it in one sentence."""
        if not self.listed:
            return "开发版，没有清单"
        problems = self.problems()
        if not problems:
            return f"完整（{self.listed} 个文件与发布时一致）"
        more = "……" if len(problems) > _TOLD else ""
        return f"不完整，有 {len(problems)} 处与发布时不一致：{'；'.join(problems[:_TOLD])}{more}。请重新安装程序"


def check(package: Path = _PACKAGE) -> Checked:
    """Compare every file with the list: see `checking`."""
    *_, found = checking(package)
    assert found is not None
    return found


def checking(package: Path = _PACKAGE) -> Iterator[Checked | None]:
    """Compare the files with the list: None after each one, at the end what was found.

    package: the folder `mingxi_desktop`. A list that cannot be read counts as a changed file.
    """
    try:
        listed = dict(_entries((package / LIST).read_text(encoding="utf-8")))
    except FileNotFoundError:
        yield Checked(0)
        return
    except (OSError, ValueError):
        yield Checked(1, changed=(LIST,))
        return
    changed, missing = [], []
    for name in sorted(listed):
        found = _hash(package / name)
        if not found:
            missing.append(name)
        elif found != listed[name]:
            changed.append(name)
        yield None
    code = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*")
        if path.suffix in _CODE and _CACHE not in path.parts
    }
    yield Checked(len(listed), tuple(changed), tuple(missing), tuple(sorted(code - listed.keys())))


def listing(files: Iterable[tuple[str, Path]]) -> str:
    """The list of (name from the package's folder, file); the same for the same files, whatever their order."""
    return "".join(f"{_hash(path)}  {name}\n" for name, path in sorted(files))


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """(name, hash) of each line; ValueError where it is none, or leads out of the folder."""
    lines = text.splitlines()
    if not lines:
        raise ValueError("an empty list")
    for line in lines:
        digest, name = line.split("  ", 1)
        if len(digest) != 64 or ".." in name.split("/") or Path(name).is_absolute():
            raise ValueError(line)
        yield name, digest


def _hash(path: Path) -> str:
    """SHA-256 of a file in hexadecimal; "" where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
