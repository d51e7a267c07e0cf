"""Locked cases: named people and whoever works on them see them; for everybody else they are not there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.accounts.model import Account
from mediation_desk.access.actor import Actor
from mediation_desk.cases.counter.phrases import Phrase
from mediation_desk.cases.registering import Register
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.locking import LockCase, NameReaders, UnlockCase
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.cases.vocabulary import Category
from mediation_desk.shared.errors import InputError, PermissionDenied, RuleError
from tests.unit.finding_material import intake

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
MANAGER = Actor(account="ma", display_name="马值班", roles=("值班长",))
LEADER = Actor(account="li", display_name="李主任", roles=("中心负责人",))
OTHER = Actor(account="wang", display_name="王值班", roles=("值班长",))
CLERK = Actor(account="qi", display_name="戚登记", roles=("窗口登记员",))


@pytest.fixture
def service(storage: Storage) -> CaseService:
    storage.seal_audit(bytes(32))
    return CaseService(storage, lambda: NOW)


@pytest.fixture(autouse=True)
def wang(storage: Storage) -> None:
    """The account of somebody who can be named."""
    with storage.write() as work:
        work.accounts.add(Account(name="wang", display_name="王值班", roles=("值班长",), created_at=NOW))


@pytest.fixture
def command() -> Register:
    return replace(intake(), category=Category.NEIGHBOUR)


def sees(service: CaseService, actor: Actor, key: str) -> bool:
    """Whether the file opens and the list has it; both or neither."""
    listed = any(one.case_key == key for one in service.summaries(actor, CaseQuery()))
    if listed:
        return service.file(actor, key).case_key == key
    with pytest.raises(InputError, match=f"^没有编号或代码为“{key}”的案件。$"):
        service.file(actor, key)
    return False


def test_a_lock_leaves_those_who_work_on_it_those_named_and_the_leader(
    service: CaseService, command: Register
) -> None:
    key = service.register(CLERK, command).case_key
    assert sees(service, OTHER, key)

    service.perform(MANAGER, key, LockCase(reason="涉及病历"))

    assert {one.account for one in (MANAGER, CLERK, LEADER, OTHER) if sees(service, one, key)} == {
        "ma",
        "qi",
        "li",
    }
    assert service.history(OTHER, key) == ()
    with pytest.raises(InputError, match="没有编号或代码"):
        service.perform(OTHER, key, UnlockCase(reason="想看"))
    with pytest.raises(PermissionDenied):
        service.perform(CLERK, key, UnlockCase(reason="想看"))

    service.perform(LEADER, key, NameReaders(reason="协助调查", named=("王值班",)))
    assert sees(service, OTHER, key)
    assert "王值班" in service.history(MANAGER, key)[-1].sentence
    assert service.footing(LEADER, key).readers == (("wang", "王值班"),)
    with pytest.raises(InputError, match="没有叫“王五”的账号"):
        service.perform(LEADER, key, NameReaders(reason="写错", named=("wang", "王五")))

    service.perform(LEADER, key, NameReaders(reason="已办完", named=()))
    assert not sees(service, OTHER, key)

    service.perform(MANAGER, key, UnlockCase(reason="当事人同意公开"))
    assert sees(service, OTHER, key)
    assert [one.step for one in service.history(MANAGER, key)][1:] == [
        "限制查看",
        "调整查看人",
        "调整查看人",
        "解除限制",
    ]


def test_a_lock_asks_for_a_reason_and_is_there_once(service: CaseService, command: Register) -> None:
    key = service.register(CLERK, command).case_key
    with pytest.raises(InputError, match="理由"):
        service.perform(MANAGER, key, LockCase(reason=" "))
    with pytest.raises(RuleError, match="没有限制查看"):
        service.perform(MANAGER, key, UnlockCase(reason="x"))
    service.perform(MANAGER, key, LockCase(reason="x"))
    with pytest.raises(RuleError, match="已经限制查看"):
        service.perform(MANAGER, key, LockCase(reason="x"))


def test_a_family_case_is_locked_when_it_is_registered(service: CaseService, command: Register) -> None:
    file = service.register(CLERK, replace(command, category=Category.FAMILY))

    assert file.beside.lock is not None
    assert file.beside.lock.grounds == ("婚姻家庭纠纷",)
    assert sees(service, CLERK, file.case_key)
    assert not sees(service, OTHER, file.case_key)
    assert next(one for one in service.summaries(CLERK, CaseQuery())).locked_on is not None


def test_whoever_registers_it_again_is_sent_to_the_leader_and_told_nothing(
    service: CaseService, command: Register
) -> None:
    first = service.register(CLERK, replace(command, category=Category.FAMILY))

    with pytest.raises(RuleError) as caught:
        service.register(OTHER, replace(command, category=Category.FAMILY))

    assert caught.value.message == "这件事可能已经登记过，请联系中心负责人。"
    assert first.case_key not in caught.value.message


def test_words_of_a_hidden_case_are_offered_to_nobody_it_is_hidden_from(
    storage: Storage, service: CaseService, command: Register
) -> None:
    def offered(actor: Actor) -> bool:
        with storage.read(actor) as work:
            return address in work.counter.phrases(Phrase.ADDRESS, address[:2])

    address = next(party.address for party in command.parties if party.address)
    elsewhere = replace(OTHER, bodies=("别处的调解委员会",))
    key = service.register(CLERK, command).case_key
    assert offered(OTHER)
    assert not offered(elsewhere)

    service.perform(MANAGER, key, LockCase(reason="涉及隐私"))
    assert not offered(MANAGER), "a locked case lends its words to nobody"

    service.perform(MANAGER, key, UnlockCase(reason="当事人同意公开"))
    assert offered(OTHER)
