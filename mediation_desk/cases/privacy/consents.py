"""Whose personal information a case holds, and how each of them stands to its use (domain.md §1.7, §7.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.privacy.model import ConsentScope, PersonalConsent
from mediation_desk.cases.privacy.personal_rules import personal_rules
from mediation_desk.parties.model import Guardian, age_on
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.record import record


@record
class DataSubject:
    """A natural person of a case. ``ref`` is that of the party, member or related person."""

    ref: str
    name: str
    born: date | None = None
    guardian: Guardian | None = None

    def is_child(self, on: date) -> bool:
        """Whether somebody else has to agree for this person on that day (art. 31)."""
        return self.born is not None and age_on(self.born, on) < personal_rules().minor_under


@record
class ConsentState:
    """How one person stands: ``general`` and ``sensitive`` in a word each, told in ``words``, by which rule.

    ``sensitive`` is empty where nothing is; ``lacking`` is what remains to be settled.
    """

    subject: DataSubject
    general: str
    sensitive: str
    words: str
    rule: str
    lacking: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether nothing is to be done."""
        return not self.lacking


def subjects(file: CaseFile) -> tuple[DataSubject, ...]:
    """Every natural person of the case with a ref of their own, in the order of the file."""
    return tuple(_subjects(file))


def sensitive_grounds(file: CaseFile, subject: DataSubject, on: date) -> tuple[str, ...]:
    """Why a consent of its own is needed for this person's data; empty where none is."""
    rules = personal_rules()
    text = "\n".join((file.title, file.facts, *(claim.item for claim in file.claims)))
    kinds = tuple(
        kind.what
        for kind in rules.sensitive
        if file.dispute.category in kind.categories or any(word in text for word in kind.words)
    )
    return (*((rules.sensitive_young,) if subject.is_child(on) else ()), *kinds)


def last_word(file: CaseFile, ref: str, scope: ConsentScope) -> PersonalConsent | None:
    """The newest entry for this person."""
    found = (one for one in reversed(file.beside.personal_consents) if (one.ref, one.scope) == (ref, scope))
    return next(found, None)


def consent_states(file: CaseFile, on: date) -> tuple[ConsentState, ...]:
    """How every natural person stands on a day."""
    return tuple(_state(file, subject, on) for subject in subjects(file))


def said(word: PersonalConsent) -> str:
    """One entry as a clause: day, what, how, by whom."""
    who = f"，{word.guardian}（{word.relation}）代为表示" if word.guardian else ""
    told = f"{cn_date(word.on)}{'同意' if word.agreed else '不同意'}处理{word.scope}（{word.how}{who}）"
    if word.withdrawn_on is None:
        return told
    return f"{told}，{cn_date(word.withdrawn_on)}撤回：{word.withdrawal}"


def _subjects(file: CaseFile) -> Iterator[DataSubject]:
    for party in file.parties:
        if party.is_person:
            yield DataSubject(ref=party.ref, name=party.name, born=party.birth_date, guardian=party.guardian)
        elif party.operator is not None:
            yield DataSubject(ref=party.ref, name=party.operator.name, born=party.operator.birth_date)
    for member in file.group_members:
        yield DataSubject(ref=member.ref, name=member.name, born=member.birth_date)
    for person in file.related_persons:
        yield DataSubject(ref=person.ref, name=person.name, born=person.birth_date)


def _state(file: CaseFile, subject: DataSubject, on: date) -> ConsentState:
    rules = personal_rules()
    ground, delicate = rules.grounds[file.track], sensitive_grounds(file, subject, on)
    general = last_word(file, subject.ref, ConsentScope.GENERAL)
    separate = last_word(file, subject.ref, ConsentScope.SENSITIVE)
    words = [said(one) for one in (general, separate) if one is not None]
    lacking = []
    if general is None:
        lacking.append(f"还没有登记告知（{rules.notice.basis}）")
    elif ground.needed and not general.holds:
        lacking.append(f"没有有效的同意，而依据是{ground.words}")
    if delicate and (separate is None or not separate.holds):
        lacking.append(f"有{'、'.join(delicate)}，缺单独同意（{rules.sensitive_basis}）")
    child = (
        f"；不满{rules.minor_under}周岁，由监护人表示（{rules.minor_basis}）" if subject.is_child(on) else ""
    )
    return ConsentState(
        subject=subject,
        general=_standing(general),
        sensitive=_standing(separate) if delicate or separate else "",
        words="；".join(words) or "未登记",
        rule=f"依据：{ground.words}{child}",
        lacking=tuple(lacking),
    )


def _standing(word: PersonalConsent | None) -> str:
    if word is None:
        return "未登记"
    if word.withdrawn_on is not None:
        return "已撤回"
    return "同意" if word.agreed else "不同意"
