"""What code knows about words: names that mean the same (aliases.txt), job titles that mean the same (titles.txt) and
sentences that show a soft skill (soft_skills.txt)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from model.brief.text import content, stem, tokens

FILE = Path(__file__).with_name("aliases.txt")
TITLE_FILE = Path(__file__).with_name("titles.txt")
SOFT_FILE = Path(__file__).with_name("soft_skills.txt")

Key = tuple[str, ...]

# Words around a name that say nothing about which thing is named ("good Excel skills", "assessment of patients").
FILLER = frozenset(
    phrase for phrase in """a an the of in for with on to and as at using use skill skills ability abilities knowledge
    experience experienced expertise proficiency proficient strong excellent good great proven solid understanding
    familiarity familiar competent competency competence demonstrated effective outstanding exceptional""".split()
)
_FILLER_STEMS = frozenset(stem(word) for word in FILLER) | FILLER

# Words of rank or standing in front of or behind a title, and what they must not be followed by to be one.
_RANK = frozenset("""senior sr snr junior jr jnr lead principal trainee apprentice graduate entry level experienced mid
    midlevel interim acting temporary temp freelance contract locum relief seasonal casual journeyman licensed certified
    qualified newly professional staff chief assistant associate deputy head full part time""".split())
_RANK_BEHIND = frozenset("i ii iii iv v 1 2 3 4 l1 l2 l3 l4 lead trainee intern apprentice internship".split())
_NO_RANK = {
    "lead": {"generation", "abatement"},
    "staff": {"sergeant", "development", "training", "assistant", "officer", "manager"},
    "principal": {"investigator"},
    "contract": {"manager", "administrator", "specialist", "management", "analyst", "lawyer", "negotiator"},
    "professional": {"services", "development", "support", "standards", "learning"},
    "graduate": {"recruitment", "school", "program", "programme"},
    "relief": {"worker", "coordinator", "operations"},
    "mid": {"day"},
    "time": {"keeper"},
    "temporary": {"works"},
}  # fmt: skip
_RANKED_HEADS = frozenset("""professor lecturer accountant engineer editor buyer architect surveyor solicitor attorney
    lawyer dentist veterinarian scientist designer consultant analyst producer developer planner curator underwriter
    winemaker""".split())  # "assistant" and "associate" are a rank in front of these, and another job elsewhere
_CHIEF_HEADS = _RANKED_HEADS | {"cashier", "nurse", "pharmacist", "cook", "librarian", "waiter", "waitress", "barista",
                                "bartender", "receptionist", "gardener", "technician", "inspector", "lifeguard"}
_SPELLINGS = {"adviser": "advisor", "ellor": "elor", "eller": "eler", "abour": "abor", "aviour": "avior",
              "tyre": "tire", "centre": "center", "theatre": "theater", "paed": "ped", "naes": "nes", "gynae": "gyne",
              "fibre": "fiber", "programme": "program", "iser": "izer", "isation": "ization"}  # fmt: skip
_BRITISH = re.compile("|".join(_SPELLINGS))
_PARTS = re.compile(r"\s[-–—|/•·@]\s|[,;:()|/•·]|\s+(?:at|for|bei|chez)\s+|\n")


@dataclass(frozen=True)
class _Table:
    """The groups of a file and which of them a name belongs to, by its stems."""

    groups: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]  # (names that mean the same, instances)
    exact: dict[str, tuple[int, ...]]  # by the words of the key, one space between them
    key: Callable[[str], Key]
    loose: dict[Key, tuple[int, ...]] = field(default_factory=dict)  # without filler and order; filled when first asked

    def find(self, phrase: str) -> tuple[int, ...]:
        key = self.key(phrase)
        bare = tuple(word for word in key if word not in _FILLER_STEMS)
        if found := self.named(key) or self.named(bare):
            return found
        if not self.loose:
            for name, ids in self.exact.items():
                words = _loose(name.split())
                if len(words) > 1:
                    self.loose.setdefault(words, ids)
        return self.loose.get(_loose(key), ()) if len(bare) > 1 else ()

    def named(self, key: Key) -> tuple[int, ...]:
        """The groups with a name of just this key."""
        return self.exact.get(" ".join(key), ())


def _loose(key: Iterable[str]) -> Key:
    return tuple(sorted({word for word in key if word not in _FILLER_STEMS}))


def _read(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# ")]


_EASY = re.compile(r"[A-Za-z0-9 '/-]+")  # a name whose words are what stands between these marks


def _load(file: Path, form: Callable[[str], str], key: Callable[[str], Key]) -> _Table:
    """The groups of a file. The words of all names are brought to their form at once, each once."""
    rows = [line.partition(" > ") for line in _read(file)]
    text = "\n".join(same for same, _, _ in rows)
    apart = text.replace("-", " ").replace("/", " ").replace("'", " ")  # four times as fast as translate
    words = apart.replace("\n", " \0 ").split()
    forms = {word: form(word) for word in set(words)}
    lines = " ".join(map(forms.__getitem__, words)).split(" \0 ")
    groups, exact = [], {}
    for number, ((same, _, instances), plain, formed) in enumerate(zip(rows, apart.split("\n"), lines, strict=True)):
        names = tuple(same.split(" | "))
        groups.append((names, tuple(instances.split(" | ")) if instances else ()))
        keys = formed.split(" | ")
        if not (plain.isascii() and plain.replace(" ", "").replace("|", "").isalnum()):
            pairs = zip(names, keys, strict=True)
            keys = [found if _EASY.fullmatch(name) else " ".join(key(name)) for name, found in pairs]
        here = (number,)
        for found in keys:
            known = exact.setdefault(found, here)
            if known is not here:
                exact[found] = (*known, number)
    return _Table(tuple(groups), exact, key)


@lru_cache(maxsize=1)
def _aliases() -> _Table:
    return _load(FILE, stem, phrase_key)


@lru_cache(maxsize=1)
def _titles() -> _Table:
    return _load(TITLE_FILE, _title_word, title_key)


@lru_cache(maxsize=50_000)
def phrase_key(phrase: str) -> Key:
    """The stems of a phrase, by which names are compared."""
    return tuple(t.stem for t in tokens(phrase))


@lru_cache(maxsize=50_000)
def aliases(phrase: str) -> tuple[str, ...]:
    """Other names and instances of `phrase`; empty where none is known.

    A name that the matcher would cut to one common word ("permit to work": "permit") only serves to find its group.
    """
    return tuple(name for name in _others(_aliases(), phrase) if not _cut(name))


def is_known(name: str) -> bool:
    """Whether `name` is, word for word, a name or an instance in the table of aliases."""
    return phrase_key(name) in _known_keys()


@lru_cache(maxsize=1)
def _known_keys() -> frozenset[Key]:
    return frozenset(phrase_key(n) for same, instances in _aliases().groups for n in same + instances)


def _cut(name: str) -> bool:
    words = tokens(name)
    return len(words) > 1 and len(content(words)) == 1


def _others(table: _Table, phrase: str) -> tuple[str, ...]:
    """The names and instances of the groups of `phrase`, and the other names of these instances."""
    found: list[str] = []
    for number in table.find(phrase):
        same, instances = table.groups[number]
        found += same + instances
        for instance in instances:
            for group in table.named(table.key(instance)):
                found += table.groups[group][0]
    key = table.key(phrase)
    return tuple(name for name in dict.fromkeys(found) if table.key(name) != key)


# --- job titles ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=50_000)
def title_key(title: str) -> Key:
    """The words of a title, by which titles are compared: spellings fall together, police and policy do not."""
    return tuple(_title_word(t.norm) for t in tokens(title))


def _title_word(word: str) -> str:
    if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return _BRITISH.sub(lambda found: _SPELLINGS[found.group()], word)


@lru_cache(maxsize=50_000)
def strip_seniority(title: str) -> str:
    """`title` without words of rank: "Senior Accountant II" is "Accountant". A known title stays whole."""
    words = title.split()
    while len(words) > 1 and not _titles().named(title_key(" ".join(words))):
        if _is_rank(words, 0):
            del words[0]
        elif _is_rank(words, -1):
            del words[-1]
        else:
            break
    return " ".join(words)


def _is_rank(words: list[str], at: int) -> bool:
    word = words[at].casefold().strip(".,()-")
    if at:
        return word in _RANK_BEHIND
    if not set(re.split(r"[-/]", word)) <= _RANK:
        return False
    after, last = words[1].casefold().strip(".,()"), words[-1].casefold().strip(".,()")
    if word in ("assistant", "associate"):
        return last in _RANKED_HEADS
    if word in ("chief", "head", "deputy"):
        return last in _CHIEF_HEADS
    if word in ("full", "part", "entry"):
        return after in ("time", "level")
    if word == "level":
        return not after.isdigit()
    return after not in _NO_RANK.get(word, ())


@lru_cache(maxsize=50_000)
def equivalent_titles(title: str) -> tuple[str, ...]:
    """Other titles of the same job, whatever its rank; empty where none is known."""
    bare = strip_seniority(title)
    return _others(_titles(), bare)


@lru_cache(maxsize=50_000)
def same_title(asked: str, held: str) -> bool:
    """Whether somebody with the title `held` (which may name an employer too) works as `asked`."""
    wanted, ends = _title_keys(asked)
    for part in dict.fromkeys((held, *_PARTS.split(held))):
        key = title_key(strip_seniority(part.strip()))
        if key and (_loose(key) in wanted or any(key[-len(end):] == end for end in ends)):
            return True
    return False


@lru_cache(maxsize=5_000)
def _title_keys(asked: str) -> tuple[frozenset[Key], tuple[Key, ...]]:
    """The keys of `asked` and its equivalents: all, and those of several words, which may end a longer title."""
    bare = strip_seniority(asked)
    keys = [title_key(name) for name in (bare, *equivalent_titles(bare))]
    return frozenset(map(_loose, keys)) - {()}, tuple(key for key in keys if len(key) > 1)


# --- soft skills -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _shown() -> dict[Key, tuple[str, ...]]:
    table = {}
    for line in _read(SOFT_FILE):
        names, _, sentences = line.partition(" = ")
        for name in names.split(" | "):
            table[phrase_key(name)] = tuple(sentences.split(" | "))
    return table


@lru_cache(maxsize=50_000)
def prototypes(phrase: str) -> tuple[str, ...]:
    """Sentences that typically show the soft skill `phrase`; empty for anything else."""
    key = phrase_key(phrase)
    bare = tuple(word for word in key if word not in _FILLER_STEMS)
    if known := _shown().get(key) or _shown().get(bare):
        return known
    short = tuple(t.stem for t in content(tokens(phrase)))
    return _shown().get(short, ()) if len(short) > 1 else ()
