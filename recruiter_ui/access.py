"""Who may do what: roles, the user behind a request, and the check before every handler.

`guard(app)` puts the check in front of everything that the page can call, by name or by number, through whatever door;
`current_user(request)` tells a handler whose data it may touch. `access_roles.py` says who may call what.
"""

from __future__ import annotations

import errno
import logging
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps

import gradio as gr
from gradio.components import DownloadButton, File, Image

from model.errors import ShortlistError
from recruiter_ui.access_roles import least_role
from recruiter_ui.i18n import t
from recruiter_ui.records.store import LOCAL
from recruiter_ui.records.users import ROLES

log = logging.getLogger("shortlist.access")
IDENTITY, DESK = "shortlist.identity", "shortlist.desk"  # keys of a request's scope, set by the gate
SERVED = (DownloadButton, File, Image)  # components whose files a page fetches


class AccessError(ShortlistError):
    """Somebody asked for what their role does not allow, or is not signed in."""


@dataclass(frozen=True)
class Identity:
    """The user behind a request: `id` is what the records call owner and user. `session` is the token's hash."""

    id: str
    name: str
    role: str
    session: str | None = None

    def may(self, least: str) -> bool:
        """Whether the role is `least` or more."""
        return ROLES.index(self.role) >= ROLES.index(least)


NOBODY_ELSE = Identity(LOCAL, LOCAL, "admin")  # the one user of a computer where nobody signs in
_current: ContextVar[Identity | None] = ContextVar("shortlist_user", default=None)


def current_user(request: gr.Request | None = None) -> Identity:
    """The user whom this handler works for; without a server around it, the local one.

    Raises AccessError for a request that did not come through the gate.
    """
    if request is None:
        return _current.get() or NOBODY_ELSE
    found = request.request.scope.get(IDENTITY) if request.request else None
    if found is None:
        raise AccessError("this request did not come through the sign-in: open the page again")
    return found


def guard(app: gr.Blocks) -> gr.Blocks:
    """Check the role before anything of the page runs, each step of a stream included.

    Every way to a handler (the queue, by name, by number, at load or unload) ends in `process_api`, so the check sits
    there. A handler that no table knows needs an admin.
    """
    run = app.process_api

    @wraps(run)
    async def checked(block_fn, inputs, *args, **named):
        fn = app.fns[block_fn] if isinstance(block_fn, int) else block_fn
        request = named.get("request")
        if request is None:  # called from Python, in this process
            return await told(fn, inputs, *args, **named)
        user = await _allowed(request, fn, named.get("session_hash"))
        _current.set(user)
        found = await told(fn, inputs, *args, **named)
        _offer(request, fn, found["data"], user)
        return found

    async def told(*args, **named):
        """An expected error (a screening that was erased, a full disk) reaches the page in its words."""
        try:
            return await run(*args, **named)
        except ShortlistError as error:
            raise gr.Error(str(error), print_exception=False) from error
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            raise gr.Error(t("The disk is full. Nothing that was recorded is lost; an admin has to free some space."),
                           print_exception=False) from error

    app.process_api = checked
    return app


async def _allowed(request: gr.Request | list, fn, page: str | None) -> Identity:
    """The user, as the records know them now. Raises gr.Error, whose words the page shows."""
    if isinstance(request, list):
        raise gr.Error("Calls in batches are not taken.", print_exception=False)
    desk = request.request.scope.get(DESK) if request.request else None
    user = await desk.fresh(current_user(request)) if desk else None
    if user is None or (page is not None and not desk.holdings.claim(page, user.id)):
        raise gr.Error("You are signed out. Load the page again to sign in.", print_exception=False)
    least = least_role(fn)
    if not user.may(least):
        log.warning("refused: user %s (%s) called what needs %s", user.id, user.role, least)
        raise gr.Error(f"This needs the role {least}; yours is {user.role}. Ask an admin.", print_exception=False)
    return user


def _offer(request: gr.Request, fn, data: list, user: Identity) -> None:
    """Note the files in what the handler returned, so that this user, and no other, can fetch them."""
    holdings = request.request.scope[DESK].holdings
    for component, value in zip(fn.outputs, data, strict=False):
        if isinstance(component, SERVED):
            for path in paths_in(value):
                holdings.give(path, user.id)


def paths_in(value: object) -> list[str]:
    """Every file that a value of the queue's JSON names."""
    if isinstance(value, dict):
        own = [value["path"]] if isinstance(value.get("path"), str) else []
        return own + [path for part in value.values() for path in paths_in(part)]
    if isinstance(value, list | tuple):
        return [path for part in value for path in paths_in(part)]
    return []
