"""送达回证: for each notice and each addressee a return slip (§2.2, 民事诉讼法 art. 87 by analogy).

A notice of a session and an urging carry their receipt on the sheet itself and have no slip here.
"""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile, Service
from mediation_desk.cases.official_notice import NoticeKind
from mediation_desk.documents.content import Block, Heading, Number, Paper, Profile, SealPlace, Title
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.form_grid import FormGrid, caption, row, signed, value
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.notice_parts import addressee, matter
from mediation_desk.documents.forms.signing import hands_of
from mediation_desk.documents.forms.substance import case_number
from mediation_desk.parties.model import Party, Side
from mediation_desk.shared.dates import BLANK_DATE, cn_date
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "送达回证")
_WAYS = "□当面　□邮寄　□电子　□留置　□其他："
_NO_SLIP = (NoticeKind.URGING,)


@record
class Served:
    """A notice on its way to a party; ``proof`` where it is on record that it arrived."""

    notice: str
    number: str
    party: Party
    proof: Service | None = None


def applies(file: CaseFile) -> str | None:
    """Why there is nothing to print, or None."""
    return None if _served(file) else "本案还没有发出过有文号的通知书，没有送达回证。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One slip for each notice and addressee, in the order of the notices."""
    return tuple(_slip(file, one) for one in _served(file))


def _served(file: CaseFile) -> tuple[Served, ...]:
    found = [
        Served(notice=one.kind.paper, number=one.number, party=party)
        for one in file.beside.notices
        if one.kind not in _NO_SLIP
        for party in _addressees(file, one.kind)
    ]
    ended = file.ending.notice if file.ending else None
    if ended is not None:
        proofs = {proof.ref: proof for proof in ended.served}
        found += [
            Served(notice=ended.title, number=ended.number, party=party, proof=proofs.get(party.ref))
            for party in file.parties
        ]
    return tuple(found)


def _addressees(file: CaseFile, kind: NoticeKind) -> tuple[Party, ...]:
    """Papers are asked of the applicants, all other notices go to everybody."""
    applicants = tuple(party for party in file.parties if party.side is Side.APPLICANT)
    return applicants if kind is NoticeKind.COMPLETION and applicants else file.parties


def _slip(file: CaseFile, one: Served) -> Paper:
    party, proof = one.party, one.proof
    number = case_number(file)
    sign = f"签名或者盖章：　　　　　　　　　{BLANK_DATE}"
    arrived = f"{proof.how}。" if proof else ""
    rows = (
        row(caption("案由"), value(matter(file), span=3)),
        row(caption("案号"), value(number or ""), caption("送达单位"), value(file.organisation.name)),
        row(caption("受送达人"), value(addressee(file, party), span=3)),
        row(caption("送达地址"), value(party.address), caption("联系方式"), value(party.phone)),
        row(caption("送达文书\n及文号"), value(f"{one.notice}\n{one.number}", span=3)),
        row(caption("送达方式"), value(arrived or _WAYS, span=3)),
        row(
            caption("收件人签收"),
            signed(
                *hands_of(file, party.ref),
                span=3,
                foot=f"送达日期：{cn_date(proof.on)}" if proof else sign,
            ),
            height=28,
        ),
        row(caption("代收人及\n代收理由"), signed("代收人", span=3, foot=sign, either=True), height=28),
        row(caption("拒收、留置\n情况和见证人"), signed("见证人", span=3, foot=sign, either=True), height=28),
        row(caption("送达人"), signed("送达人", span=3, foot=sign), height=22),
        row(caption("备注"), value(span=3), height=20),
    )
    blocks: tuple[Block, ...] = (
        Title(text=TITLES[file.track]),
        Number(text=f"文号：{one.number}"),
        FormGrid(columns=(30, 50, 26, 50), rows=rows),
        SealPlace(body=file.organisation.name, day=cn_date(proof.on) if proof else BLANK_DATE),
    )
    heading = Heading(
        form="送达回证",
        title=TITLES[file.track],
        number=one.number,
        dated=proof.on if proof else None,
        part=f"{one.notice}-{party.ref}",
    )
    return Paper(heading=heading, blocks=blocks, profile=Profile.DENSE)


FORM = Form(
    key="served", code="送达回证", stage=Stage.SESSION, titles=TITLES, applies=applies, compose=compose
)
