"""What a correction would change: three readings of the sheet, none of which loses what the sheet cannot show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mediation_desk.cases.beside import Change
from mediation_desk.cases.centre import Centre
from mediation_desk.cases.corrections import changes
from mediation_desk.cases.merging import merged
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.registering import Register, registration_of
from mediation_desk.cases.steps.correcting import corrected
from mediation_desk.shared.errors import DeskError
from ui.screens.intake.assemble import assemble
from ui.screens.intake.words import Words

MOVED_ON = (
    "这期间本案的当事人、成员或者请求有了增减，表上的内容对不上了。请按“重新填”，再更正；您写的先抄下来。"
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """``to`` is the registration as typed, ``found`` what changes, ``problems`` what was typed wrongly, by place."""

    to: Register
    found: tuple[Change, ...]
    problems: Mapping[str, str]
    refusal: str = ""


def compare(
    file: CaseFile, shown: Words, typed: Words, refs: tuple[str, ...], centre: Centre, today: date
) -> Comparison:
    """What becomes of ``file`` when ``shown`` was typed over into ``typed``.

    Both are read on the same day. What was wrong before anybody typed stays as it is on file and is not told.
    """
    on_file = registration_of(file)
    before, known = assemble(shown, centre, today)
    after, problems = assemble(typed, centre, today)
    fresh = {place: said for place, said in problems.items() if known.get(place) != said}
    if refs != refs_of(file):
        return Comparison(on_file, (), fresh, MOVED_ON)
    to = on_file
    try:
        to = merged(on_file, before, after)
        found = changes(file, corrected(file, to))
    except DeskError as error:
        return Comparison(to, (), fresh, error.message)
    return Comparison(to, found, fresh)


def refs_of(file: CaseFile) -> tuple[str, ...]:
    """The rows of the sheet: parties, members and claims in their order."""
    parties = (party.ref for party in file.parties)
    return (*parties, *(member.ref for member in file.group_members), *(claim.ref for claim in file.claims))
