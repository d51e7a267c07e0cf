"""The acceptance cases as they stood before anybody signed, on file in a real database; and who signed how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.agreements.model import Confirmation
from mediation_desk.agreements.signing import Signer, Signing, SignWay
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.signing import MarkMembers, Sign
from mediation_desk.cases.steps.step import Step
from mediation_desk.interchange.reader import read_case
from tests.shared_cases import FILES

BOTH = (SignWay.SIGNATURE, SignWay.FINGERPRINT)
SEALED = (SignWay.SIGNATURE, SignWay.SEAL)
AS_OF = date(2026, 10, 31)


def service(storage: Storage) -> CaseService:
    """On the day the acceptance cases are judged on."""
    return CaseService(storage, lambda: datetime(2026, 10, 31, 2, 0, tzinfo=UTC))


def recorded(key: str) -> CaseFile:
    """The case as it is written down."""
    return next(read_case(path.read_bytes()) for path in FILES if path.name.startswith(key))


def unsigned(key: str) -> CaseFile:
    """The same before the first signature: everything that follows is taken off."""
    file = recorded(key)
    assert file.agreement is not None
    assert file.outcome is not None
    ended = file.outcome.concluded_on
    return replace(
        before_court(file),
        agreement=replace(file.agreement, signatures=()),
        performance=(),
        closed_loop=tuple(entry for entry in file.closed_loop if entry.on <= ended),
    )


def before_court(file: CaseFile) -> CaseFile:
    """The case without what came after its agreement, performance excepted."""
    return replace(
        file,
        judicial_confirmation=Confirmation(),
        followups=(),
        feedback_to_source=None,
        archive=None,
    )


def all_due(file: CaseFile) -> CaseFile:
    """C08: ten days after the missed instalment of 15 August everything left fell due (clause 4)."""
    fell = date(2026, 8, 26)
    rows = tuple(
        replace(row, accelerated_on=fell) if row.done_on is None and row.due_on > fell else row
        for row in file.performance
    )
    return replace(file, performance=rows)


def on_file(cases: CaseService, file: CaseFile) -> CaseFile:
    """The case in the database."""
    return cases.take_over(COUNTER, file)[0]


def taken(cases: CaseService, file: CaseFile, *steps: Step) -> CaseFile:
    """The case after these steps, as the database gives it back."""
    for step in steps:
        file = cases.perform(COUNTER, file.case_key, step, version=file.version)
    assert cases.file(COUNTER, file.case_key) == file
    return file


def own(ref: str) -> Signing:
    """A natural person signs and fingerprints."""
    return Signing(ref=ref, ways=BOTH)


def agent(ref: str, name: str, seal: str = "") -> Signing:
    """An agent signs, the seal is put on."""
    return Signing(ref=ref, by=Signer.AGENT, name=name, ways=SEALED, seal=seal)


def places(on: date, signings: tuple[Signing, ...], *office: str) -> tuple[Step, ...]:
    """The parties in detail, the office as usual."""
    return (
        *(Sign(ref=one.ref, on=on, signing=one) for one in signings),
        *(Sign(ref=ref, on=on) for ref in office),
    )


WAYS: dict[str, Callable[[CaseFile], tuple[Step, ...]]] = {
    "C01": lambda _: places(
        date(2026, 3, 24), (own("A1"), own("B1"), agent("B2", "卢倩")), "M01", "M08", "R01", "ORG"
    ),
    "C02": lambda file: (
        MarkMembers(group="A1", on=date(2026, 1, 27), signed=tuple(m.ref for m in file.members_of("A1"))),
        Sign(ref="A1", on=date(2026, 1, 27)),
        *places(
            date(2026, 1, 27),
            (
                Signing(ref="B1", by=Signer.LEGAL, ways=SEALED),
                agent("B2", "沈毅"),
                agent("B3", "郝静"),
            ),
            "M03", "M09", "R01", "ORG",
        ),
    ),
    "C03": lambda _: places(date(2026, 5, 27), (own("A1"), own("B1")), "M02", "R01", "ORG"),
    "C04": lambda _: places(
        date(2026, 4, 2), (own("A1"), own("B1"), agent("B2", "毕扬", "理赔专用章")), "M04", "R01", "ORG"
    ),
    "C05": lambda _: places(
        date(2026, 9, 2),
        (own("A1"), agent("B1", "乔雪"), agent("B2", "易凡")),
        "M05", "M06", "R02", "ORG",
    ),
    "C06": lambda _: places(
        date(2026, 5, 8),
        (
            own("A1"),
            Signing(ref="B1", ways=(SignWay.FINGERPRINT,), reason="不会写字", scribe="马骁"),
        ),
        "M07", "R03", "ORG",
    ),
    "C07": lambda file: (
        MarkMembers(
            group="B1",
            on=date(2026, 6, 8),
            mandated=tuple(m.ref for m in file.members_of("B1") if not m.is_representative),
            note="推选书并授权签署",
        ),
        MarkMembers(
            group="B1",
            on=date(2026, 6, 30),
            signed=tuple(m.ref for m in file.members_of("B1") if m.is_representative),
        ),
        *places(date(2026, 6, 30), (agent("A1", "于淼"),), "B1", "G01", "M08", "R04", "ORG"),
    ),
    "C08": lambda _: places(
        date(2026, 5, 12),
        (own("A1"), own("B1"), Signing(ref="B2", ways=(SignWay.ELECTRONIC,))),
        "M09", "R01", "ORG",
    ),
    "C10": lambda _: places(
        date(2026, 8, 6),
        (
            *(own(f"A{number}") for number in range(1, 7)),
            Signing(ref="B1", by=Signer.OPERATOR, ways=SEALED, seal="印章"),
        ),
        "M10", "R01", "ORG",
    ),
}  # fmt: skip
"""How each written agreement of the acceptance cases was signed, in steps."""
