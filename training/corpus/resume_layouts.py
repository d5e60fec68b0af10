"""The resume layouts of the training pool, part one: the orderly ones. `LAYOUTS` of part two joins both."""

from __future__ import annotations

import re
from random import Random

from training.corpus.career import Stint, show_dates, years_in_words
from training.corpus.cv import Cv, School, low_title
from training.corpus.text import article, cap, low

MONTH_FORMS = ("short", "short", "long", "slash", "slash", "iso", "dot")


class Pen:
    """Writes the parts of one resume with one hand: the same date form and bullet sign throughout."""

    def __init__(self, rng: Random, cv: Cv) -> None:
        self.rng, self.cv = rng, cv
        self.form = rng.choice(MONTH_FORMS) if cv.style == "month" else cv.style
        self.sign = rng.choice(("-", "•", "*", "–", "·", ""))

    def dates(self, stint: Stint) -> str:
        return show_dates(self.rng, stint, self.form)

    def bullets(self, lines: list[str], indent: str = "") -> str:
        return "\n".join(f"{indent}{self.sign} {line}".rstrip() if self.sign else indent + line for line in lines)

    def school(self, school: School) -> str:
        """A degree on one line."""
        when = school.note or str(school.year)
        shape = self.rng.choice(("{d}, {s}, {w}", "{d} - {s} ({w})", "{d} ({w})", "{s}: {d}, {w}", "{w}: {d}, {s}"))
        return shape.format(d=school.degree, s=school.school, w=when)

    def schools(self) -> list[str]:
        return [self.school(s) for s in self.cv.schools] if self.cv.show_schools else []

    def contact(self, sep: str = " | ") -> str:
        person = self.cv.person
        parts = [person["phone"], person["email"], person["city"]]
        return sep.join(self.rng.sample(parts, self.rng.choice((1, 2, 3, 3))))

    def sentence(self, stint: Stint) -> str:
        """A job as running text."""
        role, place = article(low_title(stint.title)), stint.company
        if self.form == "worded":
            years = years_in_words(self.rng, stint.months)
            text = self.rng.choice((
                f"I worked for {years} as {role} at {place}.", f"At {place} I spent {years} as {role}.",
                f"{cap(years)} as {role} at {place}.",
            ))  # fmt: skip
        else:
            dates = self.dates(stint)
            if dates.startswith("since"):
                text = f"{cap(dates)} I have been {role} at {place}."
            elif stint.end is None:
                text = f"I am {role} at {place} ({dates})."
            else:
                text = self.rng.choice(
                    (f"I worked as {role} at {place} ({dates}).", f"At {place} I was {role}, {dates}.")
                )
        links = ("There I ", "I ", "In that job I ", "I also ", "During this time I ")
        for line in stint.bullets:
            text += " " + (self.rng.choice(links) + low(line) if verbal(line) else line) + "."
        return text

    def notes(self) -> list[str]:
        return self.cv.notes


def verbal(line: str) -> bool:
    """Whether a bullet starts with a verb in the past tense, so that `I` may stand before it."""
    first = line.split(" ", 1)[0].lower()
    if re.match(r"(experienced|detailed|advanced|based|skilled|limited|related)$", first):
        return False
    return first.endswith("ed") or first in _IRREGULAR


_IRREGULAR = frozenset(
    "ran led kept wrote built gave took taught found drew held sat saw set made brought told put cut met sold"
    " bought drove stood spoke grew got won felt dealt fed went broke sent chose caught laid shot split rode"
    " hung dug swept read came thought flew knew did had was paid said tore wore wove let hit spent rang beat"
    " began threw fell ground bred lent lost slept swam understood oversaw rebuilt rewrote foretold foresaw"
    " bound blew spun sewed shut left lit sang won".split()
)


