"""What a reader sees of an answer that is being made: what was shown stays, or is marked as withheld."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answer import Quotation, Remark, Sentence, Statement, Withheld, Words
from rag.pipeline import Pipeline, Trace
from rag.question import Question
from tests.prepared import sample_index
from tests.ui.shown import Shown
from ui.page import answers
from ui.page.cards import Setting
from ui.page.growing import Growing
from ui.page.numbering import Numbering, pointed

WORDS = ("quaggy", "quirky", "quippy", "queasy")  # none of them in the document, none a name
QUESTION = Question.of("Why did Moscow reject an attack on the South?")


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory):
    with Pipeline.open(sample_index(tmp_path_factory)) as opened:
        yield opened


@pytest.fixture(scope="module")
def citations(pipeline):
    others = Question.of("What was said about the Ongjin peninsula?")
    return [c for asked in (QUESTION, others) for s in pipeline.ask(asked).statements for c in s.citations]


def shown(markup):
    return Shown(markup).text(language="en")


def grown(*events, language="en", model="a model"):
    growing = Growing(Setting(language), model)
    for event in events:
        growing.add(event)
    return growing


def test_what_was_searched_is_told_before_there_is_an_answer(pipeline):
    search = pipeline.search(QUESTION)
    growing = grown(search)
    assert growing.html() == ""
    for language, told in (("en", "Searched 1 documents"), ("ru", "Просмотрено документов: 1")):
        waiting = Shown(growing.waiting).text(language=language)
        assert told in waiting
        assert "a model" in waiting
    assert "a model" not in grown(search, model=None).waiting


def test_while_there_are_remarks_alone_the_wait_goes_on(pipeline):
    html = grown(pipeline.search(QUESTION), Remark(text="fewer <b>")).html()
    assert "Fewer &lt;b&gt;" in html
    assert "is reading the nearest" in html
    assert "dotted line" not in html


def test_a_sentence_under_way_is_marked_and_its_quotation_is_there_at_once(citations):
    html = grown(Words(text="Two reasons"), citations[0], Words(text=" were <given>")).html()
    assert "under-way" in html
    assert "Two reasons[1] were <given>" in shown(html)
    assert html.count("<figure") == 1
    assert "still being written" in html
    assert "a model</b>, a language model" in html


def test_a_statement_takes_the_place_of_its_words_with_the_same_numbers(citations):
    first = Statement(text="Both. ", citations=(citations[0], citations[1]), at=(4, 4), voice="model")
    growing = grown(Words(text="Both"), citations[0], citations[1], first, Words(text="Again "), citations[1])
    html = growing.html()
    assert "Both[1][2]" in shown(html)
    assert "Again [2]" in shown(html)
    assert html.count("<figure") == 2
    assert html.count("under-way") == 1


def test_what_is_withheld_stays_struck_out_and_its_quotations_are_folded_and_number_nothing(citations):
    gone = Withheld(text="In 1953 it <was>.", reason="the number 1953 is not in what it cites", voice="model")
    next_one = Statement(text="So.", citations=(citations[1],), voice="model")
    html = grown(Words(text="In 1953 it"), citations[0], gone, next_one).html()
    assert "<s>In 1953 it &lt;was&gt;.</s>" in html
    assert gone.reason in html
    assert "So.[1]" in shown(html)
    assert "Quotations that it pointed at: 1" in html


def test_labels_are_in_both_languages_and_a_growing_answer_is_busy(citations):
    told = Words(text="1"), citations[0], Withheld(text="2", reason="3", voice="model"), Words(text="4")
    html = grown(*told, language="ru").html()
    labels = {"en": ("The model's words", "still being written", "Withheld"), "ru": ("Слова модели", "ещё пишется")}
    for language, words in labels.items():
        assert all(label in Shown(html).text(language=language) for label in words)
    assert html.startswith('<div class="delo growing" lang="ru" aria-busy="true">')


def test_a_card_keeps_its_id_and_its_place_from_its_first_sight_to_the_whole_answer(citations):
    growing = grown(Words(text="Two"), citations[0])
    begun = growing.html()
    growing.add(Statement(text="Two reasons.", citations=(citations[0],), at=(3,), voice="model"))
    card = re.search(r"<figure.*?</figure>", begun, flags=re.DOTALL)[0]
    assert card in growing.html()
    for html in (begun, growing.html()):
        ids = Shown(html).ids()
        assert ids == ["said-1-1", "card-1-1"]


class Model:
    name = "llm"
    model = "a model"
    language_model = None

    def __init__(self, orders):
        self.orders = orders

    def write(self, question, evidence):
        sentences = [s for found in evidence for s in found.sentences]
        invented = Quotation(document_id="112133", language="en", words="we shall surely attack the whole South")
        for number, (wanted, sound) in enumerate(self.orders):
            quotations = [self._quotation(sentences[n % len(sentences)]) for n in wanted]
            for quotation in quotations:
                yield Words(text=f"{WORDS[number]} ")
                yield quotation
            told = tuple(quotations if sound else [*quotations, invented])
            yield Sentence(text=f"{WORDS[number]} " * len(wanted), quotations=told, voice="model")

    @staticmethod
    def _quotation(sentence):
        document, span = sentence.hit.document, sentence.span
        words = span.of(document.texts[sentence.language])
        return Quotation(document_id=document.id, language=sentence.language, words=words, span=span)


@pytest.mark.slow
@settings(max_examples=10)
@given(st.lists(st.tuples(st.lists(st.integers(0, 5), min_size=1, max_size=3), st.booleans()), min_size=1, max_size=4))
def test_nothing_that_was_shown_goes_but_what_is_withheld_and_the_numbers_stay(pipeline, orders):
    growing, before = Growing(Setting("en"), "a model"), ""
    for event in pipeline.stream(QUESTION, composer=Model(orders)):
        if isinstance(event, Trace):
            if event.answer.model:
                whole = answers.answer_html(event.answer)
                assert numbers(without_withheld(before)) == numbers(without_withheld(whole))
            return
        growing.add(event)
        html = growing.html()
        if not isinstance(event, Withheld):
            kept = without_withheld(html)
            assert all(word in kept for word in set(re.findall("|".join(WORDS), without_withheld(before))))
        assert set(re.findall("|".join(WORDS), before)) <= set(re.findall("|".join(WORDS), html))
        before = html


def without_withheld(html):
    html = re.sub(r"<details.*?</details>", "", html, flags=re.DOTALL)
    return re.sub(r'<div class="written gone">.*?</div>', "", html, flags=re.DOTALL)


def numbers(html):
    return re.findall(r'class="number">(?:<[^>]*>)?\[?(\d+)', html)


def test_a_place_keeps_its_number(citations):
    numbering = Numbering()
    assert numbering.of([citations[0], citations[1], citations[0]])[0] == (1, 2, 1)
    copied = numbering.copy()
    assert copied.of([citations[2]]) == ((3,), ((3, citations[2]),))
    assert numbering.of([citations[2], citations[1]]) == ((3, 2), ((3, citations[2]),))


@given(st.text(max_size=30), st.lists(st.integers(0, 30), max_size=5))
def test_pointers_stand_where_they_were_and_no_character_is_lost(text, places):
    at = [min(place, len(text)) for place in places]
    pieces = list(pointed(text, at, range(1, len(at) + 1)))
    assert "".join(piece for piece, _ in pieces) == text
    ends = [sum(len(piece) for piece, _ in pieces[: n + 1]) for n in range(len(pieces))]
    assert sorted((n, end) for end, (_, here) in zip(ends, pieces, strict=True) for n in here) == list(enumerate(at, 1))
