"""Whether the bodies of the pool are made up as the law asks (LR-3) and staffed as expected (§5.3): warnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from mediation_desk.experts.mediator import BodyKind, Layer, Mediator, Post, Standing
from mediation_desk.experts.model import Employment
from mediation_desk.experts.rules import Composition, Expertise, PoolRules, Staffing, pool_rules
from mediation_desk.parties.model import Gender
from mediation_desk.shared.record import record

RULE = "LR-3"
STAFFING = "§5.3"
HAN = "汉族"

_COMMITTEES = (BodyKind.COMMITTEE, BodyKind.PROFESSIONAL)


@record
class CompositionNotice:
    """One thing missing in a body; ``article`` is the source it rests on."""

    organisation: str
    rule: str
    article: str
    sentence: str


def composition(
    mediators: Iterable[Mediator], on: date, *, rules: PoolRules | None = None
) -> tuple[CompositionNotice, ...]:
    """Warnings for every people's mediation committee that has somebody in the pool, by name of the body."""
    rules = rules or pool_rules()
    bodies: dict[str, list[Mediator]] = {}
    for one in mediators:
        if one.standing is not Standing.LEFT and one.body_kind in _COMMITTEES:
            bodies.setdefault(one.card.organisation, []).append(one)
    return tuple(
        notice
        for organisation in sorted(bodies)
        for notice in _of_body(organisation, bodies[organisation], on, rules)
    )


def _of_body(
    organisation: str, staff: Sequence[Mediator], on: date, rules: PoolRules
) -> Iterator[CompositionNotice]:
    rule = rules.composition
    for sentence in _members(staff, rule):
        yield CompositionNotice(organisation=organisation, rule=RULE, article=rule.article, sentence=sentence)
    for sentence in _terms(staff, on, rule):
        yield CompositionNotice(
            organisation=organisation, rule=RULE, article=rule.term_article, sentence=sentence
        )
    for article, sentence in (
        *_staffing(staff, rules.staffing),
        *_knowledge(organisation, staff, rules.expertise),
    ):
        yield CompositionNotice(organisation=organisation, rule=STAFFING, article=article, sentence=sentence)


def _members(staff: Sequence[Mediator], rule: Composition) -> Iterator[str]:
    """主任 and 副主任 are members too."""
    members = [one for one in staff if one.post is not Post.MEDIATOR]
    if not members:
        yield f"没有登记委员；委员应为{rule.least}至{rule.most}人，设主任一人"
        return
    if not rule.least <= len(members) <= rule.most:
        yield f"委员{len(members)}人，应为{rule.least}至{rule.most}人"
    chairs = [one for one in members if one.post is Post.CHAIR]
    if len(chairs) != 1:
        yield f"主任{len(chairs)}人，应设主任一人"
    if all(one.card.gender is not Gender.FEMALE for one in members):
        yield "没有妇女委员"
    if rule.multi_ethnic and all((one.card.ethnicity or HAN) == HAN for one in members):
        yield "本地多民族居住，没有人数较少民族的委员"


def _terms(staff: Sequence[Mediator], on: date, rule: Composition) -> Iterator[str]:
    """Only members have a term of the law; a mediator is engaged for as long as agreed."""
    for one in staff:
        if one.post is Post.MEDIATOR or one.term_from is None:
            continue
        end = _years_later(one.term_from, rule.term_years)
        if one.term_to is not None and one.term_to > end:
            yield f"{one.name}（{one.pool_no}）的任期超过{rule.term_years}年"
        elif one.term_to is None and on > end:
            yield f"{one.name}（{one.pool_no}）任职已满{rule.term_years}年，没有登记连任"


def _staffing(staff: Sequence[Mediator], rules: Sequence[Staffing]) -> Iterator[tuple[str, str]]:
    kind, layer = staff[0].body_kind, _usual_layer(staff)
    full_time = sum(one.card.employment is Employment.FULL_TIME for one in staff)
    for rule in rules:
        if rule.body_kind is kind and rule.layer in (None, layer) and full_time < rule.full_time:
            yield rule.source, f"专职调解员{full_time}人，应有{rule.full_time}人以上"


def _knowledge(
    organisation: str, staff: Sequence[Mediator], rules: Sequence[Expertise]
) -> Iterator[tuple[str, str]]:
    known = "\n".join(_knows(one) for one in staff)
    for rule in rules:
        if rule.organisation in organisation:
            for words, name in zip(rule.needs, rule.names, strict=True):
                if not any(word in known for word in words):
                    yield rule.article, f"没有具备{name}专业知识的调解员"


def _knows(one: Mediator) -> str:
    kinds = (credential.kind for credential in one.credentials)
    return "\n".join((one.card.occupation or "", one.major, one.professional_title, *kinds))


def _usual_layer(staff: Sequence[Mediator]) -> Layer | None:
    layers = Counter(one.layer for one in staff if one.layer is not None)
    return layers.most_common(1)[0][0] if layers else None


def _years_later(day: date, years: int) -> date:
    """A term of three years from 1 March ends on 1 March or, counted strictly, the day before: both pass."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
