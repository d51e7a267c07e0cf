"""F-17 封底: how many pages and bags, when bound, by whom, checked by whom (§2.2)."""

from __future__ import annotations

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Block, Fields, Heading, Paper, Profile, Space, paragraph
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import NOTHING, Background
from mediation_desk.documents.forms.volume_cover import applies, volume_number
from mediation_desk.shared.dates import BLANK_DATE, cn_date
from mediation_desk.shared.track import Track

TITLES = dict.fromkeys(Track, "封底")
_OPEN = "　　　"


def compose(file: CaseFile, background: Background = NOTHING) -> tuple[Paper, ...]:
    """One sheet; counted while a volume is put together, else open for the pen."""
    binding, archive = background.binding, file.archive
    count = binding.pages if binding else (archive.pages if archive else None)
    bags = str(binding.bags) if binding else _OPEN
    bound = archive.archived_on if archive else None
    blocks: tuple[Block, ...] = (
        Space(height=138),
        paragraph(f"本卷连同封面封底共 {count or _OPEN} 页，附证物袋 {bags} 个。", keep=True),
        Space(height=8),
        Fields(
            rows=(
                ("装 订 日 期", cn_date(bound) if bound else BLANK_DATE),
                ("装　订　人", ""),
                ("检　查　人", ""),
            ),
            height=16.5,
        ),
    )
    heading = Heading(form="F-17", title=TITLES[file.track], number=volume_number(file), dated=bound)
    return (Paper(heading=heading, blocks=blocks, profile=Profile.COVER, numbered=False),)


FORM = Form(key="back", code="F-17", stage=Stage.FILE, titles=TITLES, applies=applies, compose=compose)
