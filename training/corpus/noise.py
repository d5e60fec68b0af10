"""What real resumes carry beside the facts: languages, interests, duties that any job has."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Noise:
    """Lines of one pool; `extras` are blocks of a heading and lines to choose from."""

    duties: tuple[str, ...]
    traits: tuple[str, ...]
    extras: tuple[tuple[str, tuple[str, ...]], ...]


TRAIN = Noise(
    duties=(
        "Reported to the owner and filled in during holidays",
        "Opened the premises in the morning and locked up at night",
        "Member of a crew of nine", "Took part in the weekly round with the regional head",
        "Fixed-term contract, extended twice",
        "Part of the team that moved the branch to its new address",
        "Started as a temp and was taken on after three months",
        "Named employee of the month in my first spring", "Part-time while studying", "Seasonal post",
        "Replaced a colleague on parental leave", "Left when the site was closed down",
        "Worked from the branch office up north",
        "Was given a wider area after the first year", "Also looked after the notice board and the coffee fund",
        "Helped with the yearly stock count", "Mostly early turns, some weekends",
        "Wore several hats in a firm of fifteen people",
        "The unit was taken over by a competitor in my last year", "Joined through an agency",
        "Drove the company van when needed",
        "Sat on the staff committee for two terms", "Contract ended with the completion of the job",
        "Promoted from trainee after passing the final exam", "Covered for the deputy during her sabbatical",
    ),
    traits=(
        "Available from next month.", "Willing to relocate.", "Non-smoker, own car.",
        "Open to part-time and full-time posts.",
        "I have lived in three countries and moved back last year.", "References will gladly be named on request.",
        "Looking for a permanent contract.", "My last reviews were above average.",
        "I enjoy coming to work and it shows.",
        "What drives me is seeing a thing finished.", "In my view a good day is one when nothing is left lying about.",
        "Colleagues describe me as cheerful.", "I took a year off to care for my father and am now back.",
        "Notice period: four weeks.", "Work permit in place.", "Shift work is no problem for me.",
        "Career goal: to grow with a house that means to stay.",
    ),
    extras=(
        ("Languages", ("English - fluent", "Spanish - B2", "German - mother tongue", "French - school level",
        "Hindi, native",
                       "Polish (native)", "Arabic: fluent", "Portuguese: conversational", "Italian, A2")),
        ("Interests", ("Mountain hiking and photography", "Chess club", "Five-a-side football",
        "Baking with my daughters",
                       "Old motorcycles", "Choir singing", "Allotment gardening", "Reading crime novels",
                       "Sea kayaking",
                       "Travelling by train", "Volleyball, second division", "Learning the accordion")),
        ("Volunteering", ("Food bank, every other Saturday", "Trainer of the under-twelves at the handball club",
                          "Visitor at the animal shelter", "Member of the parish council",
                          "Litter picks along the canal")),
        ("Other", ("Driving licence class B", "Clean driving record", "Military service 1998", "Full right to work",
                   "Member of the local rowing club since childhood", "Married, two children")),
        ("Awards", ("Employee of the quarter", "Second prize, regional trades contest", "Service medal, ten years",
                    "Scholarship of the city foundation")),
        ("References", ("Available on request", "Ms D. Harrow, former head of unit", "Mr P. Lindgren, owner")),
        ("Publications", ("A short article in the staff magazine", "Poster at a regional meeting")),
    ),
)  # fmt: skip

TEST = Noise(
    duties=(
        "One of six in a small branch", "Post ended when funding ran out", "Began on a zero-hours basis",
        "Stood in for the boss in August",
        "Commuted weekly between two sites", "Rehired after a break", "Was asked to stay beyond the trial month",
        "Took the minutes of the works assembly", "Made permanent after a year", "Job share with a colleague",
        "House was merged with its neighbour in my final summer", "Received a long-service bonus",
    ),
    traits=(
        "Can begin at short notice.", "Prepared to travel.", "My family and I are moving to the area in spring.",
        "I prefer working with others to working alone at home.", "Salary expectations upon request.",
        "No criminal record.",
        "I returned to working life after raising two sons.",
    ),
    extras=(
        ("Tongues", ("Czech (home)", "English, everyday use", "Dutch, passable", "Korean, native", "Swahili")),
        ("Pastimes", ("Bouldering", "Quilting circle", "Amateur dramatics", "Birding", "Pub quiz league",
        "Orienteering")),
        ("In my own time", ("Mountain rescue reserve", "Repair cafe on Sundays", "Scout leader", "Blood donor")),
        ("Miscellaneous", ("Licence for cars and light vans", "Left-handed", "Shoe size 43, for the boots",
        "Vaccinated")),
        ("Honours", ("Apprentice of the year, runner-up", "Mayor's letter of thanks")),
    ),
)  # fmt: skip


def draw_extras(rng: Random, noise: Noise, size: float) -> list[tuple[str, list[str]]]:
    """A few blocks; more for a long resume."""
    count = min(len(noise.extras), rng.choices((0, 1, 2, 3, 4), (30, 30, 20, 12, 8))[0] + (1 if size > 2 else 0))
    return [
        (head, rng.sample(lines, rng.randrange(1, min(4, len(lines)) + 1)))
        for head, lines in rng.sample(noise.extras, count)
    ]
