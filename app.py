"""Shortlist: python app.py [serve] | score | evaluate | train | promote | rollback. Argument parsing only."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from model.errors import ShortlistError, UsageError
from model.settings import DEFAULT_BASE

DEVICES = ("auto", "cpu", "cuda")


def parser() -> argparse.ArgumentParser:
    """The command line; each command's function is its `run` default."""
    top = argparse.ArgumentParser(prog="app.py",
                                  description="Screen resumes against a job, on this machine, and say why.")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")

    serve = commands.add_parser("serve", help="open the recruiter's page (what `python app.py` alone does)")
    serve.add_argument("--port", type=int, help="port (default: GRADIO_SERVER_PORT, else 7860)")
    _add_engine(serve)
    serve.set_defaults(run=run_serve)

    score = commands.add_parser("score", help="judge files and folders against a job, one JSON line a document")
    score.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="resume files, or folders of them")
    score.add_argument("--job", required=True, type=Path, help="file with the job's text")
    score.add_argument("--out", required=True, type=Path, help="results as JSON lines; what is there is not done again")
    score.add_argument("--csv", type=Path, help="a table for a spreadsheet as well")
    _add_adapter(score)
    _add_engine(score)
    score.set_defaults(run=run_score)

    evaluate = commands.add_parser("evaluate", help="measure the adapters and simple baselines on labelled pairs")
    evaluate.add_argument("pairs", type=Path, help='JSON lines of {"id"?, "job", "resume", "label": 0|1, "score"?}')
    evaluate.add_argument("--out", required=True, type=Path, help="folder for metrics.json, predictions.jsonl, figures")
    _add_adapter(evaluate)
    _add_engine(evaluate)
    evaluate.set_defaults(run=run_evaluate)

    train = commands.add_parser("train", help="train an adapter: sft, then grpo")
    train.add_argument("stage", choices=("sft", "grpo"))
    train.add_argument("--recipe", required=True, help="name of a recipe in training/recipes, or a file")
    train.add_argument("--run-dir", required=True, type=Path, help="folder of this run")
    train.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", dest="settings",
                       help="change one value of the recipe; may be repeated")
    train.add_argument("--queue", type=Path, metavar="FILE", help="wait until no other run holds this lock file")
    train.add_argument("--dry-run", action="store_true", help="print what it would need as JSON, and train nothing")
    train.set_defaults(run=run_train)

    promote = commands.add_parser("promote", help="measure a run against what serves; put it into service if no worse")
    promote.add_argument("run_dir", type=Path, metavar="RUN_DIR")
    promote.add_argument("--pairs", type=int, default=200, help="size of the held-out set (default 200)")
    promote.add_argument("--reason", default="", help="promote whatever the gate says, and keep this reason")
    promote.add_argument("--measure-only", action="store_true", help="print the gate's table, promote nothing")
    promote.add_argument("--queue", type=Path, metavar="FILE", help="wait until no run holds this lock file")
    promote.add_argument("--device", choices=DEVICES, default="auto")
    promote.set_defaults(run=run_promote)

    rollback = commands.add_parser("rollback", help="put back the adapters that served before the last promotion")
    rollback.set_defaults(run=run_rollback)
    return top


def _add_engine(command: argparse.ArgumentParser) -> None:
    command.add_argument("--base", default=DEFAULT_BASE,
                         help=f"base model, or a folder with one (default {DEFAULT_BASE})")
    command.add_argument("--device", choices=DEVICES, default="auto")


def _add_adapter(command: argparse.ArgumentParser) -> None:
    command.add_argument("--adapter", help="sft, grpo or both (default: grpo where it is installed)")


def run_serve(args: argparse.Namespace) -> int:
    from recruiter_ui.build import launch  # noqa: PLC0415 - Gradio takes seconds to import; only this command needs it
    from recruiter_ui.service import Service  # noqa: PLC0415 - as above
    launch(Service(args.base, args.device), server_port=args.port)
    return 0


def run_score(args: argparse.Namespace) -> int:
    from model.cli import ScoreArgs, score  # noqa: PLC0415 - keeps --help instant
    return score(ScoreArgs(args.job, args.out, args.paths, args.adapter, args.csv, args.base, args.device))


def run_evaluate(args: argparse.Namespace) -> int:
    from training.cli import evaluate  # noqa: PLC0415 - as above
    return evaluate(args.pairs, args.out, args.adapter, args.base, args.device)


def run_train(args: argparse.Namespace) -> int:
    from training.cli import train  # noqa: PLC0415 - as above
    return train(args.stage, args.recipe, args.run_dir, args.settings, args.dry_run, args.queue)


def run_promote(args: argparse.Namespace) -> int:
    from training.cli_promote import promote  # noqa: PLC0415 - as above
    return promote(args.run_dir, args.pairs, args.reason, args.measure_only, args.queue, args.device)


def run_rollback(args: argparse.Namespace) -> int:
    from training.cli_promote import rollback  # noqa: PLC0415 - as above
    return rollback()


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit status: 0 done, 1 a failure told in words, 2 bad arguments."""
    argv = sys.argv[1:] if argv is None else argv
    if not argv or (argv[0].startswith("-") and argv[0] not in ("-h", "--help")):
        argv = ["serve", *argv]
    args = parser().parse_args(argv)
    try:
        return args.run(args)
    except ShortlistError as error:
        print(f"app.py {args.command}: {error}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
