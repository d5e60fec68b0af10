"""Invented people, places and employers."""

from __future__ import annotations

from random import Random

FIRST = (
    "Amelia Noah Fatima Wei Priya Diego Ingrid Kwame Yuki Olga Mateus Leila Tom Sinead Anders Chiara Dmitri Aisha Jorge"
    " Hannah Tendai Mei Ravi Lucia Pieter Zeynep Omar Grace Nikolai Elena Samuel Thandiwe Bjorn Camila Arjun Miriam"
    " Patrick Soraya Viktor Ana Jamal Katarzyna Felix Nadia Hiroshi Rosa Ethan Bao Svetlana Luca Adaeze Martin Paula"
    " Kenji Marta Ibrahim Clara Stefan Joyce Rafael Minh Agnes Yusuf Beatriz Liam Simone Tariq Helena Kofi Erin"
).split()
LAST = (
    "Okafor Lindqvist Marchetti Tanaka Petrova Alvarez Huang Schneider Novak Haddad Mbeki Sorensen Fitzgerald Kapoor"
    " Duarte Yilmaz Whitfield Brandt Kowalczyk Nakamura Osei Ferreira Lefevre Hartley Castellanos Ivanov Rahman Bergman"
    " Mendoza Achterberg Sandoval Nguyen Abernathy Zielinski Chaudhry Rossi Keller Moyo Stavros Park Vandermeer"
    " Gallagher Eriksen Banerjee"
    " Quintero Shapiro Dlamini Costa Holloway Farouk Meyer Ito Baptiste Sokolov Wexler Oduya Pereira"
).split()
TEST_FIRST = (
    "Odette Caspian Ngozi Ulrich Farida Emre Solveig Takumi Ximena Barnaby Ludmila Ezekiel Ione Prakash".split()
)
TEST_LAST = (
    "Thorvald Adeyinka Belmonte Kirchner Oyelaran Vasilenko Mortimer Szabo Delacroix Iwasaki Penhaligon Raza".split()
)
CITIES = (
    "Bristol;Leeds;Porto;Lyon;Graz;Ghent;Turin;Malmo;Austin;Denver;Toledo;Portland;Nairobi;Accra;Pune;Penang;Cebu;Osaka;"
    "Perth;Hobart;Halifax;Winnipeg;Cork;Aarhus;Utrecht;Bremen;Leipzig;Gdansk;Brno;Split;Izmir;Haifa;Amman;Lima;Cali;"
    "Rosario;Curitiba;Tucson;Boise;Omaha;Albany;Savannah;Glasgow;Swansea;Norwich;Basel;Bergen;Tampere;Riga;Durban"
).split(";")
TEST_CITIES = (
    "Inverness;Trieste;Ljubljana;Chattanooga;Dunedin;Recife;Kumasi;Kanazawa;Rotorua;Spokane;Tartu;Murcia".split(";")
)
PREFIX = (
    "Northgate;Bluewater;Alder;Hawthorn;St Anne's;Riverside;Meridian;Crestline;Oakfield;Harbour;Silver Birch;Kestrel;"
    "Summit;Granite;Lakeview;Beacon;Fairmont;Willow Lane;Ironbridge;Tidewater;Ashdown;Copperfield;Marlow;Elmwood;"
    "Westbrook;Pinecrest;Highland;Orchard;Stonegate;Greenway;Union Street;Castle Hill;Parkside;Monarch;Delta;Eastfield"
).split(";")
TEST_PREFIX = (
    "Juniper;Falconer;Saltmarsh;Brightwell;Old Mill;Capstan;Thornbury;Larkspur;Redcliff;Quayside;Amberley".split(";")
)
SCHOOLS = (
    "University of {c};{c} State University;{c} Technical University;{c} University of Applied Sciences;"
    "{p} University;City University of {c};{c} Metropolitan University"
).split(";")
COLLEGES = "{c} Community College;{p} College;{c} Vocational Institute;{p} Training Centre;{c} Technical College".split(
    ";"
)
HIGH_SCHOOLS = "{p} High School;{c} Grammar School;{c} Secondary School;{p} Academy".split(";")
STREETS = "Mill Lane;Station Road;Birch Avenue;High Street;Queen's Road;Harbour Street;Church Walk;2nd Avenue".split(
    ";"
)
DOMAINS = "example.com example.org example.net mail.example post.example inbox.example".split()


class World:
    """Names and places of one pool; "test" has its own."""

    def __init__(self, split: str) -> None:
        test = split == "test"
        self.first, self.last = (TEST_FIRST, TEST_LAST) if test else (FIRST, LAST)
        self.cities, self.prefixes = (TEST_CITIES, TEST_PREFIX) if test else (CITIES, PREFIX)

    def person(self, rng: Random) -> dict[str, str]:
        """Name and contacts of an invented person."""
        first, last = rng.choice(self.first), rng.choice(self.last)
        number = "".join(rng.choice("0123456789") for _ in range(7))
        code = rng.choice(("+44 7", "(555) ", "+49 15", "+1 555 ", "0", "+91 9", "+61 4"))
        user = rng.choice((f"{first}.{last}", f"{first[0]}{last}", f"{last}{first}{rng.randrange(60, 99)}")).lower()
        return {
            "name": f"{first} {last}", "first": first, "last": last, "city": rng.choice(self.cities),
            "email": f"{user}@{rng.choice(DOMAINS)}", "phone": f"{code}{number[:3]} {number[3:]}",
            "street": f"{rng.randrange(1, 190)} {rng.choice(STREETS)}",
        }  # fmt: skip

    def company(self, rng: Random, kinds: tuple[str, ...]) -> str:
        """An invented employer of a kind ("Clinic", "Logistics")."""
        name = f"{rng.choice(self.prefixes)} {rng.choice(kinds)}"
        return name + (rng.choice((" Ltd", " Inc.", " GmbH", " plc", " & Co.")) if rng.random() < 0.12 else "")

    def school(self, rng: Random, level: int) -> str:
        """An invented school that gives a degree of `level`."""
        shape = rng.choice(SCHOOLS if level > 2 else COLLEGES if level == 2 else HIGH_SCHOOLS)
        return shape.format(c=rng.choice(self.cities), p=rng.choice(self.prefixes))
