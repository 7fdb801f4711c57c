"""What pip installs: exact versions, and a wheel with everything in it."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from mingxi_desktop import own_files

ROOT = Path(__file__).resolve().parents[1]


def test_every_dependency_has_its_exact_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in pins)
    exact = {canonicalize_name(name): version for name, version in (line.split("==") for line in pins)}
    wanted = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
    ]
    for text in wanted:
        requirement = Requirement(text)
        assert requirement.specifier.contains(exact[canonicalize_name(requirement.name)]), text


def files_in(folder: Path) -> set[Path]:
    """All but what is kept of files that were read: no wheel holds it."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path for path in found if "__pycache__" not in path.parts}


@pytest.mark.slow
def test_the_wheel_holds_resources_and_forms(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    package = tmp_path / "installed" / "mingxi_desktop"
    own_list = Path(own_files.LIST).relative_to("resources")
    assert files_in(package / "resources") == {*files_in(ROOT / "resources"), own_list}
    assert not list(package.rglob("__pycache__"))
    found = own_files.check(package)
    assert found.sound
    assert found.listed == len(files_in(package)) - 1
    with (package / "resources" / "indicators" / "1_safety.toml").open("ab") as file:
        file.write(b"\n")
    assert own_files.check(package).changed == ("resources/indicators/1_safety.toml",)
    for form in (ROOT / "forms").glob("*.ui"):
        assert (tmp_path / "installed" / "mingxi_desktop" / "ui" / "forms" / f"ui_{form.stem}.py").exists()
    code = "from mingxi_desktop import paths; print(paths.resources())"
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path / "installed",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert Path(found.stdout.strip()) == tmp_path / "installed" / "mingxi_desktop" / "resources"
