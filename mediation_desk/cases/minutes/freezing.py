"""What a record needs before it is final; each refusal names its rule."""

from __future__ import annotations

from mediation_desk.cases.minutes.composing import READ_BACK, missing
from mediation_desk.cases.minutes.model import Answer, ReadBack, Reading, WorkingRecord, digest
from mediation_desk.cases.minutes.sentences import closed, one_line
from mediation_desk.cases.model import CaseFile
from mediation_desk.hearings.board.opening import Opened
from mediation_desk.hearings.model import Session
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import ConflictError, InputError, RuleError

_READ = {
    Reading.ALOUD: "由{by}向到场各方宣读",
    Reading.LARGE: "由{by}以大字显示给到场各方阅读",
    Reading.PAPER: "由{by}交到场各方阅读",
}


def demand_opened(file: CaseFile, session: Session, opened: tuple[Opened, ...]) -> None:
    """Rights told (LR-16) and recusal asked (LR-17) before anything is final."""
    for item in missing(file, session, opened):
        raise RuleError(f"开场还没有“{item.title}”（{item.article}），记录不能定稿。", rule=item.rule)


def demand_same(now: WorkingRecord, text: str) -> None:
    """What the caller sees is what is stored."""
    if digest(text) != digest(now.text):
        raise ConflictError("记录刚刚被另一位工作人员改动，请看过新的内容再做；您写的都还在。")


def demand_read(now: WorkingRecord) -> None:
    """Parties answer to words they know."""
    if now.read is None:
        raise RuleError("记录还没有宣读或者交各方阅读。", rule="T-9")
    if not now.is_read:
        raise RuleError("记录在宣读以后改动过，请再读一遍、重新核对。", rule="T-9")


def read_back(
    file: CaseFile, now: WorkingRecord, here: tuple[str, ...], answers: tuple[ReadBack, ...]
) -> str:
    """The closing paragraph: how the record was read, who found it right, who objects and to what.

    Raises ``InputError`` while a party that is there has not answered.
    """
    if now.read is None:
        raise RuleError("记录还没有宣读或者交各方阅读。", rule="T-9")
    given = {one.ref: one for one in answers if one.digest == digest(now.text)}
    silent = [file.name_of(ref) for ref in here if ref not in given]
    if silent:
        raise InputError(
            f"{'、'.join(silent)}还没有核对记录，请逐一登记核对无误或者有异议。", field="answers"
        )
    how = _READ[now.read.how].format(by=now.read.by)
    words = [f"以上记录于{cn_date(local_day(now.read.at))}{how}。"]
    agreed = [file.name_of(ref) for ref in here if given[ref].answer is Answer.AGREES]
    if agreed:
        words.append(f"{'、'.join(agreed)}核对无误。")
    words += [
        f"{file.name_of(ref)}有异议：{closed(one_line(given[ref].remark))}"
        for ref in here
        if given[ref].answer is Answer.OBJECTS
    ]
    return f"{READ_BACK}\n{''.join(words)}"
