"""The font files that come with the program."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def delivered() -> tuple[Path, Path]:
    """The serif and the sans serif font."""
    import pylopdf_fonts_zh_cn

    return pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path()
