"""How a relation found is put into words: in full for the counter, without anybody's data for the parties."""

from __future__ import annotations

from mediation_desk.experts.conflicts.model import Earlier, Part, Person
from mediation_desk.experts.mediator import Mediator, Tie
from mediation_desk.shared.dates import cn_date

_ROLES = {
    Part.PARTY: "当事人",
    Part.AGENT: "当事人的代理人",
    Part.GUARDIAN: "当事人的监护人",
    Part.LEGAL_REPRESENTATIVE: "当事人单位的法定代表人",
    Part.OPERATOR: "当事人（个体工商户）的经营者",
    Part.MEMBER: "当事人一方的一名成员",
    Part.RELATED: "纠纷涉及的相关人员",
    Part.MEDIATOR: "调解员",
}


def mediator_words(mediator: Mediator) -> str:
    """``黎秋霞（M08）``."""
    return f"{mediator.name}（{mediator.pool_no}）"


def person_words(person: Person) -> str:
    """``当事人钮志斌（B1）``."""
    return f"{person.part.value}{person.name}" + (f"（{person.ref}）" if person.ref else "")


def role(person: Person) -> str:
    """The person as every party may read it: the parties of a case know each other's names, nobody else's."""
    return _ROLES[person.part] + (person.name if person.part is Part.PARTY else "")


def last_four(number: str) -> str:
    """``尾号1316``: all that a sentence ever says of a number (个人信息保护法 art. 6)."""
    return f"尾号{number[-4:]}"


def same_number(person: Person, number: str) -> str:
    """That both identity numbers or credit codes agree."""
    kind = "统一社会信用代码" if person.is_organisation else "证件号"
    return f"{kind}一致（{last_four(number)}）"


def same_name(person: Person) -> str:
    """That only the names agree."""
    return "名称相同，统一社会信用代码未核对" if person.is_organisation else "同名，证件号未核对"


def detail(tie: Tie) -> str:
    """``（丈夫的表弟，至2025年6月30日）``; empty when nothing more is on file."""
    known = [tie.relation, f"至{cn_date(tie.until)}" if tie.until else ""]
    text = "，".join(part for part in known if part)
    return f"（{text}）" if text else ""


def case_words(earlier: Earlier) -> str:
    """``（2026）锦园人调字第5号案件``; the key where a case never had a number; a case out of reach is not named."""
    if not (earlier.number or earlier.case_key):
        return "另一案件"
    return f"{earlier.number or earlier.case_key}案件"
