"""The parts of a job text: worded requirements and what stands around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from model.schema import Kind
from training.corpus.asks import Posting, clash, phrase
from training.corpus.filler import Filler
from training.corpus.people import World
from training.corpus.phrases import Phrases
from training.corpus.text import CLOSE, OPEN, article, can_be_duty, cap, duty, join, low


@dataclass
class Post:
    """The parts of a job text. Requirement lines carry marks for their place."""

    title: str
    company: str
    city: str
    must: dict[Kind, list[str]]
    nice: list[str]
    bare: dict[Kind, list[str]]
    duties: list[str]
    filler: Filler
    names: dict[str, str]
    words: Phrases
    all_asks: list[tuple[str, bool, Kind]]
    used: set[str] = field(default_factory=set)

    def some(self, rng: Random, table: Sequence[str], least: int, most: int) -> list[str]:
        """A few filled sentences of a filler table."""
        fresh = [t for t in table if t not in self.used] or list(table)
        chosen = rng.sample(fresh, min(len(fresh), rng.randrange(least, most + 1)))
        self.used.update(chosen)
        return [cap(t.format(**self.names)) for t in chosen]

    def musts(self) -> list[str]:
        return [line for kind in ("skill", "experience", "education") for line in self.must[kind]]


Layout = Callable[[Random, Post], str]


def make_post(rng: Random, posting: Posting, words: Phrases, filler: Filler, world: World) -> Post:
    """Words all requirements and draws what stands around them."""
    home = posting.profession
    whole = rng.random() < 0.2
    must: dict[Kind, list[str]] = {"skill": [], "experience": [], "education": []}
    bare: dict[Kind, list[str]] = {"skill": [], "experience": [], "education": []}
    nice: list[str] = []
    everything: list[tuple[str, bool, Kind]] = []
    plain = rng.random() < 0.25
    for i, ask in enumerate(posting.asks):
        line = phrase(rng, i, ask, _plainer(words) if plain else words, whole)
        if ask.must:
            must[ask.kind].append(line)
        else:
            nice.append(line)
        core = line if ask.kind != "skill" else phrase(rng, i, ask, _plainer(words))
        bare[ask.kind].append(core)
        everything.append((line, ask.must, ask.kind))
    for lines in must.values():
        rng.shuffle(lines)
    if not whole and rng.random() < 0.3:
        must["skill"] = _merged(rng, must["skill"])
    company = world.company(rng, home.employers)
    city = rng.choice(world.cities)
    title = posting.title
    names = {
        "company": company, "city": city, "title": title, "a": article(title), "sector": home.sector,
        "y": str(rng.randrange(1921, 2015)), "domain": company.split()[0].lower().strip(".'") + ".example",
        "ref": f"{rng.randrange(100, 999)}/{rng.choice('ABKX')}",
    }  # fmt: skip
    asked = [s for a in posting.asks for s in a.skills]
    spare = [s for s in home.skills if s not in asked and not any(clash(s, a) for a in asked)]
    lines = [rng.choice(s.lines) for s in rng.sample(spare, min(len(spare), rng.choice((2, 3, 4, 4, 5, 6, 8))))]
    duties = [duty(line) for line in lines if can_be_duty(line)]
    return Post(title, company, city, must, nice, bare, duties, filler, names, words, everything)


def _merged(rng: Random, lines: list[str]) -> list[str]:
    """Now and then two or three requirements in one line, as real posts have them; each keeps its own place."""
    out: list[str] = []
    bare = [line for line in lines if line.startswith(OPEN) and line.endswith(CLOSE)]
    rest = [line for line in lines if line not in bare]
    while len(bare) > 1:
        group, bare = bare[: rng.choice((2, 2, 3))], bare[3:] if len(bare) > 2 else []
        lead = rng.choice(("", "", "Proficiency in ", "Experience with ", "Strong grasp of ", "Skilled in "))
        joined = join([low(x) for x in group])
        out.append(cap(lead + joined))
        bare_left = [x for x in lines if x.startswith(OPEN) and x.endswith(CLOSE) and x not in group]
        rest += [x for x in bare_left if x not in bare and x not in rest]
        break
    return out + rest + [x for x in bare if x not in rest] if out else lines


def _plainer(words: Phrases) -> Phrases:
    return Phrases(**{**words.__dict__, "skill_ask": ("{x}",), "tool_ask": ("{x}",), "soft_ask": ("{x}",)})


def bullets(lines: Sequence[str], sign: str = "-") -> str:
    """One line each; `1.` counts up."""
    if sign == "1.":
        return "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))
    return "\n".join(f"{sign} {line}" for line in lines)


def listing(rng: Random, lines: Sequence[str], sign: str) -> str:
    """Bullets, a numbered list, a comma list or a paragraph."""
    form = rng.choices(("bullets", "number", "commas", "prose"), (6, 2, 1, 1))[0]
    if form == "number":
        return bullets(lines, "1.")
    if form == "commas" and len(lines) > 1:
        return ", ".join([lines[0], *(low(x) for x in lines[1:])]) + "."
    if form == "prose":
        return ". ".join(lines) + "."
    return bullets(lines, sign)
