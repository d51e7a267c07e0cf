"""An embedded database is refused where it would not last, and the way out is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import places
from db.places import file_system, linux_mounts, mac_mounts, mounted, place_trouble
from db.storage import open_storage
from mediation_desk.app import open_desk
from mediation_desk.settings import resolve
from mediation_desk.shared.errors import StorageError

MOUNTINFO = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 22 0:35 / /srv/share rw,relatime - cifs //fs/share rw
41 22 0:36 / /home/li\040na/server rw - fuse.sshfs li@server: rw
42 41 8:3 / /home/li\040na/server/disk rw - ext4 /dev/sdb1 rw
43 22 0:37 / /media/stick rw - fuseblk /dev/sdc1 rw
"""
MAC = """/dev/disk3s1 on / (apfs, sealed, local, read-only)
//li@fs/share on /Volumes/share (smbfs, nodev, nosuid)
"""
SYNCED = {
    "OneDrive": "OneDrive - 调解中心/调解",
    "坚果云": "我的坚果云/调解",
    "百度网盘": "BaiduSyncdisk",
    "Dropbox": "dropbox/data",
    "iCloud": "Library/Mobile Documents/x",
    "WPS云盘": "WPS Cloud Files/1",
    "腾讯微云": "weiyun/x",
    "Google Drive": "Google Drive/x",
}


@pytest.mark.parametrize(
    ("place", "kind"),
    {
        "/srv/share/desk": "cifs",
        "/srv/shared": "ext4",
        "/home/li na/server/desk": "fuse.sshfs",
        "/home/li na/server/disk/desk": "ext4",
        "/media/stick": "fuseblk",
    }.items(),
)
def test_the_innermost_mount_tells(place: str, kind: str) -> None:
    assert mounted(Path(place), linux_mounts(MOUNTINFO)) == kind


def test_mounts_of_a_mac_are_read() -> None:
    assert mounted(Path("/Volumes/share/desk"), mac_mounts(MAC)) == "smbfs"
    assert mounted(Path("/Users/li"), mac_mounts(MAC)) == "apfs"


def test_this_machine_tells_its_file_system(tmp_path: Path) -> None:
    assert file_system(tmp_path) != ""
    assert place_trouble(tmp_path) == ""


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "vboxsf", "fuse.sshfs", "smbfs"])
def test_a_network_drive_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(places, "file_system", lambda _real: kind)

    with pytest.raises(StorageError, match=r"网络盘.*没有打开.*PostgreSQL") as refused:
        open_storage(resolve(tmp_path / "desk"))
    assert str(tmp_path / "desk") in refused.value.message
    assert not (tmp_path / "desk").exists()


@pytest.mark.parametrize("name", SYNCED)
def test_a_sync_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError, match=f"{name}.*没有打开.*PostgreSQL"):
        open_storage(resolve(tmp_path / SYNCED[name]))
    assert not (tmp_path / SYNCED[name]).exists()


@pytest.mark.parametrize(("mark", "name"), {".stfolder": "Syncthing", ".dropbox.cache": "Dropbox"}.items())
def test_what_a_sync_program_leaves_tells_too(tmp_path: Path, mark: str, name: str) -> None:
    (tmp_path / "shared" / mark).mkdir(parents=True)

    assert name in place_trouble(tmp_path / "shared" / "desk")
    assert place_trouble(tmp_path) == ""


def test_a_link_into_a_sync_folder_is_seen(tmp_path: Path) -> None:
    (tmp_path / "OneDrive").mkdir()
    (tmp_path / "desk").symlink_to(tmp_path / "OneDrive")

    assert "OneDrive" in place_trouble(tmp_path / "desk")


def test_a_practice_centre_is_only_warned(tmp_path: Path) -> None:
    desk = open_desk(resolve(tmp_path / "OneDrive", practice=True))

    assert any("OneDrive" in sentence for sentence in desk.alarms())
    desk.close()


def test_a_centre_may_change_the_list(tmp_path: Path) -> None:
    rules = tmp_path / "OneDrive" / "rules"
    rules.mkdir(parents=True)
    (rules / "places.toml").write_text(
        '[network]\ntypes = []\n[[sync]]\nname = "甲"\nfolders = []\nmarks = []\n'
    )

    open_storage(resolve(tmp_path / "OneDrive")).close()
