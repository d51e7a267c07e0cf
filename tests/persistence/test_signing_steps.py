"""Signing place by place: replayed from the acceptance cases, and what may not be signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.agreements.signing import Signer, Signing, SignWay
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.signing.annex import Stand, annex_lines
from mediation_desk.cases.signing.copies import copies_needed
from mediation_desk.cases.signing.places import hands, ways_for
from mediation_desk.cases.steps.agreeing import Compose
from mediation_desk.cases.steps.declining import DeclineToSign
from mediation_desk.cases.steps.signing import MarkMembers, Sign, VoidSignatures
from mediation_desk.parties.model import Authority
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import InputError, RuleError
from tests.persistence.signing_cases import (
    BOTH,
    SEALED,
    WAYS,
    agent,
    on_file,
    own,
    recorded,
    service,
    taken,
    unsigned,
)
from tests.shared_cases import needs_cases

pytestmark = needs_cases
on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
TOLD = ("向人民法院起诉",)


@pytest.fixture
def cases(storage: Storage) -> CaseService:
    return service(storage)


@pytest.fixture
def own_rules(tmp_path: Path) -> Iterator[Path]:
    """A folder of rule files of the centre's own."""
    folder = tmp_path / "rules"
    folder.mkdir()
    use_rules_in(folder)
    yield folder
    use_rules_in(tmp_path / "none")


@pytest.mark.parametrize("key", WAYS)
def test_every_written_agreement_is_signed_as_it_is_recorded(cases: CaseService, key: str) -> None:
    """The words, the effective day, what is promised and the last day to go to court follow from the steps."""
    wanted = recorded(key)
    assert wanted.agreement is not None
    file = on_file(cases, unsigned(key))
    file = taken(cases, file, *WAYS[key](file))

    assert file.agreement is not None
    by_ref = {place.ref: place for place in file.agreement.signatures}
    assert by_ref == {place.ref: place for place in wanted.agreement.signatures}
    assert file.effective_on == wanted.effective_on
    assert file.agreement.total_payable == wanted.agreement.total_payable
    assert file.judicial_confirmation.deadline == wanted.judicial_confirmation.deadline
    assert {one.ref for one in file.beside.signings} <= set(file.signing_places)


def refuses(cases: CaseService, file: CaseFile, step: object, rule: str, words: str) -> None:
    with pytest.raises(RuleError) as refused:
        cases.perform(COUNTER, file.case_key, step, version=file.version)  # type: ignore[arg-type]
    assert refused.value.rule == rule
    assert words in refused.value.message
    assert cases.file(COUNTER, file.case_key) == file, "nothing was stored"


def test_a_group_counts_as_signed_only_with_a_complete_annex(cases: CaseService) -> None:
    """LR-19: C02 with one worker still away, then with everybody."""
    day = date(2026, 1, 27)
    file = on_file(cases, unsigned("C02"))
    everybody = tuple(member.ref for member in file.members_of("A1"))
    refuses(cases, file, Sign(ref="A1", on=day), "LR-19", "还有23人没有签名")
    file = taken(cases, file, MarkMembers(group="A1", on=day, signed=everybody[:-1]))
    refuses(cases, file, Sign(ref="A1", on=day), "LR-19", file.members_of("A1")[-1].name)
    with pytest.raises(InputError, match="不能更早"):
        later = taken(cases, file, MarkMembers(group="A1", on=date(2026, 1, 28), signed=everybody[-1:]))
        cases.perform(COUNTER, file.case_key, Sign(ref="A1", on=day), version=later.version)
    file = cases.file(COUNTER, file.case_key)
    assert "A1" not in taken(cases, file, Sign(ref="A1", on=date(2026, 1, 28))).missing_signatures


@on_sqlite
def test_representatives_sign_themselves_and_do_not_only_empower(cases: CaseService) -> None:
    day = date(2026, 6, 30)
    file = on_file(cases, unsigned("C07"))
    everybody = tuple(member.ref for member in file.members_of("B1"))
    file = taken(cases, file, MarkMembers(group="B1", on=date(2026, 6, 8), mandated=everybody))
    refuses(cases, file, Sign(ref="B1", on=day), "LR-19", "亲笔签名")
    file = taken(cases, file, MarkMembers(group="B1", on=day, signed=("B1-01",)))
    refuses(cases, file, Sign(ref="B1", on=day), "LR-19", "要自己签名")


