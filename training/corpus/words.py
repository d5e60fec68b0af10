"""Words shared by all parts: numbers, seniority, degrees."""

from __future__ import annotations

from random import Random

YEAR_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
).split()
SENIOR = ("Senior", "Lead", "Principal")
JUNIOR = ("Junior", "Trainee", "Assistant")

# Levels follow the scale of `model.brief.education`: 1 secondary, 2 vocational, 3 associate, 4 bachelor, 5 master, 6
# doctorate.
DEGREES: dict[int, tuple[str, ...]] = {
    1: ("High school diploma", "Secondary school certificate", "A-levels", "GED", "High School Diploma", "Abitur",
    "GCSEs"),
    2: ("Vocational diploma in {f}", "Diploma in {f}", "Apprenticeship in {f}", "Certificate in {f}",
    "NVQ Level 3 in {f}",
        "City & Guilds in {f}"),
    3: ("Associate degree in {f}", "Associate's degree in {f}", "HND in {f}", "Foundation degree in {f}"),
    4: ("Bachelor's degree in {f}", "BSc {f}", "B.Sc. in {f}", "Bachelor of Science in {f}", "BA {f}",
    "Bachelor in {f}",
        "Bachelor of Arts in {f}", "Bachelor's Degree, {f}", "Bachelor degree in {f}"),
    5: ("Master's degree in {f}", "MSc {f}", "M.Sc. in {f}", "Master of Science in {f}", "MA in {f}", "Master in {f}"),
    6: ("PhD in {f}", "Doctorate in {f}", "Ph.D. {f}", "Doctoral degree in {f}"),
}  # fmt: skip
ASKED: dict[int, tuple[str, ...]] = {
    1: ("High school diploma", "Secondary school certificate", "High school diploma or GED"),
    2: ("Vocational qualification in {f}", "Diploma in {f}", "Certificate in {f}", "Vocational training in {f}"),
    3: ("Associate degree in {f}", "Associate's degree in {f}"),
    4: ("Bachelor's degree in {f}", "Bachelor's degree in {f}", "University degree in {f}", "Degree in {f}",
    "BSc in {f}",
        "Bachelor of Science in {f}"),
    5: ("Master's degree in {f}", "MSc in {f}", "Master of Science in {f}"),
    6: ("PhD in {f}", "Doctorate in {f}"),
}  # fmt: skip


def number(rng: Random, n: float, words: float = 0.2) -> str:
    """A number of years in digits or, with probability `words`, in words."""
    whole = int(n)
    if whole != n:
        return f"{n:g}"
    return YEAR_WORDS[whole] if whole < len(YEAR_WORDS) and rng.random() < words else str(whole)


def fill(rng: Random, template: str, **names: str) -> str:
    """Fills a template; `{k}` is a small number, `{h}` a larger one, `{p}` a percentage."""
    return template.format(
        k=rng.randrange(2, 12), h=rng.choice((40, 60, 80, 120, 150, 200, 350, 500)), p=rng.randrange(5, 40), **names
    )
