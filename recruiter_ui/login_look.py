"""What the pages of the sign-in look like. Pure: texts in, HTML out; every text from outside is escaped."""

from __future__ import annotations

from html import escape

from recruiter_ui.access import Identity
from recruiter_ui.access_passwords import MIN_LENGTH
from recruiter_ui.i18n import language, t
from recruiter_ui.theme import ACCENT, FONT, NEUTRAL

ROLE_WORDS = {"viewer": "Viewer: reads what is shared", "recruiter": "Recruiter: screens and decides",
              "admin": "Admin: everything, users and models too"}
STYLE = f"""
:root {{ color-scheme: light dark; --back: {NEUTRAL.c50}; --card: #fff; --text: {NEUTRAL.c900}; --soft: {NEUTRAL.c600};
  --line: {NEUTRAL.c300}; --main: {ACCENT.c600}; --main-over: {ACCENT.c700}; --note: #fdf3e3; --note-line: #b7791f; }}
@media (prefers-color-scheme: dark) {{ :root {{ --back: {NEUTRAL.c950}; --card: {NEUTRAL.c900};
  --text: {NEUTRAL.c100}; --soft: {NEUTRAL.c400}; --line: {NEUTRAL.c600}; --note: #3a2c12; }} }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px; background: var(--back);
  color: var(--text); font: 16px/1.5 {", ".join(f'"{name}"' if " " in name else name for name in FONT)}; }}
main {{ width: 100%; max-width: 400px; background: var(--card); border: 1px solid var(--line); border-radius: 12px;
  padding: 30px 32px 34px; overflow-wrap: anywhere; }}
.brand {{ display: flex; align-items: center; gap: 12px; margin-bottom: 20px; font-weight: 700; font-size: 20px; }}
.brand svg {{ width: 34px; height: 34px; }} .brand rect {{ fill: var(--main); }}
.brand path {{ stroke: #fff; stroke-width: 2.2; stroke-linecap: round; fill: none; }}
h1 {{ font-size: 19px; margin: 0 0 14px; }} h2 {{ font-size: 16px; margin: 28px 0 4px; }}
p {{ margin: 0 0 12px; color: var(--soft); }} p b {{ color: var(--text); }}
label {{ display: block; margin-top: 14px; font-size: 14px; color: var(--soft); }}
input {{ width: 100%; margin-top: 5px; padding: 10px 12px; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--line); border-radius: 7px; }}
button, .button {{ display: block; width: 100%; margin-top: 22px; padding: 11px; font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; color: #fff; background: var(--main); border: 1px solid var(--main);
  border-radius: 7px; cursor: pointer; }}
button:hover, .button:hover {{ background: var(--main-over); }}
.second {{ color: var(--text); background: transparent; border-color: var(--line); }}
.second:hover {{ background: var(--back); }}
:focus-visible {{ outline: 2.5px solid {ACCENT.c400}; outline-offset: 2px; }}
.note {{ background: var(--note); color: var(--text); border-left: 4px solid var(--note-line); border-radius: 4px;
  padding: 10px 14px; }}
a {{ color: inherit; }}
"""
LOGO = ('<svg viewBox="0 0 28 28" aria-hidden="true"><rect x="2" y="3" width="24" height="22" rx="6"/>'
        '<path d="M8 10h12M8 14.5h8M8 19h4"/></svg>')

WATCH = """<script>(() => { const ask = window.fetch; window.fetch = async (...what) => {
  const answer = await ask(...what);
  if (answer.status === 401 && answer.headers.get('x-shortlist') === 'sign-in') location.assign('/login');
  return answer; }; })()</script>"""  # in the head of the app's page: turns to the sign-in once the session is over


def page(title: str, body: str, head: str = "") -> str:
    """A whole page. `title`, `body` and `head` are ours, or escaped already."""
    return (f'<!doctype html><html lang="{language()}"><head><meta charset="utf-8"><title>{title} · Shortlist</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f'<meta name="robots" content="noindex">{head}<style>{STYLE}</style></head>'
            f'<body><main><div class="brand">{LOGO}Shortlist</div>{body}</main></body></html>')


def sign_in_page(words: str, name: str, hugging_face: bool) -> str:
    """The form; `words` say what was wrong, `name` is put back into its field."""
    other = ('<a class="button second" href="/login/huggingface?_target_url=/login">'
             f'{t("Sign in with Hugging Face")}</a>' if hugging_face else "")
    return page(t("Sign in"), f"""<h1>{t("Sign in")}</h1>{_note(words, True)}
<form method="post" action="/login">
{_field("name", t("Name"), "text", "username", name, focus=True)}
{_field("password", t("Password"), "password", "current-password")}
<button>{t("Sign in")}</button></form>{other}""")


def account_page(user: Identity, words: str, wrong: bool = False) -> str:
    """Who is signed in, sign out, a new password."""
    return page(t("Account"), f"""<h1>{t("Your account")}</h1>{_note(words, wrong)}
<p>{t("Signed in as")} <b>{escape(user.name)}</b>.<br>{t(ROLE_WORDS[user.role])}.</p>
<a class="button" href="/">{t("Back to the shortlist")}</a>
<form method="post" action="/logout"><button class="second">{t("Sign out")}</button></form>
<h2>{t("Change the password")}</h2>
<form method="post" action="/account/password">
{_field("password", t("Present password"), "password", "current-password")}
{_field("new", t("New password, {least} characters or more", least=MIN_LENGTH), "password", "new-password")}
{_field("again", t("The new one again"), "password", "new-password")}
<button class="second">{t("Change it")}</button></form>""")


def _note(words: str, wrong: bool) -> str:
    return f'<p class="note" role="{"alert" if wrong else "status"}">{escape(words)}</p>' if words else ""


def _field(name: str, label: str, kind: str, fill: str, value: str = "", focus: bool = False) -> str:
    more = " autofocus" if focus else ""
    return (f'<label>{label}<input name="{name}" type="{kind}" autocomplete="{fill}" value="{escape(value[:100])}" '
            f'maxlength="256" required autocapitalize="off" spellcheck="false"{more}></label>')
