"""Every text × every field × every output: ``python -m benchmarks.reliability.hostile_text [TURNS] [URL]``.

Three parts: every field of a case and of a mediator through the database; every text that is refused through every
field; the papers of a case in both formats. A turn puts the next text into every field; without TURNS each field
gets each text. Prints counts, and leaves with 1 when anything came back changed, was interpreted, or broke.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from db.engine import open_engine
from db.migrate import upgrade
from db.unit_of_work import Storage
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.texts import kept
from mediation_desk.shared.errors import InputError
from tests.every_field import filled, text_fields, texts_in, with_text
from tests.hostile_case import free_places, hostile_file
from tests.hostile_papers import faults, papers_of
from tests.hostile_text import keepable, texts


def run(turns: int | None, url: str) -> None:
    """All three parts."""
    wrong = [*_through_the_database(turns, url), *_refused(turns), *_on_paper(turns)]
    for fault in wrong[:20]:
        print(fault)
    if wrong:
        raise SystemExit(1)


def _through_the_database(turns: int | None, url: str) -> Iterator[str]:
    of = keepable(one_line=True)
    engine = open_engine(url)
    upgrade(engine, practice=True)
    storage = Storage(engine)
    began, fields = time.perf_counter(), len(text_fields(CaseFile))
    rounds = turns or len(of)
    for turn in range(rounds):
        numbers = count(turn)
        made = filled(CaseFile, lambda _record, _field, at=numbers: of[next(at) % len(of)])
        file = replace(made, version=0, case_key=f"T{turn}", intake=replace(made.intake, number=f"T{turn}"))
        with storage.write() as work:
            stored = work.cases.add(file)
        with storage.read() as work:
            if work.cases.find(f"T{turn}") != stored:
                yield f"turn {turn}: something came back changed"
    storage.close()
    took = time.perf_counter() - began
    cells = f"{rounds * fields} cells of {fields} fields there and back"
    print(f"{engine.dialect.name}: {rounds} cases, {cells}, {took:.0f} s")


def _refused(turns: int | None) -> Iterator[str]:
    known = set(keepable(longest=20_000))
    bad = [text for text in texts() if not _is_kept(text) and text not in known]
    file = filled(CaseFile, lambda _record, _field: "甲")
    places = [place for place, _text in texts_in(file)]
    tried = 0
    for text in bad[:turns]:
        for place in places:
            tried += 1
            try:
                kept(with_text(file, place, text))
            except InputError as refused:
                if refused.pointer != place:
                    yield f"{place}: refused as {refused.pointer}"
            else:
                yield f"{place}: took {ascii(text)[:40]}"
    print(f"{tried} refusals of {len(bad[:turns])} texts in {len(places)} places, each with its place")


def _is_kept(text: str) -> bool:
    try:
        kept([text])
    except InputError:
        return False
    return True


def _on_paper(turns: int | None) -> Iterator[str]:
    of = keepable(one_line=True)
    rounds, papers = turns or len(of), 0
    for turn in range(rounds):
        for paper in papers_of(hostile_file(of, turn)):
            papers += 1
            yield from (f"turn {turn}: {fault}" for fault in faults(paper))
    places = f"{rounds} turns over {len(free_places())} places"
    print(f"{papers} papers as DOCX and PDF, {places}: read back to the character")


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] != "all" else None
    if len(sys.argv) > 2:
        run(wanted, sys.argv[2])
    else:
        with tempfile.TemporaryDirectory(prefix="mediation-desk-text-") as folder:
            run(wanted, f"sqlite:///{Path(folder) / 'desk.db'}")
