"""以案定补, one case at a time: which clause of which class, who draws what, and why nothing (yet)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.agreements.model import AgreementForm, Clause, ClauseKind, OralRecord
from mediation_desk.cases.beside import Beside, Binned
from mediation_desk.cases.model import Outcome, RelatedCase
from mediation_desk.cases.vocabulary import Category, Difficulty, Result
from mediation_desk.experts.model import Employment, Role
from mediation_desk.interchange.reader import read_case
from mediation_desk.parties.model import Side
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.money import figures
from mediation_desk.shared.track import Track
from mediation_desk.subsidy.conditions import judged, ordinal, words_of
from mediation_desk.subsidy.matter import Matter, basis_of, parties_print
from mediation_desk.subsidy.months import last_day, months_before, parse_month
from mediation_desk.subsidy.rules import Kept, Lapsed, SubsidyRules, subsidy_rules
from mediation_desk.subsidy.sameness import same_dispute
from mediation_desk.subsidy.sharing import shared_out
from mediation_desk.subsidy.worksheet import worksheet
from tests.documents.dispute import mediator, person, session
from tests.shared_cases import FILES, needs_cases
from tests.subsidised import ENDED, FILED, paid, performed, worth_paying

ON = date(2026, 10, 31)
RULES = subsidy_rules()
SCHEME = RULES.schemes[0]
TOML = (Path(__file__).resolve().parents[2] / "resources" / "rules" / "subsidy.toml").read_text("utf-8")


def matter(**more: Any) -> Matter:
    """The least there is: two people, by word of mouth, one session."""
    values: dict[str, Any] = {
        "track": Track.PEOPLES,
        "accepted": True,
        "success": True,
        "concluded_on": ENDED,
        "category": Category.NEIGHBOUR,
        "difficulty": Difficulty.ORDINARY,
        "people": 2,
        "group": False,
        "agreed": Decimal("0.00"),
        "claimed": Decimal("0.00"),
        "sessions": 1,
        "form": AgreementForm.ORAL,
        "prevented": False,
        "mediators": (),
    }
    return Matter(**(values | more))


WRITTEN, HARD = AgreementForm.WRITTEN, Difficulty.DIFFICULT
BOUNDARIES: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("4 people", {"people": 4}, "简易第一项"),
    ("5 people", {"people": 5}, "普通第三项"),
    ("19 people", {"people": 19}, "普通第三项"),
    ("20 people", {"people": 20}, "重大第一项"),
    ("49 people", {"people": 49}, "重大第一项"),
    ("50 people", {"people": 50}, "特别重大第一项"),
    ("a fen below 10,000", {"form": WRITTEN, "agreed": Decimal("9999.99")}, "简易第一项"),
    ("10,000 in writing", {"form": WRITTEN, "agreed": Decimal("10000.00")}, "普通第一项"),
    ("10,000 by word of mouth", {"agreed": Decimal("10000.00")}, "简易第一项"),
    ("two sessions, written", {"form": WRITTEN, "sessions": 2}, "普通第二项"),
    ("two sessions, oral", {"sessions": 2}, "简易第一项"),
    ("a fen below 500,000", {"form": WRITTEN, "agreed": Decimal("499999.99")}, "普通第一项"),
    ("500,000", {"agreed": Decimal("500000.00")}, "重大第二项"),
    ("a fen below two million", {"agreed": Decimal("1999999.99")}, "重大第二项"),
    ("two million", {"agreed": Decimal("2000000.00")}, "特别重大第二项"),
    ("hard, two sessions", {"difficulty": HARD, "sessions": 2}, "简易第一项"),
    ("hard, three sessions", {"difficulty": HARD, "sessions": 3}, "重大第三项"),
    ("ordinary, three sessions", {"sessions": 3, "form": WRITTEN}, "普通第二项"),
    (
        "medical, a fen below 100,000",
        {"category": Category.MEDICAL, "form": WRITTEN, "agreed": Decimal("99999.99")},
        "普通第一项",
    ),
    (
        "medical, 100,000",
        {"category": Category.MEDICAL, "form": WRITTEN, "agreed": Decimal("100000.00")},
        "重大第四项",
    ),
    ("danger averted, 19 people", {"prevented": True, "difficulty": HARD, "people": 19}, "普通第三项"),
    ("danger averted, 20 people", {"prevented": True, "difficulty": HARD, "people": 20}, "特别重大第三项"),
)


@pytest.mark.parametrize(("about", "changes", "expected"), BOUNDARIES, ids=[row[0] for row in BOUNDARIES])
def test_every_boundary_puts_a_case_into_its_class(
    about: str, changes: dict[str, Any], expected: str
) -> None:
    last = judged(SCHEME, matter(**changes))[-1]
    assert last.holds
    assert last.clause.startswith(f"{expected}：")


def test_every_clause_of_the_table_has_a_case_at_its_boundary() -> None:
    reached = {expected for _about, _changes, expected in BOUNDARIES}
    wanted = {
        f"{one.name}第{ordinal(no)}项"
        for one in SCHEME.classes
        for no, _clause in enumerate(one.clauses, start=1)
    }
    assert reached == wanted


def test_the_worksheet_names_what_each_clause_before_lacked() -> None:
    findings = judged(SCHEME, matter(people=5))
    assert [one.holds for one in findings] == [False] * (len(findings) - 1) + [True]
    assert (findings[0].clause, findings[0].why) == ("特别重大第一项：当事人50人以上", "当事人5人")
    assert findings[-1].clause == "普通第三项：当事人5人以上"


# One case


def test_a_case_that_has_everything_is_paid_for() -> None:
    sheet = worksheet(worth_paying(), RULES, ON)
    assert sheet.payable
    assert sheet.pay_class == "简易"
    assert sheet.class_amount == Decimal("400.00")
    assert sheet.amount == Decimal("480.00"), "a mediator of the first grade draws a fifth more"


def _lacking() -> Iterator[tuple[Any, str, bool]]:
    good = worth_paying()
    agreement = paid()
    failed = Outcome(result=Result.FAILED, concluded_on=ENDED)
    official = replace(mediator(), employment=Employment.OFFICIAL)
    later = replace(agreement.clauses[0], due_on=date(2026, 12, 1))
    yield (
        replace(good, track=Track.ADMINISTRATIVE),
        "行政调解的案件不在以案定补范围内（各地以案定补办法）",
        True,
    )
    yield replace(good, track=Track.JUDICIAL), "司法调解的案件不在以案定补范围内（各地以案定补办法）", True
    yield replace(good, outcome=None), "还没有办结（各地以案定补办法）", False
    yield replace(good, outcome=failed, agreement=None), "没有达成协议（调解不成）（各地以案定补办法）", True
    yield replace(good, agreement=replace(agreement, signatures=())), "协议还没有生效（LR-12）", False
    yield replace(good, archive=None), "案卷还没有归档（各地以案定补办法）", False
    undone = tuple(replace(row, done_on=None) for row in good.performance)
    yield replace(good, performance=undone), "协议第1条到期没有履行（各地以案定补办法）", False
    ahead = tuple(replace(row, due_on=date(2026, 12, 1)) for row in undone)
    promised = replace(agreement, clauses=(later,))
    yield (
        replace(good, agreement=promised, performance=ahead),
        "协议还没有开始履行（各地以案定补办法）",
        False,
    )
    yield replace(good, mediators=()), "没有登记调解员（LR-6）", False
    yield replace(good, mediators=(official,)), "办案的调解员都领取工资（各地以案定补办法）", True
    binned = Binned(on=ON, by="窗口", reason="重复")
    yield replace(good, beside=Beside(binned=binned)), "案件在回收站里（I）", False
    old = replace(good, outcome=replace(good.outcome, concluded_on=date(2025, 10, 31)))  # type: ignore[type-var]
    yield old, "2025年10月31日办结，12个月内没有申报（本中心规定）", True
    ancient = replace(good, outcome=replace(good.outcome, concluded_on=date(2022, 12, 31)))  # type: ignore[type-var]
    yield ancient, "2022年12月31日办结，当时没有适用的计补办法（I）", True


LACKING = tuple(_lacking())


@pytest.mark.parametrize(("file", "sentence", "final"), LACKING, ids=[row[1] for row in LACKING])
def test_a_case_that_lacks_something_says_what(file: Any, sentence: str, final: bool) -> None:
    sheet = worksheet(file, RULES, ON)
    assert not sheet.payable
    assert sentence in [one.sentence for one in sheet.refusals]
    assert sheet.never is final


def test_a_case_is_judged_at_the_end_of_the_month_and_not_by_what_came_later() -> None:
    file = replace(worth_paying(), archive=replace(worth_paying().archive, archived_on=date(2026, 11, 2)))  # type: ignore[type-var]
    assert not worksheet(file, RULES, ON).payable
    assert worksheet(file, RULES, date(2026, 11, 30)).payable


def test_an_oral_agreement_needs_its_entry_and_no_volume() -> None:
    record = OralRecord(registered_on=ENDED, recorded_by="R01", confirmed_by=("A1", "B1"))
    spoken = paid(form=AgreementForm.ORAL, signatures=(), copies=0, oral_record=record)
    outcome = Outcome(result=Result.AGREED, form=AgreementForm.ORAL, concluded_on=ENDED)
    file = worth_paying(agreement=spoken, outcome=outcome, archive=None)
    assert worksheet(file, RULES, ON).payable
    bare = replace(file, agreement=replace(spoken, oral_record=None))
    assert "口头协议没有登记入册" in [one.text for one in worksheet(bare, RULES, ON).refusals]
    closed = replace(RULES, oral=False)
    assert "口头协议不补" in [one.text for one in worksheet(file, closed, ON).refusals]


def test_the_first_instalment_is_enough_where_the_rules_say_so() -> None:
    first = paid("1000.00").clauses[0]
    second = Clause(
        no=2, kind=ClauseKind.PAY, text="其余2027年付清。", payer="B1", payee="A1",
        amount=Decimal("500.00"), due_on=date(2027, 1, 5),
    )  # fmt: skip
    agreement = paid(clauses=(first, second))
    rows = performed(agreement)
    open_row = replace(rows[1], due_on=date(2027, 1, 5), done_on=None, evidence=None)
    file = replace(worth_paying(agreement=agreement), performance=(rows[0], open_row))
    assert worksheet(file, RULES, ON).payable
    strict = replace(RULES, performance=Kept.WHOLE)
    assert [one.text for one in worksheet(file, strict, ON).refusals] == ["协议还没有履行完毕"]
    late = replace(file, performance=(rows[0], replace(open_row, due_on=date(2026, 10, 30))))
    assert [one.text for one in worksheet(late, RULES, ON).refusals] == ["协议第2条到期没有履行"]
    assert worksheet(late, replace(RULES, performance=Kept.NOTHING), ON).payable


# Shares


def test_two_share_six_to_four_and_the_grade_adds_to_the_own_share_only() -> None:
    helper = replace(mediator("M02", "黎霞", Role.ASSISTING), grade="四级人民调解员")
    shares = shared_out(Decimal("1000.00"), SCHEME, RULES.on_pay, (mediator(), helper))
    assert [(one.base, one.extra, one.amount) for one in shares] == [
        (Decimal("600.00"), Decimal("120.00"), Decimal("720.00")),
        (Decimal("400.00"), Decimal("0.00"), Decimal("400.00")),
    ]


def test_what_does_not_divide_goes_to_the_presiding_mediator() -> None:
    helpers = tuple(mediator(f"M0{no}", f"助{no}", Role.ASSISTING) for no in (2, 3, 4))
    shares = shared_out(Decimal("1000.00"), SCHEME, RULES.on_pay, (mediator(), *helpers))
    assert [one.base for one in shares] == [Decimal("600.01"), *[Decimal("133.33")] * 3]


def test_the_share_of_somebody_on_pay_lapses_or_goes_to_the_others() -> None:
    official = replace(mediator(), employment=Employment.OFFICIAL)
    judge = replace(mediator("M03", "法官", Role.ASSISTING), occupation="现职法官")
    helper = replace(mediator("M02", "黎霞", Role.ASSISTING), grade=None)
    amount = Decimal("1000.00")
    shares = shared_out(amount, SCHEME, RULES.on_pay, (official, helper, judge))
    assert [one.amount for one in shares] == [Decimal("0.00"), Decimal("200.00"), Decimal("0.00")]
    assert shares[0].note == "行政调解工作人员，领取工资，不发（各地以案定补办法）"
    assert shares[2].note.startswith("职业为现职法官，领取工资")
    handed = replace(RULES.on_pay, share=Lapsed.TO_OTHERS)
    assert [one.amount for one in shared_out(amount, SCHEME, handed, (official, helper, judge))] == [
        Decimal("0.00"), amount, Decimal("0.00"),
    ]  # fmt: skip
    everybody = replace(RULES.on_pay, excluded=False)
    paid_out = shared_out(amount, SCHEME, everybody, (official, helper, judge))
    assert sum(one.base for one in paid_out) == amount


@given(
    fen=st.integers(min_value=0, max_value=10_000_00),
    presiding=st.integers(min_value=0, max_value=100),
    helpers=st.integers(min_value=0, max_value=6),
    grades=st.lists(
        st.sampled_from(["一级人民调解员", "二级", "四级人民调解员", ""]), min_size=7, max_size=7
    ),
    on_pay=st.sets(st.integers(min_value=0, max_value=6)),
    lapses=st.sampled_from(list(Lapsed)),
)
def test_shares_add_up_to_the_fen(
    fen: int, presiding: int, helpers: int, grades: list[str], on_pay: set[int], lapses: Lapsed
) -> None:
    amount = Decimal(fen) / 100
    scheme = replace(SCHEME, presiding=presiding)
    serving = tuple(
        replace(
            mediator(f"M{no}", f"调{no}", Role.ASSISTING if no else Role.PRESIDING),
            grade=grades[no],
            employment=Employment.OFFICIAL if no in on_pay else Employment.FULL_TIME,
        )
        for no in range(helpers + 1)
    )
    rules = replace(RULES.on_pay, share=lapses)
    shares = shared_out(amount, scheme, rules, serving)
    drawing = [one for one in shares if not one.note]
    if lapses is Lapsed.NOT_PAID or drawing:
        assert sum((one.base for one in shares), Decimal(0)) == amount
    for share in shares:
        assert share.base >= 0
        assert share.amount == (Decimal(0) if share.note else share.base + share.extra)
        assert share.amount == share.amount.quantize(Decimal("0.01"))


# The same dispute


def test_the_same_people_about_the_same_kind_of_thing_are_one_dispute() -> None:
    first = worth_paying("T01")
    turned = replace(
        first,
        case_key="T02",
        parties=tuple(
            replace(party, side=side)
            for party, side in zip(first.parties, (Side.RESPONDENT, Side.APPLICANT), strict=True)
        ),
    )
    found = same_dispute(turned, first, RULES)
    assert found is not None
    assert found.case_key == "T01"
    assert parties_print(turned) == parties_print(first)
    sheet = worksheet(turned, RULES, ON, found)
    assert sheet.never
    assert "同一纠纷只补一次：当事人和纠纷种类相同，办结相距不到24个月，已计补于T01" in sheet.refusals[0].text


def test_other_people_other_things_or_other_times_are_another_dispute() -> None:
    first = worth_paying("T01")
    assert same_dispute(worth_paying("T02", "郝静"), first, RULES) is None
    other_kind = replace(first, case_key="T02", dispute=replace(first.dispute, category=Category.CONTRACT))
    assert same_dispute(other_kind, first, RULES) is None
    earlier = Outcome(result=Result.AGREED, concluded_on=date(2024, 10, 8))
    assert same_dispute(replace(first, case_key="T02", outcome=earlier), first, RULES) is None
    nearer = replace(earlier, concluded_on=date(2024, 10, 9))
    assert same_dispute(replace(first, case_key="T02", outcome=nearer), first, RULES) is not None
    namesake = replace(first, case_key="T02", parties=(person("A1", "孟兰"), *first.parties[1:]))
    stranger = replace(namesake.parties[0], id_no="110101198502283541")
    assert same_dispute(replace(namesake, parties=(stranger, first.parties[1])), first, RULES) is None
    assert same_dispute(first, first, RULES) is None


@pytest.mark.parametrize(("relation", "same"), [("同一纠纷再次调解", True), ("同一当事人另案", False)])
def test_a_relation_on_record_says_whether_it_is_the_same_dispute(relation: str, same: bool) -> None:
    first = worth_paying("T01")
    link = RelatedCase(case_key="T01", relation=relation, party="A1", same_as="A1")
    second = worth_paying("T02", "郝静", related_cases=(link,))
    assert (same_dispute(second, first, RULES) is not None) is same
    assert (same_dispute(first, second, RULES) is not None) is same


def test_the_basis_moves_with_what_matters_and_not_with_performance() -> None:
    file = worth_paying()
    assert basis_of(replace(file, performance=(), facts="另写")) == basis_of(file)
    assert basis_of(replace(file, sessions=(session(), session(2)))) != basis_of(file)
    assert basis_of(worth_paying(amount="4050.01")) != basis_of(file)
    assert basis_of(replace(file, mediators=(replace(mediator(), grade="二级"),))) != basis_of(file)


# Rules and months


@pytest.fixture
def own_rules(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    use_rules_in(tmp_path / "none")


def put(folder: Path, text: str) -> SubsidyRules:
    (folder / "subsidy.toml").write_text(text, "utf-8")
    use_rules_in(folder)
    return subsidy_rules()


def test_a_centre_has_its_own_table_and_its_paper_shows_another_version(own_rules: Path) -> None:
    own = put(own_rules, TOML.replace('amount = "400.00"', 'amount = "300.00"'))
    assert own.schemes[0].classes[-1].amount == Decimal("300.00")
    assert own.schemes[0].version != SCHEME.version


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("persons_from = 50", "people_from = 50"),
        ('amount = "400.00"', 'amount = "400.001"'),
        ("presiding = 60", "presiding = 101"),
        ('performance = "首期"', 'performance = "一半"'),
        ("within_months = 12 ", "within_months = -1 "),
        ('factor = "1.20"', 'factor = "0.90"'),
        ("from = 2023-01-01", "from = 2023-01-01\nto = 2022-01-01"),
    ],
)
def test_a_faulty_table_is_refused_by_name(own_rules: Path, wrong: str, right: str) -> None:
    assert wrong in TOML
    with pytest.raises(InputError, match="规则文件 subsidy"):
        put(own_rules, TOML.replace(wrong, right, 1))


def test_a_table_that_ended_is_used_for_cases_of_its_time(own_rules: Path) -> None:
    newer = TOML[TOML.index("[[scheme]]") :].replace("shenzhen-2023", "own").replace("4000.00", "5000.00")
    ended = TOML.replace("from = 2023-01-01", "from = 2023-01-01\nto = 2026-06-30", 1)
    own = put(own_rules, ended + newer.replace("from = 2023-01-01", "from = 2026-07-01"))
    codes = [own.scheme_on(day) for day in (date(2026, 6, 30), date(2026, 7, 1), date(2022, 1, 1))]
    assert [one.code if one else None for one in codes] == ["shenzhen-2023", "own", None]


def test_a_clause_puts_its_conditions_into_words() -> None:
    assert (
        words_of(SCHEME.classes[1].clauses[3]) == "协议金额100,000.00元以上，书面协议，医疗纠纷、征地拆迁纠纷"
    )


def test_months_are_read_and_reckoned() -> None:
    assert parse_month("2026-10") == parse_month(" 2026-10 ") == date(2026, 10, 1)
    assert last_day(date(2024, 2, 7)) == date(2024, 2, 29)
    assert months_before(date(2026, 10, 31), 8) == date(2026, 2, 28)
    assert months_before(date(1, 5, 1), 12) == date.min
    for wrong in ("2026-13", "2026", "2026-00", "十月", "0000-01"):
        with pytest.raises(InputError, match="不是月份"):
            parse_month(wrong)


# The acceptance cases

EXPECTED = {
    "C01": ("普通第一项", "1120.00"),
    "C02": ("特别重大第三项", "4400.00"),
    "C03": ("重大第二项", "2200.00"),
    "C04": ("普通第一项", "1000.00"),
    "C05": ("重大第三项", "2240.00"),
    "C06": ("普通第二项", "1000.00"),
    "C10": ("普通第二项", "1000.00"),
}


@needs_cases
def test_the_acceptance_cases_come_to_what_was_worked_out_by_hand() -> None:
    found = {}
    for path in FILES:
        sheet = worksheet(read_case(path.read_bytes()), RULES, ON)
        if sheet.payable:
            found[path.name[:3]] = (sheet.clause.partition("：")[0], f"{sheet.amount}")
    assert found == EXPECTED
    assert figures(sum((Decimal(amount) for _clause, amount in found.values()), Decimal(0))) == "12,960.00"
    assert FILED < ON
