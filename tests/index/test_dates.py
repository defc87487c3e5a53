"""Dates as archives print them, whole or partial."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import HistoricalDate, parse_date
from tests.strategies import days


@given(
    days, st.sampled_from(["{0:%B} {0.day}, {0:%Y}", "{0.day} {0:%B} {0:%Y}", "{0:%b}. {0:%d}, {0:%Y}", "{0:%Y-%m-%d}"])
)
def test_a_whole_date_is_read_back_in_every_form(day, form):
    read = parse_date(form.format(day))
    assert read is not None
    assert read.earliest == read.latest == day


@given(days)
def test_a_month_lasts_from_its_first_day_to_its_last(day):
    for printed in (f"{day:%B} {day:%Y}", f"{day:%B}, {day:%Y}", f"{day:%Y-%m}"):
        read = parse_date(printed)
        assert read is not None
        assert read.earliest == day.replace(day=1)
        assert (read.latest.month, read.latest.year) == (day.month, day.year)
        assert (date.fromordinal(read.latest.toordinal() + 1)).day == 1


@given(st.integers(1, 9999))
def test_a_year_lasts_from_january_to_december(year):
    read = parse_date(f"{year:04d}")
    assert read is not None
    assert (read.earliest, read.latest) == (date(year, 1, 1), date(year, 12, 31))


@pytest.mark.parametrize(
    "printed",
    ["February 30, 1950", "April 31, 1950", "February 29, 1949", "0 May 1950", "1950-13", "1950-02-30", "0000"],
)
def test_a_date_that_never_was_is_refused(printed):
    with pytest.raises(ValueError, match=r"is not a date|out of range"):
        parse_date(printed)


@pytest.mark.parametrize(
    "printed", ["", "undated", "circa 1949", "7 and 8.II.1950", "28.VII.1948", "10/14/50", "the spring of 1950", "49"]
)
def test_an_unknown_form_is_no_date(printed):
    assert parse_date(printed) is None


def test_the_leap_day_is_a_date():
    assert parse_date("February 29, 1952").earliest == date(1952, 2, 29)


def test_the_date_is_kept_as_printed_but_for_space_and_stop():
    assert parse_date("  September\u00a001,  1975. ").text == "September 01, 1975"


def test_a_date_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="1950-02-01 is later than 1950-01-01"):
        HistoricalDate(text="?", earliest=date(1950, 2, 1), latest=date(1950, 1, 1))
