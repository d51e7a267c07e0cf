"""F-15: 司法确认申请书, 主持调解证明, 司法确认登记表 (domain.md §1.4, §2.2)."""

from __future__ import annotations

from datetime import date

from mediation_desk.agreements.model import NOT_APPLIED, AgreementForm
from mediation_desk.cases.court.eligibility import eligibility
from mediation_desk.cases.court.pack import pack
from mediation_desk.cases.court.rules import Verdict, article
from mediation_desk.cases.court.where import usual_court
from mediation_desk.cases.court.wills import bound_parties, will_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import (
    Block,
    Clause,
    DayLine,
    Heading,
    Label,
    Number,
    Paper,
    Profile,
    SignatureArea,
    SignaturePlace,
    Title,
    paragraph,
)
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.form_grid import FormGrid, caption, row, value
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.people import mediator_title, names, party_block
from mediation_desk.documents.forms.signing import body_word, by_hand, called, party_places, seal
from mediation_desk.documents.forms.substance import case_number, facts
from mediation_desk.shared.dates import BLANK_DATE, cn_date
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.money import in_full
from mediation_desk.shared.track import Track

APPLICATION = dict.fromkeys(Track, "司法确认申请书")
PROOF = dict.fromkeys(Track, "主持调解的证明")
REGISTER = dict.fromkeys(Track, "司法确认情况登记表")
_COURT = "＿＿＿＿＿＿＿人民法院"


def applies(file: CaseFile) -> str | None:
    """Why no application can be printed: the reason a court would give at the door, or None."""
    if (reason := _in_force(file)) is not None:
        return reason
    court = file.judicial_confirmation
    if court.applied_on is not None:
        return None
    on = file.effective_on
    try:
        verdict = eligibility(file, on) if on is not None else None
    except InputError as error:  # a faulty rule file is told where the paper would be
        return error.message
    if verdict is None:
        return None
    against = next((one for one in verdict.findings if one.verdict is Verdict.CANNOT), None)
    return f"不能申请司法确认：{against.words}" if against is not None else None


def proof_applies(file: CaseFile) -> str | None:
    """The proof goes with an application, so there has to be an agreement in force."""
    return _in_force(file)


def register_applies(file: CaseFile) -> str | None:
    """There is something to register once an application was filed."""
    return None if file.judicial_confirmation.applied_on is not None else "本案没有申请司法确认。"


def compose(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """One application of all parties together; before the court both sides are applicants."""
    court, number = file.judicial_confirmation, case_number(file)
    title, parties = APPLICATION[file.track], bound_parties(file)
    blocks: tuple[Block, ...] = (
        Title(text=title),
        *(party_block(file, party, "申请人") for party in parties),
        Label(text="纠纷简要情况："),
        facts(file),
        paragraph(f"{number or '没有编号'}。", label="调解协议编号："),
        Label(text="申请事项："),
        paragraph(f"请求依法确认{_agreement_named(file)}有效。"),
        Label(text="事实和理由："),
        paragraph(_course(file)),
        paragraph(_promise(file)),
        Label(text="附："),
        *(Clause(number=f"{place}．", text=text) for place, text in enumerate(_enclosed(file), start=1)),
        paragraph("此致", keep=True),
        paragraph(court.court or usual_court(file) or _COURT, indent=False, keep=True),
        Label(text="申请人（签名、盖章或者按指印）："),
        SignatureArea(places=_places(file), together=True),
        DayLine(day=cn_date(court.applied_on) if court.applied_on else BLANK_DATE),
    )
    heading = Heading(form="F-15", title=title, number=number, dated=court.applied_on)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.SMALL),)


def compose_proof(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """The body says that it presided, where, when and by whom (民诉法解释 art. 354)."""
    title, number = PROOF[file.track], case_number(file)
    held = [session for session in file.sessions if session.held]
    meetings = "；".join(f"{cn_date(session.date)}在{session.place}" for session in held)
    mediators = "、".join(f"{mediator_title(file, one)}{one.name}" for one in file.mediators)
    court = file.judicial_confirmation
    effective = cn_date(file.effective_on) if file.effective_on else BLANK_DATE
    blocks: tuple[Block, ...] = (
        Title(text=title),
        paragraph(f"{court.court or usual_court(file) or _COURT}：", indent=False),
        paragraph(
            f"{names(file)}之间的{file.dispute.category}（{file.title}），由本{body_word(file)}"
            f"于{cn_date(file.intake.accepted_on or file.intake.received_on)}受理，编号{number or '—'}。"
        ),
        paragraph(f"调解由{mediators}主持，{meetings}，共{len(held)}次。"),
        paragraph(f"经调解，当事人自愿达成协议，协议自{effective}起生效，内容见所附调解协议。"),
        paragraph("特此证明。", keep=True),
        seal(file, None),
    )
    heading = Heading(form="F-15", title=title, number=number, dated=file.effective_on)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.SMALL),)


