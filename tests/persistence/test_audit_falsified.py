"""S9: whatever is done to the chain, the check finds it and names the place; a checksum in each row does not."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from sqlalchemy import text

from db.engine import open_engine
from db.migrate import upgrade
from db.unit_of_work import Storage
from mediation_desk.audit.anchors import Anchor
from mediation_desk.audit.findings import Tamper
from mediation_desk.audit.verifying import verify
from tests.persistence.chained import KEY, anchor, behind_its_back, checked, write
from tests.persistence.falsifying import Copy, falsified, row_checksums_notice, taken

TRIES = 30


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Copy, Anchor]:
    """Sixty entries as the program wrote them, and what was printed afterwards."""
    file = tmp_path_factory.mktemp("chain") / "desk.db"
    engine = open_engine(f"sqlite:///{file}")
    upgrade(engine)
    storage = Storage(engine)
    storage.seal_audit(KEY)
    write(storage, 60, at_once=60)
    try:
        return taken(storage), anchor(storage)
    finally:
        storage.close()


@pytest.mark.parametrize("cunning", [False, True], ids=["careless", "cunning"])
@pytest.mark.parametrize("kind", Tamper)
def test_every_crime_is_found_and_placed(whole: tuple[Copy, Anchor], kind: Tamper, cunning: bool) -> None:
    chain, printed = whole
    dice = Random(f"{kind}{cunning}")
    for _ in range(TRIES):
        crime = falsified(kind, chain, dice, cunning=cunning)
        report = verify(crime.chain, KEY, [printed])
        assert not report.sound
        assert crime.first in [one.first for one in report.findings], (crime.first, report.findings)
        if not cunning:
            named = [(one.kind, one.first) for one in report.findings]
            assert (kind, crime.first) in named, (crime.first, report.findings)


def test_a_chain_nobody_touched_raises_no_alarm(whole: tuple[Copy, Anchor]) -> None:
    chain, printed = whole

    assert verify(chain, KEY, [printed]).sound


def test_checksums_in_the_rows_do_not_do_it(whole: tuple[Copy, Anchor]) -> None:
    """The control: two classes of eight, none when the checksums are computed anew."""
    chain, _printed = whole
    noticed: Counter[tuple[Tamper, bool]] = Counter()
    for kind in Tamper:
        dice = Random(f"{kind}control")
        for _ in range(TRIES):
            crime = falsified(kind, chain, dice, cunning=False)
            for recomputed in (False, True):
                noticed[kind, recomputed] += row_checksums_notice(chain, crime, recomputed=recomputed)
    always = {
        recomputed: [kind for kind in Tamper if noticed[kind, recomputed] == TRIES]
        for recomputed in (False, True)
    }

    assert always == {False: [Tamper.EDIT, Tamper.FORGERY], True: []}


CRIMES: dict[str, tuple[tuple[str, ...], Tamper, int]] = {
    "edit": (("UPDATE audit SET account = 'x' WHERE seq = 7",), Tamper.EDIT, 7),
    "deletion": (
        ("DELETE FROM audit_words WHERE seq = 7", "DELETE FROM audit WHERE seq = 7"),
        Tamper.DELETION,
        7,
    ),
    "tail": (
        ("DELETE FROM audit_words WHERE seq > 18", "DELETE FROM audit WHERE seq > 18"),
        Tamper.CUT_TAIL,
        19,
    ),
    "head": (
        ("DELETE FROM audit_words WHERE seq < 4", "DELETE FROM audit WHERE seq < 4"),
        Tamper.CUT_HEAD,
        1,
    ),
    "wipe": (("DELETE FROM audit_words", "DELETE FROM audit"), Tamper.WIPE, 1),
    "forgery": (
        (
            """INSERT INTO audit SELECT 21, at, 'x', action, case_key, person, result, clock, details, '', seal, link
            FROM audit WHERE seq = 20""",
        ),
        Tamper.FORGERY,
        21,
    ),
    "duplicate": (
        (
            """INSERT INTO audit SELECT 21, at, account, action, case_key, person, result, clock, details, words,
            seal, link FROM audit WHERE seq = 20""",
        ),
        Tamper.DUPLICATE,
        21,
    ),
    "swap": (
        (
            "UPDATE audit SET seq = -5 WHERE seq = 5",
            "UPDATE audit SET seq = 5 WHERE seq = 11",
            "UPDATE audit SET seq = 11 WHERE seq = -5",
        ),
        Tamper.SWAP,
        5,
    ),
}


@pytest.mark.parametrize("crime", CRIMES)
def test_crimes_in_the_database_itself(storage: Storage, crime: str) -> None:
    statements, kind, place = CRIMES[crime]
    storage.seal_audit(KEY)
    write(storage, 20, at_once=20)
    with behind_its_back(storage) as connection:
        for statement in statements:
            connection.execute(text(statement))

    assert (kind, place) in [(one.kind, one.first) for one in checked(storage).findings]


def test_who_owns_the_open_key_is_caught_by_paper_only(storage: Storage) -> None:
    """A practice centre: its key lies beside the chain, so whoever rewrites both leaves nothing but the anchor."""
    write(storage, 20, at_once=20)
    printed = anchor(storage)
    whole = taken(storage)
    with behind_its_back(storage) as connection:
        connection.execute(text("DELETE FROM audit_words"))
        connection.execute(text("DELETE FROM audit"))
        connection.execute(text("UPDATE audit_head SET seq = 0, link = '', proved_seq = 0, seal = ''"))
    write(storage, len(whole.lines), at_once=20, first=1)

    assert checked(storage, key=None).sound
    found = checked(storage, [printed], key=None).findings
    assert [(one.kind, one.last) for one in found] == [(Tamper.FORGERY, 20)]
