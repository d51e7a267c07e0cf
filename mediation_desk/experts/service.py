"""``ExpertService``: the pool as screens, choosing and the command line see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.experts.availability import next_free
from mediation_desk.experts.booking import Booking
from mediation_desk.experts.checking import Fault, problems
from mediation_desk.experts.composition import CompositionNotice, composition
from mediation_desk.experts.duplicates import Duplicate, differ_for_certain, duplicates, united
from mediation_desk.experts.engaging import changed, faults_of_change, from_card, settled, with_grade
from mediation_desk.experts.mediator import Mediator, Standing
from mediation_desk.experts.model import MediatorCard
from mediation_desk.experts.photo import shrunk
from mediation_desk.experts.ports import PoolStorage, PoolWork
from mediation_desk.experts.roster import Roster
from mediation_desk.experts.rules import pool_rules
from mediation_desk.experts.searching import Entry as Entry  # noqa: PLC0414  # what register() answers
from mediation_desk.experts.watch import notices
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import ConflictError, InputError, RuleError
from mediation_desk.shared.record import record

STALE = "另一位工作人员刚刚改过这位调解员的档案，请核对后重试；您填写的内容仍在。"


@record
class PoolEntry:
    """A card with the number of open cases behind it."""

    card: MediatorCard
    running: int


class ExpertService:
    """The expert pool: who is in it, what is kept of them, and what the centre should watch."""

    def __init__(self, storage: PoolStorage, clock: Clock, roster: Roster | None = None) -> None:
        self._storage = storage
        self._clock = clock
        self._roster = roster or Roster()

    def pool(self, actor: Actor) -> tuple[PoolEntry, ...]:
        """Everybody in the neutral order: fewest open cases first, then by number (§5.4)."""
        actor.require(Permission.EXPERT_READ)
        with self._storage.read(actor) as work:
            running = work.pool.running()
            entries = (
                PoolEntry(card=card, running=running.get(card.pool_no, 0)) for card in work.pool.cards()
            )
            return tuple(sorted(entries, key=lambda entry: (entry.running, entry.card.pool_no)))

    def register(self, actor: Actor, *, left: bool = False, until: date | None = None) -> tuple[Entry, ...]:
        """The register in the neutral order, with next free time and notices; with ``left`` also who has left.

        Bookings are those of the days looked ahead (``rules/pool.toml``), at least up to ``until``.
        """
        actor.require(Permission.EXPERT_READ)
        now, rules = self._clock(), pool_rules()
        on = local_day(now)
        last = max(on + timedelta(days=rules.office.days), until or on)
        with self._storage.read(actor) as work:
            staff = self._roster.mediators(work)
            running = work.pool.running()
            taken = _by_mediator(work.bookings.between(now, _end_of(last)))
        entries = (
            Entry(
                mediator=with_grade(one, on),
                running=(count := running.get(one.pool_no, 0)),
                next_free=next_free(one, booked, now, office=rules.office),
                notices=notices(one, on, running=count, rules=rules),
                bookings=booked,
            )
            for one in staff
            if left or one.standing is not Standing.LEFT
            for booked in (taken.get(one.pool_no, ()),)
        )
        return tuple(sorted(entries, key=lambda entry: (entry.running, entry.mediator.pool_no)))

    def mediator(self, actor: Actor, pool_no: str) -> Mediator:
        """One record. Raises ``InputError`` when there is none with this number."""
        actor.require(Permission.EXPERT_READ)
        with self._storage.read(actor) as work:
            return with_grade(_known(work, pool_no), local_day(self._clock()))

    def engage(self, actor: Actor, mediator: Mediator | MediatorCard) -> Mediator:
        """Take a mediator into the pool. Raises ``InputError`` naming the field; a number is never given twice."""
        actor.require(Permission.EXPERT_ENGAGE)
        on = local_day(self._clock())
        whole = from_card(mediator) if isinstance(mediator, MediatorCard) else mediator
        new = replace(settled(whole, on), has_photo=False, version=0)
        _refuse(problems(new, on))
        with self._storage.write(actor) as work:
            if work.pool.find(new.pool_no) is not None:
                raise InputError(f"编号{new.pool_no}已有人使用。", field="pool_no")
            _refuse_known_identity(work, new)
            work.pool.add([new])
            self._note(work, actor, "expert.engage", pool_no=new.pool_no)
            return _known(work, new.pool_no)

    def change(self, actor: Actor, after: Mediator, *, reason: str = "") -> Mediator:
        """Store a changed record; ``after.version`` is the one that was read.

        ``reason`` is why the standing changes, where the record does not say it itself. Raises ``InputError``
        naming the field and ``ConflictError`` when somebody saved in between.
        """
        actor.require(Permission.EXPERT_ENGAGE)
        with self._storage.write(actor) as work:
            before = _known(work, after.pool_no)
            if after.standing is not before.standing and reason:
                after = replace(after, standing_reason=reason)
            return self._save(work, actor, before, after, "expert.change")

    def note_export(self, actor: Actor, what: str) -> None:
        """Put on record that identity data of the pool left the desk on paper."""
        actor.require(Permission.EXPERT_EXPORT)
        with self._storage.write(actor) as work:
            self._note(work, actor, "expert.export", what=what)

    def set_standing(self, actor: Actor, pool_no: str, standing: Standing, on: date, reason: str) -> Mediator:
        """Suspend somebody, take back, or note that somebody left. Raises ``InputError`` without a reason."""
        actor.require(Permission.EXPERT_ENGAGE)
        with self._storage.write(actor) as work:
            before = _known(work, pool_no)
            after = replace(before, standing=standing, standing_on=on, standing_reason=reason)
            return self._save(work, actor, before, after, "expert.standing")

    def photo(self, actor: Actor, pool_no: str) -> bytes | None:
        """The photo (JPEG), if there is one."""
        actor.require(Permission.EXPERT_READ)
        with self._storage.read(actor) as work:
            return work.pool.photo(pool_no)

    def set_photo(self, actor: Actor, pool_no: str, photo: bytes | None) -> None:
        """Keep a photo (PNG or JPEG, shrunk and stripped) or take it away. Raises ``InputError`` for other files."""
        actor.require(Permission.EXPERT_ENGAGE)
        small = shrunk(photo) if photo is not None else None
        with self._storage.write(actor) as work:
            _known(work, pool_no)
            work.pool.keep_photo(pool_no, small)
            self._note(work, actor, "expert.photo", pool_no=pool_no, kept=small is not None)

    def duplicates(self, actor: Actor) -> tuple[Duplicate, ...]:
        """Pairs of records that probably speak of one person, with the reasons."""
        actor.require(Permission.EXPERT_READ)
        with self._storage.read(actor) as work:
            staff = self._roster.mediators(work)
        return duplicates(staff)

    def merge(self, actor: Actor, keep: str, drop: str) -> Mediator:
        """One record out of two: ``keep`` takes over what only ``drop`` knows.

        ``drop`` leaves the pool with the note 并入 when a case refers to it, otherwise it is removed. Raises
        ``RuleError`` when the identity numbers show two different people, ``InputError`` when the result
        would not be in order.
        """
        actor.require(Permission.EXPERT_ENGAGE)
        with self._storage.write(actor) as work:
            kept, dropped = _known(work, keep), _known(work, drop)
            _refuse_merge(kept, dropped)
            photo = work.pool.photo(drop) if dropped.has_photo and not kept.has_photo else None
            used = bool(work.pool.in_use([drop]))
            if used:
                work.pool.save(dropped, _merged_into(dropped, keep, local_day(self._clock())))
            else:
                work.pool.remove([drop])
            self._save(work, actor, kept, united(kept, dropped), "expert.merge", drop=drop, removed=not used)
            if photo is not None:
                work.pool.keep_photo(keep, photo)
            return _known(work, keep)

    def composition(self, actor: Actor) -> tuple[CompositionNotice, ...]:
        """What the bodies of the pool lack (LR-3, §5.3)."""
        actor.require(Permission.EXPERT_READ)
        with self._storage.read(actor) as work:
            staff = self._roster.mediators(work)
        return composition(staff, local_day(self._clock()))

    def _save(
        self, work: PoolWork, actor: Actor, before: Mediator, after: Mediator, action: str, **details: object
    ) -> Mediator:
        if after.version != before.version:
            raise ConflictError(STALE)
        on = local_day(self._clock())
        after = replace(settled(after, on), has_photo=before.has_photo, batch=before.batch)
        _refuse(faults_of_change(before, after, on))
        if after.card.id_no != before.card.id_no:
            _refuse_known_identity(work, after)
        fields = list(changed(before, after))
        if fields:
            after = work.pool.save(before, after)
        self._note(work, actor, action, pool_no=before.pool_no, fields=fields, **details)
        return after

    def _note(self, work: PoolWork, actor: Actor, action: str, **details: object) -> None:
        """Codes, field names and counts only: the audit trail names no people."""
        work.audit.write(at=self._clock(), account=actor.account, action=action, details=details)


def _known(work: PoolWork, pool_no: str) -> Mediator:
    found = work.pool.mediator(pool_no)
    if found is None:
        raise InputError(f"专家库里没有编号{pool_no}。", field="pool_no")
    return found


def _refuse(faults: Iterable[Fault]) -> None:
    for field, sentence in faults:
        raise InputError(sentence, field=field)


def _refuse_known_identity(work: PoolWork, mediator: Mediator) -> None:
    """One person has one record; who has left may come back under a new number."""
    if not mediator.card.id_no:
        return
    for card in work.pool.cards():
        if card.id_no == mediator.card.id_no and card.pool_no != mediator.pool_no:
            raise InputError(f"这个身份证号已登记在编号{card.pool_no}名下。", field="id_no")


def _refuse_merge(kept: Mediator, dropped: Mediator) -> None:
    if kept.pool_no == dropped.pool_no:
        raise InputError("合并需要两条不同的档案。", field="drop")
    if differ_for_certain(kept, dropped):
        raise RuleError(f"{kept.pool_no}与{dropped.pool_no}的身份证号不同，不是同一人，不能合并。")
    if kept.standing is Standing.LEFT:
        raise RuleError(f"{kept.pool_no}已离任，请保留另一条档案。")


def _merged_into(dropped: Mediator, keep: str, on: date) -> Mediator:
    return replace(dropped, standing=Standing.LEFT, standing_on=on, standing_reason=f"并入{keep}")


def _by_mediator(bookings: Iterable[Booking]) -> dict[str, tuple[Booking, ...]]:
    found: dict[str, list[Booking]] = {}
    for booking in bookings:
        found.setdefault(booking.pool_no, []).append(booking)
    return {pool_no: tuple(taken) for pool_no, taken in found.items()}


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max).astimezone()
