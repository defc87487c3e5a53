import itertools
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.pointed.pointers import MOST_RANGE, End, Pointer, PointerReader
from rag.pointed.unmarked import Unmarked

SPOKEN = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "[[1.2]]",
                "[[1.2-4]]",
                "[[3.1, 3.2]]",
                "[2.1]",
                "【1.1】",
                "[[1.2]",
                "[[",
                "]]",
                "[",
                "]",
                "[[9",
                ". ",
                "! ",
                "\n",
                "\n\n",
                "- ",
                "1. ",
                "# ",
                "**",
                "`",
                "```",
                "|",
                "| a | b |\n",
                " ",
                ", ",
                ": ",
                "? ",
                "“",
                "”",
                "«",
                "Moscow",
                "the army",
                "Пхеньян",
                "тов. Штыков",
                "ф. 3, оп. 65",
                "в 1949 г.",
                "U.S.",
                "No. 12",
                "3.2",
                "7",
            ]
        ),
        st.text(max_size=6),
    ),
    max_size=25,
).map("".join)


def read(text, cuts=()):
    """What is read of `text`, cut at these places, with neighbouring words joined."""
    reader, found = PointerReader(), []
    places = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    for start, end in itertools.pairwise(places):
        found += reader.feed(text[start:end])
    found += reader.close()
    joined = []
    for token in found:
        if isinstance(token, str) and joined and isinstance(joined[-1], str):
            joined[-1] += token
        else:
            joined.append(token)
    return joined


def sentences(text):
    """Each sentence with its words and the places that it points at."""
    found, words, places = [], "", []
    for token in read(text):
        if isinstance(token, str):
            words += token
        elif isinstance(token, Pointer):
            places += token.places
        else:
            found.append((words, places))
            words, places = "", []
    assert not words
    assert not places
    return found


@given(SPOKEN, st.lists(st.integers(0, 200), max_size=6))
def test_it_makes_no_difference_in_which_pieces_an_answer_comes(text, cuts):
    assert read(text, cuts) == read(text)


@given(SPOKEN)
def test_no_pointer_and_no_half_of_one_is_ever_among_the_words(text):
    reader = PointerReader()
    shown = "".join(t for piece in text for t in reader.feed(piece) if isinstance(t, str))
    shown += "".join(t for t in reader.close() if isinstance(t, str))
    assert "[[" not in shown
    assert not re.search(r"\[\s*\d{1,3}\.\d", shown)
    assert not set("*`_\n") & set(shown)


@given(SPOKEN)
def test_every_sentence_ends_and_what_was_said_is_all_kept(text):
    tokens = read(text)
    assert not tokens or isinstance(tokens[-1], End)
    said = "".join(token.said for token in tokens if isinstance(token, End))
    assert "".join(said.split()) in "".join(text.split())
    assert text.count("Moscow") == said.count("Moscow")


FORMS = {
    "[[3.2]]": [(3, 2)],
    "[[3.2-4]]": [(3, 2), (3, 3), (3, 4)],
    "[[3.2–3.4]]": [(3, 2), (3, 3), (3, 4)],
    "[[3.2, 5.1]]": [(3, 2), (5, 1)],
    "[[3.2; 3.4 and 5.1]]": [(3, 2), (3, 4), (5, 1)],
    "[[3.2]][[3.3]]": [(3, 2), (3, 3)],
    "[3.2]": [(3, 2)],
    "[[3.2]": [(3, 2)],
    "[3.2]]": [(3, 2)],
    "【3.2】": [(3, 2)],
    "［［３．２］］": [(3, 2)],
    "[[ 3.2 ]]": [(3, 2)],
    "[[3.2": [],
    "[[3.4-2]]": [],
    f"[[3.1-{MOST_RANGE + 1}]]": [],
    "[[3.1-99999]]": [],
    "[[3.1-4.2]]": [],
    "[[3]]": [],
    "[3]": [],
    "[[3.2.1]]": [],
    "[[document 3]]": [],
    "[[" + "9" * 10_000 + "]]": [],
    "[[3.2 as it is": [(3, 2)],
}


