"""The card of a quotation: both texts to the letter, sentence by sentence, and all that tells where they are from."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import LANGUAGES, ArchivalReference, Departure, Document, SentenceBead, Source, Span, other
from rag.answer import Answer, Citation, Parallel, Statement, Withheld
from rag.pipeline import Pipeline
from rag.question import Question
from rag.sought import Sought, sought
from tests.prepared import sample_index
from tests.ui.shown import NASTY, Shown, squeezed
from ui.page.answers import answer_html
from ui.page.cards import Setting, card_html, place_html
from ui.page.frame import in_its_language
from ui.printed.render import visible

ENGLISH = "Why did Moscow reject an attack on the South?"
RUSSIAN = "Почему Москва считала наступление на юг недопустимым?"


@pytest.fixture(scope="module")
def answered(tmp_path_factory):
    with Pipeline.open(sample_index(tmp_path_factory)) as pipeline:
        yield {text: pipeline.ask(Question.of(text)) for text in (ENGLISH, RUSSIAN)}


def figures(markup):
    return [Shown(figure) for figure in re.findall(r"<figure.*?</figure>", markup, flags=re.DOTALL)]


@pytest.mark.parametrize("question", [ENGLISH, RUSSIAN], ids=["en", "ru"])
def test_every_quotation_has_a_card_with_both_texts_its_place_and_all_references(answered, question):
    answer = answered[question]
    citations = [c for s in answer.statements for c in s.citations]
    cards = figures(answer_html(answer))
    assert len(cards) == len(citations) >= 2
    for number, (card, citation) in enumerate(zip(cards, citations, strict=True), 1):
        assert card.text("figure", language="en").startswith(f"{number} back to the answer")
        assert card.text("blockquote", f"p:{citation.language}") == citation.words
        assert card.text("blockquote", f"p:{citation.parallel.language}") == citation.parallel.words
        assert all(reference.text in card.text("ul") for reference in citation.references)
        assert citation.document.title in card.text("cite")
        assert citation.document.date.text in card.text("figcaption")
        assert f"paragraph {citation.paragraph}" in card.text("figcaption", language="en")
        assert f"абзац {citation.paragraph}" in card.text("figcaption", language="ru")
    assert Shown(answer_html(answer)).only_ours()


def test_labels_are_in_both_languages_whatever_the_question_s(answered):
    for question in (ENGLISH, RUSSIAN):
        shown = Shown(answer_html(answered[question]))
        english, russian = shown.text(language="en"), shown.text(language="ru")
        assert all(label in english for label in ("Russian · original", "English · translation", "word for word"))
        assert all(label in russian for label in ("Русский · оригинал", "Английский · перевод", "слово в слово"))


def test_a_number_leads_to_its_card_and_back_and_no_id_is_twice_on_a_page(answered):
    one, two = (Shown(answer_html(answered[ENGLISH], key)) for key in ("1", "2"))
    ids = [*one.ids(), *two.ids()]
    assert len(ids) == len(set(ids))
    for shown in (one, two):
        leads = [attributes for _, attributes in shown.tags if "data-to" in attributes]
        assert len(leads) >= 4
        assert all(a["data-to"] in shown.ids() and a["href"] == f"#{a['data-to']}" for a in leads)


def test_where_the_texts_depart_is_marked_in_both_with_the_reason_in_both_languages(answered):
    citation = answered[RUSSIAN].statements[0].citations[0]
    (card,) = figures(card_html(1, citation, Setting("ru")))
    for side in LANGUAGES:
        places = [d.spans[side].of(citation.document.texts[side]) for d in citation.departures if side in d.spans]
        assert squeezed(card.text("mark", f"p:{side}")) == squeezed("".join(places))
    for departure in citation.departures:
        assert f"Compare: {departure.reason}" in card.text("ul", language="en")
        assert f"Сравните: {departure.russian}" in card.text("ul", language="ru")


def test_what_the_question_seeks_is_set_off_in_its_own_language(answered):
    citation = answered[ENGLISH].statements[0].citations[0]
    (card,) = figures(card_html(1, citation, Setting("en", "1", sought(Question.of(ENGLISH)))))
    assert re.findall("South|attack|south", card.text("b", "p:en")) == ["South", "attack", "south"]
    assert "b" not in {tag for tag, _ in figures(card_html(1, citation, Setting("en")))[0].tags}


DOCUMENT = Document(
    id="7", title="A title", date=None, references=(), fields=(), url=None, source=Source(path="/a", sha256="0"),
    texts={"ru": "Первое. Второе. Третье.", "en": "First. Third."},
)  # fmt: skip
BEADS = (
    SentenceBead({"ru": Span(0, 7), "en": Span(0, 6)}, 0.9),
    SentenceBead({"ru": Span(8, 15)}, 0.0, (Departure("missing", {"ru": Span(8, 15)}, "it is alone", "оно одно"),)),
    SentenceBead({"ru": Span(16, 23), "en": Span(7, 13)}, 0.9),
)


def cited(**given):
    facing = Parallel(document=DOCUMENT, language="en", span=Span(0, 13), confidence=0.9)
    return Citation(
        **{"document": DOCUMENT, "language": "ru", "span": Span(0, 23), "verdict": "exact", "parallel": facing}
        | {"beads": BEADS, "departures": BEADS[1].departures}
        | given
    )


def test_a_sentence_that_nothing_faces_says_so_beside_it():
    (card,) = figures(card_html(1, cited(), Setting("ru")))
    assert [tag for tag, _ in card.tags].count("blockquote") == 1
    assert (
        card.text("blockquote", language="en") == "Russian · originalПервое. English · translationFirst. "
        "Второе. Nothing faces this sentence in the other text.Третье.Third."
    )
    assert card.text("mark") == "Второе. "


@pytest.mark.parametrize(
    ("given", "english"),
    [
        ({"parallel": None, "beads": BEADS[1:2], "span": Span(8, 15)}, "Nothing faces these words in the other text."),
        (
            {"parallel": None, "beads": (), "document": replace(DOCUMENT, texts={"ru": DOCUMENT.texts["ru"]})},
            "This document has no text in this language.",
        ),
        (
            {"parallel": Parallel(document=DOCUMENT, language="en", span=Span(0, 13), confidence=0.1)},
            "Whether this is the counterpart is unsure.",
        ),
        ({"verdict": "typographic"}, "typography only"),
        ({}, "no archival reference"),
        ({}, "undated"),
    ],
)
def test_what_is_lacking_or_unsure_is_said(given, english):
    (card,) = figures(card_html(None, cited(**given), Setting("en")))
    assert english in card.text(language="en")


def test_a_place_that_was_looked_up_is_shown_the_same_without_an_answer_to_lead_back_to():
    verdict = ("altered", {"en": "altered; {x}", "ru": "изменено; {x}"})
    shown = Shown(place_html(3, cited(), "<cite>A</cite>", verdict, "en", above="<p>a</p>", below="<p>b</p>"))
    assert shown.text("blockquote", "p:ru") == DOCUMENT.texts["ru"]
    assert "altered; {x}" in shown.text(language="en")
    assert shown.ids() == []
    assert not [attributes for _, attributes in shown.tags if "data-to" in attributes]


words = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=9)
)
phrase = st.lists(words, min_size=1, max_size=5).map(" ".join)


@st.composite
def citations(draw):
    """A quotation of any words, its sentences aligned anyhow, with departures anywhere."""
    texts = {language: draw(phrase) for language in LANGUAGES}
    spans, cuts = {}, {}
    for language, text in texts.items():
        start = draw(st.integers(0, len(text) - 1))
        spans[language] = Span(start, draw(st.integers(start + 1, len(text))))
        cuts[language] = [0, *sorted(draw(st.sets(st.integers(1, len(text)), max_size=3))), len(text)]
    beads = []
    for n in range(max(map(len, cuts.values())) - 1):
        sides = {x: Span(*ends[n : n + 2]) for x, ends in cuts.items() if n < len(ends) - 1 and ends[n] < ends[n + 1]}
        if draw(st.booleans()) and len(sides) == 2:
            beads += [SentenceBead({x: side}, 0.0) for x, side in sides.items()]
        elif sides:
            beads.append(SentenceBead(sides, 0.9))
    departures = tuple(
        Departure(
            draw(st.sampled_from(["name", "length"])),
            {x: spans[x] for x in draw(st.sets(st.sampled_from(LANGUAGES), min_size=1))},
            draw(phrase),
            draw(st.sampled_from(["", "почему {}"])),
        )
        for _ in range(draw(st.integers(0, 2)))
    )
    reference = ArchivalReference(text=draw(phrase.filter(str.strip)))
    document = Document(
        id=draw(words), title=draw(phrase), date=None, references=(reference,), fields=(), url=None, texts=texts,
        source=Source(path="/a", sha256="0"),
    ) if all(text.strip() for text in texts.values()) else replace(DOCUMENT, title=draw(phrase))  # fmt: skip
    if document.texts is not texts:
        return cited(document=document)
    side = draw(st.sampled_from(LANGUAGES))
    facing = Parallel(document=document, language=other(side), span=spans[other(side)], confidence=0.9)
    return Citation(
        document=document, language=side, span=spans[side], verdict="exact", beads=tuple(beads),
        parallel=draw(st.sampled_from([facing, None])), departures=departures,
    )  # fmt: skip


@given(citations(), phrase)
def test_whatever_the_words_they_are_shown_to_the_letter_and_nothing_of_them_is_markup(citation, asked):
    seeks = Sought(citation.language, asked)
    shown = Shown(card_html(1, citation, Setting("en", "1", seeks)))
    assert shown.text("blockquote", f"p:{citation.language}", language="none") == visible(citation.words)
    if citation.parallel:
        assert shown.text("blockquote", f"p:{citation.parallel.language}", language="none") == visible(
            citation.parallel.words
        )
    assert visible(citation.document.title) in shown.text("cite")
    assert shown.only_ours()


@given(citations(), phrase)
def test_of_a_whole_answer_nothing_is_markup_but_ours(citation, told):
    question = Question(text=told, language="ru")
    statements = (
        Statement(text=told, citations=(citation,)),
        Statement(text=told, citations=(citation,), voice="model"),
    )
    whole = {"question": question, "documents": (citation.document,), "composer": "x", "confidence": 0.5}
    whole |= {"withheld": (Withheld(text=told, reason=told),), "remarks": (told,), "model": told}
    given = Answer(statements=statements, reason=None, **whole)
    none = Answer(statements=(), reason=told, nearest=(citation,), **whole)
    for answer in (given, none):
        shown = Shown(answer_html(answer))
        assert shown.only_ours()
        assert squeezed(visible(told)) in squeezed(shown.text("s"))


@pytest.mark.parametrize(("title", "language"), [("Letter to Stalin", "en"), ("Письмо Сталину", "ru"), ("日本", None)])
def test_the_words_of_a_catalogue_are_said_to_be_in_their_own_language(title, language):
    told = in_its_language(title)
    assert Shown(told).text() == title
    assert [tag.get("lang") for _, tag in Shown(told).tags] == ([language] if language else [])
