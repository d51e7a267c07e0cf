"""Backups of a centre on a server that happen by themselves: one counter for all, each hears when nobody does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from db.backups.dumps import LABEL, head, opened
from db.dumping import dump_key
from db.engine import open_engine
from db.server_copies import ServerCopies
from db.setting_up import set_up
from db.tables.centre import settings as notes
from db.unit_of_work import Storage
from mediation_desk.backups.model import Reason
from mediation_desk.backups.service import BackupService
from mediation_desk.shared.errors import DeskError, PermissionDenied, StorageError
from mediation_desk.shared.sealed_file import Sealer
from tests.persistence.account_desk import GOOD, Centre, Clocks
from tests.persistence.served import Made, administrator, drop

DAY = timedelta(days=1).total_seconds()
NO_TOOL = "没有找到 pg_dump。"


class Toolless(ServerCopies):
    """A computer without PostgreSQL's programs."""

    trouble = NO_TOOL


@dataclass
class Counter:
    """One computer, somebody sits at it."""

    centre: Centre
    copies: ServerCopies
    service: BackupService
    place: Path

    @property
    def dumps(self) -> list[str]:
        return sorted(one.name for one in self.place.glob("*.dump"))

    def work(self) -> None:
        """Something that is to be backed up."""
        with self.centre.storage.write(self.centre.actor) as work:
            work.audit.write(at=self.centre.clocks.now(), account="root", action="files.sealed", details={})