@pytest.mark.parametrize(("written", "places"), FORMS.items(), ids=[form[:20] for form in FORMS])
def test_a_pointer_is_read_where_only_one_thing_can_be_meant(written, places):
    ((words, found),) = sentences(f"It was refused {written}")
    assert found == places
    assert words.rstrip(" ") == "It was refused" + (" as it is" if "as it is" in written else "")


def test_brackets_that_hold_words_stay():
    ((words, places),) = sentences("He met Pak [Hon Yong] and left [sic] [[1.1]].")
    assert (words, places) == ("He met Pak [Hon Yong] and left [sic].", [(1, 1)])


def test_thirty_pointers_in_a_row_are_thirty_places_and_no_words():
    ((words, places),) = sentences("Refused " + "".join(f"[[1.{n}]]" for n in range(1, 31)) + ".")
    assert (words, len(places)) == ("Refused.", 30)


def test_a_pointer_in_a_word_leaves_it_whole():
    assert sentences("Mos[[1.2]]cow refused.") == [("Moscow refused.", [(1, 2)])]


def test_a_pointer_belongs_to_the_sentence_that_it_stands_behind():
    assert sentences("A refused. [[1.1]] B agreed.[[1.2]] C left [[1.3]].") == [
        ("A refused.", [(1, 1)]),
        ("B agreed.", [(1, 2)]),
        ("C left.", [(1, 3)]),
    ]


def test_or_to_the_one_that_it_stands_before_where_pointers_come_first():
    echoed = "[[1.1]] A refused.\n[[1.2]] B agreed. [[1.3]] C left."
    assert [places for _, places in sentences(echoed)] == [[(1, 1)], [(1, 2)], [(1, 3)]]


def test_abbreviations_of_archives_end_no_sentence():
    text = "Тов. Штыков сообщил об этом 12 августа 1949 г. Молотову [[1.1]]. Он ждёт."
    assert [words for words, _ in sentences(text)] == [
        "Тов. Штыков сообщил об этом 12 августа 1949 г. Молотову.",
        "Он ждёт.",
    ]


def test_the_end_of_a_sentence_waits_until_it_is_certain():
    reader = PointerReader()
    assert not any(isinstance(token, End) for token in reader.feed("He spoke to Mr. "))
    assert not any(isinstance(token, End) for token in reader.feed("Smith. "))
    assert any(isinstance(token, End) for token in reader.feed("T"))


def test_lists_headings_tables_and_fences_become_plain_sentences():
    text = "# Answer\nTwo reasons are given:\n- **the military** one [[1.1]]\n- the political one [[1.2]]\n\n"
    text += "| what | where |\n|---|:-:|\n| tanks [[2.1]] | North |\n```text\nA `word`.\n```\n1. Last"
    assert sentences(text) == [
        ("Answer", []),
        ("Two reasons are given: the military one", [(1, 1)]),
        ("the political one", [(1, 2)]),
        ("what; where", []),
        ("tanks; North", [(2, 1)]),
        ("A word.", []),
        ("Last", []),
    ]


@pytest.mark.parametrize("unit", ["[", "[[", "9", "[[9", "]", "[[1.1]]", "|", "\n- ", "“", ". ", " ", "a.b "])
def test_a_long_answer_takes_time_in_proportion(unit):
    start = time.perf_counter()
    sentences(unit * (20_000 // len(unit)))
    assert time.perf_counter() - start < 5


@given(st.text(alphabet="ab -*#>|`1.\n", max_size=40))
def test_taking_out_markdown_loses_no_letter_but_those_of_a_fence(text):
    plain = Unmarked()
    out = "".join(map(plain.feed, text)) + plain.close()
    if "```" not in text:
        assert [c for c in out if c in "ab"] == [c for c in text if c in "ab"]
