"""待签 on both databases: copies, places and hands of printed papers, refusals, corrections, scans, reprints."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.ink.binding import NOT_RELIABLE, Point, bind, strokes_json
from mediation_desk.cases.ink.mark import Handwriting, InkDeed
from mediation_desk.cases.ink.place import InkKind
from mediation_desk.cases.ink.tray import Tray, TrayState, missing, open_trays, tasks, trays
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.scan import Scan, ScanKind
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.cases.steps.closing import Close
from mediation_desk.cases.steps.handwriting import KeepHandwriting
from mediation_desk.cases.steps.inking import (
    AddCorrection,
    ConfirmScan,
    DropPaper,
    InkPaper,
    MarkInk,
    Spot,
    VoidInk,
)
from mediation_desk.cases.steps.signing import Sign
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.transitions import NOTE
from mediation_desk.documents.handwriting import picture_of
from mediation_desk.documents.mark import version_of
from mediation_desk.documents.printing import Printing
from mediation_desk.documents.service import compose
from mediation_desk.documents.signed import check_hand
from mediation_desk.experts.service import ExpertService
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.file_store import FileStore
from tests.documents.reading import pdf_text
from tests.persistence import lifecycle_stories as told
from tests.persistence.lifecycle_stories import Planted, in_state
from tests.persistence.test_case_steps import cases

__all__ = ["cases"]

NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
DAY = date(2026, 7, 1)


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "attachments")


class Desk:
    """A case with a printed agreement, and what is done to it."""

    def __init__(
        self,
        cases: CaseService,
        storage: Storage,
        files: FileStore,
        folder: Path,
        state: State = State.AGREED_UNSIGNED,
    ) -> None:
        self.cases, self._folder, self.now = cases, folder, NOW.replace(hour=1)
        self.printing = Printing(cases, ExpertService(storage, lambda: NOW), lambda: self.now, files=files)
        self.file = in_state(cases, state)

    def take(self, step: Step) -> CaseFile:
        self.file = self.cases.perform(COUNTER, self.file.case_key, step, version=self.file.version)
        return self.file

    def print(self, form: str = "agreement", copies: int | None = None) -> Tray:
        self.now = self.now.replace(minute=self.now.minute + 1)
        self.printing.write(COUNTER, self.file.case_key, form, ("pdf",), self._folder, copies=copies)
        return next(one for one in reversed(self.trays()) if one.form == form)

    def trays(self) -> tuple[Tray, ...]:
        return trays(self.file, self.cases.papers(COUNTER, self.file.case_key))

    def tray(self, form: str = "agreement") -> Tray:
        return next(one for one in reversed(self.trays()) if one.form == form)

    def change_words(self) -> None:
        """As a correction of a clause would."""
        agreement = self.file.agreement
        assert agreement is not None
        clauses = tuple(replace(one, text=f"{one.text}另付利息。") for one in agreement.clauses)
        self.take(Planted(NOTE, lambda file: replace(file, agreement=replace(agreement, clauses=clauses))))


@pytest.fixture
def desk(cases: CaseService, storage: Storage, files: FileStore, tmp_path: Path) -> Desk:
    return Desk(cases, storage, files, tmp_path / "papers")


def paper(tray: Tray) -> InkPaper:
    return InkPaper(form=tray.form, no=tray.paper_no, version=tray.version)


def everything(tray: Tray, hand: str = "") -> tuple[Spot, ...]:
    """Every place (of one human) on all copies."""
    copies = tuple(range(1, tray.copies + 1))
    return tuple(Spot(place=one.key, copies=copies) for one in tray.places if hand in ("", one.hands[0]))


def all_signed(desk: Desk) -> None:
    tray = desk.tray()
    desk.take(MarkInk(paper=paper(tray), spots=everything(tray), on=DAY))


def test_the_printed_agreement_waits_for_every_hand_on_every_copy(desk: Desk, cases: CaseService) -> None:
    tray = desk.print()
    assert (tray.copies, tray.state) == (3, TrayState.OPEN)
    assert [task.words for task in tasks(tray)][:2] == ["甄有理：2 处已签 0 处", "贾讲理：2 处已签 0 处"]
    (line,) = cases.ink(COUNTER)
    assert (line.case_key, line.people) == (desk.file.case_key, len(tasks(tray)))
    assert line.hands.startswith("甄有理、贾讲理")


def test_marks_come_back_from_the_database_and_can_be_taken_back(desk: Desk, cases: CaseService) -> None:
    tray = desk.print()
    before = desk.file
    desk.take(MarkInk(paper=paper(tray), spots=everything(tray, "甄有理"), on=DAY))
    stored = cases.file(COUNTER, desk.file.case_key)
    assert stored == desk.file
    assert tasks(desk.tray())[0].words == "甄有理：2 处已签 2 处"
    assert cases.history(COUNTER, stored.case_key)[-1].sentence == "登记纸上的签名：甄有理，2处"
    back = cases.take_back(COUNTER, stored.case_key, version=stored.version)
    assert back.beside == before.beside
    assert cases.ink(COUNTER)[0].hands.startswith("甄有理")


def test_one_copy_alone_is_named_in_what_is_missing(desk: Desk) -> None:
    tray = desk.print()
    all_but_one = [replace(spot, copies=(1, 2)) if spot.place == "1" else spot for spot in everything(tray)]
    desk.take(MarkInk(paper=paper(tray), spots=tuple(all_but_one), on=DAY))
    page = tray.places[0].page
    assert missing(desk.tray()) == f"甄有理的签名（人民调解协议书第{page}页，第3份）"
    assert desk.tray().state is TrayState.OPEN


def test_nothing_is_filed_away_before_the_tray_is_complete(
    cases: CaseService, storage: Storage, files: FileStore, tmp_path: Path
) -> None:
    desk = Desk(cases, storage, files, tmp_path, State.FOLLOWED_UP)
    desk.print("acceptance")
    desk.print("agreement")
    with pytest.raises(RuleError, match="还不能结案，还差：甄有理的签名（人民调解协议书第") as refused:
        desk.take(told.CLOSE)
    assert refused.value.rule == "待签"
    all_signed(desk)
    assert desk.tray().state is TrayState.COMPLETE
    desk.take(told.CLOSE)
    with pytest.raises(RuleError, match="还不能归档，还差：甄有理的签名（人民调解受理登记表"):
        desk.take(told.PUT_AWAY)
    desk.take(DropPaper(paper=paper(desk.tray("acceptance")), reason="只供当事人看", on=DAY))
    assert desk.take(told.PUT_AWAY).archive is not None


def test_a_case_without_printed_papers_is_closed_as_before(cases: CaseService) -> None:
    file = in_state(cases, State.FOLLOWED_UP)
    step: Close = told.CLOSE
    assert cases.perform(COUNTER, file.case_key, step).beside.closing is not None


def test_a_refusal_needs_a_witness_and_keeps_the_agreement_open(desk: Desk) -> None:
    tray = desk.print()
    spots = everything(tray, "贾讲理")
    for missing_word, field in (({"witness": "孙顺"}, "reason"), ({"reason": "不同意"}, "witness")):
        with pytest.raises(InputError) as refused:
            desk.take(MarkInk(paper=paper(tray), spots=spots, on=DAY, deed=InkDeed.REFUSED, **missing_word))
        assert refused.value.field == field
    desk.take(
        MarkInk(
            paper=paper(tray), spots=spots, on=DAY, deed=InkDeed.REFUSED, witness="孙顺", reason="不同意金额"
        )
    )
    rest = tuple(spot for spot in everything(tray) if spot not in spots)
    desk.take(MarkInk(paper=paper(tray), spots=rest, on=DAY))
    assert tasks(desk.tray())[1].words == "贾讲理：2 处已签 0 处，拒签 2 处"
    assert "拒签还没有处理" in missing(desk.tray())


def test_a_refused_receipt_is_done_with_its_witness(desk: Desk) -> None:
    tray = desk.print("rights")
    desk.take(
        MarkInk(
            paper=paper(tray),
            spots=everything(tray, "贾讲理"),
            on=DAY,
            deed=InkDeed.REFUSED,
            witness="孙顺",
            reason="不愿签收",
        )
    )
    spots = tuple(spot for spot in everything(tray) if spot not in everything(tray, "贾讲理"))
    desk.take(MarkInk(paper=paper(tray), spots=spots, on=DAY))
    assert desk.tray("rights").state is TrayState.COMPLETE


def test_a_fingerprint_instead_of_a_signature_has_witness_and_reason(desk: Desk) -> None:
    tray = desk.print()
    fingerprint = next(one for one in tray.places if one.kind is InkKind.FINGERPRINT)
    step = MarkInk(
        paper=paper(tray),
        spots=(Spot(place="1", copies=(1, 2, 3)),),
        on=DAY,
        deed=InkDeed.INSTEAD,
        witness="孙顺",
        reason="不会写字",
    )
    with pytest.raises(InputError, match="只能代替签名"):
        desk.take(replace(step, spots=(Spot(place=fingerprint.key, copies=(1,)),)))
    desk.take(step)
    assert tasks(desk.tray())[0].done == 1


def test_a_correction_by_hand_adds_hands_to_wait_for(desk: Desk) -> None:
    tray = desk.print()
    all_signed(desk)
    step = AddCorrection(
        paper=paper(tray), page=2, what="第二条“九百”改为“一千”", initials=("甄有理", "贾讲理"), on=DAY
    )
    with pytest.raises(InputError, match="更正了什么"):
        desk.take(replace(step, what=" "))
    desk.take(step)
    assert missing(desk.tray()).startswith("甄有理的更正处签名（人民调解协议书第2页，第1至3份）")
    desk.take(VoidInk(corrections=(1,), reason="没有改"))
    assert desk.tray().state is TrayState.COMPLETE


def test_a_mark_set_wrongly_is_voided_with_its_reason(desk: Desk) -> None:
    tray = desk.print()
    desk.take(MarkInk(paper=paper(tray), spots=(Spot(place="1", copies=(2,)),), on=DAY))
    with pytest.raises(InputError, match="已经登记过"):
        desk.take(MarkInk(paper=paper(tray), spots=(Spot(place="1", copies=(2,)),), on=DAY))
    with pytest.raises(InputError, match="理由"):
        desk.take(VoidInk(nos=(1,), reason=""))
    desk.take(VoidInk(nos=(1,), reason="看错了人"))
    assert (desk.file.beside.inks[0].void_reason, desk.tray().marks) == ("看错了人", {})
    with pytest.raises(InputError, match="已经撤去"):
        desk.take(VoidInk(nos=(1,), reason="再来"))


def test_other_words_void_the_open_places_of_the_older_printing(desk: Desk) -> None:
    first = desk.print()
    desk.take(MarkInk(paper=paper(first), spots=everything(first, "甄有理"), on=DAY))
    desk.change_words()
    second = desk.print()
    assert second.version != first.version
    assert [one.state for one in desk.trays()] == [TrayState.VOIDED, TrayState.OPEN]
    assert desk.tray().marks == {}
    with pytest.raises(RuleError, match="这一版作废了"):
        desk.take(MarkInk(paper=paper(first), spots=everything(first), on=DAY))
    desk.take(DropPaper(paper=paper(second), reason="印错了", on=DAY))
    assert [one.state for one in desk.trays()] == [TrayState.OPEN, TrayState.DROPPED], (
        "the older counts again"
    )


def test_a_reprint_of_what_all_have_signed_needs_no_ink(desk: Desk) -> None:
    desk.print()
    all_signed(desk)
    desk.change_words()
    assert desk.print().state is TrayState.SURPLUS
    assert open_trays(desk.file, desk.cases.papers(COUNTER, desk.file.case_key)) == ()


def test_the_same_words_printed_again_are_the_same_paper(desk: Desk) -> None:
    desk.print(copies=2)
    desk.print(copies=5)
    (tray,) = desk.trays()
    assert tray.copies == 5


def test_a_scan_a_human_has_compared_ends_the_waiting(desk: Desk) -> None:
    tray = desk.print()
    scan = Scan(
        no=1, kind=ScanKind.FORM, title="协议书", sha256="a" * 64, name="扫描.pdf", media="application/pdf",
        size=9, pages=3, at=NOW, by="窗口", form="agreement", paper_no=1, version="另一版",
    )  # fmt: skip
    desk.take(Planted(NOTE, lambda file: replace(file, beside=replace(file.beside, scans=(scan,)))))
    with pytest.raises(RuleError, match="另一版"):
        desk.take(ConfirmScan(paper=paper(tray), scan=1, on=DAY))
    right = replace(scan, version=tray.version)
    desk.take(Planted(NOTE, lambda file: replace(file, beside=replace(file.beside, scans=(right,)))))
    with pytest.raises(InputError, match="没有"):
        desk.take(ConfirmScan(paper=paper(tray), scan=2, on=DAY))
    desk.take(ConfirmScan(paper=paper(tray), scan=1, on=DAY))
    assert desk.tray().state is TrayState.COMPLETE
    assert desk.cases.ink(COUNTER) == ()


def test_days_copies_and_places_that_cannot_be_are_refused(desk: Desk) -> None:
    tray = desk.print()
    step = MarkInk(paper=paper(tray), spots=(Spot(place="1", copies=(1,)),), on=DAY)
    for wrong, words in (
        (replace(step, on=date(2026, 6, 30)), "早于这一版印出"),
        (replace(step, spots=(Spot(place="1", copies=(4,)),)), "一式3份"),
        (replace(step, spots=(Spot(place="99", copies=(1,)),)), "没有这一处"),
        (replace(step, paper=replace(step.paper, version="AAAAAAAAAA")), "没有印过"),
        (replace(step, deed=InkDeed.SCANNED), "整份"),
    ):
        with pytest.raises(InputError, match=words):
            desk.take(wrong)
    assert desk.file.beside.inks == ()


def test_a_binned_case_waits_for_nobody(desk: Desk, cases: CaseService) -> None:
    desk.print()
    desk.take(PutInBin(reason="重复"))
    assert cases.ink(COUNTER) == ()


def drawn(desk: Desk, tray: Tray, files: FileStore, *, name: str = "甄有理") -> Handwriting:
    strokes = ((Point(t=0, x=5, y=5, p=0.4), Point(t=40, x=90, y=40, p=0.9)),)
    made = Handwriting(
        no=0, form=tray.form, paper_no=tray.paper_no, version=tray.version, place="1", name=name, at=NOW,
        strokes=files.put_bytes(strokes_json(strokes)).sha256,
        picture=files.put_bytes(picture_of(strokes)).sha256, bound="", noted_by="",
    )  # fmt: skip
    return replace(made, bound=bind(desk.file.case_key, made))


def test_a_name_drawn_on_a_screen_is_bound_to_the_words_and_says_what_it_is_not(
    desk: Desk, files: FileStore
) -> None:
    tray = desk.print()
    written = drawn(desk, tray, files)
    with pytest.raises(InputError, match="这里由甄有理签名"):
        desk.take(KeepHandwriting(written=replace(written, name="贾讲理")))
    with pytest.raises(InputError, match="请在纸上办"):
        desk.take(KeepHandwriting(written=replace(written, place="2")))
    with pytest.raises(InputError, match="没有绑定好"):
        desk.take(KeepHandwriting(written=replace(written, bound="0" * 64)))
    desk.take(KeepHandwriting(written=written))
    assert desk.cases.file(COUNTER, desk.file.case_key) == desk.file
    (kept,) = desk.file.beside.handwritings
    assert desk.tray().state is TrayState.OPEN, "a drawing is no ink"
    text = "".join(pdf_text(desk.printing.preview_signed(COUNTER, desk.file.case_key, "agreement")).split())
    assert NOT_RELIABLE in text
    version = version_of(compose(desk.file, "agreement")[0])
    assert check_hand(desk.file, kept, version, files).holds
    desk.change_words()
    changed = version_of(compose(desk.file, "agreement")[0])
    assert not check_hand(desk.file, kept, changed, files).holds
    with pytest.raises(RuleError, match="文字在手写之后改过"):
        desk.printing.preview_signed(COUNTER, desk.file.case_key, "agreement")


def test_the_variant_with_drawn_names_waits_for_nobody(desk: Desk, files: FileStore, tmp_path: Path) -> None:
    tray = desk.print()
    with pytest.raises(InputError, match="还没有屏幕手写"):
        desk.printing.write_signed(COUNTER, desk.file.case_key, "agreement", ("pdf",), tmp_path)
    desk.take(KeepHandwriting(written=drawn(desk, tray, files)))
    paths = desk.printing.write_signed(COUNTER, desk.file.case_key, "agreement", ("pdf", "docx"), tmp_path)
    assert [path.name.endswith(f"屏幕手写.{end}") for path, end in zip(paths, ("pdf", "docx"), strict=True)]
    (after,) = desk.trays()
    assert (after.copies, after.places) == (tray.copies, tray.places)


def test_both_files_of_one_printing_are_one_paper(desk: Desk, tmp_path: Path) -> None:
    desk.printing.write(COUNTER, desk.file.case_key, "agreement", ("docx", "pdf"), tmp_path)
    (tray,) = desk.trays()
    assert tray.copies == 3
    assert {one.page for one in tray.places} != {1}, "the pages are those of the PDF"


def test_the_agreement_takes_effect_by_its_last_signature_and_not_by_the_copies(desk: Desk) -> None:
    desk.print()
    while desk.file.missing_signatures:
        ref = desk.file.missing_signatures[0]
        desk.take(Sign(ref=ref, method="签名并按指印", on=told.MET))
    assert desk.file.effective_on == told.MET
    assert desk.tray().state is TrayState.OPEN


def test_a_second_drawing_replaces_the_first(desk: Desk, files: FileStore) -> None:
    tray = desk.print()
    desk.take(KeepHandwriting(written=drawn(desk, tray, files)))
    desk.take(KeepHandwriting(written=drawn(desk, tray, files)))
    assert [one.void_reason for one in desk.file.beside.handwritings] == ["重写", ""]
    desk.take(VoidInk(handwritings=(2,), reason="本人要求"))
    assert not any(one.of("agreement", 1, tray.version) for one in desk.file.beside.handwritings)


def test_no_hand_is_drawn_where_the_law_excludes_it(desk: Desk, files: FileStore) -> None:
    tray = desk.print()
    agreement = desk.file.agreement
    assert agreement is not None
    divorce = tuple(replace(one, text="双方自愿离婚。") for one in agreement.clauses)
    desk.take(Planted(NOTE, lambda file: replace(file, agreement=replace(agreement, clauses=divorce))))
    with pytest.raises(RuleError, match="在纸上签名") as refused:
        desk.take(KeepHandwriting(written=drawn(desk, tray, files)))
    assert refused.value.rule == "电子签名法第三条"
