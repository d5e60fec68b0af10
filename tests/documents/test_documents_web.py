"""HTML: what style sheets and inline styles hide stays out, what they show stays in."""

import pytest
from documents_tricks import VISIBLE

from model.documents.formats import read_bytes
from model.documents.limits import Limits

FILLER = " ".join(VISIBLE)
PAGES = {  # name: style sheet, body; "unseen" must go, "shown" must stay
    "descendant": (".a .b {display: none}", "<div class=a><i class=b>unseen</i></div><i class=b>shown</i>"),
    "important": (".h {display: none !important}", '<p class=h style="display: block">unseen</p><p>shown</p>'),
    "screen": ("@media screen {.h {display: none}}", "<p class=h>unseen</p><p>shown</p>"),
    "print": ("@media print {.h {display: none}}", "<p class=h>shown</p>"),
    "two classes": (".a.b {display: none}", '<p class="a b">unseen</p><p class=a>shown</p>'),
    "attribute": ("[data-x] {display: none}", "<p data-x=1>unseen</p><p>shown</p>"),
    "number": ("li:nth-child(2) {display: none}", "<ul><li>shown</li><li>unseen</li></ul>"),
    "pseudo element": ("p::before {display: none}", "<p>shown</p>"),
    "hover": ("b:hover {display: none}", "<b>shown</b>"),
    "weight": ("#i {color: #000} i {color: #fff}", "<i id=i>shown</i><i>unseen</i>"),
    "escape": (".\\68 {display: none}", "<p class=h>unseen</p><p>shown</p>"),
    "variable": (":root {--c: #fff} .h {color: var(--c)}", "<p class=h>unseen</p><p>shown</p>"),
    "hsl": ("", '<p style="color: hsl(0 0% 100%)">unseen</p><p>shown</p>'),
    "clear": ("", '<p style="color: #00000000">unseen</p><p style="color: rgb(0 0 0 / 4%)">unseen</p><p>shown</p>'),
    "seldom names": ("", '<p style="color: papayawhip; background: blanchedalmond">unseen</p><p>shown</p>'),
    "endless": ("", f'<p style="{"x:y;" * 3000}display: none">unseen</p><p>shown</p>'),
    "no size": ("", '<p style="font: 0/0 a">unseen</p><p>shown</p>'),
    "filter": ("", '<p style="filter: opacity(0)">unseen</p><p>shown</p>'),
    "dialog": ("", "<dialog>unseen</dialog><dialog open>shown</dialog>"),
    "visible child": ("", '<p style="visibility: hidden">unseen <b style="visibility: visible">shown</b></p>'),
    "text fill": ("", '<p style="color: white; -webkit-text-fill-color: black">shown</p>'),
    "gradient letters": ("", '<p style="background: linear-gradient(red, blue); color: transparent; '
                             'background-clip: text">shown</p>'),
    "dark gradient": ("", '<div style="background: linear-gradient(#112, #334)"><p style="color: #fff">shown</div>'),
    "picture": ("", '<div style="background-image: url(x.png)"><p style="color: #fff">shown</p></div>'),
    "dark page": (".d {background: #222; color: #eee}", '<div class=d><p>shown<p style="color: #222">unseen</div>'),
    "broken rules": ("}} @import url(x); p:::x {display: none} {", "<p>shown</p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_styles_count_as_in_a_browser(name):
    sheet, body = PAGES[name]
    page = f"<html><head><style>{sheet}</style></head><body><div>{FILLER}</div>{body}</body></html>"
    document = read_bytes(page.encode(), "a.html", "", Limits())
    assert "unseen" not in document.text
    assert "shown" in document.text
    assert FILLER in document.text
    assert ("unseen" in body) == ("hidden_text" in {flag.code for flag in document.flags})
