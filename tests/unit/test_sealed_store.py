"""The files of a real centre: nothing in clear, not even a name; what lay there before is sealed, killed or not."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mediation_desk.cases.destroying.files import remove_files
from mediation_desk.cases.destroying.ports import Places
from mediation_desk.documents.scanning.thumbnails import Thumbnails
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.file_store import PIECE, SEALED, FileStore
from mediation_desk.shared.files import PREFIX, sweep_leftovers
from mediation_desk.shared.resealing import reseal, seal_clear_files
from mediation_desk.shared.spill import Spill
from mediation_desk.shared.watching import Stopped
from tests.architecture.gates import ROOT
from tests.stored import place_of

KEY, OTHER = random.Random(1).randbytes(32), random.Random(2).randbytes(32)
WORDS = "张三，11010119900307758X，13911112222".encode()
JPEG = b"\xff\xd8" + WORDS


@pytest.fixture
def plain(tmp_path: Path) -> FileStore:
    """The store of before."""
    return FileStore(tmp_path / "attachments")


@pytest.fixture
def store(plain: FileStore) -> FileStore:
    """The same folder with a key."""
    return FileStore(plain.folder, lambda: KEY)


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def told_by(folder: Path, *secrets: bytes) -> list[Path]:
    """Files that tell one of these, or are called so."""
    return [
        path
        for path in folder.rglob("*")
        if any(secret.hex() in path.name or secret.decode(errors="ignore") in path.name for secret in secrets)
        or (path.is_file() and any(secret in path.read_bytes() for secret in secrets))
    ]


def test_a_sealed_store_keeps_its_promises_and_tells_nothing(store: FileStore, tmp_path: Path) -> None:
    data = WORDS * 40_000
    digest = hashlib.sha256(data)
    source = tmp_path / "身份证.mp4"
    source.write_bytes(data)
    kept = store.put(source)
    source.unlink()

    assert (kept.sha256, kept.size) == (digest.hexdigest(), len(data))
    assert store.put_bytes(data) == kept
    assert store.read(kept.sha256) == data
    assert store.holds(kept.sha256)
    assert store.is_whole(kept.sha256)
    [place] = files_in(store.folder)
    assert place == place_of(store, kept.sha256)
    assert place.suffix == SEALED
    assert (place.stat().st_mode & 0o777, place.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    secrets = (WORDS, "张三".encode(), b"13911112222", digest.digest(), digest.hexdigest().encode())
    assert told_by(tmp_path, *secrets) == []
    FileStore(store.folder).put_bytes(data)
    assert len(told_by(tmp_path, *secrets)) == 1, "the control: without a key name and words are there"


def test_a_spoilt_file_is_noticed_and_another_key_finds_nothing(store: FileStore) -> None:
    kept = store.put_bytes(WORDS)
    with pytest.raises(InputError, match="不在文件库里"):
        FileStore(store.folder, lambda: OTHER).read(kept.sha256)
    place = place_of(store, kept.sha256)
    strange = FileStore(store.folder, lambda: OTHER)
    place_of(strange, kept.sha256).parent.mkdir(exist_ok=True)
    place_of(strange, kept.sha256).write_bytes(
        place.read_bytes()
    )  # laid under the name the other key looks for
    with pytest.raises(InputError, match="密钥不对"):
        strange.read(kept.sha256)
    other = store.put_bytes(b"x")
    place.write_bytes(
        place_of(store, other.sha256).read_bytes()
    )  # sealed with the right key, of another file
    assert not store.is_whole(kept.sha256)
    with pytest.raises(InputError, match="不是存入时的样子"):
        store.read(kept.sha256)
    assert store.put_bytes(WORDS) == kept
    assert store.is_whole(kept.sha256)


def test_without_whoever_has_the_key_nothing_is_written(plain: FileStore) -> None:
    def nobody() -> bytes:
        raise InputError("还没有登录。")

    with pytest.raises(InputError, match="还没有登录"):
        FileStore(plain.folder, nobody).put_bytes(WORDS)
    assert not plain.folder.exists()


def test_files_of_before_are_read_and_then_sealed(plain: FileStore, store: FileStore, tmp_path: Path) -> None:
    kept = [plain.put_bytes(WORDS + bytes((number,))).sha256 for number in range(5)]
    plain.folder.chmod(0o755)
    rotten = plain.put_bytes(b"rotten").sha256
    place_of(plain, rotten).write_bytes(WORDS)
    assert all(store.is_whole(one) and store.holds(one) for one in kept), "before they are sealed"

    with pytest.raises(Stopped, match="还有4个文件没有加密"):
        seal_clear_files(store, lambda done, _all: done < 2)
    assert seal_clear_files(store) == 4
    assert seal_clear_files(store) == 0
    assert all(store.is_whole(one) for one in kept)
    assert not store.is_whole(rotten)
    assert store.holds(rotten)
    assert len(files_in(store.folder)) == 6
    assert plain.folder.stat().st_mode & 0o777 == 0o700
    assert told_by(tmp_path, WORDS, kept[0].encode()) == []
    assert seal_clear_files(plain) == 0


def test_another_key_takes_over_and_what_opens_under_neither_stays(store: FileStore) -> None:
    kept = [store.put_bytes(bytes((number,)) * number).sha256 for number in range(4)]
    strange = FileStore(store.folder, lambda: b"s" * 32)
    alien = strange.name(strange.put_bytes(b"alien").sha256)

    with pytest.raises(Stopped):
        reseal(store, KEY, OTHER, lambda done, _all: done < 2)
    assert reseal(store, KEY, OTHER) == (alien,)
    assert reseal(store, KEY, OTHER) == (alien,)
    after = FileStore(store.folder, lambda: OTHER)
    assert all(after.is_whole(one) for one in kept)
    assert not any(store.holds(one) for one in kept)
    assert len(files_in(store.folder)) == 5


SEALING = """
import sys
from pathlib import Path
from mediation_desk.shared.file_store import FileStore
from mediation_desk.shared.resealing import reseal, seal_clear_files
old, new = (bytes.fromhex(one) for one in sys.argv[2:])
store = FileStore(Path(sys.argv[1]), lambda: old)
print("ready", flush=True)
seal_clear_files(store)
reseal(store, old, new)
"""


def test_killed_while_sealing_every_file_is_the_old_one_or_the_new_one(plain: FileStore) -> None:
    chance, cut = random.Random(8), 0
    kept = [plain.put_bytes(chance.randbytes(PIECE // 2)).sha256 for _number in range(24)]
    stores = [FileStore(plain.folder, lambda key=key: key) for key in (KEY, OTHER)]  # type: ignore[misc]  # a default
    for turn in range(80):
        if turn >= 8 and cut:
            break  # on a fast disk few of the kills come in the midst of a file
        there, back = (KEY.hex(), OTHER.hex()), (OTHER.hex(), KEY.hex())
        command = [sys.executable, "-c", SEALING, str(plain.folder), *(back if turn % 2 else there)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as worker:
            assert worker.stdout is not None
            worker.stdout.readline()
            time.sleep(chance.uniform(0.0, 0.15))
            worker.send_signal(signal.SIGKILL)
        assert all(any(store.is_whole(one) for store in stores) for one in kept)
        cut += sweep_leftovers(plain.folder)
    assert cut > 0, "the control: some were cut short"
    seal_clear_files(stores[0])
    assert reseal(stores[0], KEY, OTHER) == ()
    assert all(stores[1].is_whole(one) for one in kept)
    assert len(files_in(plain.folder)) == len(kept)


def test_small_pictures_are_sealed_and_those_of_before_go(
    plain: FileStore, store: FileStore, tmp_path: Path
) -> None:
    folder, sha256 = tmp_path / "thumbnails", hashlib.sha256(JPEG).hexdigest()
    Thumbnails(folder, plain).keep(sha256, 0, 320, JPEG)
    assert Thumbnails(folder, plain).get(sha256, 0, 320) == JPEG
    small = Thumbnails(folder, store)
    assert small.get(sha256, 0, 320) is None
    small.keep(sha256, 0, 320, JPEG)
    small.keep(sha256, 1, 320, b"page 2")
    Thumbnails(folder, plain).drop_clear()
    assert told_by(folder, WORDS)
    small.drop_clear()
    assert told_by(folder, WORDS, sha256.encode()) == []
    assert small.get(sha256, 0, 320) == JPEG
    kept = store.put_bytes(JPEG)
    places = Places(files=store, thumbnails=folder, papers=tmp_path / "papers", backups=tmp_path / "backups")
    first, second = sorted(folder.iterdir(), key=lambda path: "-1-" in path.name)
    second.write_bytes(first.read_bytes())
    assert small.get(sha256, 1, 320) is None, "one page does not pass for another"
    assert remove_files(places, [f"content:{kept.sha256}"]) == 3, (
        "the scan and its pictures, by their sealed names"
    )
    assert files_in(tmp_path) == []


def test_things_on_their_way_are_unreadable_and_gone_and_leftovers_are_swept(tmp_path: Path) -> None:
    with Spill(tmp_path) as spill:
        spill.put("a", WORDS)
        assert spill.read("a") == WORDS
        with spill.open("a") as stream:
            assert stream.read(6) == WORDS[:6]
        assert len(files_in(tmp_path)) == 1
        assert told_by(tmp_path, WORDS) == []
    assert list(tmp_path.iterdir()) == []
    (tmp_path / f"{PREFIX}x").mkdir()
    (tmp_path / f"{PREFIX}x" / "page-1").touch()
    assert sweep_leftovers(tmp_path) == 1
    assert list(tmp_path.iterdir()) == []


def test_after_a_change_of_key_old_files_are_read_and_new_ones_get_the_new_key(
    store: FileStore, tmp_path: Path
) -> None:
    old = store.put_bytes(WORDS)
    after = FileStore(store.folder, lambda: OTHER, lambda: (KEY,))
    new = after.put_bytes(JPEG)
    assert after.read(old.sha256) == WORDS
    assert not FileStore(store.folder, lambda: OTHER).holds(old.sha256)
    assert not store.holds(new.sha256)
    pictures = Thumbnails(tmp_path / "small", after)
    pictures.keep(new.sha256, 1, 100, JPEG)
    assert reseal(after, KEY, OTHER) == ()
    pictures.drop_sealed()
    assert files_in(tmp_path / "small") == []
    alone = FileStore(store.folder, lambda: OTHER)
    assert [alone.read(one.sha256) for one in (old, new)] == [WORDS, JPEG]
    assert not store.holds(old.sha256)
