"""How the backups stand, and what somebody has to do something about."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from mediation_desk.backups.memory import Last
from mediation_desk.backups.model import Backup
from mediation_desk.backups.rules import backup_rules
from mediation_desk.shared.record import record

NO_PLACE = "还没有第二备份位置：这台电脑坏了或者丢了，备份也跟着没有了。请选一个U盘或者别的磁盘上的文件夹。"
AWAY = "第二备份位置“{place}”不在：请插上U盘或者连上那个磁盘，接上以后会自动补上最新的一份。"
TRIALS = {False: "试恢复", True: "试读"}
NEVER = "这个中心还没有核验过的备份，"
NOR_HERE = "这台电脑也不能备份：{trouble}"


@record
class Drill:
    """The last restore on trial; ``trouble`` says why it failed, "" where it went well."""

    at: datetime
    backup: str
    trouble: str = ""


@record
class State:
    """For the screen. ``trouble``: why this computer makes none; ``last``: the newest anywhere.

    ``there``: whether the second place can be reached now; ``reached``: since when it has what there is.
    """

    trouble: str
    shared: bool
    automatic: bool
    last: Last | None
    second: Path | None
    there: bool
    second_newest: Backup | None
    reached: datetime | None
    drill: Drill | None
    alarms: tuple[str, ...] = ()

    @property
    def trial(self) -> str:
        """What a trial is called: a counter of a server may make no database to restore into."""
        return TRIALS[self.shared]


def alarms_of(state: State, now: datetime) -> tuple[str, ...]:
    """What somebody has to do something about, but for a backup that failed just now."""
    last, drill, said = state.last, state.drill, list[str]()
    nor_here = NOR_HERE.format(trouble=state.trouble) if state.trouble else ""
    if last is None:
        if nor_here:
            said.append(NEVER + nor_here)
    elif now - last.made_at > backup_rules().alarm:
        late = f"已经 {(now - last.made_at).days} 天没有核验过的备份，"
        said.append(late + (nor_here or "请管理员到“系统”里按“现在备份”。"))
    if state.second is not None and (late := _late(state.reached, now)):
        said.append(late + ("" if state.there else AWAY.format(place=state.second)))
    if drill is not None and drill.trouble:
        said.append(f"{state.trial}没有通过：{drill.trouble}请管理员马上另做一份备份。")
    return tuple(said)


def _late(reached: datetime | None, now: datetime) -> str:
    if reached is None:
        return "还没有备份到第二备份位置。"
    if now - reached > backup_rules().alarm:
        return f"已经 {(now - reached).days} 天没有备份到第二备份位置。"
    return ""
