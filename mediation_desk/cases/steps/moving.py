"""转轨: a case goes on under another kind of mediation and keeps its history (§0, §4.2)."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.beside import TrackMove
from mediation_desk.cases.checks.period import last_due_on
from mediation_desk.cases.deadlines import mediation_due
from mediation_desk.cases.model import Body, CaseFile, CourtReferral
from mediation_desk.cases.sittings import with_sittings
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.transitions import MOVE_TRACK, Transition
from mediation_desk.cases.vocabulary import Decision
from mediation_desk.experts.model import ChoiceRound
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track

ENDED_BY = "转换调解种类"


@record
class MoveTrack:
    """To ``track`` and ``body``. The old number stays in its series, voided; the parties choose anew."""

    title: ClassVar[str] = "转换调解种类"
    permission: ClassVar[Permission] = Permission.CASE_DECIDE
    transition: ClassVar[Transition] = MOVE_TRACK

    on: date
    track: Track
    body: Body
    reason: str
    court_referral: CourtReferral | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Number and period anew where the case was accepted. Raises ``RuleError`` once a session was held."""
        if (self.track, self.body.name) == (file.track, file.organisation.name):
            raise InputError("调解种类和主持的单位都没有变。", field="track")
        if not self.reason.strip():
            raise InputError("请写明转换的理由。", field="reason")
        if self.on < (file.intake.accepted_on or file.intake.received_on):
            raise InputError("转换的日期不能早于收到、受理的日期。", field="on")
        if around.choosing(file):
            raise RuleError("各方正在选择调解员，请先中止这一轮，再转换调解种类。", rule="转轨")
        if any(session.held for session in file.sessions):
            raise RuleError("已经开过调解会，不能转换调解种类；请结束本次调解，另行登记并关联。", rule="转轨")
        if file.suspensions or file.extensions:
            raise RuleError("期限已经中止或者延长过，不能转换调解种类。", rule="转轨")
        move = TrackMove(
            on=self.on,
            by=around.actor_name,
            reason=self.reason.strip(),
            track=file.track,
            body=file.organisation.name,
            number=file.intake.number,
            due_on=last_due_on(file),
        )
        bare = with_sittings(_without_team(file, self.on), ())
        moved = replace(
            bare,
            track=self.track,
            organisation=self.body,
            court_referral=self.court_referral or file.court_referral,
            beside=replace(bare.beside, moves=(*file.beside.moves, move)),
            closed_loop=looped(file, self.on, "分流", around.actor_name, f"转为{self.track}"),
        )
        after = moved if file.intake.decision is not Decision.ACCEPTED else self._accepted(moved, around)
        around.settle_numbers(file, after, f"转为{self.track}：{self.reason.strip()}")
        return after

    def _accepted(self, file: CaseFile, around: Around) -> CaseFile:
        rule, due = mediation_due(file, self.on)
        intake = replace(
            file.intake,
            accepted_on=self.on,
            mediation_due_rule=rule,
            mediation_due_on=due,
            number=around.number(self.track, file, self.on.year),
        )
        return replace(file, intake=intake)

    def sentence(self, file: CaseFile) -> str:
        """From where to where, and what became of the number."""
        move = file.beside.moves[-1]
        number = f"，原编号{move.number}作废，新编号{file.intake.number}" if move.number else ""
        return f"由{move.track}转为{file.track}（{file.organisation.name}）{number}：{move.reason}"


def _without_team(file: CaseFile, on: date) -> CaseFile:
    """Without the mediators of the former body; the choice that brought them is history."""
    if file.selection is None:
        return replace(file, mediators=())
    past = ChoiceRound(
        **asdict(file.selection),
        round=len(file.selection_history) + 1,
        on=min((one.selected_on for one in file.mediators), default=on),
        ended_on=on,
        ended_by=ENDED_BY,
    )
    return replace(file, mediators=(), selection=None, selection_history=(*file.selection_history, past))


def consequences(file: CaseFile, move: MoveTrack) -> tuple[str, ...]:
    """What the move brings with it, each a sentence, before it is made. Raises ``RuleError`` without a period rule."""
    said = []
    if file.intake.decision is Decision.ACCEPTED:
        after = replace(
            file,
            track=move.track,
            organisation=move.body,
            court_referral=move.court_referral or file.court_referral,
        )
        rule, due = mediation_due(after, move.on)
        said.append(f"编号{file.intake.number}作废，按{move.body.name}的编号另给新号。")
        said.append(f"调解期限重新起算，到{cn_date(due) if due else '—'}：{rule}。")
    else:
        said.append("本案还没有受理，编号和期限在受理时给。")
    if file.mediators or file.selection is not None:
        said.append("调解员由各方在新的名单里重新选定，原来的选择留在历史里。")
    if file.sessions:
        said.append("已经安排、还没有开的调解会取消。")
    return tuple(said)
