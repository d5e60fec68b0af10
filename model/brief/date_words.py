"""Words of dates and durations in the languages that resumes are written in."""

from __future__ import annotations

import re
from collections.abc import Iterable

MONTHS = {
    1: "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari styczeń leden",
    2: "february feb febr februar février fevrier févr fév febrero febbraio fevereiro fev februari luty",
    3: "march mar märz maerz mrz mär mars marzo março maart mrt marzec",
    4: "april apr avril avr abril abr aprile kwiecień",
    5: "may mai mayo maggio mag maio mei maj",
    6: "june jun juni juin junio giugno giu junho czerwiec",
    7: "july jul juli juillet juil julio luglio lug julho lipiec",
    8: "august aug août aout agosto ago augustus sierpień",
    9: "september sept sep septembre septiembre settembre setembro wrzesień",
    10: "october oct oktober okt octobre octubre ottobre ott outubro październik",
    11: "november nov novembre noviembre novembro listopad",
    12: "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro dez grudzień",
}
MONTH_OF = {name: number for number, names in MONTHS.items() for name in names.split()}
SEASON_OF = {
    "spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11), "winter": (1, 3),
    "q1": (1, 3), "q2": (4, 6), "q3": (7, 9), "q4": (10, 12),
    "early": (1, 4), "mid": (5, 8), "late": (9, 12), "anfang": (1, 4), "mitte": (5, 8), "ende": (9, 12),
    "frühjahr": (3, 5), "frühling": (3, 5), "sommer": (6, 8), "herbst": (9, 11), "printemps": (3, 5), "été": (6, 8),
    "verano": (6, 8), "otoño": (9, 11), "primavera": (3, 5),
}  # fmt: skip
NUMBER_OF = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "half": 0.5,
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
    "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10,
}  # fmt: skip
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212~\u2192\uff0d\uff5e\uff0b\ufe63"


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
