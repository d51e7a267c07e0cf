"""屏幕手写: a name drawn on the pad, kept with its strokes, bound to the paper's wording."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from mediation_desk.cases.ink.binding import NOT_RELIABLE, bind, strokes_json
from mediation_desk.cases.ink.mark import Handwriting
from mediation_desk.cases.ink.place import InkPlace
from mediation_desk.cases.ink.tray import Tray
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.handwriting import KeepHandwriting
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.screens.case_page.ink.forms import InkForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.tokens import Tone
from ui.widgets.buttons import link
from ui.widgets.handwriting.pad import HandwritingPad
from ui.widgets.layout import row
from ui.widgets.text import paragraph


class DrawingForm(InkForm):
    """Who writes, the pad, and above both what such a name is not."""

    code = "ink_draw"

    def __init__(self, page: Page, chosen: Callable[[], Tray | None]) -> None:
        super().__init__(page, "在屏幕上手写", "存下手写", chosen)
        self._places: dict[str, InkPlace] = {}
        self._who = self.field("谁写", "who", ChoiceField[str](()), required=True)
        self.pad = HandwritingPad(self)
        self.pad.setObjectName("ink_draw.pad")
        self.pad.edited.connect(self.touch)
        again = link("清空重写", self.pad.clear, symbol="undo")
        again.setObjectName("ink_draw.clear")
        self.add(paragraph(f"{NOT_RELIABLE}。印出的文书上也这样写明；纸上的位置仍然待签。", Tone.SOON))
        self.line(self._who, None)
        self.add(self.pad)
        self.add(row(again, None))
        self.finish()
        self.order(self._who.editor, self.pad, again)

    def subject(self, view: CaseView) -> object:
        """Each drawing anew."""
        return super().subject(view), len(view.file.beside.handwritings)

    def refresh_choices(self, view: CaseView) -> None:
        """Everybody who signs on the chosen paper; a roll is signed on paper."""
        tray = self._chosen()
        signed = [one for one in tray.places if one.drawable] if tray is not None else []
        self._places = {}
        for place in signed:
            for name in place.hands:
                self._places.setdefault(name, place)
        self._who.editor.set_values(tuple(self._places))

    def choose(self, hand: str) -> None:
        """Begin with this human."""
        self._who.editor.set_value(hand)

    def prefill(self, view: CaseView) -> None:
        """An empty pad."""
        self.pad.clear()

    def send(self) -> None:
        """Put strokes and picture into the file store, then keep the record. Raises ``InputError``."""
        tray, name = self._chosen(), self._who.editor.value()
        if tray is None or name is None:
            raise InputError("请选谁写。", field="who")
        strokes, place = self.pad.strokes(), self._places[name]
        data = strokes_json(strokes)
        services, seen, at = self.page.context.services, self.page.view.file, datetime.now(UTC)

        def do() -> CaseFile:
            from mediation_desk.documents.handwriting import picture_of  # loaded late: an image library

            files = services.attachments
            made = Handwriting(
                no=0,
                form=tray.form,
                paper_no=tray.paper_no,
                version=tray.version,
                place=place.key,
                name=name,
                at=at.replace(microsecond=at.microsecond // 1000 * 1000),
                strokes=files.put_bytes(data).sha256,
                picture=files.put_bytes(picture_of(strokes)).sha256,
                bound="",
                noted_by="",
            )
            step = KeepHandwriting(written=replace(made, bound=bind(seen.case_key, made)))
            return services.cases.perform(services.actor, seen.case_key, step, version=seen.version)

        self.submit_button.set_busy(True)
        self.page.call(do, self._on_done, self._on_failed, lambda _file: f"已存下{name}的手写")
