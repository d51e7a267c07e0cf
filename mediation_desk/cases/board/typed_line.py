"""A line as it is typed at the board: marks in front say who, what and who may see it; the rest is what was said.

Marks are read only at the beginning, in any order, half or full width. A ``\\`` ends them, so that what was said may
begin with any of them. Reading never fails and never loses a letter.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from mediation_desk.hearings.board.notes import NoteKind, Terms
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.money import figures, parse_yuan
from mediation_desk.shared.record import record
from mediation_desk.shared.text import fold_width
from mediation_desk.shared.typed_days import read_day

SPEAKER, ISSUE, PRIVATE, PLAIN = "@", "#", "~", "\\"
KIND_MARKS = {
    "!": NoteKind.OFFER,
    "?": NoteKind.QUESTION,
    "=": NoteKind.FACT,
    "-": NoteKind.CONCESSION,
    "*": NoteKind.EVIDENCE,
    "%": NoteKind.RISK,
    "&": NoteKind.LAW,
    ".": NoteKind.COURSE,
}
MARK_OF = {kind: mark for mark, kind in KIND_MARKS.items()} | {NoteKind.ISSUE: ISSUE * 2}
NONE_WORDS = ("0", "-")
"""What is typed behind ``#`` to belong to no issue any more."""
_WIDE = dict(zip("＠＃～！？＝－＊×％＆。＼", "@#~!?=-**%&.\\", strict=True))
_NAME = re.compile(r"[^\s:：,，]*[:：,，]?")
_DIGITS = re.compile(r"\d+")
_BETWEEN = re.compile(r"[\s，、；;]*")
_WHO = re.compile(r"([^\s>》→，、；;]+)[>》→]([^\s>》→，、；;]+)")
_SUM = re.compile(
    r"[¥￥]?(?P<figures>[\d０-９]+(?:[,，][\d０-９]{3})*(?:[.．][\d０-９]+)?)(?P<unit>万元|万|元|块)?(?=[\s，、；;。]|$)"
)
_TOKEN = re.compile(r"[^\s，、；;。]+")
_DAY_END = re.compile(r"(?:以|之)?前(?:付清?|付完|履行)?$")
_DAY_SHAPE = re.compile(
    r"\+\d|\d{1,4}[-./年月]\d|\d{8}$|\d{1,2}月\d|\d+(?:天|日|周)|[今明后]天|周[一-日]|月底|年底"
)
_WITHOUT_YEAR = re.compile(r"\d{1,2}[-./月]\d{1,2}[日号]?")


@record
class TypedLine:
    """``head`` and ``text`` together are what was typed. ``speaker`` and ``issue`` are words still to be looked up:
    None where nothing was typed, "" where only the mark stands. ``private`` counts its marks. ``payer`` and ``payee``
    are words too; ``afresh`` says that an offer answers no other."""

    head: str = ""
    text: str = ""
    speaker: str | None = None
    issue: str | None = None
    kind: NoteKind = NoteKind.STATEMENT
    private: int = 0
    payer: str = ""
    payee: str = ""
    amount: Decimal | None = None
    due_on: date | None = None
    afresh: bool = False
    problem: str = ""

    @property
    def says(self) -> str:
        """The words of the note: what was typed, or for an offer of bare figures the sentence they make."""
        return self.text or terms_words(Terms(amount=self.amount, due_on=self.due_on))


def terms_words(terms: Terms) -> str:
    """Sum and day of an offer in words: ``8,000.00元，2026-07-15前付``."""
    amount = f"{figures(terms.amount)}元" if terms.amount is not None else ""
    until = f"{terms.due_on.isoformat()}前付" if terms.due_on is not None else ""
    return "，".join(part for part in (amount, until) if part)


def read_line(raw: str, today: date) -> TypedLine:
    """What was typed, taken apart. ``problem`` is a sentence about a sum or day that cannot be."""
    found: dict[str, object] = {}
    place, goes_on = _marks(raw, found)
    if goes_on and found.get("kind") is NoteKind.OFFER:
        place = _terms(raw, place, today, found)
    return TypedLine(head=raw[:place], text=raw[place:].strip(), **found)  # type: ignore[arg-type]


def word_being_typed(raw: str, cursor: int) -> tuple[str, int, int] | None:
    """Mark, begin and end of the ``@`` or ``#`` word the cursor stands in; None elsewhere."""
    place = 0
    while place < len(raw):
        mark = _WIDE.get(raw[place], raw[place])
        if mark in (SPEAKER, ISSUE):
            end = _word_end(raw, place + 1)
            if place < cursor <= end and not raw[place + 1 : place + 2].startswith(("#", "＃")):
                return mark, place + 1, end
            place = max(end, place + 1)
        elif mark.isspace() or mark == PRIVATE or mark in KIND_MARKS:
            place += 1
        else:
            return None
    return None


def written(kind: NoteKind, text: str, terms: Terms | None, *, payer: str = "", payee: str = "") -> str:
    """How a line would have been typed, to change it: kind, terms and words; the names are those of ``terms``."""
    parts = []
    if terms is not None:
        parts += [f"{payer}>{payee}"] if payer and payee else []
        parts += [f"{terms.amount:f}"] if terms.amount is not None else []
        parts += [terms.due_on.isoformat()] if terms.due_on is not None else []
        if text == terms_words(terms):
            text = ""
    mark = MARK_OF.get(kind, "")
    body = " ".join((*parts, text)).strip()
    guarded = body if parts else guard(text, offer=kind is NoteKind.OFFER)
    if parts and text:
        guarded = " ".join((*parts, guard(text, offer=True)))
    return f"{mark}{guarded}"


