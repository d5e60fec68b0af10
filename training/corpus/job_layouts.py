"""The job layouts of the training pool. Each takes the parts of a posting and writes it down its own way."""

from __future__ import annotations

from random import Random

from training.corpus.posts import Layout, Post, bullets, listing
from training.corpus.text import article, join, low


def markdown(rng: Random, post: Post) -> str:
    """Headings `## Job Title`, `## Required Skills`, `## Required Experience`."""
    sign = rng.choice(("-", "-", "*", "•"))
    head = rng.choice(("## Job Title\n{t}", "# {t}", "## {t}", "## Job title\n\n{t}")).format(t=post.title)
    out = [head]
    out.append(
        "## Job Summary\n"
        + " ".join(post.some(rng, post.filler.summary, 1, 3) + post.some(rng, post.filler.story, 0, 3))
    )
    names = {"skill": ("Required Skills", "Skills", "Key Skills"), "experience": ("Required Experience", "Experience"),
             "education": ("Education", "Required Education")}  # fmt: skip
    for kind, heads in names.items():
        if post.must[kind]:
            out.append(f"## {rng.choice(heads)}\n" + listing(rng, post.must[kind], sign))
    if post.nice:
        out.append(
            "## "
            + rng.choice(("Nice to Have", "Preferred Qualifications", "Desirable"))
            + "\n"
            + bullets(post.nice, sign)
        )
    if post.duties and rng.random() < 0.85:
        duties = "## Responsibilities\n" + bullets(post.duties, sign)
        out.insert(2 if rng.random() < 0.3 else len(out), duties)
    return "\n\n".join(out)


def corporate(rng: Random, post: Post) -> str:
    """A long company post: story, duties, what is asked in a block among other text, benefits, pay, legal text."""
    out = [f"{post.title}\n{post.company} | {post.city}", " ".join(post.some(rng, post.filler.story, 6, 12))]
    out.append(" ".join(post.some(rng, post.filler.summary, 2, 3) + post.some(rng, post.filler.day, 1, 3)))
    for _ in range(rng.choice((0, 1, 2))):
        out.append(" ".join(post.some(rng, post.filler.story, 4, 9)))
    if post.duties:
        out.append(
            rng.choice(("Your tasks will include:", "In this role you will:", "What the job involves"))
            + "\n"
            + bullets(post.duties)
        )
    lines = post.musts()
    if rng.random() < 0.55:
        out.append(
            rng.choice(("To succeed you will need:", "Who we are looking for", "Your profile")) + "\n" + bullets(lines)
        )
    else:
        half = (len(lines) + 1) // 2
        out.append("We expect the following from you. " + ". ".join(lines[:half]) + ".")
        if lines[half:]:
            out.append("Beyond that: " + ". ".join(lines[half:]) + ".")
    if post.nice:
        out.append(rng.choice(("Even better:", "It would be great if you also bring:")) + "\n" + bullets(post.nice))
    out.append("What we offer\n" + bullets(post.some(rng, post.filler.benefits, 6, 14)))
    out.append(" ".join(post.some(rng, post.filler.pay, 1, 1) + post.some(rng, post.filler.day, 1, 3)))
    out.append("\n\n".join(post.some(rng, post.filler.legal, 2, 5)))
    out.append(" ".join(post.some(rng, post.filler.apply, 1, 2)))
    return "\n\n".join(out)


def informal(rng: Random, post: Post) -> str:
    """A short, friendly notice."""
    opener = rng.choice(("Hi there!", "Job going in {city}!", "We need help.", "Come and join us!")).format(
        city=post.city
    )
    out = [f"{opener} {' '.join(post.some(rng, post.filler.summary, 1, 1))}"]
    lines = post.musts()
    out.append(
        rng.choice(("What you need: ", "You should have: ", "Important to us: "))
        + "; ".join([lines[0], *map(low, lines[1:])])
        + "."
    )
    if post.nice:
        out.append("Nice, but no must: " + "; ".join(low(x) for x in post.nice) + ".")
    out.append(
        " ".join(post.some(rng, post.filler.benefits, 1, 2)) + ". " + " ".join(post.some(rng, post.filler.apply, 1, 1))
    )
    return rng.choice((" ", "\n", "\n\n")).join(out)


def email(rng: Random, post: Post) -> str:
    """A manager's mail to the recruiter."""
    out = [f"Subject: {rng.choice(('Vacancy', 'New opening', 'Please advertise'))}: {post.title}", "Hello Robin,"]
    out.append(
        f"as discussed we need {article(post.title)} in {post.city}. Here is what I want to see in the applications:"
    )
    out.append(bullets(post.musts(), rng.choice(("-", "*", "1.", ">"))))
    if post.nice:
        out.append(
            "If someone also offers the following, put them on top of the pile: "
            + "; ".join(low(x) for x in post.nice)
            + "."
        )
    if post.duties:
        out.append("For the text: the person will mostly " + join([low(d) for d in post.duties[:3]]) + ".")
    out.append(
        " ".join(post.some(rng, post.filler.pay, 1, 1))
        + "\n\nThanks, "
        + rng.choice(("Jo", "M. Ackroyd", "Petra", "Dev"))
    )
    return "\n\n".join(out)


