"""The page's languages: English, which the code is written in, and German.

A text is known by its English words. `lazy` marks one that is fixed when the page is built; the browser puts it into
its own language (`gr.I18n`). `t` is for what a handler answers: it knows the visitor's language from the request.
`said` does the same for sentences that come from `model`. A text without a translation stays English.

`translations/de.json` holds the page's texts and `translations/de.model.json` the sentences of `model`; both map
English to German with the same `{names}` in braces. A test finds every text that is missing there.
"""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradio import I18n
    from gradio.i18n import I18nData

ENGLISH, GERMAN = "en", "de"
FOLDER = Path(__file__).parent / "translations"
PLACE = re.compile(r"\{(\w+)\}")


@cache
def german(name: str = "de.json") -> dict[str, str]:
    """English to German."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def bundle() -> I18n:
    """What the browser needs to translate the marks of `lazy`: texts without values in braces."""
    from gradio import I18n  # noqa: PLC0415 - the worker, which has no page, should not pay for Gradio

    fixed = {text: words for text, words in german().items() if not PLACE.search(text)}
    return I18n(en={text: text for text in fixed}, de=fixed)


def lazy(text: str) -> I18nData:
    """A mark for a fixed text, translated in the browser. One mark a label, placeholder or value."""
    from gradio.i18n import I18nData  # noqa: PLC0415 - as in `bundle`

    return I18nData(text)


def language() -> str:
    """The language of the visitor whose event is being handled: the browser's first one, English elsewhere."""
    context = sys.modules.get("gradio.context")  # where Gradio keeps the request; without a page there is none
    request = context.LocalContext.request.get(None) if context else None
    headers = getattr(request, "headers", None)
    first = (headers.get("accept-language") or "") if headers else ""
    return GERMAN if re.match(r"\s*de\b", first, re.I) else ENGLISH


def t(text: str, **values: object) -> str:
    """`text` in the visitor's language, with `values` put into its braces."""
    words = german().get(text, text) if language() == GERMAN else text
    return words.format(**values) if values else words


def said(sentence: str) -> str:
    """A sentence of `model` in the visitor's language; what stands in its braces is translated the same way."""
    return _german(sentence) if language() == GERMAN else sentence


def _german(sentence: str) -> str:
    known = german("de.model.json")
    for text in (sentence, sentence[:1].lower() + sentence[1:]):
        if text in known:
            return known[text]
        for pattern, words in _patterns():
            if found := pattern.fullmatch(text):
                return words.format(**{name: _german(value) for name, value in found.groupdict().items()})
    return sentence


@cache
def _patterns() -> list[tuple[re.Pattern, str]]:
    """Every sentence with braces as a pattern that finds what stands in them; the longest first."""
    texts = sorted(german("de.model.json"), key=len, reverse=True)
    return [(re.compile(_pattern(text), re.S), german("de.model.json")[text]) for text in texts if PLACE.search(text)]


def _pattern(text: str) -> str:
    pieces = PLACE.split(text)  # text, name, text, name, ..., text
    return "".join(f"(?P<{piece}>.+?)" if i % 2 else re.escape(piece) for i, piece in enumerate(pieces))
