"""The gate: an ASGI layer that lets no request to the page, its calls or its files through without a user.

It stands between Gradio's router and everything else. Where nobody signs in (one person's computer), everyone who asks
through 127.0.0.1 is that person; the checks against other sites and other people's pages and files stay.
"""

from __future__ import annotations

import json
import logging
import re
import time

from starlette._utils import get_route_path
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from model.errors import RecordsError
from recruiter_ui import login, uploads
from recruiter_ui.access import DESK, IDENTITY, Identity, paths_in
from recruiter_ui.access_desk import Desk
from recruiter_ui.access_doors import door, file_of, foreign, is_loopback

MAX_CALL_BYTES = 4 * 2**20  # of one call's JSON; files come through the upload
RECHECK = 10.0  # seconds between two looks whether the reader of a stream is still signed in
CANCEL = "/gradio_api/cancel"
MCP = re.compile(r"/gradio_api/mcp(/.*)?")
UNWELL = ("The records cannot be used just now: the disk may be full, or the database damaged. `python app.py doctor` "
          "tells an admin more.")
log = logging.getLogger("shortlist.access")
SIGN_IN = {"X-Shortlist": "sign-in"}  # tells the page's script to turn to the sign-in


class Refused(Exception):
    """Why a request is not let through: a status and a sentence."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


class Gate:
    """The layer. It puts the user and the desk into the request's scope, where `access.current_user` finds them."""

    def __init__(self, app: ASGIApp, desk: Desk, mcp: bool = False) -> None:
        self.app, self.desk, self.mcp = app, desk, mcp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            try:
                await self._admit(scope, receive, send)
            except Refused as refusal:
                headers = SIGN_IN if refusal.status == 401 else {}
                await JSONResponse({"detail": refusal.words}, refusal.status, headers)(scope, receive, send)
            except RecordsError as error:  # before an answer began: who is it?
                log.error("the records refused", extra={"reason": type(error.__cause__).__name__})
                await JSONResponse({"detail": UNWELL}, 503)(scope, receive, send)
        else:  # the page opens no websocket
            await send({"type": "websocket.close", "code": 1008})

    async def _admit(self, scope: Scope, receive: Receive, send: Send) -> None:
        request, path = Request(scope, receive), get_route_path(scope)
        kind = door(scope["method"], path)
        alone = await self.desk.alone()
        if alone and not _here(scope):
            raise Refused(403, "Others may come in once there are users: python app.py users add NAME --role admin")
        if foreign(request.headers, alone):
            if path in ("/", "/login", "/account") and scope["method"] == "GET" and _followed(request.headers, alone):
                kind = kind if alone else "arrival"  # a link from elsewhere
            elif path != "/login/callback":
                raise Refused(403, "This call came from another site or through a wrong address, and was not taken.")
        if kind == "open":
            await self.app(scope, receive, send)
        elif kind == "arrival":  # the cookie comes along once our own page asks
            await login.arrival()(scope, receive, send)
        elif kind == "login":
            answer = await login.respond(request, path, self.desk, alone)
            await (answer or self.app)(scope, receive, send)
        else:
            await self._with_user(scope, receive, send, request, kind, path, alone)

    async def _with_user(self, scope: Scope, receive: Receive, send: Send, request: Request, kind: str, path: str,
                         alone: bool) -> None:
        token = login.token_of(request)
        user = self.desk.local() if alone else await self.desk.who(token)
        if user is None:
            if path == "/" and scope["method"] == "GET":
                await RedirectResponse("/login", 303)(scope, receive, send)
                return
            raise Refused(401, "Sign in first.")
        if kind == "shut" and not (self.mcp and alone and MCP.fullmatch(path)):  # MCP knows no sign-in
            raise Refused(404, "There is nothing here.")
        if kind == "metrics" and not user.may("admin"):
            raise Refused(403, f"This needs the role admin; yours is {user.role}.")
        if path == "/" and scope["method"] == "HEAD":  # asked by Gradio at its start; not worth building the page for
            await Response()(scope, receive, send)
            return
        scope[IDENTITY], scope[DESK] = user, self.desk
        if kind == "upload":
            answer = await self._upload(request, user)
            await answer(scope, receive, send)
            return
        if kind == "call":
            receive = await self._read_call(request, path, user)
        elif kind == "stream":
            self._own_page(request, path, user)
            receive, send = self._watched(user, receive, send)
        elif kind == "file" and not self.desk.holdings.has(file_of(path), user.id):
            raise Refused(403, "This file is not yours, or is there no more.")
        await self.app(scope, receive, send)

    # --- the kinds ---------------------------------------------------------------------------------------------------

    async def _upload(self, request: Request, user: Identity) -> Response:
        if not user.may("recruiter"):
            raise Refused(403, f"This needs the role recruiter; yours is {user.role}.")
        upload = request.query_params.get("upload_id")
        if upload is not None and not self.desk.holdings.claim(upload, user.id):
            raise Refused(403, "This upload is not yours.")
        return await uploads.receive(request, self.desk, user)

    async def _read_call(self, request: Request, path: str, user: Identity) -> Receive:
        """Check whose page and files a call names; returns what gives the body to the router."""
        body = b""
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_CALL_BYTES:
                raise Refused(413, "This call is too large: shorten the text.")
        try:
            call = json.loads(body or b"{}")
        except ValueError as error:
            raise Refused(400, "This call is not JSON.") from error
        if not isinstance(call, dict) or not self.desk.holdings.claim(call.get("session_hash"), user.id):
            raise Refused(403, "This page is not yours: load it again.")
        if path == CANCEL and call.get("event_id") not in _events(request, call["session_hash"]):
            raise Refused(404, "This call has ended, or is not yours.")
        if type(call.get("fn_index")) is not int or call["fn_index"] not in request.app.get_blocks().fns:
            raise Refused(404, "There is no such call: load the page again.")
        for file in paths_in([call.get("data"), call.get("event_data")]):
            if not self.desk.holdings.has(file, user.id):
                raise Refused(403, "This file is not yours, or is there no more: add it again.")
        body = json.dumps(without_addresses(call)).encode()
        return _once(body, request.receive)

    def _own_page(self, request: Request, path: str, user: Identity) -> None:
        key = {"/gradio_api/queue/data": "session_hash", "/gradio_api/upload_progress": "upload_id"}.get(path)
        pages = request.query_params.getlist(key) if key else [path.rpartition("/")[2]]
        if len(pages) != 1 or not self.desk.holdings.claim(pages[0], user.id):
            raise Refused(403, "This page is not yours: load it again.")

    def _watched(self, user: Identity, receive: Receive, send: Send) -> tuple[Receive, Send]:
        """A stream that ends soon after its reader has signed out or was shut out."""
        state = {"next": time.monotonic() + RECHECK, "over": False}

        async def checked(message: Message) -> None:
            if not state["over"] and time.monotonic() > state["next"]:
                state["next"] = time.monotonic() + RECHECK
                if await self.desk.fresh(user) is None:
                    state["over"] = True
                    await send({"type": "http.response.body", "body": b"", "more_body": False})
            if not state["over"]:
                await send(message)

        async def watched() -> Message:
            return {"type": "http.disconnect"} if state["over"] else await receive()

        return watched, checked


def _events(request: Request, page: str) -> set[str]:
    """The calls of this page that are waiting or running."""
    return set(request.app.get_blocks()._queue.pending_event_ids_session.get(page, ()))


def without_addresses(value: object) -> object:
    """The JSON value with the address of every file taken out: a file is known by its path, and nothing is fetched."""
    if isinstance(value, dict):
        return {key: None if key == "url" else without_addresses(part) for key, part in value.items()}
    if isinstance(value, list):
        return [without_addresses(part) for part in value]
    return value


def _once(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _followed(headers: Headers, alone: bool) -> bool:
    """Whether a person followed a link to an address of ours, rather than a script or a frame asking."""
    return (headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
            and not foreign({"host": headers.get("host", "")}, alone))


def _here(scope: Scope) -> bool:
    """Whether the request comes from this computer, and not through a proxy on it."""
    return is_loopback(scope["client"][0] if scope.get("client") else "")
