"""Words that the rules for job texts share: filler, connectives, phrases that are one thing."""

from __future__ import annotations

import re

from model.brief.job_praise import ABILITY_NOUNS, PRAISE

# Adjectives and adverbs that say how well, never what.
FILLER_ADJECTIVES = [
    *PRAISE,
    *"strong strongly excellent good great solid proven demonstrated demonstrable demonstrating deep in-depth thorough "
    "comprehensive extensive broad sound hands-on practical advanced intermediate high-level exceptional "
    "outstanding superior "
    "superb impeccable robust keen sharp firm clear clearly genuine effective effectively highly very "
    "well-developed proficient "
    "expert expert-level profound apt adequate sufficient significant considerable substantial vast wide "
    "up-to-date prior "
    "previous past recent necessary fundamental minimum exemplary first-class top-notch confident competent "
    "capable skilled "
    "experienced knowledgeable adept well-versed versed fluent conversant comfortable familiar able willing "
    "ready prepared "
    "ideally preferably additionally also some any relevant related similar appropriate suitable required "
    "essential desired "
    "preferred desirable unparalleled remarkable notable sheer utmost optimal mature real true proper decent fair nice "
    "polished refined seasoned top extremely exceptionally incredibly consistent consistently high practiced "
    "practised particular sensible acquainted acutely various specific special pro-level senior-level basic "
    "working overall "
    "general valid current full complete professional-level native-like applied direct tangible valuable "
    "first-rate sure healthy established daily well-founded sizeable "
    "gute sehr fundierte ausgeprägte sichere bonne bonnes excellente excellentes solides solide buen buena buenos "
    "excelente excelentes sólidos amplia gutes einschlägige mehrjährige erste idealerweise idéalement maîtrise".split(),
]

# Where a filler word is part of a name, the name stays whole.
PROTECTED_START = re.compile(
    r"(?:basic|advanced)\s+(?:cardiac\s+|trauma\s+)?life\s+support|deep\s+(?:learning|clean|tissue|fry|sea)|"
    r"general\s+(?:ledger|"
    r"surgery|practice|contractor|medicine|accounting|liability)|working\s+(?:at\s+heights?|capital|"
    r"with\s+(?:children|animals))|"
    r"working\s+(?:in\s+confined|safely)|sound\s+(?:engineering|design|mixing|desk|system)|"
    r"good\s+(?:manufacturing|clinical|laboratory|"
    r"distribution|agricultural)\s+practice|full[\s-]stack|high\s+(?:voltage|availability|pressure|performance|"
    r"frequency|court)|clear\s+aligner|"
    r"current\s+affairs|practical\s+nurs|expert\s+(?:system|witness)|fair\s+(?:trade|housing|value)|"
    r"real\s+(?:estate|time|property)|real-time|direct\s+(?:debit|sales|reports|marketing|mail)|top\s+secret|"
    r"applied\s+(?:behavio|math|"
    r"statist|linguist)|native\s+(?:app|mobile|android|ios)|advanced\s+(?:driver|practice|paramedic)|"
    r"general\s+(?:chemistry|anaesth|anesth)|"
    r"related\s+party|effective\s+altruism|able\s+seaman|fine\s+dining|minimum\s+viable|wide\s+area|"
    r"solid\s+(?:state|waste|works)|"
    r"broad\s*band|hands-on\s+therapy|high[\s-](?:rise|volume|speed)|full\s+cycle|"
    r"natural\s+(?:language|gas|resource|scien|histor|hair|nail|stone|remed|medic|light)|established\s+(?:church|"
    r"customer)|"
    r"sense\s+of\s+(?:humou?r|urgency|responsibility|ownership|initiative|duty|style|direction)|"
    r"full\s+(?:uk\s+)?(?:clean\s+)?driv|required\s+reading|top\s+soil",
    re.IGNORECASE,
)

