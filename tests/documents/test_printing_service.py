"""``Printing`` on a real desk: papers of the pool and of a round, who may print what, what is on record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.cases.service import CaseService
from mediation_desk.documents.printing import Printing
from mediation_desk.experts.choice.ballot import Ballot, Disclosure
from mediation_desk.experts.mediator import Standing
from mediation_desk.experts.service import ExpertService
from mediation_desk.shared.errors import InputError, PermissionDenied
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
def printing(storage: Storage) -> Printing:
    experts = ExpertService(storage, lambda: NOW)
    with storage.write() as work:
        work.pool.add([expert(number) for number in ("M01", "M02", "M08")])
        work.pool.add([expert("M05", standing=Standing.LEFT)])
        work.pool.keep_photo("M01", photo())
    return Printing(CaseService(storage, lambda: NOW), experts, lambda: NOW, OneRound())


def test_the_register_lists_who_has_not_left(printing: Printing, tmp_path: Path) -> None:
    text = pdf_text(printing.preview_roster(COUNTER))
    assert [name in text for name in ("周敬", "苏红", "黎秋霞", "𬱖㛃")] == [True, True, True, False]
    paths = printing.roster(COUNTER, ("pdf", "docx"), tmp_path / "new")
    assert [path.name for path in paths] == [
        "调解员名册-公开-2026-04-29.pdf",
        "调解员名册-公开-2026-04-29.docx",
    ]
    assert paths[0].read_bytes() == printing.preview_roster(COUNTER)


def test_a_choice_of_mediators_keeps_its_order(printing: Printing) -> None:
    text = pdf_text(printing.preview_roster(COUNTER, ("M08", "M01")))
    assert text.index("黎秋霞") < text.index("周敬")
    assert "苏红" not in text
    with pytest.raises(InputError, match="M99"):
        printing.preview_roster(COUNTER, ("M99",))


def test_the_internal_register_asks_for_more(printing: Printing) -> None:
    assert "110101195904121375" in pdf_text(printing.preview_roster(COUNTER, public=False))
    assert "周敬" in pdf_text(printing.preview_roster(CLERK))
    with pytest.raises(PermissionDenied):
        printing.preview_roster(CLERK, public=False)


def test_notice_cards(printing: Printing, tmp_path: Path) -> None:
    assert len(pdf_pages(printing.preview_notice_cards(COUNTER, ("M01", "M02"), big=True))) == 2
    (path,) = printing.notice_cards(COUNTER, ("M01", "M02"), ("pdf",), tmp_path)
    assert path.read_bytes() == printing.preview_notice_cards(COUNTER, ("M01", "M02"))
    with pytest.raises(InputError, match="选定"):
        printing.notice_cards(COUNTER, (), ("pdf",), tmp_path)


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
