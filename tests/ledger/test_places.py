"""Where a live ledger may lie: every sort of place told from what the system says, and no ordinary disk refused."""

from __future__ import annotations

import os
import shutil
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest

from mingxi_desktop import paths
from mingxi_desktop.errors import UserError
from mingxi_desktop.ledger import Ledger, drives, moving_in, places, synced
from mingxi_desktop.ledger.drives import Drive, of_linux, of_windows
from mingxi_desktop.ledger.places import PlaceError, Sort, Unfit
from mingxi_desktop.storage import beside
from tests.ledger.conftest import adder_for
from tests.ledgers import UNFIT

MOUNTS = r"""
21 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
22 21 0:21 / /proc rw - proc proc rw
23 21 0:40 / /mnt/共享 rw - cifs //server/share rw,vers=3.0
24 21 0:41 / /mnt/nfs\040data rw - nfs4 host:/x rw
25 21 0:42 / /home/a/remote rw - fuse.sshfs a@b: rw
26 21 0:43 / /mnt/c rw - 9p drvfs rw,aname=drvfs;path=C:\
27 21 0:44 / /mnt/host rw - 9p hostshare rw,trans=virtio
28 21 8:17 / /media/a/U盘 rw - vfat /dev/sdb1 rw
29 21 8:33 / /media/a/移动硬盘 rw - ntfs3 /dev/sdc1 rw
30 21 0:45 / /tmp rw - tmpfs tmpfs rw
31 21 0:46 / /var/overlay rw - overlay overlay rw,lowerdir=/a
32 21 254:0 /srv/data /mnt/bound rw - ext4 /dev/vda rw
33 21 0:47 / /mnt/strange rw - bcachefs /dev/x rw
34 21 0:48 / /net/auto rw - autofs /etc/auto rw
35 34 0:49 / /net/auto rw - nfs4 host:/y rw
36 23 254:1 / /mnt/共享/本机 rw - xfs /dev/vdb rw
half a line
"""


@pytest.mark.parametrize(
    ("path", "drive"),
    [
        ("/home/a/台账.mxdb", Drive.FIXED),
        ("/mnt/共享/台账/x.mxdb", Drive.NETWORK),
        ("/mnt/共享", Drive.NETWORK),
        ("/mnt/共享的/x.mxdb", Drive.FIXED),
        ("/mnt/共享/本机/x.mxdb", Drive.FIXED),
        ("/mnt/nfs data/x.mxdb", Drive.NETWORK),
        ("/home/a/remote/x.mxdb", Drive.NETWORK),
        ("/net/auto/x.mxdb", Drive.NETWORK),
        ("/mnt/host/x.mxdb", Drive.NETWORK),
        ("/mnt/c/x.mxdb", Drive.FIXED),
        ("/media/a/U盘/x.mxdb", Drive.REMOVABLE),
        ("/media/a/移动硬盘/x.mxdb", Drive.FIXED),
        ("/tmp/x.mxdb", Drive.FIXED),
        ("/var/overlay/x.mxdb", Drive.FIXED),
        ("/mnt/bound/x.mxdb", Drive.FIXED),
        ("/mnt/strange/x.mxdb", Drive.FIXED),
    ],
)
def test_linux_mounts(path: str, drive: Drive) -> None:
    assert of_linux(path, MOUNTS, lambda device: device == "8:17") is drive


def test_what_the_system_runs_from_is_never_refused() -> None:
    root = "1 0 0:5 / / rw - nfs4 host:/root rw"
    assert of_linux("/home/x.mxdb", root, lambda _: True) is Drive.FIXED
    assert of_linux("/home/x.mxdb", "", lambda _: True) is Drive.FIXED


TYPES = {"C:\\": 3, "D:\\": 3, "E:\\": 2, "Z:\\": 4, "R:\\": 6, "D:\\挂上的U盘\\": 2, "Q:\\": 1}


