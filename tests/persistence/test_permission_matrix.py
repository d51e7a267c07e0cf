"""S5: every act of every service × every role, from a table read off the program; whatever is not granted is denied."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from mediation_desk.access.permissions import TITLES, Permission
from mediation_desk.access.roles import Role, role_rules
from mediation_desk.app import Desk, open_desk
from mediation_desk.cases.registers import Registers
from mediation_desk.settings import resolve
from mediation_desk.shared.errors import PermissionDenied
from tests.persistence.permission_matrix import EITHER, TABLE, acts, outcome, somebody, without_actor, written

ASK_NOTHING = {
    "accounts.change_password",  # asks the old password
    "accounts.current",  # tells whoever asks of himself
    "audit.demand",  # tells whether entries can be written
    "audit.note",  # writes an entry, which nobody may be kept from
    "exports.count",  # counts what an act that was allowed takes out, and refuses too much
    "left.drop",  # each account's own unfinished words
    "left.keep",
    "left.kept",
    "seated",  # a desk that asks the actor handed in, as every act does
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = open_desk(resolve(tmp_path_factory.mktemp("matrix"), practice=True))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def table() -> Mapping[str, Any]:
    return tomllib.loads(TABLE.read_text("utf-8"))


def wrong_cells(desk: Desk, table: Mapping[str, Any]) -> list[str]:
    """Cells of the table that the program does not keep to; a whole line where an act asks nothing."""
    return [
        f"{name} × {role}"
        for name, call in acts(desk)
        if name not in ASK_NOTHING
        for role in (*role_rules(), "没有这个角色")
        if outcome(call, somebody(role)) is not (role in allowed(table, name))
    ]


def allowed(table: Mapping[str, Any], name: str) -> set[str]:
    """The roles that may do this, as the table says."""
    asked = table["asks"].get(name, "").split(EITHER)
    return {role for one in asked for role in table["roles"].get(one, ())}


def test_every_act_has_its_line_and_every_line_its_act(desk: Desk, table: Mapping[str, Any]) -> None:
    assert {name for name, _ in acts(desk)} == set(table["asks"])
    assert {name for name, asked in table["asks"].items() if not asked} == ASK_NOTHING
    assert set(without_actor(desk)) == set(table["open"]["acts"])
    assert set(table["roles"]) == {permission.value for permission in Permission}
    assert written(desk) == TABLE.read_text("utf-8"), "generate the table anew and read the difference"


def test_every_cell_is_as_the_table_says(desk: Desk, table: Mapping[str, Any]) -> None:
    assert wrong_cells(desk, table) == []
    cells = (len(table["asks"]) - len(ASK_NOTHING)) * (len(Role) + 1)
    assert cells > 4_000


def test_one_check_taken_away_is_found(
    desk: Desk, table: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Registers, "binned", lambda _self, actor: ())
    assert wrong_cells(desk, table) == [f"registers.binned × {role}" for role in (*Role, "没有这个角色")]


def test_one_permission_too_many_is_found(
    desk: Desk, table: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from mediation_desk.shared.assets import asset, use_rules_in

    shipped = asset("rules/roles.toml").read_text("utf-8")
    more = shipped.replace('can = ["system:audit:read"]', 'can = ["system:audit:read", "case:file:export"]')
    (tmp_path / "roles.toml").write_text(more, "utf-8")
    try:
        use_rules_in(tmp_path)
        assert "cases.export × 审计员" in wrong_cells(desk, table)
        assert {cell.partition(" × ")[2] for cell in wrong_cells(desk, table)} == {"审计员"}
    finally:
        use_rules_in(tmp_path / "none")


def test_every_permission_has_words_a_user_reads() -> None:
    assert set(TITLES) == set(Permission)
    assert len(set(TITLES.values())) == len(TITLES)
    with pytest.raises(PermissionDenied, match="张三（审计员）没有这项权限：导出案件"):
        somebody(Role.AUDITOR).require(Permission.CASE_EXPORT)


def test_with_a_password_for_one_use_every_cell_is_denied(desk: Desk) -> None:
    actor = somebody(*Role)
    object.__setattr__(actor, "must_change", True)
    let_through = [name for name, call in acts(desk) if name not in ASK_NOTHING and outcome(call, actor)]
    assert let_through == []
