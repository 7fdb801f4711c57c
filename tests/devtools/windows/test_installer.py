"""The setup program: what its script must have, and what is asked of NSIS."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from devtools import DevError, libraries
from devtools.environment import ROOT
from devtools.windows import installer
from devtools.windows.tree import Tree
from mingxi_desktop.ui import taskbar

SCRIPT = (ROOT / "packaging" / "windows" / "installer.nsi").read_text(encoding="utf-8")


def block(head: str) -> str:
    """A function, section or macro of the script."""
    start = SCRIPT.index(head)
    return SCRIPT[
        start : re.compile(r"^(FunctionEnd|SectionEnd|!macroend)", re.MULTILINE).search(SCRIPT, start).end()
    ]


def test_names_that_windows_keeps_are_ascii() -> None:
    kept = re.findall(
        r'^!define (?:ID|MODEL|KEY|UNKEY|CLASSES|PROGRAM|LIBRARY|ICON) "(.*?)"', SCRIPT, re.MULTILINE
    )
    assert len(kept) == 8
    assert all(name.isascii() for name in kept)
    assert f'"{taskbar.ID}"' in SCRIPT


def test_the_running_program_is_looked_for_before_anything_changes() -> None:
    assert "RefuseWhileRunning" in block("Function .onInit\n")
    assert "RefuseWhileRunning" in block("Function un.onInit")
    main = block('Section "${APP}')
    assert main.index("LookIfRunning") < main.index("WriteRegStr") < main.index("File /r")
    assert "/SD IDCANCEL" in block("Function ${un}RefuseWhileRunning")  # a silent one asks nobody


def test_every_message_has_an_answer_for_a_silent_run() -> None:
    boxes = [line for line in SCRIPT.splitlines() if line.lstrip().startswith("MessageBox")]
    assert len(boxes) > 5
    assert [line for line in boxes if " /SD " not in line] == []


def test_the_old_program_goes_only_when_the_new_one_is_whole() -> None:
    main = block('Section "${APP}')
    assert main.index("File /r") < main.index('"$INSTDIR\\old"') < main.index('RMDir /r "$INSTDIR\\old"')


def test_whole_folders_are_deleted_only_where_they_are_ours() -> None:
    assert set(re.findall(r"RMDir /r (.+)", SCRIPT)) == {'"$INSTDIR\\new"', '"$INSTDIR\\old"'}


def test_a_folder_of_somebody_elses_is_left_alone() -> None:
    main, failure = block('Section "${APP}'), block("Function TellFailure")
    assert main.index("Call LookAtFolder") < main.index('StrCpy $Begun "yes"') < main.index("Call PutInOrder")
    assert failure.index('${If} $Begun == "yes"') < failure.index("Call PutInOrder")


def test_the_uninstaller_takes_back_all_that_setup_writes() -> None:
    uninstall = block('Section "Uninstall"')
    joined = re.findall(r'!insertmacro Associate ("\S+" "\S+")', SCRIPT)
    assert len(joined) == 2
    assert re.findall(r'!insertmacro Dissociate ("\S+" "\S+")', uninstall) == joined
    links = set(re.findall(r'(?:Shortcut|CreateShortCut) ("\$[^"]+\.lnk")', SCRIPT))
    assert len(links) == 3
    assert links == set(re.findall(r"Delete (.+\.lnk\")", uninstall))
    for key in ("${UNKEY}", "${KEY}"):
        assert f'DeleteRegKey HKCU "{key}"' in uninstall


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("1.2", "1.2.0.0"), ("0.10.3", "0.10.3.0"), ("1.2rc1", "1.2.0.0"), ("1.2.3.dev4", "1.2.3.0")],
)
def test_a_version_is_four_numbers_to_windows(version: str, numbers: str) -> None:
    assert installer.four_numbers(version) == numbers


def test_only_a_tree_with_the_named_python_makes_a_release() -> None:
    assert Tree(Path(), "1.2", released=True).name == "1.2"
    assert Tree(Path(), "1.2", released=False).name == "1.2-dev"


def test_without_nsis_the_command_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(installer.shutil, "which", lambda _: None)
    monkeypatch.setattr(libraries, "can_install", lambda: False)
    with pytest.raises(DevError, match="apt-get install nsis"):
        installer.build(None, None, tmp_path)
