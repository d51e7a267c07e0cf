"""Who acts: handed to every service call and to every unit of work."""

from __future__ import annotations

from dataclasses import replace

from mediation_desk.access.permissions import TITLES, Permission
from mediation_desk.access.roles import Reach, RoleRule, role_rules
from mediation_desk.access.sight import (
    EVERYTHING,
    NOTHING,
    Sight,
    body_mark,
    card_mark,
    named_mark,
    person_mark,
)
from mediation_desk.shared.errors import PermissionDenied
from mediation_desk.shared.record import record


@record
class Actor:
    """An account at work.

    roles: names of roles in ``roles.toml``; an unknown one grants nothing.
    bodies: the account's body and all beneath it, which a role with reach ``body`` sees; empty: the whole centre.
    pool_no: the person's card in the pool of mediators, "" for none.
    unlimited: for the practice centre and the program itself only.
    must_change: signed in with a password for one use; nothing is granted before it is changed.
    in_full: whether lists show names and numbers in full; the seat gives it for a while (``cases.privacy``).
    practice: whoever sits in a practice centre; what he prints is marked as void.
    """

    account: str
    display_name: str
    roles: tuple[str, ...]
    bodies: tuple[str, ...] = ()
    pool_no: str = ""
    unlimited: bool = False
    must_change: bool = False
    in_full: bool = False
    practice: bool = False

    def can(self, permission: Permission) -> bool:
        """Whether one of the roles grants this."""
        return self.unlimited or (
            not self.must_change and any(permission in rule.can for rule in self._rules())
        )

    def require(self, permission: Permission) -> None:
        """Raise ``PermissionDenied`` unless granted."""
        if self.must_change:
            raise PermissionDenied("这是一次性口令，请先改成自己的口令。")
        if not self.can(permission):
            roles = "、".join(self.roles) or "没有角色"
            raise PermissionDenied(f"{self.display_name}（{roles}）没有这项权限：{TITLES[permission]}。")

    def require_any(self, *permissions: Permission) -> None:
        """Raise ``PermissionDenied`` unless one of these is granted; the first is the one named."""
        self.require(next(filter(self.can, permissions), permissions[0]))

    def sight(self, permission: Permission = Permission.CASE_READ) -> Sight:
        """The cases this may be done with: what the roles that grant it reach, taken together."""
        if self.unlimited:
            return EVERYTHING
        if self.must_change:
            return NOTHING
        reaches = {rule.reach for rule in self._rules() if permission in rule.can} - {Reach.NONE}
        if not reaches:
            return NOTHING
        marks: frozenset[str] | None = frozenset()
        if Reach.BODY in reaches:
            marks = frozenset(map(body_mark, self.bodies)) if self.bodies else None
        if marks is not None and Reach.OWN in reaches:
            marks |= self._own_marks()
        return Sight(marks=marks, named=self._own_marks(), locked=self.can(Permission.LOCKED_READ))

    def over_all(self) -> Actor:
        """The same person for an act over every case: sums that are reported, lists for payment.

        Only after ``require``, and never for what shows a case.
        """
        return replace(self, unlimited=True)

    def _own_marks(self) -> frozenset[str]:
        own = {person_mark(self.display_name), named_mark(self.account)}
        return frozenset(own | {card_mark(self.pool_no)} if self.pool_no else own)

    def _rules(self) -> tuple[RoleRule, ...]:
        rules = role_rules()
        return tuple(rules[role] for role in self.roles if role in rules)


COUNTER = Actor(account="counter", display_name="窗口", roles=(), unlimited=True, in_full=True, practice=True)
"""Whoever sits in a practice centre: everything is invented there, and everything may be tried."""

PROGRAM = Actor(account="program", display_name="程序", roles=(), unlimited=True, in_full=True)
"""The program for itself: settings, counters, facts worked out anew; never on behalf of a person."""
