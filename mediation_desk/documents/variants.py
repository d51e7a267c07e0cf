"""Bodies with forms of their own: police, traffic police, market regulators (``rules/variants.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Category
from mediation_desk.shared.assets import built
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


@record
class Variant:
    """When a form of such a body applies, and the words that are its own.

    ``body`` are words one of which its name must hold; without ``categories`` every dispute fits.
    """

    form: str
    title: str
    track: Track
    body: tuple[str, ...]
    categories: tuple[Category, ...]
    copies: str
    basis: str
    lines: tuple[str, ...]

    def fits(self, file: CaseFile) -> bool:
        """Whether the body and the dispute of this case are meant."""
        named = any(word in file.organisation.name for word in self.body)
        kind = not self.categories or file.dispute.category in self.categories
        return file.track is self.track and named and kind


def variant(form: str) -> Variant:
    """The variant called ``form``. Raises ``InputError`` when the rule file is faulty or does not have it."""

    def build(data: Mapping[str, Any]) -> Variant:
        entry = next(one for one in data["variant"] if one["form"] == form)
        return Variant(
            form=form,
            title=str(entry["title"]),
            track=Track(entry["track"]),
            body=tuple(map(str, entry["body"])),
            categories=tuple(Category(one) for one in entry.get("categories", ())),
            copies=str(entry.get("copies", "")),
            basis=str(entry.get("basis", "")),
            lines=tuple(map(str, entry.get("lines", ()))),
        )

    try:
        return built("variants", build)
    except StopIteration:
        raise InputError(f"规则文件 variants.toml 里没有“{form}”，请检查。") from None


def unfit(file: CaseFile, form: str) -> str | None:
    """Why a case has no such paper, or None; a faulty rule file is told where the paper would be."""
    try:
        meant = variant(form)
    except InputError as error:
        return error.message
    if meant.fits(file):
        return None
    words = "、".join(meant.body)
    kinds = f"调解{'、'.join(meant.categories)}" if meant.categories else "调解"
    return f"{meant.title}只用于名称里有“{words}”的单位{kinds}的案件（{meant.track}）。"
