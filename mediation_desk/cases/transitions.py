"""The state machine of a case, declared in one place: what may follow what, and what each change asks (§4.2).

A step names its transition; the service refuses the step outside ``sources`` and would rather fail than store a
case whose state is none of ``targets``. T-1 makes a visit and T-2 and T-26 a new case, so none of them starts here;
T-19 comes with the day; its step only urges the debtor or notes an acceleration.
"""

from __future__ import annotations

from mediation_desk.cases.lifecycle import (
    IN_FORCE,
    IN_ROOM,
    OPEN,
    PUT_ASIDE,
    UNDECIDED,
    UNDER_WAY,
    UNSUCCESSFUL,
    State,
)
from mediation_desk.shared.record import record


@record
class Barred:
    """What is told, and by which rule, in states in which the change is out of the question."""

    states: frozenset[State]
    sentence: str
    rule: str


@record
class Transition:
    """One change. ``needs`` is the sentence told when it is forbidden; without ``targets`` the state stays."""

    no: str
    title: str
    sources: frozenset[State]
    targets: frozenset[State] = frozenset()
    needs: str = ""
    paper: str = ""
    barred: tuple[Barred, ...] = ()

    def refusal(self, state: State, title: str) -> tuple[str, str]:
        """The sentence and the rule when ``title`` may not be done in ``state``."""
        for one in self.barred:
            if state in one.states:
                return f"案件现为“{state}”，{one.sentence}", one.rule
        return f"案件现为“{state}”，不能{title}：{self.needs}（{self.no}）。", self.no

    def allows(self, before: State, after: State) -> bool:
        """Whether the case may stand in ``after`` when this change was made to it in ``before``."""
        return before in self.sources and (after in self.targets if self.targets else after is before)


def _states(*names: State) -> frozenset[State]:
    return frozenset(names)


ANY = frozenset(State)
NOT_ARCHIVED = ANY - {State.ARCHIVED}

NO_MEDIATION = (
    Barred(
        states=UNDECIDED,
        sentence="还没有受理，不能安排、记录调解会：各方同意、受理以后才可以调解（人民调解法第十七条，T-8）。",
        rule="T-8",
    ),
    Barred(
        states=UNSUCCESSFUL,
        sentence="不得再安排、记录调解会：当事人拒绝或者调解已经结束的，不得调解（人民调解法第十七条，LR-5）。",
        rule="LR-5",
    ),
)
"""No session before acceptance, and none once mediation was refused, withdrawn from or ended."""

