"""`python -m training.corpus --n 3000 --seed 0 --split train --out FILE.jsonl`"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from training.corpus import SPLITS, generate


def main(argv: list[str] | None = None) -> int:
    """Writes samples as JSON lines, all or nothing. Returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m training.corpus", description="Write synthetic job and resume pairs."
    )
    parser.add_argument("--n", type=int, default=3000, help="number of samples (default 3000)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--split", choices=SPLITS, default="train")
    parser.add_argument(
        "--out", type=Path, required=True, help="JSON lines: id, job, resume, label, score, truth, tags"
    )
    args = parser.parse_args(argv)
    if args.n < 1:
        parser.error("--n must be at least 1")
    part = args.out.with_name(args.out.name + ".part")
    try:
        args.out.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as file:
            for sample in generate(args.n, args.seed, args.split):
                file.write(json.dumps(sample.to_json(), ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(args.out)
    except OSError as error:
        if part.is_file():
            part.unlink()
        print(f"cannot write {args.out}: {error.strerror}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
