"""The resume layouts of the held-out test split; none of them is used in training."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from training.corpus.cv import Cv, low_title
from training.corpus.resume_layouts import Pen, stops, verbal
from training.corpus.text import article, cap, low

Layout = Callable[[Random, Cv], str]


def timeline(rng: Random, cv: Cv) -> str:
    """Oldest first, one arrow a station."""
    pen = Pen(rng, cv)
    out = [f"{cv.person['name']} // {cv.person['city']} // {cv.person['email']}", ""]
    out += [f">> {s.note or s.year} {s.degree} ({s.school})" for s in reversed(cv.schools) if cv.show_schools]
    for s in reversed(cv.stints):
        out.append(f">> {pen.dates(s)} {s.title} ({s.company}, {s.city})")
        out += [f"     {b}" for b in s.bullets]
    if cv.listed:
        out += ["", "Toolbox: " + " / ".join(cv.listed)]
    return "\n".join(out + stops(cv.notes + cv.summary) + [f"{h}: {' '.join(x)}" for h, x in cv.extras])


def agency_profile(rng: Random, cv: Cv) -> str:
    """A profile in the third person, made by a staffing agency, without a name."""
    pen = Pen(rng, cv)
    out = [f"Candidate no. {rng.randrange(1000, 9999)}, {cv.title}", *stops(cv.summary)]
    if cv.listed:
        out.append("The candidate offers: " + "; ".join(cv.listed) + ".")
    for s in cv.stints:
        lines = [("the candidate " + low(b)) if verbal(b) else b for b in s.bullets]
        out.append(f"{pen.dates(s)}: {low_title(s.title)} with {s.company}. " + " ".join(cap(x) + "." for x in lines))
    if pen.schools():
        out.append("Schooling: " + " / ".join(pen.schools()))
    if cv.notes:
        out.append("Consultant's remark: " + " ".join(stops(cv.notes)))
    return "\n\n".join(out)


def form(rng: Random, cv: Cv) -> str:
    """A filled-in application form with numbered boxes."""
    pen = Pen(rng, cv)
    out = [f"1. Surname, first name: {cv.person['last']}, {cv.person['first']}", f"2. Telephone: {cv.person['phone']}"]
    out.append("3. Schooling: " + ("; ".join(pen.schools()) or "-"))
    out.append("4. Posts held (latest first):")
    for n, s in enumerate(cv.stints, 1):
        out.append(f"   4.{n} {s.title}; {s.company}; {pen.dates(s)}")
        out += [f"       {b}" for b in s.bullets]
    out.append("5. What can you do? " + (", ".join(cv.listed) or "see 4"))
    out.append("6. Anything else? " + (" ".join(stops(cv.notes + cv.summary)) or "no"))
    out += [f"7. {h}: {' '.join(x)}" for h, x in cv.extras]
    return "\n".join(out)


def letter_box(rng: Random, cv: Cv) -> str:
    """Prose from newest to oldest with the abilities in the middle."""
    pen = Pen(rng, cv)
    parts = [pen.sentence(s) for s in cv.stints]
    middle = f"If asked what I am good at, I would say {', '.join(low(x) for x in cv.listed)}." if cv.listed else ""
    school = f"At school and after I earned the following: {'; '.join(pen.schools())}." if pen.schools() else ""
    parts.insert(len(parts) // 2, middle)
    opening = f"{cv.person['name']} ({cv.person['phone']})"
    return "\n\n".join(x for x in [opening, *stops(cv.summary), *parts, school, " ".join(stops(cv.notes))] if x)


def projects(rng: Random, cv: Cv) -> str:
    """Stations as numbered engagements, abilities as tags."""
    pen = Pen(rng, cv)
    out = [cv.person["name"], cv.person["email"], ""]
    if cv.listed:
        out += ["#" + " #".join(x.replace(" ", "\u00a0") if rng.random() < 0 else x for x in cv.listed), ""]
    for n, s in enumerate(cv.stints, 1):
        out += [f"Engagement {n}", f"Role: {s.title}", f"House: {s.company}", f"Time: {pen.dates(s)}"]
        out += ["Results: " + "; ".join(s.bullets)] if s.bullets else []
        out.append("")
    if pen.schools():
        out += ["Studies and training", *pen.schools(), ""]
    return "\n".join(out + stops(cv.notes + cv.summary))


def two_lines(rng: Random, cv: Cv) -> str:
    """As short as it gets: stations parted by slashes."""
    pen = Pen(rng, cv)
    stations = " // ".join(
        f"{s.title} ({pen.dates(s)}){': ' + '; '.join(s.bullets) if s.bullets else ''}" for s in cv.stints
    )
    out = [cv.person["name"] + ", " + cv.person["city"], stations, " // ".join(pen.schools())]
    out += ["Good at: " + ", ".join(cv.listed)] if cv.listed else []
    return "\n".join(x for x in out + stops(cv.notes) if x)


def right_column_last(rng: Random, cv: Cv) -> str:
    """Two columns as extracted, the narrow one behind the wide one."""
    pen = Pen(rng, cv)
    out = [cv.person["name"], *stops(cv.summary), "Stations"]
    for s in cv.stints:
        out += [pen.dates(s), s.title, s.company, *s.bullets]
    out += ["Remarks", *stops(cv.notes)] if cv.notes else []
    out += ["Reach me", cv.person["email"], cv.person["phone"]]
    out += ["What I can do", *cv.listed] if cv.listed else []
    if cv.show_schools:
        out.append("Learnt at")
        out += [f"{s.degree}\n{s.school} {s.note or s.year}" for s in cv.schools]
    return "\n".join(out)


def dossier(rng: Random, cv: Cv) -> str:
    """A full dossier: sections in roman numbers."""
    pen = Pen(rng, cv)
    out = [f"DOSSIER OF {cv.person['name'].upper()}", "I. Person\n" + pen.contact(", ")]
    body = []
    for s in cv.stints:
        body.append(
            f"{article(low_title(s.title)).capitalize()} at {s.company}, {pen.dates(s)}\n"
            + "\n".join(f"> {b}" for b in s.bullets)
        )
    out.append("II. Service record\n" + "\n".join(body))
    if pen.schools():
        out.append("III. Education and training\n" + "\n".join(pen.schools()))
    if cv.listed:
        out.append("IV. Proficiencies\n" + "\n".join(f"({n}) {x}" for n, x in enumerate(cv.listed, 1)))
    if cv.notes or cv.summary:
        out.append("V. Remarks\n" + " ".join(stops(cv.notes + cv.summary)))
    return "\n\n".join(out + [f"{h}\n" + "\n".join(x) for h, x in cv.extras])


def just_skills(rng: Random, cv: Cv) -> str:
    """A list of abilities alone."""
    lead = rng.choice(("Abilities:\n", "I can: ", f"{cv.person['name']} offers\n", ""))
    sep = "\n" if lead.endswith("\n") else rng.choice((", ", "; ", " / "))
    deeds = [b for s in cv.stints for b in s.bullets]
    return lead + sep.join(cv.listed) + ("\n" + " ".join(stops(cv.notes + deeds)) if cv.notes or deeds else "")


LAYOUTS: dict[str, tuple[Layout, int]] = {
    "timeline": (timeline, 10), "agency_profile": (agency_profile, 9), "form": (form, 9), "letter_box": (letter_box, 8),
    "projects": (projects, 8), "two_lines": (two_lines, 5), "right_column_last": (right_column_last, 9),
    "dossier": (dossier, 12),
}  # fmt: skip
SKILLS_ONLY: dict[str, tuple[Layout, int]] = {"just_skills": (just_skills, 1)}
