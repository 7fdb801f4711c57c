"""What of the wheels the program never loads: half a gigabyte becomes less than two hundred megabytes."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable

_OWN = "mingxi_desktop/"
"""Kept whole: its list of its own files must stay true."""
_QT = ("Core", "Gui", "Widgets", "PrintSupport", "Svg", "Network")
"""Network is needed by a plugin of Gui; the program itself never loads it."""
_RUNTIME = ("msvcp140", "msvcp140_1", "msvcp140_2", "vcruntime140", "vcruntime140_1")
"""Microsoft's, which no Windows has by itself."""
_LIBRARIES = {
    "PySide6": frozenset({"pyside6.abi3", *(f"qt6{name.lower()}" for name in _QT), *_RUNTIME}),
    "shiboken6": frozenset({"shiboken6.abi3", *_RUNTIME}),
}
_MODULES = frozenset(f"qt{name.lower()}" for name in _QT)
_PLUGINS = (
    "platforms/qwindows.dll",
    "platforms/qoffscreen.dll",
    "styles/*",
    "iconengines/qsvgicon.dll",
    "imageformats/qsvg.dll",
    "imageformats/qico.dll",
    "imageformats/qjpeg.dll",
    "imageformats/qgif.dll",
)
_NEVER = (
    "*.pyi",
    "*.lib",
    "*.h",
    "*/__pycache__/*",
    "bin/*",
    "Scripts/*",
    "share/*",
    "*/tests/*",
    "*/testing/*.png",
    "matplotlib/mpl-data/sample_data/*",
    "matplotlib/mpl-data/fonts/afm/*",
    "matplotlib/mpl-data/fonts/pdfcorefonts/*",
    "matplotlib/mpl-data/images/*",
    "matplotlib/mpl-data/stylelib/*",
    "matplotlib/backends/web_backend/*",
    "matplotlib/backends/_tkagg*",
    "numpy/_core/include/*",
    "numpy/_core/lib/*",
    "numpy/f2py/*",
    "numpy/distutils/*",
    "PIL/_avif*",
    "PIL/_imagingtk*",
    "lxml/includes/*",
    "lxml/*.c",
    "lxml/isoschematron/resources/*",
    "pypdfium2_cli/*",
    "pwiz.py",
    "PySide6/*.exe",
)


def kept(names: Iterable[str]) -> list[str]:
    """Of the files of all wheels (paths with /), those that are installed; sorted."""
    return sorted(name for name in names if _wanted(name))


def _wanted(name: str) -> bool:
    if name.startswith(_OWN):
        return True
    if any(fnmatch.fnmatchcase(name, pattern) for pattern in _NEVER):
        return False
    package, _, inside = name.partition("/")
    if inside.endswith(".dll") and "/" not in inside and package in _LIBRARIES:
        return inside.lower().removesuffix(".dll") in _LIBRARIES[package]
    return _wanted_of_qt(inside) if package == "PySide6" else True


def _wanted_of_qt(name: str) -> bool:
    folder, _, rest = name.partition("/")
    if not rest:
        stem, _, suffix = name.rpartition(".")
        return stem.lower() in _MODULES if suffix == "pyd" else suffix in ("dll", "py")
    if folder == "plugins":
        return any(fnmatch.fnmatchcase(rest, pattern) for pattern in _PLUGINS)
    if folder == "translations":
        return "zh_CN" in rest
    return folder == "support" and not rest.startswith("deps/")
