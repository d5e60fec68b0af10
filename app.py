"""Shortlist: python app.py [serve] | score | evaluate | train | promote | rollback | ... Argument parsing only."""

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
    serve.add_argument("--host", help="address to listen on (default: SHORTLIST_HOST, else 127.0.0.1); others than "
                                      "this computer's need users")
    serve.add_argument("--mcp", action="store_true",
                       help="be an MCP server as well, for the one user of this computer (needs `pip install 'mcp<2'`)")
    serve.add_argument("--no-worker", action="store_true", help="load no model; `app.py work` judges what is queued")
    _add_engine(serve)
    serve.set_defaults(run=run_serve)

    score = commands.add_parser("score", help="judge files and folders against a job, one JSON line a document")
    score.add_argument("paths", nargs="+", metavar="PATH", help="resume files, or folders of them")
    score.add_argument("--job", required=True, type=Path, help="file with the job's text")
    score.add_argument("--out", required=True, help="results as JSON lines; what is there is not done again")
    score.add_argument("--csv", type=Path, help="a table for a spreadsheet as well")
    score.add_argument("--engine", choices=("local", "ray"), default="local",
                       help="ray: many machines; PATH and --out (a folder then) may be s3://, gs://, hf://")
    score.add_argument("--partition", type=int, default=64, metavar="N", help="ray: files in one partition")
    score.add_argument("--cores", type=int, default=2, metavar="N", help="ray: cores of one model, without a GPU")
    _add_adapter(score)
    _add_engine(score)
    score.set_defaults(run=run_score)

    evaluate = commands.add_parser("evaluate", help="measure the adapters and simple baselines on labelled pairs")
    evaluate.add_argument("pairs", type=Path, help='JSON lines of {"id"?, "job", "resume", "label": 0|1, "score"?}')
    evaluate.add_argument("--out", required=True, type=Path, help="folder for metrics.json, predictions.jsonl, figures")
    _add_adapter(evaluate)
    _add_engine(evaluate)
    evaluate.set_defaults(run=run_evaluate)

    measure = commands.add_parser("bench", help="measure speed and memory against the usual ways, on this machine")
    measure.add_argument("--out", required=True, type=Path, help="folder for bench.json and bench.png")
    measure.add_argument("--full", action="store_true", help="growth up to 10,000 resumes")
    measure.add_argument("--quick", action="store_true", help="a few prompts only, to see that it works")
    measure.add_argument("--gguf", nargs="+", default=(), help="GGUF files of the base, to measure llama.cpp where "
                         "it is installed; the fastest counts")
    measure.add_argument("--price", type=float, default=0.05, metavar="DOLLARS", help="of a core and hour")
    _add_engine(measure)
    measure.set_defaults(run=run_bench)

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
    _add_people(commands)
    _add_records(commands)
    return top


def _add_people(commands: argparse._SubParsersAction) -> None:
    users = commands.add_parser("users", help="who may sign in; with the first user, signing in begins")
    users.add_argument("action", choices=("add", "list", "disable", "enable", "password", "role"))
    users.add_argument("name", nargs="?", metavar="NAME")
    users.add_argument("--role", choices=("viewer", "recruiter", "admin"))
    users.set_defaults(run=run_users)

    erase = commands.add_parser("erase", help="take a candidate's document out of everything that is stored")
    erase.add_argument("what", nargs="?", metavar="SHA256_OR_FILE")
    erase.add_argument("--yes", action="store_true", help="do not ask")
    erase.add_argument("--scrub", action="store_true", help="clear the database's files of traces of what was deleted")
    erase.set_defaults(run=run_erase)

    retention = commands.add_parser("retention", help="what has been kept for longer than the policy")
    retention.add_argument("--apply", action="store_true", help="erase it")
    retention.add_argument("--job", type=int, metavar="ID", help="set how long this job's screenings are kept")
    retention.add_argument("--days", type=int, help="with --job: that many days (left out: as the policy says)")
    retention.set_defaults(run=run_retention)


def _add_records(commands: argparse._SubParsersAction) -> None:
    work = commands.add_parser("work", help="judge what is queued, in a process of its own")
    _add_engine(work)
    work.set_defaults(run=run_work)

    doctor = commands.add_parser("doctor", help="look at records, model, disk and device; say what is wrong")
    doctor.add_argument("--base", default=DEFAULT_BASE)
    doctor.set_defaults(run=run_doctor)

    backup = commands.add_parser("backup", help="copy records and files into one ZIP that expires")
    backup.add_argument("file", nargs="?", type=Path, metavar="FILE", help="file or folder (default: in the data)")
    backup.add_argument("--days", type=int, help="days until it expires (default 30)")
    backup.set_defaults(run=run_backup)

    restore = commands.add_parser("restore", help="put a backup in place of the records")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--expired", action="store_true", help="take one that has expired all the same")
    restore.set_defaults(run=run_restore)

    audit = commands.add_parser("audit", help="check the audit, or show all that is held of a candidate")
    deeds = audit.add_subparsers(dest="deed", required=True, metavar="verify|export")
    verify = deeds.add_parser("verify", help="check that no line was changed, added or removed")
    verify.add_argument("--expect", metavar="HASH", help="a hash noted before, which must be there")
    export = deeds.add_parser("export", help="why a candidate was judged as they were")
    export.add_argument("--candidate", required=True, metavar="SHA256", help="hash of the document")
    export.add_argument("--json", action="store_true")
    audit.set_defaults(run=run_audit)


