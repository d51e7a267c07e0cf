"""What the tab 选择 shows beside the case file, read at once on the worker."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mediation_desk.cases.choosing.outcome import Outcome
from mediation_desk.cases.choosing.service import party_refs
from mediation_desk.cases.choosing.shortlist import Shortlist
from mediation_desk.cases.lifecycle import state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.choosing import demand_choosable
from mediation_desk.experts.choice.ballot import Ballot, Disclosure, Shown
from mediation_desk.experts.choice.rule import Step as Following
from mediation_desk.experts.conflicts.model import Hit
from mediation_desk.experts.model import Choice
from mediation_desk.shared.errors import RuleError
from ui.services import Services


@dataclass(frozen=True, slots=True)
class ChoiceReading:
    """Rounds, disclosures and conflicts of one case.

    ``shortlist`` is there while the parties may choose and no round is open; ``forbidden`` says why they may
    not; ``outcome`` is there once every party of the open round has sealed.
    """

    ballots: tuple[Ballot, ...]
    disclosures: tuple[Disclosure, ...]
    conflicts: tuple[Hit, ...]
    forbidden: str
    shortlist: Shortlist | None
    outcome: Outcome | None

    @property
    def round(self) -> Ballot | None:
        """The open round."""
        return self.ballots[-1] if self.ballots and self.ballots[-1].is_open else None

    @property
    def may_choose(self) -> bool:
        """Whether this case can choose or be given a mediator now."""
        return not self.forbidden

    @property
    def left_to_the_body(self) -> bool:
        """Whether the last round ended in the words that the body designates."""
        last = self.ballots[-1] if self.ballots else None
        return last is not None and last.ended_by == Following.DESIGNATE.value

    def disclosure_of(self, pool_no: str) -> Disclosure | None:
        """What this mediator disclosed."""
        return next((one for one in self.disclosures if one.pool_no == pool_no), None)

    def hits_of(self, pool_no: str) -> tuple[Hit, ...]:
        """What binds this serving mediator to somebody in the case, as known today."""
        return tuple(hit for hit in self.conflicts if hit.pool_no == pool_no)


def read_choice(services: Services, key: str, language: str = "") -> ChoiceReading:
    """Read everything; runs on the worker. Raises ``InputError`` when there is no such case."""
    actor, choosing = services.actor, services.choosing
    file = services.cases.file(actor, key)
    ballots = choosing.ballots(actor, file.case_key)
    forbidden = _forbidden(file)
    current = ballots[-1] if ballots and ballots[-1].is_open else None
    waiting = current is None or bool(current.silent(party_refs(file)))
    return ChoiceReading(
        ballots=ballots,
        disclosures=choosing.disclosures(actor, file.case_key),
        conflicts=services.disclosures.conflicts(actor, file.case_key) if file.mediators else (),
        forbidden=forbidden,
        shortlist=None
        if forbidden or current is not None
        else choosing.shortlist(actor, file.case_key, language=language),
        outcome=None if forbidden or waiting else choosing.outcome(actor, file.case_key),
    )


def behind(choice: Choice | None, ballots: tuple[Ballot, ...]) -> Ballot | None:
    """The round from which this choice on file came; None for one that was imported or designated."""
    if choice is None:
        return None
    for ballot in reversed(ballots):
        listed = {
            party: tuple(one for one in ranks if one in choice.candidates)
            for party, ranks in ballot.ranks.items()
        }
        if (
            not ballot.is_open
            and ballot.ended_by in tuple(Following)
            and listed == dict(choice.choices)
            and set(choice.candidates) <= set(ballot.candidates)
        ):
            return ballot
    return None


def gone_from(choice: Choice, ballot: Ballot) -> Mapping[str, str]:
    """Who was shown in the round and did not count any more when it was concluded."""
    return dict.fromkeys(
        (one for one in ballot.candidates if one not in choice.candidates), "原因见下面的说明"
    )


def names_in(file: CaseFile, shown: tuple[Shown, ...]) -> Mapping[str, str]:
    """Names by party reference and pool number; two candidates of one name carry their numbers."""
    names = [one.name for one in shown]
    staff = {
        one.pool_no: f"{one.name}（{one.pool_no}）" if names.count(one.name) > 1 else one.name
        for one in shown
    }
    return staff | {party.ref: party.name for party in file.parties}


def told(sentence: str, names: Mapping[str, str]) -> str:
    """The sentence of the rule with names for party references and pool numbers."""
    if not names:
        return sentence
    keys = "|".join(re.escape(key) for key in sorted(names, key=len, reverse=True))
    return re.sub(rf"(?<![A-Za-z0-9])(?:{keys})(?![A-Za-z0-9])", lambda found: names[found[0]], sentence)


def _forbidden(file: CaseFile) -> str:
    try:
        demand_choosable(file, state_of(file))
    except RuleError as error:
        return error.message
    return ""
