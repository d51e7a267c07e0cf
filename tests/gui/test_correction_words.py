"""A correction begins with what is on file, word for word, and changes nothing nobody typed."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mediation_desk.cases.centre import Centre
from mediation_desk.cases.merging import merged
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.reception import channels, zz_codes
from mediation_desk.cases.registering import Register, registration_of
from mediation_desk.interchange.reader import read_case
from mediation_desk.parties.model import Authority, Party, PartyKind, Side
from mediation_desk.practice.demo import generate
from tests.persistence.test_case_steps import PARTIES, REGISTER
from tests.shared_cases import FILES, needs_cases
from ui.screens.intake.assemble import assemble
from ui.screens.intake.words_of import words_of

TODAY = date(2026, 3, 24)

NOT_ON_THE_SHEET = {
    # what other screens register
    "fictitious", "evidence", "related_cases", "risks",
    # how an amount came about, beside the amount itself
    "calc", "trade", "daily_wage", "days", "paid", "owed", "room", "area_m2", "months", "discount", "price",
    "days_late", "household_no", "area_mu", "unit_price", "net", "instalments",
    # what follows in the course of the case
    "signed", "signed_on", "returned_on", "returned_papers", "letter",
    # references of the sheet's own
    "ref", "by", "against", "representatives", "contact_person",
    # the centre's own words for these
    "source_stat", "channel", "centre", "address", "name", "short", "type",
}  # fmt: skip
"""Keys that may come back otherwise; the merge keeps them (below), all others must come back as they are."""


def centre_of(file: CaseFile) -> Centre:
    """A centre that has the body of this case."""
    return Centre(name=file.centre, bodies=((file.track, file.organisation),), rooms=(), recorders=())


def read_again(file: CaseFile, **typed: object) -> Register:
    """What the sheet makes of a case on file."""
    return assemble(words_of(registration_of(file)) | typed, centre_of(file), TODAY)[0]


def different(one: Any, other: Any, place: str = "") -> list[str]:
    """Names of the keys that differ."""
    if one == other:
        return []
    if is_dataclass(one) and type(one) is type(other):
        return [
            key
            for field in fields(one)
            for key in different(getattr(one, field.name), getattr(other, field.name), field.name)
        ]
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        return [key for mine, yours in zip(one, other, strict=True) for key in different(mine, yours, place)]
    return [place]


def shared() -> list[CaseFile]:
    return [read_case(path.read_bytes()) for path in FILES]


@needs_cases
@pytest.mark.parametrize("file", shared(), ids=lambda file: file.case_key)
def test_an_acceptance_case_comes_back_as_it_is_on_file(file: CaseFile) -> None:
    on_file = registration_of(file)
    shown = read_again(file)

    assert set(different(on_file, shown)) <= NOT_ON_THE_SHEET
    assert merged(on_file, shown, shown) == on_file


def test_invented_cases_come_back_as_they_are_on_file() -> None:
    for file in generate(150, 7, TODAY):
        on_file, shown = registration_of(file), read_again(file)

        # the sheet asks for sender and court by the channel; one that is not in the rules asks for neither
        channel = next((one for one in channels() if one.name == file.intake.channel), None)
        hidden = set() if channel else {"source_org", "referral_no"}
        if (channel.court if channel else None) is not (file.court_referral and file.court_referral.mode):
            hidden |= {"court_referral", "mode", "court_case_no", "procedure"}
        if file.dispute.category_zz not in zz_codes():
            hidden |= {"code"}
        assert set(different(on_file, shown)) <= NOT_ON_THE_SHEET | hidden, file.case_key
        assert merged(on_file, shown, shown) == on_file


@needs_cases
@pytest.mark.parametrize("file", shared(), ids=lambda file: file.case_key)
def test_one_word_corrected_changes_that_word_only(file: CaseFile) -> None:
    on_file = registration_of(file)
    words = words_of(on_file)
    rows = words["parties"]
    assert isinstance(rows, list)
    rows[-1] = rows[-1] | {"phone": "13912345678"}

    after = merged(on_file, read_again(file), assemble(words, centre_of(file), TODAY)[0])

    last = replace(on_file.parties[-1], phone="13912345678")
    assert after == replace(on_file, parties=(*on_file.parties[:-1], last))


def company(ref: str, side: Side, name: str) -> Party:
    return Party(ref=ref, side=side, kind=PartyKind.COMPANY, name=name)


THREE = replace(REGISTER, parties=(*PARTIES, company("B2", Side.RESPONDENT, "云川物业有限公司")))


def test_a_party_taken_out_leaves_the_references_of_the_others() -> None:
    shown = replace(THREE, parties=(PARTIES[0], replace(PARTIES[1], ref="B1"), THREE.parties[2]))
    typed = replace(shown, parties=(PARTIES[0], replace(THREE.parties[2], ref="B1")), claims=())

    assert [(one.ref, one.name) for one in merged(THREE, shown, typed).parties] == [
        ("A1", "甄有理"),
        ("B2", "云川物业有限公司"),
    ]


def test_a_party_taken_out_and_another_written_below_are_two_people() -> None:
    new = company("B2", Side.RESPONDENT, "安澜建筑有限公司")
    typed = replace(THREE, parties=(PARTIES[0], replace(THREE.parties[2], ref="B1"), new), claims=())

    assert [(one.ref, one.name) for one in merged(THREE, THREE, typed).parties] == [
        ("A1", "甄有理"),
        ("B2", "云川物业有限公司"),
        ("B3", "安澜建筑有限公司"),
    ]


def test_a_row_written_over_in_its_place_is_the_same_party() -> None:
    other = replace(PARTIES[1], name="贾明理", id_no="110101199001010015")
    typed = replace(REGISTER, parties=(PARTIES[0], other))

    assert merged(REGISTER, REGISTER, typed).parties == (PARTIES[0], other)


def test_a_claim_against_some_stays_so_when_a_party_is_added() -> None:
    """The sheet shows "everybody on the other side" for it."""
    several = replace(
        THREE, parties=(*THREE.parties, company("B3", Side.RESPONDENT, "云川置业有限公司")),
        claims=(replace(REGISTER.claims[0], against=("B1", "B3"), calc="5×200"),),
    )  # fmt: skip
    everybody = (replace(REGISTER.claims[0], against=("B1", "B2", "B3")),)
    shown = replace(several, claims=everybody)
    more = company("B4", Side.RESPONDENT, "云川园林有限公司")
    typed = replace(
        shown, parties=(*shown.parties, more),
        claims=(replace(everybody[0], against=("B1", "B2", "B3", "B4"), item="修墙费等"),),
    )  # fmt: skip

    claim = merged(several, shown, typed).claims[0]

    assert (claim.item, claim.against, claim.calc) == ("修墙费等", ("B1", "B3"), "5×200")


def test_a_sum_goes_with_the_amount_it_led_to() -> None:
    reckoned = replace(REGISTER, claims=(replace(REGISTER.claims[0], calc="10×100"),))
    typed = replace(REGISTER, claims=(replace(REGISTER.claims[0], amount=Decimal("900.00")),))

    claim = merged(reckoned, REGISTER, typed).claims[0]

    assert (claim.amount, claim.calc) == (Decimal("900.00"), None)


def test_a_third_agent_the_sheet_has_no_room_for_stays() -> None:
    from mediation_desk.parties.model import Agent, Gender

    agents = tuple(
        Agent(name=name, gender=Gender.MALE, phone="", authority=Authority.GENERAL, poa_on=TODAY)
        for name in ("一", "二", "三")
    )
    actual = replace(REGISTER, parties=(replace(PARTIES[0], agents=agents), PARTIES[1]))
    shown = replace(REGISTER, parties=(replace(PARTIES[0], agents=agents[:2]), PARTIES[1]))
    typed = replace(REGISTER, parties=(replace(PARTIES[0], agents=agents[1:2]), PARTIES[1]))

    assert [agent.name for agent in merged(actual, shown, typed).parties[0].agents] == ["二", "三"]
