"""§7.1 in the database: consents that stay, transfers that are told, one person's copy, requests answered in time."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.audit.reading import EntryQuery
from mediation_desk.cases.counter.visits import Consult, VisitService
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.privacy.consents import consent_states
from mediation_desk.cases.privacy.model import ConsentScope, ConsentWay
from mediation_desk.cases.privacy.person import PersonService
from mediation_desk.cases.privacy.requests import NewRequest, RequestKind, RequestService
from mediation_desk.cases.privacy.transfers import transfers_of
from mediation_desk.cases.registering import Register
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.cases.steps.personal import NoteConsent, NoteTransfer, WithdrawConsent
from mediation_desk.hearings.board.notes import Note, Wall
from mediation_desk.hearings.model import PrivateNote, Session, SessionMode
from mediation_desk.interchange.person_copies import PersonCopies
from mediation_desk.parties.model import Agent, Gender, Side
from mediation_desk.shared.errors import ConflictError, InputError, PermissionDenied, RuleError
from tests.documents.reading import docx_text, pdf_text
from tests.persistence.test_case_steps import BODY, PARTIES, REGISTER, person

NOW = datetime.datetime(2026, 7, 1, 2, tzinfo=UTC)
DAY = date(2026, 7, 1)
MINE, FOREIGN = "110101199001010015", "别处镇人民调解委员会"
MANAGER = Actor(account="ma", display_name="马值班", roles=(Role.DUTY_MANAGER,), bodies=(BODY.name,))
LEADER = Actor(account="li", display_name="李主任", roles=(Role.LEADER,))
CLERK = Actor(account="qi", display_name="戚登记", roles=(Role.CLERK,))
SIGNED = NoteConsent(of=("A1",), on=DAY, how=ConsentWay.SIGNED)
OTHERS_TALK, OWN_TALK, OTHERS_BOARD = "藏锋墨隐乙底线三千", "我其实愿意让一步", "藏锋墨隐乙在板上说"


@pytest.fixture
def service(storage: Storage) -> CaseService:
    storage.seal_audit(bytes(32))
    return CaseService(storage, lambda: NOW)


def child() -> Register:
    """A case with a child of eleven years among the parties."""
    small = person("A1", Side.APPLICANT, "甄小满", "110101201501010011", date(2015, 1, 1))
    return replace(REGISTER, parties=(replace(small, phone=""), PARTIES[1]))


def refused(service: CaseService, key: str, step: object, match: str) -> None:
    with pytest.raises((RuleError, InputError), match=match):
        service.perform(CLERK, key, step)  # type: ignore[arg-type]


def test_a_consent_is_kept_withdrawn_and_never_gone(service: CaseService) -> None:
    key = service.register(CLERK, REGISTER).case_key
    file = service.perform(CLERK, key, replace(SIGNED, of=("A1", "B1")))
    first, second = file.beside.personal_consents
    assert (first.ref, second.ref, first.notice, first.noted_by) == ("A1", "B1", "2026-11", "戚登记")

    later = WithdrawConsent(of="A1", on=DAY, reason="不想再调")
    refused(service, key, replace(later, reason=" "), "撤回的原因")
    refused(service, key, replace(later, on=date(2026, 6, 30)), "早于同意的日期")
    refused(service, key, replace(later, scope=ConsentScope.SENSITIVE), "没有可以撤回的同意")
    service.perform(CLERK, key, later)
    refused(service, key, later, "没有可以撤回的同意")

    kept = service.file(CLERK, key)
    assert [one.no for one in kept.beside.personal_consents] == [1, 2]
    assert (kept.beside.personal_consents[0].withdrawn_on, kept.beside.personal_consents[0].withdrawal) == (
        DAY,
        "不想再调",
    )
    mine, other = consent_states(kept, DAY)
    assert not mine.settled
    assert "撤回：不想再调" in mine.words
    assert "第十三条第一项" in mine.rule
    assert other.settled
    assert other.words.endswith("同意处理个人信息（签名）")


def test_for_a_child_the_guardian_speaks_and_sensitive_data_ask_for_more(service: CaseService) -> None:
    key = _imported(service, child())
    refused(service, key, SIGNED, "甄小满不满14周岁.*监护人.*个人信息保护法第三十一条")
    refused(service, key, replace(SIGNED, guardian="甄有理"), "关系")
    refused(service, key, replace(SIGNED, guardian="甄小满", relation="本人"), "不能是本人")

    spoken = replace(SIGNED, how=ConsentWay.ORAL, guardian="甄有理", relation="父亲")
    file = service.perform(CLERK, key, spoken)
    state = consent_states(file, DAY)[0]
    assert "缺单独同意（个人信息保护法第二十八条、第二十九条）" in state.lacking[0]
    assert "甄有理（父亲）代为表示" in state.words

    file = service.perform(CLERK, key, replace(spoken, scope=ConsentScope.SENSITIVE))
    assert consent_states(file, DAY)[0].settled
    file = service.perform(CLERK, key, replace(spoken, scope=ConsentScope.SENSITIVE, agreed=False))
    assert not consent_states(file, DAY)[0].settled


def _imported(service: CaseService, command: Register) -> str:
    """Registered with a guardian, as the law asks; the guardian of the test says nothing by being on file."""
    from mediation_desk.parties.model import Gender, Guardian

    first, second = command.parties
    guardian = Guardian(
        name="甄有理",
        gender=Gender.MALE,
        relation="父亲",
        birth_date=date(1990, 1, 1),
        id_no=MINE,
        phone="13800001234",
        consent_on=date(2026, 3, 10),
        statutory_agent=True,
    )
    return service.register(
        CLERK, replace(command, parties=(replace(first, guardian=guardian), second))
    ).case_key


def test_what_goes_outside_is_told_in_one_list(service: CaseService) -> None:
    key = service.register(CLERK, REGISTER).case_key
    gift = NoteTransfer(to="安和区人民法院", what="整件案件", ground="本人书面同意", on=DAY)
    refused(service, key, replace(gift, ground=""), "依据.*第二十三条")
    service.export(MANAGER, key, transfer=gift)

    (told,) = transfers_of(service.file(CLERK, key))
    assert (told.to, told.ground, told.by, told.on) == ("安和区人民法院", "本人书面同意", "马值班", DAY)
    assert service.history(CLERK, key)[-1].sentence == "向安和区人民法院提供整件案件（本人书面同意）"
    service.export(MANAGER, key)
    assert len(transfers_of(service.file(CLERK, key))) == 1


def talked(storage: Storage, service: CaseService) -> CaseFile:
    """A case in which both sides spoke alone, in a record and on the board."""
    file = service.perform(CLERK, service.register(CLERK, REGISTER).case_key, SIGNED)
    talk = Session(
        no=1,
        date=date(2026, 6, 1),
        start=datetime.time(9),
        place="第一调解室",
        mode=SessionMode.CAUCUS,
        presided_by="M01",
        record="甄有理说雨水倒灌，贾讲理（13800001234）不认。",
        private_notes=(
            PrivateNote(of="A1", by="M01", text=OWN_TALK),
            PrivateNote(of="B1", by="M01", text=OTHERS_TALK, share_consent=True),
        ),
    )
    with storage.write() as work:
        saved = work.cases.save(file, replace(file, sessions=(talk,)))
        note = Note(key="k", session_no=1, speaker="B1", text=OTHERS_BOARD, at=NOW)
        work.boards.add(file.case_key, replace(note, wall=Wall.SIDE, side="B1"))
        work.boards.add(file.case_key, replace(note, key="j", speaker="A1", text="贾讲理先动的手"))
    return saved


def read(path: Path) -> str:
    data = path.read_bytes()
    match path.suffix:
        case ".pdf":
            return pdf_text(data)
        case ".docx":
            return docx_text(data)
    return data.decode()


def test_a_copy_holds_the_person_and_covers_everybody_else(
    storage: Storage, service: CaseService, tmp_path: Path
) -> None:
    file = talked(storage, service)
    away = replace(REGISTER, title="别处的一件", organisation=replace(BODY, name=FOREIGN, short="别处"))
    hidden = service.register(COUNTER, away, despite={file.case_key}).case_key
    people = PersonService(storage, lambda: NOW)

    copy, paths = PersonCopies(people).write(MANAGER, MINE, "本人书面申请", tmp_path)

    assert [one.case_key for one in copy.cases] == [file.case_key]
    assert copy.elsewhere == 1
    assert sorted(path.suffix for path in paths) == [".docx", ".json", ".pdf"]
    for path in paths:
        said = read(path)
        assert "甄有理" not in path.name
        for own in (
            "甄有理",
            MINE,
            OWN_TALK,
            "贾*先动的手",
            "2026年7月1日同意" if path.suffix != ".json" else "签名",
        ):
            assert own in said, (path.suffix, own)
        for others in ("贾讲理", "110101196805172024", OTHERS_TALK, OTHERS_BOARD, hidden):
            assert others not in said, (path.suffix, others)
    data = json.loads(next(path for path in paths if path.suffix == ".json").read_text("utf-8"))
    assert (data["format"], data["made_by"], data["made_on"]) == (
        "mediation-person/1",
        "马值班",
        "2026-07-01",
    )
    looks = [one for one in service.looks(MANAGER, file.case_key) if one.action == "person.export"]
    assert [one.details["count"] for one in looks] == [1]
    with storage.read() as work:
        assert not work.trail.listed(EntryQuery(case_key=hidden, kind=looks[0].kind))


def test_what_somebody_asked_at_the_counter_is_in_the_copy(
    storage: Storage, service: CaseService, tmp_path: Path
) -> None:
    key = service.register(CLERK, REGISTER).case_key
    away = replace(REGISTER, title="别处的一件", organisation=replace(BODY, name=FOREIGN, short="别处"))
    hidden = service.register(COUNTER, away, despite={key}).case_key
    visits = VisitService(storage, lambda: NOW)

    def asked(name: str, phone: str, matter: str, became: str = "") -> int:
        one = visits.consult(CLERK, Consult(name=name, phone=phone, matter=matter, answer="先收集材料"))
        if became:
            with storage.write() as work:
                assert work.visits.became(one.id, became)
        return one.id

    phone = PARTIES[0].phone or ""
    spaced = f"{phone[:3]}-{phone[3:7]}-{phone[7:]}"
    mine = (
        asked("甄有理", spaced, "贾讲理堵了我的门"),
        asked("", phone, "没有留名字的一次"),
        asked("甄有理", "", "后来立了案的一次", key),
    )
    asked("甄有理", "", "同名的另一个人")
    asked("甄有礼", phone, "用他电话的另一个人")
    asked("贾讲理", "", "对方来问的", key)
    asked("甄有理", phone, "别处立了案的一次", hidden)

    copy, paths = PersonCopies(PersonService(storage, lambda: NOW)).write(MANAGER, MINE, "本人申请", tmp_path)

    assert tuple(one.id for one in copy.visits) == mine
    assert [one.case_key for one in copy.visits] == [None, None, key]
    assert sorted(path.suffix for path in paths) == [".docx", ".json", ".pdf"]
    for path in paths:
        said = read(path)
        for own in ("贾*堵了我的门", "没有留名字的一次", "后来立了案的一次", "先收集材料", spaced):
            assert own in said, (path.suffix, own)
        for others in ("贾讲理", "另一个人", "对方来问的", "别处立了案的一次"):
            assert others not in said, (path.suffix, others)
    whole = PersonService(storage, lambda: NOW).copy(LEADER, MINE, "本人申请")
    assert [one.matter for one in whole.visits][-1] == "别处立了案的一次"


def test_who_may_not_mediate_hands_out_no_private_talk(storage: Storage, service: CaseService) -> None:
    file = talked(storage, service)
    people = PersonService(storage, lambda: NOW)
    (held,) = people.copy(LEADER, f"{file.case_key}/A1", "本人申请").cases
    assert held.sessions[0].own_talks == ()
    (told,) = people.copy(MANAGER, f"{file.case_key}/A1", "本人申请").cases
    assert told.sessions[0].own_talks == (OWN_TALK,)


def test_whom_somebody_speaks_for_is_somebody_else(storage: Storage, service: CaseService) -> None:
    file = talked(storage, service)
    spoken = Agent(name="贾讲理", gender=Gender.FEMALE, phone="13800001234", poa_on=DAY)
    first, second = file.parties
    alone = Note(key="m", session_no=1, speaker="A1", text=OWN_TALK, at=NOW, wall=Wall.SIDE, side="A1")
    with storage.write() as work:
        work.cases.save(file, replace(file, parties=(replace(first, agents=(spoken,)), second)))
        work.boards.add(file.case_key, alone)
    (held,) = PersonService(storage, lambda: NOW).copy(MANAGER, f"{file.case_key}/B1", "本人申请").cases

    assert [(one.capacity, one.ref) for one in held.own] == [("代理人", "A1"), ("当事人", "B1")]
    assert held.sessions[0].own_talks == (OTHERS_TALK,)
    assert [(one.text, one.by_this_person) for one in held.board] == [
        (OTHERS_BOARD, True),
        ("贾讲理先动的手", False),
    ]


def test_the_board_is_that_of_every_place_of_a_person(storage: Storage, service: CaseService) -> None:
    file = talked(storage, service)
    first, second = file.parties
    with storage.write() as work:
        work.cases.save(
            file, replace(file, parties=(first, replace(first, ref=second.ref, side=second.side)))
        )
    (held,) = PersonService(storage, lambda: NOW).copy(MANAGER, MINE, "本人申请").cases
    assert [one.text for one in held.board] == [OTHERS_BOARD, "贾讲理先动的手"]


@pytest.mark.parametrize(("phone", "his"), [("13900005678", 1), ("138 0000 1234", 2), ("", 1)])
def test_a_namesake_without_a_number_is_somebody_else(
    storage: Storage, service: CaseService, phone: str, his: int
) -> None:
    file = service.register(CLERK, REGISTER)
    first, second = file.parties
    namesake = replace(second, name=first.name, id_no=None, phone=phone)
    with storage.write() as work:
        work.cases.save(file, replace(file, parties=(first, namesake)))
    (held,) = PersonService(storage, lambda: NOW).copy(MANAGER, MINE, "本人申请").cases
    assert len(held.own) == his


def test_what_went_outside_is_covered_and_told_to_parties_only(
    storage: Storage, service: CaseService
) -> None:
    key = _imported(service, child())
    gift = NoteTransfer(to="安和区人民法院", what="贾讲理的笔录", ground="甄有理书面同意", on=DAY)
    service.perform(CLERK, key, gift)
    people = PersonService(storage, lambda: NOW)
    (told,) = people.copy(LEADER, f"{key}/A1", "本人申请").cases
    assert [(one.to, one.what, one.ground) for one in told.transfers] == [
        ("安和区人民法院", "贾*的笔录", "甄*书面同意")
    ]
    (beside,) = people.copy(LEADER, MINE, "监护人申请").cases
    assert [one.capacity for one in beside.own] == ["监护人"]
    assert beside.transfers == ()


def test_no_copy_takes_the_place_of_another(storage: Storage, service: CaseService, tmp_path: Path) -> None:
    key = _imported(service, child())
    copies, folder = PersonCopies(PersonService(storage, lambda: NOW)), tmp_path / "副本"
    made = [copies.write(LEADER, who, "申请", folder)[1] for who in (f"{key}/A1", MINE, MINE)]
    assert len({path for paths in made for path in paths}) == len(list(folder.iterdir())) == 9
    assert [paths[-1].stem.split(key)[1] for paths in made] == [
        "-A1-当事人-2026-07-01",
        "-A1-监护人-2026-07-01",
        "-A1-监护人-2-2026-07-01",
    ]


def test_a_case_called_by_its_number_is_logged_by_its_key(storage: Storage, service: CaseService) -> None:
    file = service.register(CLERK, REGISTER)
    unknown = replace(file.parties[0], id_no=None, phone="")
    intake = replace(file.intake, number="（2026）安和人调字第1号")
    with storage.write() as work:
        work.cases.save(file, replace(file, intake=intake, parties=(unknown, file.parties[1])))
    PersonService(storage, lambda: NOW).copy(MANAGER, f"{intake.number}/A1", "本人申请")
    assert [one.action for one in service.looks(MANAGER, file.case_key)].count("person.export") == 1


def test_how_many_cases_are_out_of_reach_is_not_told_at_the_counter(
    storage: Storage, service: CaseService
) -> None:
    key = service.register(COUNTER, REGISTER).case_key
    away = replace(REGISTER, title="别处的一件", organisation=replace(BODY, name=FOREIGN, short="别处"))
    service.register(COUNTER, away, despite={key})
    people = PersonService(storage, lambda: NOW)
    told = [people.cases(one, MINE) for one in (replace(CLERK, bodies=(BODY.name,)), MANAGER)]
    assert [(one.keys, one.elsewhere) for one in told] == [((key,), 0), ((key,), 1)]


def test_nobody_is_exported_by_whom_it_does_not_concern(storage: Storage, service: CaseService) -> None:
    key = service.register(COUNTER, replace(REGISTER, organisation=replace(BODY, name=FOREIGN))).case_key
    people = PersonService(storage, lambda: NOW)
    with pytest.raises(PermissionDenied, match="1件案件里，都不在您可以导出的范围内"):
        people.copy(MANAGER, MINE, "本人申请")
    with pytest.raises(PermissionDenied, match="导出一个人的全部信息"):
        people.copy(CLERK, MINE, "本人申请")
    with pytest.raises(InputError, match="没有找到"):
        people.copy(LEADER, "110101199001010023", "本人申请")
    with pytest.raises(InputError, match="理由"):
        people.copy(LEADER, MINE, "")
    assert people.copy(LEADER, MINE, "本人申请").elsewhere == 0

    service.perform(COUNTER, key, PutInBin(reason="重复登记"))
    (binned,) = people.copy(LEADER, MINE, "本人申请").cases
    assert binned.binned, "what lies in the bin is held all the same"


def test_a_request_is_answered_once_and_told_when_late(storage: Storage) -> None:
    now = [NOW]
    requests = RequestService(storage, lambda: now[0])
    asked = NewRequest(kind=RequestKind.CORRECT, name="甄有理", id_no=MINE, what="电话写错了")
    with pytest.raises(InputError, match="请求的内容"):
        requests.add(CLERK, replace(asked, what=" "))
    first = requests.add(CLERK, asked)
    assert (first.id, first.due_on) == (1, date(2026, 7, 31))
    requests.add(CLERK, replace(asked, kind=RequestKind.COPY))

    now[0] = NOW + datetime.timedelta(days=31)
    listed = requests.listed(CLERK)
    assert [one.overdue(requests.local_today) for one in listed] == [True, True]
    assert [one.name for one in listed] == ["甄*", "甄*"]
    assert listed[0].standing(requests.local_today) == "逾期1天"

    done = requests.answer(CLERK, 1, "已更正")
    assert done.standing(requests.local_today) == "2026年8月1日已办（逾期）"
    with pytest.raises(ConflictError, match="已经答复过"):
        requests.answer(CLERK, 1, "再答一次")
    assert [one.id for one in requests.listed(CLERK, waiting=True)] == [2]
    assert [one.id for one in requests.listed(CLERK)] == [2, 1]
    with pytest.raises(PermissionDenied):
        requests.listed(Actor(account="tong", display_name="童统计", roles=(Role.STATISTICIAN,)))
    with storage.read() as work:
        assert [one.action for one in work.trail.listed(EntryQuery())] == [
            "person.request.answer",
            "person.request",
            "person.request",
        ]
