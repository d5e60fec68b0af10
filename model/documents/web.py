"""HTML as a browser would show it, without running or loading anything: inline styles and style sheets count.

lxml reads the page, tinycss2 and cssselect2 its styles. Markdown is made into HTML by markdown-it-py and then read
the same way.
"""

from __future__ import annotations

import re
from dataclasses import replace

import cssselect2
import tinycss2
import tinycss2.color4
from lxml import etree

from model.documents.draft import Draft
from model.documents.limits import Limits
from model.documents.looks import Colour, Look
from model.documents.plain import add_paragraphs, decode
from model.documents.reasons import unreadable

MAX_DEPTH = 240
MAX_RULES, MAX_SHEET = 2_000, 200_000  # rules of a page, characters of one style sheet
MAX_INLINE = 10_000  # characters of an element's own style
UNREADABLE = {"display": ("none", True)}  # what stands for a longer one: it may hide its text, and nobody needs it
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
UNSHOWN = "the page's own visibility"
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
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")


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
    page = _Page(root, draft)
    page.walk(root, Look(points=12.0), 0)
    add_paragraphs(draft, "".join(page.out))
    draft.pages = 1


def _rules(root) -> tuple[cssselect2.Matcher, dict[str, str]]:
    """Rules of the page's own style sheets as they count on a screen, and the page's variables."""
    matcher, variables, count = cssselect2.Matcher(), {}, 0
    for style in root.iter("style"):
        todo = tinycss2.parse_stylesheet("".join(style.itertext())[:MAX_SHEET], True, True)
        while todo and count < MAX_RULES:
            rule = todo.pop(0)
            if rule.type == "at-rule" and rule.content and _on_screen(rule):
                todo[:0] = tinycss2.parse_rule_list(rule.content, True, True)
            if rule.type != "qualified-rule":
                continue
            count += 1
            given = _declared(rule.content)
            variables |= {name: value for name, (value, _) in given.items() if name.startswith("--")}
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:  # a browser leaves such a rule out, too
                continue
            for selector in selectors:
                if selector.pseudo_element is None:
                    matcher.add_selector(selector, given)
    return matcher, variables


def _on_screen(rule) -> bool:
    """Whether a browser reads the rules in an at-rule: of media, those for a screen of usual width."""
    words = tinycss2.serialize(rule.prelude).lower()
    if rule.lower_at_keyword == "media":
        return not re.search(r"\bprint\b|\bspeech\b|max-width|prefers-", words)
    return rule.lower_at_keyword in ("supports", "layer", "container")


def _declared(tokens) -> dict[str, tuple[str, bool]]:
    """CSS declarations: name to (value in lower case, whether it is important)."""
    found = {}
    for item in tinycss2.parse_blocks_contents(tokens, True, True):
        if item.type == "declaration" and (item.important or not found.get(item.lower_name, ("", False))[1]):
            found[item.lower_name] = tinycss2.serialize(item.value).strip().lower(), item.important
    return found


def css_rgba(text: str) -> tuple[Colour, float] | None:
    """A CSS colour and its opacity 0-1; None where it is no plain colour."""
    found = tinycss2.color4.parse_color(text.strip())
    if found is None or isinstance(found, str):  # currentcolor
        return None
    try:
        shares = found.to("srgb").coordinates
    except (NotImplementedError, ValueError):
        return None
    return tuple(min(255, max(0, round(255 * (share or 0)))) for share in shares), float(found.alpha)


def css_colour(text: str) -> Colour | None:
    """A CSS colour; None where it is no plain colour, or more clear than not."""
    found = css_rgba(text)
    return found[0] if found and found[1] >= 0.5 else None


def _gradient(text: str) -> Colour | None:
    """The mean of a gradient's colours; None for a picture."""
    found = [c for word in re.findall(r"#\w+|[a-z]+\([\d.,%\s/]+\)|[a-z]+", text) if (c := css_colour(word))]
    return tuple(round(sum(channel) / len(found)) for channel in zip(*found, strict=True)) if found else None


