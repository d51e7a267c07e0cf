"""Whether a court may confirm: every written acceptance case, and agreements made to touch each limit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mediation_desk.agreements.model import Clause, ClauseKind
from mediation_desk.cases.court.eligibility import Eligibility, eligibility
from mediation_desk.cases.court.rules import Verdict
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import CourtMode
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.assets import use_rules_in
from tests.shared_cases import FILES, needs_cases

pytestmark = needs_cases


def fresh(key: str) -> CaseFile:
    """The case on the day of its effect: nothing performed, nobody at court."""
    file = next(read_case(path.read_bytes()) for path in FILES if path.name.startswith(key))
    return replace(
        file,
        judicial_confirmation=replace(file.judicial_confirmation, applied_on=None, decided_on=None),
        performance=tuple(replace(row, done_on=None) for row in file.performance),
    )


def judged(file: CaseFile, after: int = 1) -> Eligibility:
    assert file.outcome is not None
    return eligibility(file, (file.effective_on or file.outcome.concluded_on) + timedelta(days=after))


def with_clause(file: CaseFile, kind: ClauseKind, text: str) -> CaseFile:
    assert file.agreement is not None
    clause = Clause(no=len(file.agreement.clauses) + 1, kind=kind, text=text)
    return replace(file, agreement=replace(file.agreement, clauses=(*file.agreement.clauses, clause)))


@pytest.mark.parametrize(
    ("key", "verdict"),
    [
        ("C01", Verdict.MAY),
        ("C02", Verdict.MAY),
        ("C03", Verdict.PARTLY),
        ("C04", Verdict.MAY),
        ("C05", Verdict.MAY),
        ("C06", Verdict.PARTLY),
        ("C07", Verdict.ASK),
        ("C08", Verdict.MAY),
        ("C09", Verdict.CANNOT),
        ("C10", Verdict.MAY),
        ("C12", Verdict.CANNOT),
    ],
)
def test_the_acceptance_cases_get_the_verdict_their_court_gave_or_would(key: str, verdict: Verdict) -> None:
    assert judged(fresh(key)).verdict is verdict


def test_a_divorce_is_told_which_clause_and_which_article() -> None:
    """C03: status is not confirmed, maintenance and compensation may be."""
    status = [one for one in judged(fresh("C03")).findings if "身份关系" in one.sentence]
    assert [one.clause for one in status] == [1]
    assert "第三百五十五条" in status[0].words
    assert "自愿离婚" in status[0].words


def test_the_title_in_the_homestead_case_is_seen_before_the_court_sees_it() -> None:
    """C06 was not accepted for it."""
    title = [one for one in judged(fresh("C06")).findings if one.clause == 1]
    assert "物权确权" in title[0].words


@pytest.mark.parametrize(
    ("text", "kind", "verdict"),
    [
        ("双方解除收养关系。", ClauseKind.CONFIRM, Verdict.PARTLY),
        ("涉案商标权归甄有理所有。", ClauseKind.CONFIRM, Verdict.PARTLY),
        ("贾讲理放弃追究，请求公安机关免除行政处罚。", ClauseKind.WAIVE, Verdict.CANNOT),
        ("申请宣告张三失踪由甄有理负责，即宣告失踪。", ClauseKind.ACT, Verdict.CANNOT),
        ("双方互相谅解。", ClauseKind.CONFIRM, Verdict.MAY),
        ("贾讲理搬离租住的房屋，押金归还甄有理。", ClauseKind.ACT, Verdict.MAY),
    ],
)
def test_one_clause_more_changes_the_verdict(text: str, kind: ClauseKind, verdict: Verdict) -> None:
    assert judged(with_clause(fresh("C01"), kind, text)).verdict is verdict


def test_time_form_and_performance_decide_before_the_content() -> None:
    file = fresh("C02")
    assert judged(file, after=30).verdict is Verdict.MAY
    late = judged(file, after=31)
    assert late.verdict is Verdict.CANNOT
    assert "2026年2月26日已过" in late.findings[0].words
    done = replace(file, performance=tuple(replace(row, done_on=row.due_on) for row in file.performance))
    assert judged(done).verdict is Verdict.NEEDLESS
    assert file.agreement is not None
    unsigned = replace(file, agreement=replace(file.agreement, signatures=()), performance=())
    assert "还没有生效" in judged(unsigned).findings[0].words


def test_after_filing_the_court_makes_its_own_paper() -> None:
    """委托: 特邀调解规定 art. 20."""
    file = fresh("C08")
    assert file.court_referral is not None
    entrusted = replace(file, court_referral=replace(file.court_referral, mode=CourtMode.AFTER_FILING))
    assert "调解书" in judged(entrusted).findings[0].words


def test_other_ways_fit_the_dispute() -> None:
    wages = {way.name: way for way in judged(fresh("C02")).others}
    assert wages["支付令"].basis == "劳动争议调解仲裁法第十六条"
    assert "仲裁审查" in wages
    loan = {way.name: way for way in judged(fresh("C08")).others}
    assert loan["支付令"].basis == "民事诉讼法第二百二十五条"
    assert "仲裁审查" not in loan
    assert "起诉" in loan


def test_a_centre_changes_articles_and_what_its_court_takes(tmp_path: Path) -> None:
    shipped = Path("resources/rules/confirmation.toml").read_text("utf-8")
    own = shipped.replace('within = "人民调解法第三十三条、', 'within = "人民调解法第四十条、')
    own = own.replace('verdict = "先问法院"', 'verdict = "不能申请"')
    (tmp_path / "confirmation.toml").write_text(own, "utf-8")
    use_rules_in(tmp_path)
    try:
        assert judged(fresh("C07")).verdict is Verdict.CANNOT
        assert "人民调解法第四十条" in judged(fresh("C02"), after=31).findings[0].words
    finally:
        use_rules_in(tmp_path / "none")


def test_no_agreement_nothing_to_confirm() -> None:
    assert eligibility(fresh("C12"), date(2026, 3, 13)).findings[0].sentence.startswith("没有达成协议")
