"""From an answer and sources to what is wrong in it."""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.answers import AnswerSentence, GivenAnswer, Source
from eval.claims import claim_of
from eval.faults import counts, faults
from eval.forms.prose import prose, sentence
from eval.forms.reading import answer_of, read_answers
from eval.judge import Judge, judge
from eval.judgedrecord import judged_record
from eval.sourcefiles import read_sources
from eval.sources import HeldSources
from index.document import Span
from rag.pipeline import Pipeline
from rag.question import Question
from rag.record import answer_record
from tests.eval.simple_checker import SimpleChecker
from tests.small_archive import ANSWERED

PLANTED = Path(__file__).with_name("planted.jsonl")
RIGHT = "APRF, f. 3, op. 65, d. 776, l. 31"


def plain(text, *sources, **rest):
    return answer_of({"id": "a", "question": "why?", "answer": text, "sources": list(sources), **rest})


def judged(held, text, *sources, **rest):
    return judge(plain(text, *sources, **rest), held, SimpleChecker())


def kinds(judgement):
    return [fault.kind for fault in faults(judgement)]


def test_of_answers_made_by_hand_exactly_the_three_planted_faults_are_found(held):
    judging = Judge(held, SimpleChecker())
    found = {answer.id: faults(judging.judge(answer)) for answer in read_answers(PLANTED)}
    assert {id_: [fault.kind for fault in its] for id_, its in found.items() if its} == {
        "en-invented": ["invented quotation"],
        "ru-shifted": ["shifted reference"],
        "en-number": ["changed number"],
    }
    assert "d. 776" in found["ru-shifted"][0].told


