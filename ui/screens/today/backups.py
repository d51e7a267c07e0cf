"""One line of the day: when the last backup was made, and whether it could be brought back."""

from __future__ import annotations

from mediation_desk.backups.state import State
from ui.moments import show_moment
from ui.tokens import Tone


def backup_words(state: State) -> tuple[str, Tone]:
    """The line, "" where the program makes none itself; what is wrong stands in full in 系统."""
    if not state.automatic:
        return "", Tone.QUIET
    said = [f"备份 {show_moment(state.last.made_at)}" if state.last else "还没有备份"]
    if state.drill is not None:
        said.append(
            f"{state.trial}没有通过"
            if state.drill.trouble
            else f"{state.trial}通过 {state.drill.at.astimezone():%m-%d}"
        )
    if state.alarms:
        said.append("请看“系统”里的备份")
    return "，".join(said), Tone.SEAL if state.alarms else Tone.QUIET
