"""What the Windows program is made of: fetched by name, version and hash, and kept for the next build."""

from __future__ import annotations

import hashlib
import json
import re
import tarfile
import tempfile
import tomllib
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from devtools import DevError, quietly, say
from devtools.environment import Environment

PYTHON = "3.12"
_PLATFORM = (
    *("--platform", "win_amd64", "--python-version", PYTHON, "--implementation", "cp"),
    *("--only-binary", ":all:"),
)
_LINE = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[\w.]+)\s+--hash=sha256:(?P<hash>[0-9a-f]{64})")
_TESTED_WITH = re.compile(r"(hypothesis|openpyxl|pypinyin|pytest)\b")
"""Of what development needs, that which the tests import."""
_ABOUT = {
    "runtime": "Wheels that are installed with the program.",
    "tests": "Wheels that only the tests under Wine need.",
}
# pip reads the conditions of requirements with this machine's eyes, even where it fetches for another.
_ASKED_THERE = """
import json, sys, zipfile
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename
windows = {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64",
           "python_version": sys.argv[1], "python_full_version": sys.argv[1] + ".9", "extra": ""}
there, asked = set(), {}
for path in sys.argv[2:]:
    there.add(parse_wheel_filename(path.replace("\\\\", "/").rsplit("/", 1)[-1])[0])
    with zipfile.ZipFile(path) as wheel:
        (inside,) = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]
        lines = wheel.read(inside).decode("utf-8").splitlines()
    for one in [Requirement(line.split(":", 1)[1]) for line in lines if line.startswith("Requires-Dist:")]:
        if one.marker is None or one.marker.evaluate(windows):
            asked[canonicalize_name(one.name)] = f"{one.name}{one.specifier}"
print(json.dumps(sorted(text for name, text in asked.items() if name not in there)))
"""


@dataclass(frozen=True)
class Parts:
    """The folder of fetched parts of a checkout, and the lists of what belongs there."""

    env: Environment

    @property
    def folder(self) -> Path:
        """Where they are kept: with the virtual environment, which is made anew as they are."""
        return self.env.folder / "windows"

    @property
    def lists(self) -> Path:
        """The folder of the lists with names, versions and hashes."""
        return self.env.root / "packaging" / "windows"

    def wheels(self, *names: str) -> list[Path]:
        """The wheels of these lists (runtime, tests, wine), fetched if need be. DevError where one cannot be had."""
        return [
            wheel for name in names for wheel in self._fetched(self.lists / f"{name}.lock", list(_PLATFORM))
        ]

    def python(self) -> dict[str, bytes]:
        """The embeddable Windows Python: name in its folder → content."""
        (source,) = self._fetched(self.lists / "python.lock", ["--no-binary", ":all:"])
        with tarfile.open(source) as archive:
            inner = next(one for one in archive.getmembers() if one.name.endswith("/data.zip"))
            file = archive.extractfile(inner)
            assert file is not None
            data = file.read()
        with zipfile.ZipFile(BytesIO(data)) as embedded:
            files = [one for one in embedded.infolist() if not one.is_dir()]
            return {one.filename.split("/", 1)[1]: embedded.read(one) for one in files}

    def lock(self) -> None:
        """Write the lists anew from the versions that the checkout is tested with: names, versions, hashes."""
        project = tomllib.loads((self.env.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        wanted = {
            "runtime": project["dependencies"],
            "tests": list(filter(_TESTED_WITH.match, project["optional-dependencies"]["dev"])),
        }
        taken: set[str] = set()
        for name, requirements in wanted.items():
            lines = [line for line in self._newest(requirements) if line not in taken]
            taken.update(lines)
            head = f"# {_ABOUT[name]} Written by dev.py windows lock.\n"
            text = head + "".join(f"{line}\n" for line in lines)
            (self.lists / f"{name}.lock").write_text(text, encoding="utf-8", newline="\n")
            say(f"{name}.lock: {len(lines)} packages")

    def _newest(self, requirements: list[str]) -> list[str]:
        """Lines for the wheels for Windows that answer the requirements, and for what these need there in turn."""
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            while requirements:
                say(f"fetching {', '.join(requirements)} ...")
                self._download([*_PLATFORM, "-c", str(self.env.constraints), *requirements], folder)
                code, said = quietly([self.env.python, "-c", _ASKED_THERE, PYTHON, *sorted(folder.iterdir())])
                if code:
                    raise DevError(f"what the wheels need on Windows could not be read:\n{said}")
                requirements = json.loads(said)
            return sorted(map(locked, folder.iterdir()))

    def _fetched(self, listed: Path, how: list[str]) -> list[Path]:
        wanted = locked_in(listed)
        folder = self.folder / listed.stem
        there = _there(folder)
        if not there.keys() >= set(wanted):
            say(f"fetching {len(wanted)} packages ({listed.stem}) ...")
            self._download([*how, "--no-deps", "--require-hashes", "-r", str(listed)], folder)
            there = _there(folder)
        missing = [line.split()[0] for line in wanted if line not in there]
        if missing:
            raise DevError(
                f"not as {listed.name} says: {', '.join(missing)}. Delete {folder} and run this again."
            )
        return [there[line] for line in wanted]

    def _download(self, arguments: list[str], folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        pip: list[str | Path] = [
            self.env.python,
            "-m",
            "pip",
            "download",
            "-q",
            "--disable-pip-version-check",
        ]
        code, said = quietly([*pip, "-d", folder, *arguments])
        if code:
            raise DevError(
                f"packages could not be fetched:\n{said}\nCheck the network and pip's index, then run this again."
            )


def locked_in(listed: Path) -> list[str]:
    """The lines of a list: name==version --hash=sha256:…; DevError where a line is neither that nor a comment."""
    lines = [line.strip() for line in listed.read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    wrong = next((line for line in lines if not _LINE.fullmatch(line)), None)
    if wrong is not None:
        raise DevError(f"{listed.name} has a line that is no name, version and hash: {wrong}")
    return lines


def locked(path: Path) -> str:
    """The line of a fetched file."""
    if path.name.endswith(".tar.gz"):
        name, version = path.name.removesuffix(".tar.gz").rsplit("-", 1)
    else:
        name, version = path.name.split("-")[:2]
    with path.open("rb") as file:
        return f"{name}=={version} --hash=sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def _there(folder: Path) -> dict[str, Path]:
    """What lies in a folder of fetched parts: line of the list → file."""
    return {locked(path): path for path in folder.iterdir()} if folder.is_dir() else {}
