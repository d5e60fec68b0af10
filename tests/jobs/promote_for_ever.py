"""Promotes new adapters and rolls back until it is killed: `python -m tests.jobs.promote_for_ever RUNS`.

`--kills N` does the killing, N times, and prints what it found. Every adapter is new, so that each promotion copies it:
kills strike copies, the registry and the pointer alike.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path

SIZE = 1_500_000  # bytes of an adapter's weights


def promote_for_ever(runs: Path) -> None:
    from tests.jobs.measured import finished_run  # noqa: PLC0415 - after the settings are made
    from training import promotion  # noqa: PLC0415 - as above
    number = 0
    while True:
        for _ in range(2):
            number += 1
            run = finished_run(runs / f"{os.getpid()}-{number}", content=random.randbytes(SIZE))
            print("begun", flush=True)
            promotion.promote(run.path, reason="to be killed")
        promotion.rollback()


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SHORTLIST_DATA"] = f"{folder}/data"
        from tests.jobs.test_promotion import kills  # noqa: PLC0415 - as above
        seen = kills(count, Path(folder) / "data", Path(folder) / "runs")
        print(f"{count} kills: never a half-loaded or unverified adapter; what served afterwards: {seen}")


if __name__ == "__main__":
    main(int(sys.argv[2])) if sys.argv[1] == "--kills" else promote_for_ever(Path(sys.argv[1]))