FAULTS = {
    "nothing": (f"It says that the attack is “now completely prepared for” ({RIGHT}).", []),
    "another leaf": (
        "It says “now completely prepared for” (APRF, f. 3, op. 65, d. 776, l. 40).", ["shifted reference"]),
    "a file not held": ("The attack is not prepared for (APRF, f. 3, op. 65, d. 9, l. 1).", ["shifted reference"]),
    "a word altered": (
        f"It says: “the attack can turn into a prolonged naval operation” ({RIGHT}).", ["altered quotation"]),
    "a date altered": (
        f"It says: “in conversation with me on August 17 of this year” ({RIGHT}).", ["altered quotation"]),
    "a forgery": (f"It says: “the fleet shall leave Vladivostok before the winter” ({RIGHT}).", ["invented quotation"]),
    "beside the point": (f"Penicillin reached hospitals by railway ({RIGHT}).", ["unsupported sentence"]),
    "a title": (
        "The “Politburo Decision to Confirm the Following Directive to the Soviet Ambassador in Korea” says: "
        f"“now completely prepared for” ({RIGHT}).", []),
    "a document's number": ("As document 112133 says, “it is impossible to view this operation” so.", []),
    "a wrong number": ("As document 999999 says, “it is impossible to view this operation”.", ["unknown reference"]),
    "a refusal": ("The archive holds nothing on tanks.", []),
    "nothing at all": ("", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wrong"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_told_once(held, text, wrong):
    assert kinds(judged(held, text)) == wrong


def test_a_sentence_that_only_quotes_stands_and_falls_with_its_quotations(held):
    checker = SimpleChecker()
    for words, verdict in (
        ("now completely prepared for", "supported"),
        ("the fleet shall leave Vladivostok before the winter", "unsupported"),
        ("in conversation with me on August 17 of this year", "contradicted"),
        ("the attack can turn into a prolonged naval operation", "undecided"),
    ):
        found = judge(plain(f"It says: “{words}” ({RIGHT})."), held, checker).sentences[0].support
        assert (found.verdict, found.by) in ((verdict, "quotations"), (verdict, "simple"))


def test_what_is_borne_out_only_by_what_is_not_cited_is_told_of(held):
    cited = {"id": "c", "text": "Penicillin and surgical instruments were sent by train."}
    near = {"id": "n", "text": "The old bridge over the river was repaired in spring."}
    found = judged(held, "The old bridge over the river was repaired [1].", cited, near).sentences[0]
    assert (found.support.verdict, found.elsewhere) == ("supported", "uncited")
    far = judged(held, "The people are waiting for unification of the country [1].", cited).sentences[0]
    assert (far.support.verdict, far.elsewhere) == ("supported", "archive")


def test_contexts_that_came_with_an_answer_without_citations_count_as_cited():
    record = {
        "user_input": "why?",
        "response": "The bridge was repaired.",
        "retrieved_contexts": ["The bridge was repaired."],
    }
    found = judge(answer_of(record), HeldSources([]), SimpleChecker()).sentences[0]
    assert (found.support.verdict, found.elsewhere, found.texts) == ("supported", None, (("context 1", ""),))


def test_without_any_source_all_is_unsupported_and_nothing_breaks():
    found = judge(plain("The bridge was repaired in spring."), HeldSources([]), SimpleChecker())
    assert found.sentences[0].support.verdict == "unsupported"
    assert found.unchecked


def test_an_answer_without_sentences_has_no_findings_and_says_so(held):
    found = judged(held, "")
    assert (found.sentences, found.refused) == ((), False)
    assert found.unchecked == ("the answer has no sentences",)
    assert counts([found])["sentences"] == dict.fromkeys(("supported", "contradicted", "unsupported", "undecided"), 0)


def test_the_flag_of_an_answer_counts_more_than_its_words(held):
    assert judged(held, "The archive holds nothing on tanks.").refused
    assert not judged(held, "The archive holds nothing on tanks.", refused=False).refused
    assert judged(held, "Moscow refused the attack.", refused=True).refused


THIRD = [
    "Der Botschafter hat gestern mit dem Minister über die Lieferung von Weizen gesprochen.",
    "L'ambassadeur a parlé hier avec le ministre de la livraison de blé aux provinces.",
    "大使昨天与部长谈到了小麦的交付问题。",
]


@pytest.mark.parametrize("text", THIRD)
def test_a_sentence_in_a_third_language_is_undecided(held, text):
    found = judged(held, text)
    assert found.sentences[0].support.verdict == "undecided"
    assert "sentence 1 is undecided" in found.unchecked[-1]


def test_a_source_that_is_only_named_and_not_held_is_told_of(held):
    assert "'lost'" in judged(held, "The attack is not prepared for [1].", "lost").unchecked[0]


def test_a_cited_source_that_bears_nothing_out_is_irrelevant_beside_one_that_does(held):
    sources = [{"id": "a", "text": "The old bridge was repaired."}, {"id": "b", "text": "Penicillin was sent."}]
    right, idle = judged(held, "The old bridge was repaired [1][2].", *sources).sentences[0].citations
    assert (right.irrelevant, idle.irrelevant) == (False, True)
    assert (right.supports.verdict, idle.supports.verdict) == ("supported", "unsupported")
    (alone,) = judged(held, "Penicillin reached the front [1].", sources[0]).sentences[0].citations
    assert alone.irrelevant is False


def test_a_claim_is_what_a_sentence_says_besides_citations_titles_and_true_quotations(held):
    text = f"From “A Directive to the Ambassador” (September 24, 1949): Moscow held it “now completely so” ({RIGHT})."
    said = sentence(text)
    found = judged(held, f"It says “now completely prepared for” ({RIGHT}).").sentences[0].quotations
    claim = claim_of(said, [*found, found[0]][: len(said.quotations)], lambda words: words.startswith("A Directive"))
    assert "Directive" not in claim.text
    assert "APRF" not in claim.text
    assert "1949" not in claim.text
    assert "Moscow held it" in claim.text
    at = claim.text.index("Moscow")
    assert claim.within(Span(at, at + 6)).of(text) == "Moscow"


def test_flags_stand_at_their_place_in_the_sentence(held):
    text = "(APRF, f. 3, op. 65, d. 776, l. 31) The questions were raised in conversation on August 17 of this year."
    found = judged(held, text).sentences[0]
    (flag,) = found.support.flags
    assert flag.span.of(found.text) == "17"


@given(
    st.lists(
        st.sampled_from(["“", "”", "(", ")", "[1]", "APRF, f. 3", "the army. ", "нет ", "12 ", "\n> ", "…"]),
        max_size=12,
    )
)
def test_a_judgement_keeps_every_sentence_and_is_json(held, parts):
    answer = plain(" ".join(parts))
    found = judge(answer, held, SimpleChecker())
    assert [one.text for one in found.sentences] == [one.text for one in answer.sentences]
    assert judged_record(found)["id"] == "a"
    for one in found.sentences:
        for flag in one.support.flags if one.support else ():
            assert 0 <= flag.span.start <= flag.span.end <= len(one.text)


def test_delos_own_answers_have_no_faults(small):
    judging = Judge(read_sources(small.archive), SimpleChecker())
    with Pipeline.open(small.home) as pipeline:
        for number, question in enumerate([*ANSWERED, "Who won the chess championship?"]):
            answer = pipeline.ask(Question.of(question))
            found = judging.judge(answer_of(answer_record(answer, seconds=0.0, id_=str(number))))
            assert faults(found) == ()
            assert found.refused == answer.abstained
            assert len(found.sentences) == len(answer.statements)
            for one in found.sentences:
                assert one.support.verdict == "supported"
                assert {q.status for q in one.quotations} == {"exact"}
                assert all(q.located for q in one.quotations)
                assert all(all(c.levels.values()) and c.resolvable for c in one.citations)


def test_records_of_a_forged_citation_are_found_out(held, document):
    words = document.texts["en"][:60].rsplit(" ", 1)[0]
    reference = {"text": "APRF, f. 3, op. 65, d. 775, l. 31", "archive": "APRF", "fond": "3", "opis": "65",
                 "delo": "775", "papka": None, "leaves": [["31", "31"]]}  # fmt: skip
    citation = {"document_id": "112133", "language": "en", "start": 0, "end": len(words), "words": words,
                "references": [reference]}  # fmt: skip
    record = {"schema": "delo.answer/1", "question": "why?", "abstained": False,
              "statements": [{"text": "It says:", "citations": [citation]}]}  # fmt: skip
    (fault,) = faults(judge(answer_of(record), held, SimpleChecker()))
    assert fault.kind == "shifted reference"


def test_a_judgement_of_the_same_answer_is_the_same(held):
    answers = read_answers(PLANTED)
    once, again = ([Judge(held, SimpleChecker()).judge(answer) for answer in answers] for _ in range(2))
    assert once == again


def test_an_answer_given_by_hand_needs_no_form(held):
    answer = GivenAnswer(id="x", question="why?", language="en", sentences=prose("So it was."), sources=(
        Source(id="s", texts={"": "So it was."}),))  # fmt: skip
    assert dataclasses.asdict(judge(answer, held, SimpleChecker()))["id"] == "x"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The translation was printed later (1526) and sold.", "The translation was printed later (1526) and sold."),
        ("Letter to the port (14 April 1956): the ice has gone.", "Letter to the port : the ice has gone."),
        ("Soon “A Directive Given” (24 September 1949) arrived.", "Soon arrived."),
        ("The file (undated) was lost.", "The file was lost."),
    ],
)
def test_a_date_in_brackets_is_claimed_unless_it_dates_a_document(text, left):
    assert claim_of(AnswerSentence(text=text), (), lambda words: words.startswith("A Directive")).text == left
