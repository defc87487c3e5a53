import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.document import Document, Source, Span
from index.fold import fold
from rag.answer import Draft, Quotation, Sentence
from rag.errors import PlaceError
from rag.pipeline import Pipeline
from rag.question import Filters, Question
from rag.retrieve import Retriever
from rag.verify import LEAST_QUOTED_WORDS, locate, quoted_at, verify
from tests.small_archive import COMMANDING, ENGLISH_ONLY, RUSSIAN_ONLY, TYPOGRAPHY

SAMPLE = "112133"
SIDES = [
    *((document_id, language) for document_id in (SAMPLE, TYPOGRAPHY, COMMANDING) for language in ("ru", "en")),
    (RUSSIAN_ONLY, "ru"),
    (ENGLISH_ONLY, "en"),
]
QUESTION = Question.of("What did the ambassador report?")
WORD = re.compile(r"(?:\S+-\n)*\S+")  # a word that a line end divides is one word
RETYPED = [
    str.maketrans("«»“”", '""„‟'),
    str.maketrans({'"': "“", "’": "'", "'": "’"}),
    str.maketrans({"—": "–", "–": "-"}),
    str.maketrans("ёЁ", "еЕ"),
    str.maketrans({"\u00ad": "", "\u00a0": " "}),
]
model_runs = settings(max_examples=20)


def invented(text, language="ru"):
    """A document of one invented text."""
    return Document(
        id="d",
        title="Invented",
        date=None,
        references=(),
        fields=(),
        url=None,
        texts={language: text},
        source=Source(path="/invented", sha256=""),
    )


def located(text, words):
    return locate(Quotation(document_id="d", language="ru", words=words), {"d": invented(text)})


@st.composite
def slices(draw, least=LEAST_QUOTED_WORDS):
    """A stretch of whole words: which text, and from which word to which, as shares of the text."""
    side = draw(st.sampled_from(SIDES))
    return side, draw(st.floats(0, 1)), draw(st.integers(least, 30))


def cut_out(documents, piece):
    """The quotation of a stretch of whole words."""
    (document_id, language), share, count = piece
    text = documents[document_id].texts[language]
    words = list(WORD.finditer(text))
    first = round(share * max(0, len(words) - count))
    span = Span(words[first].start(), words[min(first + count, len(words)) - 1].end())
    return Quotation(document_id=document_id, language=language, words=span.of(text), span=span)


def typed_otherwise(words, changes, case, space, mark):
    """The same words with other quotes and dashes, in another case, with other spaces, and `mark` inside a word."""
    for change in changes:
        words = words.translate(change)
    words = re.sub(r"(?<!-)\s+", space, case(words))
    return re.sub(r"(?<=[^\W\d_]{2})(?=[^\W\d_]{2})", mark, words, count=1)


def instead(quotation, words):
    return Quotation(document_id=quotation.document_id, language=quotation.language, words=words)


@pytest.fixture(scope="module")
def answered(everything, counterparts):
    """What is left of a draft whose sentences have these quotations."""

    def check(*sentences):
        drafted = tuple(Sentence(text=f"sentence {n}", quotations=tuple(s)) for n, s in enumerate(sentences))
        return verify(QUESTION, Draft(composer="test", sentences=drafted), everything, counterparts, confidence=0.9)

    return check


@model_runs
@given(piece=slices())
def test_any_slice_of_whole_words_is_found_where_it_stands_and_is_exact(documents, answered, piece):
    quotation = cut_out(documents, piece)
    answer = answered([quotation])
    assert not answer.withheld
    citation = answer.statements[0].citations[0]
    assert (citation.span, citation.verdict) == (quotation.span, "exact")


@model_runs
@given(piece=slices())
def test_what_is_shown_is_the_slice_that_the_citation_points_to(documents, answered, piece):
    quotation = cut_out(documents, piece)
    citation = answered([instead(quotation, quotation.words)]).statements[0].citations[0]
    text = documents[citation.document.id].texts[citation.language]
    assert citation.words == text[citation.span.start : citation.span.end] == quotation.words
    if citation.parallel:
        facing = documents[citation.document.id].texts[citation.parallel.language]
        assert citation.parallel.words == facing[citation.parallel.span.start : citation.parallel.span.end]


