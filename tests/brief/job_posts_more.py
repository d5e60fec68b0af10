"""More posts that the job parser was tuned on."""

from __future__ import annotations

from tests.brief.job_posts import FIRST, Post

TUNED = FIRST + (
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
