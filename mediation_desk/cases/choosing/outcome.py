"""What the published rule makes of a round, after leaving out whoever may no longer serve."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mediation_desk.cases.choosing.fitness import against
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.ports import CaseWork
from mediation_desk.experts.choice.ballot import Ballot
from mediation_desk.experts.choice.rule import Next, after
from mediation_desk.shared.record import record


@record
class Outcome:
    """``next`` is what follows; ``withdrawn`` names who was shown but may not serve any more, and why."""

    ballot: Ballot
    next: Next
    withdrawn: Mapping[str, str]


def outcome_of(work: CaseWork, file: CaseFile, ballot: Ballot, on: date) -> Outcome:
    """Apply the rule to the sealed marks of ``ballot`` as the pool stands on this day."""
    withdrawn = {
        pool_no: "；".join(reasons)
        for pool_no in ballot.candidates
        if (reasons := against(work, file, pool_no, on, ballot.language))
    }
    following = after(ballot, tuple(party.ref for party in file.parties), withdrawn=withdrawn)
    return Outcome(ballot=ballot, next=following, withdrawn=withdrawn)
