"""What an administrator may give to whom: roles that exist and go together, and never the last key away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from mediation_desk.access.accounts.model import Account, Post, good_display_name
from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.access.roles import role_rules
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.whole_text import Limits, whole

OWN = "不能改自己的角色、单位，也不能停用自己的账号，请另一位系统管理员来办。"
_LONGEST = 200
_NAMES = {
    "display_name": "姓名",
    "roles": "角色",
    "body": "单位",
    "pool_no": "调解员编号",
    "id_no": "身份证号",
    "phone": "电话",
    "relatives": "亲属",
}
LAST = "这是最后一个能管理账号的人，先给另一个账号这个角色。"


def administrator_role() -> str:
    """The role of whoever starts a centre. Raises ``InputError`` where the centre's rules know none."""
    for name, rule in role_rules().items():
        if Permission.ACCOUNT_MANAGE in rule.can:
            return name
    raise InputError("规则文件 roles.toml 里没有一个角色可以管理账号，请检查。")


def manages(account: Account) -> bool:
    """Whether somebody with this account can give others theirs."""
    rules = role_rules()
    return account.active and any(
        Permission.ACCOUNT_MANAGE in rules[role].can for role in account.roles if role in rules
    )


def good_post(post: Post) -> Post:
    """The post as it is kept. Raises ``InputError``, and ``RuleError`` for roles that do not go together."""
    rules = role_rules()
    post = whole(post, _limits)
    roles = tuple(dict.fromkeys(role.strip() for role in post.roles if role.strip()))
    if not roles:
        raise InputError("请至少选一个角色。", field="roles")
    for role in roles:
        if role not in rules:
            raise InputError(f"没有“{role}”这个角色，可选{'、'.join(rules)}。", field="roles")
        clash = next((other for other in roles if other in rules[role].apart), None)
        if clash:
            raise RuleError(f"{role}和{clash}不能由同一个人担任。", rule="GB/T 22239")
    return replace(
        post,
        display_name=good_display_name(post.display_name),
        roles=roles,
        body=post.body.strip(),
        pool_no=post.pool_no.strip(),
        id_no=post.id_no.strip().upper(),
        phone=post.phone.strip(),
        relatives=tuple(name for one in post.relatives if (name := " ".join(one.split()))),
    )


def _limits(field: str) -> Limits:
    return Limits(name=_NAMES.get(field, "这一项"), one_line=True, longest=_LONGEST)


def post_of(account: Account) -> Post:
    """What an administrator said about this account."""
    return Post(**{part: getattr(account, part) for part in Post.__dataclass_fields__})


def parts(post: Post) -> dict[str, Any]:
    """The same as keywords."""
    return {part: getattr(post, part) for part in Post.__dataclass_fields__}


def demand_free(post: Post, others: Sequence[Account]) -> None:
    """Raise ``InputError`` where the shown name or the card is another account's: records tell people apart by them."""
    for other in others:
        if other.display_name == post.display_name:
            raise InputError(
                f"已经有一个账号（{other.name}）显示为“{post.display_name}”，同名的人请加上科室或字号。",
                field="display_name",
            )
        if post.pool_no and other.pool_no == post.pool_no:
            raise InputError(f"名册编号{post.pool_no}已经对应账号{other.name}。", field="pool_no")


def demand_not_own(actor: Actor, account: Account) -> None:
    """Raise ``RuleError`` where somebody would change what he himself may do."""
    if actor.account == account.name:
        raise RuleError(OWN)


def demand_manager_left(others: Sequence[Account]) -> None:
    """Raise ``RuleError`` unless one of the ``others`` manages accounts."""
    if not any(map(manages, others)):
        raise RuleError(LAST)
