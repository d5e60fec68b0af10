"""The pages before the page: sign in, account, sign out. Plain HTML, no script, every text escaped."""

from __future__ import annotations

import asyncio
import time
from html import escape
from urllib.parse import parse_qs

import anyio
from gradio.context import LocalContext
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from model.errors import ShortlistError
from recruiter_ui import access_oauth
from recruiter_ui.access import Identity
from recruiter_ui.access_desk import Answer, Desk
from recruiter_ui.access_passwords import MIN_LENGTH, check_password, fits, hashed
from recruiter_ui.i18n import t
from recruiter_ui.login_look import account_page, page, sign_in_page
from recruiter_ui.records import users

MAX_FORM_BYTES = 8192
WRONG_TAKES = 0.6  # seconds until a sign-in that failed is answered, whatever failed
POLICY = ("default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; "
          "base-uri 'none'")


async def respond(request: Request, path: str, desk: Desk, alone: bool) -> Response | None:
    """The answer to an address of this module; None where Gradio's OAuth is to answer."""
    if path in ("/login/huggingface", "/login/callback"):
        return None if access_oauth.enabled() else _away("/login")
    if alone:
        return _away("/")
    LocalContext.request.set(request)  # its language is that of the pages
    form = await _form(request) if request.method == "POST" else {}
    if form is None:
        return _html(page(t("Too much was sent"), f"<p>{t('Go back and try again.')}</p>"), 413)
    if path == "/login":
        return await (_sign_in(request, desk, form) if request.method == "POST" else _arriving(request, desk))
    if path == "/logout" and request.method == "POST":
        await anyio.to_thread.run_sync(desk.sign_out, token_of(request))
        return _without_token(request, _away("/login"))
    user = await desk.who(token_of(request))
    if user is None or path == "/logout":
        return _away("/login" if user is None else "/account")
    if path == "/account/password" and request.method == "POST":
        return await _new_password(request, desk, user, form)
    return _html(account_page(user, ""))


def arrival() -> Response:
    """For a visitor who followed a link from elsewhere: asks again from here, so that the strict cookie comes along."""
    return _html(page(t("Sign in"), f"<p>{t('One moment …')}</p>", head='<meta http-equiv="refresh" content="0">'))


# --- signing in ------------------------------------------------------------------------------------------------------


async def _arriving(request: Request, desk: Desk) -> Response:
    """The sign-in page; with Hugging Face's word for who it is, straight in."""
    if await desk.who(token_of(request)):
        return _away("/")
    words = ""
    if access_oauth.enabled() and (account := access_oauth.account_in(request.scope.get("session"))):
        request.session.pop("oauth_info", None)
        user = await anyio.to_thread.run_sync(access_oauth.user_of, desk.store, account)
        if user:
            return _with_token(request, arrival_to("/"), await anyio.to_thread.run_sync(desk.begin_session, user.id),
                               desk)
        words = t("The account {account} may not use this. Ask an admin to put it on the list.", account=account)
    return _html(sign_in_page(words, "", access_oauth.enabled()))


def arrival_to(path: str) -> Response:
    """A page of ours that turns to `path`, so that the cookie that came with it is sent."""
    return _html(page(t("Sign in"), f"<p>{t('One moment …')}</p>",
                      head=f'<meta http-equiv="refresh" content="0; url={escape(path)}">'))


async def _sign_in(request: Request, desk: Desk, form: dict[str, str]) -> Response:
    began = time.monotonic()
    name, password = form.get("name", ""), form.get("password", "")
    address = request.client.host if request.client else "unknown"
    answer: Answer = await anyio.to_thread.run_sync(desk.sign_in, name, password, address, limiter=desk.checks)
    if answer.token:
        return _with_token(request, _away("/"), answer.token, desk)
    await asyncio.sleep(max(0.0, WRONG_TAKES - (time.monotonic() - began)))
    response = _html(sign_in_page(answer.words, name, access_oauth.enabled()), 429 if answer.wait else 401)
    if answer.wait:
        response.headers["Retry-After"] = str(max(1, round(answer.wait)))
    return response


async def _new_password(request: Request, desk: Desk, user: Identity, form: dict[str, str]) -> Response:
    """Change one's own password; the old one is checked and counted as at the sign-in. Other sessions end."""
    def change() -> str:
        known = users.find_user(desk.store, user.name)
        if known is None or users.begin_try(desk.store, user.id):
            return t("Too many wrong tries. Wait {minutes} min, or ask an admin for a new password.", minutes=15)
        if not fits(known.password_hash, form.get("password", "")):
            return t("The present password is wrong.")
        users.right_password(desk.store, user.id)
        if form.get("new") != form.get("again"):
            return t("The new password was not typed the same twice.")
        try:
            fresh = hashed(check_password(user.name, form.get("new", "")))
        except ShortlistError:
            return t("The new password will not do: {least} characters or more, not built on your name or on one "
                     "character.", least=MIN_LENGTH)
        users.set_password(desk.store, user.name, fresh, user.id, keep=user.session)
        desk.forget()
        return ""

    words = await anyio.to_thread.run_sync(change, limiter=desk.checks)
    done = t("The password was changed. Everywhere else you are signed out.")
    return _html(account_page(user, words or done, bool(words)), 400 if words else 200)


# --- cookies and forms -----------------------------------------------------------------------------------------------


def secure(request: Request) -> bool:
    """Whether the browser speaks https with us (or with the proxy before us that says so)."""
    return request.url.scheme == "https"


def cookie_name(request: Request) -> str:
    """One name for each port, as cookies know none; on https the prefix that only https can set."""
    port = (request.scope.get("server") or ("", 0))[1]
    return f"__Host-shortlist-{port}" if secure(request) else f"shortlist-{port}"


def token_of(request: Request) -> str | None:
    return request.cookies.get(cookie_name(request))


def _with_token(request: Request, response: Response, token: str, desk: Desk) -> Response:
    response.set_cookie(cookie_name(request), token, max_age=int(desk.times.whole), path="/", httponly=True,
                        secure=secure(request), samesite="strict")
    return response


def _without_token(request: Request, response: Response) -> Response:
    response.delete_cookie(cookie_name(request), path="/", httponly=True, secure=secure(request), samesite="strict")
    return response


async def _form(request: Request) -> dict[str, str] | None:
    """The fields of a form, each once; None where it is larger than any of ours."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FORM_BYTES:
            return None
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=10)
    return {name: values[0] for name, values in fields.items()}


def _away(path: str) -> RedirectResponse:
    return RedirectResponse(path, 303)


def _html(text: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(text, status, {"Content-Security-Policy": POLICY, "Cache-Control": "no-store"})
