import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer import Citation, Quotation, Remark, Sentence, Statement, Withheld, Words
from rag.answering import Writing
from rag.errors import LanguageModelError
from rag.evidence import weigh
from rag.pointed.instructions import UNANSWERED
from rag.pointed.prompt import FEW_TOKENS, estimated, prompt
from rag.pointed.remarks import about_model
from rag.pointing import MOST_BASELESS, MOST_QUOTATIONS, MOST_SENTENCES, PointingComposer
from rag.question import Question
from rag.retrieve import Retriever
from rag.verify import Gate
from tests.rag.speakers import Speaker, endless

QUESTION = Question.of("How was the rice harvest?")
RUSSIAN = Question.of("Каким был урожай риса?")
SOUND = "This year the rice harvest was worse than last year [[1.1]]. Flour was asked for as well [[1.2]]."
PIECES = [
    *(
        "[[1.1]]",
        "[[1.2]]",
        "[[7.9]]",
        "[[",
        "]]",
        "[1.1]",
        "Rice",
        " was ",
        "worse",
        ". ",
        "! ",
        "\n",
        "“",
        "”",
        "'",
        "…",
    ),
    *("https://a.invalid/x", "ZX-4711-QK", "f. 3, op. 65", "<b>", "NOANSWER", "50,000 tons", "Beria", "Разуваев", "米"),
]
SPOKEN = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=20)


@pytest.fixture(scope="module")
def evidence(index, book):
    return weigh(QUESTION, Retriever(index).retrieve(QUESTION), book, index)


def written(evidence, *pieces, question=QUESTION):
    return list(PointingComposer(Speaker(*pieces)).write(question, evidence))


def of_kind(kind, found):
    return [one for one in found if isinstance(one, kind)]


def answered(pipeline, *pieces, question=QUESTION, model=None):
    events = list(pipeline.stream(question, composer=PointingComposer(model or Speaker(*pieces))))
    return events[-1].answer


def test_words_come_as_they_are_written_and_a_quotation_as_soon_as_its_pointer_is_complete(evidence):
    model = Speaker(*SOUND)
    left = {}
    for piece in PointingComposer(model).write(QUESTION, evidence):
        left.setdefault(type(piece).__name__, model.left)
    assert left["Words"] > len(SOUND) - 12
    assert left["Quotation"] == len(SOUND) - SOUND.index("]]") - 1  # one bracket is enough
    assert left["Sentence"] >= len(SOUND) - SOUND.index("Flour") - 1


def test_a_sentence_has_its_words_its_quotations_and_what_was_really_said(evidence):
    first, second = of_kind(Sentence, written(evidence, SOUND))
    assert first.text == "This year the rice harvest was worse than last year."
    assert first.said == "This year the rice harvest was worse than last year [[1.1]]."
    assert (first.voice, first.at) == ("model", (len(first.text) - 1,))
    assert first.quotations == tuple(prompt(QUESTION, evidence).quotations([(1, 1)]))
    assert second.text == "Flour was asked for as well."


@given(SPOKEN, st.integers(1, 40))
def test_it_makes_no_difference_in_which_pieces_a_model_speaks(evidence, spoken, size):
    text = "".join(spoken)
    cut = [text[at : at + size] for at in range(0, len(text), size)]
    whole, pieces = written(evidence, text), written(evidence, *cut)
    for kind in (Quotation, Sentence, Remark):
        assert of_kind(kind, whole) == of_kind(kind, pieces)
    assert shown(whole) == shown(pieces)


def shown(found):
    """The words shown of each sentence."""
    text, told = "", []
    for one in found:
        text += one.text if isinstance(one, Words) else ""
        if isinstance(one, Sentence):
            told.append(text)
            text = ""
    return told


@given(SPOKEN)
def test_words_on_their_way_hold_no_pointer_no_quotation_mark_and_nothing_unsayable(evidence, spoken):
    words = "".join(one.text for one in written(evidence, *spoken) if isinstance(one, Words))
    assert not re.search(r"\[\[|\[\d+\.\d|[“”«»„\"]|invalid|4711|op\. 65|<b>", words)


