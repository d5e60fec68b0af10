"""HTML as a browser would show it, without running or loading anything: inline styles and simple style sheets count.

Markdown is made into HTML by markdown-it-py and then read the same way.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree

from model.documents.draft import Draft
from model.documents.limits import Limits
from model.documents.looks import BLACK, NAMED_COLOURS, WHITE, Colour, Look, hex_colour
from model.documents.plain import add_paragraphs, decode
from model.documents.reasons import unreadable

MAX_DEPTH = 240
MAX_RULES = 5_000
_SKIPPED = {
    "script", "style", "template", "head", "iframe", "object", "noscript", "svg", "math", "audio", "video", "canvas",
    "select", "datalist", "title", "applet", "map",
}  # fmt: skip
_BLANK_LINE = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "section", "article", "header", "footer",
    "hr", "blockquote", "pre", "main", "aside", "nav",
}  # fmt: skip
_NEW_LINE = {
    "div",
    "li",
    "tr",
    "br",
    "dt",
    "dd",
    "address",
    "figure",
    "figcaption",
    "form",
    "fieldset",
    "details",
    "summary",
}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_HALF_POINTS = 0.75  # points a CSS pixel
_SIZES = {
    "xx-small": 7.0,
    "x-small": 7.5,
    "small": 10.0,
    "medium": 12.0,
    "large": 13.5,
    "x-large": 18.0,
    "xx-large": 24.0,
}
Rule = tuple[str, str, str, dict[str, str]]  # tag, id, class, properties


def read_html(data: bytes, limits: Limits) -> Draft:
    """The visible text of a web page. Raises DocumentError `damaged`."""
    draft = Draft("html")
    text = decode(data)
    declared = re.search(rb"<meta[^>]{0,200}charset=[\"']?([\w-]+)", data[:4096], re.I)
    if declared and declared[1].lower() not in (b"utf-8", b"utf8"):
        try:
            text = data.decode(declared[1].decode("ascii"), "strict")
        except (LookupError, UnicodeDecodeError):
            text = decode(data)
    _read_page(text, draft)
    return draft


def read_markdown(data: bytes, limits: Limits) -> Draft:
    """Markdown as its reader sees it: link targets and images go, headings, lists, tables and line breaks stay."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - few resumes are Markdown, and every reading process would load it

    draft = Draft("md")
    text = decode(data)
    if len(text) > 2 * limits.max_chars:
        draft.flag("truncated", f"Only the first {2 * limits.max_chars} characters were read.")
        text = text[: 2 * limits.max_chars]
    for comment in re.findall(r"^\[//\]: # [(\"'](.*)[)\"']\s*$", text, re.M):  # a link that nothing refers to
        draft.hide(comment, "a comment")
    markdown = MarkdownIt("commonmark", {"breaks": True}).enable(["table", "strikethrough"])
    _read_page(f"<html><body>{markdown.render(text)}</body></html>", draft)
    return draft


def _read_page(text: str, draft: Draft) -> None:
    """Put the visible text of a page's source into `draft`. Raises DocumentError `damaged`."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\0", "")
    try:
        root = etree.fromstring(text, etree.HTMLParser(no_network=True, remove_pis=True, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise unreadable("damaged", kind="web page")
    if root.find(".//script") is not None:
        draft.flag("active_content", "The page holds a program (JavaScript); it was not run.")
    page = _Page(_rules(root), draft)
    page.walk(root, Look(points=12.0), 0)
    add_paragraphs(draft, "".join(page.out))
    draft.pages = 1


def _rules(root) -> list[Rule]:
    """Rules of the page's own style sheets, by the last part of each selector; media for print are left out."""
    found: list[Rule] = []
    for style in root.iter("style"):
        sheet = re.sub(r"/\*.*?(?:\*/|\Z)", "", "".join(style.itertext()), flags=re.S)
        for selectors, body in re.findall(r"([^{}]{1,2000})\{([^{}]{0,20000})\}", sheet):
            properties = declarations(body)
            for selector in selectors.split(","):
                last = re.match(
                    r"^([\w*-]*)((?:[.#][\w-]+)*)$", (selector.split() or [""])[-1].split(">")[-1].split(":")[0]
                )
                if last and len(found) < MAX_RULES:
                    names = re.findall(r"([.#])([\w-]+)", last[2])
                    identity = next((n for kind, n in names if kind == "#"), "")
                    found.append(
                        (last[1].lower().strip("*"), identity, next((n for k, n in names if k == "."), ""), properties)
                    )
    return found


def declarations(text: str) -> dict[str, str]:
    """CSS declarations to a dict, names and values in lower case."""
    found = {}
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


def css_colour(text: str) -> Colour | None:
    """A CSS colour; None where it is no plain colour."""
    text = text.strip()
    numbers = re.match(r"rgba?\(\s*([\d.]+)(%?)[\s,]+([\d.]+)%?[\s,]+([\d.]+)%?", text)
    if numbers:
        scale = 2.55 if numbers[2] else 1
        return tuple(min(255, round(float(numbers[i]) * scale)) for i in (1, 3, 4))
    return NAMED_COLOURS.get(text) or hex_colour(text if text.startswith("#") else None)


def css_points(text: str, parent: float) -> float | None:
    """A CSS length in points; `parent` is what em and % refer to."""
    match = re.match(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%|cm|mm|in|vw|vh)?", text.strip())
    if not match:
        return _SIZES.get(text.strip())
    unit = {"pt": 1.0, "em": parent, "rem": 12.0, "%": parent / 100, "cm": 28.35, "mm": 2.835, "in": 72.0,
            "vw": 6.0, "vh": 8.0}.get(match[2] or "px", _HALF_POINTS)  # fmt: skip
    return float(match[1]) * unit


