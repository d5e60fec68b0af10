"""Small tools on words: articles, tenses, capitals, typos, and marks that remember a requirement's place."""

from __future__ import annotations

import re
from functools import cache
from random import Random

from training.corpus.tables import professions, soft_skills

OPEN, MID, CLOSE = "\ue000", "\ue001", "\ue002"
_MARK = re.compile(f"{OPEN}(\\d+){MID}|{CLOSE}")
_COMMON = frozenset(
    "management care skills skill service services work working planning control software systems system basic general"
    " using design support training data handling with from for and the of in to tools good practice assessment".split()
)
_BASE = {
    "ran": "run", "led": "lead", "kept": "keep", "wrote": "write", "built": "build", "gave": "give", "took": "take",
    "taught": "teach", "found": "find", "drew": "draw", "held": "hold", "sat": "sit", "saw": "see", "set": "set",
    "made": "make", "brought": "bring", "told": "tell", "put": "put", "cut": "cut", "met": "meet", "sold": "sell",
    "bought": "buy", "drove": "drive", "stood": "stand", "spoke": "speak", "grew": "grow", "got": "get", "won": "win",
    "felt": "feel", "dealt": "deal", "fed": "feed", "went": "go", "broke": "break", "sent": "send", "chose": "choose",
    "caught": "catch", "laid": "lay", "shot": "shoot", "split": "split", "shook": "shake", "rode": "ride",
    "hung": "hang", "dug": "dig", "spun": "spin", "swept": "sweep", "bent": "bend", "read": "read", "came": "come",
    "thought": "think", "fought": "fight", "sought": "seek", "flew": "fly", "sang": "sing", "sewed": "sew",
    "shut": "shut", "left": "leave", "lit": "light", "knew": "know", "did": "do", "had": "have", "was": "be",
    "paid": "pay", "said": "say", "stuck": "stick", "struck": "strike", "tore": "tear", "wore": "wear", "wove": "weave",
    "won't": "won't", "let": "let", "hit": "hit", "shed": "shed", "spent": "spend", "stopped": "stop", "rang": "ring",
    "beat": "beat", "began": "begin", "forged": "forge", "threw": "throw", "spread": "spread", "shone": "shine",
    "fell": "fall", "froze": "freeze", "ground": "grind", "bred": "breed", "bled": "bleed", "wound": "wind",
    "hid": "hide", "lent": "lend", "lost": "lose", "rose": "rise", "slept": "sleep", "stole": "steal", "swam": "swim",
    "swore": "swear", "understood": "understand", "undertook": "undertake", "oversaw": "oversee", "rebuilt": "rebuild",
    "rewrote": "rewrite", "withdrew": "withdraw", "foresaw": "foresee", "foretold": "foretell", "bound": "bind",
    "heard": "hear", "slung": "sling", "boned": "bone", "cloned": "clone", "phoned": "phone", "scored": "score",
    "restored": "restore", "stored": "store", "tied": "tie", "added": "add", "asked": "ask", "briefed": "brief",
    "cleared": "clear", "climbed": "climb", "combed": "comb", "designed": "design", "developed": "develop",
    "discussed": "discuss", "levelled": "level", "modelled": "model", "oiled": "oil", "owned": "own", "ranked": "rank",
    "scouted": "scout", "signed": "sign", "streaked": "streak", "weighed": "weigh", "banked": "bank",
    "filleted": "fillet", "labelled": "label", "proofed": "proof", "shouted": "shout", "signalled": "signal",
    "smoothed": "smooth", "thanked": "thank", "cleaned": "clean", "counted": "count",
    "blew": "blow", "drank": "drink", "hunted": "hunt", "shaved": "shave", "lifted": "lift", "picked": "pick",
}  # fmt: skip
_FINAL_E = (
    "at it iz is ys uc ud ul ur in as ag ac rg rc nc ns ps rs ng iv ev ov av lv rv ib os ot ut et il al in id ir ar or"
    " ap ip op up um im om am ub ob ed ed ad od ok ak ik"
).split()


def cap(text: str) -> str:
    """First letter large, the rest as it is; a leading mark is skipped."""
    for i, char in enumerate(text):
        if char.isalpha():
            return text[:i] + char.upper() + text[i + 1 :] if _lower_word(text[i:]) else text
        if char.isdigit() and text[0] != OPEN:
            return text
    return text


