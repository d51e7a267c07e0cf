"""Whether the chain is what the program wrote; if not, what was done to it and where.

Each entry is checked against the stored link before it, so one falsified entry does not drag the rest along.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mediation_desk.audit.acts import WITHOUT_KEY
from mediation_desk.audit.anchors import Anchor, code_of
from mediation_desk.audit.entry import START, Entry, Linker, Seal, content, head_seal, words_digest
from mediation_desk.audit.findings import Counts, Finding, Report, Tamper
from mediation_desk.audit.judging import Failed, Judge
from mediation_desk.audit.ports import Chain
from mediation_desk.shared.watching import Stopped, Watch

_FIELDS = len(Entry._fields)
_STEP = 10_000  # entries between two looks at the watch
_TRIED = 50  # failing entries in a row after which nobody renumbered, somebody rewrote


def verify(
    chain: Chain,
    key: bytes | None,
    anchors: Sequence[Anchor] = (),
    *,
    first: int = 1,
    watch: Watch | None = None,
) -> Report:
    """Check entries from ``first`` on with the chain key, the head, and these anchors (of the whole chain).

    Without ``key`` links made with the data key count as unproved. Raises ``Stopped`` when ``watch`` says so.
    """
    return _Check(chain, key, max(first, 1)).run(anchors, watch)


class _Check:
    def __init__(self, chain: Chain, key: bytes | None, first: int) -> None:
        self._chain = chain
        self._first = first
        self._head = head = chain.head()
        self._last = chain.last()
        self._key = key
        opened = _bytes(head.open_key) if head else None
        self._blind = {seal.value for seal, held in ((Seal.KEYED, key), (Seal.OPEN, opened)) if held is None}
        self._bare = Linker(None)
        self._linkers = {
            Seal.KEYED.value: Linker(key),
            Seal.OPEN.value: Linker(opened),
            Seal.BARE.value: self._bare,
            Seal.TAKEN_OVER.value: self._bare,
        }
        self._counts = Counts()
        self._keyed = head is not None and head.keyed_from is not None and head.keyed_from < first
        self._begun = False  # whether an entry was met that is not older than the chain
        self._shift = 0  # by how much the entries now being read were renumbered
        self._run: list[Failed] = []  # failing entries directly before this one
        self._failed: list[Failed] = []
        self._found: list[Finding] = []
        self._erased: frozenset[int] | None = None
        self._total = self._proved_total()

    def run(self, anchors: Sequence[Anchor], watch: Watch | None) -> Report:
        previous = START if self._first == 1 else _bytes(self._chain.link_at(self._first - 1) or "")
        expected = self._first
        for row in self._chain.rows(self._first):
            if row[0] != expected:
                self._gap(expected, row[0])
                previous = b""
            self._look(row, previous)
            previous, expected = _bytes(row[11]), row[0] + 1
            self._counts.entries += 1
            if watch is not None and not self._counts.entries % _STEP and not watch(row[0], self._last):
                raise Stopped(f"已经停下：核对到第{row[0]}条。")
        self._settle()
        judge = Judge(self._chain, self._mac, last=self._last, shift=self._shift, total=self._total)
        self._found += judge.judged(self._failed)
        self._found += judge.tail(self._counts, self._found)
        if self._key is not None and not self._keyed:
            self._add(Tamper.WIPE, 1, max(self._last, 1), "没有一条是用数据密钥记下的")
        self._anchored(anchors)
        return self._report(len(anchors))

    def _gap(self, expected: int, seq: int) -> None:
        if seq < expected:
            self._add(Tamper.FORGERY, seq, seq, "编号从来没有用过")
        else:
            kind = Tamper.CUT_HEAD if expected == 1 else Tamper.DELETION
            self._add(kind, expected, seq - 1, "编号中断")

    def _look(self, row: tuple[Any, ...], previous: bytes) -> None:
        """Check one entry; where the link before it is gone, only its place and words can be judged."""
        seal = row[10]
        blind = seal in self._blind
        self._counts.count(seal, jumped=row[7] != 0, blind=blind)
        if row[9] or row[13] is not None:
            self._words(row)
        odd = "" if seal == Seal.KEYED else self._out_of_place(row, seal)
        if odd:
            self._run.append(Failed(row, previous, odd))
        elif not previous or blind or self._mac(row, row[0] + self._shift, previous) == row[11]:
            self._settle()
        elif not self._renumbered(row, previous):
            self._run.append(Failed(row, previous))
        if seal == Seal.KEYED:
            self._keyed = True
        if seal != Seal.TAKEN_OVER:
            self._begun = True

    def _mac(self, row: tuple[Any, ...], seq: int, previous: bytes) -> str:
        return self._linkers.get(row[10], self._bare).link(previous, content(row[:_FIELDS], seq))

    def _settle(self) -> None:
        if self._run:
            self._failed += self._run
            self._run = []

    def _renumbered(self, row: tuple[Any, ...], previous: bytes) -> bool:
        """Whether the entry is true under another number: then some before it were taken out or put in."""
        if not self._run or len(self._run) > _TRIED:
            return False
        tried = [step for near in range(1, _TRIED) for step in (near, -near)]
        if self._total:
            tried.insert(0, self._total - self._last - self._shift)
        for step in tried:
            if step and self._mac(row, row[0] + self._shift + step, previous) == row[11]:
                self._moved(self._run[0].row[0] + self._shift, step)
                self._shift += step
                self._run = []
                return True
        return False

    def _moved(self, start: int, step: int) -> None:
        if step > 0:
            kind = Tamper.CUT_HEAD if start == 1 else Tamper.DELETION
            self._add(kind, start, start + step - 1, "其后的记录被重新编号")
            return
        put_in = self._run[:-step]
        twins = all(self._chain.twin(Entry._make(one.row[:_FIELDS])) is not None for one in put_in)
        first = put_in[0].row[0]
        kind = Tamper.DUPLICATE if twins else Tamper.FORGERY
        self._add(kind, first, first - step - 1, "插入以后其后的记录被重新编号")

    def _words(self, row: tuple[Any, ...]) -> None:
        seq, digest, salt, words = row[0], row[9], row[12], row[13]
        if words is not None:
            if words_digest(_bytes(salt), words) != digest:
                self._add(Tamper.EDIT, seq, seq, "个人内容与指纹不符")
            return
        if self._erased is None:
            self._erased = self._chain.erased()
        self._counts.erased += 1
        if seq + self._shift not in self._erased:
            self._add(Tamper.DELETION, seq, seq, "个人内容不见了，没有销毁的记录")

    def _out_of_place(self, row: tuple[Any, ...], seal: str) -> str:
        """What is wrong with this seal here: an intruder without the key takes a lesser one."""
        if seal == Seal.BARE and row[3] not in WITHOUT_KEY:
            return "没有用密钥，而这种操作必须先登录"
        if seal == Seal.BARE and not self._keyed:
            return "没有用密钥，而那时还不需要登录"
        if seal == Seal.OPEN and self._keyed:
            return "用的是早已停用的公开密钥"
        if seal == Seal.TAKEN_OVER and self._begun:
            return "冒充建链以前的记录"
        return "" if seal in self._linkers else "封记无法识别"

    def _proved_total(self) -> int | None:
        """How many entries the head proves, or claims where nobody gave the key; None where it lies."""
        head = self._head
        if head is None:
            self._add(Tamper.WIPE if not self._last else Tamper.DELETION, 0, 0, "链头不见了")
            return None
        key = self._key if head.keyed_from is not None else _bytes(head.open_key)
        if key is None or not (head.proved_seq or head.seal):
            return head.seq
        if head_seal(key, head.proved_seq, head.proved_link, head.keyed_from) == head.seal:
            return head.proved_seq
        self._add(Tamper.EDIT, 0, 0, "封记与内容不符")
        return None

    def _anchored(self, anchors: Sequence[Anchor]) -> None:
        """Compare with what left the building."""
        true = 0
        for anchor in sorted(anchors, key=lambda one: one.seq):
            found = self._chain.link_at(anchor.seq)
            where = f"与锚“{anchor.text}”（{anchor.origin or '来源不明'}）不符"
            if found is None:
                kind = Tamper.CUT_TAIL if self._last else Tamper.WIPE
                self._add(kind, self._last + 1, anchor.seq, where)
            elif code_of(found) == anchor.code:
                true = anchor.seq
            else:
                self._add(Tamper.FORGERY, true + 1, anchor.seq, f"这一段被整段重写，{where}")

    def _add(self, kind: Tamper, first: int, last: int, why: str) -> None:
        self._found.append(Finding(kind=kind, first=first, last=last, why=why))

    def _report(self, anchors: int) -> Report:
        last = self._chain.link_at(self._last) if self._last else None
        return Report(
            first=self._first,
            last=self._last,
            counts=self._counts.frozen(),
            anchors=anchors,
            head=Anchor(seq=self._last, code=code_of(last)) if last else None,
            findings=tuple(sorted(self._found, key=lambda one: (one.first, one.last))),
        )


def _bytes(link_text: str) -> bytes:
    """A stored link as it goes into the next one; one that is no number is as wrong as any."""
    try:
        return bytes.fromhex(link_text)
    except ValueError:
        return link_text.encode("utf-8", "replace")