@model_runs
@given(piece=slices(), share=st.floats(0, 1), letter=st.sampled_from("абвгдежзabcdefgh"))
def test_one_changed_letter_withholds_the_sentence_with_its_reason(documents, answered, piece, share, letter):
    quotation = cut_out(documents, piece)
    letters = [i for i, c in enumerate(quotation.words) if c.isalpha()]
    at = letters[round(share * (len(letters) - 1))]
    changed = quotation.words[:at] + letter + quotation.words[at + 1 :]
    assume(fold(changed).text != fold(quotation.words).text)
    answer = answered([instead(quotation, changed)])
    assert not answer.statements
    assert answer.withheld[0].text == "sentence 0"
    assert answer.withheld[0].reason.endswith(f"is not in document {quotation.document_id!r}")


@model_runs
@given(piece=slices(least=LEAST_QUOTED_WORDS + 1), share=st.floats(0, 1), at_end=st.booleans())
def test_a_slice_that_cuts_a_word_in_two_is_withheld(documents, answered, piece, share, at_end):
    quotation = cut_out(documents, piece)
    whole = re.findall(r"[^\W\d_]{2,}", quotation.words)
    assume(whole)
    cut = max(1, round(share * (len(whole[-1 if at_end else 0]) - 1)))
    at = quotation.words.rindex(whole[-1]) + cut if at_end else quotation.words.index(whole[0]) + cut
    kept = quotation.words[:at] if at_end else quotation.words[at:]
    text = fold(documents[quotation.document_id].texts[quotation.language]).text
    assume(not re.search(rf"(?<!\w){re.escape(fold(kept).text)}(?!\w)", text))
    assert not answered([instead(quotation, kept)]).statements


@model_runs
@given(
    piece=slices(),
    look=st.tuples(
        st.lists(st.sampled_from(RETYPED), unique_by=id),
        st.sampled_from([str, str.upper, str.lower]),
        st.sampled_from([" ", "  ", "\u00a0", "\n"]),
        st.sampled_from(["", "\u00ad", "\u200b", "-\n"]),
    ),
)
def test_words_that_differ_in_typography_alone_are_found_and_shown_as_the_document_has_them(
    documents, answered, piece, look
):
    quotation = cut_out(documents, piece)
    retyped = typed_otherwise(quotation.words, *look)
    assume(retyped != quotation.words)
    claimed = Quotation(
        document_id=quotation.document_id, language=quotation.language, words=retyped, span=quotation.span
    )
    citation = answered([claimed]).statements[0].citations[0]
    assert (citation.words, citation.verdict) == (quotation.words, "typographic")


@model_runs
@given(st.lists(st.tuples(slices(), st.booleans()), max_size=6))
def test_statements_and_withheld_are_the_sentences_of_the_draft_in_their_order(documents, answered, told):
    quotations = [cut_out(documents, piece) for piece, _ in told]
    claimed = [q if true else instead(q, f"{q.words} ъъъ") for q, (_, true) in zip(quotations, told, strict=True)]
    answer = answered(*([quotation] for quotation in claimed))
    stated = [f"sentence {n}" for n, (_, true) in enumerate(told) if true]
    withheld = [f"sentence {n}" for n, (_, true) in enumerate(told) if not true]
    assert [statement.text for statement in answer.statements] == stated
    assert [sentence.text for sentence in answer.withheld] == withheld


@model_runs
@given(side=st.sampled_from(SIDES), data=st.data())
def test_words_of_a_document_in_an_order_they_do_not_stand_in_are_never_stated(documents, answered, side, data):
    text = documents[side[0]].texts[side[1]]
    made_up = " ".join(data.draw(st.lists(st.sampled_from(text.split()), min_size=4, max_size=8)))
    assume(fold(made_up).text not in fold(text).text)
    assert not answered([Quotation(document_id=side[0], language=side[1], words=made_up)]).statements


