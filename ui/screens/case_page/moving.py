"""转换调解种类: another kind of mediation under another body; what follows from it is said before it is done."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.model import Body, CourtReferral
from mediation_desk.cases.steps.moving import MoveTrack, consequences
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.vocabulary import CourtMode
from mediation_desk.shared.errors import DeskError, InputError
from mediation_desk.shared.track import Track
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import NoteField, TextField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.widgets.text import paragraph

_BODY_LENGTH = 18
_LETTERS = {CourtMode.BEFORE_FILING: "委派调解函", CourtMode.AFTER_FILING: "委托调解函"}


class MoveForm(StepForm):
    """Track, body and reason; for judicial mediation also the letter of the court."""

    code = "move"
    allowed = MoveTrack.transition.sources
    keeps_words = True

    def __init__(self, page: Page) -> None:
        super().__init__(page, "转换调解种类", "转换")
        self._track = self.field("转为", "track", ChoiceField(Track))
        self._body: ChoiceField[Body] = ChoiceField((), word=lambda body: body.name)
        self._body.setMinimumContentsLength(_BODY_LENGTH)
        body = self.field("主持调解的单位", "body", self._body)
        self._on = self.field("日期", "on", DateField(), required=True)
        self._court = (
            self.field("方式", "mode", ChoiceField(CourtMode)),
            self.field("法院", "court", TextField(longest=80)),
            self.field("法院收案日期", "filed_on", DateField()),
            self.field("委派、委托日期", "referred_on", DateField()),
            self.field("本中心签收日期", "received_signed_on", DateField()),
        )
        self._case_no = self.field("法院案号", "court_case_no", TextField(longest=60))
        self._reason = self.field("理由", "reason", NoteField(lines=2), required=True)
        self._preview = paragraph()
        self._preview.setObjectName("move.preview")
        self.line(self._track, body, self._on, None)
        self.line(*self._court[:2], self._case_no, None)
        self.line(*self._court[2:], None)
        self.add(self._reason)
        self.add(self._preview)
        self.finish()
        self._track.editor.currentIndexChanged.connect(lambda _place: self._on_track_changed())
        for date_field in (self._on, *self._court[2:]):
            date_field.editor.editingFinished.connect(self._show_preview)

    def prefill(self, view: CaseView) -> None:
        """Another track than the present one, today."""
        tracks = tuple(dict.fromkeys(track for track, _body in view.centre.bodies)) or tuple(Track)
        self._track.editor.set_values(tracks)
        other = next((track for track in tracks if track is not view.file.track), tracks[0])
        self._track.editor.set_value(other)
        self._on.editor.set_value(view.today)
        self._reason.editor.set_value("")
        self._on_track_changed()

    def steps(self) -> Sequence[Step]:
        """One `MoveTrack`."""
        return (self._step(),)

    def typed(self) -> None:
        """What follows, as far as it can be told."""
        self._show_preview()

    def _step(self) -> MoveTrack:
        track, body, on = self._track.editor.value(), self._body.value(), self._on.editor.value()
        if track is None or body is None:
            raise InputError("本中心没有做这一种调解的单位，请先在中心设置里补上。", field="body")
        if on is None:
            raise InputError("请填写转换的日期。", field="on")
        court = self._referral() if track is Track.JUDICIAL else None
        return MoveTrack(
            on=on, track=track, body=body, reason=self._reason.editor.value(), court_referral=court
        )

    def _referral(self) -> CourtReferral | None:
        """The court's letter; None keeps the one on file, where there is one."""
        mode, court = self._court[0].editor.value(), self._court[1].editor.value()
        days = [field.editor.value() for field in self._court[2:]]
        if not court and not any(days) and self.page.view.file.court_referral is not None:
            return None
        asked = (("court", "法院"), ("filed_on", "法院收案日期"), ("referred_on", "委派、委托日期"))
        for (name, word), value in zip(
            (*asked, ("received_signed_on", "签收日期")), (court, *days), strict=True
        ):
            if not value:
                raise InputError(f"请填写{word}。", field=name)
        filed, referred, received = days
        if mode is None or filed is None or referred is None or received is None:
            raise InputError("请选委派还是委托。", field="mode")
        return CourtReferral(
            mode=mode,
            court=court,
            letter=_LETTERS[mode],
            filed_on=filed,
            referred_on=referred,
            received_signed_on=received,
            parties_consent=True,
            court_case_no=self._case_no.editor.value() or None,
        )

    def _on_track_changed(self) -> None:
        track, view = self._track.editor.value(), self.page.view
        self._body.set_values(body for kind, body in view.centre.bodies if kind is track)
        for field in (*self._court, self._case_no):
            field.setVisible(track is Track.JUDICIAL)
        self._show_preview()

    def _show_preview(self) -> None:
        try:
            said = consequences(self.page.view.file, self._step())
        except DeskError as error:
            said = (error.message,)
        self._preview.setText("\n".join(said))
