"""What belongs into a volume: the fourteen acceptance cases, every condition, scans in their place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from mediation_desk.agreements.model import Confirmation
from mediation_desk.cases.attachment import Attachment
from mediation_desk.cases.model import CaseFile, Evidence, Extension, Investigation, Suspension
from mediation_desk.cases.scan import Scan, ScanKind
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.cases.vocabulary import DayUnit, EvidenceKind, SuspensionCause
from mediation_desk.documents.registry import FORMS
from mediation_desk.documents.volume.checklist import Checklist, Entry, Standing, checklist
from mediation_desk.documents.volume.conditions import CONDITIONS
from mediation_desk.documents.volume.rules import Need, Part, Variant, volume_rules
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared import assets
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.track import Track
from tests.documents.dispute import case, ended_case, oral_case
from tests.documents.scan_store import AT, with_scans
from tests.shared_cases import FILES, needs_cases

ADDED_BY_RULES: dict[str, dict[str, str]] = {
    "C09": {"授权委托书": "平台的代理人到会，书面授权要入卷（民法典第165条）；案卷目录没有列"},
    "C12": {"人民调解受理登记表": "受理了的案件登记表要立卷（人民调解法第27条）；案卷只列了申请书"},
    "C13": {"人民调解受理登记表": "同上：回避以后撤回，但是受理过"},
    "C14": {"人民调解受理登记表": "同上"},
}
"""What the rules ask for beyond the list in the file, and why; nothing in any file's list is left out."""


def entry(found: Checklist, key: str) -> Entry:
    return next(one for one in found.entries if one.key == key)


def a_scan(kind: ScanKind, title: str = "", no: int = 1, **more: object) -> Scan:
    values: dict[str, object] = {
        "no": no, "kind": kind, "title": title, "sha256": "0" * 64, "name": "a.jpg", "media": "image/jpeg",
        "size": 1, "pages": 1, "at": AT, "by": "登记员",
    }  # fmt: skip
    return Scan(**(values | more))  # type: ignore[arg-type]


@needs_cases
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:3])
def test_the_volume_holds_what_the_file_lists_and_what_the_rules_add(path: Path) -> None:
    file = read_case(path.read_bytes())
    archive = file.archive
    assert archive is not None
    added = ADDED_BY_RULES.get(path.stem[:3], {})
    titles = checklist(file).titles

    assert [title for title in titles if title not in added] == list(archive.documents)
    assert set(titles) - set(archive.documents) == set(added)


@needs_cases
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:3])
def test_the_list_does_not_copy_what_the_archive_says(path: Path) -> None:
    file = read_case(path.read_bytes())
    assert checklist(replace(file, archive=None)).titles == checklist(file).titles


@needs_cases
def test_private_talks_are_sealed_and_no_part_of_the_volume() -> None:
    path = next(path for path in FILES if path.stem.startswith("C12"))
    found = checklist(read_case(path.read_bytes()))
    sealed = entry(found, "private")
    assert sealed.standing is Standing.NEEDLESS
    assert "LR-22" in sealed.basis
    assert sealed.title not in found.titles


def test_counts_and_reasons_of_a_case_without_any_scan() -> None:
    found = checklist(case())
    identity = entry(found, "identity")
    assert identity.standing is Standing.MISSING
    assert "身份证明" in identity.todo
    assert "F-06" in identity.basis
    assert [form.key for form in identity.filling.forms] == ["identity"]
    due, have = found.must
    assert (due - have, found.sentence.startswith(f"必须 {due} 项，已有 {have}")) == (1, True)


def test_every_entry_tells_its_rule_and_where_a_missing_one_is_made() -> None:
    for rule in volume_rules().entries:
        assert rule.basis
        assert rule.mark in ("S", "K", "I")
        assert rule.when in CONDITIONS
        if rule.need is Need.MUST and rule.part is Part.PAPERS:
            assert rule.todo
            assert rule.tab
    assert {rule.when for rule in volume_rules().entries} == set(CONDITIONS), "a condition nobody uses"


EVIDENCE = Evidence(
    ref="E1", name="照片", kind=EvidenceKind.ELECTRONIC, provided_by="A1", received_on=date(2026, 3, 10)
)
SUSPENSION = Suspension(
    no=1, cause=SuspensionCause.APPRAISAL, reason="鉴定", notice_on=date(2026, 3, 12), from_on=date(2026, 3, 12),
    to=date(2026, 3, 15), unit=DayUnit.DAYS, days_excluded=4,
    due_before=date(2026, 4, 9), due_after=date(2026, 4, 13),
)  # fmt: skip
EXTENSION = Extension(
    no=1, agreed_on=date(2026, 4, 1), consent=("A1", "B1"), reason="还要谈", days=5, unit=DayUnit.DAYS,
    due_before=date(2026, 4, 9), due_after=date(2026, 4, 14),
)  # fmt: skip
INVESTIGATION = Investigation(on=date(2026, 3, 12), place="现场", by=("M01",), of=("A1",), content="看过")


