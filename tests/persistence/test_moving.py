"""A whole centre to another database and back: nothing is lost on the way, and no half centre can be opened."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from db.bulk_rows import RowWriter
from db.migrate import check_version
from db.moving.destination import open_destination
from db.shelf import shelf_of
from db.storage import open_storage
from db.tables.centre import drafts, people, settings
from db.tables.files import file_pieces
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.app import Desk, open_desk
from mediation_desk.audit.anchors import typed_anchor
from mediation_desk.audit.verifying import verify
from mediation_desk.cases.summary import CaseQuery, Draft
from mediation_desk.cli.main import run
from mediation_desk.interchange.moving.service import Mover
from mediation_desk.settings import Settings, resolve
from mediation_desk.shared.errors import DeskError, DuplicateError, PermissionDenied, RuleError, StorageError
from mediation_desk.shared.file_store import FileStore
from mediation_desk.shared.watching import Stopped
from tests.architecture.gates import ROOT
from tests.conftest import postgres_database
from tests.persistence.account_desk import GOOD, OTHER, Centre
from tests.persistence.byte_search import hits
from tests.persistence.test_case_steps import REGISTER

NOW = datetime(2026, 3, 20, 2, tzinfo=UTC)
HOSTILE = (
    "\\N", "\\.", "a\\tb\\\\", "引“号”'\"", "第一行\n第二行\t制表", "𠮷野家👩🏽‍⚖️", "NULL", "", "e\u0301", " 空 格 ",
)  # fmt: skip
NEW = replace(REGISTER, centre="清平区矛盾纠纷多元化解中心（综治中心）")


def place(folder: Path) -> Settings:
    folder.mkdir(exist_ok=True)
    return resolve(folder, practice=True)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample centre with words no copy should stumble over, and files beside it."""
    folder = tmp_path_factory.mktemp("filled")
    desk = open_desk(place(folder), clock=lambda: NOW)
    desk.fill_sample()
    desk.attachments.put_bytes(b"scan")
    (folder / "rules").mkdir()
    (folder / "rules" / "own.toml").write_text("x = 1", encoding="utf-8")
    desk.audit.anchor("测试")
    with desk.storage.engine.begin() as connection:
        rows = [
            {"key": f"k{number}", "account": "窗口", "saved_at": NOW, "version": 1}
            | {"content": {"words": words, "more": [words, None, 1.5, True]}}
            for number, words in enumerate(HOSTILE)
        ]
        sql = drafts.insert().compile(dialect=connection.dialect)
        driver: Any = connection.connection.driver_connection
        for row in rows:  # past the wall: as old databases hold them
            driver.execute(str(sql), tuple(_bound(connection, row)[name] for name in sql.positiontup or ()))
    desk.close()
    return folder


def _bound(connection: Any, row: dict[str, Any]) -> dict[str, Any]:
    bound = {}
    for name, value in row.items():
        process = drafts.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
        bound[name] = process(value) if process else value
    return bound


@pytest.fixture
def desk(filled: Path, tmp_path: Path) -> Iterator[Desk]:
    subprocess.check_call(["cp", "-r", str(filled), str(tmp_path / "old")])
    opened = open_desk(place(tmp_path / "old"), clock=lambda: NOW)
    yield opened
    opened.close()


@pytest.fixture
def server(cluster: str, tmp_path: Path) -> Iterator[Settings]:
    for url in postgres_database(cluster, "template0"):
        yield replace(resolve(database=url, practice=True), folder=tmp_path / "served")


