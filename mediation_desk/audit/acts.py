"""Acts that may be written before anybody has signed in, and acts left to a centre that was moved elsewhere."""

from __future__ import annotations

WITHOUT_KEY = frozenset(
    (
        "account.refused",
        "window.refused",
        "window.leave",
    )
)
"""Nobody has unwrapped the key yet: such entries prove nothing by themselves until the next keyed one seals them."""

MOVED = (
    "这个中心已经搬到“{place}”，请到那里办理；这里只供查看，没有保存。"
    "确实要在这里继续用的，由管理员执行 move --keep-using。"
)
WARNING = "这个中心已经搬到“{place}”，请到那里办理；这里只供查看，改动不会保存。"
STILL_ALLOWED = WITHOUT_KEY | frozenset(
    (
        "account.entered",
        "account.left",
        "case.view",
        "case.view.own",
        "case.search",
        "case.list",
        "visit.view",
        "expert.view",
        "person.names.show",
        "person.number.show",
        "audit.read",
        "audit.check",
        "backup.write",
        "backup.failed",
        "backup.drill",
        "files.sealed",
        "centre.move",
        "centre.moved",
        "centre.kept",
    )
)
"""Looking and going on with the move: nothing anybody would look for in the new place."""