def with_kind(raw: str, kind: NoteKind) -> str:
    """``raw`` as another kind of line; speaker, issue and privacy stay."""
    found: dict[str, object] = {}
    place, goes_on = _marks(raw, found)
    speaker = f"{SPEAKER}{found['speaker']} " if found.get("speaker") else ""
    issue = f"{ISSUE}{found['issue']} " if found.get("issue") else ""
    private = PRIVATE * int(str(found.get("private", 0)))
    rest = raw[place:].lstrip()
    said = (guard(rest) if kind is not NoteKind.OFFER else rest) if goes_on else f"{PLAIN}{rest}"
    return f"{speaker}{issue}{private}{MARK_OF.get(kind, '')}{said}"


def guard(text: str, *, offer: bool = False) -> str:
    """``text`` so that its beginning is not read as a mark, nor as sum or day of an offer."""
    first = text[:1]
    is_mark = _WIDE.get(first, first) in (*KIND_MARKS, SPEAKER, ISSUE, PRIVATE, PLAIN)
    return f"{PLAIN}{text}" if text and (is_mark or offer) else text


def _marks(raw: str, found: dict[str, object]) -> tuple[int, bool]:
    """Read the marks; where the rest begins, and whether terms may follow."""
    place = 0
    while place < len(raw):
        mark = _WIDE.get(raw[place], raw[place])
        if mark.isspace():
            place += 1
        elif mark == PLAIN:
            return place + 1, False
        elif mark == SPEAKER and "speaker" not in found:
            place, found["speaker"] = _word(raw, place + 1)
        elif mark == ISSUE and _begins_issue(raw, place) and "kind" not in found:
            found["kind"] = NoteKind.ISSUE
            place += 2
        elif mark == ISSUE and "issue" not in found:
            place, found["issue"] = _word(raw, place + 1)
        elif mark == PRIVATE:
            found["private"] = int(str(found.get("private", 0))) + 1
            place += 1
        elif mark in KIND_MARKS and "kind" not in found:
            found["kind"] = KIND_MARKS[mark]
            place += 1
        else:
            break
    return place, True


def _begins_issue(raw: str, place: int) -> bool:
    following = raw[place + 1 : place + 2]
    return following in ("#", "＃") or following.isspace()


def _word_end(raw: str, place: int) -> int:
    digits = _DIGITS.match(raw, place)
    match = digits or _NAME.match(raw, place)
    return match.end() if match else place


def _word(raw: str, place: int) -> tuple[int, str]:
    end = _word_end(raw, place)
    return end, raw[place:end].rstrip(":：,，")


def _terms(raw: str, place: int, today: date, found: dict[str, object]) -> int:
    """Who pays whom how much until when: read as long as the words fit, the rest is text."""
    start = place
    while True:
        begin = _BETWEEN.match(raw, place).end()  # type: ignore[union-attr]  # matches nothing at least
        end = _one_term(raw, begin, today, found)
        if end == begin:
            return begin if place > start else place
        if found.pop("stop", False):
            return end
        place = end


def _one_term(raw: str, begin: int, today: date, found: dict[str, object]) -> int:
    if raw[begin : begin + 1] in (PLAIN, "＼"):
        found["stop"] = True
        return begin + 1
    if raw[begin : begin + 1] in ("+", "＋") and not _DAY_SHAPE.match(raw, begin) and "afresh" not in found:
        found["afresh"] = True
        return begin + 1
    if (who := _WHO.match(raw, begin)) and "payer" not in found:
        found["payer"], found["payee"] = who[1], who[2]
        return who.end()
    if (sum_ := _SUM.match(raw, begin)) and "amount" not in found and not found.get("problem"):
        try:
            found["amount"] = _yuan(sum_["figures"], sum_["unit"] or "")
        except InputError as error:
            found["problem"] = error.message
            return begin
        return sum_.end()
    return _day(raw, begin, today, found)


def _day(raw: str, begin: int, today: date, found: dict[str, object]) -> int:
    token = _TOKEN.match(raw, begin)
    if token is None or "due_on" in found or found.get("problem"):
        return begin
    plain = fold_width(_DAY_END.sub("", token[0]))
    if not _DAY_SHAPE.match(plain):
        return begin
    try:
        day = read_day(plain, today)
    except (ValueError, OverflowError) as error:
        if _WITHOUT_YEAR.fullmatch(plain):
            found["problem"] = str(error)
        return begin
    if day is not None and day < today and _WITHOUT_YEAR.fullmatch(plain):
        day = _next_year(day)
    found["due_on"] = day
    return token.end()


def _next_year(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, month=3, day=1)


def _yuan(typed: str, unit: str) -> Decimal:
    if "万" not in unit:
        return parse_yuan(typed)
    plain = fold_width(typed).replace(",", "").replace("，", "").replace("．", ".")
    return parse_yuan(f"{Decimal(plain) * 10_000:f}")
