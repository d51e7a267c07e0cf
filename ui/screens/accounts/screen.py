"""账号: the list, opening and changing accounts, locking them, passwords for one use, the sheet in the safe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mediation_desk.access.accounts.granting import post_of
from mediation_desk.access.accounts.model import Account, Post
from mediation_desk.access.accounts.rekeyed import KeyStanding, Rekeyed
from mediation_desk.access.permissions import Permission
from mediation_desk.access.roles import missing
from mediation_desk.cases.comparing import compared
from mediation_desk.shared.changes import Changes
from mediation_desk.shared.errors import ConflictError, DeskError, InputError
from ui.printing.choosing import ANY, choose_printer
from ui.printing.sending import send
from ui.screens.accounts.form import AccountForm
from ui.screens.accounts.key_card import KeyCard
from ui.screens.base import Context, Screen
from ui.screens.side_by_side import SideBySide
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.tokens import Tone
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.danger_dialog import ask
from ui.widgets.layout import row
from ui.widgets.message_bar import Kind
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small

TOPIC = "accounts"
_ONCE = "口令只显示这一次，请当面告诉本人；第一次登录要换成自己的。"
_SHEET = "新的恢复码只显示这一次，请打印一张封存；以前的恢复单已经作废。"
_NO_PRACTICE = "演练中心不用登录，这里只能看，不能开账号。"
_LOWEST = 220
_STALE = "另一位管理员刚刚改了这个账号；您写的都还在，请核对后重试。"
_NAMES = {"display_name": "姓名", "roles": "角色", "body": "单位", "relatives": "亲属"}


class AccountsScreen(Screen):
    """Nothing is deleted: records name accounts; who left is locked."""

    code = "accounts"
    caption = "账号"
    topics = frozenset((TOPIC,))
    scrolled = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.table: RecordTable[Account] = RecordTable(
            "账号", _COLUMNS, key=lambda one: one.name, empty="还没有账号。"
        )
        self.table.setObjectName("accounts.list")
        self.table.setMinimumHeight(context.theme.px(_LOWEST))
        self.add_button = primary("开账号", self._on_new, symbol="add")
        self.edit = button("改", self._on_edit)
        self.lock = button("停用", self._on_lock)
        self.open_again = button("启用", self._on_open_again)
        self.reset = button("重置口令", self._on_reset)
        self.sheet = button("新的恢复单", self._on_sheet)
        self.print = button("打印恢复单", self._on_print, symbol="print")
        self._told = Card("只显示这一次")
        self._secret, self._about = PlainLabel(role="figure"), small("", wrap=True)
        self.why = small("", Tone.QUIET, wrap=True)
        self.form = AccountForm()
        self.key = KeyCard(context)
        self._lay_out()
        self._connect()
        self.primary, self.first = self.add_button, self.table
        self._settle()

    def refresh(self) -> None:
        """Read the accounts."""
        services = self.context.services
        self.context.desk.query(
            lambda: services.accounts.accounts(services.actor), self._show, owner=self, slot="accounts"
        )

        self.context.desk.query(
            lambda: services.accounts.key_standing(services.actor), self._show_key, owner=self, slot="key"
        )

    def secret(self) -> str:
        """What is told this once, "" when it was put away."""
        return "" if self._told.isHidden() else self._secret.text()

    def _show(self, accounts: tuple[Account, ...]) -> None:
        self.table.show_records(accounts)
        self._settle()

    def _show_key(self, standing: KeyStanding) -> None:
        actor = self.context.services.actor
        self.key.show_standing(standing, actor.can(Permission.ACCOUNT_MANAGE) and not actor.unlimited)

    def _settle(self) -> None:
        """What can be done with the current one; what cannot says why."""
        one, actor = self.table.current(), self.context.services.actor
        may = actor.can(Permission.ACCOUNT_MANAGE) and not actor.unlimited
        own = one is not None and one.name == actor.account
        for made in (self.add_button, self.sheet):
            made.setEnabled(may)
        self.edit.setEnabled(may and one is not None and not own)
        self.lock.setEnabled(may and one is not None and one.active and not own)
        self.open_again.setEnabled(may and one is not None and not one.active)
        self.reset.setEnabled(may and one is not None and one.active and not own)
        self.why.setText(
            _NO_PRACTICE
            if actor.unlimited
            else missing(Permission.ACCOUNT_MANAGE)
            if not may
            else "自己的账号由另一位系统管理员来改；自己的口令在右上角姓名下面改。"
            if own
            else ""
        )

    # What is done

    def _on_new(self) -> None:
        self.form.begin(None)
        self.form.show()
        self.form.name.editor.setFocus()

    def _on_edit(self) -> None:
        if (one := self.table.current()) is not None:
            self.form.begin(one)
            self.form.show()
            self.form.shown.editor.setFocus()

    def _on_save(self) -> None:
        services, form = self.context.services, self.form
        wrong = [field for field in form.fields() if not field.check()]
        if wrong:
            wrong[0].editor.setFocus()
            return
        post, seen, name = form.post(), form.account, form.name.editor.value()
        form.say("")
        form.save.set_busy(True)
        if seen is None:
            self._do(lambda: services.accounts.add(services.actor, name, post), f"{name}的一次性口令", _ONCE)
        else:
            self._assign(seen, post)

    def _assign(self, seen: Account, post: Post) -> None:
        services = self.context.services

        def refused(error: BaseException) -> bool:
            if not isinstance(error, ConflictError):
                return self._on_refused(error)
            self.context.desk.query(
                lambda: services.accounts.accounts(services.actor),
                lambda found: self._compare(seen, post, next(one for one in found if one.name == seen.name)),
                owner=self,
                slot="newest",
            )
            return True

        self.context.desk.command(
            lambda: services.accounts.assign(services.actor, seen, post),
            lambda _account: self._on_saved("已保存。"),
            refused,
            touches=Changes.of(TOPIC),
            owner=self,
        )

    def _compare(self, seen: Account, post: Post, newest: Account) -> None:
        """Another administrator saved meanwhile: what does not overlap is put together, the rest is asked."""
        before, theirs = post_of(seen), post_of(newest)
        found = compared(before, post, theirs, names=_NAMES)
        if not found.open:
            self._assign(newest, found.merged)
            return
        asked = SideBySide(found.lines, self, by="另一位管理员")
        asked.settled.connect(
            lambda choices: self._assign(newest, compared(before, post, theirs, choices=choices).merged)
        )
        asked.rejected.connect(lambda: self._on_refused(ConflictError(_STALE)))
        asked.open()

    def _on_lock(self) -> None:
        services, one = self.context.services, self.table.current()
        if one is not None and ask(
            self,
            f"停用{one.display_name}的账号？",
            "停用以后不能再登录，写过的都留着；以后可以再启用。",
            "停用",
        ):
            self.context.desk.command(
                lambda: services.accounts.lock(services.actor, one.name),
                lambda _none: self.context.say(f"账号{one.name}已停用。", Kind.SUCCESS),
                self._on_refused,
                touches=Changes.of(TOPIC),
                owner=self,
            )

    def _on_open_again(self) -> None:
        services, one = self.context.services, self.table.current()
        if one is not None:
            self._do(
                lambda: services.accounts.open_again(services.actor, one.name),
                f"{one.name}的一次性口令",
                _ONCE,
            )

    def _on_reset(self) -> None:
        services, one = self.context.services, self.table.current()
        if one is not None and ask(
            self, f"重置{one.display_name}的口令？", "以前的口令马上作废，等待也一起解除。", "重置"
        ):
            self._do(
                lambda: services.accounts.reset(services.actor, one.name), f"{one.name}的一次性口令", _ONCE
            )

    def _on_sheet(self) -> None:
        services = self.context.services
        if ask(self, "换新的恢复单？", "保险柜里的那一张马上作废。", "换新的"):
            self._do(lambda: services.accounts.renew_recovery(services.actor), "恢复码", _SHEET, printed=True)

    def _on_print(self) -> None:
        services, code = self.context.services, self.secret()
        printer = choose_printer(self.context.preferences, ANY, 1, self, title="恢复单")
        if printer is not None:
            self.context.desk.command(
                lambda: send(services.account_papers.recovery_sheet(services.actor, code), printer),
                lambda _none: self.context.say("恢复单已送去打印。", Kind.SUCCESS),
                owner=self,
            )

    def _on_rekeyed(self, told: Rekeyed | None) -> None:
        if told is not None:
            self.context.say(told.sentence, Kind.WARN if told.waiting else Kind.SUCCESS)
            if told.code:
                self._tell(told.code, "恢复码", _SHEET, printed=True)
        self.refresh()

    def _do(self, do: Callable[[], str], what: str, about: str, *, printed: bool = False) -> None:
        """Something that gives a secret, told this once; what is kept on paper can be ``printed``."""

        def done(secret: str) -> None:
            self._on_saved("")
            self._tell(secret, what, about, printed=printed)

        self.context.desk.command(do, done, self._on_refused, touches=Changes.of(TOPIC), owner=self)

    def _tell(self, secret: str, what: str, about: str, *, printed: bool) -> None:
        self._about.setText(f"{what}。{about}")
        self._secret.setText(secret)
        self.print.setVisible(printed)
        self._told.show()

    def _on_saved(self, sentence: str) -> None:
        self.form.save.set_busy(False)
        self.form.hide()
        self._put_away()
        if sentence:
            self.context.say(sentence, Kind.SUCCESS)

    def _on_refused(self, error: BaseException) -> bool:
        self.form.save.set_busy(False)
        if not isinstance(error, DeskError):
            return False
        if self.form.isHidden():
            self.context.say(error.message, Kind.WARN)
        else:
            self.form.show_problem(error.field if isinstance(error, InputError) else "", error.message)
        return True

    def _put_away(self) -> None:
        self._secret.setText("")
        self._told.hide()

    # Building

    def _lay_out(self) -> None:
        deeds = (self.add_button, self.edit, self.lock, self.open_again, self.reset, self.sheet)
        for made, name in zip(deeds, ("new", "edit", "lock", "open", "reset", "sheet"), strict=True):
            made.setObjectName(f"accounts.{name}")
        self._secret.setObjectName("accounts.secret")
        self.print.setObjectName("accounts.print")
        self._told.add(self._secret)
        self._told.add(self._about)
        self._told.add(row(None, self.print, button("告诉了，收起", self._put_away)))
        self._told.hide()
        self.form.hide()
        self.body.addLayout(row(*deeds, None))
        self.body.addWidget(self.why)
        self.body.addWidget(self._told)
        self.body.addWidget(self.form)
        card = Card("", flush=True)
        card.add(self.table, 1)
        self.body.addWidget(card, 1)
        self.body.addWidget(self.key)

    def _connect(self) -> None:
        self.table.moved.connect(lambda _one: self._settle())
        self.table.chosen.connect(lambda _one: self._on_edit() if self.edit.isEnabled() else None)
        self.form.saved.connect(self._on_save)
        self.form.left.connect(self.form.hide)
        self.key.changed.connect(self._on_rekeyed)


def _state(one: Account) -> str:
    if not one.active:
        return "停用"
    return "待改口令" if one.must_change else "在用"


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}" if at else "没有登录过"


_COLUMNS: tuple[Column[Account], ...] = (
    Column("账号", lambda one: one.name, width=120),
    Column("姓名", lambda one: one.display_name, width=120),
    Column("角色", lambda one: "、".join(one.roles)),
    Column("单位", lambda one: one.body or "全中心", width=180),
    Column("状态", _state, width=100, tone=lambda one: Tone.INK if one.active else Tone.QUIET),
    Column("上次登录", lambda one: _moment(one.signed_in_at), width=160),
)