def _add_engine(command: argparse.ArgumentParser) -> None:
    command.add_argument("--base", default=DEFAULT_BASE,
                         help=f"base model, or a folder with one (default {DEFAULT_BASE})")
    command.add_argument("--device", choices=DEVICES, default="auto")


def _add_adapter(command: argparse.ArgumentParser) -> None:
    command.add_argument("--adapter", help="sft, grpo or both (default: grpo where it is installed)")


def run_serve(args: argparse.Namespace) -> int:
    from recruiter_ui.build import launch  # noqa: PLC0415 - Gradio takes seconds to import; only this command needs it
    from recruiter_ui.service import Service  # noqa: PLC0415 - as above
    launch(Service(args.base, args.device, work=not args.no_worker), server_port=args.port, host=args.host,
           mcp=args.mcp)
    return 0


def run_work(args: argparse.Namespace) -> int:
    from recruiter_ui.records_cli import work  # noqa: PLC0415 - keeps --help instant
    return work(args.base, args.device)


def run_doctor(args: argparse.Namespace) -> int:
    from recruiter_ui.doctor import examine, report  # noqa: PLC0415 - as above
    return report(examine(args.base))


def run_backup(args: argparse.Namespace) -> int:
    from recruiter_ui.records_cli import backup  # noqa: PLC0415 - as above
    return backup(args.file, args.days)


def run_restore(args: argparse.Namespace) -> int:
    from recruiter_ui.records_cli import restore  # noqa: PLC0415 - as above
    return restore(args.file, args.expired)


def run_audit(args: argparse.Namespace) -> int:
    from recruiter_ui.records_cli import export, verify  # noqa: PLC0415 - as above
    return verify(args.expect) if args.deed == "verify" else export(args.candidate, args.json)


def run_score(args: argparse.Namespace) -> int:
    if args.engine == "ray":
        if args.csv:
            raise UsageError("--csv goes with --engine local only: a table of millions of rows opens nowhere")
        from model.ray_engine import RayArgs, score_ray  # noqa: PLC0415 - keeps --help instant
        return score_ray(RayArgs(args.job, args.out, args.paths, args.adapter, args.base, args.device, args.partition,
                                 args.cores), lambda line: print(line, file=sys.stderr, flush=True))
    from model.cli import ScoreArgs, score  # noqa: PLC0415 - as above
    return score(ScoreArgs(args.job, Path(args.out), [Path(path) for path in args.paths], args.adapter, args.csv,
                           args.base, args.device))


def run_evaluate(args: argparse.Namespace) -> int:
    from training.cli import evaluate  # noqa: PLC0415 - as above
    return evaluate(args.pairs, args.out, args.adapter, args.base, args.device)


def run_bench(args: argparse.Namespace) -> int:
    from model.bench import BenchArgs, bench  # noqa: PLC0415 - as above
    return bench(BenchArgs(args.out, args.device, args.base, args.quick, args.full, tuple(args.gguf), args.price),
                 lambda line: print(line, flush=True))


def run_train(args: argparse.Namespace) -> int:
    from training.cli import train  # noqa: PLC0415 - as above
    return train(args.stage, args.recipe, args.run_dir, args.settings, args.dry_run, args.queue)


def run_promote(args: argparse.Namespace) -> int:
    from training.cli_promote import promote  # noqa: PLC0415 - as above
    return promote(args.run_dir, args.pairs, args.reason, args.measure_only, args.queue, args.device)


def run_rollback(args: argparse.Namespace) -> int:
    from training.cli_promote import rollback  # noqa: PLC0415 - as above
    return rollback()


def run_users(args: argparse.Namespace) -> int:
    from recruiter_ui.access_cli import users_command  # noqa: PLC0415 - as above
    return users_command(args.action, args.name, args.role)


def run_erase(args: argparse.Namespace) -> int:
    from recruiter_ui.access_cli import erase_command  # noqa: PLC0415 - as above
    return erase_command(args.what, args.yes, args.scrub)


def run_retention(args: argparse.Namespace) -> int:
    from recruiter_ui.access_cli import retention_command  # noqa: PLC0415 - as above
    return retention_command(args.apply, args.job, args.days)


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
