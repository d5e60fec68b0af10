"""Sign-in with Hugging Face, on Spaces only: Gradio speaks OAuth, we say which accounts are users and in which role."""

from __future__ import annotations

import os

import gradio as gr

from model.errors import UsageError
from recruiter_ui.access_passwords import NO_PASSWORD
from recruiter_ui.records import users
from recruiter_ui.records.store import Store

NEEDED = ("SPACE_ID", "OAUTH_CLIENT_ID", "OAUTH_CLIENT_SECRET")
PREFIX = "hf@"  # names of such users; `users add` refuses names that begin so
LISTS = {"admin": "SHORTLIST_HF_ADMINS", "recruiter": "SHORTLIST_HF_RECRUITERS", "viewer": "SHORTLIST_HF_VIEWERS"}


class Page(gr.Blocks):
    """A page for which Gradio sets OAuth up on Spaces, without a button of Gradio's: our sign-in page has one."""

    @property
    def expects_oauth(self) -> bool:
        return enabled()


def enabled() -> bool:
    """Whether this is a Space with `hf_oauth: true`."""
    return all(os.environ.get(name) for name in NEEDED)


def role_of(account: str) -> str | None:
    """The role of a Hugging Face account by the lists in the environment (names, commas between); None for others."""
    for role, setting in LISTS.items():
        if account.lower() in [name.strip().lower() for name in os.environ.get(setting, "").split(",")]:
            return role
    return None


def account_in(session: dict | None) -> str | None:
    """The account that Gradio's OAuth has put into the request's session, if it has."""
    info = ((session or {}).get("oauth_info") or {}).get("userinfo") or {}
    name = info.get("preferred_username")
    return name if isinstance(name, str) and name else None


def role_now(user: users.User) -> str | None:
    """The role of a user: that of the records, or for a Hugging Face account that of the lists; None for no role."""
    return role_of(user.name.removeprefix(PREFIX)) if user.name.startswith(PREFIX) else user.role


def user_of(store: Store, account: str) -> users.User | None:
    """The user that stands for the account, made where needed; None where it is on no list or disabled.

    The first of all users must be an admin: until one has come, nobody else may.
    """
    role, name = role_of(account), PREFIX + account.lower()
    if role is None:
        return None
    known = users.find_user(store, name)
    if known is None:
        try:
            known = users.add_user(store, name, NO_PASSWORD, role)
        except UsageError:
            return None
    return None if known.disabled else known
