"""The structure that engineering promises, checked on the code itself and on copies with planted faults."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "mingxi_desktop"
LONGEST_FILE = 400
TOP_LEVEL = {
    "mingxi_desktop", "resources", "forms", "tests", "packaging",
    "pyproject.toml", "README.md", "dev.py", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE",
}  # fmt: skip
MADE_BY_RUNNING = {"out", "dist", "build", "__pycache__"}
HEAVY = {
    "docx", "fontTools", "lxml", "matplotlib", "numpy", "openpyxl", "pypdfium2", "pypinyin", "python_calamine",
    "reportlab", "sqlcipher3", "xlsxwriter",
}  # fmt: skip

OPENS = re.compile(r"\b(open|read_text|write_text)\s*\(|TemporaryFile\s*\(|\b(text|universal_newlines)=")
"""A file without any of these opens nothing as text, nor a pipe to another program."""


NOT_ON_WINDOWS = {
    r"%-[dmyHIMSj]|:%e": "Windows' strftime knows no %-d",
    r"\.winerror\b|\bE(ACCES|PERM|TXTBSY)\b": "a held file is a PermissionError; its number may be None",
    r"\bpart\.(rename\(|replace\((path|target|place)\))|\bos\.(rename|replace)\(": "give_name waits for virus scanners",
    r"QTextStream|QStringConverter|(to|from)Local8Bit": "Python's codecs know GB18030, Qt's do not",
    r"\bos\.(system|startfile|fork|getuid|chown)\b|shell=True": "the shell, or one system only",
    r"multiprocessing": "a frozen program would start itself anew",
}
"""Words that the program may not have, and why."""
TABLE_FILES = re.compile(r"\bcsv\.(writer|DictWriter)\(")


def sources(*folders: Path) -> Iterator[Path]:
    """All Python files written by people."""
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            if "forms" not in path.parts or not path.name.startswith("ui_"):
                yield path


def nodes(path: Path, having: re.Pattern[str]) -> Iterator[ast.AST]:
    """All nodes of a file that has something in it; reading code takes long, looking for words does not."""
    text = path.read_text(encoding="utf-8")
    if having.search(text):
        yield from ast.walk(ast.parse(text))


def lint_imports(root: Path) -> tuple[bool, str]:
    """Whether the contracts of pyproject.toml hold for the package in `root`, and what was said."""
    tool = "from importlinter.cli import lint_imports_command as main; main()"
    result = subprocess.run(
        [sys.executable, "-c", tool, "--no-cache", "--no-logo"],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(root), "PYTHONUTF8": "1", "COLUMNS": "200", "NO_COLOR": "1"},
        check=False,
    )
    return result.returncode == 0, result.stdout + result.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and its contracts, to plant faults in."""
    shutil.copytree(PACKAGE, tmp_path / "mingxi_desktop", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def plant(root: Path, module: str, text: str) -> None:
    """Add a line of code to a module of the copy, making the module if need be."""
    path = root / module
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{old}\n{text}\n", encoding="utf-8")


def test_imports_keep_to_the_layers() -> None:
    kept, said = lint_imports(ROOT)
    assert kept, said


PLANTED = (
    ("domain/__init__.py", "import mingxi_desktop.storage", "Imports go down the layers"),
    ("domain/__init__.py", "def late():\n    import mingxi_desktop.ledger", "Imports go down the layers"),
    ("report/__init__.py", "import mingxi_desktop.charts", "Imports go down the layers"),
    ("ledger/charting.py", "from mingxi_desktop.ledger.facade import Ledger", "What the facade is made of"),
    ("paths.py", "import mingxi_desktop.logs", "Imports go down the layers"),
    ("planted.py", "", "Imports go down the layers"),
    ("ledger/__init__.py", "import PySide6.QtCore", "Only ui and app know Qt"),
    ("ledger/planted.py", "import sqlite3", "Only storage knows the database"),
    ("ui/__init__.py", "def late():\n    from peewee import Model", "Only storage knows the database"),
    ("app/planted.py", "import openpyxl", "Only exchange knows spreadsheets"),
    ("exchange/planted.py", "import docx", "Only report knows PDF and Word"),
    ("report/planted.py", "import matplotlib.pyplot", "Only charts knows matplotlib"),
    ("domain/planted.py", "import pypinyin", "standard library alone"),
)
"""Module, what is planted in it, and the contract that this breaks."""


def test_every_planted_fault_is_caught(copy: Path) -> None:
    for module, text, _ in PLANTED:
        plant(copy, f"mingxi_desktop/{module}", text)
    kept, said = lint_imports(copy)
    assert not kept
    # Each contract has a heading of its own under which it says what breaks it.
    parts = re.split(r"\n(?=.*\n-{5,}\n)", said[said.index("Broken contracts") :])
    for module, text, contract in PLANTED:
        (part,) = (part for part in parts if contract in part.lstrip().split("\n", 1)[0])
        name = ".".join(Path("mingxi_desktop", module).with_suffix("").parts).removesuffix(".__init__")
        imported = re.search(r"(?:import|from) ([\w.]+)", text)
        target = imported[1] if imported else ""
        target = target if target.startswith("mingxi_desktop") else target.split(".")[0]
        assert re.search(
            rf"{name} -> {target}\b" if target else rf"not listed as layers:\s+- {name}\n", part
        ), said


def circle(package: str) -> list[str]:
    """Modules that need each other, each with the line that imports the next; none where nothing goes in a circle.

    All imports count: those at the top, those in functions, and those for type checking alone.
    """
    grimp = pytest.importorskip("grimp", reason="import-linter is not laid beside a Windows Python")
    graph = grimp.build_graph(package, cache_dir=None)
    needs = {
        module: sorted(graph.find_modules_directly_imported_by(module)) for module in sorted(graph.modules)
    }
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        steps = pairwise(reversed(error.args[1]))  # it names them from what is needed to who needs it
        return [
            f"{importer} → {imported} (line {line['line_number']}: {line['line_contents']})"
            for importer, imported in steps
            for line in graph.get_import_details(importer=importer, imported=imported)[:1]
        ]
    return []


@pytest.mark.parametrize("package", ["mingxi_desktop", "devtools"])
def test_no_imports_go_in_a_circle_not_even_late_ones_and_those_for_types(package: str) -> None:
    found = circle(package)
    advice = "Move what both need below them, or hand in what the lower one asks for: a callable, a signal, a Protocol."
    assert not found, "\n".join(["These modules need each other:", *found, advice])


@pytest.mark.parametrize(
    "closing",
    [
        "from planted_house import one",
        "def late():\n    from planted_house.one import door",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import planted_house.one",
    ],
)
def test_a_planted_circle_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closing: str) -> None:
    house = tmp_path / "planted_house"
    house.mkdir()
    rooms = {
        "one": "from . import two",
        "two": "import planted_house.three",
        "three": closing,
        "four": "from . import one",
    }
    for name, text in {"__init__": "", **rooms}.items():
        (house / f"{name}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    line = closing.count("\n") + 1
    assert sorted(circle("planted_house")) == [
        "planted_house.one → planted_house.two (line 1: from . import two)",
        f"planted_house.three → planted_house.one (line {line}: {closing.splitlines()[-1].strip()})",
        "planted_house.two → planted_house.three (line 1: import planted_house.three)",
    ]


def test_the_standard_library_contract_names_every_dependency() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {entry["id"]: entry for entry in project["tool"]["importlinter"]["contracts"]}
    named = {name.lower().replace("_", "-") for name in contracts["standard-library"]["forbidden_modules"]}
    other_names = {"PySide6-Essentials": "pyside6", "python-docx": "docx"}
    for requirement in project["project"]["dependencies"]:
        name = requirement.split("=")[0].split(">")[0]
        assert other_names.get(name, name).lower() in named


def test_nothing_heavy_is_loaded_before_the_window_shows() -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in [*sources(PACKAGE / "ui"), *sources(PACKAGE / "app")]
    ]
    code = (
        f"import sys, importlib\nfor name in {modules!r}: importlib.import_module(name)\n"
        f"print(*sorted({HEAVY!r} & set(sys.modules)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.split() == []


@pytest.mark.parametrize("folder", ["mingxi_desktop", "packaging", "tests"])
def test_rooms_are_small(folder: str) -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in sources(ROOT / folder)}
    assert not {str(path): length for path, length in lengths.items() if length > LONGEST_FILE}


