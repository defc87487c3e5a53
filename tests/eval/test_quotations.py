"""What becomes of quotations: exact, typographic, altered or absent, and where they stand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.answers import Quoted, Source
from eval.plainform import PlainText
from eval.quotations import QuoteFinder, core
from eval.sources import HeldSources
from index.document import Span
from index.fold import folded_text
from tests.strategies import any_texts


def quoted(words, **rest):
    return Quoted(words=words, span=Span(0, len(words)), **rest)


def find(words, *texts, cited=True, **rest):
    """The finding for a quotation of what texts of sources a, b ... hold."""
    sources = [Source(id=name, texts={"": text}) for name, text in zip("abcdef", texts, strict=False)]
    finder = QuoteFinder(HeldSources(sources))
    return finder.find(quoted(words, **rest), sources if cited else [], [])


WORD = re.compile(r"[^\W_]+")


@st.composite
def slices(draw, text):
    """The start and end of a stretch of whole words, at least four."""
    words = list(WORD.finditer(text))
    first = draw(st.integers(0, len(words) - 4))
    last = draw(st.integers(first + 3, min(first + 40, len(words) - 1)))
    return words[first].start(), words[last].end()


@pytest.mark.parametrize("language", ["ru", "en"])
@given(data=st.data())
def test_any_slice_of_a_document_is_found_exact_at_its_place(document, held, language, data):
    text = document.texts[language]
    start, end = data.draw(slices(text))
    place = Span(start, end)
    found = QuoteFinder(held).find(
        quoted(text[start:end], source="112133", language=language, place=place), [document], []
    )
    assert (found.status, found.language, found.span, found.located) == ("exact", language, place, True)
    assert found.stands == text[start:end]


@pytest.mark.parametrize("language", ["ru", "en"])
@given(data=st.data())
def test_a_slice_with_one_word_replaced_is_altered_or_absent(document, held, language, data):
    text = document.texts[language]
    start, end = data.draw(slices(text))
    inside = list(WORD.finditer(text, start, end))
    word = inside[data.draw(st.integers(0, len(inside) - 1))]
    other = data.draw(st.sampled_from(["железо", "стекло", "iron", "glass"]))
    words = text[start : word.start()] + other + text[word.end() : end]
    found = QuoteFinder(held).find(quoted(words), [document], [])
    assert found.status in ("altered", "absent")


TEXT = (
    "The embassy's “non-aggression” pact — signed in 1949 — was not ra\u00adtified by twelve states... "
    "Later[3] the am-\nbassador sent ещё one letter to Minister Gromov, who read it twice."
)
TYPOGRAPHY = {
    "quotation marks": "The embassy’s \"non-aggression\" pact",
    "dashes": "pact – signed in 1949 – was not ratified",
    "soft hyphens": "was not ratified by twelve states",
    "hyphens at line ends": "Later the ambassador sent",
    "ё": "sent еще one letter to Minister",
    "the first letter": "the embassy's “non-aggression” pact",
    "a footnote mark": "twelve states... Later the am-\nbassador sent",
    "an ellipsis": "ratified by twelve states… Later",
    "an omission": "The embassy's [...] pact […] was not ratified … by twelve states",
    "words in brackets": "[The ambassador] sent ещё one letter to Minister Gromov",
    "a word in brackets for another": "sent ещё one letter to [the Minister] Gromov, who read",
}  # fmt: skip


@pytest.mark.parametrize("words", TYPOGRAPHY.values(), ids=TYPOGRAPHY)
def test_typography_alone_makes_no_alteration(words):
    assert find(words, TEXT).status == "typographic"


EXACT = {
    "as it stands": "pact — signed in 1949 — was not",
    "white space": "letter  to\nMinister   Gromov, who",
    "a comma of the quoter's": "sent ещё one letter to Minister Gromov.",
    "decomposed letters": "sent еще\u0308 one letter to Minister",
}


@pytest.mark.parametrize("words", EXACT.values(), ids=EXACT)
def test_the_same_words_are_exact(words):
    assert find(words, TEXT).status == "exact"


ALTERED = {
    "a number": ("pact — signed in 1948 — was not ratified", True),
    "a negation": ("signed in 1949 — was ratified by twelve states", True),
    "a name": ("one letter to Minister Petrov, who read it twice", True),
    "a word": ("one letter to Minister Gromov, who saw it twice", False),
    "letter case": ("sent ещё one letter to minister Gromov, who", False),
    "half a word": ("he embassy's “non-aggression” pact", False),
}  # fmt: skip


@pytest.mark.parametrize(("words", "critical"), ALTERED.values(), ids=ALTERED)
def test_other_words_are_altered_and_some_changes_are_critical(words, critical):
    found = find(words, TEXT)
    assert (found.status, found.critical) == ("altered", critical)


def test_an_alteration_is_told_word_by_word():
    (change,) = find("pact — signed in 1948 — was not ratified", TEXT).changes
    assert (change.quoted, change.stands) == ("1948", "1949")
    assert set(change.marks) <= {"number", "date"}


def test_words_that_stand_nowhere_are_absent_with_the_nearest():
    found = find("the ambassador sent two letters to the king and to his ministers", TEXT)
    assert (found.status, found.located) == ("absent", None)
    assert found.stands in TEXT


def test_an_omission_leaves_out_600_characters_and_no_more():
    long = "The first words stand here. " + "x" * 590 + " The last words stand there."
    assert find("The first words stand here … The last words stand", long).status == "typographic"
    assert find("The first words stand here … The last words stand", long.replace("x", "xx")).status != "typographic"


def test_pieces_in_the_wrong_order_do_not_stand_there():
    assert find("who read it twice ... The embassy's pact", TEXT).status in ("altered", "absent")


def test_brackets_are_told():
    assert "The ambassador" in find("[The ambassador] sent ещё one letter to Minister", TEXT).reason


def test_words_that_stand_elsewhere_than_cited_are_not_located():
    sources = [Source(id=name, texts={"": text}) for name, text in (("a", "Nothing of the kind."), ("b", TEXT))]
    finder = QuoteFinder(HeldSources(sources))
    words = "letter to Minister Gromov, who read it"
    assert finder.find(quoted(words), sources[:1], []).located is False
    assert finder.find(quoted(words), sources[1:], []).located is True
    assert finder.find(quoted(words), [], []).located is None
    assert finder.find(quoted(words), sources[:1], []).source == "b"


def test_what_is_cited_comes_before_what_is_not():
    found = find("letter to Minister Gromov, who read it", TEXT, TEXT)
    assert (found.source, found.occurrences) == ("a", 2)


def test_how_often_a_short_quotation_stands_in_the_archive_is_told():
    sources = [Source(id=str(n), texts={"": "He went to the front with his men."}) for n in range(5)]
    assert QuoteFinder(HeldSources(sources)).find(quoted("to the front with"), sources[:1], []).occurrences == 5


def test_words_quoted_in_a_language_that_the_source_lacks_are_an_unmarked_translation(document):
    russian = Source(id="r", texts={"ru": document.texts["ru"]})
    finder = QuoteFinder(HeldSources([russian]))
    words = "Since at present North Korea does not have the necessary superiority"
    assert finder.find(quoted(words), [russian], []).translation
    both = QuoteFinder(HeldSources([document]))
    assert not both.find(quoted("no such words stand anywhere in it"), [document], []).translation


def test_a_quotation_without_words_is_absent():
    assert find("… !!! …", TEXT).status == "absent"


@given(st.lists(any_texts, max_size=8).map("\n".join), any_texts)
def test_nothing_that_may_stand_in_a_text_is_too_much(text, words):
    found = find(words, text)
    assert found.status in ("exact", "typographic", "altered", "absent")
    if found.span:
        assert found.span.of(text) == found.stands


@given(st.lists(any_texts, max_size=8).map("\n".join))
def test_a_text_folded_in_parts_is_folded_as_a_whole(text):
    long = (text + "\nSome words follow, and go on. ") * 60
    whole = PlainText(long)
    for part in (core(text), "words follow, and go"):
        for place in whole.places(folded_text(part).strip()):
            assert folded_text(place.of(long)).replace(" ", "") == folded_text(part).strip().replace(" ", "")


@pytest.mark.slow
def test_a_source_of_five_megabytes_is_searched():
    words = "a line of no importance that is repeated over and over\n"
    text = words * 50_000 + "and here is the needle that is sought\n" + words * 40_000
    source = Source(id="a", texts={"": text})
    finder = QuoteFinder(HeldSources([source]))
    found = finder.find(quoted("here is the needle that is sought"), [source], [])
    assert (found.status, found.span.start) == ("exact", text.index("here is the needle"))
    assert finder.find(quoted("here is the noodle that is sought"), [source], []).status == "altered"
