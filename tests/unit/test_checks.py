"""Rules on groups, monthly payments, oral agreements, endings, courts: one change each to an acceptance case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mediation_desk.cases.checks.arithmetic import evaluate
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.errors import InputError
from tests.unit.edited import GONE, SHARED, edited

CONSENT = "/undisputed_facts_consent"
NOTE = "/sessions/1/private_notes"
CHANGES: list[tuple[str, dict[str, Any], str, str]] = [
    ("C02", {"/parties/0/headcount": 24}, "/parties/0/headcount", "23人"),
    ("C02", {"/parties/0/representatives": ["A1-01"]}, "/parties/0/representatives", "LR-19"),
    ("C02", {"/parties/0/representatives/0": "A1-77"}, "/parties/0/representatives/0", "成员"),
    ("C02", {"/group_members/0/is_representative": False}, "/group_members/0/is_representative", "LR-19"),
    ("C02", {"/group_members/3/ref": "A1-03"}, "/group_members/3/ref", "两次"),
    ("C02", {"/group_members/3/ref": "B1-04"}, "/parties/0/headcount", "22人"),
    ("C02", {"/group_members/0/days": 87}, "/group_members/0/gross", "日工资"),
    ("C02", {"/group_members/0/owed": "12403.91"}, "/group_members/0/owed", "12403.90"),
    ("C02", {"/group_members/0/instalments/0": "7442.35"}, "/group_members/0/instalments", "12403.90"),
    ("C02", {"/group_members/22": GONE}, "/parties/0/headcount", "22人"),
    ("C02", {"/parties/0/representative_letter_on": GONE}, "/parties/0/representatives", "LR-19"),
    ("C02", {"/agreement/signatures/0/method": "代理人签名"}, "/agreement/signatures/0/method", "LR-18"),
    (
        "C02",
        {"/statistics/prevented_cases_persons/mass_petition": [1, 0]},
        "/statistics/prevented_cases_persons/mass_petition",
        "人数",
    ),
    ("C03", {"/recurring/0/months": 106}, "/recurring/0/months", "起止月份"),
    ("C03", {"/recurring/0/first_month": "2026-13"}, "/recurring/0/first_month", "2026-07"),
    ("C03", {"/recurring/0/monthly": "2700.00"}, "/recurring/0/monthly", "月数"),
    ("C03", {"/recurring/0/clause": 1}, "/recurring/0/clause", "支付条款"),
    ("C03", {"/performance/5/due_on": "2026-07-11"}, "/performance/5/due_on", "2026-07-10"),
    ("C03", {"/related_persons/0/age_at_intake": 9}, "/related_persons/0/age_at_intake", "年龄"),
    ("C05", {"/sessions/1/mode": "现场"}, "/sessions/1/private_notes", "LR-22"),
    ("C05", {f"{NOTE}/0/of": "A9"}, f"{NOTE}/0/of", "A9"),
    (
        "C05",
        {"/judicial_confirmation/applied_on": "2026-10-09"},
        "/judicial_confirmation/applied_on",
        "LR-15",
    ),
    ("C05", {"/judicial_confirmation/decided_on": "2026-09-07"}, "/judicial_confirmation/decided_on", "早于"),
    ("C05", {"/intake/mediation_due_on": "2026-09-01"}, "/intake/mediation_due_on", "2026-09-02"),
    ("C08", {"/court_referral/received_signed_on": "2026-04-19"}, "/intake/mediation_due_on", "2026-05-19"),
    ("C08", {"/court_referral/letter": "委托调解函"}, "/court_referral/letter", "委派调解函"),
    ("C08", {"/performance/3/amount": "17600.00"}, "/performance/3/amount", "37500.00"),
    ("C08", {"/performance/2/status": "逾期履行"}, "/performance/2/status", "逾期部分履行"),
    (
        "C08",
        {"/judicial_confirmation/enforcement/outstanding": "185000.01"},
        "/judicial_confirmation/enforcement/outstanding",
        "总额",
    ),
    ("C08", {"/judicial_confirmation/enforcement/by": "C1"}, "/judicial_confirmation/enforcement/by", "C1"),
    ("C08", {"/statistics/source": "接受委托移送（其他）"}, "/statistics/source", "法院"),
    ("C09", {"/parties/0/guardian": None}, "/parties/0/guardian", "监护人"),
    ("C09", {"/parties/0/guardian/id_no": "110101198406192221"}, "/parties/0/guardian/id_no", "校验位"),
    ("C09", {"/agreement/oral_record": GONE}, "/agreement/oral_record", "LR-11"),
    ("C09", {"/agreement/oral_record/confirmed_by": ["A1"]}, "/agreement/oral_record/confirmed_by", "LR-14"),
    ("C09", {"/agreement/copies": 3}, "/agreement/copies", "口头协议"),
    ("C09", {"/agreement/effective_on": "2026-07-22"}, "/agreement/effective_on", "2026-07-21"),
    ("C10", {"/unresolved": GONE}, "/unresolved", "未解决"),
    ("C10", {"/unresolved/0/claim": "Q9"}, "/unresolved/0/claim", "Q9"),
    ("C10", {"/unresolved/0/amount": "6000.01"}, "/unresolved/0/amount", "大于"),
    ("C10", {"/parties/6/operator/phone": "1"}, "/parties/6/operator/phone", "手机号"),
    ("C11", {"/ending": GONE}, "/ending", "LR-10"),
    ("C11", {"/ending/told_remedies": []}, "/ending/told_remedies", "LR-10"),
    ("C11", {"/intake/number": "（2026）安和人调字第99号"}, "/intake/number", "不予受理"),
    ("C11", {"/ending/kind": "终止"}, "/ending/kind", "不一致"),
    ("C11", {"/statistics/people_involved": 2}, "/statistics/people_involved", "0"),
    ("C12", {"/ending/on": "2026-03-11"}, "/ending/on", "2026-03-12"),
    ("C12", {"/ending/told_on": "2026-03-11"}, "/ending/told_on", "早于"),
    ("C12", {"/ending/notice/served/0/ref": "A7"}, "/ending/notice/served/0/ref", "A7"),
    ("C12", {f"{CONSENT}/by": ["A1"]}, "/undisputed_facts", "各方同意"),
    ("C12", {CONSENT: GONE}, "/undisputed_facts", "各方同意"),
    ("C12", {"/intake/mediation_due_on": "2026-03-16"}, "/intake/mediation_due_on", "2026-03-13"),
    ("C13", {"/ending/by": []}, "/ending/by", "由谁"),
    ("C13", {"/recusals/0/decided_on": "2026-06-07"}, "/recusals/0/decided_on", "早于"),
    ("C13", {"/recusals/0/replaced_by": "M55"}, "/recusals/0/replaced_by", "M55"),
    ("C13", {"/selection_history/0/round": 2}, "/selection_history/0/round", "第1轮"),
    ("C14", {"/suspensions/0/days_excluded": 42}, "/suspensions/0/due_after", "2026-09-02"),
    ("C14", {"/extensions/0/due_before": "2026-08-31"}, "/extensions/0/due_before", "2026-09-01"),
    ("C14", {"/extensions/0/due_after": "2026-09-22"}, "/extensions/0/due_after", "2026-09-21"),
    ("C14", {"/sessions/1/date": "2026-08-07"}, "/sessions/1/date", "中止期间"),
    ("C14", {"/undisputed_facts": ["患者于手术前未被告知"]}, "/undisputed_facts", "各方同意"),
    ("C14", {"/related_cases/0/party": "A3"}, "/related_cases/0/party", "A3"),
]


def _file(key: str) -> Path | None:
    return next(iter(SHARED.glob(f"{key}_*.json")), None)


@pytest.mark.skipif(_file("C01") is None, reason="the acceptance cases are not beside this checkout")
@pytest.mark.parametrize(
    ("key", "edits", "place", "reason"), CHANGES, ids=[f"{change[0]}{change[2]}" for change in CHANGES]
)
def test_change_is_refused_by_its_rule(key: str, edits: dict[str, Any], place: str, reason: str) -> None:
    path = _file(key)
    assert path is not None
    with pytest.raises(InputError) as caught:
        read_case(json.dumps(edited(json.loads(path.read_bytes()), edits)))
    assert caught.value.pointer == place
    assert reason in caught.value.message


def test_long_sums_and_fractions_are_exact() -> None:
    assert evaluate("+".join(["0.10"] * 5000)) == 500
    assert evaluate("100/3*3") == 100
    assert evaluate("-(2+3)*4 - -1") == -19


@pytest.mark.parametrize(
    "expression", ["", "+", "1+", "1++*2", "(((1)", "1 2", "()", "2**3", "7//2", "1." * 400]
)
def test_what_is_no_sum_is_refused(expression: str) -> None:
    with pytest.raises(InputError):
        evaluate(expression)
