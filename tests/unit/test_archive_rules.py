"""The rules of the archive room: which class, until when, filed by when, and what a score sheet finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from mediation_desk.agreements.model import FollowUp, Satisfaction, VisitWay
from mediation_desk.cases.archiving.filing import filing_deadline, quarter_end
from mediation_desk.cases.archiving.model import Appraisal, Verdict
from mediation_desk.cases.archiving.quality import by_hand, concern, demand_quality, filled, seen, warning
from mediation_desk.cases.archiving.quality_checks import CHECKS, Looked
from mediation_desk.cases.archiving.quality_rules import quality_sheet
from mediation_desk.cases.archiving.retention import end_of, kept, proposed, restriction
from mediation_desk.cases.archiving.rules import archive_rules
from mediation_desk.cases.archiving.service import register_period, thresholds
from mediation_desk.cases.archiving.shelving import checked_place
from mediation_desk.cases.beside import Closing
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Category, Difficulty, Result, Retention
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.shared.errors import InputError, RuleError
from tests.documents.dispute import case, ended_case, group, oral_case
from tests.documents.filed import FILED, shelved

NOWHERE = Path("/nonexistent-rules")


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """A folder of the centre's own rules."""
    use_rules_in(tmp_path)
    yield tmp_path
    use_rules_in(NOWHERE)


def changed(name: str, before: str, after: str) -> str:
    text = files("resources").joinpath("rules", f"{name}.toml").read_text("utf-8")
    assert before in text
    return text.replace(before, after)


# Which class


def test_the_class_follows_from_kind_content_and_people() -> None:
    base = case()
    party, members = group("A1", 12)
    died = replace(base, facts="老人因渗水滑倒死亡。")
    many = replace(base, parties=(party, base.parties[1]), group_members=members)
    family = replace(base, dispute=replace(base.dispute, category=Category.FAMILY))
    hard = replace(base, dispute=replace(base.dispute, difficulty=Difficulty.DIFFICULT))

    found = {name: proposed(file) for name, file in (("died", died), ("many", many), ("family", family))}
    assert found["died"].retention is found["many"].retention is Retention.PERMANENT
    assert (found["family"].retention, proposed(hard).retention) == (Retention.LONG, Retention.LONG)
    assert "死亡" in found["died"].why
    assert "群体" in found["many"].why
    assert proposed(ended_case()).retention is Retention.SHORT


def test_what_is_private_is_restricted() -> None:
    base = case()
    assert restriction(base, FILED) == ""
    medical = replace(base, dispute=replace(base.dispute, category=Category.MEDICAL))
    assert "批准" in restriction(medical, FILED)


# Until when


@pytest.mark.parametrize(
    ("retention", "filed", "ends"),
    [
        (Retention.SHORT, date(2026, 1, 1), date(2036, 12, 31)),
        (Retention.SHORT, date(2026, 12, 31), date(2036, 12, 31)),
        (Retention.LONG, date(2026, 6, 30), date(2056, 12, 31)),
        (Retention.PERMANENT, date(2026, 6, 30), None),
    ],
)
def test_a_period_counts_from_the_year_after_filing(
    retention: Retention, filed: date, ends: date | None
) -> None:
    assert end_of(retention, filed) == ends


def test_the_end_is_told_with_its_rule_and_an_appraisal_moves_it() -> None:
    file = shelved()
    period = kept(file)
    assert period is not None
    assert period.ends_on == date(2056, 12, 31)
    assert "下一年起算" in period.why
    assert "人民调解法第二十七条" in period.why
    assert (period.ended(date(2056, 12, 31)), period.ended(date(2057, 1, 1))) == (False, True)

    longer = Appraisal(
        no=1, on=date(2057, 2, 1), verdict=Verdict.KEEP, reason="仍在使用", decided_by="张一", second="李二",
        keep_until=date(2067, 12, 31),
    )  # fmt: skip
    prolonged = kept(replace(file, beside=replace(file.beside, appraisals=(longer,))))
    assert prolonged is not None
    assert prolonged.ends_on == date(2067, 12, 31)


def test_the_list_of_ended_periods_asks_for_the_same_day() -> None:
    """The query and the single case agree, on the last day and on the first after it."""
    for on in (date(2056, 12, 31), date(2057, 1, 1)):
        [short, long] = thresholds(on)
        for one in (short, long):
            last = replace(one).filed_before
            before = date(last.year - 1, 12, 31)
            assert (end_of(one.retention, before) or on) < on
            assert not (end_of(one.retention, last) or on) < on


