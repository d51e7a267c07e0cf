"""A case of one's own or a relative's: told in lists and on opening, on record as that, and left to somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.accounts.model import Account
from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.reading import EntryQuery
from mediation_desk.cases.own import own_sentence
from mediation_desk.cases.registering import Register
from mediation_desk.cases.service import VIEW_OWN, CaseService
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.cases.steps.locking import LockCase
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.shared.assets import asset, use_rules_in
from mediation_desk.shared.errors import RuleError
from tests.unit.finding_material import intake

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture
def service(storage: Storage) -> CaseService:
    storage.seal_audit(bytes(32))
    return CaseService(storage, lambda: NOW)


def account(storage: Storage, name: str, **known: object) -> Actor:
    made = Account(name=name, display_name=f"{name}某", roles=("值班长",), created_at=NOW)
    with storage.write() as work:
        work.accounts.add(replace(made, **known))  # type: ignore[arg-type]
    return Actor(account=name, display_name=made.display_name, roles=made.roles)


def flagged(service: CaseService, actor: Actor, key: str) -> bool:
    return next(one.own for one in service.summaries(actor, CaseQuery()) if one.case_key == key)


def test_own_cases_are_told_put_on_record_and_left_to_another(
    storage: Storage, service: CaseService, tmp_path: Path
) -> None:
    command: Register = intake()
    party = next(one for one in command.parties if one.id_no)
    assert party.id_no is not None
    other = account(storage, "other")
    mine = account(storage, "mine", id_no=party.id_no)
    kin = account(storage, "kin", relatives=(f"{party.name} {party.id_no}",))
    phone = account(storage, "phone", phone=party.phone)
    namesake = account(storage, "namesake", relatives=(party.name,))
    with pytest.raises(RuleError, match="另一人"):
        service.register(mine, command)
    key = service.register(other, command).case_key

    for actor in (mine, kin, phone):
        assert flagged(service, actor, key)
        footing = service.footing(actor, key)
        assert footing.own is not None
        assert footing.may == {Permission.CASE_READ}
        assert "LR-17" in own_sentence(footing.own, service.view(actor, key))
        with pytest.raises(RuleError, match="另一人"):
            service.perform(actor, key, PutInBin(reason="重复"))
    with storage.read() as work:
        looks = work.trail.listed(EntryQuery(case_key=key, flagged=True))
    assert {one.account for one in looks if one.action == VIEW_OWN} == {"mine", "kin", "phone"}

    told = service.footing(namesake, key)
    assert told.own is not None
    assert not told.own.sure
    assert Permission.CASE_BIN in told.may
    assert not flagged(service, other, key)
    assert service.footing(other, key).own is None

    shipped = asset("rules/privacy.toml").read_text("utf-8")
    (tmp_path / "privacy.toml").write_text(shipped.replace('acting = "another"', 'acting = "told"'), "utf-8")
    try:
        use_rules_in(tmp_path)
        service.perform(mine, key, LockCase(reason="是我自己的事"))
        with storage.read() as work:
            assert work.trail.listed(EntryQuery(case_key=key))[0].details["own"] == "本人"
    finally:
        use_rules_in(tmp_path / "none")
