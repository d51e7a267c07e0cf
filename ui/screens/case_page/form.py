"""An inline form that takes one step: fields, errors beside them, words kept while they are typed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar, TypeVar, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import ConflictError, InputError, RuleError
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.screens.case_page.drafts import WordKeeper, put_words, read_words
from ui.screens.case_page.editors import NumberField, TimeField
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.tokens import Tone
from ui.widgets.buttons import button, link, primary
from ui.widgets.card import Card
from ui.widgets.layout import boxed, row
from ui.widgets.plain import PlainLabel, plain_caption

E = TypeVar("E", bound=QWidget)


class StepForm(Card):
    """Base of all forms of the page. ``code`` begins every object name: ``accept.on``, ``accept.submit``.

    Subclasses add fields in ``__init__``, fill them in `prefill` and read them in `steps`. Words typed into a
    form with ``keeps_words`` survive a restart. A conflict or a rule leaves every word where it is.
    """

    code: str = ""
    keeps_words: ClassVar[bool] = False
    done = Signal()
    given_up = Signal()

    def __init__(self, page: Page, heading: str, verb: str, *, remark: str = "", cancel: bool = True) -> None:
        super().__init__(heading, remark=remark)
        self.setObjectName(f"{self.code}.form")
        self.page = page
        self.fields: dict[str, Field[QWidget]] = {}
        self._subject: object = None
        self._case = ""
        self._base: CaseFile | None = None
        self._dirty = False
        self._filling = False
        self.submit_button = primary(verb, self.submit)
        self.submit_button.setObjectName(f"{self.code}.submit")
        self._notice = PlainLabel(tone=Tone.SEAL, wrap=True)
        self._notice.setObjectName(f"{self.code}.notice")
        self._notice.hide()
        self._keeper = WordKeeper(page, self.code, self.words, self) if self.keeps_words else None
        self._offer = self._offer_strip()
        self.add(self._offer)
        self.deeds: QHBoxLayout = row(gap=8)
        cancel_button = button("收起", self.given_up.emit)
        cancel_button.setObjectName(f"{self.code}.cancel")
        if not cancel:
            cancel_button.hide()
        self._cancel = cancel_button

    # For subclasses

    def field(self, word: str, name: str, editor: E, *, required: bool = False) -> Field[E]:
        """A field of this form, named for commands, errors and the tour."""
        made: Field[E] = Field(word, editor, name=name, required=required)
        editor.setObjectName(f"{self.code}.{name}")
        self.fields[name] = cast("Field[QWidget]", made)
        edited = getattr(editor, "edited", None)
        if edited is not None:
            edited.connect(self.touch)
        if isinstance(editor, QLineEdit):
            editor.installEventFilter(self)
        if isinstance(editor, DateField | TimeField | NumberField):
            made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        return made

    def check_box(self, word: str, name: str) -> QCheckBox:
        """A named check box that counts as a change."""
        made = QCheckBox(plain_caption(word))
        made.setObjectName(f"{self.code}.{name}")
        made.setAccessibleName(word)
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        made.clicked.connect(self.touch)
        return made

    def line(self, *items: QWidget | int | None) -> None:
        """Put fields side by side, tops aligned."""
        made = row(*items, gap=12)
        for item in items:
            if isinstance(item, Field):
                made.setAlignment(item, Qt.AlignmentFlag.AlignTop)
        self.add(made)

    def finish(self) -> None:
        """Call last in ``__init__``: notice and buttons go beneath the fields."""
        self.add(self._notice)
        self.deeds.addStretch(1)
        self.deeds.addWidget(self._cancel)
        self.deeds.addWidget(self.submit_button)
        self.add(self.deeds)
        # Enter from the last field leads to the deed, not to the way out.
        QWidget.setTabOrder(self.submit_button, self._cancel)

    def order(self, *widgets: QWidget) -> None:
        """Make Tab go through these in this order and on to the buttons."""
        chain = (*widgets, self.submit_button, self._cancel)
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def subject(self, view: CaseView) -> object:
        """What this form is about; another subject empties it."""
        return view.file.case_key

    def prefill(self, view: CaseView) -> None:
        """Fill the fields for a fresh subject."""

    def refresh_choices(self, view: CaseView) -> None:
        """Bring lists to choose from up to date, without touching what was typed."""

    def steps(self) -> Sequence[Step]:
        """The commands these fields make. Raises ``InputError`` naming a field."""
        raise NotImplementedError

    def words(self) -> dict[str, object]:
        """What to keep as a draft."""
        return {name: read_words(field.editor) for name, field in self.fields.items()}

    def put_words(self, words: dict[str, object]) -> None:
        """Put kept words back."""
        for name, kept in words.items():
            if name in self.fields:
                put_words(self.fields[name].editor, kept)

    def take_up(self, words: dict[str, object]) -> None:
        """Go on with words from before, as if they had just been typed here."""
        self.settle(self.page.view)
        self._offer.hide()
        self._filling = True
        self.put_words(words)
        self._filling = False
        self._dirty = True
        self.typed()

    # For tabs

    def settle(self, view: CaseView) -> None:
        """Follow another reading: fresh fields for a fresh subject; words being typed stay within their case.

        Another day is another subject: a desk left open over night does not propose yesterday.
        """
        self.refresh_choices(view)
        if not self._dirty or view.file.case_key != self._case:
            self._base = view.file
        subject, case = (self.subject(view), view.today), view.file.case_key
        if subject == self._subject:
            return
        kept = self._dirty and case == self._case
        self._subject, self._case = subject, case
        if not kept:
            self._reset(view)

    def is_dirty(self) -> bool:
        """Whether somebody has typed here since the form was filled."""
        return self._dirty

    @property
    def base(self) -> CaseFile:
        """The case as it was when the words here began: what they are compared with where others save meanwhile."""
        return self._base if self._base is not None else self.page.view.file

    def touch(self) -> None:
        """Something was typed; filling a form by program does not count."""
        if self._filling:
            return
        self._dirty = True
        self._offer.hide()
        self._say("")
        if self._keeper is not None:
            self._keeper.note()
        self.typed()

    def typed(self) -> None:
        """Called after every change the user made."""

    def focus_first(self) -> None:
        """Put the focus into the first field and show the form."""
        self.page.bring_into_view(self)
        for field in self.fields.values():
            if field.isVisibleTo(self) and field.editor.isEnabled():
                field.editor.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def primary(self) -> QPushButton | None:
        """The button of this form while somebody works in it."""
        return self.submit_button if self.is_in_use() else None

    def is_in_use(self) -> bool:
        """Whether something was typed or the focus is here; a form that merely stands open is not in use."""
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        return self.isVisible() and (self._dirty or inside)

    def submit(self) -> None:
        """Check everything, then take the step."""
        self._say("")
        wrong = [field for field in self.fields.values() if field.isVisibleTo(self) and not field.check()]
        if wrong:
            wrong[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.bring_into_view(wrong[0])
            return
        try:
            self.send()
        except InputError as error:
            self._on_failed(error)

    def send(self) -> None:
        """Take the steps; a form that asks a service instead overrides this. Raises ``InputError``."""
        steps = self.steps()
        self.submit_button.set_busy(True)
        self.page.take(steps, self._on_done, self._on_failed, base=self.base)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next field, Shift+Enter back."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if plain == Qt.KeyboardModifier.NoModifier:
                    self.focusNextPrevChild(True)
                    return True
                if plain == Qt.KeyboardModifier.ShiftModifier:
                    self.focusNextPrevChild(False)
                    return True
        return super().eventFilter(watched, event)

    # Inside

    def _reset(self, view: CaseView) -> None:
        for field in self.fields.values():
            field.set_error("")
        self._say("")
        self._filling = True
        self.prefill(view)
        self._filling = False
        self._dirty = False
        draft = view.drafts.get(self._keeper.code) if self._keeper else None
        self._offer.setVisible(draft is not None)

    def _on_done(self, _result: object) -> None:
        self.submit_button.set_busy(False)
        if self._keeper is not None:
            self._keeper.drop()
        self._dirty = False
        self._subject = None
        self.done.emit()

    def _on_failed(self, error: BaseException) -> bool:
        self.submit_button.set_busy(False)
        if isinstance(error, ConflictError):
            self._say("另一位工作人员刚刚保存了本案。上面已换成最新的内容，您写的都还在，请核对后再办一次。")
            self.page.read_again()
            return True
        if isinstance(error, InputError) and error.field in self.fields:
            field = self.fields[error.field]
            field.set_error(error.message)
            field.editor.setFocus()
            self.page.bring_into_view(field)
            return True
        if isinstance(error, InputError | RuleError):
            rule = getattr(error, "rule", "")
            shown = f"（{rule}）" if rule and rule not in error.message else ""
            self._say(f"{error.message}{shown}")
            return True
        return False

    def _say(self, sentence: str) -> None:
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))
        if sentence:
            self.page.bring_into_view(self._notice)

    def _offer_strip(self) -> QWidget:
        words = PlainLabel("上次没写完的内容还留着。", tone=Tone.SOON)
        again = button("接着写", self._on_again_clicked)
        again.setObjectName(f"{self.code}.restore")
        strip = boxed(row(words, None, link("不要了", self._on_not_wanted_clicked), again))
        strip.hide()
        return strip

    def _on_again_clicked(self) -> None:
        draft = self.page.view.drafts.get(self._keeper.code) if self._keeper else None
        self._offer.hide()
        if draft is not None:
            self.take_up(draft.content)
            QTimer.singleShot(0, self, self.focus_first)

    def _on_not_wanted_clicked(self) -> None:
        self._offer.hide()
        if self._keeper is not None:
            self._keeper.drop()
