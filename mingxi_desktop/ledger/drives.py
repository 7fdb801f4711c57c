"""What sort of drive a path lies on, asked of the system without touching the drive itself."""

from __future__ import annotations

import enum
import os
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath

from mingxi_desktop.patterns import pattern


class Drive(enum.Enum):
    """Sorts of drives.  What is not known for certain is FIXED: an ordinary disk must never be refused."""

    FIXED = "fixed"
    NETWORK = "network"
    REMOVABLE = "removable"
    """A USB stick, a memory card.  USB hard disks call themselves fixed."""


_NETWORK = frozenset(
    "nfs nfs4 cifs smb3 smbfs smb2 9p afs ncpfs ncp davfs coda ceph lustre beegfs gpfs pvfs2"
    " fuse.sshfs fuse.cifs fuse.smbnetfs fuse.davfs2 fuse.rclone fuse.gvfsd-fuse fuse.gvfs-fuse-daemon"
    " fuse.curlftpfs fuse.glusterfs fuse.ceph fuse.s3fs fuse.ossfs fuse.cosfs fuse.jmtpfs".split()
)
"""File systems whose files lie on another machine, as the kernel names them."""
_SUBST_OF_WSL = "aname=drvfs"
"""In the options of a local Windows disk that a Linux inside Windows sees through 9p."""
_ESCAPED = pattern(r"\\([0-7]{3})")
_REMOVABLE, _REMOTE = 2, 4
"""What GetDriveTypeW answers."""


def drive_of(path: Path) -> Drive:
    """The sort of drive of a path that need not exist; FIXED where the system does not say."""
    try:
        if sys.platform == "win32":
            return _of_windows(path)
        mounts = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape")
        return of_linux(str(path), mounts, _says_removable)
    except (OSError, ValueError):
        return Drive.FIXED


def of_linux(path: str, mounts: str, removable: Callable[[str], bool]) -> Drive:
    """The sort of drive of an absolute path.

    mounts: /proc/self/mountinfo.  removable: whether the block device of a number (8:1) can be taken out.
    """
    found: tuple[PurePosixPath, str, str, str] | None = None
    place = PurePosixPath(path)
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        own, rest = before.split(), after.split()
        if len(own) < 5 or not rest:
            continue
        point = PurePosixPath(
            _ESCAPED.sub(lambda code: chr(int(code[1], 8)), own[4]) if "\\" in own[4] else own[4]
        )
        # The last of those that are mounted over each other is the one in sight.
        if place.is_relative_to(point) and (found is None or point.is_relative_to(found[0])):
            found = point, own[2], rest[0], rest[-1]
    if found is None or found[0] == PurePosixPath("/"):  # what the system itself runs from is at home here
        return Drive.FIXED
    _, device, sort, options = found
    if sort in _NETWORK and _SUBST_OF_WSL not in options:
        return Drive.NETWORK
    return Drive.REMOVABLE if removable(device) else Drive.FIXED


def of_windows(
    path: str, type_of: Callable[[str], int], root_of: Callable[[str], str], system: str = "C:"
) -> Drive:
    r"""The sort of drive of an absolute path.

    type_of, root_of: GetDriveTypeW and GetVolumePathNameW (a disk may hang in a folder).  system: the drive that
    Windows runs from, which is at home here even where it is a stick.
    """
    plain = path.replace("/", "\\")
    for prefix in ("\\\\?\\UNC\\", "\\\\?\\", "\\\\.\\"):
        if plain.upper().startswith(prefix):
            plain = ("\\\\" if prefix.endswith("UNC\\") else "") + plain[len(prefix) :]
            break
    drive = PureWindowsPath(plain).drive
    if drive.startswith("\\\\"):
        return Drive.NETWORK
    if not drive or drive.upper() == system.upper():
        return Drive.FIXED
    sort = type_of(f"{drive}\\")
    if sort != _REMOTE:  # a network that does not answer must not be asked again
        sort = type_of(root_of(plain) or f"{drive}\\")
    return {_REMOTE: Drive.NETWORK, _REMOVABLE: Drive.REMOVABLE}.get(sort, Drive.FIXED)


def _says_removable(device: str) -> bool:
    """What /sys says of a block device or, for a partition, of the disk that it is on."""
    place = Path("/sys/dev/block", device)
    if not place.exists():
        return False
    real = place.resolve()
    return any(
        (one / "removable").is_file()
        and (one / "removable").read_text(encoding="ascii", errors="replace").strip() == "1"
        for one in (real, real.parent)
    )


if sys.platform == "win32":

    def _of_windows(path: Path) -> Drive:
        import ctypes

        kernel = ctypes.windll.kernel32

        def root_of(name: str) -> str:
            buffer = ctypes.create_unicode_buffer(1024)
            return buffer.value if kernel.GetVolumePathNameW(name, buffer, len(buffer)) else ""

        def type_of(root: str) -> int:
            return int(kernel.GetDriveTypeW(root))

        return of_windows(str(path), type_of, root_of, os.environ.get("SystemDrive", "C:"))  # noqa: SIM112
