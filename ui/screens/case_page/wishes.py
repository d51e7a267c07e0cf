"""What a clause does, as people say it; each becomes one of the kinds of the exchange format."""

from __future__ import annotations

from enum import StrEnum

from mediation_desk.agreements.model import ClauseKind


class Wish(StrEnum):
    """The kinds to choose from; 不再做 is a 行为 that must not be done."""

    PAY = "支付"
    ACT = "行为"
    REFRAIN = "不再做"
    CONFIRM = "确认"
    TRANSFER = "拨付"
    GUARANTEE = "保证"
    DEFAULT = "违约"
    WAIVE = "放弃"

    @property
    def kind(self) -> ClauseKind:
        """The kind on file."""
        return ClauseKind.ACT if self is Wish.REFRAIN else ClauseKind(self.value)

    @property
    def asks(self) -> str:
        """The word over the field that says what."""
        return _ASKS.get(self, "")


_ASKS = {
    Wish.ACT: "做什么",
    Wish.REFRAIN: "不再做什么",
    Wish.CONFIRM: "确认什么",
    Wish.TRANSFER: "怎样拨付",
    Wish.GUARANTEE: "保证什么",
    Wish.DEFAULT: "违约怎么办",
    Wish.WAIVE: "放弃什么",
}


def wish_of(kind: ClauseKind, *, refrain: bool) -> Wish:
    """The wish behind a clause on file."""
    return Wish.REFRAIN if refrain else Wish(kind.value)