def table(rng: Random, post: Post) -> str:
    """Rows of a form, cells parted by bars, tabs or colons."""
    sep = rng.choice((" | ", "\t", ": "))
    rows = [("Position", post.title), ("Employer", post.company), ("Place of work", post.city)]
    names = {"skill": "Skill", "experience": "Experience", "education": "Qualification"}
    body = []
    for line, must, kind in post.all_asks:
        need = rng.choice(("required", "must")) if must else "optional"
        body.append((names[kind], line, need) if sep != ": " else (f"{names[kind]} ({need})", line))
    tail = [("Duties", "; ".join(post.duties)), ("Pay", " ".join(post.some(rng, post.filler.pay, 1, 1)))]
    return "\n".join(sep.join(row) for row in [*rows, *body, *tail] if row[-1])


def agency(rng: Random, post: Post) -> str:
    """A staffing agency that writes for an unnamed client."""
    out = [f"{post.title.upper()} - {post.city} - {rng.choice(('PERMANENT', 'TEMP TO PERM', 'CONTRACT', 'FULL TIME'))}"]
    client = rng.choice(("Our client, a respected name in {sector},", "On behalf of a client in {sector} we")).format(
        **post.names
    )
    verb = " is seeking" if client.startswith("Our") else " are recruiting"
    out.append(f"{client}{verb} {article(post.title)} for an immediate start.")
    if post.duties:
        out.append("The role:\n" + bullets(post.duties, "•"))
    out.append(
        rng.choice(("The candidate:", "Requirements:", "To be considered you must have:"))
        + "\n"
        + bullets(post.musts(), "•")
    )
    if post.nice:
        out.append("Desirable:\n" + bullets(post.nice, "•"))
    out.append("The package:\n" + bullets(post.some(rng, post.filler.benefits, 2, 4), "•"))
    out.append(
        "We act as an employment business for this vacancy. " + " ".join(post.some(rng, post.filler.apply, 1, 1))
    )
    return "\n\n".join(out)


def public_sector(rng: Random, post: Post) -> str:
    """A council's notice with essential and desirable criteria by code."""
    out = [
        f"{post.company}\nPost: {post.title}\nGrade: {rng.randrange(4, 12)}\nLocation: {post.city}\nHours: 37 per week"
    ]
    out.append("Purpose of the post\n" + " ".join(post.some(rng, post.filler.summary, 1, 2)))
    if post.duties:
        out.append("Main duties\n" + "\n".join(f"{n}.1 {d}" for n, d in enumerate(post.duties, 1)))
    out.append("Essential criteria\n" + "\n".join(f"E{n} {line}" for n, line in enumerate(post.musts(), 1)))
    if post.nice:
        out.append("Desirable criteria\n" + "\n".join(f"D{n} {line}" for n, line in enumerate(post.nice, 1)))
    out.append(
        "Conditions\n" + " ".join(post.some(rng, post.filler.pay, 1, 1) + post.some(rng, post.filler.legal, 2, 3))
    )
    return "\n\n".join(out)


def bring(rng: Random, post: Post) -> str:
    """What you'll do, what you'll bring, what you'll get."""
    out = [f"{post.title} ({post.city})", " ".join(post.some(rng, post.filler.story, 2, 4))]
    if post.duties:
        out.append("What you'll do\n" + bullets(post.duties, "–"))
    out.append(
        rng.choice(("What you'll bring", "What you bring to the table", "About you"))
        + "\n"
        + bullets(post.musts(), "–")
    )
    if post.nice:
        out.append("Bonus points\n" + bullets(post.nice, "–"))
    out.append("What you'll get\n" + bullets(post.some(rng, post.filler.benefits, 3, 6), "–"))
    return "\n\n".join(out)


def skill_list(rng: Random, post: Post) -> str:
    """Nothing but the list of skills, and roles where there are any."""
    skills = post.bare["skill"]
    rest = post.bare["experience"] + post.bare["education"]
    rest = [x for x in rest]
    head = rng.choice(
        (f"{post.title}\n\nRequired skills:", f"Skills needed for {post.title}:", f"Job: {post.title}\nSkills:")
    )
    form = rng.random()
    body = (
        ", ".join(skills)
        if form < 0.5
        else bullets(skills, rng.choice(("-", "*", "1.")))
        if form < 0.85
        else " | ".join(skills)
    )
    sep = "\n" if "\n" in body else " "
    return head + sep + body + ("\n" + "\n".join(rest) if rest else "")


