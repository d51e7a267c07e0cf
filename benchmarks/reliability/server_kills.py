"""Fifty kills of a server under acknowledged writes: ``python -m benchmarks.reliability.server_kills``."""

from __future__ import annotations

import argparse
import json

from tests.persistence.server_kills import main as kill


def main() -> None:
    """Run ours, then the control with a tenth of the kills."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=50, help="how many kills")
    kills = parser.parse_args().n
    print(json.dumps({"way": "ours", **kill(kills)}))
    print(json.dumps({"way": "the server as it is set", **kill(max(1, kills // 10), ours=False)}))


if __name__ == "__main__":
    main()