def chronological(rng: Random, cv: Cv) -> str:
    """The usual two pages: jobs in reverse order with bullets."""
    pen = Pen(rng, cv)
    out = [cv.person["name"] + "\n" + pen.contact()]
    if cv.summary or cv.notes:
        out.append(
            rng.choice(("Profile", "Summary", "PROFILE", "Professional Summary"))
            + "\n"
            + " ".join(stops(cv.summary + cv.notes))
        )
    skills = rng.choice(("Skills", "Key Skills", "Core Competencies", "SKILLS")) + "\n" + skill_block(rng, pen)
    if cv.listed and rng.random() < 0.4:
        out.append(skills)
    if cv.stints:
        out.append(
            rng.choice(("Experience", "Work Experience", "Employment History", "EXPERIENCE", "Professional Experience"))
        )
    for stint in cv.stints:
        head = rng.choice(("{t}, {c}, {p}\n{d}", "{c} - {t}\n{d}", "{d}\n{t} at {c}", "{t} | {c} | {d}"))
        out.append(
            head.format(t=stint.title, c=stint.company, p=stint.city, d=pen.dates(stint))
            + "\n"
            + pen.bullets(stint.bullets)
        )
    if pen.schools():
        out.append("Education\n" + "\n".join(pen.schools()))
    if cv.listed and skills not in out:
        out.append(skills)
    return "\n\n".join(out + tail_blocks(cv, pen))


def skill_block(rng: Random, pen: Pen) -> str:
    """Skills as commas, bullets, bars or rows."""
    form = rng.random()
    if form < 0.4:
        return ", ".join(pen.cv.listed)
    if form < 0.8:
        return pen.bullets(pen.cv.listed)
    return " | ".join(pen.cv.listed) if form < 0.9 else "; ".join(pen.cv.listed)


def stops(lines: list[str]) -> list[str]:
    """Each line as a sentence."""
    return [line if line.endswith((".", "!", "?")) else line + "." for line in lines]


def tail_blocks(cv: Cv, pen: Pen) -> list[str]:
    """Certificates and whatever else people add."""
    out = []
    if cv.certs:
        out.append("Certifications\n" + pen.bullets(cv.certs))
    out += [f"{head}\n" + "\n".join(lines) for head, lines in cv.extras]
    return out


def biography(rng: Random, cv: Cv) -> str:
    """Prose in the first person, no lists."""
    pen = Pen(rng, cv)
    out = [cv.person["name"] + ", " + cv.person["city"]]
    intro = cv.summary or [f"My name is {cv.person['first']} and I live in {cv.person['city']}."]
    out.append(" ".join(stops(intro + cv.notes)))
    body = [pen.sentence(s) for s in cv.stints]
    out.append("\n\n".join(body) if rng.random() < 0.5 else " ".join(body))
    if cv.listed:
        lead = rng.choice(("My strengths are ", "I can offer ", "Over the years I have picked up ", "I bring along "))
        out.append(lead + ", ".join(low(x) for x in cv.listed) + ".")
    if pen.schools():
        out.append("As for my schooling: " + "; ".join(pen.schools()) + ".")
    return "\n\n".join(x for x in out + tail_blocks(cv, pen) if x)


def europass(rng: Random, cv: Cv) -> str:
    """The European form with its fixed labels."""
    pen = Pen(rng, cv)
    out = [
        f"PERSONAL INFORMATION\nFirst name / Surname: {cv.person['name']}"
        f"\nAddress: {cv.person['street']}, {cv.person['city']}"
    ]
    out[0] += f"\nTelephone: {cv.person['phone']}\nE-mail: {cv.person['email']}"
    if cv.summary or cv.notes:
        out.append("PERSONAL STATEMENT\n" + " ".join(stops(cv.summary + cv.notes)))
    if cv.stints:
        out.append("WORK EXPERIENCE")
    for s in cv.stints:
        out.append(f"Dates: {pen.dates(s)}\nOccupation or position held: {s.title}\nEmployer: {s.company}, {s.city}")
        if s.bullets:
            out[-1] += "\nMain activities and responsibilities:\n" + pen.bullets(s.bullets)
    if cv.show_schools:
        out.append("EDUCATION AND TRAINING")
        out += [
            f"Date: {s.note or s.year}\nTitle of qualification awarded: {s.degree}\nOrganisation: {s.school}"
            for s in cv.schools
        ]
    if cv.listed:
        out.append("PERSONAL SKILLS AND COMPETENCES\n" + skill_block(rng, pen))
    return "\n\n".join(out + tail_blocks(cv, pen))