@on_sqlite
def test_a_mark_on_the_annex_is_taken_back_before_the_group_has_signed(cases: CaseService) -> None:
    day = date(2026, 1, 27)
    file = on_file(cases, unsigned("C02"))
    file = taken(cases, file, MarkMembers(group="A1", on=day, signed=("A1-01",), mandated=("A1-02",)))
    file = taken(cases, file, MarkMembers(group="A1", on=day, taken_back=("A1-01", "A1-02")))
    assert {line.stand for line in annex_lines(file, "A1")} == {Stand.OPEN}
    signed = taken(cases, file, *WAYS["C02"](file)[:2])
    refuses(cases, signed, MarkMembers(group="A1", on=day, taken_back=("A1-01",)), "T-13", "作废重签")


def test_a_member_who_refuses_is_outside_the_agreement_and_its_part_goes(cases: CaseService) -> None:
    """LR-19, LR-10: nobody has signed yet, so the clause is reduced by that member's part to the cent."""
    file = on_file(cases, unsigned("C02"))
    assert file.agreement is not None
    first = file.members_of("A1")[0]
    before = file.agreement.clauses[1]
    file = taken(
        cases,
        file,
        DeclineToSign(ref=first.ref, on=date(2026, 1, 27), reason="要求一次付清", told_remedies=TOLD),
    )
    assert file.agreement is not None
    clause = file.agreement.clauses[1]
    assert clause.amount == (before.amount or Decimal()) - sum(first.instalments)
    assert [
        old.amount - new.amount for old, new in zip(before.instalments, clause.instalments, strict=True)
    ] == list(first.instalments)
    assert [entry.ref for entry in file.not_signed] == [first.ref]
    left = tuple(member.ref for member in file.members_of("A1")[1:])
    file = taken(
        cases, file, MarkMembers(group="A1", on=date(2026, 1, 27), signed=left), *WAYS["C02"](file)[1:]
    )
    assert file.effective_on == date(2026, 1, 27)
    assert file.agreement is not None
    assert file.agreement.signatures[0].method == "22人逐一签名并按指印"


def test_signatures_are_voided_and_given_anew(cases: CaseService) -> None:
    """作废重签: a refusal after the first signature; nothing is deleted, the draft may be changed again."""
    day = date(2026, 1, 27)
    file = on_file(cases, unsigned("C02"))
    everybody = tuple(member.ref for member in file.members_of("A1"))
    declined = DeclineToSign(ref="A1-05", on=day, reason="不同意分期", told_remedies=TOLD)
    file = taken(
        cases,
        file,
        MarkMembers(group="A1", on=day, signed=everybody[:4]),
        Sign(ref="B2", on=day, signing=agent("B2", "沈毅")),
    )
    refuses(cases, file, declined, "T-13", "作废重签")
    file = taken(cases, file, VoidSignatures(on=day, reason="一名成员拒签，金额要改"))
    assert file.agreement is not None
    assert file.agreement.signatures == ()
    assert [(one.round, one.ref, one.method) for one in file.beside.voided_signatures][:2] == [
        (1, "B2", "代理人签名并加盖公章"),
        (1, "A1-01", "签名并按指印"),
    ]
    assert len(file.beside.voided_signatures) == 5
    file = taken(cases, file, declined)
    refuses(cases, file, VoidSignatures(on=day, reason="再改"), "T-13", "还没有人签署")
    assert file.agreement is not None
    again = Compose(clauses=file.agreement.clauses, copies=28, copies_note=file.copies_note)
    assert taken(cases, file, again).beside.voided_signatures == file.beside.voided_signatures


@on_sqlite
def test_voiding_asks_for_a_reason_and_ends_with_effect(cases: CaseService) -> None:
    file = on_file(cases, unsigned("C03"))
    file = taken(cases, file, *WAYS["C03"](file)[:1])
    with pytest.raises(InputError) as missing:
        cases.perform(COUNTER, file.case_key, VoidSignatures(on=date(2026, 5, 27), reason=" "))
    assert missing.value.field == "reason"
    with pytest.raises(InputError, match="早于签署"):
        cases.perform(COUNTER, file.case_key, VoidSignatures(on=date(2026, 5, 26), reason="笔误"))
    file = taken(cases, file, *WAYS["C03"](file)[1:])
    refuses(cases, file, VoidSignatures(on=date(2026, 5, 28), reason="笔误"), "T-13", "还没有生效")


