"""Numbers in digits that are unlike others: marks of both kinds, and more digits than a number of a machine holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import LANGUAGES
from index.numerals import numbers


def keys(language, text):
    return [key for _, key in numbers(language, text)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("printed", ["1,234.56", "1 234.56", "1234.56"])
def test_thousands_and_hundredths_in_one_number_are_read(language, printed):
    assert keys(language, f"{printed} рублей") == ["1234.56"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_thousands_twice_and_hundredths_are_one_number(language):
    assert keys(language, "1,234,567.89 in all") == ["1234567.89"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("digits", [28, 29, 400, 5_000])
def test_a_number_of_very_many_digits_does_no_harm(language, digits):
    found = list(numbers(language, "число " + "9" * digits + " here"))
    assert len(found) == 1
    assert found[0][0].end - found[0][0].start >= digits


@given(
    st.sampled_from(LANGUAGES), st.text("0123456789,. %-mxXIV", max_size=40), st.sampled_from(["", " thousand", " млн"])
)
def test_nothing_made_of_digits_and_marks_makes_it_fail(language, digits, unit):
    text = f"a {digits}{unit} b"
    for span, key in numbers(language, text):
        assert span.of(text).strip()
        assert key
