"""Job posts of our own writing, messy on purpose, with the requirements that a careful recruiter would list.

Each expected requirement is one line: `BLS` is a must-have skill, `?Docker` a nice-to-have, `Python|R` alternatives,
`3y ward nurse` experience with the least number of years, `y barista` experience without a number, `L4 nursing`
a degree of that level (`?L5 nursing` where it is not a must). Rules were tuned on the posts of this file; those
of `job_posts_held_out` were written before and never tuned on.
"""

from __future__ import annotations

from typing import NamedTuple


class Post(NamedTuple):
    name: str
    title: str
    text: str
    expected: tuple[str, ...]
    warnings: tuple[str, ...] = ()


FIRST = (
    Post(
        "nurse in prose",
        "Staff Nurse",
        """Staff Nurse - Acute Medical Unit

Harrow Down General has looked after the people of the estuary for more than 60 years. We are a friendly 240-bed
hospital with its own bakery, and we were voted the second-best place to work in the county in 2023.

You will care for a bay of six patients, give medication, update families and help our students settle in. No
two shifts are the same! The right candidate will be a registered nurse with at least 2 years of experience in
acute care, a current BLS certificate and confident IV cannulation. Experience with electronic patient records
is desirable. We also need you to have excellent written and verbal communication skills.

In return you get 27 days of annual leave, a pension, subsidised meals and free parking. We are an equal opportunity
employer and consider all applicants without regard to age, religion, gender or disability. To apply, send your
CV to the ward manager before 3 May.
""",
        ("registered nurse", "2y acute care", "BLS certificate", "IV cannulation", "?electronic patient records",
         "written and verbal communication"),
    ),
    Post(
        "welder bullets",
        "MIG/TIG Welder",
        """MIG/TIG Welder (nights)
Location: Dunmore Yard
Pay: £19.40 per hour

We build gates, railings and the odd sculpture. The workshop is heated and the radio is loud.

Requirements
- 3+ years welding experience
- MIG and TIG welding
- Able to read engineering drawings
- Forklift licence preferred
- Must be able to lift 25 kg
- Good timekeeping

What you get
- Overtime at time and a half
- 28 days holiday
- Free boots
""",
        ("3y welding", "MIG", "TIG welding", "read engineering drawings", "?Forklift licence", "lift 25 kg",
         "timekeeping"),
    ),
    Post(
        "chef one paragraph",
        "sous chef",
        """Bistro Larkspur is looking for a sous chef to help run our busy 70-cover kitchen by the canal. You
must have worked as a chef de partie for at least 3 years, know classic French cooking inside out, and hold a
Level 2 food hygiene certificate. Menu planning and costing experience is essential; pastry skills are a plus.
We close on Mondays, tips are shared equally, and staff eat for free. Pop in with your CV any afternoon after 3.
""",
        ("3y chef de partie", "French cooking", "food hygiene certificate", "menu planning and costing", "?pastry"),
    ),
    Post(
        "data scientist markdown",
        "Senior Data Scientist",
        """# Senior Data Scientist

## About us
Tidewater Analytics turns sensor data from buoys into forecasts. We raised a round last year and are 45 people.

## What you'll do
* Build forecasting models
* Present results to port authorities
* Mentor two juniors

## Required Skills
* 5+ years of experience in data science
* Python, SQL and Tableau
* Strong grasp of statistics and machine learning
* Experience with AWS/Azure/GCP
* Master's degree in statistics, computer science or a related field, or equivalent experience

## Nice to have
* Spark
* Experience with time-series forecasting
* A PhD

## Benefits
* Stock options
* Dental and vision insurance
""",
        ("5y data science", "Python", "SQL", "Tableau", "statistics", "machine learning", "AWS|Azure|GCP",
         "?L5 statistics", "?Spark", "?time-series forecasting", "?L6"),
    ),
    Post(
        "one line nurse", "nurse",
        "Looking for a nurse with ICU experience, BLS and 3+ years",
        ("ICU", "BLS", "3y total experience"),
    ),
    Post(
        "skill list with head", "this position",
        "Required skills: Python, SQL, Docker",
        ("Python", "SQL", "Docker"),
    ),
    Post(
        "bare skill list", "this position",
        "Python, SQL, Docker, C++, C#, Node.js or Deno",
        ("Python", "SQL", "Docker", "C++", "C#", "Node.js|Deno"),
    ),
    Post(
        "accountant semi-structured",
        "Management Accountant",
        """Job title: Management Accountant
Salary: 48-52k
Hours: 37.5

ABOUT THE ROLE
Reporting to the Finance Director, you will produce monthly packs for four trading companies and challenge
budget holders.

WHAT WE ARE LOOKING FOR
1. Qualified accountant (ACCA, CIMA or ACA)
2. Minimum of three years' post-qualification experience
3. Advanced Excel, including pivot tables and Power Query
4. Month-end close, accruals and prepayments
5. Experience of Sage 200 or Xero
6. Attention to detail: your packs go straight to the board

DESIRABLE
1. Manufacturing background
2. Power BI

BENEFITS
Private health insurance, on-site gym, EV charging.
""",
        ("Qualified accountant|ACCA|CIMA|ACA", "3y total experience", "Excel", "month-end close", "accruals",
         "prepayments",
         "Sage 200|Xero", "attention to detail", "?manufacturing", "?Power BI"),
    ),
    Post(
        "lawyer prose paragraphs",
        "commercial property solicitor",
        """We are a firm of nineteen lawyers in a converted mill, known for plain advice and a good Christmas
party. With over 40 years in the valley, we have acted for three generations of the same families.

Owing to growth we are seeking an experienced commercial property solicitor to join the team. Applicants should
have a law degree, be admitted as a solicitor, and bring at least 4 years' PQE. You will need sound knowledge of
landlord and tenant law, strong drafting skills and the ability to manage a caseload without supervision.
Business development flair would be an advantage.

Duties include advising developers, negotiating leases and supervising a paralegal.

We offer hybrid working, a car scheme and a bonus. We will reply to everyone.
""",
        ("L6", "admitted as a solicitor", "4y total experience", "landlord and tenant law", "drafting",
         "manage a caseload", "?business development"),
    ),
    Post(
        "warehouse short",
        "Warehouse Operative",
        """Warehouse Operative wanted!!
Immediate start, 4 on 4 off.

You:
* counterbalance forklift licence
* 1 year's experience in a warehouse
* basic English
* happy to work nights and weekends
* steel toe boots (we can lend you a pair)

We are young and dynamic and so are you!
""",
        ("counterbalance forklift licence", "1y warehouse", "English", "work nights and weekends", "steel toe boots"),
        ("young and dynamic",),
    ),
    Post(
        "barista ad",
        "Barista",
        """Barista - Pigeon & Crumb

Hey! We roast our own beans and talk about it too much.

Who you are:
 • Previous experience as a barista (6 months minimum)
 • Latte art
 • Friendly and outgoing
 • Cash handling and POS systems
 • Early riser

Bonus points:
 • You can bake
 • Food hygiene certificate

Perks: coffee (obviously), 50% off pastries, tips.
""",
        ("0.5y barista", "latte art", "friendly", "outgoing", "cash handling", "POS systems", "early riser",
         "?bake", "?food hygiene certificate"),
    ),
    Post(
        "teacher essential desirable",
        "Teacher of Mathematics",
        """Post title: Teacher of Mathematics

The Governors of Sandling Park School wish to appoint an inspiring colleague from September. Our school sits in
40 acres and was judged Good in all areas. Sandling Park School is committed to safeguarding and the successful
candidate will be subject to an enhanced disclosure check.

Person Specification

Essential
- Qualified Teacher Status
- Degree in mathematics or a related subject
- Ability to teach maths to A level
- Classroom management
- Commitment to safeguarding

Desirable
- Experience of teaching further mathematics
- Form tutor experience
- Willingness to run an after-school club
""",
        ("Qualified Teacher Status", "L4 mathematics", "teach maths", "classroom management", "safeguarding",
         "?teaching further mathematics", "?form tutor", "?run an after-school club"),
    ),
    Post(
        "civil engineer american",
        "Civil Engineer II",
        """Civil Engineer II
Full-time | Boise | $82,000 - $97,000

Description
Granger & Poole has been designing roads since 1987. Our people are our greatest asset.

Essential Duties and Responsibilities
- Prepare drainage calculations
- Coordinate with utilities
- Review submittals

Minimum Qualifications
Bachelor's degree in Civil Engineering from an accredited university. Four (4) years of experience in roadway
design. PE license or ability to obtain one within 12 months. Proficiency in AutoCAD Civil 3D and MicroStation.
Valid driver's license.

Preferred Qualifications
Master's degree. Experience with hydraulic modelling (HEC-RAS). Familiarity with state DOT standards.

Physical Demands
Occasionally lift 30 pounds and walk on uneven ground.

Granger & Poole is an equal opportunity employer. All qualified applicants will receive consideration without
regard to race, color, religion, sex, sexual orientation, gender identity, national origin, disability or
veteran status.
""",
        ("L4 civil engineering", "4y roadway design", "PE license", "AutoCAD Civil 3D", "MicroStation",
         "driver's license",
         "?L5", "?hydraulic modelling", "?DOT standards"),
    ),
)