@given(SPOKEN)
def test_whatever_a_model_says_the_answer_holds_its_promises(everything, counterparts, evidence, spoken):
    writing = Writing(QUESTION, Gate(QUESTION, everything, counterparts))
    list(writing.by(PointingComposer(Speaker(*spoken)), evidence))
    assert writing.statements
    for statement in writing.statements:
        for citation in statement.citations:
            assert citation.words == citation.span.of(citation.document.texts[citation.language])
        if statement.voice == "model":
            held = [c.words for c in statement.citations] + [
                c.parallel.words for c in statement.citations if c.parallel
            ]
            for inside in re.findall(r"[“«]([^”»]*)[”»]", statement.text):
                assert any(inside in " ".join(words.split()) for words in held)
            assert not re.search(r"\[\[|invalid|4711|op\. 65|<b>|Beria|米", statement.text)
    for withheld in (one for one in writing.outcomes if isinstance(one, Withheld)):
        assert not re.search(r"\[\[|invalid|4711|op\. 65|<b>|[“”«»\"]", withheld.text)


def test_a_sound_answer_is_stated_in_the_model_s_words(pipeline):
    answer = answered(pipeline, SOUND)
    assert [(s.voice, len(s.citations)) for s in answer.statements] == [("model", 1), ("model", 1)]
    assert (answer.model, answer.composer, answer.withheld, answer.remarks) == ("openai:speaker", "llm", (), ())


OUTCOMES = {
    "nothing": ("", "nothing written"),
    "white space": (" \n\n ", "nothing written"),
    "the agreed word": (f"{UNANSWERED}.", "no answer"),
    "the agreed word in marks": (f"**“{UNANSWERED}”**", "no answer"),
    "JSON": ('{"answer": "The harvest was bad [[1.1]]"}', "not prose"),
    "JSON in a fence": ('```json\n{"answer": "bad"}\n```', "not prose"),
    "a list in JSON": ('["bad [[1.1]]"]', "not prose"),
}


@pytest.mark.parametrize(("said", "about"), OUTCOMES.values(), ids=OUTCOMES)
@pytest.mark.parametrize("question", [QUESTION, RUSSIAN], ids=["en", "ru"])
def test_a_model_without_an_answer_leaves_the_word_to_the_documents_and_one_remark_says_why(
    pipeline, said, about, question
):
    answer = answered(pipeline, *said, question=question)
    assert answer.remarks == (about_model(about, question.language),)
    assert answer.statements
    assert {s.voice for s in answer.statements} == {"archive"}
    assert (answer.withheld, answer.model, answer.composer) == ((), None, "extractive")


def test_an_answer_in_the_other_language_is_stated_if_it_is_borne_out_and_a_remark_says_so(pipeline):
    answer = answered(pipeline, SOUND, question=RUSSIAN)
    assert [s.voice for s in answer.statements] == ["model", "model"]
    assert answer.remarks == (about_model("other language", "ru"),)


@pytest.mark.parametrize(
    "said", ["稻米收成比去年更差 [[1.1]]。", "Η σοδειά και 米米 ήταν κακή [[1.1]].", "ข้าว [[1.1]]"]
)
def test_in_other_letters_it_is_withheld_and_what_it_points_at_speaks(pipeline, said):
    answer = answered(pipeline, said)
    assert [s.voice for s in answer.statements] == ["archive"]
    assert "neither Latin nor Cyrillic" in answer.withheld[0].reason


def test_a_prompt_that_is_echoed_shows_the_documents_and_none_of_the_rules(pipeline, evidence):
    asked = prompt(QUESTION, evidence)
    answer = answered(pipeline, f"{asked.system}\n{asked.text}")
    assert {s.voice for s in answer.statements} == {"archive"}
    assert all("Rules" not in s.text and "historian" not in s.text for s in answer.statements)


def test_a_model_that_repeats_itself_is_stopped_and_nothing_is_shown_twice(evidence):
    model = endless("Rice was scarce [[1.1]]. ")
    found = list(PointingComposer(model).write(QUESTION, evidence))
    assert model.closed
    assert len(of_kind(Sentence, found)) == 1
    assert "".join(one.text for one in found if isinstance(one, Words)).count("scarce") <= 1
    assert found[-1] == Remark(text=about_model("repeats itself", "en"))


def test_a_model_that_goes_round_within_a_sentence_is_stopped_soon(evidence):
    model = endless("of the captain of the ship ")
    found = list(PointingComposer(model).write(QUESTION, evidence))
    assert len(of_kind(Sentence, found)[0].text) < 250
    assert found[-1] == Remark(text=about_model("repeats itself", "en"))


def test_a_model_whose_first_sentences_rest_on_nothing_is_stopped(evidence):
    said = "".join(f"Harvest word{'abcdefghij'[n]} was bad. " for n in range(10))
    assert len(of_kind(Sentence, written(evidence, said))) == MOST_BASELESS
    assert len(of_kind(Sentence, written(evidence, f"Rice was scarce [[1.1]]. {said}"))) == 11