@pytest.mark.parametrize(
    ("path", "drive"),
    [
        (r"C:\Users\a\x.mxdb", Drive.FIXED),
        (r"D:\台账\x.mxdb", Drive.FIXED),
        (r"E:\x.mxdb", Drive.REMOVABLE),
        ("e:/台账/x.mxdb", Drive.REMOVABLE),
        (r"Z:\局\x.mxdb", Drive.NETWORK),
        (r"\\server\share\x.mxdb", Drive.NETWORK),
        ("//server/share/x.mxdb", Drive.NETWORK),
        (r"\\?\UNC\server\share\x.mxdb", Drive.NETWORK),
        (r"\\?\D:\台账\x.mxdb", Drive.FIXED),
        (r"\\?\E:\x.mxdb", Drive.REMOVABLE),
        (r"D:\挂上的U盘\x.mxdb", Drive.REMOVABLE),
        (r"R:\x.mxdb", Drive.FIXED),
        (r"Q:\x.mxdb", Drive.FIXED),
    ],
)
def test_windows_drives(path: str, drive: Drive) -> None:
    def root_of(name: str) -> str:
        assert not name.upper().startswith("Z"), "a network that does not answer is asked once"
        return max((root for root in TYPES if name.upper().startswith(root.upper())), key=len)

    assert of_windows(path, lambda root: TYPES[root.upper()], root_of) is drive


def test_windows_that_runs_from_a_stick() -> None:
    assert of_windows(r"E:\x.mxdb", lambda _: 2, lambda _: "E:\\", system="e:") is Drive.FIXED
    assert of_windows(r"\\server\x\x.mxdb", lambda _: 2, lambda _: "", system="e:") is Drive.NETWORK


HOME = PurePosixPath("/home/a")


def service(
    path: str | PurePath, environment: dict[str, str] | None = None, lying: dict[str, list[str]] | None = None
) -> str:
    given = PurePosixPath(path) if isinstance(path, str) else path
    return synced.service_of(
        given,  # type: ignore[arg-type]
        environment=environment or {},
        names_in=lambda folder: (lying or {}).get(str(folder), []),
        tag_of=lambda _: 0,
        home=HOME,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("OneDrive", "OneDrive"), ("onedrive - 明溪县应急管理局", "OneDrive"), ("坚果云", "坚果云"),
        ("NUTSTORE", "坚果云"), ("Dropbox", "Dropbox"), ("BaiduSyncdisk", "百度网盘"),
        ("百度网盘同步空间", "百度网盘"), ("WPS云盘", "WPS云盘"), ("WPSDrive", "WPS云盘"), ("微云", "微云"),
        ("iCloudDrive", "iCloud"), ("Seafile", "Seafile"), ("Nextcloud", "Nextcloud"),
        ("台账", ""), ("OneDrive说明", ""), ("坚果云的说明书", ""), ("sync", ""), ("BaiduNetdiskDownload", ""),
    ],
)  # fmt: skip
def test_synchronised_folders_by_name(folder: str, name: str) -> None:
    assert service(f"/data/{folder}/局/台账.mxdb") == name
    assert service(PureWindowsPath(rf"D:\{folder}\台账.mxdb")) == name
    assert service(f"/data/局/{folder}") == "", "a file of that name is no folder"


def test_synchronised_folders_by_what_lies_in_them() -> None:
    marks = {
        ".nutstore_x": "坚果云", ".dropbox": "Dropbox", ".sync": "Resilio Sync", ".seafile-data": "Seafile",
        "._sync_0a1b.db": "Nextcloud", ".stfolder": "Syncthing",
    }  # fmt: skip
    for mark, name in marks.items():
        assert service("/data/库/局/台账.mxdb", lying={"/data/库": ["x", mark]}) == name
        assert service("/data/别处/台账.mxdb", lying={"/data/库": [mark]}) == ""
        assert service("/home/a/台账.mxdb", lying={"/home/a": [mark], "/": [mark]}) == "", (
            "settings, not marks"
        )


def test_synchronised_folders_by_the_environment_and_by_windows() -> None:
    known = {"OneDriveCommercial": "D:\\云\\单位\\", "OneDrive": ""}
    assert service(PureWindowsPath(r"d:\云\单位\局\x.mxdb"), known) == "OneDrive"
    assert service(PureWindowsPath(r"D:\云\单位的\x.mxdb"), known) == ""
    for tag, name in ((0x9000601A, synced.UNNAMED), (0xA000000C, ""), (0, "")):
        found = synced.service_of(
            PurePosixPath("/data/局/x.mxdb"),  # type: ignore[arg-type]
            environment={}, names_in=lambda _: [], tag_of=lambda _, tag=tag: tag, home=HOME,  # type: ignore[misc]
        )  # fmt: skip
        assert found == name