def functional(rng: Random, cv: Cv) -> str:
    """What the person can do first, the jobs only as a list."""
    pen = Pen(rng, cv)
    deeds = [b for s in cv.stints for b in s.bullets]
    rng.shuffle(deeds)
    out = [cv.person["name"].upper(), pen.contact(), *(stops(cv.summary))]
    out.append("AREAS OF STRENGTH\n" + skill_block(rng, pen) if cv.listed else "")
    if deeds or cv.notes:
        out.append(
            rng.choice(("SELECTED ACHIEVEMENTS", "RELEVANT EXPERIENCE", "WHAT I HAVE DONE"))
            + "\n"
            + pen.bullets(deeds + cv.notes)
        )
    if cv.stints:
        rows = [f"{s.title}, {s.company} ({pen.dates(s)})" for s in cv.stints]
        out.append("EMPLOYMENT\n" + "\n".join(rows))
    if pen.schools():
        out.append("EDUCATION\n" + "\n".join(pen.schools()))
    return "\n\n".join(x for x in out + tail_blocks(cv, pen) if x)


def sidebar(rng: Random, cv: Cv) -> str:
    """A two-column page as extracted: the narrow column first."""
    pen = Pen(rng, cv)
    left = [cv.person["name"], "CONTACT", cv.person["phone"], cv.person["email"], cv.person["city"]]
    if cv.listed:
        left += ["", "SKILLS", *cv.listed]
    if cv.show_schools:
        left += ["", "EDUCATION"]
        for s in cv.schools:
            left += [s.degree, s.school, s.note or str(s.year)]
    if cv.certs:
        left += ["", "CERTIFICATES", *cv.certs]
    right = [""]
    if cv.summary or cv.notes:
        right += ["ABOUT ME", *stops(cv.summary + cv.notes), ""]
    if cv.stints:
        right.append("WORK HISTORY")
    for s in cv.stints:
        right += [
            s.title.upper() if rng.random() < 0.3 else s.title,
            f"{s.company}, {s.city}",
            pen.dates(s),
            *s.bullets,
            "",
        ]
    for head, lines in cv.extras:
        right += [head.upper(), *lines]
    return "\n".join(left + right)


def markdown(rng: Random, cv: Cv) -> str:
    """Headings `## Skills`, `## Experience`, `## Education`."""
    pen = Pen(rng, cv)
    pen.sign = rng.choice(("-", "-", "*"))
    level = rng.choice(("##", "##", "###"))
    out = []
    if rng.random() < 0.9:
        head = f"{level} Personal Information\n"
        out.append(head + pen.bullets([f"Name: {cv.person['name']}", f"Email: {cv.person['email']}"]))
    if cv.summary or cv.notes:
        out.append(
            f"{level} {rng.choice(('Summary', 'Objective', 'Profile'))}\n" + " ".join(stops(cv.summary + cv.notes))
        )
    education = f"{level} Education\n" + pen.bullets(pen.schools()) if pen.schools() else ""
    first = rng.random() < 0.6
    if education and first:
        out.append(education)
    if cv.listed:
        numbered = rng.random() < 0.3
        body = "\n".join(f"{n}. {x}" for n, x in enumerate(cv.listed, 1)) if numbered else pen.bullets(cv.listed)
        out.append(f"{level} Skills\n" + body)
    jobs = []
    for s in cv.stints:
        head = rng.choice(("- {t} ({d})", "{t} ({d})", "**{t}** ({d})", "- {t} at {c} ({d})", "{t}, {c} ({d})"))
        line = head.format(t=s.title, c=s.company, d=pen.dates(s))
        if s.bullets and rng.random() < 0.5:
            jobs.append(f"{line}: " + " ".join(stops(s.bullets)))
        else:
            jobs.append("\n".join([line, *(f"  - {b}" for b in s.bullets)]))
    if jobs:
        out.append(f"{level} Experience\n" + "\n".join(jobs))
    if education and not first:
        out.append(education)
    return "\n\n".join(out + [f"{level} {b}" for b in tail_blocks(cv, pen)])
