"""A thousand lost COMMITs and replies, and two wrong ways: ``python -m benchmarks.reliability.lost_reply``."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from db.engine import open_engine
from db.migrate import upgrade
from tests.persistence.lost_replies import hurry, run
from tests.postgres import find_binaries, running_cluster
from tests.postgres_proxy import proxy_before


def main() -> None:
    """Run all three ways and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=1000, help="how many COMMITs are lost")
    rounds = parser.parse_args().n
    binaries = find_binaries()
    if binaries is None:
        parser.error("no PostgreSQL server here")
    with TemporaryDirectory() as folder, running_cluster(binaries) as url:
        hurry(Path(folder))
        engine = open_engine(url)
        upgrade(engine, practice=True)
        engine.dispose()
        for way, times in (("ours", rounds), ("retry", rounds // 10), ("give up", rounds // 10)):
            with proxy_before(url) as (proxy, through):
                told = run(url, proxy, through, times, way)
                counts = {"lost on the way": proxy.lost, "uncertain": told.uncertain, **told.counts()}
                print(json.dumps({"way": way, **counts}))


if __name__ == "__main__":
    main()
