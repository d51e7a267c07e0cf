"""How a line looks and reads: its words by place, worked out once for the painter and the screen reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from mediation_desk.cases.board.speakers import Part
from mediation_desk.cases.board.typed_line import terms_words
from mediation_desk.hearings.board.notes import Note, NoteKind, Terms
from mediation_desk.hearings.board.offers import Offer, OfferStatus
from mediation_desk.shared.money import figures
from ui.screens.board.book import Book
from ui.tokens import Tone

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
TONES = {
    NoteKind.FACT: Tone.DONE,
    NoteKind.CONCESSION: Tone.SOON,
    NoteKind.OFFER: Tone.ACCENT,
    NoteKind.ISSUE: Tone.ACCENT,
    NoteKind.RISK: Tone.QUIET,
    NoteKind.LAW: Tone.QUIET,
}
STATUS_TONES = {
    OfferStatus.PROPOSED: Tone.ACCENT,
    OfferStatus.COUNTERED: Tone.QUIET,
    OfferStatus.WITHDRAWN: Tone.QUIET,
    OfferStatus.ACCEPTED: Tone.DONE,
}


@dataclass(frozen=True, slots=True)
class Face:
    """``mark`` is the issue it belongs to, ``tag`` stands in front of the text, ``below`` are small lines under it.

    ``spoken`` is for screen readers.
    """

    key: str
    time: str
    mark: str
    who: str
    part: str
    tag: str
    tone: Tone
    text: str
    below: tuple[tuple[str, Tone], ...]
    head: str
    private: bool
    struck: bool
    waiting: bool
    spoken: str


def circled(number: int) -> str:
    """① to ⑳, plain beyond."""
    return CIRCLED[number - 1] if 1 <= number <= len(CIRCLED) else f"({number})"


def terms_line(book: Book, terms: Terms | None, said: str = "") -> str:
    """``田志远 → 孟庆兰　8,000.00元　2026-07-15前``; sum and day only where the words ``said`` are not these."""
    if terms is None:
        return ""
    payer, payee = book.brief(terms.payer), book.brief(terms.payee)
    who = f"{payer or '（谁付）'} → {payee or '（付给谁）'}" if payer or payee else "谁付给谁还没有写"
    is_said = bool(said) and said == terms_words(terms)
    amount = f"{figures(terms.amount)}元" if terms.amount is not None and not is_said else ""
    until = f"{terms.due_on.isoformat()}前" if terms.due_on is not None and not is_said else ""
    named = who if terms.payer or terms.payee or terms.amount is not None else ""
    return "　".join(part for part in (named, amount, until) if part)


def status_words(book: Book, offer: Offer) -> str:
    """Where an offer stands, and whose yes is missing."""
    if offer.status is OfferStatus.ACCEPTED:
        return "已接受"
    missing = book.brief("+".join(offer.waits_for))
    agreed = book.brief("+".join(offer.accepted_by))
    if offer.status is OfferStatus.WITHDRAWN:
        return "已撤回"
    if agreed:
        return f"{agreed}已接受，还差{missing}"
    return "已被还价" if offer.status is OfferStatus.COUNTERED else f"等{missing}答复"


def face_of(book: Book, note: Note, head: str) -> Face:
    """The face of a line; ``head`` is what stands above it where another session begins."""
    speaker = book.cast.by_ref(note.speaker)
    tag = "" if note.kind is NoteKind.STATEMENT else note.kind.value
    if note.kind is NoteKind.ISSUE and note.counts:
        tag = f"争议焦点{circled(book.issue_number(note.no))}" if note.no else "争议焦点"
    below = tuple(_below(book, note))
    where = f"归在争议焦点{book.issue_number(note.issue)}" if book.issue_number(note.issue) else ""
    private = f"不公开，{book.wall_words(note)}" if not note.is_joint else "各方可见"
    struck = "已划去" if note.struck else ""
    spoken = [
        head,
        speaker.title,
        note.kind.value,
        private,
        struck,
        note.text,
        where,
        *(w for w, _t in below),
    ]
    return Face(
        key=note.key,
        time=_local(note.at),
        mark=circled(number) if (number := book.issue_number(note.issue)) else "",
        who=speaker.name,
        part="" if speaker.part is Part.PARTY else speaker.part.value,
        tag=tag,
        tone=TONES.get(note.kind, Tone.QUIET),
        text=note.text,
        below=below,
        head=head,
        private=not note.is_joint,
        struck=note.struck is not None,
        waiting=not note.no,
        spoken="，".join(part for part in spoken if part),
    )


def _below(book: Book, note: Note) -> list[tuple[str, Tone]]:
    lines: list[tuple[str, Tone]] = []
    offer = book.offers.get(note.no)
    if note.kind is NoteKind.OFFER:
        named = terms_line(book, note.terms, note.text)
        answered = book.notes.get(note.answers) if note.answers else None
        answers = f"还{book.cast.by_ref(answered.speaker).name}的价" if answered is not None else ""
        stands = status_words(book, offer) if offer is not None else ""
        tone = STATUS_TONES[offer.status] if offer is not None else Tone.QUIET
        words = "　".join(part for part in (named, answers, stands) if part)
        lines += [(words, tone)] if words else []
    if note.withdrawn is not None:
        by = book.cast.by_ref(note.withdrawn.by).name
        lines.append((f"{by}撤回（{note.withdrawn.on:%m-%d}）：{note.withdrawn.reason}", Tone.QUIET))
    if note.kind is NoteKind.CONCESSION:
        lines.append(("为调解作出的让步，不作为认可的事实", Tone.SOON))
    if note.beside:
        lines.append((f"与第{note.beside}行同时写的，两种都留着", Tone.SOON))
    if not note.is_joint:
        lines.append((f"{book.wall_words(note)}，不进记录", Tone.SOON))
    if note.release is not None:
        by = book.cast.by_ref(note.release.by).name
        lines.append((f"单方谈话，{by}同意公开（{note.release.on:%m-%d} {note.release.how}）", Tone.DONE))
    if note.struck is not None:
        lines.append(
            (f"已划去：{note.struck.reason}（{note.struck.by} {_local(note.struck.at)}）", Tone.QUIET)
        )
    return lines


@lru_cache(maxsize=4096)
def _local(moment: datetime) -> str:
    return f"{moment.astimezone():%H:%M}"