@pytest.fixture(scope="module")
def made(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A centre in use, as its counters reach it: with least rights."""
    admin = administrator(cluster, tmp_path_factory.mktemp("server"))
    made = Made(admin, set_up(admin))
    storage = Storage(open_engine(made.app))
    Centre(storage).begun()
    storage.close()
    yield made
    drop(cluster, made.told.database)


Opener = Callable[..., Counter]


@pytest.fixture
def counter(made: Made, tmp_path: Path) -> Iterator[Opener]:
    """Opens counters of the centre, which has no backup yet; one clock for all."""
    clocks, storages = Clocks(), list[Storage]()

    def opener(name: str, kind: type[ServerCopies] = ServerCopies) -> Counter:
        storages.append(storage := Storage(open_engine(made.app)))
        centre, place = Centre(storage, clocks), tmp_path / name / "backups"
        centre.accounts.sign_in("root", GOOD)
        copies = kind(storage, lambda: centre.seat.key, 365)
        service = BackupService(storage, copies, clocks.now, place, automatic=True, machine=name)
        return Counter(centre, copies, service, place)

    clearing = open_engine(made.admin)
    with clearing.begin() as connection:
        connection.execute(delete(notes).where(notes.c.key.like("backup.%")))
    clearing.dispose()
    yield opener
    for storage in storages:
        storage.close()


def test_one_counter_makes_the_backup_of_the_hour(counter: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = counter("甲"), counter("乙")
    assert one.service.tend() == ()
    assert two.service.tend() == ()
    last = two.service.state().last
    assert last is not None
    assert (last.machine, last.reason) == ("甲", Reason.HOUR)
    one.centre.clocks.go(3600)
    two.work()

    def writing(*said: Any) -> Any:
        two.service.tend()  # in the middle of it: the turn is taken, nothing is made yet
        return ServerCopies.write(one.copies, *said)

    monkeypatch.setattr(one.copies, "write", writing)
    one.service.tend()
    monkeypatch.setattr(two.service, "_is_due", lambda _reason: True)  # as two judged a moment before
    two.service.tend()
    assert (len(one.dumps), two.dumps) == (2, [])


def test_nobody_asks_for_the_turn_while_it_is_being_taken(counter: Opener) -> None:
    one, two = counter("甲"), counter("乙")
    with one.centre.storage.write() as taking:
        taking.notes.held("backup.turn")
        with pytest.raises(DeskError), two.centre.storage.write() as asking:
            asking.connection.exec_driver_sql("SET LOCAL lock_timeout = '20ms'")
            asking.notes.held("backup.turn")


def test_who_closes_after_anothers_backup_makes_none(counter: Opener) -> None:
    one, two = counter("甲"), counter("乙")
    one.service.tend()
    two.work()
    two.service.finish()
    assert two.dumps == []
    one.centre.clocks.go(60)
    one.service.finish()
    assert len(one.dumps) == 2, "who made it himself does not lose what came since"
    one.centre.clocks.go(3600)
    two.work()
    two.service.finish()
    assert len(two.dumps) == 1


def test_a_turn_that_was_cut_off_is_over_after_an_hour(
    counter: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    one, two = counter("甲"), counter("乙")
    monkeypatch.setattr(one.copies, "write", killed)
    with pytest.raises(KeyboardInterrupt):
        one.service.tend()
    two.service.tend()
    assert two.dumps == []
    one.centre.clocks.go(3600)
    two.service.tend()
    assert len(two.dumps) == 1


def test_what_fails_gives_the_turn_back(counter: Opener) -> None:
    one, two = counter("甲"), counter("乙")
    one.place.parent.mkdir()
    one.place.write_bytes(b"a file where the folder should be")
    assert [said for said in one.service.tend() if "备份没有成功" in said]
    assert two.service.tend() == ()
    assert len(two.dumps) == 1


def test_all_hear_when_nobody_makes_one(counter: Opener) -> None:
    one, bare = counter("甲"), counter("乙", Toolless)
    (said,) = bare.service.tend()
    assert said == f"这个中心还没有核验过的备份，这台电脑也不能备份：{NO_TOOL}"
    one.service.tend()
    assert bare.service.tend() == (), "another makes them"
    one.centre.clocks.go(9 * DAY)
    assert bare.service.tend() == (f"已经 9 天没有核验过的备份，这台电脑也不能备份：{NO_TOOL}",)
    assert [said for said in one.service.alarms() if "已经 9 天" in said]
    one.service.tend()
    assert (bare.service.alarms(), bare.dumps) == ((), [])


def test_too_much_goes_but_nobody_elses(counter: Opener, tmp_path: Path) -> None:
    one, stick = counter("甲"), tmp_path / "stick"
    stick.mkdir()
    one.service.set_second(one.centre.actor, stick)
    one.service.tend()
    (old,) = one.dumps
    database = old.removesuffix(".dump")[:-16]
    for place in (one.place, stick):
        assert [file.name for file in place.glob("*.dump")] == [old]
        (place / f"{database}-20200101-080000.dump").write_bytes(b"under a former key")
        (place / "other-20200101-080000.dump").write_bytes(b"of another database")
    one.centre.clocks.go(366 * DAY)
    one.service.tend()
    (new,) = (name for name in one.dumps if not name.endswith("-20200101-080000.dump"))
    assert one.dumps == sorted([new, "other-20200101-080000.dump"])
    assert [file.name for file in one.place.glob("*.keys")] == [new.replace(".dump", ".keys")]
    left = {new, f"{database}-20200101-080000.dump", "other-20200101-080000.dump"}
    assert {file.name for file in stick.glob("*.dump")} == left
    assert [file.name for file in stick.glob("*.keys")] == [new.replace(".dump", ".keys")]


def test_what_lies_here_ages_out_while_others_make_them(counter: Opener) -> None:
    """A destroyed case is to be gone everywhere after a year."""
    one, two = counter("甲"), counter("乙")
    two.service.tend()
    one.centre.clocks.go(366 * DAY)
    assert one.service.tend() == ()
    assert len(two.dumps) == 1
    two.service.tend()
    assert two.dumps == []


@pytest.mark.parametrize("spoil", ["cut", "rows"])
def test_a_spoilt_backup_fails_its_trial(counter: Opener, spoil: str) -> None:
    one, two = counter("甲"), counter("乙")
    one.service.tend()
    drill = one.service.state().drill
    assert drill is not None
    assert drill.trouble == ""
    (file,) = one.place.glob("*.dump")
    key = dump_key(one.centre.seat.key)
    assert key is not None
    with opened(file, key) as (manifest, stream):
        dump = stream.read()
    if spoil == "rows":
        rows = {**manifest.rows, "audit": manifest.rows["audit"] + 1}
        manifest = replace(manifest, rows=rows)
    with file.open("wb") as target:
        sealer = Sealer(target, key, LABEL)
        sealer.write(head(manifest, key) + dump[: len(dump) // 2 if spoil == "cut" else None])
        sealer.finish()
    with pytest.raises(StorageError):
        one.service.try_out(one.centre.actor)
    assert [said for said in two.service.alarms() if "试读没有通过" in said]
    one.centre.clocks.go(1)
    one.service.make(one.centre.actor)
    tried = one.service.try_out(one.centre.actor)
    assert tried.rows > 0
    assert two.service.alarms() == ()


def test_a_bit_that_turned_makes_another_due(counter: Opener) -> None:
    one = counter("甲")
    one.service.tend()
    (file,) = one.place.glob("*.dump")
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    one.centre.clocks.go(1)
    one.service.tend()
    assert len(one.dumps) == 2


def test_a_former_key_seals_nothing_any_more(counter: Opener) -> None:
    """What it sealed would not be opened by the keys beside it."""
    one, two = counter("甲"), counter("乙")
    one.centre.accounts.rekey(one.centre.actor, "有人离开")
    assert [said for said in two.service.tend() if "钥匙刚刚换过" in said]
    assert two.dumps == []
    one.service.tend()
    assert len(one.dumps) == 1


def test_where_nobody_sits_nothing_is_written(counter: Opener) -> None:
    one = counter("甲")
    actor = one.centre.actor
    one.centre.seat.leave()
    one.service.tend()
    one.service.finish()
    with pytest.raises(PermissionDenied):
        one.service.make(actor)
    assert one.dumps == []


def test_the_counter_with_the_stick_fills_it_once_a_day(counter: Opener, tmp_path: Path) -> None:
    one, two, stick = counter("甲"), counter("乙"), tmp_path / "stick"
    stick.mkdir()
    two.service.set_second(two.centre.actor, stick)
    stick.rename(tmp_path / "at two")
    one.service.tend()
    one.centre.clocks.go(9 * DAY)
    one.service.tend()
    assert [said for said in one.service.alarms() if "9 天没有备份到第二备份位置" in said]
    (tmp_path / "at two").rename(stick)
    two.service.tend()
    assert [file.name for file in stick.glob("*.dump")] == two.dumps
    stick.rename(tmp_path / "at two")
    assert one.service.alarms() == (), "whoever reached it"
