"""A real centre on the embedded database: unreadable without a password, and never left between clear and sealed."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from db import sqlite, vault
from db.backups.writing import write_backup
from db.care import inspect
from db.engine import open_engine, reading
from db.migrate import upgrade
from db.storage import open_storage
from db.tables.centre import accounts, audit
from db.unit_of_work import Storage
from mediation_desk.access.accounts.model import Post
from mediation_desk.access.actor import COUNTER
from mediation_desk.audit.verifying import verify
from mediation_desk.settings import Settings, resolve
from mediation_desk.shared.errors import DeskError, PermissionDenied, StorageError
from tests.hostile_case import hostile_file
from tests.persistence.account_desk import GOOD, OTHER, Centre, Clocks
from tests.persistence.byte_search import hits

WORDS = ("管理员甲", "王芳", "窗口登记员", "13912345678")


def filled(centre: Centre) -> Centre:
    centre.begun()
    post = Post(display_name="王芳", roles=("窗口登记员",), phone="13912345678")
    centre.accounts.add(centre.actor, "wang", post)
    return centre


def clear_centre(place: Settings) -> None:
    """As the program made them before it encrypted."""
    place.prepare()
    engine = open_engine(f"sqlite:///{place.database}")
    upgrade(engine)
    storage = Storage(engine)
    filled(Centre(storage))
    storage.close()
    assert hits(WORDS, place.folder)


def names(storage: Storage) -> list[str]:
    with storage.read() as work:
        return sorted(work.connection.scalars(select(accounts.c.name)))


def acts(storage: Storage) -> list[str]:
    with storage.read() as work:
        return list(work.connection.scalars(select(audit.c.action).order_by(audit.c.seq)))


def test_nothing_on_the_disk_can_be_read_while_working_after_a_backup_and_when_closed(
    place: Settings, start: Callable[[], Centre]
) -> None:
    centre = filled(start())
    write_backup(centre.storage.engine, place.backups, centre.storage.key)
    assert hits((*WORDS, "root", "wang", "account.first"), place.folder) == {}
    key = centre.seat.key or b""
    centre.storage.close()
    assert hits((*WORDS, "root", key.hex(), GOOD), place.folder) == {}
    assert key not in b"".join(one.read_bytes() for one in place.folder.rglob("*") if one.is_file())
    modes = {one.stat().st_mode & 0o777 for one in place.folder.rglob("*") if one.is_file()}
    assert modes == {0o600}


def test_it_opens_with_the_password_and_closes_with_the_seat(start: Callable[[], Centre]) -> None:
    filled(start()).storage.close()
    again = start()
    assert again.accounts.exist()
    assert not again.storage.is_open
    with pytest.raises(PermissionDenied, match="还没有人登录"):
        names(again.storage)
    with pytest.raises(PermissionDenied, match="口令不对"):
        again.accounts.sign_in("root", OTHER)
    again.accounts.sign_in("root", GOOD)
    assert names(again.storage) == ["root", "wang"]
    again.accounts.sign_out()
    assert again.storage.key is None
    with pytest.raises(PermissionDenied, match="还没有人登录"):
        names(again.storage)


def test_the_sheet_opens_it_too(start: Callable[[], Centre]) -> None:
    centre = start()
    code = centre.begun()
    centre.storage.close()
    other = start()
    other.accounts.recover(code, "root", OTHER)
    assert acts(other.storage) == ["account.first", "account.recovered"]


def test_a_refused_try_is_on_record_as_soon_as_somebody_gets_in(start: Callable[[], Centre]) -> None:
    filled(start()).storage.close()
    again = start()
    for name in ("root", "nobody"):
        with pytest.raises(PermissionDenied):
            again.accounts.sign_in(name, OTHER)
    again.clocks.go(60)
    again.accounts.sign_in("root", GOOD)
    with again.storage.read() as work:
        told = select(audit.c.details).where(audit.c.action == "account.refused").order_by(audit.c.seq)
        first, second = work.connection.scalars(told)
    tried = Clocks().wall.isoformat()
    assert (first, second) == ({"account": "root", "tried_at": tried}, {"tried_at": tried})


def test_the_trail_goes_on_under_one_key(start: Callable[[], Centre]) -> None:
    filled(start()).storage.close()
    again = start()
    again.accounts.sign_in("root", GOOD)
    with again.storage.read() as work:
        assert verify(work.chain, again.storage.audit_key, ()).sound


class TestOneWithoutTheOther:
    def test_a_database_without_its_keys_is_told(self, place: Settings, start: Callable[[], Centre]) -> None:
        filled(start()).storage.close()
        place.keys.unlink()
        with pytest.raises(StorageError, match=r"钥匙文件“desk\.keys”不见了"):
            start()
        assert not place.keys.exists()

    def test_keys_without_their_database_are_told(self, place: Settings, start: Callable[[], Centre]) -> None:
        filled(start()).storage.close()
        assert place.database is not None
        place.database.rename(place.folder / "elsewhere.db")
        with pytest.raises(StorageError, match="数据库文件不存在"):
            start().accounts.sign_in("root", GOOD)
        assert not place.database.exists()

    def test_keys_of_another_centre_do_not_open_it(
        self, place: Settings, start: Callable[[], Centre], tmp_path: Path
    ) -> None:
        filled(start()).storage.close()
        other = open_storage(resolve(tmp_path / "other"))
        Centre(other).begun()
        other.close()
        place.keys.write_bytes((tmp_path / "other" / "desk.keys").read_bytes())
        centre = start()
        with pytest.raises(StorageError, match="不是调解台的数据库"):
            centre.accounts.sign_in("root", GOOD)
        assert not centre.storage.is_open
        assert not centre.seat.taken


def test_a_first_start_cut_short_begins_anew_and_deletes_nothing(
    place: Settings, start: Callable[[], Centre], monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = start()
    with monkeypatch.context() as patched:
        patched.setattr(centre.accounts, "_note", lambda *_a, **_k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            centre.begun()
    assert place.database is not None
    assert place.database.exists()
    assert not centre.accounts.exist()
    filled(centre)
    assert names(centre.storage) == ["root", "wang"]
    assert [one for one in place.folder.iterdir() if ".unused-" in one.name]


class TestSealing:
    def test_a_clear_centre_is_sealed_when_somebody_signs_in(
        self, place: Settings, start: Callable[[], Centre]
    ) -> None:
        clear_centre(place)
        centre = start()
        assert names(centre.storage) == ["root", "wang"]
        assert not place.keys.exists()
        centre.accounts.sign_in("root", GOOD)
        assert centre.storage.sealed
        assert names(centre.storage) == ["root", "wang"]
        assert inspect(centre.storage.engine) == 0
        assert hits(WORDS, place.folder) == {}
        with centre.storage.read() as work:
            assert verify(work.chain, centre.storage.audit_key, ()).sound

    def test_a_practice_centre_stays_clear(self, tmp_path: Path) -> None:
        practice = resolve(tmp_path / "desk", practice=True)
        open_storage(practice).close()
        storage = open_storage(resolve(tmp_path / "desk"))
        Centre(storage).begun()
        assert not storage.sealed
        storage.close()
        assert hits(("管理员甲",), practice.folder)

    def test_it_waits_for_others_to_leave(self, place: Settings, start: Callable[[], Centre]) -> None:
        clear_centre(place)
        centre = start()
        other = open_engine(f"sqlite:///{place.database}")
        with reading(other.connect()) as connection:
            connection.execute(select(accounts.c.name)).all()
            with pytest.raises(StorageError, match="关掉正在使用同一数据文件夹的其他窗口"):
                centre.accounts.sign_in("root", GOOD)
        other.dispose()
        assert not centre.seat.taken
        centre.accounts.sign_in("root", GOOD)
        assert hits(WORDS, place.folder) == {}

    @pytest.mark.parametrize("at", range(7))
    def test_cut_off_at_any_file_operation_it_is_clear_or_sealed_and_opens(
        self, place: Settings, start: Callable[[], Centre], monkeypatch: pytest.MonkeyPatch, at: int
    ) -> None:
        clear_centre(place)
        centre = start()
        calls = 0

        def cut(name: str, whole: Callable[..., object]) -> None:
            def either(*given: object, **named: object) -> object:
                nonlocal calls
                calls += 1
                if calls > at:
                    raise KeyboardInterrupt  # as the process ends: nothing after it is put in order
                return whole(*given, **named)

            patched.setattr(vault, name, either)

        with monkeypatch.context() as patched:
            for name in ("_write_sealed", "replace_durably", "take_place", "remove"):
                cut(name, getattr(vault, name))
            try:
                centre.accounts.sign_in("root", GOOD)
            except KeyboardInterrupt:
                centre.storage.close()
        if centre.seat.taken:
            assert calls <= at
        again = start()
        again.accounts.sign_in("root", GOOD)
        assert names(again.storage) == ["root", "wang"]
        assert again.storage.sealed


class TestBitRot:
    FLIPS = 200

    def test_each_flipped_bit_is_noticed(self, place: Settings, start: Callable[[], Centre]) -> None:
        """R6: silently wrong pages of a clear file are what the seal of each page is for."""
        centre = filled(start())
        with centre.storage.write(COUNTER) as work:
            work.cases.add(hostile_file(["田"], 0))
        key = centre.storage.key
        centre.storage.close()
        assert place.database is not None
        assert key is not None
        whole, chance = place.database.read_bytes(), random.Random(6)  # repeatable
        silent = 0
        for _ in range(self.FLIPS):
            spoilt = bytearray(whole)
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
            place.database.write_bytes(spoilt)
            try:
                sqlite.demand_whole(place.database, key, place.keys)
                silent += 1
            except (DeskError, sqlite.DRIVER.Error):
                continue
        assert silent == 0


def test_no_word_of_a_case_and_no_deleted_word_is_on_the_disk(
    place: Settings, start: Callable[[], Centre]
) -> None:
    """S1 for the database; the control is the practice centre, whose file holds them all."""
    marked = f"密文探针{os.getpid()}"
    centre = filled(start())
    with centre.storage.write(COUNTER) as work:
        work.cases.add(hostile_file([marked], 0))
    assert hits([marked], place.folder) == {}
    centre.storage.close()
    assert hits([marked], place.folder) == {}
