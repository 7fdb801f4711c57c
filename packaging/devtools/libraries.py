"""The shared libraries that Qt expects of a Linux system, and getting them where they are missing.

PySide6 brings Qt itself, but not what Qt loads from the system. The lists below are the NEEDED entries of
PySide6-Essentials 6.11 (`readelf -d`): of the modules and plugins that the program uses, without those that
every system has. A fresh Debian has none of them.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import sysconfig
from pathlib import Path

from devtools import DevError, quietly, say

# Without these no window can be made at all, not even one that is only drawn in memory.
ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
# Windows on a screen: the xcb and wayland platforms.
ON_SCREEN = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def has_display() -> bool:
    """Whether a window can be shown here; only a Linux without X and Wayland cannot."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def provide() -> None:
    """Install what Qt misses: on Debian as root by apt-get, elsewhere by telling the command.

    Raises DevError when nothing can be shown without it.
    """
    if not sys.platform.startswith("linux"):
        return
    missing = missing_packages({**ALWAYS, **ON_SCREEN})
    if not missing:
        return
    if can_install():
        say(f"installing {len(missing)} system libraries that Qt needs ...")
        install(missing)
        missing = missing_packages({**ALWAYS, **ON_SCREEN})
        if not missing:
            return
    needed = missing_packages(ALWAYS)
    if not needed and not has_display():
        return
    command = "apt-get update && apt-get install --no-install-recommends " + " ".join(missing)
    advice = f"Qt needs system libraries that are not there. Have an administrator run:\n  {command}"
    if needed:
        raise DevError(advice + "\n(names are Debian's; other systems call them alike) and start again.")
    say("warning: no window may come up. " + advice)


def missing_packages(wanted: dict[str, str]) -> list[str]:
    """Debian's names of the packages whose library is nowhere to be found."""
    return sorted({package for library, package in wanted.items() if not _present(library)})


def can_install() -> bool:
    """Whether this is a Debian-like system and we may change it."""
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def install(packages: list[str]) -> None:
    """Run apt-get; what it says appears when it failed."""
    settings = {"DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0"]
    # A stale list names versions that are gone; where the update fails, the old list may still do.
    _, said_first = quietly([*apt, "update"], settings)
    code, said = quietly([*apt, "install", "-y", "--no-install-recommends", *packages], settings)
    if code:
        say(f"{said_first}\n{said}")


def _present(library: str) -> bool:
    """Looks into the system's folder first: that costs microseconds, loading a library milliseconds."""
    folder = sysconfig.get_config_var("MULTIARCH")
    if folder and Path("/usr/lib", folder, library).exists():
        return True
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
