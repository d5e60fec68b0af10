"""Identity out of a text: names, contacts, addresses, age, gender, marital status, nationality, religion, photos.

A name is taken away only where it is known to be the candidate's own, or where a title ("Mrs") or a label ("Name:",
"Supervisor:") says that it is a name, so that "Grace period accounting" and "will drafting" stay.
"""

from __future__ import annotations

import re
from functools import lru_cache

from model.brief import personal
from model.brief.identity import COMMON_WORDS, EMAIL, NAME_LABEL, PARTICLES, PHONE, Identity, identity, is_phone
from model.brief.sections import fold
from model.brief.titles import DOMAIN_WORDS, TITLE_WORDS

__all__ = ["Identity", "identity", "redact"]

NAME, MAIL, CALL, LINK, ADDRESS, POSTCODE, PERSONAL, PHOTO = (
    "[name]", "[email]", "[phone]", "[link]", "[address]", "[postcode]", "[personal]", "[photo]",
)  # fmt: skip

_ACTS = re.compile(r"['’]s\b|\s+(?:[a-z]+ed|led|is|was|has|had|ran|built|grew|holds|brings|works|manages|leads)\b")


def _is_common(word: str) -> bool:
    """Whether a part of a name is also a word of working life, so that alone it is no sure sign of the candidate."""
    return word in COMMON_WORDS or word in PARTICLES or word in TITLE_WORDS or word in DOMAIN_WORDS


@lru_cache(maxsize=64)
def _name_pattern(parts: tuple[str, ...]) -> tuple[re.Pattern, re.Pattern]:
    """Patterns in folded text: runs of the name's parts (with particles and initials between them), and one part."""
    words = {piece for part in parts for piece in (part, *re.split(r"[-']", part)) if len(piece) > 2 or piece == part}
    one = "|".join(re.escape(word).replace("'", "['’`]") for word in sorted(words, key=lambda w: (-len(w), w)))
    particle = "|".join(sorted(PARTICLES, key=lambda w: (-len(w), w)))
    between = rf"(?:(?:[^\S\n]|[,'’\"()-]){{1,3}}(?:(?:{particle}|[a-z]\.?)[^\S\n]{{1,2}}){{0,3}})"
    run = rf"(?<![\w@])(?:[a-z]\.\s?){{0,2}}(?:{one})(?:{between}(?:{one}))*(?![\w@])"
    spaced = r"[^\S\n]{2,4}".join(" ".join(map(re.escape, part)) for part in parts)
    return re.compile(rf"(?<!\S){spaced}(?!\S)|{run}"), re.compile(one)


def _redact_name(text: str, who: Identity) -> str:
    """`text` without the candidate's name, whole or in part, in any case, with or without accents."""
    parts = tuple(part for part in who.parts if len(part) > 1)
    if not parts:
        return text
    run, one = _name_pattern(parts)
    out, begin = [], 0
    for match in run.finditer(fold(text)):
        shown, found = text[match.start() : match.end()], one.findall(match[0])
        if len(found) == 1 and not any(char.isupper() or char.isalpha() and not char.islower() for char in shown):
            continue
        if len(found) == 1 and _is_common(found[0]) and not _ACTS.match(text, match.end()):
            continue
        out += [text[begin : match.start()], NAME]
        begin = match.end()
    return "".join([*out, text[begin:]])


def _neutral(match: re.Match) -> str:
    word = match[0]
    if word.lower() == "her":
        following = match.string[match.end() : match.end() + 2]
        new = "their" if re.match(r"\s[\w]", following) else "them"
    else:
        new = personal.NEUTRAL[word.lower()]
    return new.upper() if word.isupper() and len(word) > 1 else new.capitalize() if word[0].isupper() else new


def _personal(match: re.Match) -> str:
    if (match["field"] or "").lower() == "status" and not personal.FAMILY_STATUS.match(match["value"]):
        return match[0]
    return match["lead"] + PERSONAL


def redact(text: str, who: Identity | None = None) -> str:
    """`text` with every mark of identity replaced by a neutral token.

    `who` is the candidate's name, as `identity` finds it in the whole document; without it the name is looked for in
    `text` itself. The result is the same for two documents that differ only in the name.
    """
    who = identity(text) if who is None else who
    text = EMAIL.sub(MAIL, text)
    text = personal.LINK_FORM.sub(LINK, text)
    text = personal.PHOTO_FORM.sub(PHOTO, text)
    text = NAME_LABEL.sub(lambda m: m[0][: m.start("name") - m.start()] + NAME, text)
    text = _redact_name(text, who)
    text = personal.LABELLED_LINE.sub(lambda m: personal.PERSONAL_FORM.sub(_personal, m[0]), text)
    text = personal.AGE_FORM.sub(PERSONAL, text)
    text = PHONE.sub(lambda m: (m["label"] or "") + CALL if is_phone(m) else m[0], text)
    text = personal.STREET_FORM.sub(ADDRESS, text)
    text = personal.POSTCODE_FORM.sub(lambda m: f"{m['state']} {POSTCODE}" if m["state"] else POSTCODE, text)
    text = personal.TITLED_FORM.sub(NAME, text)
    text = personal.LABELLED_FORM.sub(lambda m: m["label"] + NAME, text)
    text = personal.STATUS_FORM.sub(PERSONAL, text)
    text = personal.VERB_AFTER.sub(lambda m: m[1] + personal.PLURAL_VERB[m[2]], text)
    text = personal.NEUTRAL_FORM.sub(_neutral, text)
    return re.sub(r"\[name\](?:[ ,'-]{1,2}\[name\])+", NAME, text)
