"""The sentences on a public card, to read and to be read aloud."""

from __future__ import annotations

from datetime import date

from mediation_desk.cases.choosing.paper import PaperCard
from mediation_desk.cases.choosing.window_rules import Matter
from mediation_desk.experts.mediator import PublicCard
from ui.moments import when

CUT = "……"


def standing(card: PublicCard) -> str:
    """``从业 12 年 · 二级人民调解员``; what is not on file is left out."""
    return " · ".join(part for part in (_years(card.years), card.grade or "") if part)


def facts(card: PaperCard, matter: str, today: date) -> tuple[tuple[str, str], ...]:
    """Word and fact, in the order in which visitors ask."""
    public = card.public
    done = f"处理过 {card.handled} 起{matter}" if card.handled else f"这里还没有{matter}的记录"
    free = f"最早 {when(card.next_free, today)}" if card.next_free else when(None, today)
    return (
        ("擅长", "、".join(public.specialties) or "各类纠纷"),
        ("经验", done),
        ("时间", free),
        ("语言", "、".join(public.languages)),
    )


def spoken(card: PaperCard, matter: str, today: date) -> str:
    """The whole card as sentences."""
    public = card.public
    parts = [public.name, public.organisation, standing(public).replace(" · ", "，")]
    parts += [f"{word}，{fact}" for word, fact in facts(card, matter, today)]
    parts += [public.introduction, *card.told]
    return "\n".join(f"{part.rstrip('。')}。" for part in parts if part)


def cut(text: str, longest: int) -> str:
    """The beginning of ``text`` when it is longer than ``longest`` characters."""
    return text if len(text) <= longest else text[:longest].rstrip("，、；。 ") + CUT


def fitting(cards: tuple[PaperCard, ...], matter: Matter | None) -> tuple[PaperCard, ...]:
    """Those whose fields fit ``matter``, in the order of the sheet; everybody when it is None or fits nobody."""
    if matter is None:
        return cards
    return tuple(card for card in cards if matter.fits(card.public.specialties)) or cards


def _years(years: int | None) -> str:
    if years is None:
        return ""
    return f"从业 {years} 年" if years > 0 else "从业不到 1 年"
