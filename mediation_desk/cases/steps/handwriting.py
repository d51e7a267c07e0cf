"""屏幕手写: a name drawn on a screen, where the law lets a paper carry one (电子签名法 art. 3 and 13)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.ink.binding import bind
from mediation_desk.cases.ink.mark import Handwriting
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.signing.places import no_electronic
from mediation_desk.cases.steps.inking import InkPaper, paper_to_sign
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import INK, Transition
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical


@record
class KeepHandwriting:
    """登记手写: keep what was drawn, bound to the wording; the place on paper still waits for ink.

    ``written`` carries files, moment and hash; its ``no`` and ``noted_by`` are given here.
    """

    title: ClassVar[str] = "登记屏幕手写"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = INK

    written: Handwriting

    @property
    def on(self) -> date:
        """The day it was written."""
        return local_day(self.written.at)

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Keep it. Raises ``RuleError`` where the law excludes it."""
        demand_lawful(file)
        one = self.written
        paper = InkPaper(form=one.form, no=one.paper_no, version=one.version)
        tray = paper_to_sign(file, around, paper, self.on, finished_too=True)
        place = tray.place(one.place)
        if place is None or not place.drawable:
            raise InputError("这里不能放屏幕手写的签名，请在纸上办。", field="place")
        name = canonical(one.name, "签名的人", multiline=False, longest=60).strip()
        if name not in place.hands:
            raise InputError(f"这里由{place.hand}签名。", field="name")
        if bind(file.case_key, one) != one.bound:
            raise InputError("手写与这份文书没有绑定好，请重写。", field="strokes")
        added = replace(
            one,
            no=max((known.no for known in file.beside.handwritings), default=0) + 1,
            noted_by=around.actor_name,
        )
        kept = tuple(
            replace(known, void_reason="重写") if _replaced(known, added) else known
            for known in file.beside.handwritings
        )
        return replace(file, beside=replace(file.beside, handwritings=(*kept, added)))

    def sentence(self, file: CaseFile) -> str:
        """Whose hand; and that it is no more than that."""
        return f"{self.written.name}在屏幕上手写签名（不是可靠的电子签名，纸质原件另存）"


def demand_lawful(file: CaseFile) -> None:
    """Raise ``RuleError`` where no paper of this case may be signed on a screen."""
    if reason := no_electronic(file):
        raise RuleError(f"{reason}，也不能在屏幕上手写，请在纸上签名。", rule="电子签名法第三条")


def _replaced(known: Handwriting, fresh: Handwriting) -> bool:
    return known.of(fresh.form, fresh.paper_no, fresh.version) and known.place == fresh.place
