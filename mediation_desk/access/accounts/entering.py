"""Ways into a centre: the first start, signing in, a new password, the sheet in the safe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta

from mediation_desk.access.accounts import granting
from mediation_desk.access.accounts.cost import Cost, Derive, argon2id
from mediation_desk.access.accounts.gate import WRONG, WRONG_CODE, Gate, Opened, cost_of, record_refusals
from mediation_desk.access.accounts.model import Account, folded_name, good_display_name, good_name
from mediation_desk.access.accounts.passwords import demand_good, normal
from mediation_desk.access.accounts.ports import AccountStorage, AccountWork
from mediation_desk.access.accounts.recovery_code import new_code, typed_code
from mediation_desk.access.accounts.rules import access_rules
from mediation_desk.access.accounts.tries import Ticker, machine_tick, who
from mediation_desk.access.accounts.wrapping import RECOVERY, Wrap, new_key, remembered, was, wrap
from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.access.seat import Seat
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import InputError, PermissionDenied, RuleError

TAKEN = "这个中心已经有账号，请让系统管理员开立。"
NO_ADMINISTRATOR = "账号{name}不是系统管理员，请写管理员的账号，或者一个新的账号名。"

BodiesOf = Callable[[str], tuple[str, ...]]
"""Every name, present and former, of a body and of all beneath it; the name itself where nobody knows it."""


class Entrance:
    """Whoever gets in takes the ``seat``, with the data key of the centre.

    ``derive`` and ``ticker`` are what passwords are judged with and what waits are measured on.
    """

    def __init__(
        self,
        storage: AccountStorage,
        clock: Clock,
        seat: Seat,
        bodies_of: BodiesOf,
        *,
        derive: Derive = argon2id,
        ticker: Ticker = machine_tick,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._seat = seat
        self._bodies_of = bodies_of
        self._gate = Gate(storage, clock, derive, ticker)

    def exist(self) -> bool:
        """Whether anybody has an account: a real centre without one is not in use yet."""
        with self._storage.door() as keys:
            return keys.any()

    def first(self, name: str, display_name: str, password: str) -> str:
        """Make the first account, an administrator's, and sign it in; returns the recovery code, told this once.

        Raises ``RuleError`` where there is an account already, ``InputError`` for a poor name or password.
        """
        if self.exist():
            raise RuleError(TAKEN)
        account, secret = self._administrator(name, display_name), normal(password)
        self._demand_good(secret, account.name, account.display_name)
        cost, key, code = self._gate.calibrated(), new_key(), new_code()
        wraps = (
            self._wrapped(key, secret, account.name, cost),
            self._wrapped(key, typed_code(code), RECOVERY, cost),
        )
        with self._open(key, begin=True):
            self._seat.take(self._actor(account, must_change=False), key)
            with self._storage.write(PROGRAM) as work:
                if work.accounts.all(alone=True) or work.keys.any():
                    raise RuleError(TAKEN)
                work.accounts.add(replace(account, signed_in_at=self._clock()))
                for wrapped in wraps:
                    work.keys.keep_wrap(wrapped)
                self._note(work, account.name, "account.first", account.name)
        return code

    def sign_in(self, name: str, password: str) -> Actor:
        """Take the seat. Raises ``TooManyTries``, and ``PermissionDenied`` without saying what was wrong.

        With a password for one use, or one too old, the actor may do nothing but change it.
        """
        opened = self._gate.opened(_typed(name), password)
        return self._entered(opened, "account.entered", self._raised(opened, normal(password)))

    def sign_out(self) -> None:
        """Leave the seat."""
        try:
            if self._seat.taken and not self._seat.actor.unlimited:
                actor = self._seat.actor
                with self._storage.write(actor) as work:
                    self._note(work, actor.account, "account.left", actor.account)
        finally:
            self._seat.leave()
            self._storage.lock()

    def change_password(self, actor: Actor, old: str, new: str) -> Actor:
        """Give oneself another password. Raises as ``sign_in`` for the old one, ``InputError`` for a poor new one."""
        opened, secret = self._gate.opened(actor.account, old), normal(new)
        self._demand_good(secret, actor.account, actor.display_name)
        wrapped = self._replaced(opened, normal(old), secret)
        return self._entered(opened, "account.password", wrapped, changed=True)

    def recover(self, code: str, name: str, password: str) -> str:
        """Open the centre with the sheet from the safe, for an administrator known or new; returns the next code.

        Raises ``InputError`` for a slip of the pen and a poor password, ``PermissionDenied`` for a wrong code,
        ``RuleError`` for the name of somebody who is no administrator.
        """
        opened, secret = self._gate.opened(RECOVERY, typed_code(code), WRONG_CODE), normal(password)
        following, cost, now = new_code(), self._cost(), self._clock()
        with self._open(opened.key):
            account = self._recovered(name)
            self._demand_good(secret, account.name, account.display_name)
            wraps = (
                self._wrapped(opened.key, secret, account.name, cost),
                self._wrapped(opened.key, typed_code(following), RECOVERY, cost),
            )
            self._seat.take(self._actor(account, must_change=False), opened.key)
            with self._storage.write(PROGRAM) as work:
                others = [one for one in work.accounts.all(alone=True) if one.name != account.name]
                before = work.accounts.find(account.name)
                if work.keys.wrap(RECOVERY) != opened.wrap:
                    raise PermissionDenied(WRONG_CODE)
                if before is None:
                    granting.demand_free(granting.post_of(account), others)
                    work.accounts.add(replace(account, signed_in_at=now))
                else:
                    again = replace(before, active=True, must_change=False, signed_in_at=now)
                    work.accounts.save(before, again)
                for wrapped in wraps:
                    work.keys.keep_wrap(wrapped)
                    work.keys.drop_tries(who(wrapped.holder))
                record_refusals(work, now)
                self._note(work, account.name, "account.recovered", account.name)
        return following

    def current(self, actor: Actor) -> Actor:
        """The actor as his account stands now. Raises ``PermissionDenied`` where it was locked meanwhile."""
        if actor.unlimited:
            return actor
        with self._storage.read(actor) as work:
            account = work.accounts.find(actor.account)
        if account is None or not account.active:
            raise PermissionDenied("账号已经停用。")
        return self._actor(account, must_change=actor.must_change)

    def _entered(self, opened: Opened, action: str, wrapped: Wrap | None, *, changed: bool = False) -> Actor:
        """Seat whom ``opened`` let in, with the new wrap where there is one."""
        name, now = opened.wrap.holder, self._clock()
        with self._open(opened.key):
            with self._storage.read(PROGRAM) as work:
                account = work.accounts.find(name)
            if account is None:
                raise PermissionDenied(WRONG)
            must = not changed and (account.must_change or _too_old(opened.wrap, now))
            actor = self._actor(account, must_change=must)
            self._seat.take(actor, opened.key)
            with self._storage.write(actor) as work:
                before = work.accounts.find(name)
                if before is None or not before.active or work.keys.wrap(name) != opened.wrap:
                    raise PermissionDenied(WRONG)  # locked or reset while the password was judged
                work.accounts.save(before, replace(before, must_change=must, signed_in_at=now))
                if wrapped is not None:
                    work.keys.keep_wrap(wrapped)
                work.keys.drop_tries(who(name))
                record_refusals(work, now)
                self._note(work, name, action, name)
        return actor

    @contextmanager
    def _open(self, key: bytes, *, begin: bool = False) -> Iterator[None]:
        """The data are open and the seat can be taken: both come before the act is stored, the audit trail needs the
        key. If that fails both are as before.

        Whoever sat there already with this key, and only failed to change his password, goes on sitting.
        """
        before = (self._seat.actor, self._seat.key) if self._seat.taken else None
        try:
            self._storage.unlock(key, begin=begin)
            yield
        except BaseException:
            acting = self._seat.actor.account if self._seat.taken else ""
            if before is not None and before[0].account == acting and before[1] == key:
                self._seat.take(replace(before[0], in_full=False), key)
            else:
                self._seat.leave()
                self._storage.lock()
            raise

    def _actor(self, account: Account, *, must_change: bool) -> Actor:
        return Actor(
            account=account.name,
            display_name=account.display_name,
            roles=account.roles,
            bodies=self._bodies_of(account.body) if account.body else (),
            pool_no=account.pool_no,
            must_change=must_change,
            practice=self._storage.practice,
        )

    def _administrator(self, name: str, display_name: str) -> Account:
        return Account(
            name=good_name(name),
            display_name=good_display_name(display_name),
            roles=(granting.administrator_role(),),
            created_at=self._clock(),
        )

    def _recovered(self, name: str) -> Account:
        with self._storage.read(PROGRAM) as work:
            account = work.accounts.find(_typed(name))
        if account is None:
            return self._administrator(name, name)
        if not granting.manages(replace(account, active=True)):
            raise RuleError(NO_ADMINISTRATOR.format(name=account.name))
        return account

    def _raised(self, opened: Opened, secret: str) -> Wrap | None:
        """The wrap at today's cost and with a key pair, where it was made at a lower one or without."""
        cost = self._cost()
        if opened.wrap.public and not opened.wrap.cost.below(cost):
            return None
        made = self._wrapped(opened.key, secret, opened.wrap.holder, cost)
        return replace(made, made_at=opened.wrap.made_at, former=opened.wrap.former)

    def _replaced(self, opened: Opened, old: str, new: str) -> Wrap:
        """The wrap behind a new password. Raises ``InputError`` for one that was used before."""
        derive, rule, cost = self._gate.derive, access_rules().password, self._cost()
        if new == old or any(was(former, new, derive) for former in opened.wrap.former):
            raise InputError("这个口令以前用过，请换一个。", field="password")
        former = (remembered(old, cost, derive), *opened.wrap.former)[: rule.former]
        return replace(self._wrapped(opened.key, new, opened.wrap.holder, cost), former=former)

    def _wrapped(self, key: bytes, secret: str, holder: str, cost: Cost) -> Wrap:
        return wrap(key, secret, holder=holder, cost=cost, derive=self._gate.derive, at=self._clock())

    def _cost(self) -> Cost:
        with self._storage.door() as keys:
            return cost_of(keys)

    def _note(self, work: AccountWork, by: str, action: str, account: str, **details: object) -> None:
        work.audit.write(at=self._clock(), account=by, action=action, details={"account": account, **details})

    @staticmethod
    def _demand_good(secret: str, name: str, display_name: str) -> None:
        demand_good(secret, name, display_name, access_rules().password)


def _typed(name: str) -> str:
    """The name typed to sign in. Raises ``InputError`` for none: that is how the recovery code is kept."""
    folded = folded_name(name)
    if not folded:
        raise InputError("请填写账号。", field="name")
    return folded


def _too_old(wrapped: Wrap, now: datetime) -> bool:
    days = access_rules().password.days
    return bool(days) and now - wrapped.made_at > timedelta(days=days)