COMPETENCE_NOUNS = (
    r"proficienc(?:y|ies)|proficient|knowledge|understanding|grasp|grip|command|mastery|expertise|experiences?|"
    r"familiarity|familiar|"
    r"skills?|skilled|competenc(?:e|y|ies)|competent|fluency|fluent|background|grounding|track[\s-]record|"
    r"history|capabilit(?:y|ies)|capacit(?:y|ies)|"
    r"abilit(?:y|ies)|aptitude|appreciation|awareness|exposure|comfort|interest|passion|passionate|talent|flair|"
    r"commitment|committed|"
    r"dedication|willingness|readiness|desire|confidence|confident|comfortable|adept|versed|well[\s-]versed|"
    r"conversant|able|capable|"
    r"experienced|knowledgeable|interested|application|willing|ready|prepared|acumen|insight|literate|literacy|"
    r"practice|hand|dose|user|grounding|knack|"
    r"kenntnisse|erfahrung(?:en)?|beherrschung|verständnis|connaissances?|maîtrise|expérience|compétences?|"
    r"conocimientos?|"
    r"experiencia|dominio|manejo|capacidad|capacité|know-how|use|usage|working\s+knowledge|certainty|"
    r"acquaintance|record|aware|emphasis|focus|" + ABILITY_NOUNS
)
PREPOSITIONS = (
    r"in\s+the\s+use\s+of|in\s+the\s+field\s+of|in\s+the\s+area\s+of|in\s+areas\s+such\s+as|working\s+with|"
    r"working\s+in|working\s+on|working|"
    r"in\s+using|in\s+working\s+with|in|with|of|at|for|on|using|around|as|about|to|how\s+to|managing\s+the|"
    r"within|towards?|regarding|"
    r"when\s+it\s+comes\s+to|over|mit|im|in\s+der|von|der|des|de\s+la|de\s+l'|de|du|d'|en|dans|con|"
    r"including"
)

# "X and Y" that is one thing, in lower case.
FIXED_PAIRS = re.compile(
    r"research and development|r ?& ?d|health and safety|safety and health|diagnosis and treatment|accounts "
    r"payable and receivable|"
    r"accounts payable and accounts receivable|profit and loss|planning and analysis|mergers and acquisitions|"
    r"terms and conditions|"
    r"policies and procedures|rules and regulations|laws and regulations|food and beverage|learning and development|"
    r"hardware and software|software and hardware|supply and demand|back and forth|command and control|heating "
    r"and cooling|"
    r"search and rescue|wear and tear|food and drink|arts and crafts|trial and error|occupational health and safety|"
    r"training and development|sales and marketing|quality and safety|design and build|cut and paste|pros and cons|"
    r"diversity and inclusion|equality and diversity|lock ?out and tag ?out|loading and unloading|health and "
    r"social care|"
    r"business and finance|science and technology|search and seizure|monitoring and evaluation|design and technology|"
    r"english and maths|maths and english|literacy and numeracy|pick and pack|picking and packing|wine and spirits|"
    r"systems? and processes|processes and procedures|standards and regulations|codes and standards|codes and "
    r"regulations|"
    r"standards and procedures|tools and equipment|tools and techniques|concepts and practices|principles and "
    r"practices|"
    r"theories and practices|policy and procedure|time and attendance|read and interpret|reading and "
    r"interpreting|plan and organi[sz]e|"
    r"assessment and treatment|assess and treat|diagnose and treat|diagnosing and treating|install and maintain|"
    r"bed and breakfast|"
    r"drug and alcohol|drugs and alcohol|children and young people|children and families|audio and video|voice "
    r"and data|"
    r"integrity and confidentiality|lift and carry|stand and walk|read and write|reading and writing|speak and write|"
    r"oil and gas|water and sewer|import and export|hospitality and tourism|travel and tourism|plant and machinery|"
    r"fire and rescue|property and casualty|wills and probate|landlord and tenant|wills and trusts|trusts and "
    r"estates|hair and make-?up|"
    r"nuts and bolts|black and white|cats and dogs|dogs and cats|men and women|day and night|nights and weekends|"
    r"evenings and weekends|weekends and holidays|weekends and evenings|first aid and cpr|cpr and first aid|"
    r"environmental health and safety|"
    r"ear,? nose and throat|track and trace|shipping and receiving|adult and paediatric|design and development|"
    r"mix and match|"
    r"installation and maintenance|repair and maintenance|maintenance and repair|operation and maintenance|"
    r"operations and maintenance",
    re.IGNORECASE,
)

