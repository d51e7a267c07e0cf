"""``Printing`` on a real desk: papers of the pool and of a round, who may print what, what is on record."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.audit.service import AuditService
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.documents.loose_printing import LoosePrinting
from mediation_desk.documents.printing import Job, Printing
from mediation_desk.experts.choice.ballot import Ballot, Disclosure
from mediation_desk.experts.mediator import Standing
from mediation_desk.experts.service import ExpertService
from mediation_desk.shared.errors import InputError, PermissionDenied, StorageError
from mediation_desk.shared.watching import Stopped
from tests.documents.dispute import case
from tests.documents.pool import expert, photo, plain_round, three_parties
from tests.documents.reading import pdf_pages, pdf_text

NOW = datetime(2026, 4, 29, 2, 40, tzinfo=UTC)
CLERK = Actor(account="clerk", display_name="登记员", roles=(Role.CLERK,))


class OneRound:
    """The choosing of a case in which one round was held."""

    def ballots(self, actor: Actor, key: str) -> tuple[Ballot, ...]:
        """That round."""
        return (plain_round(),)

    def disclosures(self, actor: Actor, key: str) -> tuple[Disclosure, ...]:
        """Nothing was disclosed."""
        return ()


@pytest.fixture
def experts(storage: Storage) -> ExpertService:
    with storage.write() as work:
        work.pool.add([expert(number) for number in ("M01", "M02", "M08")])
        work.pool.add([expert("M05", standing=Standing.LEFT)])
        work.pool.keep_photo("M01", photo())
    return ExpertService(storage, lambda: NOW)


@pytest.fixture
def printing(storage: Storage, experts: ExpertService) -> Printing:
    return Printing(CaseService(storage, lambda: NOW), experts, lambda: NOW, OneRound())


@pytest.fixture
def loose(experts: ExpertService, storage: Storage, tmp_path: Path) -> LoosePrinting:
    return LoosePrinting(experts, lambda: NOW, AuditService(storage, lambda: NOW, tmp_path))


def test_the_register_lists_who_has_not_left(loose: LoosePrinting, tmp_path: Path) -> None:
    text = pdf_text(loose.preview_roster(COUNTER))
    assert [name in text for name in ("周敬", "苏红", "黎秋霞", "𬱖㛃")] == [True, True, True, False]
    paths = loose.roster(COUNTER, ("pdf", "docx"), tmp_path / "new")
    assert [path.name for path in paths] == [
        "调解员名册-公开-2026-04-29.pdf",
        "调解员名册-公开-2026-04-29.docx",
    ]
    assert paths[0].read_bytes() == loose.preview_roster(COUNTER)


def test_a_choice_of_mediators_keeps_its_order(loose: LoosePrinting) -> None:
    text = pdf_text(loose.preview_roster(COUNTER, ("M08", "M01")))
    assert text.index("黎秋霞") < text.index("周敬")
    assert "苏红" not in text
    with pytest.raises(InputError, match="M99"):
        loose.preview_roster(COUNTER, ("M99",))


def test_the_internal_register_asks_for_more(loose: LoosePrinting) -> None:
    assert "110101195904121375" in pdf_text(loose.preview_roster(COUNTER, public=False))
    assert "周敬" in pdf_text(loose.preview_roster(CLERK))
    with pytest.raises(PermissionDenied):
        loose.preview_roster(CLERK, public=False)


def test_notice_cards(loose: LoosePrinting, tmp_path: Path) -> None:
    assert len(pdf_pages(loose.preview_notice_cards(COUNTER, ("M01", "M02"), big=True))) == 2
    (path,) = loose.notice_cards(COUNTER, ("M01", "M02"), ("pdf",), tmp_path)
    assert path.read_bytes() == loose.preview_notice_cards(COUNTER, ("M01", "M02"))
    with pytest.raises(InputError, match="选定"):
        loose.notice_cards(COUNTER, (), ("pdf",), tmp_path)


def test_the_choice_sheet_tells_of_its_round(storage: Storage, printing: Printing, tmp_path: Path) -> None:
    file = replace(three_parties(), agreement=None, outcome=None, sessions=())
    with storage.write() as work:
        work.cases.add(file)
    text = pdf_text(printing.preview(COUNTER, file.case_key, "choice"))
    assert "第一轮各方选择" in text
    assert "锦园" not in text
    paths = printing.write(COUNTER, file.case_key, "choice", ("pdf",), tmp_path)
    assert pdf_text(paths[0].read_bytes()) == text


def test_candidates_the_pool_does_not_know_do_not_stop_the_sheet(storage: Storage, tmp_path: Path) -> None:
    experts = ExpertService(storage, lambda: NOW)
    bare = Printing(CaseService(storage, lambda: NOW), experts, lambda: NOW)
    with storage.write() as work:
        work.cases.add(case())
    assert "周敬（M01" in pdf_text(bare.preview(COUNTER, "T01", "choice"))


def stored(storage: Storage, *files: CaseFile) -> None:
    with storage.write() as work:
        for file in files:
            work.cases.add(file)


def test_everything_a_case_has_is_written_at_once(
    storage: Storage, printing: Printing, tmp_path: Path
) -> None:
    stored(storage, case())
    paths = printing.write_all(COUNTER, "T01", ("pdf", "docx"), tmp_path)
    ready = [one for one in printing.forms(COUNTER, case()) if one.reason is None]
    papers = CaseService(storage, lambda: NOW).papers(COUNTER, "T01")
    assert [paper.file_name for paper in papers] == [path.name for path in paths]
    assert list(dict.fromkeys(paper.form for paper in papers)) == [one.key for one in ready]
    assert len(set(paths)) == len(paths), "no paper is written over another"
    assert {paper.form for paper in papers if paper.pages} == {one.key for one in ready}
    assert all(paper.version for paper in papers)


def test_who_stops_in_the_middle_has_nothing_written(
    storage: Storage, printing: Printing, tmp_path: Path
) -> None:
    stored(storage, case())
    with pytest.raises(Stopped, match="什么也没有写"):
        printing.write_all(COUNTER, "T01", ("pdf",), tmp_path / "none", watch=lambda done, _total: done < 2)
    assert not (tmp_path / "none").exists()
    assert CaseService(storage, lambda: NOW).papers(COUNTER, "T01") == ()


def test_one_paper_that_cannot_be_printed_holds_back_all(
    storage: Storage, printing: Printing, tmp_path: Path
) -> None:
    stored(storage, case(facts="没有字的字\U0003134a"))
    with pytest.raises(InputError):
        printing.write_all(COUNTER, "T01", ("docx", "pdf"), tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_the_list_of_forms_tells_what_changed_since_it_was_printed(
    storage: Storage, printing: Printing, tmp_path: Path
) -> None:
    stored(storage, case())
    printing.write(COUNTER, "T01", "application", ("pdf",), tmp_path)
    papers = CaseService(storage, lambda: NOW).papers(COUNTER, "T01")
    told = {one.key: one for one in printing.forms(COUNTER, case(), papers)}
    assert (told["application"].printed, told["application"].changed) == (1, False)
    assert told["rights"].printed == 0
    later = replace(case(), facts="另有一段经过。")
    told = {one.key: one for one in printing.forms(COUNTER, later, papers)}
    assert told["application"].changed


def test_the_agreement_is_printed_in_as_many_copies_as_it_says(printing: Printing) -> None:
    copies = {one.key: one.copies for one in printing.forms(COUNTER, case())}
    agreement = case().agreement
    assert agreement is not None
    assert copies["agreement"] == agreement.copies
    assert (copies["summons"], copies["application"]) == (2, 1)


def numbered(*keys: str) -> list[CaseFile]:
    """Cases alike but for key and number."""
    intake = case().intake
    return [
        replace(case(), case_key=key, agreement=None, intake=replace(intake, number=f"（2026）测第{key}号"))
        for key in keys
    ]


def test_a_batch_goes_paper_by_paper_and_tells_what_it_left_out(
    storage: Storage, printing: Printing, tmp_path: Path
) -> None:
    stored(storage, *numbered("K1", "K2"))
    out: list[tuple[bytes, str, int]] = []

    def send(pdf: bytes, job: Job) -> None:
        out.append((pdf, job.case_key, job.copies))

    jobs = [
        Job(case_key="K1", form="acceptance", copies=2),
        Job(case_key="K2", form="agreement"),
        Job(case_key="K2", form="acceptance"),
    ]
    done = printing.print_batch(COUNTER, jobs, tmp_path, send)
    assert (done.sent, [job.case_key for job, _ in done.left_out]) == (2, ["K2"])
    assert [(key, copies) for _, key, copies in out] == [("K1", 2), ("K2", 1)]
    papers = CaseService(storage, lambda: NOW).papers(COUNTER, "K1")
    assert [hashlib.sha256(out[0][0]).hexdigest()] == [paper.sha256 for paper in papers]
    assert (tmp_path / papers[0].file_name).read_bytes() == out[0][0]


def test_a_stopped_batch_says_how_far_it_came(storage: Storage, printing: Printing, tmp_path: Path) -> None:
    stored(storage, *numbered("K1", "K2", "K3"))
    jobs = [Job(case_key=key, form="acceptance") for key in ("K1", "K2", "K3")]
    out: list[bytes] = []
    with pytest.raises(Stopped, match="送去打印了1份文书，还有2项"):
        printing.print_batch(
            COUNTER, jobs, tmp_path, lambda pdf, _job: out.append(pdf), lambda done, _total: done < 1
        )
    assert len(out) == 1


def test_what_the_printer_refused_is_not_on_record(
    storage: Storage, printing: Printing, tmp_path: Path
) -> None:
    stored(storage, *numbered("K1"))

    def jammed(_pdf: bytes, _job: Job) -> None:
        raise StorageError("打印机没有应答。")

    with pytest.raises(StorageError):
        printing.print_batch(COUNTER, [Job(case_key="K1", form="acceptance")], tmp_path, jammed)
    assert CaseService(storage, lambda: NOW).papers(COUNTER, "K1") == ()


def test_the_notice_of_personal_information_goes_out_with_the_rights(
    storage: Storage, printing: Printing, tmp_path: Path
) -> None:
    stored(storage, *numbered("K1"))
    out: list[str] = []
    both = [Job(case_key="K1", form=form) for form in ("rights", "privacy_notice")]

    printing.print_batch(COUNTER, both[:1], tmp_path, lambda _pdf, job: out.append(job.form))
    along = [paper.form for paper in CaseService(storage, lambda: NOW).papers(COUNTER, "K1")]
    written = printing.write(COUNTER, "K1", "rights", ("pdf",), tmp_path)

    assert along == ["rights", "privacy_notice"]
    assert [path.name.split("-")[0] for path in written] == [
        "人民调解当事人权利义务告知书",
        "个人信息处理告知书",
    ]
    assert printing.print_batch(COUNTER, both, tmp_path, lambda _pdf, _job: None).sent == 2, (
        "asked for, not twice"
    )
    assert len(printing.write(COUNTER, "K1", "privacy_notice", ("pdf",), tmp_path)) == 1
