"""What a check of the chain finds: the kind of tampering and where."""

from __future__ import annotations

from enum import StrEnum

from mediation_desk.audit.anchors import Anchor
from mediation_desk.audit.entry import Seal
from mediation_desk.shared.record import record


class Tamper(StrEnum):
    """Ways to falsify a log."""

    EDIT = "改动"
    DELETION = "删除"
    SWAP = "对调"
    CUT_TAIL = "截断末尾"
    CUT_HEAD = "截断开头"
    FORGERY = "伪造"
    DUPLICATE = "重复"
    WIPE = "清空"


@record
class Finding:
    """Entries ``first`` to ``last`` are not what was written; 0 stands for the head of the chain."""

    kind: Tamper
    first: int
    last: int
    why: str

    @property
    def sentence(self) -> str:
        """For the reader."""
        if not self.first:
            return f"链头{self.kind}：{self.why}。"
        where = f"第{self.first}条" if self.first == self.last else f"第{self.first}至{self.last}条"
        return f"{where}{self.kind}：{self.why}。"


class Counts:
    """What a check has met so far."""

    def __init__(self) -> None:
        self.entries = self.unproved = self.loose = self.erased = self.jumps = 0
        self._seals: dict[str, int] = {}

    def count(self, seal: str, *, jumped: bool, blind: bool) -> None:
        """One more entry."""
        self._seals[seal] = self._seals.get(seal, 0) + 1
        self.unproved += blind
        self.jumps += jumped
        self.loose = self.loose + 1 if seal == Seal.BARE else 0

    def frozen(self) -> Tally:
        """The outcome."""
        return Tally(
            entries=self.entries,
            keyed=self._seals.get(Seal.KEYED, 0),
            open=self._seals.get(Seal.OPEN, 0),
            bare=self._seals.get(Seal.BARE, 0),
            taken_over=self._seals.get(Seal.TAKEN_OVER, 0),
            unproved=self.unproved,
            loose=self.loose,
            erased=self.erased,
            jumps=self.jumps,
        )


@record
class Tally:
    """How many entries of what kind.

    ``keyed`` were linked with the data key, ``open`` with the key of a centre without accounts; ``bare`` were written
    before a sign-in, ``loose`` of them at the very end, so nothing seals them yet; ``taken_over`` are older than the
    chain; ``unproved`` could not be checked for want of the key; ``erased`` have lost their personal words; at
    ``jumps`` the clock had gone wrong.
    """

    entries: int
    keyed: int
    open: int
    bare: int
    taken_over: int
    unproved: int
    loose: int
    erased: int
    jumps: int


@record
class Report:
    """Outcome of a check of entries ``first`` to ``last`` against so many anchors."""

    first: int
    last: int
    counts: Tally
    anchors: int
    head: Anchor | None
    findings: tuple[Finding, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def sentences(self) -> tuple[str, ...]:
        """For the reader: the outcome, what it rests on, what was found."""
        counts = self.counts
        if not self.sound:
            outcome = f"审计记录有{len(self.findings)}处不对："
        else:
            outcome = f"审计记录完好：核对了{counts.entries}条，对照了{self.anchors}个审计码。"
        told = [outcome, *(one.sentence for one in self.findings)]
        limits = (
            (counts.unproved, "条是用数据密钥记下的，没有登录，无法验证密钥"),
            (
                counts.open,
                "条只用公开密钥（没有账号的演练中心），懂数据库的人能够重写，只有纸上的审计码可以证明",
            ),
            (counts.taken_over, "条早于审计链，升级时照原样接入"),
            (counts.loose, "条是最后一次登录以后、没有密钥记下的，还没有被封住"),
            (counts.erased, "条的个人内容已依规定销毁"),
            (counts.jumps, "条写入时时钟有跳变"),
        )
        told += [f"其中{number}{what}。" for number, what in limits if number]
        if self.head is not None:
            told.append(f"当前审计码：{self.head.text}")
        return tuple(told)