@given(
    words=st.lists(st.text("абёЁäßİxyz1", min_size=1, max_size=6), min_size=4, max_size=12),
    separators=st.lists(st.sampled_from([" ", "\n", "\u00a0", ", ", " — ", " «", "\n\n"]), min_size=12, max_size=12),
    ends=st.tuples(st.integers(0, 8), st.integers(4, 12)),
)
def test_whole_words_of_any_text_are_found_to_the_letter(words, separators, ends):
    text = "".join(w + s for w, s in zip(words, separators, strict=False)).strip()
    places = [match.span() for match in re.finditer(r"[^\s,.«—]+", text)]
    first, count = min(ends[0], len(places) - 4), ends[1]
    quoted = text[places[first][0] : places[min(first + count, len(places)) - 1][1]]
    span, verdict = located(text, quoted)
    assert span.of(text) == quoted
    assert verdict == "exact"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("и неподготовленным оно было всегда", "подготовленным оно было всегда"),
        ("and that is why we don't attack the south", "and that is why we don"),
        ("the parties signed a treaty of non-aggression", "the parties signed a treaty of non"),
        ("the parties signed this non-aggression pact of ours", "aggression pact of ours"),
        ("there were some 1,500 soldiers of the enemy", "500 soldiers of the enemy"),
        ("there were some 0.5 tons of flour left", "5 tons of flour left"),
        ("и там стоял большой за\u0301мок", "и там стоял большой за"),
        ("наступление было плохо под\u00adготовлено", "наступление было плохо под"),
        ("наступление было плохо подго-\nтовлено", "наступление было плохо подго"),
    ],
    ids=["prefix", "apostrophe", "before hyphen", "after hyphen", "thousands", "decimal", "accent", "soft", "line"],
)
def test_no_part_of_a_word_passes_for_the_word(text, words):
    assert located(text, words) == f"“{words}” is not in document 'd'"


def test_a_long_dash_without_spaces_parts_two_words():
    span, verdict = located("in the last year—it will not last until spring", "it will not last until spring")
    assert (span.start, verdict) == (17, "exact")


def test_of_two_places_the_one_nearest_to_the_place_named_is_taken():
    text = "он так и не приехал, а потом он так и не приехал"
    for start in (0, 29):
        quotation = Quotation(document_id="d", language="ru", words="он так и не приехал", span=Span(start, start + 19))
        assert locate(quotation, {"d": invented(text)}) == (quotation.span, "exact")


@pytest.mark.parametrize(
    "words",
    ["", "наступление на юг", "и \u200b \u200b \u200b", "\u00ad \u00ad \u00ad \u00ad"],
    ids=["none", "three", "one and unseen", "unseen"],
)
def test_fewer_than_four_words_are_withheld_as_too_short(answered, words):
    answer = answered([Quotation(document_id=SAMPLE, language="ru", words=words)])
    assert "is too short: fewer than 4 words prove nothing" in answer.withheld[0].reason


def test_a_document_that_was_not_retrieved_cannot_be_quoted(index, documents, counterparts):
    quotation = cut_out(documents, ((SAMPLE, "ru"), 0.5, 10))
    found = Retriever(index).retrieve(Question.of("Where is the bridge?", Filters(after=date(1950, 1, 1))))
    draft = Draft(composer="test", sentences=(Sentence(text="s", quotations=(quotation,)),))
    answer = verify(QUESTION, draft, found, counterparts, confidence=0.9)
    assert not answer.statements
    assert answer.withheld[0].reason == "document '112133' is not among those found"


@pytest.mark.parametrize(
    ("document_id", "language", "reason"),
    [
        ("no such record", "ru", "document 'no such record' is not among those found"),
        (RUSSIAN_ONLY, "en", "document '900001' has no text in 'en'"),
        (SAMPLE, "fr", "document '112133' has no text in 'fr'"),
    ],
)
def test_a_quotation_of_a_text_that_is_not_there_is_withheld(answered, document_id, language, reason):
    answer = answered([Quotation(document_id=document_id, language=language, words="one two three four five")])
    assert answer.withheld[0].reason == reason


def test_one_false_quotation_withholds_the_whole_sentence(documents, answered):
    true = cut_out(documents, ((SAMPLE, "ru"), 0.5, 10))
    answer = answered([true, instead(true, f"не {true.words}")])
    assert not answer.statements
    assert len(answer.withheld) == 1


def test_a_sentence_that_rests_on_no_quotation_is_withheld(answered):
    assert answered([]).withheld[0].reason == "it rests on no quotation"


def test_an_answer_of_which_nothing_is_left_says_why_and_names_the_nearest_documents(answered, everything):
    answer = answered([])
    assert answer.abstained
    assert answer.reason == "Nothing can be stated: no quotation could be verified."
    nearest = list(dict.fromkeys(hit.document.id for hit in everything.hits))[:3]
    assert [document.id for document in answer.documents] == nearest


