"""How long a shortlist takes, conflicts included, and whether it grows with the archive.

Prints each time also as a ratio to one indexed query on the same data (all appointments of one mediator).
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select, text

from db.bulk import BulkCases
from db.engine import open_engine
from db.migrate import upgrade
from db.tables.course import case_mediators
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.choosing.service import ChoosingService
from mediation_desk.cases.lifecycle import OPEN
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.experts.mediator import Mediator, Tie, TieKind
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.parties.model import Gender
from mediation_desk.practice.demo import fill
from mediation_desk.practice.people import resident_id
from mediation_desk.shared.clock import local_day, system_clock

FIELDS = (
    "邻里",
    "婚姻家庭",
    "合同",
    "借贷",
    "物业",
    "医疗",
    "道路交通事故",
    "劳动争议",
    "损害赔偿",
    "宅基地",
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
REPEATS = 15
MOVED = """
UPDATE bookings SET overridden = true, taken = (
    SELECT 'staff:' || c.pool_no FROM case_mediators c WHERE c.case_id = bookings.case_id AND c.line = 0
) WHERE case_id IS NOT NULL AND taken LIKE 'staff:M%'
"""


def pool(size: int) -> list[Mediator]:
    """Mediators with identities, addresses, two fields and two ties each."""
    born = local_day(system_clock()).replace(year=1970, month=3, day=4)
    made = []
    for place in range(size):
        card = MediatorCard(
            pool_no=f"M{1000 + place}",
            name=f"{SURNAMES[place % len(SURNAMES)]}{chr(0x4E00 + place % 997)}{chr(0x5000 + place % 89)}",
            gender=Gender.MALE,
            birth_date=born,
            id_no=resident_id(born.replace(year=1950 + place // 1000 % 40), place % 1000),
            phone=f"139{place:08d}",
            organisation=f"第{place % 200}人民调解委员会",
            employment=Employment.PART_TIME,
            specialties=(FIELDS[place % 10], FIELDS[(place // 10) % 10]),
            languages=("普通话",),
        )
        ties = (
            Tie(kind=TieKind.KIN, name=f"亲{chr(0x4E00 + place % 3001)}{place % 7}", relation="兄弟"),
            Tie(kind=TieKind.CLIENT, name=f"客户{place % 1201}有限公司"),
        )
        made.append(Mediator(card=card, address=f"临江市清平区第{place}号路{place % 99}号", ties=ties))
    return made


def build(url: str, mediators: int, cases: int) -> Storage:
    """A centre of that size; the appointments of the archive are spread over the whole pool."""
    engine = open_engine(url)
    upgrade(engine)
    storage = Storage(engine)
    fill(BulkCases(storage), cases, 1)
    with storage.write() as work:
        work.pool.add(pool(mediators))
        spread = f"UPDATE case_mediators SET pool_no = 'M' || (1000 + (case_id * 7919 + line) % {mediators})"
        work.connection.execute(text(spread))
        work.connection.execute(text(MOVED))  # the time taken goes along with the appointments
    with engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("ANALYZE"))
    return storage


def median_ms(act: Callable[[], object]) -> float:
    """Median of some repetitions, in milliseconds."""
    taken = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        act()
        taken.append((time.perf_counter() - started) * 1000)
    return statistics.median(taken)


def measure(storage: Storage) -> tuple[float, float, float]:
    """First shortlist (reads the pool), later shortlists, one indexed query; in milliseconds."""
    cases = CaseService(storage, system_clock)
    waiting = cases.summaries(COUNTER, CaseQuery(states=tuple(OPEN), limit=50))
    keys = [line.case_key for line in waiting]
    choosing = ChoosingService(storage, cases, system_clock)
    started = time.perf_counter()
    choosing.shortlist(COUNTER, keys[0])
    first = (time.perf_counter() - started) * 1000
    turn = iter(keys * REPEATS)
    later = median_ms(lambda: choosing.shortlist(COUNTER, next(turn)))

    def one_query() -> None:
        with storage.read() as work:
            query = select(func.count()).where(case_mediators.c.pool_no == "M1500")
            work.connection.scalar(query)

    return first, later, median_ms(one_query)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mediators", type=int, default=5_000)
    parser.add_argument("--cases", type=int, nargs="+", default=[20_000, 200_000])
    parser.add_argument("--database", default="", help="an empty database; temporary SQLite files by default")
    given = parser.parse_args()
    for cases in given.cases:
        with tempfile.TemporaryDirectory(prefix="bench-shortlist-") as folder:
            url = given.database or f"sqlite:///{Path(folder) / 'desk.db'}"
            storage = build(url, given.mediators, cases)
            first, later, query = measure(storage)
            storage.close()
        print(
            f"{given.mediators:,} mediators, {cases:,} cases: shortlist {later:.1f} ms"
            f" = {later / query:.0f} x one indexed query ({query:.2f} ms); the first one {first:.0f} ms"
        )


if __name__ == "__main__":
    main()