def css_points(text: str, parent: float) -> float | None:
    """A CSS length in points; `parent` is what em and % refer to."""
    match = re.match(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%|cm|mm|in|vw|vh)?", text.strip())
    if not match:
        return _SIZES.get(text.strip())
    unit = {"pt": 1.0, "em": parent, "rem": 12.0, "%": parent / 100, "cm": 28.35, "mm": 2.835, "in": 72.0,
            "vw": 6.0, "vh": 8.0}.get(match[2] or "px", _HALF_POINTS)  # fmt: skip
    return float(match[1]) * unit


class _Page:
    def __init__(self, root, draft: Draft):
        self.draft, self.out = draft, []
        matcher, self._variables = _rules(root)
        self._matched = {e.etree_element: matcher.match(e)
                         for e in cssselect2.ElementWrapper.from_html_root(root).iter_subtree()}

    def _style(self, element) -> dict[str, str]:
        """Properties of an element: those of rules by their weight, then its own; important ones win."""
        layers = [properties for _, _, _, properties in self._matched.get(element, ())]
        inline = element.get("style") or ""
        layers.append(_declared(inline) if len(inline) <= MAX_INLINE else UNREADABLE)
        found = {name: value for layer in layers for name, (value, _) in layer.items()}
        found |= {name: value for layer in layers for name, (value, important) in layer.items() if important}
        found = {name: _VARIABLE.sub(lambda m: self._variables.get(m[1], m[2] or ""), value)
                 for name, value in found.items()}
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
    if not style and element.get("hidden") is None and element.tag != "dialog":
        return look
    look = replace(look)
    if element.get("hidden") is not None or style.get("display") == "none":
        look.hidden = "the page's own style"
    if style.get("visibility") == "visible" and look.hidden == UNSHOWN:
        look.hidden = ""
    if style.get("visibility") in ("hidden", "collapse"):
        look.hidden = look.hidden or UNSHOWN
    if style.get("content-visibility") == "hidden" or (element.tag == "dialog" and element.get("open") is None):
        look.hidden = "the page's own style"
    look.points = _font_size(style, look.points)
    opacity = re.match(r"\d*\.?\d+", style.get("opacity", "")) or re.search(
        r"(?<=opacity\()\d*\.?\d+(?=\))", style.get("filter", "")
    )
    look.opacity *= min(1.0, float(opacity[0])) if opacity else 1.0
    if look.opacity < 0.16:
        look.hidden = "a transparent colour"
    _set_ground(look, style)
    clipped = "text" in style.get("background-clip", "") or "text" in style.get("-webkit-background-clip", "")
    colour = style.get("-webkit-text-fill-color") or style.get("color", "")
    rgba = css_rgba(colour)
    if rgba and rgba[1] < 0.16 and not clipped:
        look.hidden = "a transparent colour"
    elif clipped:
        look.colour = None  # its letters show the background
    elif rgba:
        look.colour = rgba[0]
    if _out_of_place(style, look.points):
        look.hidden = look.hidden or "a place off the page"
    return look


def _set_ground(look: Look, style: dict[str, str]) -> None:
    """What is behind the text: a colour, the mean of a gradient, or None for a picture."""
    shown = style.get("background-image", "none") + " " + style.get("background", "")
    if "url(" in shown or "gradient" in shown:
        look.ground = None if "url(" in shown else _gradient(shown) or look.ground
        return
    background = style.get("background-color") or style.get("background", "")
    look.ground = css_colour(background) or css_colour(background.split(" ")[0]) or look.ground


def _font_size(style: dict[str, str], parent: float) -> float:
    size = style.get("font-size")
    if not size:
        match = re.search(r"(?:^|\s)(\d*\.?\d+(?:px|pt|em|rem|%)|0(?=[/\s]))", style.get("font", ""))
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
