"""Mark a round of choosing for one party after the other, say so on standard output, and go on until killed."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from itertools import count

from db.engine import open_engine
from db.unit_of_work import Storage
from mediation_desk.experts.choice.ballot import Mark


def main(file: str, case_key: str) -> None:
    """Each party ranks M01 and strikes M02; its ref is printed once the unit is committed."""
    storage = Storage(open_engine(f"sqlite:///{file}"))
    for number in count():
        mark = Mark(
            party=f"P{number}",
            ranks=("M01",),
            strikes=("M02",),
            sealed=bool(number % 2),
            at=datetime.now(UTC),
        )
        with storage.write() as work:
            work.choosing.mark(case_key, 1, mark)
        print(mark.party, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
