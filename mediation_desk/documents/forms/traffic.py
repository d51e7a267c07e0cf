"""道路交通事故损害赔偿调解书 and 调解终结书 of the traffic police (§2.5; 道路交通安全法实施条例 art. 94 to 96)."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Block, Label, Profile, paragraph
from mediation_desk.documents.forms.notice_parts import numbered
from mediation_desk.documents.forms.office_agreement import (
    agreed,
    agreement_blocks,
    happened,
    legal_words,
    office_form,
    presided,
    told_facts,
)
from mediation_desk.documents.forms.substance import claim_clauses
from mediation_desk.documents.variants import Variant
from mediation_desk.shared.dates import cn_date, cn_span


def ended(file: CaseFile) -> str | None:
    """Why the mediation did not come to nothing, or None."""
    return None if file.ending is not None else "本案没有以终止、撤回或者调解不成结束，没有调解终结书。"


def _settled(file: CaseFile, meant: Variant) -> tuple[Block, ...]:
    claims = claim_clauses(file)
    return (
        *((paragraph(f"{meant.basis}。", label="调解依据："),) if meant.basis else ()),
        presided(file),
        happened(file),
        *told_facts(file, "事故简要情况、损失情况和责任：", claims=False),
        *((Label(text="损害赔偿的项目和数额："), *claims) if claims else ()),
        Label(text="经调解，各方当事人自愿达成如下协议（赔偿方式和期限）："),
        *agreement_blocks(file),
        *legal_words(meant),
    )


def _ended(file: CaseFile, meant: Variant) -> tuple[Block, ...]:
    ending = file.ending
    held = "；".join(f"{cn_span(s.date, s.start, s.end)}，{s.place}" for s in file.sessions if s.held)
    told = tuple(f"{one.rstrip('。')}。" for one in ending.told_remedies) if ending else ()
    return (
        *((paragraph(f"{meant.basis}。", label="调解依据："),) if meant.basis else ()),
        presided(file),
        happened(file),
        *told_facts(file, "事故简要情况、损失情况和责任："),
        paragraph(f"{held or '没有召开调解会'}。", label="调解经过："),
        *(
            (paragraph(f"{cn_date(ending.on)}，{ending.reason.rstrip('。')}。", label="终结的原因："),)
            if ending
            else ()
        ),
        *((Label(text="当事人可以通过下列途径维护自己的权利："), *numbered(told)) if told else ()),
        *legal_words(meant),
    )


FORMS = (
    office_form("traffic", "道路交通事故损害赔偿调解书", agreed, _settled),
    office_form("traffic_ended", "道路交通事故损害赔偿调解终结书", ended, _ended, Profile.DENSE),
)
