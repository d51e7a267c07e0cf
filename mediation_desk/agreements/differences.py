"""What somebody changed in a text that was composed: pieces kept, taken out and put in."""

from __future__ import annotations

from difflib import SequenceMatcher

from mediation_desk.shared.record import record


@record
class Piece:
    """A run of characters that stands in both texts, only in the former (``out``) or only in the new one (``new``)."""

    same: str = ""
    out: str = ""
    new: str = ""


def differences(composed: str, edited: str) -> tuple[Piece, ...]:
    """The way from ``composed`` to ``edited``, in order."""
    matcher = SequenceMatcher(None, composed, edited, autojunk=False)
    return tuple(
        Piece(same=composed[a:b]) if what == "equal" else Piece(out=composed[a:b], new=edited[c:d])
        for what, a, b, c, d in matcher.get_opcodes()
    )


def change_words(composed: str, edited: str) -> str:
    """The same as one sentence: ``“4月”改为“5月”；加上“，逾期加付”``; "" when nothing differs."""
    told = []
    for piece in differences(composed, edited):
        if piece.out and piece.new:
            told.append(f"“{piece.out}”改为“{piece.new}”")
        elif piece.out:
            told.append(f"去掉“{piece.out}”")
        elif piece.new:
            told.append(f"加上“{piece.new}”")
    return "；".join(told)
