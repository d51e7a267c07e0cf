"""Papers of the archive room that belong to no single case: what they say, and alike in both formats."""

from __future__ import annotations

import os
from datetime import date

import pytest

from mediation_desk.cases.archiving.lists import OralLine, OralRegister, VolumeLine
from mediation_desk.cases.vocabulary import Retention
from mediation_desk.documents import service
from mediation_desk.documents.content import Paper
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.forms import appraisal_list, oral_register, spine
from mediation_desk.shared.text import folded
from tests.documents.filed import shelved
from tests.documents.reading import docx_text, pdf_text
from tests.documents.test_golden import GOLDEN

ENDED = VolumeLine(
    case_key="AJ2016000003",
    title="渗水纠纷",
    number="（2016）测人调字第3号",
    volume_no="（2016）测人调字第3号",
    day=date(2016, 3, 1),
    archived_on=date(2016, 3, 1),
    retention=Retention.SHORT,
    ends_on=date(2026, 12, 31),
)
ORAL = OralLine(
    no=1,
    case_key="AJ2026000005",
    number="（2026）测人调字第5号",
    title="借用工具纠纷",
    party_names="甄有理、贾讲理",
    concluded_on=date(2026, 5, 4),
    category="邻里纠纷",
)
REGISTER = OralRegister(
    body="测试人民调解委员会",
    first=date(2026, 4, 1),
    last=date(2026, 6, 30),
    name="2026年第二季度",
    lines=(ORAL,),
)
PAPERS: dict[str, Paper] = {
    "appraisal_list": appraisal_list.compose("测试中心", (ENDED,), date(2027, 1, 5)),
    "oral_register": oral_register.compose(REGISTER),
    "spines": spine.of_volumes((shelved(),) * 6, date(2026, 7, 1)),
}


@pytest.mark.parametrize("name", PAPERS)
def test_the_paper_says_what_it_said_in_both_formats(name: str) -> None:
    paper, expected = PAPERS[name], GOLDEN / f"{name}.txt"
    text = plain_text(paper)
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    said = folded(text)
    assert docx_text(service.render(paper, "docx")) == said
    assert pdf_text(service.render(paper, "pdf")) == said


def test_no_person_is_named_where_a_list_or_a_bag_lies_about() -> None:
    names = [party.name for party in shelved().parties]
    [bag] = service.compose(shelved(), "evidence_bag")
    for paper in (bag, PAPERS["appraisal_list"]):
        assert not any(name in plain_text(paper) for name in names)
