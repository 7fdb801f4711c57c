"""Whether the settings of this PC have reached the disk: Qt says nothing of it by itself."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from mingxi_desktop.errors import drive_of


def fault(settings: QSettings) -> str:
    """What to tell of settings that the disk does not take; "" where they are on it.

    They hold as long as the program runs; Qt tries again by itself with whatever is set next.
    """
    # The one at hand keeps its first fault for good; another one of the same file has the same values, and no past.
    fresh = QSettings(settings.fileName(), settings.format())
    fresh.sync()
    if fresh.status() != QSettings.Status.AccessError:
        return ""
    return (
        f"▲ 本机的设置没有存下来（磁盘 {drive_of(settings.fileName())} 满了，或者不能写）："
        "这次照样生效，腾出空间后程序会再存"
    )