def test_this_disk_is_an_ordinary_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_unfit", UNFIT)
    assert places.unfit(tmp_path / "台账.mxdb") is None
    assert places.warning(tmp_path / "台账.mxdb") == ""


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that the system takes for a USB stick."""
    folder = tmp_path / "u"
    folder.mkdir()
    whole = drives.drive_of
    monkeypatch.setattr(
        places,
        "drive_of",
        lambda path: Drive.REMOVABLE if path.is_relative_to(folder) else whole(path),
    )
    return folder


def test_each_sort_says_where_why_and_what_next(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = stick / "台账.mxdb"
    for sort, name in (
        (Sort.NETWORK, "网络盘 Z:"),
        (Sort.REMOVABLE, "U盘 E:"),
        (Sort.SYNCED, "坚果云的同步文件夹"),
    ):
        found = Unfit(sort, name)
        monkeypatch.setattr(places, "unfit", lambda _, found=found: found)
        with pytest.raises(PlaceError, match=name) as caught:
            places.admit_new(path)
        assert "没有新建" in caught.value.title
        assert sort.value in caught.value.detail
        assert str(path) in caught.value.detail
        assert "本机硬盘" in caught.value.hint
    places.admit_open(path)  # that it is not there is told by who opens it
    path.touch()
    with pytest.raises(PlaceError, match="没有打开") as caught:
        places.admit_open(path)
    assert f'mingxi restore "{path}"' in caught.value.hint


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_leads_where_it_leads(stick: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(stick, target_is_directory=True)
    found = places.unfit(tmp_path / "link" / "台账.mxdb")
    assert found is not None
    assert found.sort is Sort.REMOVABLE


def test_a_demonstration_may_run_from_a_stick(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (stick / "台账.mxdb").touch()
    monkeypatch.setenv(paths.PORTABLE, "1")
    places.admit_open(stick / "台账.mxdb")
    places.admit_new(stick / "新.mxdb")
    assert "只作演示" in places.warning(stick / "台账.mxdb")
    monkeypatch.setattr(places, "drive_of", lambda _: Drive.NETWORK)
    with pytest.raises(PlaceError):
        places.admit_new(stick / "新.mxdb")


def test_no_ledger_gets_a_name_that_is_none_on_windows(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="文件名"):
        Ledger.create(tmp_path / "aux.mxdb")
    assert not list(tmp_path.iterdir())


def test_a_ledger_moves_in_with_all_that_belongs_to_it(stick: Path, empty_file: Path, tmp_path: Path) -> None:
    office = tmp_path / "office"
    office.mkdir()
    shutil.copyfile(empty_file, office / "台账.mxdb")
    (tmp_path / "照片.jpg").write_bytes(b"\xff\xd8\xff")
    with Ledger.open(office / "台账.mxdb") as ledger:
        number = adder_for(ledger)("hazard")
        ledger.attach("hazard", number, [tmp_path / "照片.jpg"])
    shutil.copytree(office, stick, dirs_exist_ok=True)
    source = stick / "台账.mxdb"
    beside.journal_of(source).write_bytes(b"unfinished")
    before = source.read_bytes(), source.stat().st_mtime_ns
    target = tmp_path / "本机" / "台账.mxdb"
    made = moving_in.move_in(source, target)
    assert made == target
    assert made.read_bytes() == before[0]
    assert beside.journal_of(made).read_bytes() == b"unfinished"
    assert (source.read_bytes(), source.stat().st_mtime_ns) == before
    assert moving_in.move_in(source, target).name == "台账-2.mxdb", (
        "what is there already is not written over"
    )
    with Ledger.open(made) as ledger:
        assert ledger.verify() == []
        assert ledger.attachment_file("hazard", number, "照片.jpg").read_bytes() == b"\xff\xd8\xff"
    assert not list(target.parent.rglob("*.part"))
    with pytest.raises(PlaceError):
        moving_in.move_in(source, stick / "又一份.mxdb")


def test_what_cannot_be_copied_leaves_nothing(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = stick / "台账.mxdb"
    source.write_bytes(b"x" * 5000)
    (stick / "台账.mxdb-journal").write_bytes(b"j" * 600)
    monkeypatch.setattr("mingxi_desktop.ledger.placing.digest_of", lambda _: "another")
    with pytest.raises(UserError, match="不一样"):
        moving_in.move_in(source, tmp_path / "本机" / "台账.mxdb")
    assert list((tmp_path / "本机").iterdir()) == []