@on_sqlite
def test_an_electronic_signature_is_not_taken_where_the_law_excludes_it(cases: CaseService) -> None:
    """电子签名法 art. 3: refused for a divorce however it is written, and never offered."""
    file = on_file(cases, unsigned("C03"))
    day = date(2026, 5, 27)
    refuses(cases, file, Sign(ref="B1", method="电子签名", on=day), "电子签名法第三条", "婚姻")
    hand = hands(file, "B1", day)[0]
    assert (SignWay.ELECTRONIC,) not in ways_for(file, hand)
    loan = on_file(cases, unsigned("C08"))
    assert (SignWay.ELECTRONIC,) in ways_for(loan, hands(loan, "B2", day)[0])


@on_sqlite
def test_only_an_agent_with_special_power_signs(cases: CaseService) -> None:
    """LR-18: C06's B1 has an agent who may only speak; nobody signs by an agent who is not on file either."""
    day = date(2026, 5, 8)
    file = on_file(cases, unsigned("C06"))
    refuses(cases, file, Sign(ref="B1", method="代理人签名", on=day), "LR-18", "特别授权")
    by_agent = Signing(ref="B1", by=Signer.AGENT, name="马骁", ways=BOTH)
    refuses(cases, file, Sign(ref="B1", on=day, signing=by_agent), "LR-18", "特别授权")
    assert [hand.by for hand in hands(file, "B1", day)] == [Signer.OWN]
    leak = on_file(cases, unsigned("C01"))
    stranger = Sign(ref="B2", on=date(2026, 3, 24), signing=agent("B2", "马骁"))
    refuses(cases, leak, stranger, "LR-18", "马骁没有")


@on_sqlite
def test_a_fingerprint_instead_of_a_signature_has_a_reason_and_a_scribe(cases: CaseService) -> None:
    day = date(2026, 5, 8)
    file = on_file(cases, unsigned("C06"))
    for given, field in (({"scribe": "马骁"}, "reason"), ({"reason": "不会写字"}, "scribe")):
        alone = Signing(ref="B1", ways=(SignWay.FINGERPRINT,), **given)  # type: ignore[arg-type]
        with pytest.raises(InputError) as missing:
            cases.perform(COUNTER, file.case_key, Sign(ref="B1", on=day, signing=alone))
        assert missing.value.field == field


@on_sqlite
def test_a_minor_is_signed_for_by_the_guardian(cases: CaseService) -> None:
    """§1.7: C01 with an applicant of fifteen; at eighteen she signs herself."""
    day = date(2026, 3, 24)
    base, child = unsigned("C01"), recorded("C09").parties[0]
    assert child.guardian is not None
    young = replace(base.parties[0], birth_date=date(2011, 1, 1), id_no=None, guardian=child.guardian)
    file = on_file(cases, replace(base, parties=(young, *base.parties[1:])))
    refuses(cases, file, Sign(ref="A1", method="签名并按指印", on=day), "民法典第十九条", "十八周岁")
    assert [hand.by for hand in hands(file, "A1", day)] == [Signer.STATUTORY]
    assert [hand.by for hand in hands(file, "A1", date(2029, 1, 1))] == [Signer.OWN]
    file = taken(cases, file, Sign(ref="A1", on=day))
    assert file.agreement is not None
    assert file.agreement.signatures[0].method == "法定代理人签名并按指印"


@on_sqlite
def test_a_company_puts_its_seal_on_unless_the_centre_does_not_ask_for_it(
    cases: CaseService, own_rules: Path
) -> None:
    day = date(2026, 3, 24)
    bare = Sign(ref="B2", on=day, signing=replace(agent("B2", "卢倩"), ways=(SignWay.SIGNATURE,)))
    file = on_file(cases, unsigned("C01"))
    refuses(cases, file, bare, "LR-12", "加盖印章")
    shipped = Path("resources/rules/signing.toml").read_text("utf-8")
    (own_rules / "signing.toml").write_text(shipped.replace("required = true", "required = false"), "utf-8")
    use_rules_in(own_rules)
    assert "B2" not in taken(cases, file, bare).missing_signatures