@pytest.mark.parametrize(
    ("key", "without", "with_"),
    [
        ("evidence", case(), case(evidence=(EVIDENCE,))),
        ("suspension", case(), case(suspensions=(SUSPENSION,))),
        ("extension", case(), case(extensions=(EXTENSION,))),
        ("investigation", case(), case(investigations=(INVESTIGATION,))),
        ("agreement", oral_case(), case()),
        ("oral", case(), oral_case()),
        ("refusal_notice", case(), ended_case()),
        (
            "confirmation",
            case(),
            case(judicial_confirmation=Confirmation(applied_on=date(2026, 4, 1), court="测试区人民法院")),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_entry_comes_with_what_it_tells_of(key: str, without: CaseFile, with_: CaseFile) -> None:
    assert entry(checklist(without), key).standing is Standing.NEEDLESS
    assert entry(checklist(with_), key).due


ABOUT_THE_VOLUME = {"spine", "evidence_bag", "borrow_slip", "score_sheet"}


@pytest.mark.parametrize("variant", Variant)
def test_every_form_lies_under_one_entry_and_papers_about_the_volume_under_none(variant: Variant) -> None:
    lying = [
        key
        for rule in volume_rules().entries
        if variant in rule.titles
        for group in rule.forms
        for key in group
    ]
    twice = {key for key in lying if lying.count(key) > 1}
    assert twice == {"notice"}, "不予受理 and 终止 are told with one form, and no case ends both ways"
    assert not ABOUT_THE_VOLUME & set(lying)


def test_no_form_is_left_without_a_place() -> None:
    lying = {key for rule in volume_rules().entries for group in rule.forms for key in group}
    assert lying == {form.key for form in FORMS} - ABOUT_THE_VOLUME


@needs_cases
def test_what_the_desk_prints_fills_its_entry() -> None:
    filled = {
        (path.stem[:3], one.key, form.key)
        for path in FILES
        for one in checklist(read_case(path.read_bytes())).due
        for form in one.filling.forms
    }
    assert filled >= {
        ("C01", "mandate", "mandate"), ("C01", "investigation", "investigation"),
        ("C01", "evidence", "evidence"), ("C01", "vouchers", "receipt"), ("C01", "situation", "volume_note"),
        ("C07", "acceptance_notice", "accepted"), ("C07", "closing", "closing_approval"),
        ("C08", "service_address", "service_address"), ("C09", "acceptance", "complaint"),
        ("C09", "acceptance_notice", "complaint_accepted"), ("C12", "end_notice", "notice"),
        ("C13", "recusal", "recusal"), ("C13", "withdrawal", "withdrawal"),
        ("C14", "suspension", "suspended"), ("C14", "extension", "extension"),
    }  # fmt: skip
    assert not {("C09", "acceptance", "acceptance"), ("C09", "acceptance_notice", "accepted")} & filled


def printed(form: str) -> PrintedPaper:
    return PrintedPaper(at=AT, account="登记员", form=form, title=form, file_name="a.pdf", pages=1, sha256="")


def forms_in(found: Checklist, key: str) -> list[str]:
    return [form.key for form in entry(found, key).filling.forms]


def test_of_two_variants_of_a_paper_the_one_on_record_is_bound() -> None:
    file = case(track=Track.ADMINISTRATIVE)
    assert forms_in(checklist(file), "application") == ["application"]
    assert forms_in(checklist(file, (printed("application_table"),)), "application") == ["application_table"]


def test_an_entry_on_demand_holds_only_what_was_made() -> None:
    assert forms_in(checklist(case(), (printed("payments"),)), "payments") == ["payments"]


def test_no_unsigned_twin_stands_beside_a_signed_scan() -> None:
    scan = a_scan(ScanKind.MANDATE, "签好的委托书")
    assert forms_in(checklist(case()), "mandate") == ["mandate"]
    assert forms_in(checklist(with_scans(case(), scan)), "mandate") == []
    court = a_scan(ScanKind.COURT, "裁定书")
    sought = case(judicial_confirmation=Confirmation(applied_on=date(2026, 4, 1), court="测试区人民法院"))
    assert forms_in(checklist(with_scans(sought, court)), "confirmation")


def test_a_sheet_to_paste_on_is_missing_until_it_was_printed_or_scanned() -> None:
    assert entry(checklist(case()), "identity").standing is Standing.MISSING
    assert entry(checklist(case(), (printed("identity"),)), "identity").standing is Standing.THERE
    scanned = with_scans(case(), a_scan(ScanKind.IDENTITY))
    assert entry(checklist(scanned), "identity").standing is Standing.THERE


@needs_cases
def test_a_signed_notice_lies_where_the_case_ended() -> None:
    path = next(path for path in FILES if path.stem.startswith("C12"))
    file = with_scans(read_case(path.read_bytes()), a_scan(ScanKind.FORM, "通知书", form="notice"))
    found = checklist(file)
    assert len(entry(found, "end_notice").filling.scans) == 1
    assert not entry(found, "refusal_notice").due


def test_unsorted_scans_are_told_of_and_lie_nowhere() -> None:
    file = with_scans(
        case(),
        a_scan(ScanKind.UNSORTED, "延期同意书", 1, pages=3),
        a_scan(ScanKind.UNSORTED, no=2, void_reason="空白页"),
    )
    found = checklist(file)
    assert found.finding == "有 3 页扫描件还没有归类，没有入卷。"
    assert [scan for one in found.entries for scan in one.filling.scans] == []
    assert checklist(case()).finding == ""


def test_papers_nobody_asked_for_come_in_once_they_were_printed_or_scanned() -> None:
    scan = a_scan(ScanKind.FORM, form="disclosure")
    assert not entry(checklist(case()), "disclosure").due
    assert entry(checklist(case(), (printed("disclosure"),)), "disclosure").due
    assert entry(checklist(with_scans(case(), scan)), "disclosure").due


def test_every_standing_scan_lies_under_exactly_one_entry() -> None:
    scans = (
        a_scan(ScanKind.FORM, "协议", 1, form="agreement"),
        a_scan(ScanKind.FORM, "没有这种文书", 2, form="unknown"),
        a_scan(ScanKind.FORM, "延期同意书", 3),
        a_scan(ScanKind.IDENTITY, "身份证", 4),
        a_scan(ScanKind.MANDATE, "委托书", 5),
        a_scan(ScanKind.EVIDENCE, "照片", 6, evidence_ref="E1"),
        a_scan(ScanKind.VOUCHER, "回单", 7),
        a_scan(ScanKind.COURT, "裁定书", 8),
        a_scan(ScanKind.COURT, "传票", 9),
        a_scan(ScanKind.OTHER, "便条", 10),
        a_scan(ScanKind.OTHER, "错了", 11, void_reason="放错案卷"),
    )
    for track in Track:
        found = checklist(with_scans(case(track=track), *scans))
        lying = [scan.no for one in found.entries for scan in one.filling.scans]
        assert sorted(lying) == list(range(1, 11))
        assert all(one.due for one in found.entries if one.filling.scans), "a scan is bound wherever it lies"
    found = checklist(with_scans(case(), *scans))
    places = {scan.no: one.key for one in found.entries for scan in one.filling.scans}
    assert places == {
        1: "agreement", 2: "others", 3: "extension", 4: "identity", 5: "mandate", 6: "evidence",
        7: "vouchers", 8: "confirmation", 9: "others", 10: "others",
    }  # fmt: skip


def test_evidence_with_a_file_is_in_the_volume_and_the_rest_in_the_bag() -> None:
    second = replace(EVIDENCE, ref="E2", name="录音")
    third = replace(EVIDENCE, ref="E3", name="截图")
    file = case(evidence=(EVIDENCE, second, third))
    files = [("E1", "照片.jpg"), ("E2", "录音.mp3")]
    attachments = tuple(
        Attachment(
            evidence_ref=ref, name=name, size=1, sha256="0" * 64, taken_at=datetime.now().astimezone(), by="x"
        )
        for ref, name in files
    )
    filling = entry(
        checklist(replace(file, beside=replace(file.beside, attachments=attachments))), "evidence"
    ).filling
    assert [one.name for one in filling.attachments] == ["照片.jpg"]
    assert [item.ref for item in filling.elsewhere] == ["E2", "E3"]


def test_a_complaint_at_an_agency_has_papers_of_its_own() -> None:
    assert checklist(case()).variant is Variant.PEOPLES
    assert checklist(case(track=Track.JUDICIAL)).variant is Variant.JUDICIAL
    assert checklist(case(track=Track.ADMINISTRATIVE)).variant is Variant.ADMINISTRATIVE


def test_a_centre_changes_the_list_and_a_faulty_one_is_named(tmp_path: Path) -> None:
    text = assets.read_text("rules/volume.toml")
    try:
        (tmp_path / "volume.toml").write_text(text.replace("当事人身份证明", "身份材料"), encoding="utf-8")
        assets.use_rules_in(tmp_path)
        assert "身份材料" in checklist(case()).titles
        (tmp_path / "volume.toml").write_text(
            text.replace('when = "always"', 'when = "whenever"'), encoding="utf-8"
        )
        assets.use_rules_in(tmp_path)
        with pytest.raises(InputError, match=r"volume\.toml"):
            checklist(case())
        (tmp_path / "volume.toml").write_text(
            text.replace('forms = ["rights"]', 'forms = ["right"]'), encoding="utf-8"
        )
        assets.use_rules_in(tmp_path)
        with pytest.raises(InputError, match=r"volume\.toml"):
            checklist(case())
    finally:
        assets.use_rules_in(tmp_path / "none")