def test_every_text_file_is_opened_with_its_encoding_named() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in [*sources(PACKAGE, ROOT / "packaging", ROOT / "tests"), ROOT / "dev.py"]
        for call in nodes(path, OPENS)
        if isinstance(call, ast.Call) and opens_text_anyhow(call)
    ]
    assert not found


def not_on_windows(text: str) -> list[str]:
    """What in a piece of code does not do on Windows what it does here."""
    return [why for words, why in NOT_ON_WINDOWS.items() if re.search(words, text)]


def test_the_program_is_written_for_windows_too() -> None:
    found = {}
    for path in sources(PACKAGE):
        text = path.read_text(encoding="utf-8")
        wrong = not_on_windows(text)
        if TABLE_FILES.search(text) and 'newline=""' not in text:
            wrong.append("csv without newline=''")
        if wrong:
            found[str(path)] = wrong
    assert not found


@pytest.mark.parametrize(
    "code",
    [
        'f"{day:%-d}"',
        "error.winerror == 32",
        "if error.errno == errno.EACCES:",
        "part.rename(path)",
        "os.replace(part, path)",
        "QTextStream(file)",
        "import multiprocessing",
        "subprocess.run(line, shell=True)",
    ],
)
def test_the_check_for_windows_itself(code: str) -> None:
    assert not_on_windows(code)


