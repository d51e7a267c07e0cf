"""The papers for the court: who applies, for what, with which enclosures; and when there is none to print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mediation_desk.agreements.court import (
    CourtFiling,
    CourtRequest,
    EarlierApplication,
    FilingWay,
    Will,
    WillWay,
)
from mediation_desk.agreements.model import Confirmation
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.service import compose, render
from mediation_desk.shared.errors import RuleError
from tests.documents.reading import pdf_text
from tests.persistence.signing_cases import recorded, unsigned
from tests.shared_cases import needs_cases

pytestmark = needs_cases


def words(file: CaseFile, form: str) -> str:
    return "".join(pdf_text(render(paper, "pdf")) for paper in compose(file, form))


def test_all_parties_apply_and_the_enclosures_fit_the_case() -> None:
    """C02: a group applies by its representatives; before the court nobody is a respondent."""
    text = words(recorded("C02"), "confirmation")
    assert (
        "请求依法确认经安和区人民调解委员会主持于2026年1月27日达成的编号为（2026）安和人调字第7号的调解协议有效"
        in text
    )
    assert "被申请人" not in text
    assert "推选书和成员授权" in text
    assert "财产权利证明" not in text
    assert "云川市安和区人民法院" in text


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (unsigned("C02"), "还没有签完"),
        (recorded("C09"), "先写成书面"),
        (recorded("C12"), "没有达成协议"),
    ],
    ids=["unsigned", "oral", "failed"],
)
def test_no_application_where_a_court_would_send_the_parties_away(file: CaseFile, reason: str) -> None:
    with pytest.raises(RuleError, match=reason):
        compose(file, "confirmation")


def test_the_proof_says_who_presided_where_and_when() -> None:
    text = words(recorded("C05"), "presiding")
    assert "段启明" in text
    assert "2026年8月5日" in text
    assert "共3次" in text


def test_the_register_keeps_wills_requests_and_an_earlier_try() -> None:
    file = recorded("C05")
    day = date(2026, 9, 7)
    beside = replace(
        file.beside,
        wills=(Will(ref="A1", on=day, how=WillWay.PHONE, name="蒲建业"),),
        court_filing=CourtFiling(how=FilingWay.ONLINE, received_on=date(2026, 9, 16)),
        court_requests=(CourtRequest(no=1, asked_on=day, what="补身份证"),),
        earlier_applications=(
            EarlierApplication(applied_on=day, court="某法院", decided_on=day, result="撤回申请"),
        ),
    )
    text = words(replace(file, beside=beside), "court")
    for said in (
        "蒲建业2026年9月7日电话表示同意",
        "网上提交",
        "补身份证，还没有补正",
        "某法院申请",
        "裁定调解协议有效",
    ):
        assert said in text, said
    with pytest.raises(RuleError, match="没有申请"):
        compose(replace(file, judicial_confirmation=Confirmation()), "court")


def test_a_letter_names_what_is_enclosed() -> None:
    """C08 goes back to its court with the agreement; facts nobody signed stay here."""
    text = words(recorded("C08"), "reply")
    assert "附件：调解协议书复印件一份" in text
    assert "无争议事实" not in text