@on_sqlite
def test_nobody_signs_before_the_conclusion_nor_ahead_of_today(cases: CaseService) -> None:
    """LR-12."""
    file = on_file(cases, unsigned("C01"))
    refuses(cases, file, Sign(ref="A1", on=date(2026, 3, 23)), "LR-12", "早于达成协议之日")
    with pytest.raises(InputError, match="还没有到"):
        cases.perform(COUNTER, file.case_key, Sign(ref="A1", on=date(2026, 11, 1)))


@on_sqlite
def test_a_due_day_before_the_signature_is_refused_with_clause_and_day(cases: CaseService) -> None:
    """LR-12: C01 is due on 20 April; who signs on the 21st would be late before being bound."""
    file = on_file(cases, unsigned("C01"))
    late = Sign(ref="A1", on=date(2026, 4, 21))
    refuses(cases, file, late, "LR-12", "第2条的履行日期2026-04-20早于签署日期2026-04-21")
    refuses(cases, file, late, "LR-12", "第二十九条")


@on_sqlite
def test_a_party_without_part_in_the_clauses_may_stay_outside(cases: CaseService) -> None:
    """LR-10 told; who is promised something, or is the only one of a side, cannot be left out."""
    day = date(2026, 8, 6)
    file = on_file(cases, unsigned("C10"))
    outside = DeclineToSign(ref="A5", on=day, reason="不愿签", told_remedies=TOLD)
    refuses(cases, file, replace(outside, told_remedies=()), "LR-10", "救济途径")
    refuses(cases, file, replace(outside, ref="A1"), "LR-12", "权利或者义务")
    refuses(cases, file, replace(outside, ref="B1"), "T-15", "少了一方")
    file = taken(cases, file, outside)
    assert "A5" not in file.signing_places
    left = tuple(step for step in WAYS["C10"](file) if getattr(step, "ref", "") != "A5")
    assert taken(cases, file, *left).effective_on == day


@on_sqlite
def test_the_last_refusal_brings_the_agreement_into_force(cases: CaseService) -> None:
    day = date(2026, 8, 6)
    file = on_file(cases, unsigned("C10"))
    left = tuple(step for step in WAYS["C10"](file) if getattr(step, "ref", "") != "A5")
    file = taken(cases, file, *left)
    assert file.effective_on is None
    file = taken(cases, file, DeclineToSign(ref="A5", on=day, reason="不愿签", told_remedies=TOLD))
    assert file.effective_on == day
    assert [row.clause for row in file.performance] == [2, 2]


def test_a_group_counts_by_members_where_the_body_says_so(own_rules: Path) -> None:
    """LR-13: C02 with 23 workers and three companies; default by the three representatives."""
    file = unsigned("C02")
    assert copies_needed(file).least == 7
    assert "代表人3份" in copies_needed(file).why
    shipped = Path("resources/rules/centre.toml").read_text("utf-8")
    body = f'\n[[body]]\nname = "{file.organisation.name}"\nshort = "安和"\n'
    body += (
        'type = "社会团体和其他组织调委会"\naddress = "云川市"\ntrack = "人民调解"\ngroup_copies = "成员"\n'
    )
    (own_rules / "centre.toml").write_text(shipped + body, "utf-8")
    use_rules_in(own_rules)
    assert copies_needed(file).least == 27
    assert "成员23份" in copies_needed(file).why
    assert copies_needed(unsigned("C07")).least == 6, "another body keeps the default"


@on_sqlite
def test_a_detail_of_a_member_is_kept_beside_the_file(cases: CaseService) -> None:
    day = date(2026, 1, 27)
    file = on_file(cases, unsigned("C02"))
    detail = Signing(ref="A1-02", ways=(SignWay.FINGERPRINT,), reason="右手受伤", witness="汪律涛")
    file = taken(cases, file, MarkMembers(group="A1", on=day, signed=("A1-02",), details=(detail,)))
    assert file.beside.signings == (detail,)
    with pytest.raises(InputError, match="不是"):
        cases.perform(COUNTER, file.case_key, MarkMembers(group="A1", on=day, signed=("B1-02",)))
    assert Signing(ref="B2", by=Signer.AGENT, ways=SEALED).ways == SEALED
    assert all(agent.authority is Authority.GENERAL for agent in file.parties[0].agents)
    assert own("A1").ways == BOTH