@pytest.fixture(params=["sqlite", "postgresql"])
def to(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """An empty place of each kind."""
    found = request.getfixturevalue("server") if request.param == "postgresql" else place(tmp_path / "new")
    assert isinstance(found, Settings)
    return found


def on(_done: int, _total: int) -> bool:
    return True


def content(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    with desk.storage.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
            for table in (drafts, people, settings)
        }


def test_there_and_back_nothing_differs(desk: Desk, server: Settings, tmp_path: Path) -> None:
    before = content(desk)
    there = desk.mover.move(COUNTER, server, on)
    served = open_desk(server, clock=lambda: NOW, create=False)
    assert content(served) == before
    assert served.attachments.holds(desk.attachments.put_bytes(b"scan").sha256)
    assert {path.name for path in server.folder.iterdir()} >= {"attachments", "rules", "anchors.jsonl"}
    assert there.head.startswith("审计 2-")
    file = served.cases.register(COUNTER, NEW)
    assert served.finding.look(COUNTER, file.title[:4]).hits  # index, numbers and ids go on
    report = served.audit.check(COUNTER)
    assert report.sound

    back = place(tmp_path / "back")
    home = served.mover.move(COUNTER, back, on)
    assert (home.tables_of_figures, home.rows["cases"]) == (there.tables_of_figures, there.rows["cases"] + 1)
    served.close()
    again = open_desk(back, clock=lambda: NOW, create=False)
    assert content(again) == before | {
        "people": content(again)["people"],
        "settings": content(again)["settings"],
    }
    assert again.finding.look(COUNTER, file.title[:4]).hits
    assert again.audit.check(COUNTER).sound
    with pytest.raises(DuplicateError):  # the same register of people
        again.cases.register(COUNTER, NEW)
    again.close()


def test_the_old_place_only_shows(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "new").mkdir()
    old, new = (
        ("--practice", "--data", str(desk.settings.folder)),
        f"sqlite:///{tmp_path / 'new' / 'desk.db'}",
    )
    assert run([*old, "move", "--to", new, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"]["cases"], told["audit"][:5], told["files"]) == (17, "审计 2-", 3)
    assert run([*old, "case", "list"]) == 0
    assert "已经搬到" in capsys.readouterr().err
    case = desk.cases.summaries(COUNTER, CaseQuery(limit=1))[0]
    desk.cases.view(COUNTER, case.case_key)
    with pytest.raises(StorageError, match="已经搬到"):
        desk.cases.register(COUNTER, NEW)
    with pytest.raises(RuleError, match="已经搬到"):
        desk.mover.move(COUNTER, place(tmp_path / "other"), on)
    desk.mover.keep_using(COUNTER)
    desk.cases.register(COUNTER, NEW)
    with pytest.raises(RuleError, match="没有搬走"):
        desk.mover.keep_using(COUNTER)
    with pytest.raises(PermissionDenied):
        desk.mover.keep_using(Actor(account="b", display_name="登记员", roles=(Role.CLERK,)))


def _spoilt(rows: list[Any]) -> list[Any]:
    return [(*rows[0][:2], "别人", *rows[0][3:]), *rows[1:]]


CHANGES = {
    "postgresql": (_spoilt, r"people.*不一样1行（id=1）"),
    "sqlite": (lambda rows: rows[1:], r"people.*缺少1行（id=1）"),
}


def test_a_row_that_differs_is_told_and_nothing_is_switched(
    desk: Desk, to: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    pour = RowWriter.pour
    change, told = CHANGES["postgresql" if to.server else "sqlite"]

    def wrong(self: RowWriter, connection: Any, table: Any, names: Any, parts: Any) -> None:
        pour(self, connection, table, names, (change(part) if table is people else part for part in parts))

    monkeypatch.setattr(RowWriter, "pour", wrong)
    with pytest.raises(StorageError, match=told):
        desk.mover.move(COUNTER, to, on)
    assert desk.moved_to == ""
    with pytest.raises(StorageError, match="没有做完的搬迁"):
        open_desk(to)


def test_what_a_server_cannot_hold_is_told_by_table_and_key(desk: Desk, server: Settings) -> None:
    with desk.storage.engine.begin() as connection:
        connection.execute(text("UPDATE people SET address = 'a' || char(0) || 'b' WHERE id = 2"))
    with pytest.raises(StorageError, match=r"people 的“address”一栏.*id=2"):
        desk.mover.move(COUNTER, server, on)


def test_only_an_empty_place_is_taken(desk: Desk, to: Settings) -> None:
    open_desk(to).close()  # an empty centre of ours
    with pytest.raises(Stopped):
        desk.mover.move(COUNTER, to, lambda done, total: done < total // 2)
    desk.mover.move(COUNTER, to, on)
    desk.mover.keep_using(COUNTER)
    with pytest.raises(StorageError, match="已经有数据，没有覆盖"):
        desk.mover.move(COUNTER, to, on)
    with pytest.raises(DeskError, match="就是现在的数据库"):
        desk.mover.move(COUNTER, desk.settings, on)


def test_words_typed_meanwhile_stop_the_switch(desk: Desk, tmp_path: Path) -> None:
    with desk.storage.write(COUNTER) as work:
        work.drafts.keep(Draft(key="k", account="counter", content={"words": "一"}, saved_at=NOW))

    def typing(done: int, total: int) -> bool:
        if done == total:
            with desk.storage.write(COUNTER) as work:
                work.drafts.keep(Draft(key="k", account="counter", content={"words": "一二"}, saved_at=NOW))
        return True

    with pytest.raises(StorageError, match="还有人在用"):
        desk.mover.move(COUNTER, place(tmp_path / "new"), typing)
    assert desk.moved_to == ""


KILLED = """
import os, signal, sys
from pathlib import Path
from mediation_desk.access.actor import COUNTER
from mediation_desk.app import open_desk
from mediation_desk.interchange.moving.service import Mover
from mediation_desk.settings import resolve
desk = open_desk(resolve(Path(sys.argv[1]), practice=True))
def watch(done, total):
    if done > total * 2 // 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return True
desk.mover.move(COUNTER, resolve(database=sys.argv[2], practice=True), watch)
"""


def test_a_kill_leaves_the_old_centre_and_a_place_that_says_so(desk: Desk, to: Settings) -> None:
    url = to.server or f"sqlite:///{to.database}"
    environment = os.environ | {"HOME": str(to.folder), "XDG_DATA_HOME": str(to.folder)}
    command = [sys.executable, "-c", KILLED, str(desk.settings.folder), url]
    killed = subprocess.run(command, cwd=ROOT, env=environment, timeout=100, check=False)
    assert killed.returncode == -signal.SIGKILL
    with pytest.raises(StorageError, match="没有做完的搬迁"):
        open_desk(to)
    assert desk.moved_to == ""
    assert desk.mover.move(COUNTER, to, on).rows["cases"]
    opened = open_desk(to, create=False)
    assert check_version(opened.storage.engine)
    opened.close()


def test_a_real_centre_stays_encrypted_and_keeps_its_passwords(server: Settings, tmp_path: Path) -> None:
    server = replace(server, practice=False)
    real, back = resolve(tmp_path / "real"), resolve(tmp_path / "back")
    storage = open_storage(real)
    centre = Centre(storage)
    centre.begun()
    centre.member("wang", "王芳", Role.CLERK)
    scan = _files(centre, real).put_bytes("王芳的身份证".encode() * 100_000).sha256
    _mover(centre, real).move(centre.actor, server, on)
    storage.close()

    served = open_storage(server)
    centre = Centre(served)
    centre.accounts.sign_in("root", GOOD)
    assert _files(centre, server).is_whole(scan)
    assert not any(server.attachments.rglob("*.sealed")), "every counter has it, not only this one"
    with pytest.raises(PermissionDenied):
        open_destination(served, back, None)  # without a key it would lie there in clear
    there = _mover(centre, server).move(centre.actor, back, on)
    served.close()
    assert hits(("王芳", "管理员甲"), back.folder) == {}

    again = open_storage(back)
    assert again.sealed
    centre = Centre(again)
    with pytest.raises(PermissionDenied):
        centre.accounts.sign_in("wang", GOOD)
    centre.accounts.sign_in("wang", OTHER)
    centre.accounts.sign_out()
    centre.accounts.sign_in("root", GOOD)
    with again.read() as work:
        report = verify(work.chain, again.audit_key, (typed_anchor(there.head),))
        assert work.connection.scalar(select(func.count()).select_from(file_pieces)) == 0
    assert _files(centre, back).is_whole(scan)
    assert len(list(back.attachments.rglob("*.sealed"))) == 1
    assert report.sound
    again.close()


def _mover(centre: Centre, settings: Settings) -> Mover:
    key = centre.seat.subkey("database")
    opening = partial(open_destination, key=key)
    return Mover(centre.storage, centre.clocks.now, settings, opening, lambda: None, _files(centre, settings))


def _files(centre: Centre, settings: Settings) -> FileStore:
    key = centre.seat.subkey("attachments")
    return FileStore(settings.attachments, lambda: key, shared=shelf_of(centre.storage))
