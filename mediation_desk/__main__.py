"""``python -m mediation_desk`` and the console script."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

_QUARANTINED = "--quarantined"
"""How a program that is one file starts the process that opens what came from outside."""


def main() -> None:
    """Start the command line, after making sure that ``ui`` and ``db`` are ours and not a stranger's."""
    if sys.argv[1:] == [_QUARANTINED]:
        from mediation_desk.shared.quarantine.worker import serve

        serve()
        return
    home = Path(__file__).resolve().parent.parent
    for name in ("ui", "db", "resources"):
        spec = find_spec(name)
        if spec is None or spec.origin is None or home not in Path(spec.origin).resolve().parents:
            sys.stderr.write(f"找到的 {name} 不是调解台的组件：请换一个文件夹启动。\n")
            raise SystemExit(4)
    from mediation_desk.cli.main import run

    raise SystemExit(run())


if __name__ == "__main__":
    main()