class _Page:
    def __init__(self, rules: list[Rule], draft: Draft):
        self.draft, self.out = draft, []
        self._by_name: dict[tuple[str, str], list[tuple[int, Rule]]] = {}
        for order, rule in enumerate(rules):
            key = ("#", rule[1]) if rule[1] else (".", rule[2]) if rule[2] else ("", rule[0])
            self._by_name.setdefault(key, []).append((order, rule))

    def _style(self, element) -> dict[str, str]:
        """Properties of an element: tag rules, then classes, then its id, then its own."""
        classes = (element.get("class") or "").split()[:20]
        keys = [("", ""), ("", element.tag), *((".", c) for c in classes), ("#", element.get("id") or "-")]
        found: dict[str, str] = {}
        for key in keys:
            for _, (tag, _, cls, properties) in self._by_name.get(key, ()):
                if (not tag or tag == element.tag) and (not cls or cls in classes):
                    found.update(properties)
        found.update(declarations(element.get("style") or ""))
        if element.tag == "font" and element.get("color"):
            found.setdefault("color", element.get("color").lower())
        if element.get("bgcolor"):
            found.setdefault("background-color", element.get("bgcolor").lower())
        return found

    def walk(self, element, look: Look, depth: int) -> None:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED or depth > MAX_DEPTH:
            return
        tag = element.tag
        style = self._style(element)
        look = _looked(look, style, element)
        if tag in _BLANK_LINE:
            self._break(2)
        elif tag in _NEW_LINE or style.get("display", "") in ("block", "flex", "grid"):
            self._break(1)
        if tag == "li":
            self.out.append("- ")
        self._text(element.text, look, tag)
        for item in element:
            self.walk(item, look, depth + 1)
            self._text(item.tail, look, tag)
        if tag in ("td", "th"):
            self.out.append("\t")
        elif tag in _BLANK_LINE:
            self._break(2)
        elif tag in _NEW_LINE - {"br"}:
            self._break(1)

    def _break(self, lines: int) -> None:
        """End the line, with a blank one after it where `lines` is 2; breaks do not add up."""
        have = 0
        while self.out and not self.out[-1].strip(" \t\n"):
            have = max(have, self.out.pop().count("\n"))
        self.out.append("\n" * max(lines, have))

    def _text(self, text: str | None, look: Look, tag: str) -> None:
        if not text:
            return
        text = text if tag == "pre" else re.sub(r"[ \t\r\n\f]+", " ", text)
        if not text.strip():
            self.out.append(" ")
            return
        how = look.unseen()
        if how:
            self.draft.hide(text, how)
        else:
            self.out.append(text)


def _looked(look: Look, style: dict[str, str], element) -> Look:
    """The look inside `element`, whose parent has `look`."""
    if not style and element.get("hidden") is None:
        return look
    look = replace(look)
    if element.get("hidden") is not None or style.get("display") == "none":
        look.hidden = "the page's own style"
    if style.get("visibility") in ("hidden", "collapse") or style.get("content-visibility") == "hidden":
        look.hidden = "the page's own style"
    look.points = _font_size(style, look.points)
    opacity = re.match(r"\d*\.?\d+", style.get("opacity", ""))
    look.opacity *= min(1.0, float(opacity[0])) if opacity else 1.0
    if look.opacity < 0.16:
        look.hidden = "a transparent colour"
    background = style.get("background-color") or style.get("background", "")
    if "url(" in background or "gradient" in background or "background-image" in style:
        look.ground = (
            BLACK if look.colour and max(look.colour) > 127 else WHITE
        )  # a picture: give the text its contrast
    else:
        look.ground = (
            css_colour(background.split(") ")[0] if "(" in background else background.split(" ")[0]) or look.ground
        )
    colour = style.get("color", "")
    if colour == "transparent" or re.match(r"(?:rgba|hsla)\(.*[,/]\s*0?\.?0+%?\s*\)$", colour):
        look.hidden = "a transparent colour"
    elif colour and colour != "inherit":
        look.colour = css_colour(colour)
    if _out_of_place(style, look.points):
        look.hidden = look.hidden or "a place off the page"
    return look


def _font_size(style: dict[str, str], parent: float) -> float:
    size = style.get("font-size")
    if not size:
        match = re.search(r"(?:^|\s)(\d*\.?\d+(?:px|pt|em|rem|%))", style.get("font", ""))
        size = match[1] if match else ""
    points = css_points(size, parent) if size else None
    return parent if points is None else points


def _out_of_place(style: dict[str, str], em: float) -> bool:
    positioned = style.get("position") in ("absolute", "fixed", "relative")
    for name in ("left", "top", "right", "bottom"):
        shift = css_points(style.get(name, ""), em) if positioned else None
        if shift is not None and (shift < -300 or (shift > 3_000 and name in ("left", "right"))):
            return True
    for name in ("text-indent", "margin-left", "margin-top"):
        shift = css_points(style.get(name, ""), em)
        if shift is not None and shift < -300:
            return True
    clipped = "hidden" in style.get("overflow", "") or style.get("position") == "absolute"
    for name in ("height", "width", "max-height", "max-width"):
        side = css_points(style.get(name, ""), em)
        if side is not None and side < 2 and clipped:
            return True
    if re.search(
        r"rect\(\s*(?:0|1)(?:px)?[\s,]+(?:0|1)(?:px)?[\s,]+(?:0|1)(?:px)?[\s,]+(?:0|1)", style.get("clip", "")
    ):
        return True
    cut = style.get("clip-path", "")
    moved = style.get("transform", "")
    return bool(
        re.search(r"inset\((?:50|100)%|circle\(0", cut)
        or re.search(r"scale[xy]?\(\s*0?\.?0+\d?\s*[,)]|translate[xy]?\(\s*-\d{4,}", moved)
    )
