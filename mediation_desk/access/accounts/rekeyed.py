"""A change of the data key: what is stored for it, and what is told about the key a centre has."""

from __future__ import annotations

from datetime import datetime

from mediation_desk.access.accounts.model import Account
from mediation_desk.access.accounts.ring import Ring, Turn
from mediation_desk.access.accounts.wrapping import Wrap
from mediation_desk.shared.record import record

OLD_COPIES = "以前的备份和拷走的文件没有变，仍由当时的口令打开；该销毁的请销毁。"


@record
class Renewal:
    """Another data key: its turn, who holds it, and the keys that follow from it."""

    turn: Turn
    ring: Ring
    wraps: tuple[Wrap, ...]


@record
class KeyStanding:
    """How it stands with the data key of a centre.

    changed_at: None while it has its first. left: accounts locked since, whose owners once had a password to this key.
    waiting: accounts in use that do not hold it and need a reset. old: accounts in use and, as "", the recovery code,
    whose wrap was made before there were key pairs: they cannot be given another key before their next sign-in.
    files: whether there are files sealed under a former key.
    """

    number: int
    changed_at: datetime | None
    left: tuple[Account, ...]
    waiting: tuple[Account, ...]
    old: tuple[str, ...]
    files: bool

    def sentences(self) -> tuple[str, ...]:
        """The same in words for whoever looks after the accounts."""
        at = self.changed_at
        said = [
            f"上次换钥匙：{at.astimezone():%Y-%m-%d %H:%M}，现在是第{self.number + 1}把。"
            if at
            else "数据的钥匙从启用到现在没有换过。"
        ]
        if self.left:
            who = "、".join(one.display_name for one in self.left)
            said.append(f"从那以后停用了{who}的账号：他们知道过口令，拷走过文件的话还打得开，建议换钥匙。")
        if self.waiting:
            who = "、".join(one.display_name for one in self.waiting)
            said.append(f"{who}没有现在的钥匙，登录不了：请重置口令。")
        if names := [one for one in self.old if one]:
            said.append(f"账号{'、'.join(names)}还是以前的格式：先登录一次再换，不然换了以后要重置口令。")
        if "" in self.old:
            said.append("恢复单还是以前的格式：换钥匙时要一并换新的。")
        if self.files:
            said.append("换钥匙以前存的扫描件等文件仍用旧的钥匙加密，可以用“原有文件也换”改过来。")
        return tuple(said)


@record
class Rekeyed:
    """A data key was changed. ``waiting``: who needs a new password; ``code``: the new recovery code, or ""."""

    number: int
    waiting: tuple[str, ...]
    code: str = ""

    @property
    def sentence(self) -> str:
        """The same in words."""
        sheet = "" if self.code else "，保险柜里的恢复单也照旧"
        left_out = (
            f"这些账号没有拿到新的钥匙，请重置口令：{'、'.join(self.waiting)}。" if self.waiting else ""
        )
        return f"钥匙已经换好，现在是第{self.number + 1}把。各人的口令照旧{sheet}。{left_out}"
