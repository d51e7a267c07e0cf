"""Acts that need two people: whoever prepared something does not approve it (``access.toml`` [four_eyes])."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from mediation_desk.access.accounts.rules import access_rules
from mediation_desk.access.actor import Actor
from mediation_desk.shared.errors import RuleError

RULE = "两人分办"


class Act(StrEnum):
    """What a centre may ask two people for."""

    CLOSE = "close"
    EXTEND = "extend"
    REKEY = "rekey"


def demand_other(actor: Actor, account: str, what: str) -> None:
    """Raise ``RuleError`` where ``actor`` is himself the ``account`` that prepared ``what`` (``清单由某人编制``).

    In a practice centre nobody else can be asked.
    """
    if not actor.unlimited and actor.account == account:
        raise RuleError(f"{what}，应由另一人审批。", rule=RULE)


def demand_approver(actor: Actor, act: Act, named: str, involved: Collection[str]) -> None:
    """Raise ``RuleError`` unless the approver ``named`` is who is signed in, and none of those ``involved``.

    ``involved``: names and pool numbers of the people whose work is approved. Nothing is asked where the rule file
    does not list the ``act``, and in a practice centre.
    """
    if actor.unlimited or act not in access_rules().four_eyes:
        return
    if named.strip() != actor.display_name:
        raise RuleError(
            f"批准须由批准人本人登录办理：写的是{named.strip()}，现在登录的是{actor.display_name}。",
            rule=RULE,
        )
    if not {actor.display_name, actor.pool_no}.isdisjoint(one for one in involved if one):
        raise RuleError("本案的调解员不能批准自己的案件，应由另一人登录审批。", rule=RULE)
