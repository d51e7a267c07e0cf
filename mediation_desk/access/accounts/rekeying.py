"""Another data key, for everybody who may still sign in: nobody's password is needed, nobody who left gets it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from mediation_desk.access.accounts import granting
from mediation_desk.access.accounts.entering import Entrance
from mediation_desk.access.accounts.model import Account, folded_name
from mediation_desk.access.accounts.ports import AccountWork
from mediation_desk.access.accounts.recovery_code import new_code, typed_code
from mediation_desk.access.accounts.rekeyed import KeyStanding, Rekeyed, Renewal
from mediation_desk.access.accounts.ring import Ring, ring_of, turned, without_former_files
from mediation_desk.access.accounts.rules import access_rules
from mediation_desk.access.accounts.tries import who
from mediation_desk.access.accounts.wrapping import RECOVERY, Wrap, new_key, rewrapped
from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.access.four_eyes import RULE, Act
from mediation_desk.access.permissions import Permission
from mediation_desk.shared.errors import DeskError, InputError, RuleError
from mediation_desk.shared.watching import Watch

NO_KEY = "演练用的中心没有口令和密钥，不能开立账号；要练习，请先建立第一个账号再登录。"
NO_REASON = "请写明为什么换钥匙，例如“王芳离职”。"
OLD_SHEET = "保险柜里的恢复单是以前版本做的，换钥匙以后就打不开数据：请同时换新的恢复单。没有换钥匙。"
OLD_OWN = "您的账号还没有换成新的格式，请退出重新登录一次，再换钥匙。没有换钥匙。"
TWO = "本中心规定换钥匙要两位系统管理员在场：请由另一位输入自己的账号和口令。"


class Rekeying(Entrance):
    """The data key of a centre: how it stands, and its change."""

    def key_standing(self, actor: Actor) -> KeyStanding:
        """When the data key was changed last, who left since, whom a change would leave out."""
        actor.require(Permission.ACCOUNT_MANAGE)
        with self._storage.read(actor) as work:
            every, holders, number = work.accounts.all(), work.keys.holders(), work.keys.number
            sealed = work.keys.turn()
            ring = ring_of(self._key(), sealed) if sealed and self._seat.key else None
            active = [one for one in every if one.active]
            names = (*(one.name for one in active), RECOVERY)
            old = tuple(name for name in names if (kept := work.keys.wrap(name)) and not kept.public)
        return KeyStanding(
            number=number,
            changed_at=ring.made_at if ring else None,
            left=tuple(one for one in every if not one.active and one.left_turn == number),
            waiting=tuple(one for one in active if who(one.name) not in holders),
            old=old,
            files=bool(ring and ring.former_files),
        )

    def rekey(
        self,
        actor: Actor,
        reason: str,
        *,
        new_sheet: bool = False,
        second: tuple[str, str] | None = None,
        back_up: Callable[[], object] = lambda: None,
        watch: Watch | None = None,
    ) -> Rekeyed:
        """Change the data key. Passwords stay what they are, the recovery sheet too unless a ``new_sheet`` is wanted.

        ``back_up`` is called before anything is changed, once what was said is in order.
        ``second``: name and password of another administrator, where the rules ask for two. Raises ``RuleError``
        where somebody put a public key of his own among the holders' and for an old sheet, ``InputError`` without a
        reason, ``StorageError`` and ``Stopped``; then the old key is in force.
        """
        actor.require(Permission.ACCOUNT_MANAGE)
        why = " ".join(reason.split())
        if not why:
            raise InputError(NO_REASON, field="reason")
        seconded = self._seconded(actor, second)
        back_up()
        old, new, code = self._key(), new_key(), new_code() if new_sheet else ""
        sheet = self._wrapped(new, typed_code(code), RECOVERY, self._cost()) if code else None
        made = list[tuple[Renewal, tuple[str, ...]]]()

        def prepare(work: AccountWork) -> Renewal:
            ring = ring_of(old, work.keys.turn())
            every = work.accounts.all(alone=True)
            wraps, waiting = _held(work, every, old, new)
            if actor.account in waiting:
                raise RuleError(OLD_OWN)
            wraps = (*wraps, sheet or _sheet(work, old, new))
            renewal = self._renewal(work.keys.number + 1, new, ring, wraps)
            details = {"number": renewal.turn.number, "reason": why, "waiting": list(waiting)}
            self._note(work, actor.account, "account.rekey", actor.account, **details, **seconded)
            made.append((renewal, waiting))
            return renewal

        try:
            self._storage.rekey(actor, prepare, watch)
        except BaseException:
            if made:
                self._note_undone(actor)
            raise
        if self._seat.taken:
            self._seat.take(replace(self._seat.actor, in_full=False), new)
        else:  # locked meanwhile
            self._storage.lock()
        ((renewal, waiting),) = made
        return Rekeyed(number=renewal.turn.number, waiting=waiting, code=code)

    def forget_former_files(self, actor: Actor) -> None:
        """No file is sealed under a former key any more."""
        actor.require(Permission.ACCOUNT_MANAGE)
        with self._storage.write(actor) as work:
            if (turn := work.keys.turn()) is not None:
                work.keys.change_turn(without_former_files(turn, self._key()))
            self._note(work, actor.account, "files.rekeyed", actor.account)

    def _renewal(self, number: int, key: bytes, before: Ring, wraps: tuple[Wrap, ...]) -> Renewal:
        turn = turned(number, key, before, self._clock())
        return Renewal(turn=turn, ring=ring_of(key, turn), wraps=wraps)

    def _note_undone(self, actor: Actor) -> None:
        """What stands in the log as begun was not done."""
        with suppress(DeskError), self._storage.write(actor) as work:
            self._note(work, actor.account, "account.rekey_undone", actor.account)

    def _seconded(self, actor: Actor, second: tuple[str, str] | None) -> dict[str, object]:
        """Who stands beside, where the rules ask for two. Raises as ``sign_in``, and ``RuleError``."""
        if Act.REKEY not in access_rules().four_eyes:
            return {}
        name = folded_name(second[0]) if second else ""
        if second is None or name == actor.account:
            raise RuleError(TWO, rule=RULE)
        self._gate.opened(name, second[1])
        with self._storage.write(PROGRAM) as work:
            other = work.accounts.find(name)
            if other is None or not granting.manages(other):
                raise RuleError(TWO, rule=RULE)
            work.keys.drop_tries(who(name))
        return {"second": name}

    def _key(self) -> bytes:
        key = self._seat.key
        if key is None:
            raise RuleError(NO_KEY)
        return key

    def _demand_in_force(self, work: AccountWork, key: bytes) -> None:
        """Raise ``RuleError`` where another desk has changed the data key since this one signed in."""
        ring_of(key, work.keys.turn())


def _held(
    work: AccountWork, every: tuple[Account, ...], old: bytes, new: bytes
) -> tuple[tuple[Wrap, ...], tuple[str, ...]]:
    """The new key for each account in use, and the accounts it cannot be given to."""
    active = [one.name for one in every if one.active]
    kept = [one for name in active if (one := work.keys.wrap(name)) and one.public]
    given = {one.holder for one in kept}
    wraps = tuple(rewrapped(one, old, new) for one in kept)
    return wraps, tuple(name for name in active if name not in given)


def _sheet(work: AccountWork, old: bytes, new: bytes) -> Wrap:
    kept = work.keys.wrap(RECOVERY)
    if kept is None or not kept.public:
        raise RuleError(OLD_SHEET)
    return rewrapped(kept, old, new)