def compose_register(file: CaseFile, _background: Background = NOTHING) -> tuple[Paper, ...]:
    """The sheet in the volume: application, requests of the court, ruling."""
    court, title, number = file.judicial_confirmation, REGISTER[file.track], case_number(file)
    filing = file.beside.court_filing
    rows = [
        ("当事人", names(file)),
        (
            "调解协议",
            f"{number or ''}，{cn_date(file.effective_on)}生效" if file.effective_on else number or "",
        ),
        ("申请意愿", _wills(file)),
        ("案号", court.case_no or ""),
        ("人民法院", court.court or ""),
        ("申请日期", cn_date(court.applied_on) if court.applied_on else ""),
        ("申请方式", filing.how.value if filing is not None else ""),
        ("补正", _requests(file)),
        ("结果", "" if court.result == NOT_APPLIED else court.result),
        ("日期", cn_date(court.decided_on) if court.decided_on else ""),
        ("收到日期", cn_date(filing.received_on) if filing is not None and filing.received_on else ""),
        ("裁定书副本", "附后" if court.decided_on else "待收"),
        ("备注", court.note or ""),
    ]
    earlier = [
        (
            f"此前第{place}次",
            f"{cn_date(one.applied_on)}向{one.court}申请，{cn_date(one.decided_on)}{one.result}",
        )
        for place, one in enumerate(file.beside.earlier_applications, start=1)
    ]
    blocks: tuple[Block, ...] = (
        Title(text=title),
        Number(text=f"编号：{number or ''}"),
        FormGrid(
            columns=(32, 124),
            rows=tuple(row(caption(head), value(words or "—")) for head, words in (*rows, *earlier)),
        ),
        SignatureArea(places=(by_hand("登记人"),)),
        DayLine(day=BLANK_DATE),
    )
    heading = Heading(form="F-15", title=title, number=number, dated=court.decided_on or court.applied_on)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.SMALL),)


def _in_force(file: CaseFile) -> str | None:
    if file.agreement is None:
        return "本案没有达成协议，不能申请司法确认。"
    if file.agreement.form is AgreementForm.ORAL:
        return "口头协议要先写成书面并由各方签署，才能申请司法确认。"
    return None if file.effective_on else "协议还没有签完，生效以后才能申请司法确认。"


def _places(file: CaseFile) -> tuple[SignaturePlace, ...]:
    """Everybody signs as an applicant."""
    return tuple(
        place for party in bound_parties(file) for place in called(party_places(file, party), party, "申请人")
    )


def _agreement_named(file: CaseFile) -> str:
    number = case_number(file)
    day = cn_date(file.effective_on) if file.effective_on else ""
    return f"经{file.organisation.name}主持于{day}达成的{f'编号为{number}的' if number else ''}调解协议"


def _course(file: CaseFile) -> str:
    total = file.agreement.total_payable if file.agreement else None
    money = f"，协议约定应付款项合计{in_full(total)}" if total else ""
    return f"经{file.organisation.name}主持调解，当事人自愿达成调解协议{money}，内容见所附调解协议。"


def _promise(file: CaseFile) -> str:
    last = file.judicial_confirmation.deadline
    within = f"申请期限至{cn_date(last)}届满（{article('within')}）。" if last else ""
    return (
        f"申请人出于解决纠纷的目的自愿达成协议，没有恶意串通、规避法律的行为；"
        f"如果因为该协议内容而给他人造成损害的，愿意承担相应的民事责任和其他法律责任。{within}"
    )


def _enclosed(file: CaseFile) -> tuple[str, ...]:
    named = dict.fromkeys(item.paper for item in pack(file) if item.form != "confirmation")
    return tuple(f"{name}。" for name in named)


def _wills(file: CaseFile) -> str:
    told = []
    for party in bound_parties(file):
        will = will_of(file, party.ref)
        if will is not None:
            word = "同意" if will.agrees else "不同意"
            told.append(f"{party.name}{cn_date(will.on)}{will.how}表示{word}（{will.by}{will.name}）")
    return "；".join(told)


def _requests(file: CaseFile) -> str:
    def told(asked_on: date, what: str, done_on: date | None) -> str:
        return f"{cn_date(asked_on)}要求{what}，{f'{cn_date(done_on)}补正' if done_on else '还没有补正'}"

    return "；".join(told(one.asked_on, one.what, one.done_on) for one in file.beside.court_requests)


FORMS = (
    Form(
        key="confirmation",
        code="F-15",
        stage=Stage.COURT,
        titles=APPLICATION,
        applies=applies,
        compose=compose,
    ),
    Form(
        key="presiding",
        code="F-15",
        stage=Stage.COURT,
        titles=PROOF,
        applies=proof_applies,
        compose=compose_proof,
    ),
    Form(
        key="court",
        code="F-15",
        stage=Stage.COURT,
        titles=REGISTER,
        applies=register_applies,
        compose=compose_register,
    ),
)
