"""The conflict matrix: one mediator, one person, and what must come of it; ``None`` where nothing may."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from mediation_desk.experts.conflicts.model import Effect, Part, Person, Relation
from mediation_desk.experts.mediator import Mediator, Tie, TieKind
from mediation_desk.experts.model import Employment, MediatorCard
from mediation_desk.parties.model import Gender
from mediation_desk.shared.track import Track

APPEARING = tuple(part for part in Part if part is not Part.MEDIATOR)
R, OUT, TELL = Relation, Effect.EXCLUDE, Effect.DISCLOSE
ID, OTHER_ID = "110101197103288246", "110101198109051316"
CODE, OTHER_CODE = "91110101MA01A2B32B", "91110101MA02C3D48K"
HOME = "云川市安和区锦园小区7号楼1单元602室"
FIRM, COMPANY = "安和正衡律师事务所", "云川安居物业服务有限公司"
INSURER = "云川众安达财产保险股份有限公司"


class Row(NamedTuple):
    """``fragment`` must stand in the sentence."""

    label: str
    mediator: Mediator
    person: Person
    relation: Relation | None
    effect: Effect | None = None
    fragment: str = ""
    track: Track = Track.PEOPLES


def mediator(
    *ties: Tie, pool_no: str = "M08", address: str = "", household: str = "", **card: Any
) -> Mediator:
    made = MediatorCard(
        pool_no=pool_no,
        name="黎秋霞",
        gender=Gender.FEMALE,
        id_no=ID,
        phone="13800000908",
        organisation="锦园社区人民调解委员会",
        employment=Employment.PART_TIME,
    )
    return Mediator(card=replace(made, **card), ties=ties, address=address, household=household)


def person(part: Part = Part.PARTY, name: str = "钮志斌", ref: str = "B1", **data: Any) -> Person:
    return Person(ref=ref, part=part, name=name, **data)


def company(name: str = COMPANY, **data: Any) -> Person:
    return Person(ref="B2", part=Part.PARTY, name=name, is_organisation=True, **data)


def tie(kind: TieKind, name: str, id_no: str = "", relation: str = "") -> Tie:
    return Tie(kind=kind, name=name, id_no=id_no, relation=relation)


def _themselves() -> Iterator[Row]:
    for part in APPEARING:
        yield Row(
            f"same ID as {part.name}", mediator(), person(part, id_no=ID), R.SAME_PERSON, OUT, "尾号8246"
        )
        phone = person(part, phone="13800000908")
        yield Row(f"same phone as {part.name}", mediator(), phone, R.SAME_PHONE, OUT, "尾号0908")
        same = person(part, "黎秋霞")
        yield Row(f"name of {part.name}, no ID", mediator(), same, R.SAME_NAME, TELL, "同名，证件号未核对")
    old = mediator(id_no="110101680517202")
    yield Row("old and new ID", old, person(id_no="110101196805172024"), R.SAME_PERSON, OUT, "尾号2024")
    wide = person(id_no="１１０１０１１９７１０３２８８２４６")
    yield Row("full-width ID", mediator(), wide, R.SAME_PERSON, OUT, "证件号一致")
    lower = mediator(id_no="11010119781201917x")
    yield Row("small x", lower, person(id_no="11010119781201917X"), R.SAME_PERSON, OUT, "尾号917X")
    full = person(name="黎秋霞", id_no=ID, phone="13800000908", address=HOME)
    yield Row("everything the same is said once", mediator(address=HOME), full, R.SAME_PERSON, OUT)
    yield Row("own mediator is no person", mediator(), person(Part.MEDIATOR, "黎秋霞", id_no=ID), None)
    yield Row("one digit off the ID", mediator(), person(id_no="110101197103288247"), None)
    yield Row("same name, other ID", mediator(), person(name="黎秋霞", id_no=OTHER_ID), None)
    yield Row("no ID on both sides", mediator(id_no=None), person(), None)
    yield Row("the word 无 as ID", mediator(id_no="无"), person(id_no="无"), None)


def _phones() -> Iterator[Row]:
    for text in ("+86 138 0000 0908", "138-0000-0908", "008613800000908", "１３８０００００９０８"):
        yield Row(f"phone {text}", mediator(), person(phone=text), R.SAME_PHONE, OUT, "尾号0908")
    two = person(phone="13800000999、13800000908")
    yield Row("second of two phones", mediator(), two, R.SAME_PHONE, OUT, "尾号0908")
    office = mediator(phone="0471-55512345")
    for text in ("047155512345", "+86-471-55512345", "(0471) 5551 2345 转 8001"):
        yield Row(f"landline {text}", office, person(phone=text), R.SAME_LANDLINE, TELL, "尾号2345")
    yield Row("phone of a company", mediator(), company(phone="13800000908"), R.SAME_PHONE, OUT, "安居物业")
    yield Row("one digit off the phone", mediator(), person(phone="13800000909"), None)
    yield Row("landline, other area", office, person(phone="0472-55512345"), None)
    yield Row("no phone on both sides", mediator(phone=""), person(phone=""), None)
    yield Row("zeros as phone", mediator(phone="00000000000"), person(phone="00000000000"), None)
    yield Row("an extension only", mediator(phone="8001"), person(phone="8001"), None)


def _homes() -> Iterator[Row]:
    home = mediator(address=HOME)
    kin = person(name="黎大山", address=HOME)
    yield Row("same surname and address", home, kin, R.SAME_FAMILY_ADDRESS, OUT, "同姓，登记的住址相同")
    yield Row("other surname, same address", home, person(address=HOME), R.SAME_ADDRESS, OUT, "姓氏不同")
    for text in (
        "云川市安和区锦园小区７栋１单元６０２",
        "云川市 安和区 锦园小区 7-1-602",
        "安和区锦园小区7号楼1单元602室（租住）",
        "某某省云川市安和区锦园小区7幢1单元602室",
    ):
        written = person(name="黎大山", address=text)
        yield Row(f"written {text}", home, written, R.SAME_FAMILY_ADDRESS, OUT, "推定为近亲属")
    member = person(Part.MEMBER, "黎小山", ref="A1-07", address=HOME)
    yield Row(
        "a member at the same address", home, member, R.SAME_FAMILY_ADDRESS, OUT, "群体成员黎小山（A1-07）"
    )
    village = "云川市安和区青石镇柳湾村三组"
    yield Row(
        "same surname, same village",
        mediator(address=village),
        person(name="黎大山", address=village),
        R.SAME_PLACE,
        TELL,
        "没有写到门牌",
    )
    yield Row("other surname, same village", mediator(address=village), person(address=village), None)
    door = village + "21号"
    neighbour = person(name="黎大山", address=village + "22号")
    yield Row("next door", mediator(address=door), neighbour, None)
    yield Row(
        "same surname, other flat", home, person(name="黎大山", address=HOME.replace("602", "601")), None
    )
    yield Row(
        "same surname, other building", home, person(name="黎大山", address=HOME.replace("7号", "17号")), None
    )
    elsewhere = person(name="黎大山", address=HOME.replace("云川市", "东河市"))
    yield Row("same words in another city", home, elsewhere, None)
    for vague in ("本村", "本村三组21号", "同上", "21号"):
        yield Row(f"vague {vague}", mediator(address=vague), person(name="黎大山", address=vague), None)
    yield Row("no address on both sides", mediator(), person(name="黎大山"), None)
    ouyang = mediator(name="欧阳明", address=HOME)
    compound = person(name="欧阳雪梅", address=HOME)
    ou = person(name="欧明", address=HOME)
    yield Row(
        "compound surname", mediator(name="欧阳明明", address=HOME), compound, R.SAME_FAMILY_ADDRESS, OUT
    )
    yield Row("欧 is not 欧阳", ouyang, ou, R.SAME_ADDRESS, OUT, "姓氏不同")
    short = mediator(name="欧阳", address=HOME)
    yield Row("two characters are no compound", short, ou, R.SAME_FAMILY_ADDRESS, OUT, "同姓")
    dotted = person(name="买买提·吐尔逊", address=HOME)
    yield Row(
        "a name without surname", mediator(name="买买提·艾力", address=HOME), dotted, R.SAME_ADDRESS, OUT
    )
    shop = company("锦园小吃店", address=HOME)
    yield Row("shop at home", home, shop, R.PREMISES, TELL, "地址相同")
    register = mediator(household="云川市安和区老街12号")
    listed = person(household="安和区老街12号")
    yield Row("same household register", register, listed, R.SAME_HOUSEHOLD, OUT, "同一户籍")
    number = mediator(household="户110101001234")
    yield Row(
        "household number", number, person(household="户 110101001234"), R.SAME_HOUSEHOLD, OUT, "家庭成员"
    )
    yield Row("other household number", number, person(household="户110101001235"), None)
    yield Row(
        "collective household", mediator(household="集体户12345"), person(household="集体户12345"), None
    )
    yield Row("address is no household", home, person(household=HOME), None)


def _kin() -> Iterator[Row]:
    brother = tie(TieKind.KIN, "钮志斌", OTHER_ID, "弟弟")
    for part in APPEARING:
        kin = person(part, id_no=OTHER_ID)
        yield Row(
            f"kin is {part.name}", mediator(brother), kin, R.NEAR_KIN, OUT, "（弟弟）：证件号一致（尾号1316）"
        )
        named = person(part)
        yield Row(
            f"kin by name is {part.name}", mediator(brother), named, R.NEAR_KIN, OUT, "同名，证件号未核对"
        )
    cousin = mediator(tie(TieKind.KIN, "钮志斌", relation="丈夫的表弟"))
    yield Row("distant kin", cousin, person(id_no=OTHER_ID), R.OTHER_KIN, OUT, "丈夫的表弟")
    spaced = person(name="钮 志斌")
    yield Row("space in the name", mediator(brother), spaced, R.NEAR_KIN, OUT, "同名")
    renamed = person(name="钮斌", id_no=OTHER_ID)
    yield Row("renamed kin", mediator(brother), renamed, R.NEAR_KIN, OUT, "申报的名称是“钮志斌”")
    yield Row("kin's name, other ID", mediator(brother), person(id_no="110101198109051317"), None)
    yield Row("part of kin's name", mediator(brother), person(name="钮志"), None)
    yield Row("a tie without name", mediator(tie(TieKind.KIN, "")), person(name=""), None)


def _organisations() -> Iterator[Row]:
    for kind, relation, effect in (
        (TieKind.EMPLOYER, R.EMPLOYER, OUT),
        (TieKind.FORMER_EMPLOYER, R.FORMER_EMPLOYER, TELL),
        (TieKind.SHAREHOLDING, R.SHAREHOLDING, OUT),
        (TieKind.CLIENT, R.CLIENT, OUT),
        (TieKind.OTHER, R.OTHER_TIE, TELL),
    ):
        bound = mediator(tie(kind, COMPANY, CODE))
        yield Row(
            f"{kind.name} by code", bound, company("旧名公司", id_no=CODE), relation, effect, "尾号B32B"
        )
        yield Row(
            f"{kind.name} by name", bound, company(), relation, effect, "名称相同，统一社会信用代码未核对"
        )
        yield Row(f"{kind.name}, same name, other code", bound, company(id_no=OTHER_CODE), None)
        yield Row(f"{kind.name}, similar name", bound, company("云川安居物业管理有限公司"), None)
    body = mediator(organisation="安和区住房和城乡建设局")
    yield Row("the body is a party", body, company("安和区住房和城乡建设局"), R.EMPLOYER, OUT, "任职")
    yield Row("its street office is not", body, company("安和区住房和城乡建设局城东所"), None)
    brackets = mediator(tie(TieKind.EMPLOYER, "云川（集团）公司"))
    yield Row("half-width brackets", brackets, company("云川(集团) 公司"), R.EMPLOYER, OUT)
    parent = mediator(tie(TieKind.EMPLOYER, INSURER))
    branch = company(INSURER + "安和支公司")
    yield Row("branch of the employer", parent, branch, R.BRANCH, TELL, "属于同一法人")
    sibling = mediator(tie(TieKind.SHAREHOLDING, INSURER + "城东支公司"))
    yield Row("two branches", sibling, branch, R.BRANCH, TELL, "城东支公司")
    former = mediator(tie(TieKind.FORMER_EMPLOYER, INSURER))
    yield Row("branch of a former employer", former, branch, None)
    yield Row("a subsidiary is no branch", parent, company(INSURER + "物业有限公司"), None)
    client = mediator(tie(TieKind.CLIENT, "钮志斌", OTHER_ID))
    yield Row("former client", client, person(id_no=OTHER_ID), R.CLIENT, OUT, "曾代理")
    guardian = person(Part.GUARDIAN, id_no=OTHER_ID)
    yield Row("former client is guardian", client, guardian, R.CLIENT, TELL, "监护人钮志斌")
    member = person(Part.MEMBER, ref="A1-07", id_no=OTHER_ID)
    yield Row("former client is a member", client, member, R.CLIENT, OUT, "A1-07")


def _colleagues() -> Iterator[Row]:
    lawyer = mediator(organisation=FIRM)
    agent = person(Part.AGENT, "沈毅", employer=FIRM)
    yield Row("agent of the same firm", lawyer, agent, R.COLLEAGUE, TELL, f"同一单位：“{FIRM}”")
    declared = mediator(tie(TieKind.EMPLOYER, FIRM))
    yield Row("firm on file as a tie", declared, agent, R.COLLEAGUE, TELL, FIRM)
    yield Row("party at the same firm", lawyer, person(employer=FIRM), R.COLLEAGUE, TELL, FIRM)
    yield Row("former firm of the agent", mediator(tie(TieKind.FORMER_EMPLOYER, FIRM)), agent, None)
    other = person(Part.AGENT, "沈毅", employer="安和正恒律师事务所")
    yield Row("firm of similar name", lawyer, other, None)
    yield Row("no firm on both sides", mediator(organisation=""), person(Part.AGENT, "沈毅"), None)


ROWS = (*_themselves(), *_phones(), *_homes(), *_kin(), *_organisations(), *_colleagues())
