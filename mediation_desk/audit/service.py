"""``AuditService``: the trail for who reviews it, its check, and the anchors that leave the building."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.anchors import Anchor, code_of, keep, kept
from mediation_desk.audit.closing import Day, Done
from mediation_desk.audit.findings import Report
from mediation_desk.audit.ports import AuditStorage, AuditWork
from mediation_desk.audit.reading import EntryQuery, Line, of_the_act
from mediation_desk.audit.rules import audit_rules
from mediation_desk.audit.verifying import verify
from mediation_desk.shared.clock import Clock, local_day, local_moment
from mediation_desk.shared.watching import Watch

READ, CHECK, CLOSE = "audit.read", "audit.check", "audit.close"
PRINT, EXPORT = "paper.print", "paper.export"
"""A paper that belongs to no case, or a file, left the desk."""


class AuditService:
    """Reads and checks the trail. ``folder`` holds the file of anchors; who reads the log stands in it, too."""

    def __init__(self, storage: AuditStorage, clock: Clock, folder: Path) -> None:
        self._storage = storage
        self._clock = clock
        self._folder = folder

    @property
    def now(self) -> datetime:
        """The moment on the clock of the trail, for what is printed beside an entry."""
        return self._clock()

    def lines(self, actor: Actor, query: EntryQuery) -> tuple[Line, ...]:
        """Entries for review, newest first: account, act and case, with reasons and search words, no case content.

        Looking is an act itself; further pages and other filters within minutes belong to the same look.
        """
        actor.require(Permission.AUDIT_READ)
        with self._storage.write(actor) as work:
            if query.person or not work.audit.continues(actor.account, READ, None, self._clock()):
                self._note(work, actor, READ, query)
            found = work.trail.listed(query)
        return tuple(replace(line, words=of_the_act(line.words)) for line in found)

    def accounts(self, actor: Actor) -> tuple[str, ...]:
        """Everybody in the log, for narrowing."""
        actor.require(Permission.AUDIT_READ)
        with self._storage.read(actor) as work:
            return work.trail.accounts()

    def check(self, actor: Actor, given: Sequence[Anchor] = (), *, watch: Watch | None = None) -> Report:
        """Check the whole chain against its anchors and those ``given``; that it was checked stands in the log."""
        actor.require(Permission.AUDIT_READ)
        with self._storage.read(actor) as work:
            report = verify(work.chain, self._storage.audit_key, (*self.anchors, *given), watch=watch)
        with self._storage.write(actor) as work:
            details = {"entries": report.counts.entries, "findings": len(report.findings)}
            work.audit.write(at=self._clock(), account=actor.account, action=CHECK, details=details)
        return report

    def check_tail(self) -> Report:
        """Check the newest entries and all anchors, as the program does when it starts."""
        with self._storage.read(PROGRAM) as work:
            first = work.chain.last() - audit_rules().tail + 1
            return verify(work.chain, self._storage.audit_key, self.anchors, first=first)

    def look_after(self) -> Report:
        """What the open window does at start and every hour: check the tail, and keep one anchor a day."""
        report = self.check_tail()
        today = local_day(self._clock())
        if report.sound and not any(one.at and local_day(one.at) == today for one in self.anchors):
            self.anchor("每日")
        return report

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """What was kept in the data folder."""
        return kept(self._folder)

    def anchor(self, origin: str) -> Anchor | None:
        """Where the chain stands now, told to the file of anchors as well; None while nothing is in it.

        ``origin`` says where the code will stand: on a paper, in a backup, at the end of the day.
        """
        standing = self.standing()
        if standing is None:
            return None
        anchor = replace(standing, origin=origin)
        keep(self._folder, anchor)
        return anchor

    def close(self, actor: Actor, on: date | None = None) -> Day:
        """The sheet of a day leaves the desk: an entry, what the sheet tells with it, and its anchor kept here, too."""
        actor.require(Permission.DOCUMENT_PRINT)
        day = on or local_day(self._clock())
        details = {"day": day.isoformat()}
        with self._storage.write(actor) as work:
            work.audit.write(at=self._clock(), account=actor.account, action=CLOSE, details=details)
            told = self._day(work, day)
        if told.anchor is not None:
            keep(self._folder, replace(told.anchor, origin=f"日结单 {day.isoformat()}"))
        return told

    def standing(self) -> Anchor | None:
        """Where the chain stands now, told to nobody."""
        with self._storage.read(PROGRAM) as work:
            return self._standing(work)

    def _standing(self, work: AuditWork) -> Anchor | None:
        last = work.chain.last()
        link = work.chain.link_at(last) if last else None
        if link is None:
            return None
        return Anchor(seq=last, code=code_of(link), at=self._clock())

    def day(self, actor: Actor, on: date | None = None) -> Day:
        """What was done on a day, in numbers, for the closing sheet; its anchor is of now."""
        actor.require(Permission.DOCUMENT_PRINT)
        with self._storage.read(actor) as work:
            return self._day(work, on or local_day(self._clock()))

    def _day(self, work: AuditWork, day: date) -> Day:
        begins, ends = local_moment(day), local_moment(day + timedelta(days=1))
        counted = work.trail.between(begins, ends)
        flagged = len(work.trail.listed(EntryQuery(first=begins, last=ends, flagged=True)))
        done = tuple(Done(account=who, action=what, count=number) for who, what, number in counted)
        return Day(on=day, done=done, flagged=flagged, anchor=self._standing(work))

    def demand(self, actor: Actor) -> None:
        """Raise ``StorageError`` where an act that cannot be taken back could not be put on record afterwards."""
        with self._storage.write(actor) as work:
            work.audit.demand()

    def note(self, actor: Actor, action: str, *, case_key: str | None = None, **details: object) -> None:
        """Put an act on record that changes nothing in the database: a list printed, a file handed out."""
        with self._storage.write(actor) as work:
            work.audit.write(
                at=self._clock(), account=actor.account, action=action, case_key=case_key, details=details
            )

    def _note(self, work: AuditWork, actor: Actor, action: str, query: EntryQuery) -> None:
        details = {
            "kind": query.kind,
            "account": query.account,
            "flagged": query.flagged,
            "case": query.case_key,
        }
        work.audit.write(
            at=self._clock(),
            account=actor.account,
            action=action,
            details={name: value for name, value in details.items() if value},
            words={"words": query.person} if query.person else None,
        )
