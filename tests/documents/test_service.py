"""Printing: names of files, preview and print alike, refusals that leave nothing behind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mediation_desk.documents import service
from mediation_desk.documents.forms.background import NOTHING, Background, cards_for
from mediation_desk.documents.registry import FORMS, available
from mediation_desk.shared.errors import InputError, RuleError
from tests.documents.dispute import DAY, case, ended_case, mediator, oral_case, session


def test_preview_is_what_is_printed(tmp_path: Path) -> None:
    pdf, docx = (one.path for one in service.print_form(case(), "agreement", ("pdf", "docx"), tmp_path))
    assert pdf.name == "人民调解协议书-（2026）测人调字第31号.pdf"
    assert docx.suffix == ".docx"
    assert pdf.read_bytes() == service.preview_pdf(case(), "agreement")


def test_one_record_for_each_session_held(tmp_path: Path) -> None:
    planned = session(3, result=None, record="")
    file = case(sessions=(session(1), session(2), planned))
    both = service.print_form(file, "record", ("pdf",), tmp_path)
    assert [one.path.stem.rsplit("-", 1)[1] for one in both] == ["第一次", "第二次"]
    assert service.preview_pdf(file, "record") == both[1].path.read_bytes()
    assert service.print_form(file, "record", ("pdf",), tmp_path, part=0) == both[:1]


def test_file_names_are_made_anew_from_form_and_number(tmp_path: Path) -> None:
    base = case()
    intake = replace(base.intake, number="../../etc/<script>|CON: ?*" + "长" * 500)
    (one,) = service.print_form(replace(base, intake=intake), "application", ("pdf",), tmp_path)
    path = one.path
    assert path.parent == tmp_path
    assert path.exists()
    assert path.name.startswith("人民调解申请书-etcscriptCON长")
    assert len(path.name.encode()) < 255


@pytest.mark.parametrize(
    ("file", "form"),
    [
        (case(agreement=None), "agreement"),
        (case(mediators=()), "agreement"),
        (case(sessions=()), "record"),
        (case(sessions=(session(result=None),)), "record"),
        (case(selection=None), "choice"),
        (case(), "oral"),
        (case(), "notice"),
        (ended_case(), "rights"),
        (ended_case(), "acceptance"),
    ],
)
def test_a_paper_the_case_does_not_have_is_refused(file: object, form: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError) as refused:
        service.print_form(file, form, ("pdf",), tmp_path)  # type: ignore[arg-type]
    assert refused.value.message.endswith("。")
    assert not list(tmp_path.iterdir())


def test_clauses_without_text_and_missing_copies_are_refused() -> None:
    base = case()
    assert base.agreement is not None
    blank = tuple(replace(clause, text=" ") for clause in base.agreement.clauses)
    with pytest.raises(RuleError, match="第一条"):
        service.compose(replace(base, agreement=replace(base.agreement, clauses=blank)), "agreement")
    with pytest.raises(RuleError, match="份数"):
        service.compose(replace(base, agreement=replace(base.agreement, copies=0)), "agreement")


def test_trouble_in_one_file_leaves_none_behind(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        service.print_form(case(facts="没有字的字\U0003134a"), "agreement", ("docx", "pdf"), tmp_path)
    assert not list(tmp_path.iterdir())


def test_unknown_forms_and_formats_are_named() -> None:
    with pytest.raises(InputError, match="agreement"):
        service.compose(case(), "contract")
    (paper,) = service.compose(case(), "agreement")
    with pytest.raises(InputError, match="odt"):
        service.render(paper, "odt")  # type: ignore[arg-type]


def test_the_list_of_forms_fits_the_case() -> None:
    assert [form.key for form in available(case())] == [
        "application", "acceptance", "accepted", "rights", "privacy_notice", "identity", "mandate", "choice",
        "disclosure", "record", "agreement", "payments", "closing_report", "volume_note", "satisfaction",
        "cover", "catalogue", "back", "score_sheet",
    ]  # fmt: skip
    assert {"oral", "agreement"} <= {form.key for form in available(oral_case())}
    assert [form.key for form in available(ended_case())] == [
        "application", "privacy_notice", "identity", "mandate", "notice", "served", "closing_report", "volume_note",
        "cover", "catalogue", "back", "score_sheet",
    ]  # fmt: skip
    assert len({form.key for form in FORMS}) == len(FORMS)


def test_an_oral_agreement_prints_the_register_sheet() -> None:
    (paper,) = service.compose(oral_case(), "agreement")
    assert paper.heading.form == "F-12"


def test_private_notes_of_a_caucus_are_on_no_paper() -> None:
    """LR-22: not even where the party would share them; the record holds the neutral wording."""
    for form in available(case()):
        for paper in form.compose(case(), NOTHING):
            assert "四万五千" not in repr(paper)


def test_the_choice_names_candidates_of_the_pool() -> None:
    known = Background(cards=cards_for([mediator("M02", "苏红")], DAY))
    (paper,) = service.compose(case(), "choice", known)
    assert "苏红" in repr(paper)
    assert "110101195904121375" not in repr(paper)
