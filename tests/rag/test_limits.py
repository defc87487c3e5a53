"""The limits that hold, one by one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question import Filters
from rag.talk.limits import Limit, limits, without

NAMES = st.lists(st.sampled_from(["APRF", "Штыков", "112133"]), unique=True, max_size=2).map(tuple)
FILTERS = st.builds(
    Filters,
    after=st.none() | st.just(date(1949, 8, 1)),
    before=st.none() | st.just(date(1950, 5, 31)),
    archives=NAMES,
    persons=NAMES,
    documents=NAMES,
    languages=st.sampled_from([("ru",), ("en",), ("ru", "en")]),
)


@given(filters=FILTERS)
def test_each_limit_can_be_removed_alone_and_all_of_them_leave_none(filters):
    held = limits(filters)
    for limit in held:
        left = without(filters, limit.kind, limit.value)
        assert limits(left) == tuple(one for one in held if one != limit)
    for limit in held:
        filters = without(filters, limit.kind, limit.value)
    assert filters == Filters()


def test_what_is_not_set_cannot_be_removed():
    filters = Filters(before=date(1950, 5, 31))
    assert without(filters, "before", "1949-05-31") == filters
    assert without(filters, "languages", "ru") == filters


@pytest.mark.parametrize(
    ("kind", "value", "english", "russian"),
    [
        ("before", "1950-05-31", "until May 31, 1950", "по 31 мая 1950 г."),
        ("after", "1949-08-01", "from August 1, 1949", "с 1 августа 1949 г."),
        ("languages", "ru", "in Russian only", "только русский текст"),
        ("archives", "APRF", "archive APRF", "архив APRF"),
    ],
)
def test_a_limit_is_told_in_either_language(kind, value, english, russian):
    limit = Limit(kind=kind, value=value)
    assert (limit.label("en"), limit.label("ru")) == (english, russian)
