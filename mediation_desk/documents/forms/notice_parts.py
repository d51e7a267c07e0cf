"""What all notices share: whom they address, how they speak of the matter, and the stub kept behind (§2.1, §2.2)."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.official_notice import OfficialNotice
from mediation_desk.documents.content import (
    Block,
    Clause,
    Heading,
    Number,
    Paper,
    Perforation,
    Profile,
    Title,
    paragraph,
)
from mediation_desk.documents.form_grid import FormGrid, caption, row, signed, value
from mediation_desk.documents.forms.people import agent_title, guardian_title, head_title, representatives
from mediation_desk.documents.forms.signing import seal
from mediation_desk.parties.model import Party
from mediation_desk.shared.dates import cn_date_or_blank
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track

PREFIX = {Track.PEOPLES: "人民调解", Track.ADMINISTRATIVE: "行政调解", Track.JUDICIAL: "调解"}
"""What the titles of notices begin with."""
OPEN_NUMBER = "＿＿＿＿＿＿＿＿"
"""Room for the pen where no number has been given."""


@record
class Letter:
    """One notice to one party; ``turn`` tells several of a kind apart (第1次), ``day`` is printed under the seal."""

    title: str
    number: str | None
    day: date | None
    turn: str = ""
    stub: bool = False
    profile: Profile = Profile.SMALL


def titles(word: str) -> dict[Track, str]:
    """``人民调解受理通知书`` and its sisters."""
    return {track: prefix + word for track, prefix in PREFIX.items()}


def notice(file: CaseFile, party: Party, letter: Letter, said: tuple[Block, ...]) -> Paper:
    """The notice: number, addressee, what it says, 特此通知, seal and day, and the stub where one is kept."""
    blocks: tuple[Block, ...] = (
        Title(text=letter.title),
        Number(text=f"文号：{letter.number or OPEN_NUMBER}"),
        paragraph(f"{addressee(file, party)}：", indent=False),
        *said,
        paragraph("特此通知。", keep=True),
        seal(file, letter.day),
        *(stub(file, party, letter) if letter.stub else ()),
    )
    heading = Heading(
        form="通知书",
        title=letter.title,
        number=letter.number or file.intake.number,
        dated=letter.day,
        part="-".join(part for part in (letter.turn, party.ref) if part),
    )
    return Paper(heading=heading, blocks=blocks, profile=letter.profile)


def letter_of(title: str, given: OfficialNotice | None, day: date | None, *, turn: str = "") -> Letter:
    """With the number and day of the notice as it was issued; before that the day of the matter itself."""
    number, issued_on = (given.number, given.on) if given else (None, day)
    return Letter(title=title, number=number, day=issued_on, turn=turn)


def stub(file: CaseFile, party: Party, letter: Letter) -> tuple[Block, ...]:
    """What the body keeps when the sheet is torn along the perforation, on whose line the number stands twice seen."""
    number = letter.number or OPEN_NUMBER
    rows = (
        row(caption(f"{letter.title}（存根）", span=4)),
        row(caption("文号"), value(number), caption("日期"), value(cn_date_or_blank(letter.day))),
        row(
            caption("受送达人"), value(party.name), caption("对方当事人"), value(others(file, party) or "无")
        ),
        row(caption("事由"), value(matter(file), span=3)),
        row(caption("签发人"), signed("签发人"), caption("经办人"), signed("经办人")),
    )
    return (
        Perforation(number=number),
        FormGrid(columns=(26, 50, 30, 50), rows=rows),
    )


def addressee(file: CaseFile, party: Party) -> str:
    """The party, and who takes the notice for it: guardian, representatives, agents."""
    through = []
    if party.guardian:
        through.append(f"{guardian_title(party.guardian)}{party.guardian.name}")
    if party.is_group:
        through += [f"代表人{member.name}" for member in representatives(file, party)]
    if party.legal_representative:
        through.append(f"{head_title(party)}{party.legal_representative.name}")
    through += [f"{agent_title(agent)}{agent.name}" for agent in party.agents]
    return f"{party.name}（{'、'.join(through)}）" if through else party.name


def you(party: Party) -> str:
    """How a notice speaks to the party."""
    if party.is_group:
        return "你们"
    return "你" if party.is_person else "你单位"


def others(file: CaseFile, party: Party) -> str:
    """Names of all other parties."""
    return "、".join(other.name for other in file.parties if other.ref != party.ref)


def matter(file: CaseFile) -> str:
    """``邻里纠纷（测试小区渗水纠纷）``."""
    return f"{file.dispute.category}（{file.title}）"


def between(file: CaseFile, party: Party) -> str:
    """``你与测试物业有限公司之间的邻里纠纷（测试小区渗水纠纷）``."""
    with_whom = others(file, party)
    return f"{you(party)}与{with_whom}之间的{matter(file)}" if with_whom else matter(file)


def numbered(points: tuple[str, ...]) -> tuple[Clause, ...]:
    """``1．``, ``2．`` …"""
    return tuple(Clause(number=f"{place}．", text=point) for place, point in enumerate(points, start=1))
