"""Puts the list of the program's own files into the wheel: see mingxi_desktop/own_files.py."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_PACKAGE = "mingxi_desktop/"


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Called by hatchling before and after it writes a wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Have the list packed; an editable install is the checkout itself and gets none."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        try:
            from mingxi_desktop import own_files
        finally:
            sys.path.remove(self.root)
        packed = self.build_config.builder.recurse_included_files()
        files = [
            (file.distribution_path.replace("\\", "/").removeprefix(_PACKAGE), Path(file.path))
            for file in packed
        ]
        self._folder = tempfile.TemporaryDirectory()
        made = Path(self._folder.name) / "files.sha256"
        made.write_bytes(own_files.listing(files).encode("utf-8"))
        build_data["force_include"][str(made)] = _PACKAGE + own_files.LIST

    def finalize(self, version: str, *_: Any) -> None:
        """Take the list away again."""
        if version != "editable":
            self._folder.cleanup()
