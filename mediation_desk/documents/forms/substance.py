"""What the dispute is about, in the sentences several papers share."""

from __future__ import annotations

from itertools import groupby

from mediation_desk.cases.model import CaseFile, Claim
from mediation_desk.documents.content import Block, Clause, paragraph
from mediation_desk.shared.money import figures, in_full

_NUMERALS = "〇一二三四五六七八九十"


def numeral(number: int) -> str:
    """``28`` → ``二十八``, for clause numbers and copies."""
    if number <= 10:
        return _NUMERALS[number]
    import cn2an  # loaded late, see shared.money

    words: str = cn2an.an2cn(number)
    return words


def facts(file: CaseFile) -> Block:
    """The main facts."""
    return paragraph(file.facts)


def ended(words: str) -> str:
    """``words`` as a sentence: people leave out the last full stop."""
    return words if words.endswith(("。", "！", "？", "：")) else f"{words.rstrip('；，、')}。"


def claim_sentences(file: CaseFile) -> tuple[str, ...]:
    """Who asks whom for what: a sentence for each pair of sides, then the sum where one can be named."""
    sentences = [
        f"{file.name_of(by)}向{'、'.join(file.name_of(ref) for ref in against)}主张："
        + "；".join(f"{claim.item}{_amount(claim)}" for claim in claims)
        + "。"
        for (by, against), claims in groupby(file.claims, key=lambda claim: (claim.by, claim.against))
    ]
    if file.claims_total is not None:
        sentences.append(f"主张金额合计{in_full(file.claims_total)}。")
    return tuple(sentences)


def claim_clauses(file: CaseFile) -> tuple[Clause, ...]:
    """The claims as the numbered list of an application."""
    return tuple(
        Clause(number=f"{place}．", text=f"{_claim(claim)}。")
        for place, claim in enumerate(file.claims, start=1)
    )


def case_number(file: CaseFile) -> str | None:
    """Number of the case, and of its agreement."""
    return (file.agreement.number if file.agreement else None) or file.intake.number


def volume_number(file: CaseFile) -> str:
    """卷号: of the archive, else the number of the case, else its code."""
    return (file.archive.volume_no if file.archive else "") or case_number(file) or file.case_key


def _claim(claim: Claim) -> str:
    calc = f"（{claim.calc}）" if claim.calc else ""
    return f"{claim.item}{_amount(claim)}{calc}"


def _amount(claim: Claim) -> str:
    """Its sum, unless the words name it already (``抚养费每月3000元``)."""
    if claim.amount is None or f"{claim.amount.normalize():f}元" in claim.item.replace(",", ""):
        return ""
    return f"{figures(claim.amount)}元"
