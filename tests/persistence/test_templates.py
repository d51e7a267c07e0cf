"""Templates in the database: versions, going back, what a printed paper remembers; on both engines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from db.tables.centre import audit
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.cases.paper_templates import BUILT_IN, Slot
from mediation_desk.cases.service import CaseService
from mediation_desk.documents.printing import Printing
from mediation_desk.documents.templates.service import TemplateService
from mediation_desk.experts.service import ExpertService
from mediation_desk.shared.errors import ConflictError, InputError, PermissionDenied, RuleError
from mediation_desk.shared.track import Track
from tests.documents.dispute import case, oral_case
from tests.documents.reading import pdf_text
from tests.documents.templates.making import document

NOW = datetime(2026, 4, 29, 2, 40, tzinfo=UTC)
CLERK = Actor(account="clerk", display_name="登记员", roles=(Role.CLERK,))
RIGHTS = Slot(form="rights")
FIRST, SECOND = document("第一版{编号}"), document("第二版{编号}")
NUMBER = "（2026）测人调字第31号"


@pytest.fixture
def templates(storage: Storage) -> TemplateService:
    return TemplateService(storage, lambda: NOW)


@pytest.fixture
def printing(storage: Storage, templates: TemplateService) -> Printing:
    with storage.write() as work:
        work.cases.add(case())
    cases, experts = CaseService(storage, lambda: NOW), ExpertService(storage, lambda: NOW)
    return Printing(cases, experts, lambda: NOW, templates=templates)


def test_versions_are_numbered_used_and_given_up_but_never_lost(templates: TemplateService) -> None:
    one = templates.add(COUNTER, RIGHTS, FIRST, "甲.docx", "起稿")
    two = templates.add(COUNTER, RIGHTS, SECOND, "乙.docx")
    assert (one.no, two.no) == (1, 2)
    assert templates.state(COUNTER, RIGHTS).used is None

    templates.use(COUNTER, RIGHTS, two.id)
    assert templates.state(COUNTER, RIGHTS).used == two
    templates.use(COUNTER, RIGHTS, one.id)
    templates.use(COUNTER, RIGHTS, None)
    state = templates.state(COUNTER, RIGHTS)

    assert state.used is None
    assert state.versions == (two, one)
    assert [templates.content(COUNTER, version.id) for version in state.versions] == [SECOND, FIRST]
    assert (one.note, one.by, one.at, one.size) == ("起稿", "窗口", NOW, len(FIRST))


def test_a_printed_paper_remembers_its_version_and_can_be_made_again(
    printing: Printing, templates: TemplateService, storage: Storage, tmp_path: Path
) -> None:
    one = templates.add(COUNTER, RIGHTS, FIRST, "甲.docx")
    templates.use(COUNTER, RIGHTS, one.id)
    printing.write(COUNTER, "T01", "rights", ("pdf", "docx"), tmp_path)
    two = templates.add(COUNTER, RIGHTS, SECOND, "乙.docx")
    templates.use(COUNTER, RIGHTS, two.id)
    printing.write(COUNTER, "T01", "rights", ("pdf",), tmp_path)
    templates.use(COUNTER, RIGHTS, None)
    printing.write(COUNTER, "T01", "rights", ("pdf",), tmp_path)

    with storage.read() as work:
        printed = [paper for paper in work.cases.papers("T01") if paper.form == "rights"]
        assert [paper.template for paper in printed] == [one.id, one.id, two.id, None]
    again = printing.preview(COUNTER, "T01", "rights", template=one.id)
    assert pdf_text(again) == f"第一版{NUMBER}"
    assert "当事人享有下列权利" in pdf_text(printing.preview(COUNTER, "T01", "rights", template=BUILT_IN))


def test_the_nearest_decision_counts(printing: Printing, templates: TemplateService) -> None:
    body = case().organisation.name
    slots = (
        RIGHTS,
        replace(RIGHTS, body=body),
        replace(RIGHTS, track=Track.PEOPLES.value),
        replace(RIGHTS, track=Track.PEOPLES.value, body=body),
    )
    for place, slot in enumerate(slots):
        kept = templates.add(COUNTER, slot, document(f"级{place}"), "甲.docx")
        templates.use(COUNTER, slot, kept.id)
        assert pdf_text(printing.preview(COUNTER, "T01", "rights")) == f"级{place}"
    templates.use(COUNTER, slots[-1], None)
    assert "当事人享有下列权利" in pdf_text(printing.preview(COUNTER, "T01", "rights"))


def test_uploading_for_one_body_does_not_switch_off_the_template_of_all(
    printing: Printing, templates: TemplateService
) -> None:
    for_all = templates.add(COUNTER, RIGHTS, FIRST, "甲.docx")
    templates.use(COUNTER, RIGHTS, for_all.id)
    templates.add(COUNTER, replace(RIGHTS, body=case().organisation.name), SECOND, "乙.docx")

    assert pdf_text(printing.preview(COUNTER, "T01", "rights")) == f"第一版{NUMBER}"


def test_two_who_decide_at_once_are_told(templates: TemplateService) -> None:
    kept = templates.add(COUNTER, RIGHTS, FIRST, "甲.docx")
    seen = templates.state(COUNTER, RIGHTS).seen
    templates.use(COUNTER, RIGHTS, kept.id, seen)

    with pytest.raises(ConflictError):
        templates.use(COUNTER, RIGHTS, None, seen)
    assert templates.state(COUNTER, RIGHTS).used == kept


def test_a_faulty_file_is_not_kept(templates: TemplateService) -> None:
    with pytest.raises(InputError, match="受理日期"):
        templates.add(COUNTER, RIGHTS, document("{受理时间}"), "甲.docx")
    with pytest.raises(InputError, match="nothing"):
        templates.add(COUNTER, Slot(form="nothing"), FIRST, "甲.docx")
    assert templates.slots(COUNTER) == ()


def test_a_version_of_another_form_is_not_used(templates: TemplateService) -> None:
    kept = templates.add(COUNTER, RIGHTS, FIRST, "甲.docx")

    with pytest.raises(InputError, match="没有这一版"):
        templates.use(COUNTER, Slot(form="agreement"), kept.id)
    with pytest.raises(InputError, match="没有这一版"):
        templates.content(COUNTER, kept.id + 1)


def test_a_clerk_looks_but_does_not_decide(templates: TemplateService) -> None:
    with pytest.raises(PermissionDenied):
        templates.add(CLERK, RIGHTS, FIRST, "甲.docx")
    with pytest.raises(PermissionDenied):
        templates.use(CLERK, RIGHTS, None)
    assert templates.slots(CLERK) == ()


def test_every_decision_is_in_the_audit_trail(templates: TemplateService, storage: Storage) -> None:
    kept = templates.add(COUNTER, RIGHTS, FIRST, "甲.docx")
    templates.use(COUNTER, RIGHTS, kept.id)

    with storage.read() as work:
        actions = [row.action for row in work.connection.execute(select(audit).order_by(audit.c.seq))]
    assert actions == ["template.add", "template.use"]


def test_a_template_is_tried_on_the_newest_case_that_fits(printing: Printing) -> None:
    assert pdf_text(printing.try_template(COUNTER, RIGHTS, FIRST)) == f"第一版{NUMBER}"
    assert pdf_text(printing.try_template(COUNTER, RIGHTS, FIRST, "T01")) == f"第一版{NUMBER}"
    with pytest.raises(RuleError, match="请写一个案件编号"):
        printing.try_template(COUNTER, Slot(form="notice"), FIRST)


def test_an_oral_agreement_is_another_paper(
    printing: Printing, templates: TemplateService, storage: Storage
) -> None:
    kept = templates.add(COUNTER, Slot(form="agreement"), FIRST, "甲.docx")
    templates.use(COUNTER, Slot(form="agreement"), kept.id)
    spoken = replace(oral_case(), case_key="T02", intake=replace(oral_case().intake, number=None))
    with storage.write() as work:
        work.cases.add(spoken)

    assert "第一版" not in pdf_text(printing.preview(COUNTER, "T02", "agreement"))
    assert "第一版" in pdf_text(printing.preview(COUNTER, "T01", "agreement"))


def test_unsaved_words_are_shown_in_the_layout_they_will_be_printed_in(
    printing: Printing, templates: TemplateService
) -> None:
    kept = templates.add(COUNTER, RIGHTS, FIRST, "甲.docx")
    templates.use(COUNTER, RIGHTS, kept.id)

    assert "第一版" in pdf_text(printing.preview_draft(COUNTER, case(), "rights"))
