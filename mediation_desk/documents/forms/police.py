"""治安调解协议书 (three copies) and 现场治安调解协议书 (three sheets) of the police (§2.5)."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Block, Label, Profile, paragraph
from mediation_desk.documents.forms.office_agreement import (
    agreed,
    agreement_blocks,
    happened,
    legal_words,
    office_form,
    presided,
    told_facts,
)
from mediation_desk.documents.variants import Variant


def _middle(file: CaseFile, meant: Variant) -> tuple[Block, ...]:
    return (
        presided(file),
        happened(file),
        *told_facts(file, "主要事实（起因、经过、情节、结果）："),
        Label(text="经调解，双方自愿达成如下协议（包括履行方式和期限）："),
        *agreement_blocks(file),
        *((paragraph(f"{meant.basis}。", label="依据："),) if meant.basis else ()),
        *legal_words(meant),
    )


FORMS = (
    office_form("public_security", "治安调解协议书", agreed, _middle),
    office_form("public_security_on_the_spot", "现场治安调解协议书", agreed, _middle, Profile.DENSE),
)