# Single nouns that need the words before them: "menu planning and costing" is one thing.
DEPENDENT_NOUNS = frozenset(
    "analysis analytics development design management maintenance support services systems procedures practices "
    "regulations "
    "techniques processes methods reporting evaluation control planning repair installation technologies "
    "software operations "
    "treatment care control compliance inspection testing monitoring administration equipment tools principles "
    "standards "
    "implementation deployment delivery execution assessment costing review preparation storage processing "
    "handling disposal "
    "optimisation optimization interpretation presentation presentations materials concepts applications theory "
    "theories policies issues "
    "integration forecasting scheduling coordination documentation fabrication construction validation "
    "visualisation visualization "
    "instruments machinery devices products rehabilitation prevention diagnosis diagnostics commissioning "
    "recovery modelling modeling "
    "legislation guidelines protocols requirements collection dispensing counselling counseling mitigation".split()
)
# Lone adjectives that belong to the noun after "and": "written and verbal communication".
# Verbs that share their object: "create, design and implement processes".
SHARED_VERBS = frozenset(
    "create design implement develop build plan maintain manage modify refine install repair test analyse "
    "analyze assess diagnose "
    "understand write conduct lead monitor operate organise organize prepare produce review support deliver "
    "identify troubleshoot "
    "configure deploy coordinate evaluate apply use read interpret inspect clean cook serve teach mentor coach "
    "train motivate draft "
    "negotiate research solve resolve prioritise prioritize communicate educate explain handle collect process "
    "store record track "
    "update present set execute perform administer optimise optimize integrate debug document edit translate "
    "creating designing implementing developing building planning maintaining managing modifying refining "
    "installing repairing "
    "testing analysing analyzing assessing diagnosing understanding writing conducting leading monitoring "
    "operating organising "
    "organizing preparing producing reviewing supporting delivering identifying configuring deploying "
    "coordinating evaluating "
    "inspecting cleaning cooking serving teaching mentoring coaching training drafting negotiating researching "
    "solving resolving "
    "handling collecting processing storing recording tracking updating presenting setting executing performing "
    "administering "
    "optimising optimizing integrating debugging documenting editing translating".split()
)
LONE_ADJECTIVES = frozenset(
    "written verbal oral spoken mechanical electrical hydraulic pneumatic residential commercial industrial "
    "domestic internal external "
    "clinical technical analytical organisational organizational interpersonal mental physical social emotional "
    "financial legal fiscal "
    "national international local federal state statutory regulatory digital manual visual creative critical "
    "strategic tactical "
    "quantitative qualitative preventive preventative corrective civil criminal structural architectural "
    "environmental medical surgical "
    "pediatric paediatric adult acute chronic primary secondary public private indoor outdoor relational "
    "functional non-functional "
    "numerical statistical mathematical scientific academic pastoral political cultural economic personal "
    "professional pre-op post-op "
    "preoperative postoperative inbound outbound hot cold wet dry hard soft large small inter "
    "monthly weekly quarterly annual daily direct indirect human animal physical new existing logical abstract "
    "mobile upper lower "
    "online offline print front back horizontal vertical light heavy secure raw cooked fresh "
    "planned unplanned supervised unsupervised batch culinary nutritional theoretical practical".split()
)
# Soft skills that stand alone.
SOFT_SKILLS = frozenset(
    "teamwork communication leadership patience persistence punctuality reliability reliable empathy integrity "
    "creativity "
    "adaptability flexibility collaboration negotiation initiative resilience organisation organization "
    "multitasking honesty "
    "discretion tact diplomacy enthusiasm compassion stamina professionalism accountability dependability "
    "listening mentoring "
    "motivation self-motivation perseverance coachability curiosity numeracy literacy punctual organised "
    "organized diligence "
    "confidentiality coordination dexterity accuracy delegation presentation persuasion problem-solving problem "
    "self-discipline "
    "self-motivated proactive hard-working hardworking friendly honest trustworthy courteous patient flexible "
    "adaptable".split()
)

