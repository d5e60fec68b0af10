"""The resume layouts of the training pool, part two: dense, odd and messy ones."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from training.corpus import resume_layouts as tame
from training.corpus.cv import Cv, low_title
from training.corpus.resume_layouts import Pen, skill_block, stops, tail_blocks
from training.corpus.text import article, cap, join, low, ocr

Layout = Callable[[Random, Cv], str]


def skills_only(rng: Random, cv: Cv) -> str:
    """Nothing but skills, with or without a name."""
    head = rng.choice(
        ("", "", f"{cv.person['name']}\n", "Candidate profile\n", f"{cv.person['name']}\n{cv.person['email']}\n")
    )
    lead = rng.choice(("Skills: ", "Skills\n", "Technical skills and strengths: ", "", "My skills are "))
    form = rng.random()
    body = ", ".join(cv.listed) if form < 0.55 or not lead.endswith("\n") else "\n".join(f"- {x}" for x in cv.listed)
    notes = (
        "\n" + " ".join(stops(cv.notes + [b for s in cv.stints for b in s.bullets])) if cv.notes or cv.stints else ""
    )
    return head + (lead + body if cv.listed else "") + notes


def caps(rng: Random, cv: Cv) -> str:
    """Shouted headings, no empty lines, as an applicant system spits it out."""
    pen = Pen(rng, cv)
    pen.sign = rng.choice(("*", "-", "o", "¤", "§"))
    out = [
        cv.person["name"].upper(),
        f"{cv.person['street'].upper()}, {cv.person['city'].upper()} * {cv.person['phone']}",
    ]
    if cv.summary or cv.notes:
        out += ["OBJECTIVE", *stops(cv.summary + cv.notes)]
    if cv.listed:
        out += ["QUALIFICATIONS", skill_block(rng, pen)]
    if cv.stints:
        out.append("PROFESSIONAL EXPERIENCE")
    for s in cv.stints:
        out += [f"{s.title.upper()}   {s.company.upper()}   {pen.dates(s).upper()}"]
        out += [pen.bullets(s.bullets)] if s.bullets else []
    if pen.schools():
        out += ["EDUCATION", *pen.schools()]
    return "\n".join(out + tail_blocks(cv, pen)) + "\nREFERENCES AVAILABLE UPON REQUEST"


def dense(rng: Random, cv: Cv) -> str:
    """One block of text without a break."""
    pen = Pen(rng, cv)
    out = [cv.person["name"] + " " + pen.contact(" ")] + stops(cv.summary)
    for s in cv.stints:
        deeds = "; ".join(low(b) for b in s.bullets)
        out.append(f"{s.title}, {s.company}, {pen.dates(s)}{': ' + deeds if deeds else ''}.")
    if pen.schools():
        out.append("Education: " + "; ".join(pen.schools()) + ".")
    if cv.listed:
        out.append("Skills: " + ", ".join(cv.listed) + ".")
    out += stops(cv.notes)
    if cv.certs:
        out.append("Certificates: " + ", ".join(cv.certs) + ".")
    for head, lines in cv.extras:
        out.append(f"{head}: " + " ".join(lines))
    return " ".join(out)


def academic(rng: Random, cv: Cv) -> str:
    """A curriculum vitae as scholars write it: education first, publications last."""
    pen = Pen(rng, cv)
    out = [f"CURRICULUM VITAE\n{cv.person['name']}\n{cv.person['email']}"]
    if pen.schools():
        out.append("Education\n" + "\n".join(f"{s.note or s.year}  {s.degree}, {s.school}" for s in cv.schools))
    if cv.stints:
        out.append("Appointments")
    for s in cv.stints:
        out.append(
            f"{pen.dates(s)}  {s.title}, {s.company}"
            + ("\n" + "\n".join(f"    {b}" for b in s.bullets) if s.bullets else "")
        )
    if cv.listed:
        out.append("Areas of competence\n" + "; ".join(cv.listed))
    if cv.notes or cv.summary:
        out.append("Statement\n" + " ".join(stops(cv.summary + cv.notes)))
    year = rng.randrange(2012, 2025)
    out.append(
        f"Talks and papers\n{cv.person['last']} {cv.person['first'][0]}. ({year})."
        f" Notes from practice. Regional Bulletin, {rng.randrange(3, 30)}."
    )
    return "\n\n".join(out + tail_blocks(cv, pen))


def network_export(rng: Random, cv: Cv) -> str:
    """The PDF that a business network exports."""
    pen = Pen(rng, cv)
    out = [f"Contact\n{cv.person['email']}"]
    if cv.listed:
        out.append("Top Skills\n" + "\n".join(cv.listed))
    out.append(f"{cv.person['name']}\n{cv.title}\n{cv.person['city']}")
    if cv.summary or cv.notes:
        out.append("Summary\n" + " ".join(stops(cv.summary + cv.notes)))
    if cv.stints:
        out.append("Experience")
    for s in cv.stints:
        out.append(
            f"{s.company}\n{s.title}\n{pen.dates(s)}\n{s.city}" + ("\n" + "\n".join(s.bullets) if s.bullets else "")
        )
    if cv.show_schools:
        out.append("Education")
        out += [f"{s.school}\n{s.degree} · ({s.note or s.year})" for s in cv.schools]
    return "\n\n".join(out + tail_blocks(cv, pen)) + "\n\nPage 1 of 1"


def rows(rng: Random, cv: Cv) -> str:
    """Jobs as table rows."""
    pen = Pen(rng, cv)
    bar = rng.choice((" | ", "\t", " ; ", "   "))
    out = [f"Name{bar}{cv.person['name']}", f"Phone{bar}{cv.person['phone']}", ""]
    if cv.stints:
        out.append(bar.join(("Position", "Employer", "Period", "Tasks")))
    for s in cv.stints:
        out.append(bar.join((s.title, s.company, pen.dates(s), "; ".join(s.bullets) or "-")))
    if cv.show_schools:
        out += ["", bar.join(("Degree", "School", "Year"))]
        out += [bar.join((s.degree, s.school, s.note or str(s.year))) for s in cv.schools]
    if cv.listed:
        out += ["", "Skills" + bar + ", ".join(cv.listed)]
    out += ["", *stops(cv.summary + cv.notes)]
    return "\n".join(out + tail_blocks(cv, pen))


def scanned(rng: Random, cv: Cv) -> str:
    """A scan read by a machine."""
    base = rng.choice((tame.chronological, tame.functional, tame.europass))(rng, cv)
    return ocr(rng, base)


def bare(rng: Random, cv: Cv) -> str:
    """No headings at all."""
    pen = Pen(rng, cv)
    out = [cv.person["name"]] if rng.random() < 0.7 else []
    for s in cv.stints:
        out.append(f"{pen.dates(s)} {s.title}, {s.company}")
        out += s.bullets
    out += pen.schools()
    if cv.listed:
        out.append(", ".join(cv.listed)) if rng.random() < 0.6 else out.extend(cv.listed)
    return "\n".join(out + stops(cv.summary + cv.notes) + cv.certs)


def long_messy(rng: Random, cv: Cv) -> str:
    """Everything and more, in no good order."""
    pen = Pen(rng, cv)
    blocks = []
    for s in cv.stints:
        blocks.append(f"{s.company} {s.city} {s.title} {pen.dates(s)}\n" + " ".join(stops(s.bullets)))
    if cv.listed:
        half = len(cv.listed) // 2 or 1
        blocks.insert(0, "Highlights\n" + "\n".join(cv.listed[:half]))
        if cv.listed[half:]:
            blocks.append("Additional skills\n" + ", ".join(cv.listed[half:]))
    if pen.schools():
        blocks.insert(rng.randrange(len(blocks) + 1), "Education and training\n" + "\n".join(pen.schools()))
    blocks += tail_blocks(cv, pen)
    if cv.notes:
        blocks.append("Remarks\n" + " ".join(stops(cv.notes)))
    return (
        f"{cv.title.upper()}\n{pen.contact(', ')}\nSummary\n{' '.join(stops(cv.summary)) or 'See below.'}\n"
        + "\n".join(blocks)
    )


def letter(rng: Random, cv: Cv) -> str:
    """An application letter that stands in for a resume."""
    pen = Pen(rng, cv)
    out = [rng.choice(("Dear Sir or Madam,", "Dear hiring team,", "To whom it may concern,"))]
    out.append(
        rng.choice(("I would like to apply for the post you advertised.", "I read your notice with great interest."))
    )
    out[-1] += " " + " ".join(stops(cv.summary))
    out += [pen.sentence(s) for s in cv.stints]
    if cv.listed:
        out.append("What I bring: " + join([low(x) for x in cv.listed]) + ".")
    if cv.schools and cv.show_schools:
        out.append(" ".join(f"I hold a {s.degree} from {s.school} ({s.year})." if not s.note else
                            f"My {s.degree} at {s.school} is {s.note}." for s in cv.schools))  # fmt: skip
    if cv.notes:
        out.append(" ".join(stops(cv.notes)))
    out.append(f"Kind regards\n{cv.person['name']}")
    return "\n\n".join(out)


def third_person(rng: Random, cv: Cv) -> str:
    """A short portrait written by somebody else."""
    pen = Pen(rng, cv)
    first = cv.person["first"]
    out = [f"{cv.person['name']} lives in {cv.person['city']}."]
    for s in cv.stints:
        dates = pen.dates(s)
        role = article(low_title(s.title))
        verb = "has been" if s.end is None and pen.form != "worded" else "worked as"
        out.append(f"{first} {verb} {role} at {s.company} ({dates}).")
        out += [
            f"{cap(rng.choice(('there', 'in this job', 'among other things')))} {first} {low(b)}."
            if tame.verbal(b)
            else b + "."
            for b in s.bullets
        ]
    if cv.listed:
        out.append(f"{first}'s skills: {', '.join(cv.listed)}.")
    if pen.schools():
        out.append("Education: " + "; ".join(pen.schools()) + ".")
    return " ".join(out + stops(cv.notes))


LAYOUTS: dict[str, tuple[Layout, int]] = {
    "chronological": (tame.chronological, 20), "biography": (tame.biography, 8), "europass": (tame.europass, 6),
    "functional": (tame.functional, 6), "sidebar": (tame.sidebar, 7), "markdown": (tame.markdown, 24),
    "caps": (caps, 5),
    "dense": (dense, 5), "academic": (academic, 3), "network_export": (network_export, 5), "rows": (rows, 4),
    "scanned": (scanned, 2), "bare": (bare, 4), "long_messy": (long_messy, 7), "letter": (letter, 5),
    "third_person": (third_person, 3),
}  # fmt: skip
SKILLS_ONLY: dict[str, tuple[Layout, int]] = {"skills_only": (skills_only, 1)}
