"""要求更换 and the ruling on it; what an objection does is the rule of the track, told in place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mediation_desk.cases.choosing.recusal_rules import Objection, RecusalRule
from mediation_desk.experts.choice.ballot import Answer
from mediation_desk.experts.model import CaseMediator, RecusalGround, RecusalResult
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import TextField
from ui.screens.case_page.choosing.service_form import ServiceForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.tokens import Tone
from ui.widgets.text import paragraph

_GROUND_ROOM = 15


def effect(rule: RecusalRule, name: str) -> str:
    """What an objection to this mediator does, with the source of the rule."""
    if rule.objection is Objection.REPLACE:
        does = f"当事人要求更换，{name}就不再任本案调解员，由各方另选"
    else:
        does = f"由{rule.decided_by}审查以后决定准许或者驳回"
    keep = "；各方知情以后都同意的，可以继续" if rule.may_keep else ""
    return f"{rule.track}：{does}{keep}。{rule.again}。依据：{rule.basis}。"


class ObjectForm(ServiceForm):
    """One party wants another mediator: ground and reason."""

    goes_on = True

    def __init__(self, page: Page, mediator: CaseMediator) -> None:
        self.code = f"object.{mediator.pool_no}"
        super().__init__(page, "", "提出更换")
        self._mediator = mediator
        self._party, self._rule = "", None
        self._who = paragraph()
        self._effect = paragraph("", Tone.QUIET)
        ground: ChoiceField[RecusalGround] = ChoiceField(RecusalGround)
        ground.setMinimumContentsLength(_GROUND_ROOM)
        self._ground = self.field("事由", "ground", ground)
        self._detail = self.field("理由", "detail", TextField("例如 系对方当事人的表亲"), required=True)
        self._on = self.field("日期", "on", DateField(), required=True)
        self.add(self._who)
        self.line(self._ground, self._detail, self._on)
        self.add(self._effect)
        self.finish()

    def ask(self, party: str, rule: RecusalRule) -> None:
        """Open the form for one party."""
        self._party = party
        name = self.page.view.file.name_of(party)
        self._who.setText(f"{name}要求更换{self._mediator.name}：")
        self._effect.setText(effect(rule, self._mediator.name))
        replaced = rule.objection is Objection.REPLACE
        self.submit_button.set_caption("提出更换，另选调解员" if replaced else "提出更换，等待决定")
        self.settle(self.page.view)
        self.show()
        self.focus_first()

    def subject(self, view: CaseView) -> object:
        """Each party objects for itself."""
        return view.file.case_key, self._party

    def prefill(self, view: CaseView) -> None:
        """Today, the general ground."""
        self._ground.editor.set_value(RecusalGround.OTHER)
        self._detail.editor.set_value("")
        self._on.editor.set_value(view.today)

    def call(self) -> Callable[[], object]:
        """`DisclosureService.answer` with an objection."""
        ground, on = self._ground.editor.value(), self._on.editor.value()
        if ground is None or on is None:
            raise InputError("请选事由。", field="ground")
        answer = Answer(
            party=self._party, on=on, accepts=False, ground=ground.value, detail=self._detail.editor.value()
        )
        services, key = self.page.context.services, self.page.view.file.case_key
        return lambda: services.disclosures.answer(services.actor, key, self._mediator.pool_no, answer)

    def told(self) -> str:
        """Who objected."""
        return f"{self.page.view.file.name_of(self._party)}要求更换{self._mediator.name}，已经记下"


class RulingForm(ServiceForm):
    """准许 or 驳回, by whom and when; granted, the parties choose anew."""

    goes_on = True

    def __init__(self, page: Page, mediator: CaseMediator) -> None:
        self.code = f"ruling.{mediator.pool_no}"
        super().__init__(page, "", "记下决定", cancel=False)
        self._mediator = mediator
        self._objection: Answer | None = None
        self._rule: RecusalRule | None = None
        self._who = paragraph("", Tone.SOON)
        self._basis = paragraph("", Tone.QUIET)
        result: ChoiceField[RecusalResult] = ChoiceField(RecusalResult, empty="还没有决定")
        self._result = self.field("决定", "result", result, required=True)
        self._by = self.field("由谁决定", "by", TextField(), required=True)
        self._on = self.field("决定日期", "on", DateField(), required=True)
        self.add(self._who)
        self.line(self._result, self._by, self._on)
        self.add(self._basis)
        self.finish()

    def show_objection(self, answer: Answer, rule: RecusalRule) -> None:
        """What has to be decided."""
        self._objection, self._rule = answer, rule
        name = self.page.view.file.name_of(answer.party)
        self._who.setText(
            f"{name}要求更换{self._mediator.name}（{answer.ground}：{answer.detail}），等待决定。"
        )
        self._basis.setText(effect(rule, self._mediator.name))
        self.settle(self.page.view)

    def subject(self, view: CaseView) -> object:
        """The objection."""
        return view.file.case_key, self._objection

    def prefill(self, view: CaseView) -> None:
        """Who decides by the rule of the track."""
        self._result.editor.setCurrentIndex(0)
        self._by.editor.set_value(self._rule.decided_by if self._rule else "")
        self._on.editor.set_value(view.today)

    def call(self) -> Callable[[], object]:
        """`DisclosureService.rule_on`."""
        result, on, objection = self._result.editor.value(), self._on.editor.value(), self._objection
        if result is None or on is None or objection is None:
            raise InputError("请选准许或者驳回。", field="result")
        services, key, by = self.page.context.services, self.page.view.file.case_key, self._by.editor.value()
        pool_no, granted = self._mediator.pool_no, result is RecusalResult.GRANTED
        return lambda: services.disclosures.rule_on(
            services.actor, key, pool_no, granted=granted, by=by, on=on, party=objection.party
        )

    def told(self) -> str:
        """The ruling."""
        return f"对更换{self._mediator.name}的要求：{self._result.editor.value()}"


def separated(widget: QWidget) -> QWidget:
    """``widget`` without the ground of a card, for a form inside one."""
    widget.setProperty("card", "false")
    return widget