# Words that alone are no requirement.
EMPTY = frozenset(
    "skills skill experience experiences knowledge ability abilities requirements requirement qualifications "
    "qualification "
    "candidate candidates applicant applicants role position job team company person individual the following "
    "following etc "
    "more others other and or years year it this that them these those same yes no none n/a na tbd required preferred "
    "essential desirable plus responsibilities duties us you we our your who with in of for a an to not must "
    "have has having work working "
    "equivalent similar related relevant field fields industry environment someone somebody all any one both "
    "each plus bonus "
    "level basic intermediate advanced fluent native good strong excellent technical general education "
    "certification certifications training "
    "as well also etc. such least minimum technology technologies tools languages language everything anything "
    "things areas area "
    "environments platforms solution solutions technique techniques needed mandatory applicable possible time "
    "full-time part-time "
    "hands-on permanent temporary remote hybrid onsite hold bring have know get looking what when cv resume "
    "résumé photo be do make "
    "take use send need want holds brings candidate's please note understanding familiarity proficiency "
    "expertise background ideal "
    "great interest passion commitment help yet furthermore moreover".split()
)

# Heads of a line that only name a kind: the tail holds the requirements.
CATEGORY_HEADS = re.compile(
    r"(?:(?:technical|tech|hard|soft|core|key|programming|software|computer|it|other|required|essential|main|"
    r"personal|web|cloud|data|"
    r"desirable|preferred|additional|professional|relevant|foreign|modern|scripting|design|office|markup|primary|"
    r"minimum|must[\s-]have|"
    r"nice[\s-]to[\s-]have|frontend|front-end|backend|back-end|mobile|testing|devops|build|query|current|valid|"
    r"necessary|specific|hands-on)\s+)*"
    r"(?:skills?|skill\s+set|languages?|tools?|tooling|technolog(?:y|ies)|frameworks?|platforms?|databases?|"
    r"librar(?:y|ies)|software|"
    r"systems?|packages?|certifications?|certificates?|licen[cs]es?|licensure|physical|tickets|qualifications?|"
    r"requirements?|"
    r"education|experience|"
    r"competenc(?:y|ies|es)|knowledge|stack|tech\s+stack|applications?|programs?|expertise|attributes|abilities|"
    r"must[\s-]haves?|"
    r"nice[\s-]to[\s-]haves?|musts?|essentials?|cloud|os|operating\s+systems?|methodolog(?:y|ies)|methods|bonus|"
    r"plus|equipment|machines|"
    r"kenntnisse|sprachen|langues|idiomas|outils|compétences|conocimientos|soft|technical|computer|mandatory|"
    r"training|specialties)"
    r"(?:\s+(?:required|needed|used|we\s+use|preferred))?",
    re.IGNORECASE,
)

# Terms written with a slash that are one thing.
SLASH_TERMS = frozenset(
    "ci/cd tcp/ip a/b ui/ux ux/ui pl/sql i/o 24/7 and/or n/a html/css css/html css/js b/s r/3 s/4 s/4hana os/2 "
    "os/390 z/os as/400 "
    "client/server lan/wan dhcp/dns dns/dhcp input/output read/write on/off hvac/r hvac/refrigeration p/l ar/ap "
    "ap/ar a/p a/r b/l m/s "
    "plc/scada scada/plc ehr/emr emr/ehr w/o c/o pos/epos tv/film k/q gd&t 360/365 o/s t/sql".split()
)