@pytest.mark.parametrize("unit", ["very ", "very", "[[1.1]]", "“", "\n", "- ", "9", "[["])
def test_a_model_that_never_ends_a_sentence_ends_all_the_same(evidence, unit):
    model = endless(unit) if unit not in ("\n", "- ", "[[1.1]]", "[[") else Speaker(unit * 5_000)
    found = list(PointingComposer(model).write(QUESTION, evidence))
    assert model.closed
    assert len(of_kind(Quotation, found)) <= MOST_QUOTATIONS


def test_an_answer_of_too_many_sentences_is_cut_and_says_so(evidence):
    said = "".join(f"Harvest word{'abcdefghijklmnopqrst'[n]} was bad [[1.1]]. " for n in range(20))
    found = written(evidence, said)
    assert len(of_kind(Sentence, found)) == MOST_SENTENCES
    assert found[-1] == Remark(text=about_model("too long", "en"))


def test_thirty_pointers_prove_no_more_than_a_few(evidence):
    (sentence,) = of_kind(Sentence, written(evidence, "Rice was scarce " + "[[1.1]][[1.2]][[2.1]]" * 10 + "."))
    assert len(sentence.quotations) == len(set(sentence.quotations)) <= MOST_QUOTATIONS


def test_a_pointer_in_a_word_stands_behind_it(evidence):
    (sentence,) = of_kind(Sentence, written(evidence, "Ri[[1.1]]ce was scarce."))
    assert (sentence.text, sentence.at) == ("Rice was scarce.", (4,))


def test_pointers_that_mean_nothing_leave_a_sentence_without_ground(pipeline):
    answer = answered(pipeline, "The harvest was bad [[7.9]]. It was worse [[1.4-2]].")
    assert [w.text for w in answer.withheld] == ["The harvest was bad.", "It was worse."]
    assert all("points at no sentence" in w.reason for w in answer.withheld)
    assert {s.voice for s in answer.statements} == {"archive"}


def test_an_answer_without_any_pointer_is_withheld_and_the_documents_speak(pipeline):
    answer = answered(pipeline, "The harvest was bad. People went hungry.")
    assert len(answer.withheld) == 2
    assert {s.voice for s in answer.statements} == {"archive"}
    assert len(answer.remarks) == 1


def test_closing_the_answer_ends_the_model_s_request(evidence):
    model = endless("Rice was scarce and ")
    pieces = PointingComposer(model).write(QUESTION, evidence)
    next(pieces)
    pieces.close()
    assert model.closed


def test_a_model_that_breaks_off_leaves_what_was_stated_and_marks_the_rest_as_withheld(pipeline):
    broken = Speaker("Rice was scarce [[1.1]]. Flour was also", error=LanguageModelError("it broke off", "failed"))
    answer = answered(pipeline, model=broken)
    assert answer.statements[0].text == "Rice was scarce."
    assert [w.text for w in answer.withheld] == ["Flour was"]
    assert "it broke off" in answer.remarks[0]


def test_a_prompt_that_is_too_long_is_sent_again_with_fewer_sentences_and_a_remark_says_so(evidence):
    long = len(prompt(QUESTION, evidence).text)
    model = Speaker(SOUND, room=long - 1)
    found = list(PointingComposer(model).write(QUESTION, evidence))
    assert len(model.asked) > 1
    assert len(model.asked[-1][1]) < long
    assert found[-1] == Remark(text=about_model("fewer sentences", "en"))
    assert len(of_kind(Sentence, found)) == 2


def test_a_model_with_no_room_at_all_is_an_error_and_the_documents_speak(pipeline):
    answer = answered(pipeline, model=Speaker(SOUND, room=10))
    assert {s.voice for s in answer.statements} == {"archive"}
    assert "too long" in answer.remarks[0]


@pytest.mark.parametrize("settings_", [{"context": 1500}, {"name": "gguf:/models/small.gguf"}], ids=["context", "gguf"])
def test_a_model_with_little_room_gets_a_short_prompt(evidence, settings_):
    model = Speaker(SOUND, **settings_)
    list(PointingComposer(model).write(QUESTION, evidence))
    ((system, text),) = model.asked
    assert estimated(system + text) <= FEW_TOKENS


def test_the_stream_shows_citations_before_the_statement_that_has_them(pipeline):
    events = list(pipeline.stream(QUESTION, composer=PointingComposer(Speaker(*SOUND))))
    kinds = [type(e) for e in events if isinstance(e, (Citation, Statement, Withheld))]
    assert kinds == [Citation, Statement, Citation, Statement]
