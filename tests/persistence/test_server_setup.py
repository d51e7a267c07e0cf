"""A database set up with least rights: the counters do all their work in it and nothing else, and drift is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from alembic import command
from sqlalchemy import Engine, make_url, text
from sqlalchemy.exc import DBAPIError

from db import migrate
from db.engine import open_engine
from db.migrate import upgrade
from db.roles import NARROWER, Roles
from db.server_check import check_server, points
from db.setting_up import asks_password, demand_named, set_up
from db.unit_of_work import Storage
from db.wiping import SERVER_LOG, wipe_free_space
from mediation_desk.cases.service import CaseService
from mediation_desk.settings import Settings
from mediation_desk.shared.errors import InputError, StorageError
from tests.persistence.case_walk import Walk
from tests.persistence.chained import KEY, checked, moment, write
from tests.persistence.served import Made, administrator, drop
from tests.persistence.test_case_steps import cases

__all__ = ["cases"]


@pytest.fixture(scope="module")
def served(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    admin = administrator(cluster, tmp_path_factory.mktemp("counter"))
    made = Made(admin, set_up(admin))
    yield made
    drop(cluster, made.told.database)


@pytest.fixture
def reached(served: Made) -> Iterator[Callable[[Settings], Engine]]:
    """Opens engines that are closed at the end of the test."""
    opened: list[Engine] = []

    def opener(settings: Settings) -> Engine:
        opened.append(open_engine(settings))
        return opened[-1]

    yield opener
    for engine in opened:
        engine.dispose()


@pytest.fixture
def storage(served: Made, open_storage: Callable[[str], Storage]) -> Storage:
    """The counters' own: takes the place of the fixture with all rights."""
    return open_storage(served.app.server)


def refused(engine: Engine, statement: str) -> bool:
    """Whether the server says that this login lacks the right."""
    with engine.connect() as connection:
        try:
            connection.execute(text(statement))
        except DBAPIError as error:
            return getattr(error.orig, "sqlstate", "") == "42501"
        finally:
            connection.rollback()
    return False


def wrong(engine: Engine) -> dict[str, str]:
    """What the check finds of the database, not of the tests' own careless server."""
    settings = {"数据校验和", "写盘", "整页写入", "加密连接"}
    return {one.what: one.found for one in check_server(engine) if not one.good and one.what not in settings}


