"""The job layouts of the held-out test split; none of them is used in training."""

from __future__ import annotations

from random import Random

from training.corpus.posts import Layout, Post
from training.corpus.text import article, cap, join, low


def person_spec(rng: Random, post: Post) -> str:
    """A person specification with lettered points."""
    out = [f"PERSON SPECIFICATION\n\n{post.title}, {post.company}"]
    out.append("A. What we cannot do without\n" + "\n".join(f"({chr(97 + n)}) {x}" for n, x in enumerate(post.musts())))
    if post.nice:
        out.append("B. What would be useful\n" + "\n".join(f"({chr(97 + n)}) {x}" for n, x in enumerate(post.nice)))
    out.append("C. About the house\n" + " ".join(post.some(rng, post.filler.story, 3, 6)))
    if post.duties:
        out.append("D. The work\n" + "\n".join(f"({chr(97 + n)}) {x}" for n, x in enumerate(post.duties)))
    return "\n\n".join(out)


def classified(rng: Random, post: Post) -> str:
    """A small ad in a newspaper."""
    body = f"{post.company.upper()}, {post.city}, seeks {post.title.upper()}. " + ". ".join(post.musts()) + "."
    if post.nice:
        body += " Welcome but not decisive: " + ", ".join(low(x) for x in post.nice) + "."
    return body + " " + " ".join(post.some(rng, post.filler.pay, 1, 1) + post.some(rng, post.filler.apply, 1, 1))


def chat(rng: Random, post: Post) -> str:
    """Messages of a recruiter."""
    out = [f"hey! do you know anyone for this one? {post.title} in {post.city}"]
    out.append("client wants:\n" + "\n".join(f"~ {x}" for x in post.musts()))
    if post.nice:
        out.append("and if they can get it:\n" + "\n".join(f"~ {x}" for x in post.nice))
    out.append(" ".join(post.some(rng, post.filler.pay, 1, 1)) + " ping me thx")
    return "\n".join(out)


def fields(rng: Random, post: Post) -> str:
    """Key and value lines exported from a portal."""
    out = [f"vacancy_title = {post.title}", f"organisation = {post.company}", f"town = {post.city}"]
    out += [
        f"{kind}_{n} = {line} [{'mandatory' if must else 'asset'}]"
        for n, (line, must, kind) in enumerate(post.all_asks, 1)
    ]
    out += [f"task = {d}" for d in post.duties]
    out.append("note = " + " ".join(post.some(rng, post.filler.legal, 1, 2)))
    return "\n".join(out)


def feature(rng: Random, post: Post) -> str:
    """A long advertisement written like a magazine piece, requirements in its middle."""
    out = [f"{post.title} for {post.city}", " ".join(post.some(rng, post.filler.story, 4, 8))]
    if post.duties:
        out.append(
            f"What does {article(post.title)} do all week with us? You will "
            + join([low(d) for d in post.duties])
            + "."
        )
    lines = post.musts()
    third = max(1, len(lines) // 3)
    leads = ("First, the basics: ", "Then there is this: ", "Lastly: ")
    parts = [lines[:third], lines[third : 2 * third], lines[2 * third :]]
    for lead, part in zip(leads, parts, strict=True):
        if part:
            out.append(
                lead
                + "; ".join([low(part[0]), *map(low, part[1:])])
                + ". "
                + " ".join(post.some(rng, post.filler.day, 1, 1))
            )
    if post.nice:
        out.append(
            "None of the following decides the matter, but mention it: " + "; ".join(low(x) for x in post.nice) + "."
        )
    out.append("In return: " + ", ".join(low(x) for x in post.some(rng, post.filler.benefits, 3, 6)) + ".")
    out.append(" ".join(post.some(rng, post.filler.legal, 2, 4) + post.some(rng, post.filler.apply, 1, 1)))
    return "\n\n".join(out)


def scorecard(rng: Random, post: Post) -> str:
    """An interviewer's scorecard with points to tick."""
    out = [f"Hiring scorecard / {post.title} / {post.company}", "Weight 2 (knock-out)"]
    out += [f"[ ] {x}" for x in post.musts()]
    if post.nice:
        out += ["Weight 1", *(f"[ ] {x}" for x in post.nice)]
    out.append("Context: " + " ".join(post.some(rng, post.filler.summary, 1, 2)))
    return "\n".join(out)


def circular(rng: Random, post: Post) -> str:
    """An internal circular with sections in sentence case and dashes."""
    out = [f"Internal and external vacancy: {post.title}", " ".join(post.some(rng, post.filler.summary, 1, 2))]
    groups = (("Abilities", "skill"), ("Career so far", "experience"), ("Schooling", "education"))
    for head, kind in groups:
        if post.must[kind]:
            out.append(f"{head}\n" + "\n".join(f"— {x}" for x in post.must[kind]))
    if post.nice:
        out.append("Further assets\n" + "\n".join(f"— {x}" for x in post.nice))
    if post.duties and rng.random() < 0.7:
        out.append("Everyday tasks\n" + "\n".join(f"— {cap(d)}" for d in post.duties))
    out.append("Terms\n" + " ".join(post.some(rng, post.filler.pay, 1, 1) + post.some(rng, post.filler.benefits, 1, 3)))
    return "\n\n".join(out)


LAYOUTS: dict[str, tuple[Layout, int]] = {
    "person_spec": (person_spec, 12), "classified": (classified, 10), "chat": (chat, 7), "fields": (fields, 7),
    "feature": (feature, 14), "scorecard": (scorecard, 8), "circular": (circular, 16),
}  # fmt: skip
LIST_LIKE = {"scorecard", "circular", "chat"}