def _lower_word(text: str) -> bool:
    return text[:1].islower() and not re.match(r"[a-z][A-Z]", text)


def low(text: str) -> str:
    """First letter small, unless the first word is an acronym, a name or in mixed case; a mark in front is skipped."""
    m = re.match(f"(?:{OPEN}\\d+{MID})?", text)
    lead, rest = text[: m.end()], text[m.end() :]
    first = re.split(r"[\s,;:/]", rest, maxsplit=1)[0]
    plain = first.split("-")[0]
    if rest[len(first) + 1 : len(first) + 2].isupper():
        return text
    if first in ("A", "I") and first != rest:
        return text if first == "I" else lead + "a" + rest[1:]
    if (
        len(first) < 2
        or plain[1:] != plain[1:].lower()
        or plain.rstrip("'s.") in proper_words()
        or plain in proper_words()
    ):
        return text
    return lead + rest[:1].lower() + rest[1:]


@cache
def proper_words() -> frozenset[str]:
    """First words of skill names, studies and places that keep their capital within a sentence."""
    names = [
        n
        for s in ("train", "test")
        for p in professions(s)
        for k in p.skills
        for n in (*k.names, *k.siblings, *k.decoys)
    ]
    names += [n for s in ("train", "test") for k in soft_skills(s) for n in (*k.names, *k.siblings, *k.decoys)]
    words = {n.split()[0].split("-")[0] for n in names if n[0].isupper()}
    return frozenset(words | {"Excel", "English", "German", "French", "Spanish", "BSc", "MSc"}) - {
        "Basic",
        "Good",
        "Stick",
        "Lean",
    }


def article(noun: str) -> str:
    """`a nurse`, `an engineer`, `an RN`, `a UX designer`."""
    word = re.sub(f"{OPEN}\\d+{MID}", "", noun).strip()
    first = word.split(" ")[0].split("-")[0]
    if first.isupper() and 1 < len(first) <= 4:
        vowel = first[0] in "AEFHILMNORSX"
    else:
        vowel = first[:1].lower() in "aeiou" and not re.match(r"(?i)(uni|use|usa|ux|euro|one)", first)
        vowel = vowel or first.lower() in ("hour", "honest", "heir")
    return ("an " if vowel else "a ") + noun


@cache
def present(verb: str) -> str:
    """Base form of a past-tense verb, by table and by rule."""
    word = verb.lower()
    if word in _BASE:
        return _BASE[word]
    if word.endswith("ied"):
        return word[:-3] + "y"
    if not word.endswith("ed"):
        return word
    stem = word[:-2]
    if re.search(r"([bdgmnprt])\1$", stem):
        return stem[:-1]
    if re.search(
        r"(rest|ess|iss|ass|oss|ll|ff|zz|ch|sh|x|w|y|ck|lt|nt|ct|pt|rt|ft|st|nd|ld|rd|lk|rk|rn|rm|lm|mp|lp)$", stem
    ):
        return stem
    if re.search(
        r"(en|er|el|it|et|on|an|or|ain|air|oin|ail|eal|eat|eet|ait|oot|oad|ead|eed|eek|ook|oom|oan|ean|eam|elp|our|oup)$",
        stem,
    ) and not re.search(r"(nvit|unit|writ|fer?t|plet|let|cit|ignit|quit|par|comp|com?bin|scop|ston)$", stem):
        return stem
    return stem + "e"


_UNSAFE = frozenset(
    "left felt ground wound bound set cut put was had light rose saw lost twisted failed vomited read let hit shut"
    " split spread beat shed".split()
)
_LATER = "|".join(sorted(set(_BASE) - _UNSAFE))


def duty(line: str) -> str:
    """A resume bullet in the past tense turned into a duty in the imperative, later verbs as well where they follow."""
    first, _, rest = line.partition(" ")
    comma = "," if first.endswith(",") else ""
    tail = re.sub(
        rf"(\band|\bor|,) ([a-z]+ed|{_LATER})\b(?!-)",
        lambda m: f"{m[1]} {m[2] if m[2] in _UNSAFE else present(m[2])}",
        f"{comma} {rest}",
    )
    return cap(present(first.rstrip(","))) + tail


