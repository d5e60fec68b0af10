"""What code knows about words: names that mean the same (aliases.txt), job titles that mean the same (titles.txt) and
sentences that show a soft skill (soft_skills.txt)."""

from __future__ import annotations

import re
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
_RANK = frozenset("""senior sr snr junior jr jnr lead principal trainee apprentice graduate intern internship entry level
    experienced mid midlevel interim acting temporary temp freelance contract locum relief seasonal casual journeyman
    licensed certified qualified newly professional staff chief student assistant associate deputy head full part time
    i ii iii iv v 1 2 3 4 l1 l2 l3 l4 of""".split())
_NO_RANK = {
    "lead": {"generation", "abatement"},
    "staff": {"sergeant", "development", "training", "assistant", "officer", "manager"},
    "principal": {"investigator"},
    "contract": {"manager", "administrator", "specialist", "management", "analyst", "lawyer", "negotiator"},
    "student": {"adviser", "advisor", "services", "support", "counselor", "counsellor", "welfare", "affairs",
                "recruitment", "success"},
    "graduate": {"recruitment", "school", "program", "programme"},
    "internship": {"coordinator", "manager"},
    "relief": {"worker", "coordinator", "operations"},
    "mid": {"day"},
    "time": {"keeper"},
    "temporary": {"works"},
}  # fmt: skip
_RANKED_HEADS = frozenset("""professor lecturer accountant engineer editor buyer architect surveyor solicitor attorney
    lawyer dentist veterinarian scientist designer consultant analyst producer developer planner curator underwriter
    winemaker""".split())  # "assistant" and "associate" are a rank in front of these, and another job elsewhere
_CHIEF_HEADS = _RANKED_HEADS | {"cashier", "nurse", "pharmacist", "cook", "librarian", "waiter", "waitress", "bartender",
                                "barista", "receptionist", "gardener", "technician", "inspector", "lifeguard"}
_PARTS = re.compile(r"\s[-–—|/•·@]\s|[,;:()|/•·]|\s+(?:at|for|bei|chez)\s+|\n")


@dataclass(frozen=True)
class _Table:
    """The groups of a file and which of them a name belongs to, by its stems."""

    groups: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]  # (names that mean the same, instances)
    exact: dict[Key, tuple[int, ...]]
    loose: dict[Key, tuple[int, ...]] = field(default_factory=dict)  # without filler and order; filled when first asked

    def find(self, phrase: str) -> tuple[int, ...]:
        key = phrase_key(phrase)
        if key in self.exact:
            return self.exact[key]
        bare = tuple(word for word in key if word not in _FILLER_STEMS)
        if bare in self.exact:
            return self.exact[bare]
        if not self.loose:
            for name, ids in self.exact.items():
                words = _loose(name)
                if len(words) > 1:
                    self.loose.setdefault(words, ids)
        return self.loose.get(_loose(key), ()) if len(bare) > 1 else ()


def _loose(key: Key) -> Key:
    return tuple(sorted({word for word in key if word not in _FILLER_STEMS}))


def _read(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# ")]


def _load(file: Path) -> _Table:
    groups, exact, stems = [], {}, {}
    for number, line in enumerate(_read(file)):
        same, _, instances = line.partition(" > ")
        names = tuple(same.split(" | "))
        groups.append((names, tuple(instances.split(" | ")) if instances else ()))
        for name in names:
            key = _plain_key(name, stems)
            exact[key] = (*exact.get(key, ()), number)
    return _Table(tuple(groups), exact)


def _plain_key(name: str, stems: dict[str, str]) -> Key:
    """phrase_key, faster, for the lower-case names of our own files."""
    if not (name.isascii() and name.replace(" ", "").isalnum()):
        return phrase_key(name)
    key = []
    for word in name.split(" "):
        known = stems.get(word)
        if known is None:
            known = stems[word] = stem(word)
        key.append(known)
    return tuple(key)


@lru_cache(maxsize=1)
def _aliases() -> _Table:
    return _load(FILE)


@lru_cache(maxsize=1)
def _titles() -> _Table:
    return _load(TITLE_FILE)


@lru_cache(maxsize=50_000)
def phrase_key(phrase: str) -> Key:
    """The stems of a phrase, by which names are compared."""
    return tuple(t.stem for t in tokens(phrase))


@lru_cache(maxsize=50_000)
def aliases(phrase: str) -> tuple[str, ...]:
    """Other names and instances of `phrase`; empty where none is known."""
    return _others(_aliases(), phrase)


def _others(table: _Table, phrase: str) -> tuple[str, ...]:
    """The names and instances of the groups of `phrase`, and the other names of these instances.

    A name that the matcher would cut to one common word ("permit to work": "permit") only serves to find its group.
    """
    found: list[str] = []
    for number in table.find(phrase):
        same, instances = table.groups[number]
        found += same + instances
        for instance in instances:
            for group in table.exact.get(phrase_key(instance), ()):
                found += table.groups[group][0]
    key = phrase_key(phrase)
    return tuple(name for name in dict.fromkeys(found) if phrase_key(name) != key and not _cut(name))


def _cut(name: str) -> bool:
    words = tokens(name)
    return len(words) > 1 and len(content(words)) == 1


# --- job titles ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=50_000)
def strip_seniority(title: str) -> str:
    """`title` without words of rank: "Senior Accountant II" is "Accountant". A known title stays whole."""
    words = title.split()
    while len(words) > 1 and phrase_key(" ".join(words)) not in _titles().exact:
        if _is_rank(words, 0):
            del words[0]
        elif _is_rank(words, -1):
            del words[-1]
        else:
            break
    return " ".join(words)


def _is_rank(words: list[str], at: int) -> bool:
    word = words[at].casefold().strip(".,()-")
    if not set(re.split(r"[-/]", word)) <= _RANK or word == "of":
        return False
    if at:
        return word in ("i", "ii", "iii", "iv", "v", "1", "2", "3", "4", "l1", "l2", "l3", "l4", "lead", "trainee", "intern",
                        "apprentice", "internship")
    after, last = words[1].casefold().strip(".,()"), words[-1].casefold().strip(".,()")
    if word in ("assistant", "associate"):
        return last in _RANKED_HEADS
    if word in ("chief", "head", "deputy"):
        return last in _CHIEF_HEADS
    if word in ("full", "part", "entry"):
        return after in ("time", "level")
    if word in ("time", "level", "i", "v", "1", "2", "3", "4"):
        return word == "level" or word == "time" and after not in _NO_RANK["time"]
    return after not in _NO_RANK.get(word, ())


@lru_cache(maxsize=50_000)
def equivalent_titles(title: str) -> tuple[str, ...]:
    """Other titles of the same job, whatever its rank; empty where none is known."""
    bare = strip_seniority(title)
    return _others(_titles(), bare)


@lru_cache(maxsize=50_000)
def same_title(asked: str, held: str) -> bool:
    """Whether somebody with the title `held` (which may name an employer too) works as `asked`."""
    bare = strip_seniority(asked)
    wanted = {_loose(phrase_key(name)) for name in (bare, *equivalent_titles(bare))} - {()}
    ends = tuple(key for name in (bare, *equivalent_titles(bare)) if len(key := phrase_key(name)) > 1)
    for part in (held, *_PARTS.split(held)):
        key = phrase_key(strip_seniority(part.strip())) if part else ()
        if not key:
            continue
        if _loose(key) in wanted or any(key[-len(end):] == end for end in ends):
            return True
    return False


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
    return _shown().get(key) or _shown().get(bare) or _shown().get(tuple(t.stem for t in content(tokens(phrase))), ())
