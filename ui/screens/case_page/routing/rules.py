"""What the page asks the centre's rule files; a file with a mistake in it must not keep a case from being read."""

from __future__ import annotations

from mediation_desk.cases.feedback import Listener, listeners, rule_for, suggested
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.reception import ReplyRule
from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.cases.routing.units import Unit, UnitTree
from mediation_desk.shared.errors import InputError


def units() -> tuple[UnitTree, str]:
    """The register of units, or an empty one and the sentence that says what is wrong with it."""
    try:
        return unit_tree(), ""
    except InputError as error:
        return UnitTree(units=()), error.message


def unit_named(name: str) -> Unit | None:
    """The unit of this name, if the register can be read and has it."""
    return units()[0].named(name)


def waiting(file: CaseFile) -> tuple[Listener, ...]:
    """Who has not heard yet; nobody where the rules of the channels cannot be read."""
    try:
        return listeners(file)
    except InputError:
        return ()


def sender_rule(file: CaseFile) -> ReplyRule | None:
    """What the sender gets back, if anybody sent the case and the rules can be read."""
    try:
        return rule_for(file)
    except InputError:
        return None


def letter(file: CaseFile) -> str:
    """The words suggested for the sender."""
    try:
        return suggested(file)
    except InputError:
        return ""