# Filed by when


@pytest.mark.parametrize(
    ("on", "later", "end"),
    [
        (date(2026, 1, 1), 1, date(2026, 6, 30)),
        (date(2026, 3, 31), 1, date(2026, 6, 30)),
        (date(2026, 11, 28), 1, date(2027, 3, 31)),
        (date(2026, 5, 9), 0, date(2026, 6, 30)),
        (date(2024, 12, 31), 4, date(2025, 12, 31)),
    ],
)
def test_the_end_of_a_quarter(on: date, later: int, end: date) -> None:
    assert quarter_end(on, later) == end


def visited(file: CaseFile, on: date) -> CaseFile:
    visit = FollowUp(
        on=on,
        way=VisitWay.PHONE,
        by="M01",
        of=("A1",),
        situation="已了结",
        satisfaction=Satisfaction.SATISFIED,
    )
    return replace(file, followups=(*file.followups, visit))


def test_a_case_that_failed_is_filed_after_its_visit() -> None:
    refused = ended_case()
    assert refused.ending is not None
    asked_no_visit = filing_deadline(refused)
    assert asked_no_visit is not None
    assert asked_no_visit.start == "调解结束"
    file = replace(refused, ending=replace(refused.ending, kind=Result.FAILED))
    assert filing_deadline(file) is None
    due = filing_deadline(visited(file, date(2026, 8, 3)))
    assert due is not None
    assert (due.due_on, due.start) == (date(2026, 12, 31), "调解结束并回访")
    again = filing_deadline(visited(visited(file, date(2026, 8, 3)), date(2026, 11, 3)))
    assert again is not None
    assert again.due_on == due.due_on, "a later visit gives no more time"


def test_a_closed_case_is_filed_even_while_promises_run() -> None:
    file = case()
    assert filing_deadline(file) is None
    closing = Closing(on=date(2026, 7, 1), by="窗口", evaluation="好")
    due = filing_deadline(replace(file, beside=replace(file.beside, closing=closing)))
    assert due is not None
    assert (due.due_on, due.start) == (date(2026, 12, 31), "结案")


# Places


def test_a_centre_writes_places_its_own_way(own: Path) -> None:
    text = changed("archiving", 'example = "A2-03-4-12"', 'example = "3/17"').replace(
        'join = "-"', 'join = "/"'
    )
    head, _, rest = text.partition("parts = [")
    parts = 'parts = [\n{ name = "室", pattern = "[0-9]" },\n{ name = "架", pattern = "[0-9]{2}" },\n]'
    own.joinpath("archiving.toml").write_text(
        head + parts + rest.partition("]\n")[2].join(("\n", "")), "utf-8"
    )

    assert checked_place("3/17") == "3/17"
    with pytest.raises(InputError, match="室/架"):
        checked_place("A2-03-4-12")


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("archiving", 'example = "A2-03-4-12"', 'example = "A2"'),
        ("archiving", 'retention = "短期"\nyears', 'retention = "长期"\nyears'),
        ("archiving", 'pattern = "[0-9A-Za-z]{1,4}"', 'pattern = "["'),
        ("quality", 'check = "visited"', 'check = "os.system"'),
        ("quality", 'archiving = "warn"', 'archiving = "perhaps"'),
    ],
)
def test_a_faulty_rule_file_is_named(own: Path, name: str, before: str, after: str) -> None:
    own.joinpath(f"{name}.toml").write_text(changed(name, before, after), "utf-8")
    with pytest.raises(InputError, match=f"{name}.toml"):
        (archive_rules if name == "archiving" else quality_sheet)()


@pytest.mark.parametrize(
    ("day", "first", "last", "name"),
    [
        (date(2026, 2, 3), date(2026, 1, 1), date(2026, 3, 31), "2026年第一季度"),
        (date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31), "2026年第四季度"),
    ],
)
def test_oral_agreements_are_collected_by_quarter(day: date, first: date, last: date, name: str) -> None:
    assert register_period(day) == (first, last, name)


def test_or_by_month(own: Path) -> None:
    own.joinpath("archiving.toml").write_text(
        changed("archiving", 'period = "quarter"', 'period = "month"'), "utf-8"
    )
    assert register_period(date(2024, 2, 10)) == (date(2024, 2, 1), date(2024, 2, 29), "2024年2月")


# Quality


