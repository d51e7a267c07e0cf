"""Two cases and a pool on one database: what is looked at before and after every act, and what is always true."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import Engine, func, select

from db.tables.cases import cases
from db.tables.centre import audit
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.checks import problems
from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.choice.ballot import Ballot, Disclosure
from mediation_desk.experts.model import RecusalResult, Role
from mediation_desk.shared.errors import DeskError
from tests.persistence.choosing_world import Desk, blank, days, pool_of, unfit


class Seen(NamedTuple):
    """Everything on record about one case."""

    file: CaseFile
    ballots: tuple[Ballot, ...]
    disclosures: tuple[Disclosure, ...]
    history: int
    audit: int

    @property
    def key(self) -> str:
        """The case."""
        return self.file.case_key

    @property
    def parties(self) -> tuple[str, ...]:
        """Who marks."""
        return tuple(party.ref for party in self.file.parties)

    @property
    def round(self) -> Ballot | None:
        """The round under way."""
        return next((one for one in self.ballots if one.is_open), None)

    @property
    def silent(self) -> tuple[str, ...]:
        """Who has not sealed in the round under way."""
        return self.round.silent(self.parties) if self.round else ()

    @property
    def under_way(self) -> bool:
        """Accepted and not ended."""
        return self.file.intake.accepted_on is not None and self.file.ending is None

    @property
    def serving(self) -> tuple[str, ...]:
        """Who was appointed."""
        return tuple(one.pool_no for one in self.file.mediators)


class Consent(NamedTuple):
    """What the parties of a case know of one mediator, and who agreed to it."""

    text: str
    known: Counter[tuple[str, str]]
    accepted: frozenset[str]


class Machine(RuleBasedStateMachine):
    """``act`` holds every act to what is always true; the rules themselves stand in the test."""

    template: Path
    engine: Engine
    """The same for every example: it remembers the statements it once compiled."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk(blank(self.engine, self.template))
        self.desk.engage()
        self.seen: dict[str, Seen] = {}
        self.changed: set[str] = set()
        self.closed: dict[tuple[str, int], Ballot] = {}
        self.recused: set[tuple[str, str]] = set()
        self.consents: dict[tuple[str, str], Consent] = {}

    def teardown(self) -> None:
        self.desk.storage.close()

    def look(self, key: str, known: CaseFile | None = None) -> Seen:
        """The case as stored; the whole file is read again only where its version moved."""
        with self.desk.storage.read() as work:
            version = work.connection.scalar(select(cases.c.version).where(cases.c.case_key == key))
            file = known if known is not None and known.version == version else work.cases.find(key)
            assert file is not None
            written = select(func.count()).select_from(audit).where(audit.c.case_key == key)
            return Seen(
                file=file,
                ballots=work.choosing.ballots(key),
                disclosures=work.choosing.disclosures(key),
                history=len(work.cases.history(key)),
                audit=work.connection.scalar(written) or 0,
            )

    def act(self, seen: Seen, call: Callable[[], object], *, audited: int = 1, loop: int = 0) -> Seen | None:
        """Do it. Refused, it left no trace and said why in Chinese; done, it left the traces told, and no other.

        ``audited`` and ``loop`` are the lines expected in the audit trail and in the closed loop.
        """
        before, key = self.seen[seen.key], seen.key
        error = refusal(call)
        if error is not None:
            assert re.search("[\u4e00-\u9fff]", error.message), error.message
            assert not re.search(r"[A-Za-z]{5}|\n", error.message), error.message
            assert self.look(key, before.file) == before, error.message
            return None
        after = self.seen[key] = self.look(key, before.file)
        moved = after.file.version - before.file.version
        assert moved in (0, 1)
        assert after.history - before.history == moved
        assert after.audit - before.audit == audited
        assert len(after.file.closed_loop) - len(before.file.closed_loop) == loop
        granted = (one for one in after.file.recusals if one.result is RecusalResult.GRANTED)
        self.recused.update((key, one.mediator) for one in granted)
        self.changed.add(key)
        return after

    # The second opinion

    def against(
        self, file: CaseFile, pool_no: str, back: int = 0, language: str = "", waived: bool = True
    ) -> list[str]:
        """Everything against one mediator as things stand, but what all parties live with if it is ``waived``."""
        one = pool_of(self.desk.storage).get(pool_no)
        if one is None:
            return ["不在库"]
        others = [seen.file for seen in self.seen.values()]
        on = self.desk.today - days(back)
        kept = self.kept(file, pool_no) if waived else Counter[tuple[str, str]]()
        return unfit(one, file, others, on, language=language, kept=kept)

    def kept(self, file: CaseFile, pool_no: str) -> Counter[tuple[str, str]]:
        """The bonds everybody knows of and lives with."""
        consent = self.consents.get((file.case_key, pool_no))
        if consent is None or not consent.accepted >= {party.ref for party in file.parties}:
            return Counter()
        return consent.known

    # What is always true

    @invariant()
    def files_are_sound(self) -> None:
        for key in self.changed:
            file = self.seen[key].file
            assert problems(file) == ()
            presiding = [one for one in file.mediators if one.role is Role.PRESIDING]
            assert len(presiding) == bool(file.mediators)
            assert not self.recused & {(key, one.pool_no) for one in file.mediators}

    @invariant()
    def a_closed_round_never_changes(self) -> None:
        for key, seen in self.seen.items():
            assert [one.no for one in seen.ballots] == list(range(1, len(seen.ballots) + 1))
            assert [one.no for one in seen.ballots if one.is_open] in ([], [len(seen.ballots)])
            for one in seen.ballots:
                if not one.is_open:
                    assert self.closed.setdefault((key, one.no), one) == one

    @invariant()
    def nobody_reads_marks_before_all_have_sealed(self) -> None:
        for key in self.changed:
            seen = self.seen[key]
            if seen.round is None or not seen.silent:
                continue
            told = self.desk.choosing.ballots(COUNTER, key)[-1]
            assert [(one.party, one.sealed) for one in told.marks] == [
                (one.party, one.sealed) for one in seen.round.marks
            ]
            assert not any(one.ranks or one.strikes for one in told.marks)
            asked = seen.silent[-1]
            assert self.desk.choosing.ballot_paper(COUNTER, key, asked).mark == seen.round.mark_of(asked)
        self.changed.clear()  # the last of the invariants that look at what changed


def refusal(call: Callable[[], object]) -> DeskError | None:
    """The error that refused the call; whatever else is raised is a fault and passes."""
    try:
        call()
    except DeskError as error:
        return error
    return None