def can_be_duty(line: str) -> bool:
    """Whether a bullet tells an action, not a state ("Was the first to ...")."""
    return not line.startswith(("Was ", "Had ", "Could ", "Knew ", "Felt ", "Did ", "Never ", "Came ", "Got ", "Were "))


_ADJECTIVES = frozenset(
    "detail-oriented|team player|self-starter|dependable|physically fit|empathetic manner|patient manner|calm manner"
    "|client service".split("|")
)


def adjectival(name: str) -> bool:
    """Whether a soft skill's name describes the person, so that "excellent {x}" or "my {x}" would read badly."""
    return name.lower() in _ADJECTIVES


def gerund(name: str) -> bool:
    """Whether a soft skill's name is what one does ("working in a team") rather than what one has."""
    first = name.split()[0].lower()
    return (first.endswith("ing") and " " in name and not name.endswith(("skills", "sense"))) or first == "ability"


def join(items: list[str], last: str = "and") -> str:
    """`a, b and c`."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + f" {last} {items[-1]}"


def mark(index: int, text: str) -> str:
    """Wraps the words of requirement `index`, so that their place is known after any rearrangement."""
    return f"{OPEN}{index}{MID}{text}{CLOSE}"


def unmark(text: str) -> tuple[str, dict[int, tuple[int, int]]]:
    """The text without marks, and for each requirement the place where it first stands."""
    spans: dict[int, tuple[int, int]] = {}
    out: list[str] = []
    length = last = 0
    opened: list[tuple[int, int]] = []
    for m in _MARK.finditer(text):
        out.append(text[last : m.start()])
        length += m.start() - last
        last = m.end()
        if m[1] is not None:
            opened.append((int(m[1]), length))
        else:
            index, start = opened.pop()
            spans.setdefault(index, (start, length))
    out.append(text[last:])
    return "".join(out), spans


def tidy(text: str) -> str:
    """No trailing blanks, no more than one empty line, no doubled full stops."""
    text = re.sub(r"[ \t]+\n", "\n", text)
    text = re.sub(r"\n{3,}", "\n\n", text)
    text = re.sub(r"(?<=[\w)%])\.\.(?!\.)", ".", text)
    return text.strip() + "\n"


@cache
def stems(name: str) -> frozenset[str]:
    """Content stems of a skill name, to see whether two skills are about the same thing."""
    words = re.findall(r"[a-z0-9+#]+", name.lower())
    return frozenset(w[:5] for w in words if w not in _COMMON and (len(w) > 2 or w in ("r", "ml", "qc", "hr")))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Finds a name as whole words in any case; hyphens and line breaks count as blanks."""
    words = [re.escape(w) for w in re.split(r"[\s-]+", name)]
    return re.compile(r"(?<![\w+#])" + r"[\s-]+".join(words) + r"(?![\w+#])", re.I)


def typo(rng: Random, text: str, rate: float) -> str:
    """Swaps, drops or doubles a letter in about `rate` of the longer lower-case words."""

    def slip(m: re.Match[str]) -> str:
        word = m[0]
        if rng.random() >= rate:
            return word
        i = rng.randrange(1, len(word) - 2)
        kind = rng.random()
        if kind < 0.4:
            return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        return word[:i] + word[i + 1 :] if kind < 0.75 else word[:i] + word[i] + word[i:]

    return re.sub(r"(?<![\w@.])[a-z]{6,}(?![\w@.])", slip, text)


_OCR = (("rn", "m"), ("l", "1"), ("O", "0"), ("fi", "ﬁ"), ("cl", "d"), ("e", "c"), ("i", "í"), (" ", "  "), ("-", "—"))


def ocr(rng: Random, text: str, rate: float = 0.006) -> str:
    """The errors of a mediocre scan. Digits stay, so that dates keep their meaning."""
    for old, new in _OCR:
        parts = text.split(old)
        share = rate if len(old) == 1 and old.isalpha() else rate * 5
        text = parts[0] + "".join((new if rng.random() < share else old) + p for p in parts[1:])
    return text
