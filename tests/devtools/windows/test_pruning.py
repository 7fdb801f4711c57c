"""What of the wheels is installed."""

from __future__ import annotations

import pytest

from devtools.windows import pruning


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt6Widgets.dll",
        "PySide6/QtWidgets.pyd",
        "PySide6/msvcp140.dll",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/translations/qtbase_zh_CN.qm",
        "PySide6/__init__.py",
        "shiboken6/shiboken6.abi3.dll",
        "numpy.libs/libscipy_openblas64_-1.dll",
        "sqlcipher3/_sqlite3.cp312-win_amd64.pyd",
        "mingxi_desktop/resources/share/tests/a.h",  # ours is installed whole
    ],
)
def test_what_the_program_loads_stays(name: str) -> None:
    assert pruning.kept([name]) == [name]


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/opengl32sw.dll",
        "PySide6/Qt6Qml.dll",
        "PySide6/QtQml.pyd",
        "PySide6/designer.exe",
        "PySide6/qml/QtQuick/a.qml",
        "PySide6/plugins/platforms/qminimal.dll",
        "PySide6/translations/qtbase_de.qm",
        "PySide6/QtCore.pyi",
        "shiboken6/vcamp140.dll",
        "numpy/_core/tests/test_a.py",
        "matplotlib/mpl-data/sample_data/a.csv",
    ],
)
def test_what_it_never_loads_goes(name: str) -> None:
    assert pruning.kept([name]) == []
