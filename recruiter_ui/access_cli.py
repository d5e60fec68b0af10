"""The commands `users`, `erase` and `retention`: what an admin does from the machine itself."""

from __future__ import annotations

import getpass
import sys

from model.errors import UsageError
from recruiter_ui import privacy
from recruiter_ui.access_passwords import check_name, check_password, hashed
from recruiter_ui.records import erasure, open_store, users

ACTOR = "command line"


def users_command(action: str, name: str | None, role: str | None) -> int:
    """`users add|list|disable|enable|password|role [NAME] [--role ROLE]`; returns the exit status."""
    if action == "list":
        return _list()
    if name is None:
        raise UsageError(f"whom? python app.py users {action} NAME")
    name, store = check_name(name), open_store()
    if action == "add":
        if role is None:
            raise UsageError("which role? Add --role viewer, recruiter or admin")
        users.add_user(store, name, hashed(_password(name)), role, ACTOR)
        print(f"{name} can sign in as {role}. From now on nobody comes in without signing in.")
    elif action == "password":
        users.set_password(store, name, hashed(_password(name)), ACTOR)
        print(f"{name} has a new password and is signed out everywhere.")
    elif action == "role":
        if role is None:
            raise UsageError("which role? Add --role viewer, recruiter or admin")
        users.set_role(store, name, role, ACTOR)
        print(f"{name} is {role} now.")
    else:
        users.set_disabled(store, name, action == "disable", ACTOR)
        print(f"{name} can {'no longer' if action == 'disable' else 'again'} sign in.")
    return 0


def _list() -> int:
    found = users.all_users(open_store())
    for user in found:
        print(f"{user.name:24} {user.role:10} {'disabled' if user.disabled else 'active':9} since {user.created[:10]}")
    if not found:
        print("There are no users: the page needs no sign-in and listens on this computer only.\n"
              "The first one: python app.py users add NAME --role admin")
    return 0


def _password(name: str) -> str:
    """The password typed twice, or the first line of the standard input where that is no terminal."""
    if not sys.stdin.isatty():
        return check_password(name, sys.stdin.readline().rstrip("\r\n"))
    password = check_password(name, getpass.getpass("Password: "))
    if password != getpass.getpass("Again: "):
        raise UsageError("the two passwords differ: try again")
    return password


def erase_command(what: str | None, yes: bool, scrub: bool) -> int:
    """`erase SHA256_OR_FILE`: a candidate's document out of everything, after a question; `--scrub` traces alone."""
    store = open_store()
    if scrub:
        erasure.scrub(store)
        print("The database's files hold nothing of what was deleted.")
    if what is None:
        if not scrub:
            raise UsageError("erase what? Name the document's SHA-256 (it is in every export) or the file itself")
        return 0
    sha256 = privacy.hash_of(what)
    if not yes and not _sure(f"Erase the document {sha256[:12]}… with its text, verdicts and decisions everywhere?"):
        print("Nothing was erased.")
        return 1
    done = privacy.erase(store, [sha256], ACTOR)
    print(done.words())
    return 0


def retention_command(apply: bool, job: int | None, days: int | None) -> int:
    """`retention`: what the policy would take; `--apply` takes it; `--job ID --days N` sets a job's own time."""
    store = open_store()
    if job is not None:
        if days is not None and days < 1:
            raise UsageError("--days must be 1 or more; leave it out for the policy's")
        erasure.set_retention(store, job, days, ACTOR, anyones=True)
    stated = privacy.policy()
    print(f"Policy: {'keep everything' if stated is None else f'keep for {stated} days'} "
          "(SHORTLIST_RETENTION_DAYS), where a job has no time of its own.")
    if apply:
        what, done = privacy.keep_to_policy(store, actor=ACTOR)
        print(f"{len(what.screenings)} screenings ended their time. {done.words()}")
    else:
        what = privacy.due(store, stated)
        print(f"Due now: {len(what.screenings)} screenings and {len(what.documents)} documents. --apply erases them; "
              "a running server does so at its start and daily.")
    return 0


def _sure(question: str) -> bool:
    if not sys.stdin.isatty():
        raise UsageError("nobody is there to be asked: add --yes")
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
