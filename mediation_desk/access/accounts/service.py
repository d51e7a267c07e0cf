"""Who has an account, and what an administrator may do about it."""

from __future__ import annotations

from dataclasses import replace

from mediation_desk.access.accounts import granting
from mediation_desk.access.accounts.model import Account, Post, folded_name, good_name
from mediation_desk.access.accounts.passwords import one_time
from mediation_desk.access.accounts.ports import AccountWork
from mediation_desk.access.accounts.recovery_code import new_code, typed_code
from mediation_desk.access.accounts.rekeying import Rekeying
from mediation_desk.access.accounts.tries import who
from mediation_desk.access.accounts.wrapping import RECOVERY
from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.shared.errors import ConflictError, InputError, RuleError

STALE = "另一位管理员刚刚改了这个账号，请核对后重试。"


class AccountService(Rekeying):
    """The accounts of one centre: made, changed, locked, opened again; never deleted, records name them."""

    def accounts(self, actor: Actor) -> tuple[Account, ...]:
        """Every account by name."""
        actor.require(Permission.ACCOUNT_MANAGE)
        with self._storage.read(actor) as work:
            return work.accounts.all()

    def add(self, actor: Actor, name: str, post: Post) -> str:
        """Open an account; returns the password for one use, told this once.

        Raises ``InputError`` for a name or person that has one, ``RuleError`` for roles kept apart.
        """
        actor.require(Permission.ACCOUNT_MANAGE)
        good, wanted = good_name(name), granting.good_post(post)
        account = Account(
            name=good,
            **granting.parts(wanted),
            must_change=True,
            created_by=actor.account,
            created_at=self._clock(),
        )
        password, key = one_time(), self._key()
        wrapped = self._wrapped(key, password, good, self._cost())
        with self._storage.write(actor) as work:
            self._demand_in_force(work, key)
            others = work.accounts.all(alone=True)
            if any(other.name == good for other in others):
                raise InputError(f"账号“{good}”已经有了，账号名不重复使用。", field="name")
            granting.demand_free(wanted, others)
            work.accounts.add(account)
            work.keys.keep_wrap(wrapped)
            self._note(work, actor.account, "account.added", good, roles=list(wanted.roles))
        return password

    def assign(self, actor: Actor, seen: Account, post: Post) -> Account:
        """Change who the account is for and what he may do; ``seen`` is the account as the administrator read it.

        Raises ``RuleError`` for one's own account and the last administrator, ``ConflictError`` where somebody
        changed it meanwhile.
        """
        actor.require(Permission.ACCOUNT_MANAGE)
        wanted = granting.good_post(post)
        with self._storage.write(actor) as work:
            account, others = self._one(work, seen.name)
            if granting.post_of(account) != granting.post_of(seen):
                raise ConflictError(STALE)
            granting.demand_not_own(actor, account)
            granting.demand_free(wanted, others)
            after = replace(account, **granting.parts(wanted))
            granting.demand_manager_left((*others, after))
            work.accounts.save(account, after)
            self._note(work, actor.account, "account.changed", account.name, **_changes(account, after))
        return after

    def lock(self, actor: Actor, name: str) -> None:
        """Let nobody in with this account any more: its way to the key is destroyed.

        Raises ``RuleError`` for one's own account and the last administrator.
        """
        actor.require(Permission.ACCOUNT_MANAGE)
        with self._storage.write(actor) as work:
            account, others = self._one(work, name)
            granting.demand_not_own(actor, account)
            granting.demand_manager_left(others)
            left = replace(account, active=False, left_turn=work.keys.number)
            work.accounts.save(account, left)
            work.keys.drop_wrap(account.name)
            self._note(work, actor.account, "account.locked", account.name)

    def open_again(self, actor: Actor, name: str) -> str:
        """Let a locked account in again; returns a password for one use, told this once."""
        actor.require(Permission.ACCOUNT_MANAGE)
        return self._renewed(actor, name, "account.opened")

    def reset(self, actor: Actor, name: str) -> str:
        """Replace a forgotten password and end its wait; returns a password for one use, told this once.

        Raises ``RuleError`` for one's own account and a locked one.
        """
        actor.require(Permission.ACCOUNT_MANAGE)
        return self._renewed(actor, name, "account.reset")

    def renew_recovery(self, actor: Actor) -> str:
        """A new recovery code, told this once; the sheet with the old one opens nothing any more."""
        actor.require(Permission.ACCOUNT_MANAGE)
        code, key = new_code(), self._key()
        wrapped = self._wrapped(key, typed_code(code), RECOVERY, self._cost())
        with self._storage.write(actor) as work:
            self._demand_in_force(work, key)
            work.keys.keep_wrap(wrapped)
            self._note(work, actor.account, "account.sheet", actor.account)
        return code

    def _renewed(self, actor: Actor, name: str, action: str) -> str:
        password, key = one_time(), self._key()
        wrapped = self._wrapped(key, password, folded_name(name), self._cost())
        with self._storage.write(actor) as work:
            self._demand_in_force(work, key)
            account, _ = self._one(work, name)
            granting.demand_not_own(actor, account)
            opening = action == "account.opened"
            if account.active == opening:
                raise RuleError(
                    f"账号{account.name}{'没有停用。' if opening else '已经停用，请先重新启用。'}"
                )
            work.accounts.save(account, replace(account, active=True, must_change=True))
            before = work.keys.wrap(account.name)
            work.keys.keep_wrap(replace(wrapped, former=before.former if before else ()))
            work.keys.drop_tries(who(account.name))
            self._note(work, actor.account, action, account.name)
        return password

    @staticmethod
    def _one(work: AccountWork, name: str) -> tuple[Account, tuple[Account, ...]]:
        """The account and all others, while nobody else changes one."""
        every, wanted = work.accounts.all(alone=True), folded_name(name)
        account = next((one for one in every if one.name == wanted), None)
        if account is None:
            raise InputError(f"没有账号“{wanted}”。", field="name")
        return account, tuple(one for one in every if one is not account)


def _changes(before: Account, after: Account) -> dict[str, object]:
    """Roles and body as codes; of what is personal only that it changed."""
    moved = [
        part
        for part, value in granting.parts(granting.post_of(after)).items()
        if getattr(before, part) != value
    ]
    return {"changed": moved, "roles": list(after.roles), "former_roles": list(before.roles)}
