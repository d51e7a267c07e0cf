"""How each place of an agreement was signed, and in what words the paper says it (domain.md §2.2, LR-12, LR-19)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from mediation_desk.shared.record import record


class Signer(StrEnum):
    """Whose hand it was."""

    OWN = "本人"
    AGENT = "代理人"
    LEGAL = "法定代表人"
    HEAD = "负责人"
    OPERATOR = "经营者"
    STATUTORY = "法定代理人"
    GUARDIAN = "监护人"
    REPRESENTATIVES = "代表人"
    MEMBERS = "各成员"


class SignWay(StrEnum):
    """What was put on the paper."""

    SIGNATURE = "签名"
    FINGERPRINT = "按指印"
    SEAL = "盖章"
    ELECTRONIC = "电子签名"


@record
class Signing:
    """One place, or one member of a group, signed: by whose hand (``name``), how, with which ``seal``.

    ``reason`` says why a fingerprint stands instead of a signature; then somebody wrote the name (``scribe``) or
    saw it done (``witness``).
    """

    ref: str
    by: Signer = Signer.OWN
    name: str = ""
    ways: tuple[SignWay, ...] = (SignWay.SIGNATURE,)
    seal: str = ""
    reason: str = ""
    scribe: str = ""
    witness: str = ""

    @property
    def instead(self) -> bool:
        """Whether a fingerprint stands where a signature should."""
        return self.ways == (SignWay.FINGERPRINT,)


@record
class Mandate:
    """A member's written consent that the representatives sign this agreement (民事诉讼法 art. 56)."""

    ref: str
    on: date
    note: str = ""


@record
class VoidedSignature:
    """A signature taken off the agreement by 作废重签; ``round`` counts these, the paper it stood on is void."""

    round: int
    ref: str
    method: str
    on: date
    voided_on: date
    by: str
    reason: str


@record
class GroupCount:
    """How the members of a group stand: so many signed themselves, ``chosen`` of them represent the rest."""

    signed: int
    mandated: int
    chosen: int
    unit: str = "人"

    @property
    def whole(self) -> int:
        """Everybody who is inside the agreement."""
        return self.signed + self.mandated


def method_text(signing: Signing) -> str:
    """``代理人签名并加盖公章``, ``按指印（由马骁代书，本人捺印）``: the words of a ``Signature`` from its detail."""
    if signing.by is Signer.OWN and signing.ways == (SignWay.SEAL,):
        return signing.seal or "加盖公章"
    who = "" if signing.by is Signer.OWN else signing.by.value
    deeds = "并".join(_deed(way, signing.seal) for way in signing.ways)
    return f"{who}{deeds}{_instead(signing) if signing.instead else ''}"


def group_method(count: GroupCount) -> str:
    """``23人逐一签名并按指印`` where all sign, else ``代表人4人签名并按指印（附41户授权）``."""
    if not count.mandated:
        return f"{count.signed}人逐一签名并按指印"
    if count.signed == count.chosen:
        return f"代表人{count.chosen}人签名并按指印（附{count.whole}{count.unit}授权）"
    return f"{count.signed}人签名并按指印（附{count.mandated}{count.unit}授权）"


def _deed(way: SignWay, seal: str) -> str:
    return f"加盖{seal or '公章'}" if way is SignWay.SEAL else way.value


def _instead(signing: Signing) -> str:
    told = [f"由{signing.scribe}代书"] if signing.scribe else []
    told.append("本人捺印")
    if signing.witness:
        told.append(f"{signing.witness}见证")
    return f"（{'，'.join(told)}）" if signing.scribe or signing.witness else ""
