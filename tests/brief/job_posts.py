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


TUNED = (
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
    Post(
        "HR prose years",
        "HR Business Partner",
        """Title: HR Business Partner

Our client, a logistics group of 900 people, needs someone who can keep line managers out of trouble. Ideally
you have spent
3 years in a generalist HR role and 2 years as an HR Business Partner. Knowledge of employment law is a must,
CIPD Level 5 is required, and you should be comfortable with Workday or SAP SuccessFactors. Union negotiation
experience would be a bonus.

The package includes a car allowance and a bonus of up to 15 %.
""",
        ("?3y generalist HR", "?2y HR Business Partner", "employment law", "CIPD Level 5",
         "Workday|SAP SuccessFactors", "?union negotiation"),
    ),
    Post(
        "marketing manager mixed",
        "Digital Marketing Manager",
        """**Digital Marketing Manager**

*Who we are*
Fernleaf sells houseplants that refuse to die.

**What you'll bring**
- At least four years' experience in digital marketing, ideally in e-commerce
- Hands-on experience with Google Ads, Meta Ads and GA4
- SEO/SEM
- A/B testing and conversion rate optimisation
- Copywriting skills
- Excellent project management skills
- Budget ownership of 500k or more

**It would be great if you also have**
- Shopify experience
- Basic HTML/CSS
- Spanish

**What we offer**
- Plants
- Four-day week in August
""",
        ("4y digital marketing", "Google Ads", "Meta Ads", "GA4", "SEO|SEM", "A/B testing",
         "conversion rate optimisation",
         "copywriting", "project management", "budget ownership", "?Shopify", "?HTML/CSS", "?Spanish"),
    ),
    Post(
        "electrician terse",
        "Electrician",
        """ELECTRICIAN - commercial maintenance

REQUIREMENTS: NVQ Level 3, 18th Edition, full driving licence, 5 yrs experience in commercial maintenance.
Testing and inspection (2391) preferred. PLC fault-finding an advantage. BENEFITS: van, fuel card, 25 days +
bank holidays, pension.
""",
        ("L2", "18th Edition", "driving licence", "5y commercial maintenance", "?testing and inspection",
         "?PLC fault-finding"),
    ),
    Post(
        "pharmacist long prose",
        "Clinical Pharmacist",
        """Clinical Pharmacist

Three surgeries on the coast are sharing one new pharmacist, and it could be you. Between us we look after
31,000 patients, a good number of whom remember when the practice was a single room above the butcher's. We have
invested heavily in our building, and the sea view from the staff room is unreasonable.

Day to day you will run medication reviews, answer prescription queries, work through discharge letters and
support our long-term condition clinics. You will be line-managed by the lead GP and have protected time for
study.

To be considered you must be registered with the GPhC and hold a Master of Pharmacy degree. We ask for a minimum
of two years' post registration experience in primary care or a hospital. An independent prescribing
qualification is highly desirable. You should be confident with EMIS or SystmOne and have a good understanding
of medicines optimisation.

We offer a generous pension, six weeks of leave, indemnity cover and a parking space. Interviews are on 14 and
15 June. Please note that we may close the advert early. We particularly welcome applications from people who
are under-represented in our workforce.
""",
        ("registered with the GPhC", "L5 pharmacy", "2y primary care|hospital",
         "?independent prescribing qualification",
         "EMIS|SystmOne", "medicines optimisation"),
    ),
    Post(
        "pilot",
        "First Officer A320",
        """First Officer A320

Minimum requirements:
• Valid EASA ATPL (or frozen ATPL)
• A320 type rating
• At least 500 flight hours
• Class 1 medical certificate
• ICAO English level 5
• Minimum 2 years as a multi-crew pilot
• Right to live and work in the EU
""",
        ("EASA ATPL", "A320 type rating", "500 flight hours", "Class 1 medical certificate",
         "ICAO English level 5", "2y multi-crew pilot"),
    ),
    Post(
        "social worker in sentences",
        "Children's Social Worker",
        """Role: Children's Social Worker
Team: Assessment and Safeguarding

We promise caseloads of no more than 14 and mean it. Supervision is weekly and the kettle is always on.

What we need from you

You will hold a degree in social work (or equivalent) and be registered with Social Work England. You have at
least 12 months of post-qualifying experience in child protection. You can write court reports, carry out risk
assessments and work directly with families in distress. A full driving licence and access to a car are
essential. Experience with Liquidlogic is helpful but not required.

What you get from us

A retention payment, flexible hours and a career ladder.
""",
        ("L4 social work", "registered with Social Work England", "1y child protection", "write court reports",
         "risk assessments",
         "work directly with families", "driving licence", "access to a car", "?Liquidlogic"),
    ),
    Post(
        "backend dense list",
        "Backend Engineer",
        """Backend Engineer (m/f/d)

Hi! We make software for veterinary practices.

Your profile
- 4+ yrs of backend development in Java or Kotlin
- Spring Boot, PostgreSQL, Kafka, CI/CD
- Solid understanding of REST APIs and event-driven architecture
- Experience with container technologies (Docker, Kubernetes)
- You write tests and enjoy code reviews
- Fluent in English; German is a plus
- BSc in Computer Science or equivalent practical experience

Your tasks
- Build things
- Break things (only on staging)
""",
        ("4y backend development", "Java|Kotlin", "Spring Boot", "PostgreSQL", "Kafka", "CI/CD", "REST APIs",
         "event-driven architecture",
         "container technologies|Docker|Kubernetes", "write tests", "code reviews", "English", "?German",
         "?L4 computer science"),
    ),
    Post(
        "receptionist discriminating",
        "Front Desk Receptionist",
        """Front Desk Receptionist

We are looking for an attractive, young and energetic female receptionist, a native English speaker, for our
dental clinic.

Requirements:
- 2 years of front desk experience
- MS Office (Word, Excel, Outlook)
- Phone etiquette
- Under 30 years old
- Unmarried candidates preferred
- Able-bodied
- Send a recent photo with your CV
""",
        ("2y front desk", "MS Office", "phone etiquette"),
        ("young and energetic", "native English speaker", "Under 30", "Unmarried candidates", "Able-bodied"),
    ),
    Post(
        "duties only",
        "Gardener",
        """Gardener

The Old Rectory is a private house with four acres of garden open to the public on ten days a year.

Duties
- Mow lawns and edge borders
- Prune roses and fruit trees
- Maintain the kitchen garden
- Operate ride-on mowers and chainsaws
- Lead volunteers

We offer a cottage and an old spaniel.
""",
        ("mow lawns", "prune roses", "maintain the kitchen garden", "operate ride-on mowers", "lead volunteers"),
    ),
    Post(
        "german post",
        "Elektroniker für Betriebstechnik",
        """Elektroniker für Betriebstechnik (m/w/d)

Über uns
Wir sind ein Familienbetrieb mit 120 Beschäftigten und bauen Förderbänder.

Deine Aufgaben
- Wartung und Reparatur der Anlagen
- Störungssuche

Dein Profil
- Abgeschlossene Ausbildung als Elektroniker
- Mindestens 3 Jahre Berufserfahrung in der Instandhaltung
- Kenntnisse in SPS-Programmierung
- Führerschein Klasse B
- Englischkenntnisse von Vorteil

Wir bieten
- 30 Tage Urlaub
- Betriebsrente
""",
        ("L2 elektroniker", "3y Instandhaltung", "SPS-Programmierung", "Führerschein Klasse B",
         "?Englischkenntnisse"),
    ),
    Post(
        "french post",
        "Comptable",
        """Comptable

Qui sommes-nous
Une PME de trente personnes près de Nantes.

Vos missions
- Saisie des factures
- Déclarations de TVA

Profil recherché
- BTS comptabilité
- 3 ans d'expérience en comptabilité
- Maîtrise de Sage et d'Excel
- Rigueur
- L'anglais est un plus

Nous offrons
- Tickets restaurant
""",
        ("L3 comptabilité", "3y comptabilité", "Sage", "Excel", "rigueur", "?anglais"),
    ),
    Post(
        "hgv email wrapped",
        "Class 1 HGV driver",
        """Hello all,

we're after a Class 1 HGV driver for our Thetford depot. Drivers must hold
a Cat C+E licence and a valid CPC card, with no more than 6 points. You'll
need two years' experience of tramping or long-distance work, a digital
tachograph card and good knowledge of drivers' hours rules. HIAB ticket is
a bonus.

Nights out are paid at £35. Uniform provided.

Regards,
Transport office
""",
        ("Cat C+E licence", "CPC card", "2y tramping|long-distance work", "digital tachograph card",
         "drivers' hours rules", "?HIAB ticket"),
    ),
)
