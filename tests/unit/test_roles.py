"""Roles are data: what each may do and whose cases it sees; whatever is not granted is denied."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.access.roles import Role, role_rules
from mediation_desk.access.seat import Seat
from mediation_desk.access.sight import NOTHING, Sight, body_mark, card_mark, named_mark, person_mark
from mediation_desk.shared.assets import asset, use_rules_in
from mediation_desk.shared.errors import InputError, PermissionDenied


def actor(*roles: str, bodies: tuple[str, ...] = (), pool_no: str = "") -> Actor:
    return Actor(account="a", display_name="张三", roles=roles, bodies=bodies, pool_no=pool_no)


def test_every_role_of_the_dossier_is_shipped_and_no_permission_is_nobodys() -> None:
    assert tuple(role_rules()) == tuple(Role)
    granted = frozenset().union(*(rule.can for rule in role_rules().values()))
    assert granted == frozenset(Permission)


def test_what_no_role_grants_is_denied() -> None:
    assert not any(actor().can(permission) for permission in Permission)
    assert not any(actor("没有这个角色").can(permission) for permission in Permission)
    with pytest.raises(PermissionDenied):
        actor(Role.AUDITOR).require(Permission.CASE_READ)


def test_administrator_and_auditor_see_no_case_and_are_never_one_person() -> None:
    assert actor(Role.ADMINISTRATOR).sight() == NOTHING
    assert actor(Role.AUDITOR).sight() == NOTHING
    assert Role.AUDITOR in role_rules()[Role.ADMINISTRATOR].apart
    assert Role.ADMINISTRATOR in role_rules()[Role.AUDITOR].apart


def test_a_mediator_sees_the_own_cases_a_clerk_those_of_the_body() -> None:
    mediator = actor(Role.MEDIATOR, pool_no="7").sight()
    assert mediator.sees(frozenset({card_mark("7")}), locked=False)
    assert mediator.sees(frozenset({person_mark("张三")}), locked=False)
    assert not mediator.sees(frozenset({card_mark("8"), body_mark("甲")}), locked=False)
    clerk = actor(Role.CLERK, bodies=("甲", "乙")).sight()
    assert clerk.sees(frozenset({body_mark("乙")}), locked=False)
    assert not clerk.sees(frozenset({body_mark("丙")}), locked=False)
    assert actor(Role.CLERK).sight().marks is None


def test_each_permission_reaches_as_far_as_the_role_that_grants_it() -> None:
    both = actor(Role.MEDIATOR, Role.CLERK, bodies=("甲",))
    assert body_mark("甲") in (both.sight(Permission.CASE_READ).marks or ())
    assert body_mark("甲") not in (both.sight(Permission.CASE_MEDIATE).marks or ())


def test_a_locked_case_is_for_those_named_even_in_the_whole_centre() -> None:
    clerk, leader = actor(Role.CLERK).sight(), actor(Role.LEADER).sight()
    assert not clerk.sees(frozenset({body_mark("甲")}), locked=True)
    assert clerk.sees(frozenset({named_mark("a")}), locked=True)
    assert leader.sees(frozenset(), locked=True)
    assert not clerk.whole
    assert COUNTER.sight().whole
    assert Sight(marks=None, locked=True).whole


def test_a_centre_changes_roles_in_its_own_file(tmp_path: Path) -> None:
    text = asset("rules/roles.toml").read_text(encoding="utf-8")
    own = tmp_path / "roles.toml"
    try:
        own.write_text(
            text.replace('can = ["system:audit:read"]', 'can = ["case:file:read"]'), encoding="utf-8"
        )
        use_rules_in(tmp_path)
        assert actor(Role.AUDITOR).can(Permission.CASE_READ)
        own.write_text(text.replace("system:audit:read", "system:audit:write"), encoding="utf-8")
        use_rules_in(tmp_path)
        with pytest.raises(InputError, match="roles"):
            role_rules()
    finally:
        use_rules_in(Path("-"))


def test_an_empty_seat_acts_for_nobody() -> None:
    seat = Seat()
    with pytest.raises(PermissionDenied, match="登录"):
        _ = seat.actor
    seat.take(COUNTER)
    assert seat.actor is COUNTER
    seat.leave()
    assert not seat.taken
