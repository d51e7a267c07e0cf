"""``Verifying`` on a real desk: what was printed, changed, sealed, superseded or never ours, by file and by code."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pytest
from sqlalchemy import select

from db.tables.centre import audit
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.agreements.signing import VoidedSignature
from mediation_desk.cases.beside import Binned
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.documents.printing import Printing
from mediation_desk.documents.sealing.check_code import check_code, version_in
from mediation_desk.documents.sealing.service import Sealing
from mediation_desk.documents.sealing.signatures import signatures
from mediation_desk.documents.sealing.verifying import Finding, Verdict, Verifying
from mediation_desk.documents.service import compose
from mediation_desk.experts.service import ExpertService
from mediation_desk.shared.errors import InputError, PermissionDenied, RuleError
from tests.documents.certificate import NAME, PASSWORD, made
from tests.documents.dispute import case
from tests.documents.reading import pdf_text

NOW = datetime(2026, 4, 29, 2, 40, tzinfo=UTC)
NUMBER = "（2026）测人调字第31号"


class Office(NamedTuple):
    """A desk with one case."""

    storage: Storage
    cases: CaseService
    printing: Printing
    verifying: Verifying
    sealing: Sealing

    def change(self, change: Callable[[CaseFile], CaseFile]) -> None:
        """Store the case as ``change`` makes it, past the rules of the steps."""
        with self.storage.write() as work:
            before = work.cases.find("T01")
            assert before is not None
            work.cases.save(before, change(before))

    def printed(self, folder: Path, form: str = "agreement") -> tuple[bytes, bytes]:
        """PDF and DOCX of a form, put on record."""
        paths = self.printing.write(COUNTER, "T01", form, ("pdf", "docx"), folder)
        return paths[0].read_bytes(), paths[1].read_bytes()

    def code(self) -> str:
        """What stands at the foot of the agreement now."""
        return check_code(compose(self.cases.file(COUNTER, "T01"), "agreement")[0].mark)


@pytest.fixture
def office(storage: Storage, tmp_path: Path) -> Office:
    cases = CaseService(storage, lambda: NOW)
    with storage.write() as work:
        work.cases.add(case())
    printing = Printing(cases, ExpertService(storage, lambda: NOW), lambda: NOW)
    clock = lambda: datetime.now(UTC)  # noqa: E731  # a certificate is good from yesterday on
    return Office(
        storage, cases, printing, Verifying(cases, tmp_path / "trust"), Sealing(cases, printing, clock)
    )


def _other_amount(file: CaseFile) -> CaseFile:
    agreement = file.agreement
    assert agreement is not None
    first, *rest = agreement.clauses
    changed = replace(first, text=first.text.replace("4,050.00", "4,500.00"))
    return replace(file, agreement=replace(agreement, clauses=(changed, *rest)))


def _saved_again(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        stream = io.BytesIO()
        file.save(stream, linearize=True)
    return stream.getvalue()


def _forged_word_file(docx: bytes, old: str, new: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, text.replace(old.encode(), new.encode()) if name.endswith(".xml") else text)
    return stream.getvalue()


def _ask(office: Office, data: bytes) -> Verdict:
    return office.verifying.file(COUNTER, data)


def test_the_code_stands_at_the_foot_of_every_page_and_not_in_the_words(
    office: Office, tmp_path: Path
) -> None:
    pdf, docx = office.printed(tmp_path)
    import pypdf

    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert all(f"校验码 {office.code()}" in page for page in pages)
    assert "校验码" not in pdf_text(pdf)
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        footer = next(name for name in file.namelist() if "footer" in name and "rels" not in name)
        assert office.code() in file.read(footer).decode()
    other, _ = office.printed(tmp_path / "other", "record")
    assert "校验码" not in "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(other)).pages)


def test_the_very_file_is_unchanged(office: Office, tmp_path: Path) -> None:
    for data in office.printed(tmp_path):
        found = _ask(office, data)
        assert (found.finding, found.case_key) == (Finding.UNCHANGED, "T01")
        assert "一个字节也不差" in found.sentence


def test_a_file_saved_again_is_compared_word_by_word(office: Office, tmp_path: Path) -> None:
    pdf, docx = office.printed(tmp_path)
    again = _ask(office, _saved_again(pdf))
    assert again.good
    assert "逐字相同" in again.sentence
    word = _ask(office, _forged_word_file(docx, "没有这几个字", ""))
    assert word.good
    assert any("DOCX 谁都能改" in note for note in word.notes)


def test_a_changed_sum_in_a_word_file_is_told_with_its_place(office: Office, tmp_path: Path) -> None:
    _, docx = office.printed(tmp_path)
    found = _ask(office, _forged_word_file(docx, "4,050.00", "4,850.00"))
    assert found.finding is Finding.CHANGED
    assert "4,85" in found.sentence
    assert "4,05" in found.sentence


def test_what_the_centre_never_printed_is_not_its_paper(office: Office, tmp_path: Path) -> None:
    office.printed(tmp_path)
    stranger = Printing(office.cases, ExpertService(office.storage, lambda: NOW), lambda: NOW)
    unprinted = stranger.preview(COUNTER, "T01", "record")
    assert _ask(office, unprinted).finding is Finding.FOREIGN
    assert "不是本中心的文书" in _ask(office, unprinted).sentence
    for rubbish in (b"", b"hello", b"%PDF-1.4\n", b"PK\x03\x04broken", b"\x89PNG"):
        with pytest.raises(InputError):
            _ask(office, rubbish)


def test_an_agreement_changed_after_printing_supersedes_the_printed_one(
    office: Office, tmp_path: Path
) -> None:
    pdf, docx = office.printed(tmp_path)
    old = office.code()
    office.change(_other_amount)
    assert office.code() != old
    assert _ask(office, pdf).finding is Finding.SUPERSEDED
    assert _ask(office, _forged_word_file(docx, "没有这几个字", "")).finding is Finding.SUPERSEDED
    assert office.verifying.typed(COUNTER, NUMBER, old).finding is Finding.SUPERSEDED
    assert office.verifying.typed(COUNTER, NUMBER, office.code()).good


def test_number_and_code_read_off_paper_are_checked(office: Office, tmp_path: Path) -> None:
    code = office.code()
    assert office.verifying.typed(COUNTER, NUMBER, code).good
    assert office.verifying.typed(COUNTER, f" {NUMBER} ", f"校验码 {code.lower().replace('-', '－')}").good
    assert office.verifying.typed(COUNTER, "（2026）别人调字第1号", code).finding is Finding.FOREIGN
    office.change(lambda file: replace(file, facts=file.facts + "又一句。"))
    assert office.verifying.typed(COUNTER, NUMBER, code).finding is Finding.CHANGED


def test_a_paper_printed_for_signing_stays_right_once_it_is_signed(office: Office, tmp_path: Path) -> None:
    def unsigned(file: CaseFile) -> CaseFile:
        assert file.agreement is not None
        return replace(file, agreement=replace(file.agreement, signatures=()))

    signed = case().agreement
    assert signed is not None
    office.change(unsigned)
    code = office.code()
    pdf, _ = office.printed(tmp_path)
    before = _ask(office, pdf)
    assert before.good
    assert any("没有生效" in note for note in before.notes)
    office.change(lambda file: replace(file, agreement=signed))
    after = _ask(office, pdf)
    assert after.good
    assert office.code() != code
    assert office.verifying.typed(COUNTER, NUMBER, code).good


def test_signatures_voided_and_a_case_in_the_bin_are_told(office: Office, tmp_path: Path) -> None:
    pdf, _ = office.printed(tmp_path)
    voided = VoidedSignature(
        round=1,
        ref="A1",
        method="签名",
        on=date(2026, 3, 24),
        voided_on=date(2026, 3, 25),
        by="赵宁",
        reason="日期写错",
    )
    office.change(lambda file: replace(file, beside=replace(file.beside, voided_signatures=(voided,))))
    found = _ask(office, pdf)
    assert found.good
    assert any("2026年3月25日有签名作废" in note for note in found.notes)
    binned = Binned(on=date(2026, 4, 1), by="赵宁", reason="重复")
    office.change(lambda file: replace(file, beside=replace(file.beside, binned=binned)))
    assert _ask(office, pdf).finding is Finding.SUPERSEDED


@pytest.mark.parametrize("place", range(12))
def test_one_wrong_character_in_a_code_is_noticed_before_anything_is_looked_up(place: int) -> None:
    (paper,) = compose(case(), "agreement")
    plain = check_code(paper.mark).replace("-", "")
    wrong = plain[:place] + ("A" if plain[place] != "A" else "B") + plain[place + 1 :]
    with pytest.raises(InputError, match="写错"):
        version_in(wrong)


@pytest.mark.parametrize("code", ["", "ABCD", "ABCD-EFGH-JKL9", "ABCD-EFGH-JKLM-NOPQ", "一二三四"])
def test_what_cannot_be_a_code_is_told_so(code: str) -> None:
    with pytest.raises(InputError, match="12个"):
        version_in(code)


def test_a_hostile_word_file_is_refused(office: Office, tmp_path: Path) -> None:
    _, docx = office.printed(tmp_path)
    bomb = _forged_word_file(docx, "<w:document", '<!DOCTYPE x [<!ENTITY a "b">]><w:document')
    with pytest.raises(InputError, match="实体"):
        _ask(office, bomb)


# Seals


def _seal(office: Office, out: Path, **more: str) -> bytes:
    values = {"form_key": "agreement", "password": PASSWORD, **more}
    path = office.sealing.seal(
        COUNTER, "T01", values["form_key"], made()[0], values["password"], out, place="云川市"
    )
    return path.read_bytes()


def test_a_sealed_agreement_is_known_and_its_seal_is_read(office: Office, tmp_path: Path) -> None:
    data = _seal(office, tmp_path / "sealed.pdf")
    (state,) = signatures(data)
    assert state.whole
    found = _ask(office, data)
    assert found.good
    assert any(NAME in note and "签名完好" in note for note in found.notes)
    (paper,) = office.cases.papers(COUNTER, "T01")
    assert "数字印鉴" in paper.title
    with office.storage.read() as work:
        trail = work.connection.execute(select(audit.c.action, audit.c.details)).all()
    assert [(action, details["certificate"]) for action, details in trail] == [("document.seal", NAME)]
    assert PASSWORD not in repr(trail)


def test_one_changed_byte_of_a_sealed_agreement_is_noticed(office: Office, tmp_path: Path) -> None:
    data = bytearray(_seal(office, tmp_path / "sealed.pdf"))
    start = data.find(b"stream", len(data) // 4)
    data[start + 40] ^= 1
    try:
        found = _ask(office, bytes(data))
    except InputError:
        return  # so damaged that nothing can be read
    assert not found.good
    assert any("不完好" in note for note in found.notes)


def test_a_seal_is_never_offered_where_the_law_excludes_it(office: Office, tmp_path: Path) -> None:
    def divorce(file: CaseFile) -> CaseFile:
        return replace(file, title="孟兰与周某离婚财产纠纷")

    office.change(divorce)
    assert "电子签名法第三条" in office.sealing.refusal(COUNTER, "T01", "agreement")
    with pytest.raises(RuleError, match="盖章"):
        _seal(office, tmp_path / "sealed.pdf")
    assert not (tmp_path / "sealed.pdf").exists()
    assert office.cases.papers(COUNTER, "T01") == ()


def test_a_wrong_password_or_a_file_already_there_leaves_nothing(office: Office, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="密码"):
        _seal(office, tmp_path / "sealed.pdf", password="错的")
    (tmp_path / "there.pdf").write_bytes(b"mine")
    with pytest.raises(InputError, match="已经有了"):
        _seal(office, tmp_path / "there.pdf")
    assert (tmp_path / "there.pdf").read_bytes() == b"mine"
    assert office.cases.papers(COUNTER, "T01") == ()


def test_a_clerk_prints_and_does_not_seal(office: Office, tmp_path: Path) -> None:
    clerk = Actor(account="clerk", display_name="登记员", roles=(Role.CLERK,))
    with pytest.raises(PermissionDenied):
        office.sealing.seal(clerk, "T01", "agreement", made()[0], PASSWORD, tmp_path / "sealed.pdf")
    nobody = Actor(account="statistics", display_name="统计", roles=(Role.STATISTICIAN,))
    with pytest.raises(PermissionDenied):
        office.verifying.typed(nobody, NUMBER, office.code())
