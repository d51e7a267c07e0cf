"""Backup, trial, restore and check of the embedded database (R7, R8)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from db import sqlite
from db.backups.place import SHARED, attachments_of, backups_in, newest_in, thin
from db.backups.writing import write_backup
from db.care import inspect
from db.copying import look_into, opened
from db.engine import open_engine
from db.own_copies import OwnCopies
from db.restoring import Keys, find, restore, try_out, unlock
from db.storage import open_storage
from db.tables.cases import cases
from db.tables.centre import audit
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.backups.model import MANIFEST, Standing
from mediation_desk.backups.ports import Login, MissingFiles
from mediation_desk.backups.rules import backup_rules
from mediation_desk.backups.service import BackupService
from mediation_desk.settings import Settings, resolve
from mediation_desk.shared.errors import InputError, PermissionDenied, StorageError
from mediation_desk.shared.file_store import FileStore
from mediation_desk.shared.watching import Stopped
from tests.hostile_case import hostile_file
from tests.persistence.account_desk import GOOD, OTHER, Centre, cheap


@pytest.fixture
def centre(place: Settings) -> Iterator[Centre]:
    """A real centre with a case and two attachments; ``centre.code`` is its recovery code."""
    made = Centre(open_storage(place))
    made.code = made.begun()
    with made.storage.write(COUNTER) as work:
        work.cases.add(hostile_file(["田"], 0))
    store = FileStore(place.attachments)
    for data in (b"one" * 1000, b"two"):
        store.put_bytes(data)
    (place.folder / "rules").mkdir()
    (place.folder / "rules" / "note.txt").write_text("# own", encoding="utf-8")
    yield made
    made.storage.close()


def keys(centre: Centre) -> Keys:
    return Keys(database=centre.storage.key, audit=centre.storage.audit_key)


def backed_up(centre: Centre, where: Path) -> Path:
    return write_backup(centre.storage.engine, where, centre.storage.key, at=centre.clocks.now()).path


def service(centre: Centre, place: Settings) -> BackupService:
    copies = OwnCopies(centre.storage, 365)
    return BackupService(centre.storage, copies, centre.clocks.now, place.backups, automatic=True)


def names(storage: Storage) -> list[str]:
    with storage.read() as work:
        return sorted(work.connection.scalars(select(cases.c.case_key)))


class TestRestoring:
    @pytest.mark.parametrize("way", ["password", "code"])
    def test_an_empty_machine_gets_everything_back(
        self, centre: Centre, place: Settings, tmp_path: Path, way: str
    ) -> None:
        """R8: rows, attachments, audit head; what one needs is the stick and a password, or the sheet."""
        stick = tmp_path / "stick"
        path, before = backed_up(centre, stick), names(centre.storage)
        standing = centre.storage.key
        code: str = centre.code
        centre.storage.close()
        shutil.rmtree(place.folder)
        login = Login(secret=code, code=True) if way == "code" else Login(name="root", secret=GOOD)
        backup = find(path)
        fresh = open_storage(place)  # the window stands open on the first page: an empty door lies there
        fresh.close()
        assert place.database is not None
        done = restore(backup, place.database, unlock(backup, login, cheap))
        assert (done.cases, done.attachments, done.lost) == (1, 2, ())
        assert backup.manifest is not None
        assert done.anchor == backup.manifest.anchor
        assert look_into(place.database, standing).rows == backup.manifest.rows
        assert not [one for one in place.folder.iterdir() if one.name.startswith(".unfinished")]
        assert (place.folder / "rules" / "note.txt").read_text("utf-8") == "# own"
        store = FileStore(place.attachments)
        assert {one.read_bytes() for one in store.folder.rglob("*") if one.is_file()} == {
            b"one" * 1000,
            b"two",
        }
        again = Centre(open_storage(place))
        again.accounts.sign_in("root", GOOD)
        assert names(again.storage) == before
        again.storage.close()

    def test_a_wrong_password_opens_nothing(self, centre: Centre, tmp_path: Path) -> None:
        backup = find(backed_up(centre, tmp_path / "stick"))
        for login in (None, Login(name="root", secret=OTHER), Login(name="nobody", secret=GOOD)):
            with pytest.raises(PermissionDenied):
                unlock(backup, login, cheap)

    def test_it_never_overwrites(self, centre: Centre, place: Settings, tmp_path: Path) -> None:
        backup = find(backed_up(centre, tmp_path / "stick"))
        assert place.database is not None
        before = place.database.read_bytes()
        with pytest.raises(StorageError, match="没有覆盖"):
            restore(backup, place.database, keys(centre))
        assert place.database.read_bytes() == before
        place.database.rename(place.folder / "elsewhere.db")
        with pytest.raises(StorageError, match="没有覆盖"):  # the keys alone are precious, too
            restore(backup, place.database, keys(centre))

    def test_the_backup_is_not_touched_and_may_be_read_only(self, centre: Centre, tmp_path: Path) -> None:
        path = backed_up(centre, tmp_path / "stick")
        before = {one: one.read_bytes() for one in path.rglob("*") if one.is_file()}
        for one in (path, *path.rglob("*")):
            one.chmod(0o500 if one.is_dir() else 0o400)
        restore(find(path), tmp_path / "new" / "desk.db", keys(centre))
        assert {one: one.read_bytes() for one in path.rglob("*") if one.is_file()} == before

    @pytest.mark.parametrize("harm", ["gone", "changed"])
    def test_a_lost_attachment_is_told(self, centre: Centre, tmp_path: Path, harm: str) -> None:
        """The control of R8."""
        path = backed_up(centre, tmp_path / "stick")
        name = next(iter(attachments_of(find(path))))
        victim = path.parent / SHARED / name
        victim.unlink() if harm == "gone" else victim.write_bytes(b"x" * victim.stat().st_size)
        with pytest.raises(MissingFiles, match="1个附件"):
            try_out(find(path), tmp_path, keys(centre))
        with pytest.raises(MissingFiles):
            restore(find(path), tmp_path / "new" / "desk.db", keys(centre))
        assert [one.name for one in (tmp_path / "new").iterdir()] == ["desk.db.lock"]
        done = restore(find(path), tmp_path / "new" / "desk.db", keys(centre), incomplete=True)
        assert (done.attachments, done.lost) == (1, (name,))

    def test_another_manifest_is_noticed(self, centre: Centre, tmp_path: Path) -> None:
        path = backed_up(centre, tmp_path / "stick")
        plain = json.loads((path / MANIFEST).read_bytes())
        assert find(path).standing is Standing.SEALED
        for changed in (
            {"cases": 7},
            {"anchor": None},
            {"made_at": "2020-01-01T00:00:00+00:00"},
            {"seal": ""},
        ):
            (path / MANIFEST).write_text(json.dumps(plain | changed), encoding="utf-8")
            with pytest.raises(StorageError, match="封签"):
                try_out(find(path), tmp_path, keys(centre))
        for broken in (b"", b"[]", b"{}", json.dumps(plain | {"files": {"../desk.db": ["", 1]}}).encode()):
            (path / MANIFEST).write_bytes(broken)
            assert find(path).standing is Standing.BROKEN

    def test_each_spoilt_file_is_noticed(self, centre: Centre, tmp_path: Path) -> None:
        path = backed_up(centre, tmp_path / "stick")
        for victim in [one for one in path.rglob("*") if one.is_file() and one.name != MANIFEST]:
            whole = victim.read_bytes()
            spoilt = bytearray(whole)
            spoilt[len(spoilt) // 2] ^= 1
            victim.write_bytes(spoilt)
            with pytest.raises(StorageError, match="不是写入时的样子"):
                try_out(find(path), tmp_path, keys(centre))
            victim.write_bytes(whole)
        assert try_out(find(path), tmp_path, keys(centre)).cases == 1

    def test_one_file_of_an_earlier_version_is_restored(self, tmp_path: Path) -> None:
        practice = open_storage(resolve(tmp_path / "desk", practice=True))
        path = write_backup(practice.engine, tmp_path / "stick").path
        practice.close()
        old = tmp_path / "desk-20260101-080000.db"
        shutil.copyfile(path / "desk.db", old)
        assert restore(find(old), tmp_path / "new" / "desk.db", unlock(find(old), None)).cases == 0
        engine = open_engine(f"sqlite:///{tmp_path / 'new' / 'desk.db'}")
        assert inspect(engine) == 0
        engine.dispose()

    @pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"x" * 200])
    def test_a_file_that_is_no_backup_is_refused(self, tmp_path: Path, content: bytes) -> None:
        wrong = tmp_path / "wrong.db"
        wrong.write_bytes(content)
        with pytest.raises((StorageError, PermissionDenied)):
            restore(find(wrong), tmp_path / "new" / "desk.db", unlock(find(wrong), None))
        assert not (tmp_path / "new" / "desk.db").exists()


class TestHotCopies:
    """R7, short; the long form is ``benchmarks/reliability/hot_backups.py``."""

    COUNT = 20

    def test_each_backup_under_load_opens_and_holds_what_was_acknowledged(
        self, centre: Centre, tmp_path: Path
    ) -> None:
        storage, done, acknowledged = centre.storage, threading.Event(), [0]

        def load() -> None:
            while not done.is_set():
                with storage.write(COUNTER) as work:
                    work.notes.put(f"load.{acknowledged[0] + 1}", "x" * 400)
                acknowledged[0] += 1
                done.wait(0.002)  # two processors: the copy is to come to its turn

        writer = threading.Thread(target=load)
        writer.start()
        bad_copies = 0
        try:
            for number in range(self.COUNT):
                before = acknowledged[0]
                made = write_backup(storage.engine, tmp_path / "stick", storage.key).path
                with opened(made / "desk.db", storage.key) as copy:
                    (held,) = copy.execute("SELECT count(*) FROM settings WHERE key LIKE 'load.%'").fetchone()
                assert held >= before
                plain = tmp_path / f"plain-{number}.db"  # the control: what a file manager would do
                shutil.copyfile(tmp_path / "desk" / "desk.db", plain)
                try:
                    with opened(plain, storage.key) as copy:
                        (found,) = copy.execute(
                            "SELECT count(*) FROM settings WHERE key LIKE 'load.%'"
                        ).fetchone()
                    bad_copies += found < before or bool(copy_is_bad(plain, storage.key))
                except (StorageError, sqlite.DRIVER.Error):
                    bad_copies += 1
        finally:
            done.set()
            writer.join()
        assert bad_copies > 0

    @pytest.mark.parametrize("target", ["removed", "read only", "full"])
    def test_a_bad_target_fails_clearly_and_spoils_nothing(
        self, centre: Centre, tmp_path: Path, target: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stick = tmp_path / "stick"
        path = backed_up(centre, stick)
        before = {one: one.read_bytes() for one in stick.rglob("*") if one.is_file()}
        FileStore(tmp_path / "desk" / "attachments").put_bytes(b"three")
        with monkeypatch.context() as patched:
            if target == "removed":
                where = tmp_path / "gone" / "stick"
                (tmp_path / "gone").write_bytes(b"a file where a folder was")
            elif target == "read only":
                where = stick
                patched.setattr(os, "open", refusing(os.open, stick, PermissionError(13, "no")))
                patched.setattr(Path, "mkdir", refusing(Path.mkdir, stick, OSError(30, "read-only")))
            else:
                where = stick
                patched.setattr(os, "fsync", refusing(os.fsync, None, OSError(28, "full")))
            with pytest.raises(StorageError, match=r"备份未能写入|没有改动|无法写入"):
                backed_up(centre, where)
        assert {one: one.read_bytes() for one in path.rglob("*") if one.is_file()}
        assert {one: one.read_bytes() for one in stick.rglob("*") if one in before} == before
        assert [one.path for one in backups_in(stick, centre.storage.key)] == [path]
        assert not list(stick.glob(".unfinished*"))

    def test_killed_in_the_midst_it_leaves_no_backup(self, tmp_path: Path) -> None:
        """Killed at any file operation: what has a name is whole, what is not whole has none."""
        practice = open_storage(resolve(tmp_path / "desk", practice=True))
        FileStore(tmp_path / "desk" / "attachments").put_bytes(b"one")
        practice.close()
        for at in range(1, 14, 5):
            stick = tmp_path / f"stick-{at}"
            subprocess.run(
                [sys.executable, "-c", KILLED, str(tmp_path / "desk"), str(stick), str(at)], check=False
            )
            for one in backups_in(stick):
                assert try_out(one, tmp_path, Keys()).cases == 0

    def test_it_can_be_stopped(self, centre: Centre, tmp_path: Path) -> None:
        with pytest.raises(Stopped):
            write_backup(
                centre.storage.engine,
                tmp_path / "stick",
                centre.storage.key,
                watch=lambda _done, _total: False,
            )
        assert not [one for one in (tmp_path / "stick").iterdir() if one.name != SHARED]


class TestService:
    def test_it_backs_up_when_something_changed_and_not_before_its_hour(
        self, centre: Centre, place: Settings
    ) -> None:
        backups = service(centre, place)
        assert backups.tend() == ()
        assert len(backups_in(place.backups)) == 1
        centre.clocks.go(59 * 60)
        backups.tend()
        assert len(backups_in(place.backups)) == 1
        centre.clocks.go(60)
        with centre.storage.write(COUNTER) as work:
            work.notes.put("something", 1)
        backups.tend()
        assert len(backups_in(place.backups)) == 2
        centre.clocks.go(3600)
        backups.tend()
        assert len(backups_in(place.backups)) == 2
        backups.finish()
        assert len(backups_in(place.backups)) == 2

    def test_the_second_place_is_caught_up_when_it_comes_back(
        self, centre: Centre, place: Settings, tmp_path: Path
    ) -> None:
        backups, stick = service(centre, place), tmp_path / "stick"
        with pytest.raises(InputError, match="数据文件夹里面"):
            backups.set_second(centre.actor, place.folder / "papers")
        with pytest.raises(InputError, match="不在"):
            backups.set_second(centre.actor, stick)
        stick.mkdir()
        backups.set_second(centre.actor, stick)
        stick.rename(tmp_path / "pulled")
        made = backups.make(centre.actor)
        state = backups.state()
        assert state.last is not None
        assert (state.there, state.last.made_at) == (False, made.made_at)
        assert state.alarms == ()
        centre.clocks.go(timedelta(days=9).total_seconds())
        assert [one for one in backups.alarms() if "9 天没有备份到第二备份位置" in one and "请插上U盘" in one]
        (tmp_path / "pulled").rename(stick)
        assert backups.tend() == ()
        [there] = backups_in(stick, centre.storage.key)
        assert there.standing is Standing.GOOD
        assert there.path.name == backups_in(place.backups, centre.storage.key)[0].path.name
        assert try_out(there, tmp_path, keys(centre)).attachments == 2

    def test_it_tries_once_a_week_and_raises_alarms(self, centre: Centre, place: Settings) -> None:
        backups = service(centre, place)
        backups.tend()
        drill = backups.state().drill
        assert drill is not None
        assert drill.trouble == ""
        centre.clocks.go(timedelta(days=9).total_seconds())
        assert [one for one in backups.alarms() if "已经 9 天没有核验过的备份" in one]
        next(iter((place.backups / SHARED).rglob("*/*"))).unlink()
        said = backups.tend()
        assert [one for one in said if "试恢复没有通过" in one] == [], "the hourly backup brought it again"
        next(one for one in (place.backups / SHARED).rglob("*") if one.is_file()).write_bytes(b"")
        with pytest.raises(StorageError):
            backups.try_out(centre.actor)
        assert [one for one in backups.alarms() if "试恢复没有通过" in one]
        with centre.storage.read() as work:
            told = list(
                work.connection.scalars(select(audit.c.action).where(audit.c.action.like("backup.%")))
            )
        assert told == ["backup.write", "backup.drill"] * 2 + ["backup.drill"]
        assert not list(place.folder.glob(".unfinished*"))

    def test_what_fails_by_itself_becomes_an_alarm(self, centre: Centre, place: Settings) -> None:
        place.backups.write_bytes(b"a file where the folder should be")
        backups = service(centre, place)
        assert [one for one in backups.tend() if "备份没有成功" in one]
        place.backups.unlink()
        assert backups.tend() == ()

    def test_thinning_forgets_attachments_no_backup_names(self, centre: Centre, place: Settings) -> None:
        backups, store = service(centre, place), FileStore(place.attachments)
        backups.make(centre.actor)
        victim = next(one for one in store.folder.rglob("*") if one.is_file())
        name = victim.relative_to(store.folder).as_posix()
        victim.unlink()
        centre.clocks.go(timedelta(days=366).total_seconds())
        backups.make(centre.actor)
        assert len(backups_in(place.backups)) == 1
        assert not (place.backups / SHARED / name).exists()
        assert len([one for one in (place.backups / SHARED).rglob("*") if one.is_file()]) == 1


def copy_is_bad(file: Path, key: bytes | None) -> bool:
    try:
        look_into(file, key)
    except StorageError:
        return True
    return False


def refusing(real: Callable[..., object], below: Path | None, error: OSError) -> Callable[..., object]:
    def either(*given: object, **named: object) -> object:
        if below is None or str(given[0]).startswith(str(below)):
            raise error
        return real(*given, **named)

    return either


KILLED = """
import os, signal, sys
from pathlib import Path
from db.storage import open_storage
from db.backups.writing import write_backup
from mediation_desk.settings import resolve
storage = open_storage(resolve(Path(sys.argv[1]), practice=True))
left, real = [int(sys.argv[3])], os.fsync
def counting(handle):
    left[0] -= 1
    if left[0] <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(handle)
os.fsync = counting
write_backup(storage.engine, Path(sys.argv[2]))
"""


def test_after_a_change_of_key_own_backups_of_before_still_age_out(centre: Centre, place: Settings) -> None:
    former = backed_up(centre, place.backups)
    later, keep = centre.clocks.now() + timedelta(days=400), backup_rules().keep
    other = bytes(32)
    assert newest_in(place.backups, other) is None, "nothing the present key proves"
    assert thin(place.backups, other, later, keep, 365) == 0, "in a place of others it is nobody's to take"
    assert thin(place.backups, other, centre.clocks.now(), keep, 365, own=True) == 0
    backed_up(centre, place.backups)
    assert thin(place.backups, other, later, keep, 365, own=True) == 1
    assert not former.exists()
