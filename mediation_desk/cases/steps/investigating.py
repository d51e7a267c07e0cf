"""Records of investigation (F-08): what was seen and asked on the spot, and that those asked have signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.checks import known
from mediation_desk.cases.model import CaseFile, Investigation
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import NOTE, Transition
from mediation_desk.shared.assets import built
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical

_PLACE, _CONTENT = 200, 20_000


@record
class Investigate:
    """记调查. ``by`` are mediators or the recorder, ``of`` parties or members of a group."""

    title: ClassVar[str] = "记调查"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = NOTE

    on: date
    place: str
    by: tuple[str, ...]
    of: tuple[str, ...]
    content: str
    signed: bool = False

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put it behind those there are. Raises ``InputError``; ``RuleError`` where too few investigated."""
        place = canonical(self.place.strip(), "place", multiline=False, longest=_PLACE)
        content = canonical(self.content.strip(), "content", longest=_CONTENT)
        if not place:
            raise InputError("请写明在哪里调查。", field="place")
        if not content:
            raise InputError("请写调查记录的内容。", field="content")
        if not file.intake.received_on <= self.on <= around.today:
            raise InputError("调查日期应当在登记之后、今天或者以前。", field="on")
        if not self.by or not set(self.by) <= known.staff(file):
            raise InputError("请选本案的调解员或者记录人作调查人。", field="by")
        if not self.of or not set(self.of) <= known.parties(file) | known.members(file):
            raise InputError("请选被调查的当事人。", field="of")
        least, source = built("papers", _least)
        if len(set(self.by)) < least:
            raise RuleError(f"调查应当由{least}名以上人员进行（{source}）。", rule="F-08")
        made = Investigation(
            on=self.on, place=place, by=self.by, of=self.of, content=content, signed=self.signed
        )
        return replace(file, investigations=(*file.investigations, made))

    def sentence(self, file: CaseFile) -> str:
        """Where and of whom."""
        asked = "、".join(map(file.name_of, self.of))
        signed = "，被调查人已签名" if self.signed else ""
        return f"在{self.place.strip()}向{asked}调查{signed}"


@record
class SignInvestigation:
    """调查记录签名: those asked have signed the ``no``-th record (from 1) on paper."""

    title: ClassVar[str] = "调查记录签名"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = NOTE

    no: int

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note it. Raises ``InputError`` for a record there is not, ``RuleError`` where it was noted before."""
        if not 1 <= self.no <= len(file.investigations):
            raise InputError(f"没有第{self.no}份调查记录。", field="no")
        if file.investigations[self.no - 1].signed:
            raise RuleError("这份调查记录已经记下签过名。", rule="F-08")
        talks = tuple(
            replace(talk, signed=True) if place == self.no else talk
            for place, talk in enumerate(file.investigations, start=1)
        )
        return replace(file, investigations=talks)

    def sentence(self, file: CaseFile) -> str:
        """Which one."""
        return f"第{self.no}份调查记录已由被调查人签名"


def _least(data: Mapping[str, Any]) -> tuple[int, str]:
    """How many must investigate, and who says so."""
    found = data["investigation"]
    return int(found["investigators"]), str(found["source"])
