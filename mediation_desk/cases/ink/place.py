"""Places of a printed paper that wait for a hand, as the paper had them when it was printed (decision 27)."""

from __future__ import annotations

from enum import StrEnum

from mediation_desk.shared.record import record


class InkKind(StrEnum):
    """What is put on the paper there."""

    SIGNATURE = "签名"
    FINGERPRINT = "指印"
    SEAL = "盖章"
    EDGE_SEAL = "骑缝章"
    EACH_PAGE = "每页签名"
    CORRECTION = "更正处签名"


ON_ROLL = "r"
"""How the key of a place begins where people sign in the rows of a roll: there is no room for a drawn name."""
SEALS = (InkKind.SEAL, InkKind.EDGE_SEAL)


@record
class InkPlace:
    """One place: on which ``page`` (from 1; 0 runs over all of them), what, and by whose hand.

    ``hands`` are names any one of whom will do (the party or its agent), ``ref`` the party, member, mediator or
    body it is for, "" where nobody of the case file is meant (登记人, 收件人). ``key`` counts the places of the paper.
    """

    key: str
    page: int
    kind: InkKind
    hands: tuple[str, ...]
    ref: str = ""

    @property
    def hand(self) -> str:
        """``田志远``, ``田志远或卢倩``."""
        return "或".join(self.hands)

    @property
    def drawable(self) -> bool:
        """Whether a name drawn on a screen may stand here."""
        return self.kind is InkKind.SIGNATURE and not self.key.startswith(ON_ROLL)
