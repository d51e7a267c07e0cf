"""A line of the board as a sentence of the record."""

from __future__ import annotations

from collections.abc import Callable

from mediation_desk.cases.board.speakers import Part, Speaker
from mediation_desk.hearings.board.notes import Note, NoteKind
from mediation_desk.hearings.board.offers import Offer, OfferStatus
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.money import figures

NameOf = Callable[[str], str]
"""Name behind a ref, several joined by ``+`` included."""

_VERBS = {
    NoteKind.STATEMENT: "：",
    NoteKind.QUESTION: "问：",
    NoteKind.FACT: "认可：",
    NoteKind.CONCESSION: "为达成调解表示：",
    NoteKind.ISSUE: "归纳争议焦点：",
    NoteKind.RISK: "告知风险：",
    NoteKind.LAW: "释明法律：",
}
_STOPS = "。！？；…”）"
_OUTSIDE = (Part.MEDIATOR, Part.RECORDER)


def one_line(text: str) -> str:
    """``text`` without line breaks and repeated blanks: a line of the board is a paragraph of the record."""
    return " ".join(text.split())


def closed(text: str) -> str:
    """``text`` with a full stop where it has no end of its own."""
    return text if text.endswith(tuple(_STOPS)) else f"{text}。"


def sentence(note: Note, speaker: Speaker) -> str:
    """Who said or did what."""
    text = closed(one_line(note.text))
    if note.kind is NoteKind.COURSE:
        return text if speaker.part in _OUTSIDE else f"{speaker.title}：{text}"
    if note.kind is NoteKind.EVIDENCE:
        return f"{speaker.title}{'核对证据' if speaker.part in _OUTSIDE else '举证'}：{text}"
    return f"{speaker.title}{_VERBS.get(note.kind, '：')}{text}"


def offer_sentence(offer: Offer, speaker: Speaker, name_of: NameOf) -> str:
    """Who proposed what, and what became of it."""
    return f"{speaker.title}提出方案：{offer_words(offer, name_of)}{_became(offer, name_of)}"


def offer_words(offer: Offer, name_of: NameOf) -> str:
    """The proposal itself with its terms, a full stop at the end."""
    terms = _terms(offer, name_of)
    text = one_line(offer.text).rstrip("。")
    return f"{text}（{terms}）。" if terms else closed(text)


def _terms(offer: Offer, name_of: NameOf) -> str:
    words = name_of(offer.payer) if offer.payer else ""
    words += f"向{name_of(offer.payee)}" if offer.payee else ""
    words += f"支付{figures(offer.amount)}元" if offer.amount is not None else ""
    if offer.due_on is not None:
        words += f"{'，' if words else ''}{cn_date(offer.due_on)}前"
    return words


def _became(offer: Offer, name_of: NameOf) -> str:
    match offer.status:
        case OfferStatus.ACCEPTED:
            return "各方接受。"
        case OfferStatus.WITHDRAWN:
            return "这一方案后来撤回。"
        case OfferStatus.COUNTERED:
            return "对方另提方案。"
    if offer.accepted_by:
        return f"{'、'.join(map(name_of, offer.accepted_by))}表示接受。"
    return ""
