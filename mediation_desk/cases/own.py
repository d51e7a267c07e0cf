"""Whether a case is somebody's own or a relative's: told, put on record, left to another person (§1.6, §7.1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from mediation_desk.access.accounts.model import Account
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.choosing.people import people_of
from mediation_desk.cases.choosing.recusal_rules import recusal_rule
from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.conflicts.model import Person
from mediation_desk.experts.conflicts.sameness import id_key, is_mobile, name_key, phone_keys
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.record import record

RULE = "LR-17"
ANOTHER = "应当回避，请由另一人办理。"
_ID = re.compile(r"\d{17}[\dXx]|\d{15}")


class Acting(StrEnum):
    """What a centre lets somebody do in a case of his own."""

    ANOTHER = "another"  # read it; everything else is for somebody else
    TOLD = "told"  # everything, told and on record


@record
class OwnRules:
    """The section [own] of ``privacy.toml``."""

    acting: Acting
    namesakes: bool


@remembered
def own_rules() -> OwnRules:
    """The rules in force. Raises ``InputError`` when the file is wrong."""
    return built("privacy", _read)


@record
class Own:
    """Whose case it is: ``kin`` is 本人 or 亲属; ``sure`` False where only the name of a relative is the same."""

    kin: str
    name: str
    sure: bool = True


@record
class Footing:
    """What an account may do with one case, and whether it is a case of its own.

    ``readers``: of a locked case, the accounts named for it and the person behind each.
    """

    may: frozenset[Permission]
    own: Own | None = None
    readers: tuple[tuple[str, str], ...] = ()


@record
class Numbers:
    """Identity numbers and mobile telephones that make a case an account's own."""

    id_nos: frozenset[str]
    phones: frozenset[str]


def numbers_of(account: Account) -> Numbers:
    """Of the account and its relatives, as the look-ups of the counter keep them; a landline is an office's."""
    found = (id_key(account.id_no), *map(id_key, _relative_ids(account)))
    mobiles = frozenset(key for key in phone_keys(account.phone) if is_mobile(key))
    return Numbers(id_nos=frozenset(filter(None, found)), phones=mobiles)


def own_tie(account: Account | None, file: CaseFile) -> Own | None:
    """What makes ``file`` a case of this account, the surest first; None for nothing, and where nobody is known."""
    if account is None:
        return None
    people = people_of(file)
    numbers, mine = numbers_of(account), id_key(account.id_no)
    for person in people:
        if (mine and id_key(person.id_no) == mine) or not numbers.phones.isdisjoint(phone_keys(person.phone)):
            return Own(kin="本人", name=person.name)
    if kin := next((one for one in people if id_key(one.id_no) in numbers.id_nos), None):
        return Own(kin="亲属", name=kin.name)
    return _namesake(account, people) if own_rules().namesakes else None


def own_sentence(own: Own, file: CaseFile) -> str:
    """What whoever opens the case reads."""
    who = (
        "本案当事人或有关的人和您的身份证号、手机号相同" if own.kin == "本人" else f"{own.name}登记为您的亲属"
    )
    if not own.sure:
        who = f"本案有人和您登记的亲属同名（{own.name}）"
    basis = recusal_rule(file.track).basis
    leave = "除查看以外请由另一人办理" if forbids(own) else "请考虑回避"
    return f"{who}：按照回避的规定（{RULE}；{basis}），{leave}。您的查看已记入审计记录。"


def forbids(own: Own | None) -> bool:
    """Whether the centre leaves acts in such a case to somebody else."""
    return own is not None and own.sure and own_rules().acting is Acting.ANOTHER


def demand_not_own(own: Own | None) -> None:
    """Raise ``RuleError`` for an act in a case of one's own, where the centre asks for somebody else."""
    if own is not None and forbids(own):
        raise RuleError(
            f"本案涉及您{'本人' if own.kin == '本人' else '的亲属'}（{own.name}），{ANOTHER}", rule=RULE
        )


def _namesake(account: Account, people: tuple[Person, ...]) -> Own | None:
    names = {name_key(_ID.sub("", one)) for one in account.relatives} - {""}
    known = {id_key(one) for one in _relative_ids(account)}
    named = {name_key(_ID.sub("", one)) for one in account.relatives if _ID.search(one)}
    for person in people:
        key = name_key(person.name)
        other = key in named and person.id_no and id_key(person.id_no) not in known
        if key in names and not other:
            return Own(kin="亲属", name=person.name, sure=False)
    return None


def _relative_ids(account: Account) -> tuple[str, ...]:
    return tuple(found for one in account.relatives for found in _ID.findall(one))


def _read(data: Mapping[str, Any]) -> OwnRules:
    return OwnRules(acting=Acting(data["own"]["acting"]), namesakes=bool(data["own"]["namesakes"]))
