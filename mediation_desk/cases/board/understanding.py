"""What a typed line means in this case: the speaker found, the issue, the wall, the offer with who pays whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from mediation_desk.cases.board.cast import Cast
from mediation_desk.cases.board.speakers import Speaker
from mediation_desk.cases.board.typed_line import NONE_WORDS, TypedLine
from mediation_desk.cases.model import CaseFile
from mediation_desk.hearings.board.notes import Note, NoteKind, Terms, Wall
from mediation_desk.parties.model import Side
from mediation_desk.shared.record import record

_TOLD = 4


@record
class Standing:
    """What holds from line to line until it is changed: who speaks, on which issue, in whose hearing."""

    speaker: str
    issue: int | None = None
    wall: Wall = Wall.JOINT
    side: str | None = None


@record
class Scene:
    """What there is to refer to: issues that stand, in their order, and offers that stand, in theirs."""

    file: CaseFile
    cast: Cast
    session_no: int
    today: date
    issues: tuple[Note, ...] = ()
    offers: tuple[Note, ...] = ()


@record
class Meaning:
    """A line understood. With a ``problem`` it cannot be stored; ``standing`` is what holds afterwards."""

    standing: Standing
    speaker: Speaker
    kind: NoteKind
    text: str
    issue: int | None = None
    wall: Wall = Wall.JOINT
    side: str | None = None
    terms: Terms | None = None
    answers: int | None = None
    problem: str = ""

    def note(self, key: str, session_no: int, at: datetime) -> Note:
        """The line to store."""
        return Note(
            key=key,
            session_no=session_no,
            speaker=self.speaker.ref,
            kind=self.kind,
            text=self.text,
            at=at,
            wall=self.wall,
            side=self.side,
            issue=self.issue,
            terms=self.terms,
            answers=self.answers,
        )

    def over(self, note: Note) -> Note:
        """``note`` with the words of this line; what an offer answers stays."""
        answers = note.answers if self.kind is NoteKind.OFFER else None
        return replace(
            note,
            speaker=self.speaker.ref,
            kind=self.kind,
            text=self.text,
            wall=self.wall,
            side=self.side,
            issue=self.issue,
            terms=self.terms,
            answers=answers,
        )


def understand(line: TypedLine, standing: Standing, scene: Scene) -> Meaning:
    """Look up what was typed. Never raises: what cannot be found becomes ``problem``, one sentence."""
    problems = [line.problem] if line.problem else []
    speaker, problem = _speaker(line, standing, scene)
    problems += [problem] if problem else []
    issue, problem = _issue(line, standing, scene)
    problems += [problem] if problem else []
    wall, side = _wall(line, standing, speaker)
    if wall is Wall.SIDE and speaker.side not in (None, side) and side is not None:
        with_whom = scene.file.name_of(side)
        problems.append(f"正在与{with_whom}单方谈话，{speaker.name}不在场，不能记作发言人（LR-22）。")
    terms: Terms | None = None
    answers: int | None = None
    if line.kind is NoteKind.OFFER:
        terms, problem = _terms(line, speaker, issue, wall, side, scene)
        problems += [problem] if problem else []
        answered = None if line.afresh else _answered(terms, issue, wall, side, scene)
        answers = answered.no if answered else None
    return Meaning(
        standing=replace(
            standing, speaker=speaker.ref, issue=standing.issue if line.issue is None else issue
        ),
        speaker=speaker,
        kind=line.kind,
        text=line.says,
        issue=None if line.kind is NoteKind.ISSUE else issue,
        wall=wall,
        side=side,
        terms=terms,
        answers=answers,
        problem=problems[0] if problems else "",
    )


def first_speaker(cast: Cast) -> str:
    """Who speaks first at a fresh board: the mediator opens; without one, the first party."""
    opening = next((one for one in cast.people if one.side is None), cast.people[0])
    return opening.ref


def _speaker(line: TypedLine, standing: Standing, scene: Scene) -> tuple[Speaker, str]:
    if line.speaker is None:
        return scene.cast.by_ref(standing.speaker), ""
    found = scene.cast.find(line.speaker)
    if len(found) == 1:
        return found[0], ""
    kept = scene.cast.by_ref(standing.speaker)
    if not line.speaker:
        return kept, "“@”后面写发言人的姓名、拼音、首字母或者序号。"
    if not found:
        return kept, f"没有找到发言人“{line.speaker}”；案外的人写“@+姓名”。"
    names = "、".join(one.title for one in found[:_TOLD])
    return kept, f"“{line.speaker}”可能是{names}，请多写一个字或者写序号。"


def _issue(line: TypedLine, standing: Standing, scene: Scene) -> tuple[int | None, str]:
    word = line.issue
    if word is None:
        stands = any(one.no == standing.issue for one in scene.issues)
        return (standing.issue if stands else None), ""
    if word in NONE_WORDS:
        return None, ""
    if not word:
        return standing.issue, "“#”后面写争议焦点的序号或者开头的字；新的焦点写“##”。"
    if word.isdecimal():
        place = int(word[:4]) - 1
        if 0 <= place < len(scene.issues):
            return scene.issues[place].no, ""
        return standing.issue, f"没有第{word[:4]}个争议焦点；新的焦点写“##”。"
    found = [one for one in scene.issues if word in one.text]
    if len(found) == 1:
        return found[0].no, ""
    told = "没有" if not found else "不止一个"
    return standing.issue, f"含“{word}”的争议焦点{told}，请写序号。"


def _wall(line: TypedLine, standing: Standing, speaker: Speaker) -> tuple[Wall, str | None]:
    if line.private > 1:
        return Wall.MEDIATORS, None
    if not line.private or standing.wall is Wall.SIDE:
        return standing.wall, standing.side
    return (Wall.SIDE, speaker.side) if speaker.side is not None else (Wall.MEDIATORS, None)


def _terms(
    line: TypedLine, speaker: Speaker, issue: int | None, wall: Wall, side: str | None, scene: Scene
) -> tuple[Terms | None, str]:
    payer, payee = None, None
    for word, name in ((line.payer, "payer"), (line.payee, "payee")):
        refs, unknown = _parties(word, scene)
        if unknown:
            return None, f"“{unknown}”不是本案当事人，或者不止一人，不能写作付款人、收款人（LR-12）。"
        if name == "payer":
            payer = refs
        else:
            payee = refs
    if payer is None and payee is None and line.amount is not None:
        payer, payee = _usual_pair(speaker, issue, wall, side, scene)
    if payer is None and payee is None and line.amount is None and line.due_on is None:
        return None, ""
    return Terms(payer=payer, payee=payee, amount=line.amount, due_on=line.due_on), ""


def _parties(words: str, scene: Scene) -> tuple[str | None, str]:
    refs: list[str] = []
    for word in words.replace("＋", "+").split("+") if words else ():
        sides = {one.side for one in scene.cast.find(word) if one.side is not None} if word else set()
        if len(sides) != 1:
            return None, word
        refs += [one for one in sides if one not in refs]
    return "+".join(refs) or None, ""


def _usual_pair(
    speaker: Speaker, issue: int | None, wall: Wall, side: str | None, scene: Scene
) -> tuple[str | None, str | None]:
    """Who would pay whom where it was not said: as in the offer before, otherwise as the case is brought."""
    for offer in reversed(scene.offers):
        named = offer.terms
        if offer.issue != issue or not _heard(offer, wall, side) or named is None or named.payer is None:
            continue
        both = (*named.payer.split("+"), *(named.payee or "").split("+"))
        if speaker.side is None or speaker.side in both:
            return named.payer, named.payee
    applicants = [one.ref for one in scene.file.parties if one.side is Side.APPLICANT]
    respondents = [one.ref for one in scene.file.parties if one.side is Side.RESPONDENT]
    if speaker.side in respondents:
        respondents = [speaker.side]
    elif speaker.side in applicants:
        applicants = [speaker.side]
    if len(applicants) != 1 or len(respondents) != 1:
        return None, None
    return respondents[0], applicants[0]


def _answered(
    terms: Terms | None, issue: int | None, wall: Wall, side: str | None, scene: Scene
) -> Note | None:
    """The last offer that stands between the same people on the same issue, unless everybody agreed to it."""
    for offer in reversed(scene.offers):
        if offer.issue != issue or not _heard(offer, wall, side) or offer.accepted_by:
            continue
        before, now = offer.terms or Terms(), terms or Terms()
        if None in (before.payer, now.payer) or (before.payer, before.payee) == (now.payer, now.payee):
            return offer
    return None


def _heard(offer: Note, wall: Wall, side: str | None) -> bool:
    """Whether whoever hears the new line also knows of ``offer``: a link must not show what is behind a wall."""
    return offer.is_joint or (wall is offer.wall and side == offer.side) or wall is Wall.MEDIATORS
