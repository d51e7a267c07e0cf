"""The form of one account: a new one, or one of the list to be changed."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal

from mediation_desk.access.accounts.model import Account, Post
from mediation_desk.access.roles import role_rules
from ui.fields.check_field import CheckField
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.tokens import Tone
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel, plain_tooltip
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow


class AccountForm(Card):
    """``saved`` when the button is pressed, ``left`` when the user thinks better of it."""

    saved = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__("账号")
        self.account: Account | None = None
        self.name = Field(
            "账号", TextField("登录时用，如 lu 或者 卢倩", longest=32), name="name", required=True
        )
        self.shown = Field("姓名", TextField(longest=32), name="display_name", required=True)
        self.unit = Field("单位", TextField("不填就是全中心", longest=100), name="body")
        self.card = Field("名册编号", TextField("调解员在专家库里的编号", longest=20), name="pool_no")
        self.id_no = Field("身份证号", TextField("只用来提示本人的案件", longest=18), name="id_no")
        self.phone = Field("手机号", TextField("同上", longest=40), name="phone")
        self.relatives = Field(
            "近亲属", TextField("姓名 身份证号，用顿号隔开", longest=600), name="relatives"
        )
        self.roles = {name: CheckField(name) for name in role_rules()}
        for field in self.fields():
            field.editor.setObjectName(f"accounts.{field.name}")
        for name, box in self.roles.items():
            box.setObjectName(f"accounts.role.{name}")
            plain_tooltip(box, role_rules()[name].does)
            box.setAccessibleDescription(role_rules()[name].does)
        self.notice = PlainLabel(tone=Tone.SEAL, wrap=True)
        self.notice.setObjectName("accounts.notice")
        self.save = primary("开账号", self.saved.emit)
        self.save.setObjectName("accounts.save")
        self._lay_out()
        self.begin(None)

    def begin(self, account: Account | None) -> None:
        """Show an account, or an empty form for a new one."""
        self.account = account
        self.name.editor.set_value(account.name if account else "")
        self.name.editor.setEnabled(account is None)
        self.shown.editor.set_value(account.display_name if account else "")
        self.unit.editor.set_value(account.body if account else "")
        self.card.editor.set_value(account.pool_no if account else "")
        self.id_no.editor.set_value(account.id_no if account else "")
        self.phone.editor.set_value(account.phone if account else "")
        self.relatives.editor.set_value("、".join(account.relatives) if account else "")
        for name, box in self.roles.items():
            box.set_value(account is not None and name in account.roles)
        self.save.set_caption("保存" if account else "开账号")
        self.say("")
        for field in self.fields():
            field.set_error("")

    def fields(self) -> tuple[Field[TextField], ...]:
        """In their order."""
        return self.name, self.shown, self.unit, self.card, self.id_no, self.phone, self.relatives

    def post(self) -> Post:
        """What the fields say."""
        return Post(
            display_name=self.shown.editor.value(),
            roles=tuple(name for name, box in self.roles.items() if box.value()),
            body=self.unit.editor.value(),
            pool_no=self.card.editor.value(),
            id_no=self.id_no.editor.value(),
            phone=self.phone.editor.value(),
            relatives=tuple(re.split("[、，,；;]", self.relatives.editor.value())),
        )

    def say(self, sentence: str) -> None:
        """What was refused."""
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))

    def show_problem(self, field: str, sentence: str) -> None:
        """Beneath the field, or beneath all of them."""
        found = next((one for one in self.fields() if one.name == field), None)
        if found is None:
            self.say(sentence)
        else:
            found.set_error(sentence)
            found.editor.setFocus()

    def _lay_out(self) -> None:
        who, what = WrappingRow(gap=12), WrappingRow(gap=8)
        for field, width in zip(self.fields(), (180, 160, 200, 180, 200, 160, 320), strict=True):
            who.add(field, width, 1)
        for box in self.roles.values():
            what.add(box, 120)
        self.add(who)
        self.add(small("角色（停在上面看它管什么；系统管理员和审计员不能是同一个人）", wrap=True))
        self.add(what)
        self.add(self.notice)
        self.add(row(None, button("不改了", self.left.emit), self.save))