def hidden_prose(rng: Random, post: Post) -> str:
    """Requirements woven into running text."""
    links = ("{}.", "{}.", "Needed as well: {}.", "Please note: {}.", "What matters to us: {}.", "Another point: {}.",
             "You will not get far without this: {}.", "Next on our list: {}.", "And do not forget: {}.")  # fmt: skip
    out: list[str] = post.some(rng, post.filler.summary, 1, 2) + post.some(rng, post.filler.story, 1, 3)
    paragraph: list[str] = []
    for line in post.musts():
        link = rng.choice(links)
        paragraph.append(link.format(line if link == "{}." else low(line)))
        if rng.random() < 0.35:
            paragraph += post.some(rng, post.filler.day, 1, 1) or []
    if post.nice:
        paragraph.append("It is no condition, yet we would be glad to see " + join([low(x) for x in post.nice]) + ".")
    end = post.some(rng, post.filler.benefits, 1, 3) and post.some(rng, post.filler.apply, 1, 2)
    return f"{post.title}\n\n" + " ".join(out) + "\n\n" + " ".join(paragraph) + "\n\n" + " ".join(end)


def caps_ats(rng: Random, post: Post) -> str:
    """Capital headings without empty lines, as pasted from an applicant system."""
    out = [
        f"JOB TITLE: {post.title}",
        f"REQ ID: {rng.randrange(10000, 99999)}   LOCATION: {post.city}",
        "POSITION SUMMARY:",
    ]
    out += [" ".join(post.some(rng, post.filler.summary, 1, 3))]
    if post.duties:
        out += ["ESSENTIAL FUNCTIONS:", bullets(post.duties, "*")]
    out += ["MINIMUM QUALIFICATIONS:", bullets(post.musts(), "*")]
    if post.nice:
        out += ["PREFERRED QUALIFICATIONS:", bullets(post.nice, "*")]
    out += ["PHYSICAL DEMANDS: sitting, standing and walking as usual for this kind of work."]
    out += ["EEO STATEMENT:", " ".join(post.some(rng, post.filler.legal, 1, 3))]
    return "\n".join(out)


def questions(rng: Random, post: Post) -> str:
    """Questions and answers."""
    out = [post.title, "Who are we?\n" + " ".join(post.some(rng, post.filler.story, 2, 4))]
    skills = post.must["skill"]
    if skills:
        out.append(
            "What should you be good at?\n" + (bullets(skills) if rng.random() < 0.6 else ". ".join(skills) + ".")
        )
    rest = post.must["experience"] + post.must["education"]
    if rest:
        out.append(
            "Which background do we expect?\n" + (bullets(rest) if rng.random() < 0.5 else ". ".join(rest) + ".")
        )
    if post.nice:
        out.append("What would make us smile?\n" + bullets(post.nice))
    out.append("What is in it for you?\n" + join([low(x) for x in post.some(rng, post.filler.benefits, 3, 5)]) + ".")
    out.append("How do you apply?\n" + " ".join(post.some(rng, post.filler.apply, 1, 1)))
    return "\n\n".join(out)


def startup(rng: Random, post: Post) -> str:
    """Must-haves and nice-to-haves with ticks."""
    out = [f"{post.company} is hiring: {post.title}", " ".join(post.some(rng, post.filler.summary, 1, 2))]
    out.append("Must-haves:\n" + bullets(post.musts(), rng.choice(("✔", "[x]", "->", "★"))))
    if post.nice:
        out.append("Nice-to-haves:\n" + bullets(post.nice, rng.choice(("+", "○"))))
    if post.duties:
        out.append("In your first six months you will:\n" + bullets(post.duties, "->"))
    out.append("Perks: " + ", ".join(post.some(rng, post.filler.benefits, 3, 6)))
    return "\n\n".join(out)


def keyed(rng: Random, post: Post) -> str:
    """Bold keys, each with a comma list."""
    out = [f"**Role:** {post.title}", f"**Company:** {post.company}, {post.city}"]
    keys = {"skill": "Skills", "experience": "Experience", "education": "Education"}
    for kind, key in keys.items():
        if post.must[kind]:
            out.append(f"**{key}:** " + "; ".join(post.must[kind]))
    if post.nice:
        out.append("**Would be nice:** " + "; ".join(post.nice))
    if post.duties:
        out.append("**Duties:** " + "; ".join(low(d) for d in post.duties))
    rng.shuffle(out[2:])
    return "\n".join(out)


LAYOUTS: dict[str, tuple[Layout, int]] = {
    "markdown": (markdown, 26), "corporate": (corporate, 16), "informal": (informal, 7), "email": (email, 6),
    "table": (table, 6), "agency": (agency, 8), "public_sector": (public_sector, 7), "bring": (bring, 8),
    "skill_list": (skill_list, 3), "hidden_prose": (hidden_prose, 7), "caps_ats": (caps_ats, 8),
    "questions": (questions, 6),
    "startup": (startup, 6), "keyed": (keyed, 6),
}  # fmt: skip
