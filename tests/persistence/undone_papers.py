"""Acts to be made to fail: papers, scans, seals and packages that leave the room or come into it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Desk
from mediation_desk.cases.ink.binding import Point, bind, strokes_json
from mediation_desk.cases.ink.mark import Handwriting
from mediation_desk.cases.ink.tray import Tray, trays
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.steps.handwriting import KeepHandwriting
from mediation_desk.cases.steps.inking import (
    AddCorrection,
    DropPaper,
    InkPaper,
    MarkInk,
    Spot,
    VoidInk,
)
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.documents.handwriting import picture_of
from mediation_desk.documents.sealing.service import Sealing
from mediation_desk.hearings.model import SessionMode
from mediation_desk.interchange.packages.model import Outcome
from mediation_desk.interchange.packages.service import Packages
from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.quarantine.process import workshop
from tests.documents.certificate import PASSWORD as OF_CERTIFICATE
from tests.documents.certificate import made
from tests.documents.scan_store import picture
from tests.persistence import remote_acts as remote
from tests.persistence.account_desk import cheap
from tests.persistence.lifecycle_stories import in_state
from tests.persistence.package_world import PASSWORD, foreign, record_of, told_by
from tests.persistence.undone import Act
from tests.persistence.undone_room import TODAY, Acts, again, hire, in_room


def papers(desk: Desk, folder: Path) -> Acts:
    """What is written into ``folder`` and taken from it; the mediators may be there already."""
    hire(desk)
    out = folder / "out"
    yield from _remote(desk, out)
    yield from _ink(desk, out)
    yield from _bound(desk, out)
    yield from _scanned(desk, folder)
    yield from _packed(desk, folder)


def _remote(desk: Desk, out: Path) -> Acts:
    key = in_room(desk, remote.ARRANGED, remote.AGREED, mode=SessionMode.REMOTE)
    invited = desk.invitations
    yield (
        "invitations.write_cards",
        again(lambda: invited.write_cards(COUNTER, key, 1, ("pdf", "docx"), out)),
    )
    yield "invitations.write_calendars", again(lambda: invited.write_calendars(COUNTER, key, 1, out))
    yield (
        "schedules.write_session",
        again(
            lambda: desk.schedules.write_session(COUNTER, key, 1, date(2026, 3, 16), out, for_parties=True)
        ),
    )


def _ink(desk: Desk, out: Path) -> Acts:
    key = in_state(desk.cases, State.AGREED_UNSIGNED).case_key
    desk.printing.write(COUNTER, key, "agreement", ("pdf",), out)
    tray = _tray(desk, key)
    paper = InkPaper(form=tray.form, no=tray.paper_no, version=tray.version)
    spots = tuple(Spot(place=one.key, copies=tuple(range(1, tray.copies + 1))) for one in tray.places)
    steps: tuple[Step, ...] = (
        MarkInk(paper=paper, spots=spots, on=TODAY),
        AddCorrection(paper=paper, page=1, what="“九百”改为“一千”", initials=("甄有理",), on=TODAY),
        VoidInk(nos=(1,), corrections=(1,), reason="看错了人"),
        KeepHandwriting(written=_drawn(desk, key, tray)),
    )
    for step in steps:
        yield type(step).__name__, again(lambda step=step: desk.cases.perform(COUNTER, key, step))  # type: ignore[misc]  # bound at once
    yield (
        "printing.write_signed",
        again(lambda: desk.printing.write_signed(COUNTER, key, "agreement", ("pdf", "docx"), out)),
    )
    drop = DropPaper(paper=paper, reason="只供当事人看", on=TODAY)
    yield "DropPaper", again(lambda: desk.cases.perform(COUNTER, key, drop))
    noted = PrintedPaper(
        at=desk.clock(), account="窗口", form="rights", title="权利义务", file_name="x.pdf", pages=1,
        sha256="0" * 64,
    )  # fmt: skip
    yield "cases.note_papers", again(lambda: desk.cases.note_papers(COUNTER, key, [noted]))


def _tray(desk: Desk, key: str) -> Tray:
    return trays(desk.cases.file(COUNTER, key), desk.cases.papers(COUNTER, key))[-1]


def _drawn(desk: Desk, key: str, tray: Tray) -> Handwriting:
    strokes = ((Point(t=0, x=5, y=5, p=0.4), Point(t=40, x=90, y=40, p=0.9)),)
    kept = [desk.attachments.put_bytes(one).sha256 for one in (strokes_json(strokes), picture_of(strokes))]
    drawn = Handwriting(
        no=0, form=tray.form, paper_no=tray.paper_no, version=tray.version, place="1", name="甄有理",
        at=desk.clock(), strokes=kept[0], picture=kept[1], bound="", noted_by="",
    )  # fmt: skip
    return replace(drawn, bound=bind(key, drawn))


def _bound(desk: Desk, out: Path) -> Acts:
    key, volumes = in_state(desk.cases, State.PERFORMED).case_key, desk.volumes
    sealing = Sealing(desk.cases, desk.printing, lambda: datetime.now(UTC))  # the certificate is of today
    yield "volumes.write", again(lambda: volumes.write(COUNTER, key, out))
    yield "volumes.write split", again(lambda: volumes.write(COUNTER, key, out, split=True))
    yield (
        "volumes.print",
        again(lambda: volumes.print(COUNTER, key, out / "printed", lambda _pdf: None, 2)),
    )
    yield (
        "sealing.seal",
        again(lambda: sealing.seal_into(COUNTER, key, "agreement", made()[0], OF_CERTIFICATE, out)),
    )


def _scanned(desk: Desk, folder: Path) -> Acts:
    key, widths = in_room(desk), count(800)

    def make() -> Act:
        scan = folder / "扫描.jpg"
        scan.write_bytes(picture((next(widths), 1169)))  # a file comes into a case once
        return lambda: desk.scanning.take(COUNTER, key, scan)

    try:
        yield "scanning.take", make
    finally:
        workshop.close()


def _packed(desk: Desk, folder: Path) -> Acts:
    key, out = in_room(desk), folder / "out" / "案件.mdpack"
    packages = Packages(desk.storage, desk.cases, desk.exports, desk.attachments, desk.clock, cheap)
    yield (
        "packages.pack",
        again(lambda: packages.pack(COUNTER, (key,), out, reason="带到村里", password=PASSWORD)),
    )
    theirs, named = folder / "外来.mdpack", "AJ2026000091"
    record = record_of(out, key)
    trust = foreign(theirs, (named, told_by(record | {"case": record["case"] | {"case_key": named}})))
    yield "packages.look", again(lambda: packages.look(COUNTER, theirs, PASSWORD, trust=trust))
    yield "packages.join", again(lambda: _joined(packages, theirs, trust))


def _joined(packages: Packages, path: Path, trust: str) -> None:
    """A bad case is told with the others and stops nobody."""
    for line in packages.join(COUNTER, path, PASSWORD, trust=trust).lines:
        if line.outcome is Outcome.BAD:
            raise RuleError(f"{line.reason}。")