def test_the_documents_of_an_answer_are_those_it_cites_each_once(documents, answered):
    first, second = (cut_out(documents, ((id_, "ru"), 0.5, 8)) for id_ in (RUSSIAN_ONLY, SAMPLE))
    answer = answered([first], [second, first])
    assert [document.id for document in answer.documents] == [RUSSIAN_ONLY, SAMPLE]
    assert answer.reason is None


def test_a_long_false_quotation_is_cut_short_in_the_reason(answered):
    answer = answered([Quotation(document_id=SAMPLE, language="ru", words="неправда " * 100)])
    assert len(answer.withheld[0].reason) < 130
    assert " …” is not in document" in answer.withheld[0].reason


class Reckless:
    """A composer that quotes whatever it likes."""

    name = "reckless"
    model = None
    language_model = None

    def write(self, question, evidence):
        document_id = evidence[0].hit.document.id
        true = evidence[0].sentences[0]
        made_up = Quotation(document_id=document_id, language="en", words="Moscow approved the attack at once")
        real = Quotation(
            document_id=document_id, language=true.language, words=true.span.of(true.hit.document.texts[true.language])
        )
        yield Sentence(text="Moscow agreed.", quotations=(made_up,))
        yield Sentence(text="Or?", quotations=(real,))


def test_whatever_a_composer_writes_a_made_up_quotation_is_never_stated(home):
    with Pipeline.open(home, Reckless()) as reckless:
        answer = reckless.ask(Question.of("Why did Moscow reject an attack on the South?"))
    assert [statement.text for statement in answer.statements] == ["Or?"]
    assert [sentence.text for sentence in answer.withheld] == ["Moscow agreed."]
    assert answer.composer == "reckless"


@given(data=st.data())
def test_a_place_is_quoted_as_it_stands_or_refused(data, documents):
    document = documents[data.draw(st.sampled_from([SAMPLE, TYPOGRAPHY, COMMANDING]))]
    text = document.texts["ru"]
    start, end = data.draw(st.integers(0, len(text) + 5)), data.draw(st.integers(0, len(text) + 5))
    if (citation := quoted_or_none(document, Span(start, end))) is not None:
        assert citation.words == text[start:end].strip()
        assert (
            locate(
                Quotation(document_id=document.id, language="ru", words=citation.words, span=citation.span),
                {document.id: document},
            )
            == (citation.span, "exact")
            or len(fold(citation.words).text.split()) < LEAST_QUOTED_WORDS
        )


def quoted_or_none(document, span):
    try:
        return quoted_at(document, "ru", span)
    except PlaceError:
        return None


def test_every_word_of_a_text_can_be_quoted(documents):
    text = documents[TYPOGRAPHY].texts["ru"]
    for word in WORD.finditer(text):
        assert quoted_at(documents[TYPOGRAPHY], "ru", Span(*word.span())).words == word[0]


@pytest.mark.parametrize(
    ("language", "span", "told"),
    [
        ("en", Span(0, 3), "document 'd' has no text in 'en', only in ru"),
        ("ru", Span(0, 99), "document 'd' has no place ru:0-99; its text ends at 12"),
        ("ru", Span(3, 3), "has no place ru:3-3"),
        ("ru", Span(6, 7), "nothing stands at ru:6-7 in document 'd' but white space"),
        ("ru", Span(0, 5), "the place ru:0-5 in document 'd' cuts a word in two; quote it whole"),
        ("ru", Span(8, 12), "cuts a word in two"),
    ],
)
def test_a_place_that_cannot_be_quoted_is_told_of(language, span, told):
    with pytest.raises(PlaceError, match=told):
        quoted_at(invented("Первый абзац"), language, span)


@model_runs
@given(data=st.data())
def test_a_place_that_is_named_is_found_as_if_the_whole_text_were_searched(documents, data):
    document_id, language = data.draw(st.sampled_from(SIDES))
    text = documents[document_id].texts[language]
    start = data.draw(st.integers(0, len(text) - 20))
    span = Span(start, data.draw(st.integers(start + 10, min(len(text), start + 300))))
    words = span.of(text)
    assume(len(words.split()) >= LEAST_QUOTED_WORDS)
    asked = Quotation(document_id=document_id, language=language, words=words)
    somewhere = locate(asked, documents)
    named = locate(replace(asked, span=span), documents)
    assert isinstance(named, str) == isinstance(somewhere, str)
    if not isinstance(named, str):
        assert (named[0].of(text), named[1]) == (words.strip(), "exact")
        assert abs(named[0].start - span.start) <= abs(somewhere[0].start - span.start)