ROUTE = Transition(
    no="T-3",
    title="分流",
    sources=UNDECIDED,
    targets=UNDECIDED,
    needs="转办、交办在受理之前进行；受理之后可以协办、督办或者转换调解种类",
    paper="转办单、交办单",
)
ANSWER_ORDER = Transition(
    no="T-3",
    title="签收、退回、反馈",
    sources=ANY,
    targets=ANY,
    needs="有待答复的转办、交办、协办或者督办",
)
CALL_IN = Transition(
    no="T-3", title="协办、督办", sources=NOT_ARCHIVED, needs="案件还没有归档", paper="协办单、督办单"
)
REFUSE = Transition(
    no="T-4",
    title="不予受理",
    sources=UNDECIDED,
    targets=_states(State.NOT_ACCEPTED),
    needs="不予受理只用于尚未受理的案件，须写明理由、告知其他途径（人民调解法第二十六条）",
    paper="不予受理通知书",
)
ACCEPT = Transition(
    no="T-5",
    title="受理",
    sources=UNDECIDED,
    targets=_states(State.ACCEPTED),
    needs="案件已经登记、还没有决定；各方同意，或者一方申请而他方没有拒绝（人民调解法第十七条）",
    paper="受理登记表、受理通知书",
)
CHOOSE = Transition(
    no="T-6",
    title="选定调解员",
    sources=UNDER_WAY,
    targets=_states(State.SELECTING, State.PREPARING, State.MEDIATING),
    needs="案件已经受理、调解还没有结束（人民调解法第十九条）",
    paper="选定书",
)
SEAT = Transition(
    no="T-7",
    title="披露、回避",
    sources=IN_ROOM,
    targets=_states(State.ACCEPTED, State.SELECTING, *IN_ROOM),
    needs="已经选定调解员、调解还没有结束",
)
CONVENE = Transition(
    no="T-8",
    title="安排调解会",
    sources=IN_ROOM,
    targets=_states(State.MEDIATING),
    needs="已经选定主持调解员（人民调解法第十九条）",
    paper="调解通知、权利义务告知书",
    barred=NO_MEDIATION,
)
HOLD = Transition(
    no="T-9",
    title="记录调解会",
    sources=_states(State.MEDIATING),
    targets=IN_ROOM,
    needs="有一次已经安排、还没有记录的调解会",
    paper="调解记录",
    barred=NO_MEDIATION,
)
ASK = Transition(
    no="T-8",
    title="邀请、公开",
    sources=IN_ROOM,
    needs="已经选定主持调解员、调解还没有结束",
    barred=NO_MEDIATION,
)
SUMMON = Transition(
    no="T-8",
    title="通知调解会",
    sources=_states(State.MEDIATING),
    needs="有一次已经安排、还没有记录的调解会",
    paper="调解会通知书",
)
WAIT = Transition(
    no="等候",
    title="等候安排",
    sources=UNDER_WAY,
    needs="案件已经受理、调解还没有结束",
)
SUSPEND = Transition(
    no="T-10",
    title="中止",
    sources=UNDER_WAY,
    targets=_states(State.SUSPENDED),
    needs="案件正在调解，没有已经中止",
    paper="中止通知",
)
RESUME = Transition(
    no="T-10", title="恢复", sources=_states(State.SUSPENDED), targets=UNDER_WAY, needs="案件已经中止"
)
EXTEND = Transition(
    no="T-11",
    title="延长期限",
    sources=UNDER_WAY,
    needs="案件正在调解、期限还没有届满，各方同意",
    paper="延期同意书",
)
COMPOSE = Transition(
    no="T-12",
    title="拟定协议",
    sources=_states(State.MEDIATING, State.AGREED_UNSIGNED),
    targets=_states(State.AGREED_UNSIGNED),
    needs="最近一次调解达成了一致",
    paper="调解协议书",
)
SIGN = Transition(
    no="T-13",
    title="签署",
    sources=_states(State.AGREED_UNSIGNED),
    targets=_states(State.AGREED_UNSIGNED, State.EFFECTIVE, State.PERFORMING, State.BREACHED),
    needs="协议已经拟定、还没有签完（人民调解法第二十九条）",
    paper="调解协议书",
)
VOID_SIGNATURES = Transition(
    no="T-13",
    title="作废重签",
    sources=_states(State.AGREED_UNSIGNED),
    needs="已有人签署、协议还没有生效，并写明理由",
)
AGREE_ORALLY = Transition(
    no="T-14",
    title="口头协议",
    sources=_states(State.MEDIATING),
    targets=_states(State.EFFECTIVE, State.PERFORMING, State.BREACHED),
    needs="最近一次调解达成了一致（人民调解法第二十八条）",
    paper="口头协议登记表",
)
REFUSE_TO_SIGN = Transition(
    no="T-15",
    title="拒绝签署",
    sources=_states(State.AGREED_UNSIGNED),
    targets=_states(State.FAILED),
    needs="协议已经拟定、还没有签完",
    paper="调解记录",
)
END = Transition(
    no="T-16",
    title="调解不成、终止",
    sources=OPEN - UNDECIDED,
    targets=_states(State.FAILED, State.TERMINATED),
    needs="案件已经受理、还没有结束，须告知其他途径（人民调解法第二十六条）",
    paper="终止调解通知书",
)
WITHDRAW = Transition(
    no="T-17",
    title="撤回",
    sources=OPEN,
    targets=_states(State.WITHDRAWN),
    needs="协议还没有生效",
    paper="撤回申请",
)
PERFORM = Transition(
    no="T-18",
    title="履行",
    sources=IN_FORCE | PUT_ASIDE,
    targets=IN_FORCE | PUT_ASIDE,
    needs="协议已经生效，有待履行的一项",
    paper="履行凭证",
)
URGE = Transition(
    no="T-19",
    title="督促、加速到期",
    sources=IN_FORCE | PUT_ASIDE,
    needs="协议已经生效，有一项到期没有履行",
    paper="督促履行通知",
)
APPLY_TO_COURT = Transition(
    no="T-20",
    title="申请司法确认",
    sources=IN_FORCE | {State.FOLLOWED_UP, State.CLOSED},
    needs="协议生效后三十日内，各方共同申请（人民调解法第三十三条）",
    paper="司法确认申请书",
)
RULING = Transition(
    no="T-21",
    title="登记裁定",
    sources=IN_FORCE | PUT_ASIDE,
    needs="已经申请司法确认",
    paper="裁定书副本",
)
ENFORCE = Transition(
    no="T-22",
    title="申请执行",
    sources=IN_FORCE | PUT_ASIDE,
    needs="协议经司法确认有效、到期没有履行（民事诉讼法第二百零六条）",
)
VISIT = Transition(
    no="T-23",
    title="回访",
    sources=IN_FORCE | UNSUCCESSFUL | {State.FOLLOWED_UP, State.CLOSED},
    targets=IN_FORCE | {State.FOLLOWED_UP, State.CLOSED},
    needs="协议已经生效，或者调解已经结束",
    paper="回访记录",
)
CLOSE = Transition(
    no="T-24",
    title="结案",
    sources=IN_FORCE | UNSUCCESSFUL | {State.FOLLOWED_UP, State.ROUTED},
    targets=_states(State.CLOSED),
    needs="已经回访（不予受理、撤回的除外）；移送来的案件已经向移送单位反馈；转办的案件已经收到办理结果",
    paper="反馈函、结案报告表",
)
ARCHIVE = Transition(
    no="T-25",
    title="归档",
    sources=_states(State.CLOSED),
    targets=_states(State.ARCHIVED),
    needs="案件已经结案，卷宗齐全",
    paper="卷宗",
)
KEEP = Transition(
    no="档案",
    title="保管卷宗",
    sources=_states(State.ARCHIVED),
    needs="案件已经归档",
    paper="借阅单、鉴定清单",
)
REVIEW = Transition(
    no="评查",
    title="案卷评查",
    sources=IN_FORCE | UNSUCCESSFUL | PUT_ASIDE,
    needs="协议已经生效，或者调解已经结束",
    paper="案卷质量评查表",
)
CORRECT = Transition(
    no="更正", title="更正", sources=NOT_ARCHIVED, targets=NOT_ARCHIVED, needs="案件还没有归档，并写明理由"
)
MOVE_TRACK = Transition(
    no="转轨",
    title="转换调解种类",
    sources=UNDECIDED | UNDER_WAY,
    targets=UNDECIDED | {State.ACCEPTED},
    needs="案件还没有达成协议、没有结束、没有中止",
)
NOTE = Transition(no="记事", title="记事", sources=NOT_ARCHIVED, needs="案件还没有归档")
INK = Transition(
    no="待签",
    title="登记签名",
    sources=NOT_ARCHIVED,
    needs="案件还没有归档，有一份印出来、等人签的文书",
)
PUT_IN_BIN = Transition(no="回收站", title="移入回收站", sources=ANY, needs="写明理由")
TAKE_OUT = Transition(no="回收站", title="放回", sources=ANY, needs="案件在回收站里")
LOCK = Transition(no="限制查看", title="限制查看", sources=ANY, needs="写明理由")
UNLOCK = Transition(no="限制查看", title="解除限制", sources=ANY, needs="案件限制查看，并写明理由")

PERSONAL = Transition(
    no="个人信息",
    title="登记个人信息的同意和提供",
    sources=ANY,
    needs="案件里有这个人",
)

TRANSITIONS: tuple[Transition, ...] = (
    ROUTE,
    ANSWER_ORDER,
    CALL_IN,
    REFUSE,
    ACCEPT,
    CHOOSE,
    SEAT,
    CONVENE,
    HOLD,
    ASK,
    SUMMON,
    WAIT,
    SUSPEND,
    RESUME,
    EXTEND,
    COMPOSE,
    SIGN,
    VOID_SIGNATURES,
    AGREE_ORALLY,
    REFUSE_TO_SIGN,
    END,
    WITHDRAW,
    PERFORM,
    URGE,
    APPLY_TO_COURT,
    RULING,
    ENFORCE,
    VISIT,
    CLOSE,
    ARCHIVE,
    KEEP,
    REVIEW,
    CORRECT,
    MOVE_TRACK,
    NOTE,
    INK,
    PUT_IN_BIN,
    TAKE_OUT,
    LOCK,
    UNLOCK,
    PERSONAL,
)
