"""Wordings of requirements and of evidence. Training and test use different tables; a test holds them apart.

`{x}` is a skill or title, `{n}` a number of years, `{d}` a degree. Every table is a tuple of templates.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """All wordings of one pool."""

    skill_ask: tuple[str, ...]
    tool_ask: tuple[str, ...]
    soft_ask: tuple[str, ...]
    nice_ask: tuple[str, ...]
    years_ask: tuple[str, ...]
    plain_ask: tuple[str, ...]
    field_ask: tuple[str, ...]
    school_ask: tuple[str, ...]
    ask_tail: tuple[str, ...]
    mention: tuple[str, ...]
    tool_mention: tuple[str, ...]
    soft_mention: tuple[str, ...]
    soft_neutral: tuple[str, ...]
    listed: tuple[str, ...]
    weak: tuple[str, ...]
    weak_listed: tuple[str, ...]
    negated: tuple[str, ...]
    sibling: tuple[str, ...]
    summary: tuple[str, ...]
    worded: tuple[str, ...]
    tail: tuple[str, ...]


TRAIN = Phrases(
    skill_ask=(
        "{x}", "{x}", "{x}", "Experience with {x}", "Experience in {x}", "Proven track record in {x}",
        "Proficiency in {x}",
        "Strong background in {x}", "Solid knowledge of {x}", "Good understanding of {x}", "Hands-on experience in {x}",
        "Expertise in {x}", "Sound practice in {x}", "Confident in {x}", "You know your way around {x}",
        "Competence in {x}",
        "Demonstrated ability in {x}", "{x} (essential)", "Thorough grounding in {x}", "Skilled in {x}",
        "In-depth knowledge of {x}", "Familiarity with {x}", "Knowledge of {x} and related standards",
    ),
    tool_ask=(
        "{x}", "{x}", "{x}", "Experience with {x}", "Proficient in {x}", "Working knowledge of {x}",
        "Hands-on use of {x}",
        "Advanced user of {x}", "Comfortable working with {x}", "Strong command of {x}", "Practical knowledge of {x}",
        "Must know {x}", "Daily use of {x}", "You have worked with {x} before", "Competency in {x}", "Expertise in {x}",
        "Very good {x} knowledge", "{x} at a professional level",
    ),
    soft_ask=(
        "{x}", "{x}", "Excellent {x}", "Strong {x}", "Good {x}", "Proven {x}", "High degree of {x}", "A talent for {x}",
        "Outstanding {x}", "{x}: this is vital in our daily work", "{x}: ability to show it also on difficult days",
        "{x} is a must", "First-rate {x}", "Well-developed {x}", "{x}, as you will deal with many different people",
        "{x}: the role demands it at all times", "Exceptional {x}", "Demonstrable {x}",
    ),
    nice_ask=(
        "{x} is a plus", "{x} would be an advantage", "Ideally {x}", "{x} preferred", "{x} (nice to have)",
        "{x} desirable", "Bonus: {x}", "{x} is welcome but not required",
    ),
    years_ask=(
        "At least {n} years of experience as {a}", "Minimum of {n} years as {a}", "{n}+ years of experience as {a}",
        "{n} years' experience as {a}", "{N} or more years working as {a}", "Not less than {n} years in a {x} position",
        "{n} years as {a}", "Minimum {n} years of work experience as {a} is required", "{x}: {n} years minimum",
        "You have spent at least {n} years working as {a}", "Proven experience ({n}+ years) as {a}",
        "{n} to {m} years of experience as {a}", "Over {n} years in the role of {x}",
    ),
    plain_ask=(
        "Previous experience as {a}", "Proven experience as {a}", "Experience working as {a}",
        "You have already worked as {a}", "Prior work as {a} is required",
    ),
    field_ask=(
        "{n}+ years of experience in {x}", "At least {n} years in {x}", "Minimum {n} years of {x} experience",
        "A minimum of {n} years' professional experience in {x}", "{N} years of practice in {x}",
    ),
    school_ask=(
        "{d}", "{d} required", "{d} or a closely related field", "A {d}", "You hold a {d}", "Completed {d}",
        "{d} from a recognised institution", "Educated to at least {d}", "{d} (or equivalent)",
    ),
    ask_tail=(
        " in a fast-paced environment", " in a comparable setting", ", ideally in a team of more than ten",
        " in practice",
        " with little supervision", "", "", "", "", "", "", "",
    ),
    mention=(
        "Took charge of {x} for the whole team", "Daily responsibility for {x}", "Responsible for {x} across {k} sites",
        "Trained {k} colleagues in {x}", "Carried out {x} under tight deadlines", "Worked mainly on {x}",
        "Experience in {x} with more than {h} cases", "Improved {x} and cut turnaround by {p} %",
        "Handled {x} from start to finish", "Main duties: {x}", "Delivered {x} to a high standard",
        "Introduced new routines for {x}", "Supported the department with {x} and reporting",
        "Performed {x} independently",
        "In charge of {x}",
    ),
    tool_mention=(
        "Used {x} every day", "Worked with {x} on most projects", "Relied on {x} for planning and delivery",
        "Regular use of {x} to serve {k} departments", "Introduced {x} to the team and wrote the manual",
        "Applied {x} in day-to-day work", "Solved tasks with {x}, saving some {p} % of the time",
        "Became the go-to person for {x}", "Responsible for everything around {x}", "Hands-on with {x} since day one",
    ),
    soft_mention=(
        "Praised in appraisals for {x}", "Known among colleagues for {x}", "Showed strong {x} in daily work",
        "Developed my {x} further in a customer-facing post", "Used {x} to keep things running during staff shortages",
        "{x} proven over {k} seasons", "Relied on good {x} when working with other departments",
    ),
    soft_neutral=(
        "{x} was part of every working day", "Praised in appraisals: {x}", "My references say: {x}",
        "Strong point in my last post: {x}", "Known among colleagues for {x}",
    ),
    listed=(
        "{x}", "{x}", "{x}", "{x}", "{x}", "{x}", "{x}", "Proficient in {x}", "Strong {x}", "{x} (advanced)",
        "Experienced in {x}", "Skilled at {x}", "Expert in {x}", "Very good {x}", "Knowledge of {x}", "{x} - 4/5",
        "{x}: used daily in my last post", "{x} - proven in several jobs", "Sound {x}", "Ability in {x}",
    ),
    weak=(
        "Basic knowledge of {x}", "Familiar with {x} from a short internship",
        "Took a two-day introductory course on {x}",
        "Currently learning {x} in the evenings", "Coursework in {x}", "Limited exposure to {x}",
        "Helped out now and then with {x}",
        "Beginner level in {x}", "Some first contact with {x}", "Shadowed a colleague on {x} for a few weeks",
    ),
    weak_listed=("{x} (basic)", "{x} - beginner", "Basic {x}", "{x} (learning)", "{x}, introductory level"),
    negated=(
        "No hands-on experience with {x} so far", "{x} is something I would like to learn",
        "I have not yet worked with {x}",
        "Not experienced in {x}, but keen to start", "Have never been responsible for {x}",
        "Without practical knowledge of {x}",
        "{x}: no experience",
    ),
    sibling=(
        "{x}", "Worked on {x}", "Regular {x}", "Good knowledge of {x}", "Several years of {x}", "In charge of {x}",
        "Experience with {x}",
    ),
    summary=(
        "{Title} with a practical mind and a calm way of working.", "Experienced {title} looking for the next step.",
        "Dedicated {title} who enjoys taking responsibility.", "{Title} used to busy workplaces and mixed teams.",
        "Hard-working {title} with a good name among colleagues.",
        "I am {atitle} who likes to get things right the first time.",
        "Results-driven {title}.", "Motivated {title} seeking a position with room to grow.",
        "{Title}. Thorough, curious and easy to work with.",
        "Versatile {title} with experience in small and large organisations.",
        "After some years as {atitle} I am looking for a new challenge closer to home.",
    ),
    worded=(
        "{n} years as {a}", "{N} years as {a}", "Worked for {n} years as {a}", "{a1}, {n} years",
        "Spent {n} years as {a}",
        "{n} years' employment as {a}",
    ),
    tail=(
        ", cutting costs by {p} %", " for {h} clients a year", " across {k} locations", " on a team of {k}",
        ", often at short notice",
        " during day and night shifts", " in close contact with management", "", "", "", "", "", "", "", "", "", "", "",
    ),
)  # fmt: skip
