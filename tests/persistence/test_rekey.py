"""Another data key (T5, R11): whoever may still sign in does so with his password, whoever left opens nothing new."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from db import rekeying, sqlite
from db.care import inspect
from db.engine import reading
from db.tables.accounts import account_keys
from db.tables.centre import audit
from db.unit_of_work import Storage
from db.vault import head_of, take_place
from mediation_desk.access.accounts import rekeying as service
from mediation_desk.access.accounts.rules import access_rules
from mediation_desk.access.accounts.sealing import new_pair, subkey
from mediation_desk.access.accounts.tries import who
from mediation_desk.access.accounts.wrapping import RECOVERY
from mediation_desk.audit.verifying import verify
from mediation_desk.settings import Settings
from mediation_desk.shared.errors import DeskError, InputError, PermissionDenied, RuleError, StorageError
from mediation_desk.shared.watching import Stopped
from tests.architecture.gates import ROOT
from tests.hostile_case import hostile_file
from tests.persistence.account_desk import ADMINISTRATOR, GOOD, OTHER, Centre
from tests.persistence.old_wraps import old_wrap, set_back

WHY = "王芳离职"


@pytest.fixture
def centre(storage: Storage) -> Centre:
    """On each database: the administrator, two clerks, of whom one left."""
    return staffed(Centre(storage))


def staffed(centre: Centre) -> Centre:
    centre.begun()
    for name, shown in (("wang", "王芳"), ("li", "李强")):
        centre.member(name, shown, "窗口登记员")
    centre.accounts.lock(centre.actor, "wang")
    return centre


def opens(centre: Centre, name: str, password: str) -> bool:
    try:
        centre.accounts.sign_in(name, password)
    except PermissionDenied:
        return False
    return True


def actions(centre: Centre) -> list[str]:
    with centre.storage.read() as work:
        return list(work.connection.scalars(select(audit.c.action).order_by(audit.c.seq)))


class TestOnEachDatabase:
    def test_those_who_stay_sign_in_as_before_and_the_trail_is_whole(self, centre: Centre) -> None:
        old = centre.seat.key or b""
        standing = centre.accounts.key_standing(centre.actor)
        assert (standing.number, standing.changed_at) == (0, None)
        assert [one.name for one in standing.left] == ["wang"]
        told = centre.accounts.rekey(centre.actor, WHY)
        assert (told.number, told.waiting, told.code) == (1, (), "")
        assert centre.seat.key not in (None, old)
        standing = centre.accounts.key_standing(centre.actor)
        assert (standing.number, standing.changed_at) == (1, centre.clocks.now())
        assert not any((standing.left, standing.waiting, standing.old))
        new = centre.seat.key
        assert opens(centre, "li", OTHER)
        assert centre.seat.key == new
        assert not opens(centre, "wang", OTHER)
        assert opens(centre, "root", GOOD)
        with centre.storage.read() as work:
            assert verify(work.chain, centre.storage.audit_key, ()).sound
        assert centre.storage.audit_key == subkey(old, "audit")
        assert actions(centre).count("account.rekey") == 1

    def test_the_sheet_in_the_safe_goes_on_unless_a_new_one_is_wanted(self, centre: Centre) -> None:
        centre.accounts.rekey(centre.actor, WHY)
        following = centre.accounts.recover(centre.code, "root", OTHER)
        code = centre.accounts.rekey(centre.actor, WHY, new_sheet=True).code
        with pytest.raises(PermissionDenied):
            centre.accounts.recover(following, "root", GOOD)
        centre.accounts.recover(code, "root", GOOD)
        assert centre.accounts.key_standing(centre.actor).number == 2

    def test_a_new_account_and_a_new_password_hold_the_new_key(self, centre: Centre) -> None:
        centre.accounts.rekey(centre.actor, WHY)
        centre.member("zhao", "赵敏", "窗口登记员")
        again = centre.accounts.open_again(centre.actor, "wang")
        key = centre.seat.key
        assert opens(centre, "zhao", OTHER)
        assert opens(centre, "wang", again)
        assert centre.seat.key == key

    def test_a_desk_that_signed_in_before_gives_nobody_the_old_key(self, centre: Centre) -> None:
        other = Centre(centre.storage, centre.clocks)
        other.accounts.sign_in("root", GOOD)
        centre.accounts.rekey(centre.actor, WHY)
        for act in (
            lambda: other.accounts.reset(other.actor, "li"),
            lambda: other.accounts.renew_recovery(other.actor),
            lambda: other.accounts.rekey(other.actor, WHY),
        ):
            with pytest.raises(RuleError, match="刚刚换过，请退出以后重新登录"):
                act()

    @pytest.mark.parametrize("holder", ["li", RECOVERY])
    def test_a_public_key_of_somebody_else_is_refused_and_named(self, centre: Centre, holder: str) -> None:
        with centre.storage.write() as work:
            mine = update(account_keys).where(account_keys.c.holder == who(holder))
            work.connection.execute(mine.values(public=new_pair()[1].hex()))
        before = centre.seat.key
        with pytest.raises(RuleError, match=f"{'账号li' if holder else '恢复单'}的公钥不是这个中心放进去的"):
            centre.accounts.rekey(centre.actor, WHY)
        assert centre.seat.key == before
        assert opens(centre, "root", GOOD)
        assert centre.accounts.key_standing(centre.actor).number == 0
        assert "account.rekey" not in actions(centre)

    def test_wraps_of_before_are_made_anew_at_sign_in_or_left_out_and_told(self, centre: Centre) -> None:
        key = centre.seat.key or b""
        with centre.storage.write() as work:
            for name, secret in (("root", GOOD), ("li", OTHER), (RECOVERY, centre.code)):
                kept = work.keys.wrap(name)
                assert kept is not None
                work.keys.keep_wrap(old_wrap(kept, key, secret))
        assert centre.accounts.key_standing(centre.actor).old == ("li", "root", RECOVERY)
        with pytest.raises(RuleError, match="退出重新登录一次"):
            centre.accounts.rekey(centre.actor, WHY)
        assert opens(centre, "root", GOOD)
        with pytest.raises(RuleError, match="恢复单是以前版本做的"):
            centre.accounts.rekey(centre.actor, WHY)
        told = centre.accounts.rekey(centre.actor, WHY, new_sheet=True)
        assert told.waiting == ("li",)
        assert [one.name for one in centre.accounts.key_standing(centre.actor).waiting] == ["li"]
        assert not opens(centre, "li", OTHER)
        assert opens(centre, "root", GOOD)
        assert opens(centre, "li", centre.accounts.reset(centre.actor, "li"))

    def test_it_asks_for_the_right_and_a_reason(self, centre: Centre) -> None:
        with pytest.raises(InputError, match="为什么换钥匙"):
            centre.accounts.rekey(centre.actor, " ")
        assert opens(centre, "li", OTHER)
        for act in (
            lambda: centre.accounts.rekey(centre.actor, WHY),
            lambda: centre.accounts.key_standing(centre.actor),
        ):
            with pytest.raises(PermissionDenied):
                act()

    def test_two_administrators_where_the_rules_ask(
        self, centre: Centre, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rules = replace(access_rules(), four_eyes=frozenset({"rekey"}))
        monkeypatch.setattr(service, "access_rules", lambda: rules)
        centre.member("sun", "孙管理", ADMINISTRATOR)
        for second in (None, ("root", GOOD), ("li", OTHER)):
            with pytest.raises(RuleError, match="两位系统管理员在场"):
                centre.accounts.rekey(centre.actor, WHY, second=second)
        with pytest.raises(PermissionDenied, match="口令不对"):
            centre.accounts.rekey(centre.actor, WHY, second=("sun", GOOD))
        centre.accounts.rekey(centre.actor, WHY, second=("sun", OTHER))
        with centre.storage.read() as work:
            said = select(audit.c.details).where(audit.c.action == "account.rekey")
            assert (work.connection.scalar(said) or {})["second"] == "sun"


class TestEncrypted:
    def test_one_key_opens_and_it_is_not_the_old_one(
        self, place: Settings, start: Callable[[], Centre]
    ) -> None:
        centre = staffed(start())
        with centre.storage.write() as work:
            work.cases.add(hostile_file(["田"], 0))
        old, head = centre.storage.key, head_of(place.folder / "desk.db")
        centre.accounts.rekey(centre.actor, WHY)
        assert centre.storage.key != old
        assert len(actions(centre)) > 5
        centre.storage.close()
        assert head_of(place.folder / "desk.db") != head
        files = {one.name for one in place.folder.iterdir() if one.is_file() and one.suffix != ".lock"}
        assert files == {"desk.db", "desk.keys"}
        again = start()
        assert opens(again, "li", OTHER)
        assert inspect(again.storage.engine) == 1
        again.storage.close()
        with pytest.raises(sqlite.DRIVER.DatabaseError, match="not a database"):
            sqlite.connect(place.folder / "desk.db", old, place.keys)

    def test_somebody_else_at_the_data_is_asked_to_leave(
        self, start: Callable[[], Centre], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
        centre, other = staffed(start()), start()
        other.accounts.sign_in("root", GOOD)
        key = centre.seat.key
        with reading(other.storage.engine.connect()) as connection:
            connection.execute(select(audit.c.seq)).all()
            with pytest.raises(StorageError, match="关掉正在使用同一数据文件夹的其他窗口"):
                centre.accounts.rekey(centre.actor, WHY)
        other.storage.close()
        assert centre.seat.key == key
        assert "account.rekey" not in actions(centre)
        centre.accounts.rekey(centre.actor, WHY)

    def test_stopped_or_failed_it_is_as_before_and_on_record(
        self, place: Settings, start: Callable[[], Centre], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        centre = staffed(start())
        key = centre.seat.key
        with pytest.raises(Stopped, match="没有换钥匙"):
            centre.accounts.rekey(centre.actor, WHY, watch=lambda _done, _all: False)
        with monkeypatch.context() as patched:
            patched.setattr(rekeying, "take_place", lambda *_: (_ for _ in ()).throw(OSError(28, "full")))
            with pytest.raises(StorageError, match="换钥匙没有完成"):
                centre.accounts.rekey(centre.actor, WHY)
        assert centre.seat.key == key
        assert actions(centre)[-4:] == ["account.rekey", "account.rekey_undone"] * 2
        assert opens(centre, "li", OTHER)
        assert [one.name for one in place.folder.iterdir() if one.name.startswith(".")] == []

    @pytest.mark.parametrize("placed", [False, True])
    def test_cut_off_between_the_two_files_the_door_follows_the_file_in_place(
        self, place: Settings, start: Callable[[], Centre], monkeypatch: pytest.MonkeyPatch, placed: bool
    ) -> None:
        centre = staffed(start())
        code = centre.code

        def cut(made: Path, file: Path) -> None:
            if placed:
                take_place(made, file)
            raise KeyboardInterrupt

        with monkeypatch.context() as patched:
            patched.setattr(rekeying, "take_place", cut)
            with pytest.raises((KeyboardInterrupt, DeskError)):
                centre.accounts.rekey(centre.actor, WHY)
        centre.storage.close()
        again = start()
        assert not opens(again, "wang", OTHER)
        assert opens(again, "li", OTHER)
        assert opens(again, "root", GOOD)
        assert again.accounts.key_standing(again.actor).number == int(placed)
        with again.storage.door() as keys:
            assert keys.waiting() == ""
        again.accounts.recover(code, "root", OTHER)
        with again.storage.read() as work:
            assert verify(work.chain, again.storage.audit_key, ()).sound

    def test_a_door_of_before_is_brought_up_to_date_and_a_newer_one_refused(
        self, place: Settings, start: Callable[[], Centre]
    ) -> None:
        centre = staffed(start())
        key = centre.seat.key or b""
        with centre.storage.door() as keys:
            old = [old_wrap(kept, key, GOOD) for name in ("root",) if (kept := keys.wrap(name))]
        centre.storage.close()
        set_back(place.keys, old)
        again = start()
        assert opens(again, "root", GOOD)
        assert again.accounts.key_standing(again.actor).old == ()
        again.storage.close()
        with contextlib.closing(sqlite.connect(place.keys)) as door:
            door.execute("PRAGMA user_version=99")
        with pytest.raises(StorageError, match="钥匙文件由更新版本的调解台写成"):
            start()


class TestKilled:
    KILLS = 10

    def findings(self, folder: Path, kills: int, *control: str) -> dict[str, int]:
        command = [sys.executable, "-m", "tests.persistence.rekey_kills", str(folder), str(kills), *control]
        found: dict[str, int] = json.loads(subprocess.check_output(command, cwd=ROOT, timeout=200))
        return found

    def test_exactly_one_key_opens_and_it_is_the_one_the_accounts_hold(self, tmp_path: Path) -> None:
        """R11, short form."""
        found = self.findings(tmp_path, self.KILLS)
        assert 0 < found.pop("changed") < self.KILLS
        assert set(found.values()) == {0}, found

    def test_the_test_would_see_two_files_changed_without_a_mark(self, tmp_path: Path) -> None:
        assert self.findings(tmp_path, 1, "control")["gets_in"] == 1
