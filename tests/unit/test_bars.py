"""Who mediated a case may not come back into it (特邀调解规定 art. 16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mediation_desk.experts.choice.ballot import Bar
from mediation_desk.experts.conflicts.bars import barred
from mediation_desk.experts.conflicts.model import Part
from tests.unit.conflict_rows import APPEARING, ID, OTHER_ID, person


@pytest.mark.parametrize(
    ("who", "bar", "fragment"),
    [
        ({"id_no": ID}, {"id_no": ID}, "证件号一致（尾号8246）"),
        ({"name": "黎霞", "id_no": ID}, {"id_no": ID}, "证件号一致"),
        ({"phone": "138-0000-0908"}, {"phone": "13800000908", "id_no": ID}, "姓名、电话一致（尾号0908）"),
        ({}, {}, "同名，证件号、电话未核对"),
        ({"phone": "13800000908"}, {"id_no": ID}, "未核对"),
        ({"id_no": OTHER_ID}, {"id_no": ID}, ""),
        ({"id_no": OTHER_ID, "phone": "13800000908"}, {"id_no": ID, "phone": "13800000908"}, ""),
        ({"phone": "13800000909"}, {"phone": "13800000908"}, ""),
        ({"name": "黎霞", "phone": "13800000908"}, {"phone": "13800000908"}, ""),
        ({"name": ""}, {"name": ""}, ""),
    ],
)
def test_who_mediated_may_not_come_back_as_agent(
    who: dict[str, Any], bar: dict[str, str], fragment: str
) -> None:
    kept = Bar(case_key="K1", pool_no="M08", since=date(2026, 6, 4), **({"name": "黎秋霞"} | bar))
    found = barred([replace(person(Part.AGENT, "黎秋霞", ref="A1"), **who)], [kept])
    assert bool(found) is bool(fragment)
    for one in found:
        assert (one.ref, one.part, one.pool_no, one.case_key) == ("A1", Part.AGENT, "M08", "K1")
        assert fragment in one.sentence
        assert "自2026年6月4日起" in one.sentence
        assert "第十六条" in one.sentence


@pytest.mark.parametrize("part", [part for part in APPEARING if part is not Part.AGENT])
def test_other_parts_are_not_barred(part: Part) -> None:
    kept = Bar(case_key="K1", pool_no="M08", name="黎秋霞", since=date(2026, 6, 4))
    assert not barred([person(part, "黎秋霞")], [kept])
