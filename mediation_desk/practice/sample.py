"""The small sample centre offered on first start: a pool of mediators and one case at every turn of the line."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import Body, CaseFile
from mediation_desk.cases.numbering import parse_number
from mediation_desk.cases.vocabulary import Category
from mediation_desk.experts.model import MediatorCard
from mediation_desk.interchange.reader import read_case
from mediation_desk.practice.author import Author
from mediation_desk.practice.material import centre, stories
from mediation_desk.practice.pool import sample_pool
from mediation_desk.practice.ports import Writer
from mediation_desk.practice.routing import with_orders
from mediation_desk.practice.series import Series
from mediation_desk.practice.work import sample_work
from mediation_desk.shared.assets import asset
from mediation_desk.shared.clock import Clock, local_day

EXAMPLE = "examples/leak.json"
SEED, POPULATION = 7, 400

CASES: tuple[tuple[int, Category, str, State | None], ...] = (
    (210, Category.NEIGHBOUR, "榆社人调", None),
    (168, Category.TRAFFIC, "清平交调", None),
    (126, Category.WAGES, "清平人调", None),
    (98, Category.CONTRACT, "法院委派", None),
    (80, Category.MEDICAL, "清平医调", None),
    (64, Category.PROPERTY, "清住建", None),
    (52, Category.CONSUMER, "清市监", None),
    (45, Category.FAMILY, "柳湾人调", None),
    (12, Category.DAMAGE, "长安人调", State.AGREED_UNSIGNED),
    (10, Category.FAMILY, "清平人调", State.MEDIATING),
    (8, Category.PROPERTY, "清平物调", State.MEDIATING),
    (6, Category.HOMESTEAD, "石桥人调", State.PREPARING),
    (4, Category.NEIGHBOUR, "榆社人调", State.SELECTING),
    (3, Category.WAGES, "清平人调", State.REGISTERED),
    (2, Category.CONTRACT, "清平人调", State.ACCEPTED),
    (0, Category.DAMAGE, "清平人调", State.REGISTERED),
)
"""Days ago, kind of dispute, who mediates, and the state of those still open."""


def fill_sample(writer: Writer, clock: Clock) -> None:
    """Put the sample centre into an empty database. Raises ``RuleError`` when there is anything in it already."""
    now, place, shipped = clock(), centre(), shipped_case()
    author = Author(SEED, local_day(now), POPULATION)
    bodies, cards = dict(place.bodies), dict(place.cards)
    if shipped is not None:
        _make_room(author.series, shipped)
        bodies = _with_body(bodies, shipped.organisation)
        cards = {mediator.pool_no: _card(mediator) for mediator in shipped.mediators} | cards
    told = {story.category: story for story in stories()}
    files = [
        with_orders(
            author.write(local_day(now) - timedelta(days=ago), story=told[category], host=host, stop=state),
            local_day(now),
        )
        for ago, category, host, state in CASES
    ]
    staff = sample_pool(local_day(now))
    writer.add_centre(tuple(bodies.values()), tuple(cards.values()), staff=staff)
    writer.add_work(sample_work(now))
    writer.add_cases([*([shipped] if shipped else ()), *files], author.series.last, at=now)


def shipped_case() -> CaseFile | None:
    """The example the manual and the tour speak of, if this installation has it."""
    example = asset(EXAMPLE)
    return read_case(example.read_bytes()) if example.is_file() else None


def _make_room(series: Series, file: CaseFile) -> None:
    """Keep the number of ``file`` from being given out again."""
    used = parse_number(file.intake.number) if file.intake.number else None
    if used is not None:
        series.skip(file.organisation.name, file.track.value, *used)


def _with_body(bodies: dict[str, Body], body: Body) -> dict[str, Body]:
    known = {one.name for one in bodies.values()}
    return bodies if body.name in known else bodies | {body.short: body}


def _card(mediator: MediatorCard) -> MediatorCard:
    return MediatorCard(**{item.name: getattr(mediator, item.name) for item in fields(MediatorCard)})
