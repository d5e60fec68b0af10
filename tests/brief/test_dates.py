"""Periods and durations in the forms of the world."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.brief.dates import Span, find_spans, months_of, stated_years

AS_OF = date(2024, 6, 15)
# text, first month, last month (inclusive), years
MONTHS = (
    ("Jan 2019 - Present", (2019, 1), (2024, 6)),
    ("Jan'19 – till now", (2019, 1), (2024, 6)),
    ("January 2017 to December 2017", (2017, 1), (2017, 12)),
    ("03/2017–08/2020", (2017, 3), (2020, 8)),
    ("04/2012 to 06/2014", (2012, 4), (2014, 6)),
    ("3/2017 - 8/2020", (2017, 3), (2020, 8)),
    ("03.2017 – 08.2020", (2017, 3), (2020, 8)),
    ("Sept. '15 – Mar '18", (2015, 9), (2018, 3)),
    ("Sept. ’15 – Mar ’18", (2015, 9), (2018, 3)),
    ("2015/09-2018/03", (2015, 9), (2018, 3)),
    ("2015-09 – 2018-03", (2015, 9), (2018, 3)),
    ("2010-12 - 2012-03", (2010, 12), (2012, 3)),
    ("May 2011 - Apr 2016", (2011, 5), (2016, 4)),
    ("May 2011 — Apr 2016", (2011, 5), (2016, 4)),
    ("(May 2011 to Apr 2016)", (2011, 5), (2016, 4)),
    ("12.03.2017 - 30.08.2020", (2017, 3), (2020, 8)),
    ("2017-03-12 to 2018-04-01", (2017, 3), (2018, 4)),
    ("03/12/2017 - 04/01/2018", (2017, 3), (2018, 4)),
    ("25/12/2017 - 31/01/2018", (2017, 12), (2018, 1)),
    ("12 March 2017 – 3 May 2018", (2017, 3), (2018, 5)),
    ("March 3, 2017 to May 5, 2018", (2017, 3), (2018, 5)),
    ("1st June 2017 until 2nd July 2018", (2017, 6), (2018, 7)),
    ("Jan - May 2013", (2013, 1), (2013, 5)),
    ("Nov - Feb 2013", (2012, 11), (2013, 2)),
    ("03/17 - 08/20", (2017, 3), (2020, 8)),
    ("Jan-15 to Mar-18", (2015, 1), (2018, 3)),
    ("06/2021 - now", (2021, 6), (2024, 6)),
    ("June 2015 to Current", (2015, 6), (2024, 6)),
    ("since March 2018", (2018, 3), (2024, 6)),
    ("March 2018 onwards", (2018, 3), (2024, 6)),
    ("Mai 2015 bis heute", (2015, 5), (2024, 6)),
    ("seit Oktober 2019", (2019, 10), (2024, 6)),
    ("Dez. 2015 – Nov. 2017", (2015, 12), (2017, 11)),
    ("März 2015 bis Juli 2016", (2015, 3), (2016, 7)),
    ("janvier 2015 à août 2016", (2015, 1), (2016, 8)),
    ("depuis septembre 2020", (2020, 9), (2024, 6)),
    ("févr. 2019 - aujourd'hui", (2019, 2), (2024, 6)),
    ("marzo de 2015 a la actualidad", (2015, 3), (2024, 6)),
    ("ene 2015 - dic 2016", (2015, 1), (2016, 12)),
    ("gennaio 2015 - oggi", (2015, 1), (2024, 6)),
    ("janeiro de 2015 até dezembro de 2016", (2015, 1), (2016, 12)),
    ("Summer 2019", (2019, 6), (2019, 8)),
    ("Q1 2019 - Q3 2020", (2019, 1), (2020, 9)),
    ("Fall 2013 - Spring 2014", (2013, 9), (2014, 5)),
    ("May 2016\nto\nJuly 2018", (2016, 5), (2018, 7)),
    ("06/2022 - 12/2026", (2022, 6), (2024, 6)),
)
YEARS = (
    ("2014 - 2019", 5), ("2014-2019", 5), ("2014 -2019", 5), ("2014 to 2019", 5), ("[2013 – 2015]", 2),
    ("(2019-2023)", 4), ("1999-2004", 5), ("'09-'12", 3), ("2012-14", 2), ("1998-02", 4), ("2020-2020", 0.5),
    ("2016 to date", 8), ("since 2018", 6), ("seit 2019", 5), ("depuis 2019", 5), ("desde 2020", 4),
    ("2009 and ongoing", 15), ("(2019 –)", 5), ("2019+", 5), ("from 2015 until 2017", 2), ("2014 till 2016", 2),
    ("between 2018 and 2019", 1), ("2015 bis 2018", 3), ("de 2015 à 2018", 3), ("2015 a 2018", 3),
    ("2019 - Present", 5),
    ("2019 – heute", 5), ("2014 - 2018+", 4), ("2022 - 2022", 0.5), ("2024 - present", 0.5),
)  # fmt: skip
NOTHING = (
    "Windows 7/8", "ISO 9001-2015", "2,000-3,000 units", "tel (212) 2010-2015", "555-2010-2015", "+1 555 1999-2004",
    "2000-2010 units", "FY 2015-2016", "fiscal years 2001-2008", "TX 77001", "24/7 support", "Office 2007-2010",
    "2,015 - 2,019", "in 2019", "May 2011", "SQL Server 2003/2008", "2030 - 2032", "2019 - 2014", "", "$2015 - 2019",
    "1024-2048", "ratio 16:9", "version 3.10-3.12",
)  # fmt: skip


@pytest.mark.parametrize(("text", "first", "last"), MONTHS)
def test_ranges_of_months(text, first, last):
    (span,) = find_spans(text, AS_OF)
    assert (span.start, span.end) == (first[0] * 12 + first[1] - 1, last[0] * 12 + last[1])
    assert span.precise


@pytest.mark.parametrize(("text", "years"), YEARS)
def test_ranges_of_years(text, years):
    (span,) = find_spans(text, AS_OF)
    assert span.months / 12 == years
    assert not span.precise


@pytest.mark.parametrize("text", NOTHING)
def test_false_friends(text):
    assert find_spans(text, AS_OF) == []


def test_places_and_order():
    text = "Nurse (2010 - 2012), then Jan 2013 to Mar 2014 as a midwife, since 2015 head nurse"
    assert [text[s.at : s.to] for s in find_spans(text, AS_OF)] == [
        "2010 - 2012", "Jan 2013 to Mar 2014", "since 2015",
    ]  # fmt: skip


def test_present_is_the_stated_date():
    assert find_spans("Jan 2019 - present", date(2020, 1, 1))[0].months == 13
    assert find_spans("Jan 2019 - present", date(2030, 1, 1))[0].months == 133
    assert find_spans("Jan 2019 - present", date(2018, 1, 1)) == []


def test_overlaps_count_once():
    assert months_of([]) == 0
    assert months_of([Span(0, 12), Span(6, 18), Span(6, 9), Span(24, 30)]) == 24
    assert months_of(find_spans("2010 - 2014, 2012 - 2016, 2016 - 2018", AS_OF)) == 96


STATED = (
    ("4 years", 4), ("four (4) years", 4), ("18 months", 1.5), ("5+ yrs", 5), ("10+yrs exp", 10),
    ("5 or more years", 5),
    ("two and a half years", 2.5), ("over a decade", 10), ("two decades", 20), ("2.5 years", 2.5), ("2 1/2 years", 2.5),
    ("1,5 Jahre", 1.5), ("7 Jahre", 7), ("3 ans", 3), ("cinco años", 5), ("2 yrs 3 mos", 2.25),
    ("10 years and 6 months", 10.5),
    ("twenty-five years", 25), ("5-7 years", 5), ("half a year", 0.5), ("5-year tenured post", 5),
    ("a 5 year plan, 6 years of x", 6),
    ("approximately a year", 1), ("Six months as a porter", 0.5),
    ("25 years old", None), ("three years ago", None), ("30 days", None), ("aged 40 years", None), ("", None),
    ("no figures here", None), ("version 3.10", None),
)  # fmt: skip


@pytest.mark.parametrize(("text", "years"), STATED)
def test_stated_durations(text, years):
    assert stated_years(text) == years


@given(st.text(alphabet=st.sampled_from("0123456789 -–/.'’()JanMaySeptoecurnl\n"), max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_ordered_possible_spans(text):
    spans = find_spans(text, AS_OF)
    assert all(0 <= s.at < s.to <= len(text) and s.start < s.end <= 2024 * 12 + 6 for s in spans)
    stated_years(text)