def test_the_sheet_has_the_seven_points_and_a_hundred() -> None:
    sheet = quality_sheet()
    points = ["受理", "齐全", "文书使用", "证据", "适用法律", "回访", "装订"]
    assert [point.name for point in sheet.points] == points
    assert sheet.full == 100
    assert [sheet.grade(score) for score in (100, 90, 89, 60, 59, 0)] == [
        "优秀", "优秀", "良好", "合格", "不合格", "不合格",
    ]  # fmt: skip


def broken() -> dict[str, CaseFile | Looked]:
    """For each check a file in which it finds something."""
    base, oral, filed = case(), oral_case(), shelved()
    agreement, intake, session = base.agreement, base.intake, base.sessions[0]
    assert agreement is not None
    assert oral.agreement is not None
    assert filed.archive is not None
    silent = replace(oral.agreement, oral_record=None)
    ended = ended_case()
    assert ended.ending is not None
    return {
        "dates_in_order": replace(base, intake=replace(intake, accepted_on=date(2026, 1, 1))),
        "number_given": replace(base, intake=replace(intake, number=None)),
        "claims_named": replace(base, claims=()),
        "mediator_chosen": replace(base, mediators=()),
        "disclosed": replace(base, mediators=tuple(replace(one, disclosure="") for one in base.mediators)),
        "rights_told": replace(base, sessions=(replace(session, rights_notice_given=False),)),
        "sessions_recorded": replace(base, sessions=(replace(session, record=""),)),
        "evidence_there": replace(base, evidence=(), investigations=()),
        "agreement_signed": replace(base, agreement=replace(agreement, signatures=())),
        "oral_confirmed": replace(oral, agreement=silent),
        "copies_enough": replace(base, agreement=replace(agreement, copies=1)),
        "remedies_told": replace(ended, ending=replace(ended.ending, told_remedies=())),
        "facts_told": replace(base, facts=" "),
        "visited": base,
        "papers_there": Looked(file=base, missing=("送达回证",)),
        "pages_counted": replace(filed, archive=replace(filed.archive, pages=None)),
        "catalogue_there": replace(filed, archive=replace(filed.archive, documents=("协议书",))),
    }


@pytest.mark.parametrize("name", broken())
def test_a_check_finds_what_it_is_for_and_names_it(name: str) -> None:
    found = broken()[name]
    looked = found if isinstance(found, Looked) else Looked(file=found)
    assert CHECKS[name](looked)


def test_checks_say_nothing_where_nothing_is_wrong() -> None:
    good = visited(shelved(), date(2026, 6, 20))
    signed = good.signing_places
    assert good.agreement is not None
    first = good.agreement.signatures[0]
    whole = replace(
        good,
        agreement=replace(
            good.agreement, copies=9, signatures=tuple(replace(first, ref=ref) for ref in signed)
        ),
    )
    assert [mark.item for mark in seen(whole)] == []


def test_a_point_loses_no_more_than_it_is_worth() -> None:
    ticked = [item.code for _point, item in by_hand()]
    review = filled(
        replace(broken_agreement(), claims=()), on=FILED, by="张一", ticked=ticked, note="", missing=("封面",)
    )
    law = next(point for point in quality_sheet().points if point.code == "law")
    lost = sum(mark.deduct for mark in review.marks if mark.point == law.name)
    assert lost >= law.score
    assert 0 <= review.score < 60
    assert review.grade == "不合格"


def broken_agreement() -> CaseFile:
    found = broken()["rights_told"]
    assert isinstance(found, CaseFile)
    return found


def test_closing_warns_by_default_and_refuses_where_the_centre_says_so(own: Path) -> None:
    unseen, good = case(), shelved()
    assert "没有评查" in warning(unseen, closing=True)
    assert concern(good) == warning(good, closing=False) == ""
    demand_quality(unseen, closing=True)

    own.joinpath("quality.toml").write_text(
        changed("quality", 'archiving = "warn"', 'archiving = "refuse"').replace("pass = 60", "pass = 95"),
        "utf-8",
    )
    use_rules_in(own)
    demand_quality(unseen, closing=True)
    for file in (unseen, good):
        with pytest.raises(RuleError, match="不能归档") as refused:
            demand_quality(file, closing=False)
        assert refused.value.rule == "案卷质量评查"


def test_every_check_of_the_sheet_is_tried_here() -> None:
    named = {item.check for point in quality_sheet().points for item in point.items if item.check}
    assert named - set(broken()) == {"investigation_signed", "urged", "replied"}
    assert named <= set(CHECKS)
