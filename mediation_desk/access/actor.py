"""Who acts: handed to every service call."""

from __future__ import annotations

from mediation_desk.access.permissions import Permission
from mediation_desk.access.roles import GRANTS, Role
from mediation_desk.shared.errors import PermissionDenied
from mediation_desk.shared.record import record


@record
class Actor:
    """An account at work, with its roles."""

    account: str
    display_name: str
    roles: tuple[Role, ...]

    def can(self, permission: Permission) -> bool:
        """Whether one of the roles grants this."""
        return any(permission in GRANTS[role] for role in self.roles)

    def require(self, permission: Permission) -> None:
        """Raise ``PermissionDenied`` unless granted."""
        if not self.can(permission):
            roles = "、".join(self.roles)
            raise PermissionDenied(f"{self.display_name}（{roles}）没有这项权限：{permission.value}。")


COUNTER = Actor(account="counter", display_name="窗口", roles=(Role.DUTY_MANAGER, Role.ADMINISTRATOR))
"""The one account of a desk on which no accounts have been set up yet: everything the single counter does."""
