"""The two faces of the second screen, in words: what is in dispute and settled, and the record to be checked."""

from __future__ import annotations

from enum import StrEnum

from mediation_desk.cases.minutes.showing import Shown, ShownIssue
from mediation_desk.documents.forms.substance import numeral
from ui.second.sheet import Words


class Face(StrEnum):
    """What the parties are looking at."""

    ISSUES = "issues"
    RECORD = "record"


def words_of(shown: Shown, face: Face) -> tuple[Words, ...]:
    """The paragraphs of one face."""
    return _record(shown) if face is Face.RECORD else _issues(shown)


def _issues(shown: Shown) -> tuple[Words, ...]:
    words = [Words("争议焦点和一致意见", head=True)]
    for place, issue in enumerate(shown.issues, start=1):
        words += _issue(place, issue)
    if not shown.issues:
        words.append(Words("还没有归纳争议焦点。", quiet=True))
    return tuple(words)


def _issue(place: int, issue: ShownIssue) -> list[Words]:
    head = [Words(f"{numeral(place)}、{issue.text or '其他'}", head=True)]
    settled = [Words(f"各方同意　{text}") for text in issue.accepted]
    return head + (settled or [Words("还在商量。", quiet=True)])


def _record(shown: Shown) -> tuple[Words, ...]:
    words = [Words("调解记录（请各方核对）", head=True)]
    if shown.held_back:
        words.append(Words("记录还在整理，稍后请各方核对。", quiet=True))
    elif not shown.record:
        words.append(Words("现在没有要核对的记录。", quiet=True))
    words += [_line(line) for line in shown.record]
    return tuple(words)


def _line(text: str) -> Words:
    head = text.startswith("【") and text.endswith("】")
    return Words(text.strip("【】") if head else text, head=head)