def test_no_widget_asks_a_layout_for_its_items() -> None:
    """PySide holds the wrapper of such an item when Qt has deleted it, and gives it to whatever lies there next."""
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources(PACKAGE / "ui")
        for node in nodes(path, re.compile(r"\bitemAt"))
        if isinstance(node, ast.Attribute) and node.attr in ("itemAt", "itemAtPosition")
    ]
    assert not found


@pytest.mark.parametrize(
    ("code", "caught"),
    [
        ("open(p)", True),
        ("open(p, 'w', encoding='utf-8')", False),
        ("open(p, mode='rb')", False),
        ("p.open()", True),
        ("p.open('rb')", False),
        ("p.open('w', encoding='gb18030')", False),
        ("p.read_text()", True),
        ("p.write_text(t, newline='')", True),
        ("p.read_text(encoding='utf-8')", False),
        ("read_text(data)", False),
        ("tempfile.NamedTemporaryFile('w')", True),
        ("tempfile.NamedTemporaryFile()", False),
        ("subprocess.run(c, text=True)", True),
        ("subprocess.run(c, text=True, encoding='utf-8')", False),
        ("Ledger.open(path)", False),
        ("webbrowser.open(url)", False),
        ("p.read_text(**options)", False),
    ],
)
def test_the_encoding_check_itself(code: str, *, caught: bool) -> None:
    assert opens_text_anyhow(ast.parse(code, mode="eval").body) is caught
    assert not caught or OPENS.search(code)


def test_the_top_level_stays_small() -> None:
    listed = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert listed - MADE_BY_RUNNING <= TOP_LEVEL


def test_resources_and_forms_hold_no_code() -> None:
    assert not [*(ROOT / "resources").rglob("*.py"), *(ROOT / "forms").rglob("*.py")]


def opens_text_anyhow(call: ast.AST) -> bool:
    """Whether a call opens a file or a pipe as text without saying in which encoding."""
    assert isinstance(call, ast.Call)
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    if "encoding" in given or None in given:
        return False
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in ("read_text", "write_text"):  # a path's own; its second way of naming is by position
        return isinstance(call.func, ast.Attribute) and len(call.args) == (name == "write_text")
    if name in ("run", "Popen", "check_output", "check_call"):
        return bool({"text", "universal_newlines"} & given.keys())
    if name in ("NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile"):
        mode = given.get("mode", call.args[0] if call.args else ast.Constant("w+b"))
        return not _binary(mode)
    if name != "open":
        return False
    if isinstance(call.func, ast.Name):
        return not _binary(given.get("mode", call.args[1] if len(call.args) > 1 else ast.Constant("r")))
    if call.args and not _is_mode(call.args[0]):
        return False  # somebody else's open: a ledger, a browser, an archive
    return not _binary(given.get("mode", call.args[0] if call.args else ast.Constant("r")))


def _is_mode(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Constant) and isinstance(node.value, str) and set(node.value) <= set("rwxabt+")
    )


def _binary(mode: ast.expr) -> bool:
    return not isinstance(mode, ast.Constant) or "b" in str(mode.value)
