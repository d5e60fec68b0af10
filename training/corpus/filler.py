"""Sentences that surround the requirements of a job: who the employer is, what it offers, what the law wants said."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Filler:
    """The sentences of one pool. `{company}`, `{city}`, `{title}`, `{a}` (title with article), `{sector}`, `{y}`."""

    summary: tuple[str, ...]
    story: tuple[str, ...]
    day: tuple[str, ...]
    benefits: tuple[str, ...]
    pay: tuple[str, ...]
    legal: tuple[str, ...]
    apply: tuple[str, ...]


TRAIN = Filler(
    summary=(
        "{company} is looking for {a} to join our team in {city}.",
        "We have an opening for {a} at our {city} location.",
        "For our site in {city} we seek {a} as soon as possible.",
        "Are you ready for your next step? {company} is hiring {a}.",
        "The {title} plays a central part in what we do and reports to the head of department.",
        "This is a permanent, full-time position based in {city}.",
        "Due to continued growth we are expanding and need {a}.",
        "As {title} you will be part of a small and friendly team.",
        "Our long-serving colleague is retiring, so we are searching for {a}.",
        "The successful candidate will support our {city} operations from day one.",
    ),
    story=(
        "{company} was founded in {y} by two sisters who wanted to do things differently.",
        "What began as a family business in {city} has grown to more than four hundred people.",
        "We have been part of life in {city} since {y}.",
        "Our values are simple: be kind, be straight, finish what you start.",
        "Last year we moved into a new building by the river, with plenty of daylight and a bicycle store.",
        "We were named one of the ten best employers in the region three times in a row.",
        "Around a third of our people have been with us for longer than a decade.",
        "In the field of {sector} our name stands for quality and fairness.",
        "We are independent, debt-free and owned by our employees.",
        "Every voice counts here, whether you joined yesterday or twenty years ago.",
        "Our customers range from the household next door to public bodies and large companies.",
        "We do not believe in endless meetings; a short round on Monday morning is enough.",
        "In {y} we opened our second branch, and a third is to follow next spring.",
        "Sustainability is more than a word to us: the roof carries solar panels and the vans run on electricity.",
        "People tell us they stay because of the colleagues, and because they are trusted.",
        "We invest a good part of what we earn in new equipment and in our people.",
        "{city} offers lakes, theatres and affordable housing within a short ride.",
        "Our managing director still has lunch in the canteen with everybody else.",
        "The department consists of eleven people aged from twenty to sixty-three.",
        "You will report to Ms Carver, who has led the unit since {y}.",
        "We are proud of the awards on the wall, but prouder of the letters we get from those we serve.",
        "Behind everything stands a board of volunteers and a works council.",
        "When the river flooded our ground floor in {y}, half the town came with buckets; we have not forgotten it.",
        "Growth for its own sake is not our goal; we would rather be good than big.",
        "Each spring all of us take a day off from the usual work to paint a school or clear a footpath.",
        "Our turnover has doubled in six years while the number of complaints has halved.",
        "Half of our managers started with us as trainees.",
        "The house in {city} is a short walk from the central station and has its own garden.",
        "We speak eleven languages under one roof and celebrate nearly as many new years.",
        "Ideas from the floor have changed more here than ideas from consultants.",
        "Two years ago we began to share our results openly with all staff, and nobody would want to go back.",
        "In a recent survey nine out of ten colleagues said they would recommend us to a friend.",
        "We know that you have a life outside work and plan accordingly.",
        "Our partners include universities, local craftsmen and three hospitals.",
        "The founders' portrait still hangs in the hall, next to the table-tennis ladder.",
        "We are part of a group with sites in nine countries, yet decisions are taken in {city}.",
        "Some call us old-fashioned because we shake hands in the morning. We do not mind.",
    ),
    day=(
        "No two days are the same here.", "Mornings start with a short hand-over at half past seven.",
        "The post involves some travel within the region.", "You will work closely with neighbouring departments.",
        "Occasional weekend duty is shared fairly among all.",
        "Most of the work takes place on site; a day at home can be arranged.",
        "During the first three months an experienced colleague will accompany you.",
        "Once a month the whole team meets for breakfast and looks at what went well.",
        "A laptop and a phone will be waiting on your desk.", "The probation period is six months.",
        "You will have a budget of your own and a say in what we buy.",
        "Evening work is the exception and is paid back in time off.",
        "You decide how to arrange your week as long as the result is right.",
    ),
    benefits=(
        "28 days of leave plus public holidays", "Company pension with employer contribution", "Subsidised travel pass",
        "Free coffee, fruit and a decent canteen", "Private health insurance after probation", "Bike leasing scheme",
        "Paid volunteering days", "Childcare allowance", "A yearly bonus when the house does well",
        "Staff discounts in our shops", "Free parking on the premises", "Relocation support", "Four-day week possible",
        "Summer party and winter dinner", "Budget for courses and books", "Work clothes provided and laundered",
        "Life assurance at three times salary", "401(k) with match", "Dental and vision plan",
        "Employee assistance line",
    ),
    pay=(
        "Salary: 2,900 - 3,600 gross a month depending on background.", "Pay range: $24.50 - $31.00 per hour.",
        "Remuneration follows the collective agreement, group 9.",
        "GBP 31,000 - 38,000 per annum, pro rata for part time.",
        "We offer 52,000 to 64,000 a year plus a 13th salary.", "Competitive package, to be discussed in person.",
        "The base pay for this position starts at $68,000.",
    ),
    legal=(
        "{company} is an equal opportunity employer. We consider all applicants without regard to race, colour, "
        " religion, sex, sexual orientation, gender identity, national origin, disability or veteran status.",
        "Applications from people with disabilities are welcome; tell us what you need for the interview.",
        "Any offer is subject to a background check and proof of the right to work.",
        "Your data will be processed for the purpose of this application only and erased after six months.",
        "Only short-listed candidates will be contacted. Agencies, please refrain from sending profiles.",
        "We are committed to a diverse workforce and encourage everyone to apply, even if not every line fits.",
        "This description is not a complete list of tasks and may change with the needs of the organisation.",
        "Travel costs for interviews are not reimbursed.",
    ),
    apply=(
        "Please send your papers to jobs@{domain} by the end of next month.",
        "Apply online with one PDF. No photo needed.",
        "Questions? Ring Mr Dalby on extension 214.",
        "Send us your CV and two lines about yourself; a cover letter is optional.",
        "Write to hr@{domain} quoting reference {ref}.", "Drop in with your resume any weekday before noon.",
        "Closing date: 15 August. Interviews are planned for the week after.",
    ),
)  # fmt: skip

TEST = Filler(
    summary=(
        "A vacancy has come up at {company}, {city}: {title}.", "Wanted in {city}: {a} with heart and mind.",
        "To complete our crew we take on {a}.", "Help us run {company} as our new {title}.",
        "Start date for the new {title}: flexible, yet the sooner the better.",
    ),
    story=(
        "Since {y}, {company} has served the people of {city} and the valleys around it.",
        "Sixty people, one roof, and a dog called Biscuit.", "We are a cooperative; profits go back to our members.",
        "Visitors often say that the place feels like a large family kitchen.",
        "The trustees adopted a ten-year plan in {y} and you would help to carry it out.",
        "Trains stop two minutes from the gate, and the sea is at the end of the road.",
        "Our reputation in {sector} was earned slowly and we mean to keep it.",
        "New colleagues are given a tour of every corner of the house, cellar included.",
        "We rent out the great hall in summer, which pays for the heating in winter.",
    ),
    day=("Hours are agreed a month ahead.", "Expect quiet Mondays and lively Fridays.",
    "You share an office with two others.",
         "Shifts rotate every fortnight.", "The line of command is short."),
    benefits=(
        "Thirty-one days off a year", "Gym on site", "Interest-free loan for a season ticket",
        "Sabbatical after five years",
        "Free entry to the museum quarter", "Eye tests paid for", "Long lunch break", "Tenth month bonus",
        "Housing for the first weeks",
    ),
    pay=("Grade C, point 4 to 11.", "The wage lies between 19.80 and 26.10 an hour.",
    "Annual gross from 41,500 upwards.",
         "Money: fair, and the same for the same work."),
    legal=(
        "All candidates are judged on merit alone.", "Reasonable adjustments are made on request.",
        "Documents are shredded once the post is filled.", "A probationary term of half a year applies.",
        "Membership of the pension fund is compulsory.",
    ),
    apply=("Hand in your file at the porter's lodge.", "Use the form on our website, vacancy {ref}.",
    "Letters to the Bursar, please.",
           "Call in, write, or send a pigeon to talent@{domain}."),
)  # fmt: skip
