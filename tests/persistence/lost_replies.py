"""Writes numbers through a proxy that loses COMMITs and their replies: ours, and two wrong ways that must be caught."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, Table, create_engine, insert, select
from sqlalchemy.exc import DBAPIError

from db.engine import POSTGRES_DRIVER, open_engine
from db.unit_of_work import Storage
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import AwayError, StoredError, UncertainError
from mediation_desk.shared.operation import operation
from tests.postgres_proxy import Loss, Proxy

numbers = Table("numbers", MetaData(), Column("number", Integer, index=True))


HASTY = "answer = 1\ncommit = 0.5\nsettle = 0.6\nlook = 1\nconnect = 2\nlock = 0.4\nskip = 0.1\n"


def hurry(folder: Path) -> None:
    """From now on the desk gives up sooner than people would have it do."""
    (folder / "server.toml").write_text(f"[seconds]\n{HASTY}")
    use_rules_in(folder)


@dataclass
class Told:
    """What the user was told of each number in the end, and what stands in the database."""

    stored: set[int] = field(default_factory=set)
    failed: set[int] = field(default_factory=set)
    uncertain: int = 0
    found: Counter[int] = field(default_factory=Counter)

    def counts(self) -> dict[str, int]:
        return {
            "doubled": sum(count > 1 for count in self.found.values()),
            "lost": len(self.stored - set(self.found)),
            "told failed though stored": len(self.failed & set(self.found)),
        }


Once = Callable[[int], None]


def run(url: str, proxy: Proxy, through: str, rounds: int, way: str, *, seed: int = 2026) -> Told:
    """Store ``rounds`` numbers; every COMMIT loses its reply, or each third never arrives (not for the wrong ways).

    Every fifth time the server cannot be reached for a while afterwards.
    """
    direct = create_engine(url.replace("postgresql:", f"{POSTGRES_DRIVER}:", 1))
    numbers.drop(direct, checkfirst=True)
    numbers.create(direct)
    told, chance = Told(), random.Random(seed)
    storage = Storage(open_engine(through))
    for number in range(rounds):
        proxy.lose = Loss.COMMIT if way == "ours" and chance.random() < 1 / 3 else Loss.REPLY
        proxy.then_away = way == "ours" and number % 5 == 4
        _WAYS[way](storage, through, number, told, proxy)
    storage.close()
    with direct.connect() as connection:
        told.found.update(connection.scalars(select(numbers.c.number)))
    direct.dispose()
    return told


def _ours(storage: Storage, _through: str, number: int, told: Told, proxy: Proxy) -> None:
    """The user presses "again" until he is told something final."""
    for _ in range(5):
        try:
            with operation(f"op-{number}"), storage.write() as work:
                work.connection.execute(insert(numbers).values(number=number))
        except StoredError:
            told.stored.add(number)
            return
        except UncertainError:
            told.uncertain += 1
            proxy.then_away = proxy.away = False
        except AwayError:
            if _there(storage, number):
                told.failed.add(number)
        else:
            told.stored.add(number)
            return
    raise AssertionError("nothing final was said")


def _there(storage: Storage, number: int) -> bool:
    with storage.read() as work:
        return work.connection.scalar(select(numbers.c.number).where(numbers.c.number == number)) is not None


def _bare(through: str, number: int) -> bool:
    engine = create_engine(through.replace("postgresql:", f"{POSTGRES_DRIVER}:", 1))
    try:
        with engine.begin() as connection:
            connection.execute(insert(numbers).values(number=number))
    except DBAPIError:
        return False
    finally:
        engine.dispose()
    return True


def _retry(_storage: Storage, through: str, number: int, told: Told, _proxy: Proxy) -> None:
    """The control: the same again, without asking what became of it."""
    while not _bare(through, number):
        pass
    told.stored.add(number)


def _give_up(_storage: Storage, through: str, number: int, told: Told, _proxy: Proxy) -> None:
    """The other control: no answer means it failed."""
    (told.stored if _bare(through, number) else told.failed).add(number)


_WAYS = {"ours": _ours, "retry": _retry, "give up": _give_up}
