import json
from datetime import date

import click
import pytest
from click.testing import CliRunner

from index.document import Span
from index.model import EmbedderSettings
from rag.question import Filters
from ui.options import embedder_options, filter_options, index_option, json_option, place


@pytest.fixture
def given():
    """What a verb with all shared options is given for these words."""

    def run(*words, **environment):
        told = {}

        @click.command
        @index_option
        @filter_options
        @embedder_options
        @json_option
        def verb(**arguments):
            told.update(arguments)

        ran = CliRunner().invoke(verb, words, env={"DELO_INDEX": None} | environment)
        if isinstance(ran.exception, Exception):
            raise ran.exception
        return told or ran.output

    return run


def test_without_options_a_verb_searches_everything_in_the_index_here(given):
    told = given()
    assert str(told["home"]) == ".delo"
    assert told["filters"] == Filters()
    assert told["embedder"] is None
    assert told["as_json"] is False


def test_the_environment_names_the_index_unless_the_command_does(given):
    assert str(given(DELO_INDEX="elsewhere")["home"]) == "elsewhere"
    assert str(given("--index", "here", DELO_INDEX="elsewhere")["home"]) == "here"


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        (("1949", "1949"), date(1949, 1, 1), date(1949, 12, 31)),
        (("1949-09", "1949-09"), date(1949, 9, 1), date(1949, 9, 30)),
        (("1949-09-24", "September 24, 1949"), date(1949, 9, 24), date(1949, 9, 24)),
        (("1948-02", "1948-02"), date(1948, 2, 1), date(1948, 2, 29)),
    ],
    ids=["year", "month", "day", "leap"],
)
def test_a_partial_date_means_its_first_day_or_its_last(given, words, first, last):
    assert given("--after", words[0], "--before", words[1])["filters"] == Filters(after=first, before=last)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--after", "1949-13"), "'1949-13' is not a date: a year has no month 13"),
        (("--before", "1949-02-30"), "'1949-02-30' is not a date: February 1949 has 28 days"),
        (("--after", "yesterday"), "'yesterday' is not a date; write 1949, 1949-09 or 1949-09-24"),
        (("--language", "fr"), "'fr' is not one of 'ru', 'en'"),
    ],
    ids=["month", "day", "word", "language"],
)
def test_what_is_no_date_or_language_is_told(given, words, told):
    assert told in given(*words)


def test_archives_and_languages_may_be_several(given):
    filters = given("--archive", "APRF", "--archive", "АВП РФ", "--language", "en", "--language", "ru")["filters"]
    assert filters == Filters(archives=("APRF", "АВП РФ"), languages=("ru", "en"))


@pytest.mark.parametrize(
    ("words", "settings"),
    [
        (("--embedder", "some/model"), EmbedderSettings(name="some/model")),
        (("--passage-prompt", ""), EmbedderSettings(passage_prompt="")),
        (
            ("--embedder", "m", "--question-prompt", "query: ", "--passage-prompt", "passage: "),
            EmbedderSettings(name="m", question_prompt="query: ", passage_prompt="passage: "),
        ),
    ],
    ids=["model", "empty prompt", "prompts"],
)
def test_a_model_and_its_prompts_become_its_settings(given, words, settings):
    assert given(*words)["embedder"] == settings


@pytest.mark.parametrize(
    ("text", "meant"), [(None, None), ("ru:812-1001", ("ru", Span(812, 1001))), ("en:0-1", ("en", Span(0, 1)))]
)
def test_a_place_is_read_as_citations_give_it(text, meant):
    assert place(text) == meant


@pytest.mark.parametrize("text", ["", "ru", "812-1001", "fr:1-2", "ru:5-5", "ru:9-2", "ru:-1-2", "ru:1", "ru:²-³"])
def test_what_is_no_place_is_refused(text):
    with pytest.raises(click.UsageError, match=r"is not a place; write it as ru:812-1001"):
        place(text)


def test_filters_reach_the_search(delo, home):
    ran = delo("search", "посол ambassador", "--index", home, "--after", 1952, "--archive", "АПРФ", "--json")
    assert {hit["document_id"] for hit in json.loads(ran.out)["hits"]} == {"900003", "900004"}