FORBIDDEN = (
    *(f"{what} {table}" for table in NARROWER for what in ("TRUNCATE", "DROP TABLE")),
    *(f"DELETE FROM {table}" for table, rights in NARROWER.items() if "DELETE" not in rights),
    "UPDATE audit SET account = 'x'",
    "UPDATE audit_words SET words = 'x'",
    "UPDATE alembic_version SET version_num = 'x'",
    "INSERT INTO audit_head SELECT * FROM audit_head",
    "ALTER TABLE audit DISABLE TRIGGER USER",
    "ALTER TABLE cases ADD COLUMN planted TEXT",
    "CREATE TABLE planted (a INT)",
    "CREATE TEMPORARY TABLE planted (a INT)",
    "CREATE SCHEMA planted",
    "CREATE FUNCTION planted() RETURNS INT LANGUAGE sql AS 'SELECT 1'",
    "CREATE RULE planted AS ON UPDATE TO cases DO INSTEAD NOTHING",
    "TRUNCATE cases",
    "SET session_replication_role = replica",
    "SELECT setval('cases_id_seq', 1)",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_counters_may_not(served: Made, reached: Callable[[Settings], Engine], statement: str) -> None:
    assert refused(reached(served.app), statement)


def test_the_owner_may_what_they_may_not(served: Made, reached: Callable[[Settings], Engine]) -> None:
    """The control: these are refused for want of a right, not because they are wrong."""
    engine = reached(served.admin)

    assert [one for one in FORBIDDEN if refused(engine, one) and not one.startswith("SET ")] == []


def test_the_counters_do_all_their_work(storage: Storage, cases: CaseService) -> None:
    walk = Walk(storage, cases, seed=4)
    walk.go(70)

    assert sum(walk.done.values()) > 14
    assert checked(storage, key=None).sound


def test_the_counters_write_and_destroy_words_of_the_trail(storage: Storage) -> None:
    storage.seal_audit(KEY)
    write(storage, 9, at_once=3)
    with storage.read() as work:
        last = work.chain.last()
    with storage.write() as work:
        held = [row[0] for row in work.chain.rows(last - 8) if row[-1] is not None]
        assert work.audit.destroy_words(held, at=moment(9), account="clerk", basis="x") == 3

    assert checked(storage).sound


@pytest.mark.parametrize("ahead", [0, 2, -1])
def test_nobody_but_the_owner_chooses_the_number_of_an_entry(
    served: Made, storage: Storage, reached: Callable[[Settings], Engine], ahead: int
) -> None:
    storage.seal_audit(KEY)
    write(storage, 2)
    chosen = text(
        "INSERT INTO audit SELECT seq + :ahead, at, account, action, case_key, person, result, clock, details, "
        "words, seal, link FROM audit ORDER BY seq DESC LIMIT 1"
    )
    with reached(served.app).connect() as connection, pytest.raises(DBAPIError, match="audit_stays"):
        connection.execute(chosen, {"ahead": ahead})


def test_the_kiosk_reads_no_case(served: Made, reached: Callable[[Settings], Engine]) -> None:
    kiosk = served.told.app.replace("_app", "_kiosk")
    with reached(served.admin).connect() as connection:
        connection.exec_driver_sql("RESET ROLE")
        connection.exec_driver_sql(f"SET ROLE {kiosk}")
        with pytest.raises(DBAPIError, match="permission denied"):
            connection.execute(text("SELECT count(*) FROM cases"))
        connection.rollback()


def test_the_role_of_the_copies_only_reads(served: Made, reached: Callable[[Settings], Engine]) -> None:
    engine = reached(served.settings(served.told.backup))
    with engine.connect() as connection:
        connection.execute(text("SELECT count(*) FROM audit_words"))

    assert refused(engine, "SET TRANSACTION READ WRITE; DELETE FROM drafts")


def test_as_it_was_made_nothing_is_wrong_and_twice_changes_nothing(
    served: Made, reached: Callable[[Settings], Engine]
) -> None:
    assert wrong(reached(served.app)) == {}
    assert set_up(served.admin).logins == ()
    assert wrong(reached(served.admin)) == {}


DRIFT = {
    "GRANT UPDATE ON audit TO {app}": ("表的权限", "{app} 在 audit 上多了 UPDATE"),
    "GRANT UPDATE (account) ON audit TO {app}": ("表的权限", "{app} 在 audit 上多了 UPDATE"),
    "REVOKE INSERT ON cases FROM {app}": ("表的权限", "{app} 在 cases 上少了 INSERT"),
    "GRANT SELECT ON parties TO PUBLIC": ("表的权限", "{kiosk} 在 parties 上多了 SELECT"),
    "GRANT CREATE ON SCHEMA public TO {app}": ("库和模式", "{app} 在模式 public 上多了 CREATE"),
    "GRANT {owner} TO {app}": ("角色的属性", "{app} 是 {owner} 的成员"),
    "ALTER ROLE {app} CREATEROLE": ("角色的属性", "{app} 是能建角色的"),
    "ALTER TABLE audit DISABLE TRIGGER audit_stays_change": ("防改的触发器", "audit 的 audit_stays_change"),
    "DROP TRIGGER audit_stays_turn ON audit": ("防改的触发器", "audit 的 audit_stays_turn"),
    "ALTER TABLE cases OWNER TO {app}": ("所有者", "cases 属于 {app}"),
}


@pytest.mark.parametrize("deed", DRIFT)
def test_too_much_and_too_little_is_told(
    served: Made, reached: Callable[[Settings], Engine], deed: str
) -> None:
    """Inside a transaction that is taken back."""
    roles = Roles(database=served.told.database)
    names = {"app": roles.app, "owner": roles.owner, "kiosk": roles.kiosk}
    what, found = DRIFT[deed]
    with reached(served.admin).connect() as connection:
        connection.exec_driver_sql("RESET ROLE")
        connection.exec_driver_sql(deed.format(**names))
        told = {one.what: one.found for one in points(connection) if not one.good}
        connection.rollback()

    assert found.format(**names) in told[what]


def test_an_older_schema_waits_for_the_administrator(
    served: Made, reached: Callable[[Settings], Engine]
) -> None:
    engine = reached(served.admin)
    with engine.begin() as connection:
        command.downgrade(migrate.alembic_config(connection), migrate.REVISIONS[-2])
    with pytest.raises(StorageError, match="server upgrade"):
        upgrade(reached(served.app))
    upgrade(engine)
    upgrade(reached(served.app))

    assert wrong(reached(served.app)) == {}


def test_what_was_destroyed_is_wiped_by_the_administrator(
    served: Made, reached: Callable[[Settings], Engine]
) -> None:
    assert "server wipe" in wipe_free_space(reached(served.app)).sentences[0]
    assert wipe_free_space(reached(served.admin)).sentences == (SERVER_LOG,)


def test_a_centre_begun_by_hand_is_taken_over(cluster: str, tmp_path: Path) -> None:
    admin = administrator(cluster, tmp_path)
    name = str(make_url(admin.server).database)
    try:
        with psycopg.connect(cluster, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        engine = open_engine(admin)
        upgrade(engine)
        engine.dispose()
        made = Made(admin, set_up(admin))
        engine = open_engine(made.app)
        assert wrong(engine) == {}
        engine.dispose()
    finally:
        drop(cluster, name)


def test_who_may_not_make_roles_is_told(served: Made) -> None:
    with pytest.raises(StorageError, match="不能建立角色和数据库"):
        set_up(served.app)


def test_the_password_comes_from_a_file_in_the_data_folder(served: Made) -> None:
    url = make_url(served.app.server)
    bare = replace(served.admin, server=url._replace(password=None).render_as_string())
    assert asks_password(bare)
    login = next(one for one in served.told.logins if one.role == served.told.app)
    file = served.admin.folder / "server.pgpass"
    file.touch(mode=0o600)
    file.write_text(served.told.pass_line(login) + "\n")

    assert not asks_password(bare)
    engine = open_engine(bare)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT current_user")) == login.role
    engine.dispose()
    file.unlink()


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("postgresql://postgres:secret@host/desk", "不要写在命令里"),
        ("postgresql://postgres@host/Desk-1", "库名只能用"),
        ("", "--database"),
    ],
)
def test_an_address_that_will_not_do(tmp_path: Path, address: str, why: str) -> None:
    with pytest.raises(InputError, match=why) as told:
        demand_named(Settings(tmp_path, None, address))

    assert "secret" not in told.value.message
